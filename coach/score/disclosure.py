"""Whether a paid relationship was told, early and again and again (16 CFR 255; 互联网广告管理办法 §9)."""

from __future__ import annotations

import itertools
import re
from functools import cache

from coach.language.claims import disclosures
from coach.scenario.model import Scenario
from coach.score.scorecard import ComplianceFinding, Evidence
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import both

FIRST_SEC = 120.0
"""It must come within this long from the first word. The guides ask for clear and periodic; figures are ours."""
AGAIN_SEC = 600.0
"""And again within this long, because viewers come and go."""
_WHY = both(
    "收了钱、拿佣金或收了样品，要让观众听到，而且要隔一会儿再说一次。",
    "If you are paid, gifted or on commission, viewers must hear it, early and again for those who come later.",
)
_REWRITES = {
    "zh": "先说明一下，这是品牌合作，你们下单我有佣金，好不好我照实说。",
    "en": "Quick heads-up: this is a paid partnership, I earn a commission if you buy. Bad bits included.",
}
_SOURCES = {
    "zh": "互联网广告管理办法 §9（2023-05-01）；直播电商监督管理办法（2026-02-01）",
    "en": "16 CFR 255.5 (rev. 2023-07-26)",
}


def missing_disclosure(timeline: Timeline, scenario: Scenario) -> ComplianceFinding | None:
    """Return the finding where a scenario's paid relationship was not told in time, or not again."""
    if not scenario.material_connection or not timeline.worded:
        return None
    told = [item for item in timeline.worded if _pattern(scenario.language).search(item.text.lower())]
    late = _late(timeline, told)
    if late is None:
        return None
    return ComplianceFinding(
        id=f"compliance.disclosure.missing.{late.seq}.1",
        rule="compliance.disclosure.missing",
        category="disclosure",
        severity="H",
        term="",
        evidence=_quote(late),
        why=_WHY,
        rewrite=_REWRITES[scenario.language],
        source=_SOURCES[scenario.language],
    )


def _late(timeline: Timeline, told: list[Spoken]) -> Spoken | None:
    """Return the utterance by which it should have been told; None if it was in time throughout."""
    first = timeline.worded[0]
    if not told:
        return first
    if not timeline.is_timed:
        return None
    if told[0].start - first.start > FIRST_SEC:
        return first
    marks = [item.start for item in told] + [timeline.worded[-1].end]
    for before, after in itertools.pairwise(marks):
        if after - before > AGAIN_SEC:
            return next((item for item in timeline.worded if item.start >= before + AGAIN_SEC), told[-1])
    return None


def _quote(item: Spoken) -> Evidence:
    return item.evidence(0, 80)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    return re.compile("|".join(disclosures(code)))
