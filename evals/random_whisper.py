"""Whisper models of the true shapes with random weights: they take the time of the real ones and say nonsense.

    uv run python -m evals.random_whisper tiny FOLDER

For timing where no model can be fetched; whatever text such a model gives means nothing. Needs what faster-whisper
brings: CTranslate2 and tokenizers. Widths, layers and heads are those of OpenAI's published models.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

MELS = 80
POSITIONS = 1500
"""Encoder outputs of 30 s."""
TEXT_POSITIONS = 448
TEXT_TOKENS = 50257
TIMES = 1501
"""Time stamps 0.00 to 30.00 s."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of one model."""

    width: int
    layers: int
    heads: int

    @property
    def hidden(self) -> int:
        """Width of the feed-forward layers."""
        return 4 * self.width


SHAPES = {"tiny": Shape(384, 4, 6), "base": Shape(512, 6, 8), "small": Shape(768, 12, 12)}


def write_model(size: str, folder: Path, *, quantization: str = "int8", seed: int = 1) -> Path:
    """Write a model that `faster_whisper.WhisperModel` loads; 4 to 20 s, 40 to 240 MB.

    Args:
        size: One of `SHAPES`.
        folder: Made if it is not there.
        quantization: How CTranslate2 keeps the weights.
        seed: Of the weights.

    Returns:
        The folder.
    """
    shape = SHAPES[size]
    words, commands = _text_tokens(), _commands()
    spec = _spec(shape, len(words) + len(commands), np.random.default_rng(seed))
    spec.register_vocabulary([*words, *commands])
    number = {token: len(words) + at for at, token in enumerate(commands)}
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [number["<|endoftext|>"]]
    spec.config.lang_ids = [number[f"<|{code}|>"] for code in _languages()]
    spec.config.alignment_heads = [
        (layer, head) for layer in range(shape.layers // 2, shape.layers) for head in range(shape.heads)
    ]
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    _write_json(folder / "tokenizer.json", _tokenizer(words, number))
    _write_json(folder / "preprocessor_config.json", {"feature_size": MELS, "sampling_rate": 16000, "hop_length": 160})
    return folder


def _spec(shape: Shape, vocabulary: int, rng: np.random.Generator) -> Any:
    from ctranslate2.specs.whisper_spec import WhisperSpec

    spec = WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    encoder, decoder = spec.encoder, spec.decoder
    _fill_convolution(encoder.conv1, shape.width, MELS, rng)
    _fill_convolution(encoder.conv2, shape.width, shape.width, rng)
    encoder.position_encodings.encodings = _sines(POSITIONS, shape.width)
    decoder.position_encodings.encodings = _normal(rng, TEXT_POSITIONS, shape.width, scale=0.01)
    decoder.embeddings.weight = _normal(rng, vocabulary, shape.width, scale=0.02)
    decoder.projection.weight = decoder.embeddings.weight
    for side in (encoder, decoder):
        _fill_norm(side.layer_norm, shape.width)
        for layer in side.layer:
            _fill_layer(layer, shape, rng)
    return spec


def _fill_layer(layer: Any, shape: Shape, rng: np.random.Generator) -> None:
    """Fill self-attention (queries, keys and values in one), attention to the sound (keys and values in one), rest."""
    width = shape.width
    _fill_norm(layer.self_attention.layer_norm, width)
    for linear, out in zip(layer.self_attention.linear, (3 * width, width), strict=True):
        _fill_linear(linear, out, width, rng)
    if hasattr(layer, "attention"):
        _fill_norm(layer.attention.layer_norm, width)
        for linear, out in zip(layer.attention.linear, (width, 2 * width, width), strict=True):
            _fill_linear(linear, out, width, rng)
    _fill_norm(layer.ffn.layer_norm, width)
    _fill_linear(layer.ffn.linear_0, shape.hidden, width, rng)
    _fill_linear(layer.ffn.linear_1, width, shape.hidden, rng)


def _fill_convolution(part: Any, out: int, into: int, rng: np.random.Generator) -> None:
    part.weight = _normal(rng, out, into, 3, scale=(3 * into) ** -0.5)
    part.bias = np.zeros(out, np.float32)


def _fill_linear(part: Any, out: int, into: int, rng: np.random.Generator) -> None:
    part.weight = _normal(rng, out, into, scale=into**-0.5)
    part.bias = np.zeros(out, np.float32)


def _fill_norm(part: Any, width: int) -> None:
    part.gamma, part.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _normal(rng: np.random.Generator, *shape: int, scale: float) -> Array:
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(scale)


def _sines(positions: int, width: int) -> Array:
    """Return Whisper's fixed encoder positions: sines, then cosines, of geometrically slower waves."""
    slowness = np.exp(-np.arange(width // 2) * np.log(10_000) / (width // 2 - 1))
    angles = np.arange(positions)[:, None] * slowness
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def _languages() -> list[str]:
    """Return the 99 languages of the models up to large-v2, in their order."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    return [code for code in _LANGUAGE_CODES if code != "yue"]


def _text_tokens() -> list[str]:
    """Return all bytes, made-up words, and the empty token by which CTranslate2 knows a multilingual model."""
    from tokenizers.pre_tokenizers import ByteLevel

    letters = sorted(ByteLevel.alphabet())
    made_up = ("Ġ" + "".join(word) for word in product(ascii_lowercase, repeat=4))
    return [*letters, *islice(made_up, TEXT_TOKENS - 1 - len(letters)), ""]


def _commands() -> list[str]:
    names = ["endoftext", "startoftranscript", *_languages(), "translate", "transcribe", "startoflm", "startofprev"]
    names += ["nospeech", "notimestamps", *(f"{at * 0.02:.2f}" for at in range(TIMES))]
    return [f"<|{name}|>" for name in names]


def _tokenizer(words: Sequence[str], commands: dict[str, int]) -> dict[str, Any]:
    """Return byte-level pairs without merges. The empty token keeps its place, or every command would move by one."""
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    bytes_only = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "added_tokens": [{"id": number, "content": content, **flags} for content, number in commands.items()],
        "pre_tokenizer": bytes_only,
        "decoder": bytes_only,
        "model": {"type": "BPE", "vocab": {word: at for at, word in enumerate(words)}, "merges": []},
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("size", choices=SHAPES)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    print(write_model(options.size, options.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
