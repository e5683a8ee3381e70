"""What a streamer can do: the moves that `coach.room.reading` finds and that an event may wait for."""

from __future__ import annotations

from typing import Literal, get_args

MoveKind = Literal[
    "gives_price",
    "concedes",
    "holds_price",
    "offers_gift",
    "shows_evidence",
    "mentions_point",
    "mentions_fact",
    "gives_terms",
    "addresses",
    "acknowledges",
    "refuses_claim",
    "overclaims",
    "calls_to_action",
    "sets_boundary",
    "deflects",
    "insults",
    "pleads",
    "blames",
    "greets",
    "thanks",
    "asks_room",
    "demonstrates",
    "routes_service",
    "misstates",
    "corrects",
    "protects",
    "declines",
    "apologises",
    "promises_followup",
    "asks_viewer",
    "confirms",
    "hedges",
    "dismisses",
    "pushes",
    "concurs",
    "complies",
    "complains",
    "threatens",
    "denies",
    "changes_topic",
    "reproaches",
]

MOVES: tuple[str, ...] = get_args(MoveKind)
"""All of them, as they are listed."""
