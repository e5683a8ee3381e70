"""Writes what a Whisper encoder heard, on onnxruntime: what was read before is checked in one run, not written anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.asr.ctranslate2_weights import Floats, Weights
from audio.asr.whisper_graph import layers_of, sound_graph, words_graph
from audio.onnx_session import single_threaded

_EMBEDDINGS = "decoder/embeddings/weight"
_NEVER = -1e9
"""Added where a token must not look: at those after it."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text begins, and what may not be in it.

    Attributes:
        start: Tokens of prompt and task.
        silence_at: Place among them after which `silence` would say that nobody speaks.
        silence, end: Tokens; a model may lack the first.
        never: Tokens that are not written, besides those that the model names; nor are those from `times` on.
        most: Most tokens.
    """

    start: Sequence[int]
    silence_at: int
    silence: int | None
    end: int
    never: Sequence[int]
    times: int
    most: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    tokens: tuple[int, ...]
    logprob: float
    """Mean log probability of the tokens and the end, nats."""
    silence: float
    """How likely nobody speaks."""


class Decoder:
    """The decoder of a model.

    Args:
        folder: Of a model for CTranslate2.

    Raises:
        ValueError: If it holds no decoder of the known kind.
        OSError: If it cannot be read.
        ImportError: If onnxruntime is not installed.
        Exception: Whatever onnxruntime makes of it.
    """

    def __init__(self, folder: Path) -> None:
        weights, config = Weights(folder / "model.bin"), json.loads((folder / "config.json").read_text("utf-8"))
        self.never: list[int] = config.get("suppress_ids") or []
        self.begins: list[int] = config.get("suppress_ids_begin") or []
        heads, self._layers = weights.number("decoder/num_heads"), layers_of(weights)
        self._vectors = weights.table(_EMBEDDINGS)
        self._places = weights.whole("decoder/position_encodings/encodings")
        self._sound = _session(sound_graph(weights, heads, self._layers))
        self._words = _session(words_graph(weights, heads, self._layers))
        width = self._places.shape[1] // heads
        self._nothing = {f"past.{name}": np.zeros((heads, 0, width), np.float32) for name in self._names()}

    def write(self, sound: Floats, how: Writing, draft: Sequence[int] = ()) -> Written:
        """Write the likeliest token after the other.

        Args:
            sound: What the encoder heard, (frames, width).
            how: Beginning and limits.
            draft: What was written of nearly the same sound: as far as it would be written again it costs one run.
        """
        run, written = _Run(self, sound), _Row(how, [*self.never, *how.never], self.begins)
        given = [*how.start, *draft[: how.most]]
        given = given[: len(self._places)]
        first = len(how.start) - 1
        scores = run.feed(given, [how.silence_at, *range(first, len(given))])
        silence = 0.0 if how.silence is None else float(np.exp(scores[0, how.silence] - _total(scores[:1])[0]))
        agreed = written.add(scores[1:], given[first + 1 :])
        run.forget(len(given) - first - 1 - agreed)
        while not written.is_over and run.size < len(self._places):
            written.add(run.feed(written.tokens[-1:], [0]), ())
        return Written(tuple(written.tokens), written.logprob, silence)

    def vectors(self, tokens: Sequence[int], first: int) -> Floats:
        """Return what stands for tokens at places from `first` on, (tokens, width)."""
        words = self._vectors.rows(np.array(tokens, np.int64))
        return np.asarray(words + self._places[first : first + len(tokens)], np.float32)

    def of_sound(self, sound: Floats) -> dict[str, Floats]:
        """Return what all tokens take from a sound, and that nothing was written yet."""
        found = self._sound.run(None, {"sound": sound})
        return dict(zip(self._names(), found, strict=True)) | self._nothing

    def step(self, given: dict[str, NDArray[Any]]) -> tuple[Floats, dict[str, Floats]]:
        """Return scores, and what is to be kept of the tokens."""
        scores, *kept = self._words.run(None, given)
        return scores, {f"past.{name}": one for name, one in zip(self._names(), kept, strict=True)}

    def _names(self) -> list[str]:
        return [f"{letter}{layer}" for layer in range(self._layers) for letter in "kv"]


def _session(graph: bytes) -> Any:
    """Return what runs a graph. From a file, since a session keeps the bytes that it was made of."""
    with TemporaryDirectory(prefix="coach-whisper-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "graph.onnx"
        path.write_bytes(graph)
        return single_threaded(path)


class _Run:
    """One sound, with what is kept of the tokens so far."""

    def __init__(self, decoder: Decoder, sound: Floats) -> None:
        self._decoder = decoder
        self._kept = decoder.of_sound(sound)
        self.size = 0
        """Tokens so far."""

    def feed(self, tokens: Sequence[int], rows: Sequence[int]) -> Floats:
        """Return what may follow some of the tokens, (rows, vocabulary)."""
        mask = np.triu(np.full((len(tokens), self.size + len(tokens)), _NEVER, np.float32), self.size + 1)
        words, wanted = self._decoder.vectors(tokens, self.size), np.array(rows, np.int64)
        scores, kept = self._decoder.step({**self._kept, "words": words, "mask": mask, "rows": wanted})
        self._kept |= kept
        self.size += len(tokens)
        return scores

    def forget(self, count: int) -> None:
        """Take back the last tokens."""
        if count:
            self.size -= count
            past = {name: one[:, : self.size] for name, one in self._kept.items() if name.startswith("past.")}
            self._kept |= past


class _Row:
    """What is written so far."""

    def __init__(self, how: Writing, never: Sequence[int], begins: Sequence[int]) -> None:
        self._how, self._never, self._begins = how, never, begins
        self._total = 0.0
        self.tokens: list[int] = []
        self.is_over = how.most < 1

    @property
    def logprob(self) -> float:
        return self._total / (len(self.tokens) + 1)

    def add(self, scores: Floats, draft: Sequence[int]) -> int:
        """Write on, and as far as the draft agrees; return how many tokens of it stay.

        Args:
            scores: What may follow the last token and each of the draft, (1 + draft, vocabulary). Changed.
            draft: Tokens.
        """
        how = self._how
        scores[:, self._never] = -np.inf
        if not self.tokens:
            scores[0, self._begins] = -np.inf
        totals, at = _total(scores), 0  # a model that would rather tell times is less sure of words
        scores[:, how.times :] = -np.inf
        best = scores.argmax(axis=1)
        for at, token in enumerate(best.tolist()):
            self.is_over = len(self.tokens) >= how.most or token == how.end
            if len(self.tokens) < how.most:
                self._total += float(scores[at, token] - totals[at])
            if self.is_over:
                break
            self.tokens.append(token)
            if at == len(draft) or token != draft[at]:
                break
        return at


def _total(scores: Floats) -> Floats:
    """Return the logarithm of the sum of all chances of each row."""
    most = scores.max(axis=1)
    return np.asarray(most + np.log(np.exp(scores - most[:, None]).sum(axis=1)), np.float32)
