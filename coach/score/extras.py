"""Beside the three scores: which facts came up, price mentions, repeats and repairs."""

from __future__ import annotations

from coach.language import Language
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario
from coach.score.coverage import word_confidence
from coach.score.disturbances import find_disturbances
from coach.score.scorecard import Metric
from coach.score.timeline import Timeline
from coach.score.wording import NO_WORDS, NOTHING_SAID, both


def facts_said(timeline: Timeline, scenario: Scenario) -> dict[str, bool]:
    """Return whether each fact of the sheet came up, by its amount, its words or its name; empty without words."""
    if not timeline.worded:
        return {}
    sheet, names = sheet_of(scenario), scenario.product.facts
    texts = [sheet.mend(item.text) for item in timeline.worded]
    return {
        name: any(name.lower() in text.lower() or sheet.fact_sheet.tells((name,), text) for text in texts)
        for name in names
    }


def extra_metrics(timeline: Timeline, scenario: Scenario, language: Language) -> list[Metric]:
    """Return price mentions and disturbances per 100 syllables."""
    reason = None if timeline.worded else NOTHING_SAID if not timeline.spoken else NO_WORDS
    prices = {scenario.product.price.live, scenario.product.price.list}
    mentions = sum(
        any(prices & set(number.readings()) for number in language.numbers(item.text)) for item in timeline.worded
    )
    syllables = sum(language.syllables(item.text) for item in timeline.worded)
    breaks = len(find_disturbances(timeline.worded, language))
    confidence = word_confidence(timeline)
    return [
        Metric(
            id="price_mentions",
            name=both("报价次数", "Price mentions"),
            panel="skill",
            value=None if reason else mentions,
            unit="×",
            not_measured=reason,
            method=both("说出日常价或直播价的句数", "Utterances that name the usual or the live price"),
            confidence=confidence,
        ),
        Metric(
            id="disturbances",
            name=both("重复与改口", "Repeats and repairs"),
            panel="composure",
            value=round(100 * breaks / syllables, 1) if syllables else None,
            unit="/100",
            not_measured=None if syllables else (reason or NO_WORDS),
            method=both("每 100 个音节；强调的重复不算", "Per 100 syllables; emphasis is not counted"),
            confidence="low" if confidence != "high" else "medium",
        ),
    ]
