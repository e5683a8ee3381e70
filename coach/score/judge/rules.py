"""Rubric items without a model: rough, from what the code rules found. The same fields, marked as rules.

Each is a share of things found, put on the rubric's scale of 0 to 5. What had no chance to show is null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from coach.score.judge.judge import question_of
from coach.score.judge.rubric import HIGHEST, load_rubric
from coach.score.scorecard import Evidence, JudgedItem, Scorecard, StageShown

_BY_LINE = ("listening", "respect")
"""Items that one line can show; of the others a sentence or two show nothing."""
_HANDLED = {"well": 1.0, "weak": 0.5, "unanswered": 0.2, "badly": 0.0}


def judged_by_rules(card: Scorecard) -> list[JudgedItem]:
    """Return every item of the rubric, estimated from the other parts of a scorecard."""
    rubric = load_rubric()
    little = any(finding.rule == "genuine.too_little" for finding in card.findings)
    items = []
    for name in (name for group in rubric.groups for name in group):
        seen = card.is_measured and (name in _BY_LINE or not little)
        share, evidence = _RULES[name](card) if seen else (None, [])
        items.append(
            JudgedItem(
                id=name,
                question=question_of(name, rubric),
                score=None if share is None else round(HIGHEST * share, 1),
                evidence=evidence[:1],
                by="rules",
            )
        )
    return items


Estimate = tuple[float | None, list[Evidence]]


def _opening(card: Scorecard) -> Estimate:
    """Welcome and hook, each with what belongs into it."""
    found = [stage for stage in card.stages if stage.id in ("welcome", "hook")]
    return min(1.0, sum(_complete(stage) for stage in found) / 2), _quotes(found)


def _benefit(card: Scorecard) -> Estimate:
    """Half for points that came across, half for a scene in which they matter."""
    if not card.coverage:
        return None, []
    came = [point for point in card.coverage if point.state in ("hit", "partial")]
    scenes = [stage for stage in card.stages if stage.id == "pain"]
    share = len(came) / len(card.coverage)
    quotes = [quote for point in came for quote in point.evidence] or _quotes(scenes)
    return 0.6 * share + 0.4 * share * bool(scenes), quotes


def _evidence(card: Scorecard) -> Estimate:
    """Points with all their facts, less what contradicts the sheet."""
    if not card.coverage:
        return None, []
    whole = [point for point in card.coverage if point.state == "hit"]
    wrong = sum(not error.corrected for error in card.fact_errors)
    share = (len(whole) - wrong) / len(card.coverage)
    return max(0.0, share), [quote for point in whole for quote in point.evidence]


def _flow(card: Scorecard) -> Estimate:
    """Stages with their content, and coming back after pressure."""
    if not card.stages:
        return None, []
    kept = sum(_complete(stage) for stage in card.stages) / len(card.stages)
    back = [event.return_sec is not None for event in card.pressure]
    share = kept if not back else 0.5 * kept + 0.5 * sum(back) / len(back)
    return share * min(1.0, len(card.stages) / 4), _quotes(card.stages)


def _listening(card: Scorecard) -> Estimate:
    asked = [line for line in card.handled if line.should in ("answer", "refuse", "protect")]
    if not asked:
        return None, []
    share = sum(_HANDLED[line.handled] for line in asked) / len(asked)
    return share, [quote for line in asked if line.handled == "well" for quote in line.evidence]


def _respect(card: Scorecard) -> Estimate:
    """Free of insults and slips of the tongue; an insult leaves nothing."""
    if not card.handled and not card.pressure:
        return None, []
    insults = [item for item in card.compliance if item.category == "insult"]
    slips = sum(bool(event.slips) for event in card.pressure)
    if insults:
        return 0.0, [insults[0].evidence]
    return max(0.0, 0.8 - 0.3 * slips), []


def _closing(card: Scorecard) -> Estimate:
    """Price and close with what belongs into them; false urgency or a price under the floor leaves nothing."""
    found = [stage for stage in card.stages if stage.id in ("price", "close")]
    if not found:
        return 0.0, []
    false = [item for item in card.compliance if item.category == "price_urgency"]
    if false or any(line.below_floor for line in card.handled):
        return 0.0, [item.evidence for item in false]
    return min(1.0, sum(_complete(stage) for stage in found) / 2), _quotes(found)


def _complete(stage: StageShown) -> float:
    """Return 1 for a stage with all it needs, 0.3 less for each thing missing."""
    return max(0.2, 1.0 - 0.3 * len(stage.missing))


def _quotes(stages: Sequence[StageShown]) -> list[Evidence]:
    return [quote for stage in stages for quote in stage.evidence]


_RULES: Mapping[str, Callable[[Scorecard], Estimate]] = {
    "opening": _opening,
    "benefit": _benefit,
    "evidence": _evidence,
    "flow": _flow,
    "listening": _listening,
    "respect": _respect,
    "closing": _closing,
}
