"""How finished words look: a small linear model per language, trained on sentences that the project makes and has."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from coach.language import shape_en, shape_zh
from coach.language.shape_en import Shape

LIMIT = 6.0
"""Largest log-odds either way: one model never outweighs everything else without bound."""
SHORT = {"en": 6, "zh": 8}
"""Most words (zh: characters) of a bare answer: "no, I'm afraid we don't", 没有的，不好意思哦."""
ASKED = 1.5
"""How much what a question adds to the evidence counts: log-odds that rise where words look like an answer and like no
whole sentence. More than 1, as after a question most silences that follow such words are the end, and the models are
trained with as many ends as pauses. Source: design value."""
_LONG = {"en": 20, "zh": 30}
"""Words (zh: characters) from which all sentences are as long."""
_WORD = re.compile(r"[a-z0-9']+|[^\W\d_a-z]+", re.IGNORECASE)
_MARK = re.compile(r"[\s\"'”’)）」』]*$")
_SENTENCE_END = re.compile(r"[.!?。！？]+(?=\s|[\u3400-\u9fff])")


class FinishPack(BaseModel):
    """The weights of one language, from `packs/finish_<code>.json`, written by `scripts/train_finish.py`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    bias: float
    scale: float
    """Log-odds of one step of the weights."""
    weights: str
    """int8, one a bucket, base64."""


class FinishModel:
    """Log-odds that words are finished."""

    def __init__(self, code: str, pack: FinishPack, *, is_for_answers: bool = False) -> None:
        self._code = code
        self._features = answer_features if is_for_answers else features
        self._bias = pack.bias
        self._weights = np.frombuffer(base64.b64decode(pack.weights), np.int8).astype(np.float32) * pack.scale

    def odds(self, text: str) -> float | None:
        """Return the log-odds that nothing follows these words, -6 to 6; None without any."""
        found = self._features(text, self._code)
        if not found:
            return None
        total = self._bias + float(self._weights[buckets(found, len(self._weights))].sum())
        return max(-LIMIT, min(LIMIT, total))


@cache
def load_finish(code: str) -> FinishModel:
    """Return the model shipped for a language code."""
    return FinishModel(code, _pack(f"finish_{code}"))


@cache
def load_answers(code: str) -> FinishModel:
    """Return the model shipped for what is said right after a question: there few words may be all."""
    return FinishModel(code, _pack(f"answer_{code}"), is_for_answers=True)


def _pack(name: str) -> FinishPack:
    path = Path(__file__).parent / "packs" / f"{name}.json"
    return FinishPack.model_validate(json.loads(path.read_text(encoding="utf-8")))


def finished_odds(text: str, code: str, *, answers: bool) -> float | None:
    """Return the log-odds that nothing follows these words, -6 to 6; None without any.

    Args:
        text: All words of the utterance so far.
        code: Its language.
        answers: Whether somebody has just asked something.
    """
    plain = load_finish(code).odds(text)
    if plain is None or not answers or not is_short(text, code):
        return plain
    asked = load_answers(code).odds(text) or 0.0
    return min(LIMIT, min(plain, asked) + ASKED * max(0.0, asked - plain))


def is_short(text: str, code: str) -> bool:
    """Return whether a text is as short as bare answers are; longer ones end as any sentence does."""
    return len(_units(text, code)) <= SHORT[code]


def _units(text: str, code: str) -> list[str]:
    words = _WORD.findall(text)
    return words if code == "en" else [part for word in words for part in ([word] if word.isascii() else word)]


def buckets(found: Sequence[str], size: int) -> NDArray[np.int64]:
    """Return where the weights of features lie."""
    return np.array([zlib.crc32(name.encode()) % size for name in found], np.int64)


def features(text: str, code: str) -> list[str]:
    """Return the names of what can be seen at the end of a text; empty if there are no words."""
    tail = _MARK.sub("", text.strip())
    mark = tail[-1] if tail and tail[-1] in ".,!?;:…—-。，！？；：、" else ""
    body = _SENTENCE_END.split(tail.rstrip(" .,!?;:…—-。，！？；：、"))[-1]
    found = shape_zh.shape(body) if code == "zh" else shape_en.shape(body)
    if not found.fine:
        return []
    return [*_cues(found, mark), *(_end_zh(body) if code == "zh" else _end_en(body))]


def _end_zh(body: str) -> list[str]:
    """Return the last characters, alone, together and with gaps between them, and how many there are."""
    body = body.replace(" ", "")
    ends = [f"e{size}:{body[-size:]}" for size in (1, 2, 3)]
    gaps = [f"p2:{body[-2:-1]}", f"p3:{body[-3:-2]}", f"p32:{body[-3:-1]}", f"p31:{body[-3:-2]} {body[-1:]}"]
    return [*ends, *gaps, f"z:{min(len(body), _LONG['zh'])}"]


def _end_en(body: str) -> list[str]:
    """Return the last word, and how many there are."""
    words = body.lower().split()
    return [f"w:{words[-1]}", f"z:{min(len(words), _LONG['en'])}"]


def answer_features(text: str, code: str) -> list[str]:
    """Return the names of what can be seen in a short answer: the same, and what all of it is."""
    found = features(text, code)
    words = _units(text.lower(), code)
    return [*found, f"t:{' '.join(words)}", f"b:{' '.join(words[:2])}", f"s:{min(len(words), 9)}"] if found else []


def _cues(found: Shape, mark: str) -> list[str]:
    fine, coarse = ("^", *found.fine), ("^", *found.coarse)
    last, kind = fine[-1], coarse[-1]
    names = [f"f{size}:{' '.join(fine[-size:])}" for size in (1, 2, 3) if len(fine) >= size]
    names += [f"c{size}:{' '.join(coarse[-size:])}" for size in (1, 2, 3, 4, 5) if len(coarse) >= size]
    lack, verb, since, asks, length = found.state
    names += [f"l:{lack} {kind}", f"lf:{lack} {last}", f"v:{verb} {kind}", f"vs:{verb} {since} {kind}"]
    names += [f"vl:{verb} {since} {lack}", f"a:{asks} {lack} {kind}", f"n:{length}", f"nl:{length} {lack}"]
    names += [f"vk:{verb} {since} {' '.join(coarse[-2:])}", f"lk:{lack} {' '.join(coarse[-2:])}"]
    return [*names, f"m:{mark}", f"mk:{mark} {kind}"] if mark else names
