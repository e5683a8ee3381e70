"""Whether the one thing that a drill trains worked: read from what the scorecard holds anyway."""

from __future__ import annotations

from coach.language import language_for
from coach.scenario.model import Scenario
from coach.score.drill_lines import lines_met, price_held
from coach.score.drill_seen import Seen
from coach.score.drill_talk import talk_shown
from coach.score.drills import DRILLS
from coach.score.scorecard import DrillOutcome, Scorecard
from coach.score.timeline import Timeline
from coach.score.wording import both

_LEADS = {
    "worked": both("做到了", "It worked"),
    "not_yet": both("还没做到", "Not yet"),
    "no_evidence": both("证据不足，还看不出", "Not enough evidence"),
}


def drill_outcome(card: Scorecard, scenario: Scenario, timeline: Timeline) -> DrillOutcome | None:
    """Return whether a drill's one thing worked; None where the scenario is no drill on one thing."""
    if scenario.kind != "drill" or scenario.skill in (None, "replay"):
        return None
    seen = _seen(card, scenario, timeline)
    state = "no_evidence" if seen.worked is None else "worked" if seen.worked else "not_yet"
    drill = DRILLS.get(scenario.skill or "")
    name = drill.name if drill is not None else both(scenario.title, scenario.title)
    lead, figure = _LEADS[state], seen.figure
    return DrillOutcome.model_validate(
        {
            "drill_id": scenario.skill,
            "state": state,
            "text": both(f"{lead.zh}（{name.zh}）：{figure.zh}", f"{lead.en} ({name.en}): {figure.en}"),
            "evidence": seen.evidence,
        }
    )


def _seen(card: Scorecard, scenario: Scenario, timeline: Timeline) -> Seen:
    coverage = next(item for item in card.scores if item.id == "coverage")
    if coverage.value is None:
        return Seen(None, coverage.not_measured or both("没有听到你说的话。", "Your words are not known."))
    drill = DRILLS.get(scenario.skill or "")
    if drill is None:
        return lines_met(card, timeline, {viewer.type for viewer in scenario.viewers})
    if drill.id == "hold_price":
        return price_held(card, scenario)
    if drill.viewer is not None:
        return lines_met(card, timeline, {drill.viewer})
    return talk_shown(drill.id, card, timeline, language_for(scenario.locale))
