"""The Moonshine network: sound to states, states to tokens. Its time grows with the sound, there is no window to fill.

Moonshine tiny, English, int8, MIT (Jeffries et al., arXiv 2410.15608). Synchronous; one caller at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from audio.asr.moonshine_files import NAME, read_tokens
from audio.onnx_session import single_threaded
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Int16Array

BEGIN, END = 1, 2
"""Tokens that stand before and after every text."""
LEAST_SAMPLES = EAR_RATE_HZ // 2
"""Shorter sound is filled up with quiet: the convolutions at the beginning need some frames."""
_WORD_MARK = "\u2581"
"""Stands for the space before a word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A token and how likely the model held it, 0 to 1."""

    token: int
    share: float


class Moonshine(Protocol):
    """What the reader needs of the network."""

    def read(self, pcm: Int16Array, draft: Sequence[int], most: int) -> list[Said]:
        """Return the most likely tokens of a sound; see `MoonshineModel.read`."""
        ...

    def text(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens."""
        ...


class MoonshineModel:
    """The loaded network, about 100 MB in memory.

    Args:
        folder: Holds the files of `moonshine_files.NEEDED`.

    Raises:
        EngineError: If they are not those of this network.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._encoder: Any = single_threaded(folder / "encoder_model.ort")
            self._decoder: Any = single_threaded(folder / "decoder_model_merged.ort")
        except Exception as error:  # onnxruntime's own kinds share no base
            raise EngineError(
                NAME, "the model in {folder} cannot be read. Install moonshine-voice again.", folder=folder
            ) from error
        self._tokens = read_tokens(folder / "tokenizer.bin")
        self._results = [result.name for result in self._decoder.get_outputs()]
        kept = [entry for entry in self._decoder.get_inputs() if entry.name.startswith("past_key_values")]
        self._nothing = {
            entry.name: np.zeros((1, entry.shape[1], 0, entry.shape[3]), dtype=np.float32) for entry in kept
        }

    def read(self, pcm: Int16Array, draft: Sequence[int], most: int) -> list[Said]:
        """Return the most likely tokens, one after the other, without the end.

        Args:
            pcm: int16, 16 kHz mono.
            draft: What was read of nearly the same sound before. It is checked in one run, and only what differs is
                read token by token: the result is the same, in a fraction of the time.
            most: Tokens at most.
        """
        states, mask = self._encode(pcm)
        run = _Run(self._decoder, self._results, self._nothing, states, mask)
        said: list[Said] = []
        given = [BEGIN, *draft[:most]]
        while True:
            likely = run.feed(given)
            for at, one in enumerate(likely):
                if one.token == END or len(said) >= most:
                    return said
                said.append(one)
                if at + 1 < len(given) and given[at + 1] != one.token:
                    run.forget(len(given) - at - 1)
                    break
            given = [said[-1].token]

    def text(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens, with a space where a word begins."""
        whole = b"".join(self._tokens[token] for token in tokens)
        return whole.decode(errors="replace").replace(_WORD_MARK, " ")

    def _encode(self, pcm: Int16Array) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        sound = np.zeros((1, max(LEAST_SAMPLES, len(pcm))), dtype=np.float32)
        sound[0, : len(pcm)] = pcm / np.float32(32768.0)
        mask = np.ones(sound.shape, dtype=np.int64)
        states: NDArray[np.float32] = self._encoder.run(None, {"input_values": sound, "attention_mask": mask})[0]
        return states, mask


class _Run:
    """One decoding, with what the decoder keeps from token to token."""

    def __init__(
        self,
        decoder: Any,
        results: Sequence[str],
        nothing: dict[str, NDArray[np.float32]],
        states: NDArray[np.float32],
        mask: NDArray[np.int64],
    ) -> None:
        self._decoder = decoder
        self._results = results
        self._kept = dict(nothing)
        self._sound = {"encoder_hidden_states": states, "encoder_attention_mask": mask}
        self._is_begun = False

    def feed(self, tokens: Sequence[int]) -> list[Said]:
        """Return for each token the likeliest one after it."""
        fed = self._sound | self._kept
        fed["input_ids"] = np.array([tokens], dtype=np.int64)
        fed["use_cache_branch"] = np.array([self._is_begun])
        found = dict(zip(self._results, self._decoder.run(None, fed), strict=True))
        for name in self._kept:
            if not self._is_begun or ".decoder." in name:
                self._kept[name] = found[name.replace("past_key_values", "present")]
        self._is_begun = True
        scores: NDArray[np.float32] = found["logits"][0]
        best = scores.argmax(axis=1)
        top = scores.max(axis=1)
        shares = 1 / np.exp(scores - top[:, None]).sum(axis=1)
        return [Said(int(token), float(share)) for token, share in zip(best, shares, strict=True)]

    def forget(self, count: int) -> None:
        """Take back the last tokens that were fed."""
        for name, kept in self._kept.items():
            if ".decoder." in name and count:
                self._kept[name] = kept[:, :, :-count]
