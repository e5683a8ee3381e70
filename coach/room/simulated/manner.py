"""The five scripted streamers, as tables: how fast they talk, what they notice, what they do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from coach.room.simulated.need import CARE

StreamerName = Literal["skilled", "flustered", "silent", "rude", "banned_claims"]
STREAMERS: tuple[StreamerName, ...] = get_args(StreamerName)

_OPENING = ("hook", "point", "point", "ask_room", "show", "price", "cta")
_LOOP = ("welcome", "point", "point", "show", "terms", "price", "cta", "ask_room", "point", "point", "price", "cta")
_SKILLED_ACTS = {
    "topic": ("topic",),
    "haggle": ("hold", "hold_show"),
    "attack": ("", "", "light", "", "", "boundary"),
    "remark": ("",),
    "spam": ("", "", "spam", ""),
    "off_topic": ("off_topic", "", "off_topic", ""),
    "lurk": ("lurk", ""),
    "praise": ("praise", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one streamer behaves. Times in seconds."""

    units_per_min: Mapping[str, float]
    """Speech rate per language, zh characters and en words a minute (bands of DOMAIN §3.1)."""
    gap: tuple[float, float]
    """Silence between two utterances."""
    dead_air: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Chance after an utterance, least and most length of a long silence."""
    notices: float
    """Share of typed lines that are noticed at all."""
    takes_up: float = 1.0
    """Share of lines said aloud that it responds to."""
    reacts: tuple[float, float]
    """How long a line is on the screen before it can be taken up."""
    remembers: float
    """How old a line may be when it is still answered."""
    acts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Need → what is done about it, in turn; empty text ignores. Needs left out: the act of the same name."""
    opening: tuple[str, ...] = _OPENING
    loop: tuple[str, ...] = _LOOP
    answers_in_a_row: int = 2
    """After so many answers comes a sentence of the pitch."""
    hesitates: float = 0.0
    """Share of clauses with a hesitation."""
    forgets: float = 0.0
    """Share of utterances without facts."""
    gives_in: float = 1.0
    """Chance that it concedes where its table of acts says so; else it dodges."""
    names: bool = True
    """Whether viewers are called by name."""
    talks_over: float = 0.0
    """Chance to cut a viewer off who speaks aloud."""


def _all(*acts: str, **others: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return a table that does the same about every need, but for those given."""
    needs = (
        *("minor", "allergy", "pregnancy", "money", "elderly", "distress", "aftersales", "aftersales_again"),
        *("link_down", "wrong_price", "claim", "claim_health", "claim_deal", "spam", "off_topic", "attack", "haggle"),
        *(
            "compare",
            "trust",
            "hurry",
            "contrarian",
            "ignored",
            "praise",
            "lurk",
            "friendly",
            "unknown",
            "topic",
            "remark",
        ),
    )
    return dict.fromkeys(needs, acts) | others


_TERSE = {
    **dict.fromkeys(("aftersales", "aftersales_again"), ("mumble_service",)),
    **dict.fromkeys(CARE, ("mumble_care",)),
    **dict.fromkeys(("claim", "claim_health", "claim_deal"), ("mumble_no",)),
}
"""What the silent streamer does say is not wrong."""

MANNERS: dict[StreamerName, Manner] = {
    "skilled": Manner(
        units_per_min={"zh": 285.0, "en": 165.0},
        gap=(0.7, 1.5),
        notices=1.0,
        reacts=(0.8, 2.5),
        remembers=30.0,
        acts=_SKILLED_ACTS,
        answers_in_a_row=3,
    ),
    "flustered": Manner(
        units_per_min={"zh": 215.0, "en": 120.0},
        gap=(1.2, 3.2),
        dead_air=(0.22, 4.0, 9.0),
        notices=0.5,
        takes_up=0.8,
        reacts=(4.0, 10.0),
        remembers=25.0,
        acts={
            **_SKILLED_ACTS,
            "haggle": ("hold", "vague_answer", "hold", "vague_answer", "concede"),
            "attack": ("defend", "", "light", "defend"),
            "spam": ("", "spam"),
            "claim": ("claim", "vague_answer"),
            "trust": ("trust", "vague_answer"),
            "topic": ("topic", "vague_answer"),
            "unknown": ("vague_answer", "unknown"),
            "contrarian": ("vague_answer", "contrarian", "defend"),
        },
        opening=("hook", "vague", "point", "vague", "price"),
        loop=("point", "vague", "point", "ask_room", "price", "vague", "cta"),
        answers_in_a_row=1,
        hesitates=0.35,
        forgets=0.4,
        gives_in=0.4,
    ),
    "silent": Manner(
        units_per_min={"zh": 180.0, "en": 105.0},
        gap=(7.0, 15.0),
        dead_air=(0.5, 15.0, 35.0),
        notices=0.25,
        takes_up=0.4,
        reacts=(5.0, 12.0),
        remembers=25.0,
        acts=_all(
            "mumble_answer",
            "mumble",
            spam=("",),
            attack=("",),
            off_topic=("",),
            praise=("",),
            lurk=("",),
            remark=("",),
            **_TERSE,
        ),
        opening=("mumble", "mumble"),
        loop=("mumble", "point", "mumble", "mumble", "price", "mumble"),
        names=False,
    ),
    "rude": Manner(
        units_per_min={"zh": 300.0, "en": 175.0},
        gap=(1.0, 3.0),
        dead_air=(0.15, 4.0, 8.0),
        notices=0.55,
        takes_up=0.7,
        reacts=(1.0, 3.0),
        remembers=15.0,
        acts=_all("insult", "brush_off", "insult", aftersales=("blame", "insult"), aftersales_again=("insult",)),
        opening=("rude_pitch", "rude_pitch", "price"),
        loop=("rude_pitch", "insult", "rude_pitch", "point", "blame", "rude_pitch"),
        names=False,
        talks_over=0.7,
    ),
    "banned_claims": Manner(
        units_per_min={"zh": 325.0, "en": 185.0},
        gap=(0.7, 1.6),
        notices=0.9,
        reacts=(1.0, 3.0),
        remembers=30.0,
        acts={
            **_SKILLED_ACTS,
            **dict.fromkeys(("claim", "claim_health", "claim_deal", "trust", "unknown"), ("claim_yes",)),
            **dict.fromkeys(("minor", "allergy", "pregnancy", "money", "elderly", "distress"), ("care_push",)),
            "compare": ("claim_yes", "compare"),
            "contrarian": ("claim_yes",),
        },
        opening=("hype", "point", "hype", "price", "cta"),
        loop=("hype", "point", "hype", "price", "cta", "point", "hype", "show", "cta"),
    ),
}
"""Speech rates: skilled inside the green band, flustered and silent below it, the others at its upper edge."""
