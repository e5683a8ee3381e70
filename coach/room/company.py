"""What viewers say because of each other or of being passed over: echo, praise, join an attack, mind being ignored."""

from __future__ import annotations

import random
from collections.abc import Sequence

from coach.room.attack import Attack
from coach.room.tempers import profile_of
from coach.room.viewer import ViewerState
from coach.scenario.model import Intent

_ECHO_WITHIN_SEC = 15.0
"""A viewer's line this recent may be picked up by another."""
_ECHOES = 0.18
"""Chance that an unasked line picks up another's. A design default: mostly viewers mind their own business."""
_DEFENDS_FROM = 55.0
"""Trust from which a well-meaning viewer stands up for the streamer."""
_REMARKS_AT_MOST = 3


def company_intent(
    state: ViewerState,
    intent: Intent | None,
    here: Sequence[ViewerState],
    attack: Attack,
    now: float,
    rng: random.Random,
) -> tuple[Intent | None, str | None]:
    """Return what a viewer says instead of `intent`, given who else is here, and whom it is about.

    Args:
        state: Who speaks.
        intent: What it would say by itself; None if nothing.
        here: Everybody in the room.
        attack: Whether the streamer is under attack.
        now: Room seconds.
        rng: Decides where there is a choice.
    """
    if intent in ("buy", "leave", "open") or not state.opened:
        return intent, None
    if attack.joins(state, now):
        return "pile_on", attack.leader
    if attack.heat and not profile_of(state.spec.type).hostile and state.trust >= _DEFENDS_FROM:
        return "praise", attack.leader
    if minds_ignoring(state):
        return "ignored_remark", None
    other = _heard_of(state, here, now)
    if other is not None and rng.random() < _ECHOES:
        return "echo", other.spec.id
    return intent, None


def minds_ignoring(state: ViewerState) -> bool:
    """Return whether it has yet to remark on a question nobody answered."""
    hostile = profile_of(state.spec.type).hostile
    return not hostile and not state.settled and state.remarked < min(state.ignored, _REMARKS_AT_MOST)


def mark_said(state: ViewerState, intent: Intent) -> None:
    """Remember on a viewer what it has decided to say."""
    state.valued.add(f"said:{intent}")
    if intent == "pile_on":
        state.piled_on += 1
    elif intent == "ignored_remark":
        state.remarked = state.ignored


def _heard_of(state: ViewerState, here: Sequence[ViewerState], now: float) -> ViewerState | None:
    """Return who spoke last and is worth picking up: well-meaning viewers do not echo hostile ones."""
    hostile = profile_of(state.spec.type).hostile
    able = [
        other
        for other in here
        if other is not state
        and now - other.last_line_at < _ECHO_WITHIN_SEC
        and (hostile or not profile_of(other.spec.type).hostile)
    ]
    return max(able, key=lambda other: other.last_line_at, default=None)
