"""What comes again: core points for those who came later, and sentences said too often (DOMAIN §3.4)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from coach.language import Language
from coach.scenario.model import Scenario, SellingPoint
from coach.score.scorecard import Evidence, Finding, Metric, Text
from coach.score.sightings import Seen
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import NO_WORDS, NOTHING_SAID, UNTIMED, both, clock

APART_SEC = 60.0
"""Two mentions of a core point count as two from this distance on."""
TIMES = 2
"""Mentions of a core point in a loop."""
LOOP_SEC = 600.0
"""One loop over a product: 5 to 10 minutes."""
_LEAST_SEC = 150.0
"""Under this nobody who came later could be told again: a loop of a short drill."""
SAME_SEC = 180.0
SAME_TIMES = 3
"""One sentence more often than this within `SAME_SEC` is worth a note."""
_SAME = 0.2
"""Edit distance, of the longer sentence, under which two are the same."""
_LEAST = {"zh": 6, "en": 16}
"""Normalised characters a sentence needs; shorter calls (来，上链接) are meant to come again."""
_SENTENCE = re.compile(r"[^。！？；!?;\n]+|[!?]")
_STOP = re.compile(r"(?<=[a-z])\.\s", re.IGNORECASE)

_SHORT = both("这次不到两分半，来不及重复。", "Under two and a half minutes there is no time to come back to a point.")
_NO_CORE = both("没有讲到必讲的卖点。", "No core point was said.")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What was found."""

    metrics: list[Metric]
    findings: list[Finding]


def measure_recurrence(
    timeline: Timeline, scenario: Scenario, language: Language, seen: Mapping[str, Sequence[Seen]]
) -> Recurrence:
    """Return how often core points came, and the sentence that came most often."""
    reason = None if timeline.worded else NOTHING_SAID if not timeline.spoken else NO_WORDS
    reason = reason or (None if timeline.is_timed else UNTIMED)
    core = [point for point in scenario.product.selling_points if point.priority == "P0"]
    said = {point.id: _apart(seen.get(point.id, ())) for point in core}
    loops = max(1, int(timeline.duration_sec // LOOP_SEC))
    short = reason or (_SHORT if timeline.duration_sec < _LEAST_SEC else None)
    same = None if reason else _same(timeline.worded, language)
    return Recurrence(
        [_core_metric(core, said, TIMES * loops, short), _same_metric(same, reason)],
        [*([] if short else _core_findings(core, said, TIMES * loops)), *_same_findings(same)],
    )


# --- core points -----------------------------------------------------------------------------------------------


def _apart(seen: Sequence[Seen]) -> list[Seen]:
    """Return the sightings that are far enough from the one before to reach other people."""
    kept: list[Seen] = []
    for item in seen:
        if item.match.idea and (not kept or item.spoken.start - kept[-1].spoken.start >= APART_SEC):
            kept.append(item)
    return kept


def _core_metric(
    core: Sequence[SellingPoint], said: Mapping[str, Sequence[Seen]], wanted: int, reason: Text | None
) -> Metric:
    shown = [point for point in core if said[point.id]]
    enough = sum(len(said[point.id]) >= wanted for point in shown)
    reason = reason or (None if shown else _NO_CORE)
    return Metric(
        id="core_repeats",
        name=both("必讲卖点重复", "Core points repeated"),
        panel="skill",
        value=None if reason else round(100 * enough / len(shown)),
        unit="%",
        band=(100, 100),
        verdict="none" if reason else "in_band" if enough == len(shown) else "low",
        not_measured=reason,
        method=both(
            f"讲到的必讲卖点里，隔 {APART_SEC:.0f} 秒以上讲满 {wanted} 遍的比例；每轮讲解 {TIMES} 遍",
            f"Share of the core points said that came {wanted} times, {APART_SEC:.0f} s or more apart; "
            f"{TIMES} in each loop",
        ),
    )


def _core_findings(core: Sequence[SellingPoint], said: Mapping[str, Sequence[Seen]], wanted: int) -> list[Finding]:
    found = []
    for point in core:
        times = said[point.id]
        if times and len(times) < wanted:
            at = "、".join(clock(item.spoken.start) for item in times)
            found.append(
                Finding(
                    id=f"cadence.core.{point.id}",
                    rule="cadence.core",
                    panel="skill",
                    tone="practise",
                    title=both(
                        f"“{point.title}”只讲了 {len(times)} 遍", f"“{point.title}” came {_times(len(times))} only"
                    ),
                    detail=both(
                        f"在 {at} 讲到；后来进来的观众没听到。必讲卖点每轮讲 {TIMES} 遍，隔 {APART_SEC:.0f} 秒以上。",
                        f"Said at {at.replace('、', ', ')}; who came later missed it. Say a core point {TIMES} times "
                        f"in each loop, {APART_SEC:.0f} s or more apart.",
                    ),
                    evidence=[item.evidence() for item in times[:3]],
                    weight=0.3,
                )
            )
    return found


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


# --- the same sentence -----------------------------------------------------------------------------------------


class _Sentence(NamedTuple):
    spoken: Spoken
    normal: str
    start: int
    end: int

    def evidence(self) -> Evidence:
        return self.spoken.evidence(self.start, self.end)


def _sentences(worded: Sequence[Spoken], language: Language) -> list[_Sentence]:
    """Return the sentences of all utterances; without marks an utterance is one."""
    found = []
    for item in worded:
        for hit in _SENTENCE.finditer(_STOP.sub(lambda stop: "!" + stop.group()[1:], item.text)):
            normal = language.normalise(item.text[hit.start() : hit.end()])
            if len(normal) >= _LEAST[language.code]:
                found.append(_Sentence(item, normal, hit.start(), hit.end()))
    return found


def _same(worded: Sequence[Spoken], language: Language) -> list[_Sentence]:
    """Return the sentence that came most often within three minutes, each time it did; empty if none came twice."""
    sentences = _sentences(worded, language)
    starts = [item.spoken.start for item in sentences]
    best: list[_Sentence] = []
    for at, first in enumerate(sentences):
        near = sentences[at + 1 : bisect_right(starts, SAME_SEC, at + 1, key=partial(_since, starts[at]))]
        again = [first, *(other for other in near if _is_same(first.normal, other.normal))]
        if len(again) > max(1, len(best)):
            best = again
    return best


def _since(start: float, later: float) -> float:
    return later - start


def _is_same(left: str, right: str) -> bool:
    shorter, longer = len(left), len(right)
    if shorter > longer:
        shorter, longer = longer, shorter
    if shorter < (1 - _SAME) * longer:
        return False
    return Levenshtein.normalized_distance(left, right, score_cutoff=_SAME) < _SAME


def _same_metric(same: Sequence[_Sentence] | None, reason: Text | None) -> Metric:
    count = max(1, len(same or ()))
    return Metric(
        id="same_sentence",
        name=both("同一句话", "The same sentence"),
        panel="skill",
        value=None if reason else count,
        unit="×",
        band=(0, SAME_TIMES),
        verdict="none" if reason else "high" if count > SAME_TIMES else "in_band",
        not_measured=reason,
        method=both(
            f"三分钟内说得最多的一句话说了几遍（改动少于两成算同一句），超过 {SAME_TIMES} 遍提醒",
            f"How often the most frequent sentence came within 3 min (less than a fifth changed); over {SAME_TIMES} "
            "is worth a note",
        ),
    )


def _same_findings(same: Sequence[_Sentence] | None) -> list[Finding]:
    if not same or len(same) <= SAME_TIMES:
        return []
    return [
        Finding(
            id="cadence.same_sentence",
            rule="cadence.same_sentence",
            panel="skill",
            tone="neutral",
            title=both(f"同一句话三分钟里说了 {len(same)} 遍", f"One sentence came {len(same)} times in 3 minutes"),
            detail=both(
                "卖点可以重复，换个说法或换个例子更好听。",
                "Points may come again; other words or another example sound better.",
            ),
            evidence=[item.evidence() for item in same[:3]],
            weight=0.25,
        )
    ]
