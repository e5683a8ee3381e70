"""Short answers to a viewer's question: how soon they are known to be over, and whether thinking aloud is cut into.

Texts of `evals/cases/answers/`, said by eSpeak NG in four voices, with pauses of 300 to 800 ms where the streamer
thinks. Heard by a recogniser that makes no mistakes, as the room hears them that knows of the question (`asked`) and as
one that does not (`unasked`), with the turn model.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import aclosing
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from audio.pcm import resample
from audio.vad.cascade import CascadeVad
from coach.live.tuning import EndpointTimes
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, MOUTH_RATE_HZ, Int16Array, VoiceSpec
from evals.cut_in_case import AFTER_SEC, PAUSE_SEC, Case
from evals.results import percentiles, rate
from evals.sound import voiced_span
from evals.turns import Options, Section
from evals.turns_cut_ins import Hearer, Judge, Verdict, verdict_of
from evals.word_times import SpokenWord

FOLDER = Path(__file__).parent / "cases" / "answers"
VOICES = 4
LEAD_SEC = 0.5
HEARERS = {"asked": True, "unasked": False}
LAG = "oracle_80ms"


def measure(options: Options) -> Section:
    """Hear everything; deterministic for a seed."""
    verdicts = [verdict for case in cases(options) for verdict in judge(case)]
    delays = defaultdict(list)
    for verdict in verdicts:
        if verdict.kind == "finished" and verdict.decision_ms is not None:
            delays[f"{verdict.language} {verdict.recognizer}"].append(verdict.decision_ms)
    plot = {"end of short answers, ms after the last voiced sample": delays}
    return Section({"answers": summarise(verdicts)}, {"verdicts": [asdict(verdict) for verdict in verdicts]}, plot)


def judge(case: Case) -> list[Verdict]:
    """Hear a case knowing of the question, and not."""
    asked = Judge(case)
    hearers = {name: Hearer(case, LAG, EndpointTimes(), asked, answers=answers) for name, answers in HEARERS.items()}
    vad = CascadeVad()
    for number in range(len(case.pcm) // EAR_FRAME):
        pcm = case.pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]
        speech = vad.feed(pcm).speech
        for hearer in hearers.values():
            hearer.hear(pcm, speech, (number + 1) * FRAME_SEC)
    return [verdict_of(case, name, hearer.ends) for name, hearer in hearers.items()]


def summarise(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return delays and cut-ins by language and hearer."""
    found: dict[str, Any] = {}
    for name in sorted({f"{verdict.language}_{verdict.recognizer}" for verdict in verdicts}):
        group = [verdict for verdict in verdicts if f"{verdict.language}_{verdict.recognizer}" == name]
        ended = [verdict for verdict in group if verdict.kind == "finished"]
        thought = [verdict for verdict in group if verdict.kind == "thinking"]
        late = [AFTER_SEC * 1000 if verdict.decision_ms is None else verdict.decision_ms for verdict in ended]
        found[name] = {
            "decision_ms": percentiles(late),
            "later_than_800": rate(sum(delay > 800 for delay in late), len(late)),
            "cut_in_rate": rate(sum(v.cuts for v in thought), sum(v.gaps for v in thought)),
            "pauses": sum(v.gaps for v in thought),
        }
    return found


# --- sounds ---------------------------------------------------------------------------------------------------------


def cases(options: Options) -> Iterator[Case]:
    """Yield every text in every voice. Said in a process of its own, as `product_voices` is."""
    for language in ("en", "zh"):
        rows = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        texts = [row for row in rows if row.strip() and not row.startswith("#")][: options.limit]
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            spoken = fresh.submit(_spoken, language, texts).result()
        dice = random.Random(f"{options.seed}-{language}")
        for number, (text, (pcm, words)) in enumerate(zip(texts * VOICES, spoken, strict=True)):
            pauses = [round(dice.uniform(*PAUSE_SEC), 2) for _ in range(text.count("|"))]
            yield case_of(f"{text} ({number // len(texts)})", language, text, pcm, words, pauses)


def case_of(
    name: str, language: str, text: str, pcm: Int16Array, words: Sequence[SpokenWord], pauses: Sequence[float]
) -> Case:
    """Return a text's sound with its pauses in it, some of the room's noise before and after."""
    parts, moved = [_hiss(LEAD_SEC)], list[SpokenWord]()
    gaps, begun, added = list[tuple[float, float]](), 0, LEAD_SEC
    left = list(pauses)
    for word in words:
        moved.append(SpokenWord(word.text, word.start + added, word.end + added, ""))
        if word.mark == "|":
            stop, pause = round(word.end * EAR_RATE_HZ), left.pop(0)
            parts += [pcm[begun:stop], _hiss(pause)]
            gaps.append((word.end + added, word.end + added + pause))
            begun, added = stop, added + pause
    whole = np.concatenate([*parts, pcm[begun:], _hiss(AFTER_SEC)])
    end = added + voiced_span(pcm)[1]
    kind = "thinking" if gaps else "finished"
    return Case(name, kind, "a", language, whole, tuple(moved), tuple(gaps), end=end, before=text, is_whole=True)


def _hiss(sec: float) -> Int16Array:
    hiss = np.random.default_rng(round(sec * 1000)).normal(0.0, 10.0, round(sec * EAR_RATE_HZ))
    return hiss.astype(np.int16)


def _spoken(language: str, texts: Sequence[str]) -> list[tuple[Int16Array, list[SpokenWord]]]:
    return asyncio.run(_speak(language, texts))


async def _speak(language: str, texts: Sequence[str]) -> list[tuple[Int16Array, list[SpokenWord]]]:
    from audio.tts.espeak import EspeakSynthesizer

    synthesizer, found = EspeakSynthesizer(), []
    try:
        await synthesizer.prepare(language)
        for voice in range(VOICES):
            for text in texts:
                spec = VoiceSpec(language=language, gender=("female", "male")[voice % 2], seed=voice)
                found.append(await _said(synthesizer, text, spec))
    finally:
        await synthesizer.aclose()
    return found


async def _said(synthesizer: Any, text: str, voice: VoiceSpec) -> tuple[Int16Array, list[SpokenWord]]:
    """Say a text without its bars; the words before them are marked."""
    joint = " " if voice.language == "en" else ""
    pieces = [piece.strip() for piece in text.split("|")]
    plain, ends = joint.join(pieces), set[int]()
    for number in range(1, len(pieces)):
        ends.add(len(joint.join(pieces[:number])))
    sounds, marks = [], []
    async with aclosing(synthesizer.speak(plain, voice)) as chunks:
        async for chunk in chunks:
            sounds.append(chunk.pcm)
            marks += chunk.words
    whole = np.concatenate(sounds)
    starts = [mark.sample / MOUTH_RATE_HZ for mark in marks] + [len(whole) / MOUTH_RATE_HZ]
    words = [
        SpokenWord(
            plain[mark.offset : mark.offset + mark.length],
            starts[number],
            starts[number + 1],
            "|" if mark.offset + mark.length in ends else "",
        )
        for number, mark in enumerate(marks)
    ]
    return resample(whole, MOUTH_RATE_HZ, EAR_RATE_HZ), words
