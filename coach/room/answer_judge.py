"""A small learned judge of answers beside the rules: it overrules them where it is sure.

A linear model weighs what the rules read of an exchange and what the words of the answer do (`answer_signs`).
`scripts/train_answers.py` makes the weights, from this repository's labelled answers. Insults, banned claims and prices
under the floor stay what the rules say.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Literal, NamedTuple, cast

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.room.answer_signs import Judged, disowns, price_told, signs_of
from coach.room.answer_words import FOLDER
from coach.room.judgement import BARE_NO

Grade = Literal["well", "weak", "badly", "unanswered"]
GRADES: tuple[Grade, ...] = ("well", "weak", "badly", "unanswered")
SURE = 2.0
"""How much likelier than the rules' grade another one must be. Chosen on products left out of training."""
_SURE_OF_PRAISE = 1.3
"""The same where the rules praise and the judge does not, short of calling the answer bad: praise is what the rules
err in most on products that they never met."""
_SURE_OF_ANSWER = 8.0
"""The same where the rules heard no answer: in a talk that goes on, the next utterance mostly is none, while nearly all
single exchanges that training sees are."""
_SILENT = 0.5
"""Share from which an answer that the rules took for one counts as none: whoever is told so did speak."""
CLAIMED: Mapping[str, str] = {
    "off_platform": "leads_off_platform",
    "minors": "sells_to_minors",
    "disparage": "disparages",
    "induce": "induces",
    "counterfeit": "counterfeit",
    "price_urgency": "urges_falsely",
    "disclosure": "undisclosed",
}
"""Kind of forbidden words that claim nothing of the product → what they are called; all others are overclaims."""
FIRM = frozenset({"insults", "overclaims", "below_floor", "threatens", *CLAIMED.values()})
"""Faults that stay, however the rest sounds."""
_SHOWS: Mapping[str, str] = {
    "depends": "depends",
    "vague": "vague",
    "assure": "assures_only",
    "status": "assures_only",
    "anecdote": "hints",
    "wink": "hints",
    "blame": "blames",
    "bash": "runs_down",
    "rival": "runs_down",
    "mild": "plays_down",
    "anything": "plays_down",
    "page": "sends_away",
    "lasts": "puts_off",
    "scold": "scolds",
    "self": "chats",
    "feel": "elsewhere",
    "extra": "gives_more",
    "owns": "owns",
    "remedy": "remedies",
    "proof": "proves",
    "fair": "fair",
    "admits": "fair",
    "refuse": "says_no",
    "liar": "says_no",
    "care": "cares",
}
"""Class of words → what the answer did, as it is told."""
_READ: tuple[tuple[str, str], ...] = (
    ("cut", "cut"),
    ("told:False", "untold"),
    ("right:False", "contradicts"),
    ("differs", "contradicts"),
    ("claims_ruled_out", "contradicts"),
    ("claim", "near_claim"),
    ("sheet|beside", "elsewhere"),
    ("right:True", "plain"),
    ("told:True", "substance"),
    ("disowns", "says_no"),
)
"""Beginning of other signs → the same."""
_GIVES_MORE = "gives_more"
_ALIKE = "alike"
"""Nothing that can be told: it is like others of its grade."""
WAYS = tuple(sorted({*_SHOWS.values(), *(way for _, way in _READ), _ALIKE}))
"""Everything that the judge may give as its reason."""


class AnswerWeights(BaseModel):
    """`packs/answer_weights.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: str
    bias: dict[str, float]
    signs: dict[str, str]
    """Grade → name and weight in turn, `_` for a space."""


class Verdict(NamedTuple):
    """What the judge makes of an answer that the rules judged otherwise."""

    handled: Grade
    way: str
    """One of `WAYS`: what speaks most for it."""


@cache
def load_weights() -> tuple[tuple[float, ...], dict[str, tuple[float, ...]]]:
    """Return the bias per grade, and each sign's weight per grade, as shipped."""
    pack = AnswerWeights.model_validate(read_yaml((FOLDER / "answer_weights.yaml").read_text(encoding="utf-8")))
    weights: dict[str, list[float]] = {}
    for at, grade in enumerate(GRADES):
        parts = pack.signs[grade].split()
        for name, weight in zip(parts[::2], parts[1::2], strict=True):
            weights.setdefault(name.replace("_", " "), [0.0] * len(GRADES))[at] = float(weight)
    return tuple(pack.bias[grade] for grade in GRADES), {name: tuple(row) for name, row in weights.items()}


def told_reasons(judged: Judged) -> tuple[str, ...]:
    """Return why the rules judge as they do, with forbidden words called by their kind."""
    kinds = dict.fromkeys(CLAIMED.get(move.target, "overclaims") for move in judged.reading.of("overclaims"))
    named = (tuple(kinds) if reason == "overclaims" else (reason,) for reason in judged.reasons)
    return tuple(dict.fromkeys(reason for reasons in named for reason in reasons))


def second_opinion(judged: Judged) -> Verdict | None:
    """Return what the judge makes of an answer, if it is sure that the rules are wrong."""
    if stands(judged):
        return None
    bias, weights = load_weights()
    signs = [(name, value, weights[name]) for name, value in signs_of(judged).items() if name in weights]
    odds = [bias[at] + sum(value * row[at] for _, value, row in signs) for at in range(len(GRADES))]
    grade = decided(odds, judged.handled)
    # What was not said to the end, or is nothing but a no, is not praised.
    stops = grade == "well" and not {"cut", BARE_NO}.isdisjoint(judged.reasons)
    # A yes or no that is what the sheet says may be little, and is not bad.
    stops = stops or (grade == "badly" and judged.reasons == ("plain",))
    if stops or grade == judged.handled:
        return None
    way = _way(signs, grade, judged.handled)
    unexplained = way == _ALIKE or (way == _GIVES_MORE and not _may_give(judged))
    unexplained = unexplained and grade == "badly"  # whoever is told that an answer was bad is told why
    return None if unexplained else Verdict(grade, way)


def _may_give(judged: Judged) -> bool:
    """Return whether anything can have been given on top of a price: one was wished for, named or given for."""
    question = judged.exchange.question
    wished = (
        judged.exchange.type == "haggler"
        or judged.exchange.treatment == "ignore"
        or question.about("price", "discount", "gift")
    )
    return wished or judged.reading.did("gives_price", "concedes", "offers_gift")


def stands(judged: Judged) -> bool:
    """Return whether what the rules say stands, whatever the judge makes of it."""
    if is_as_advised(judged):
        return True
    exchange = judged.exchange
    if judged.handled == "well" and exchange.treatment == "refuse" and disowns(judged.reading.text, exchange.code):
        return True  # whoever claims it was called a liar
    turns_away = judged.handled == "unanswered" and judged.reading.did("changes_topic")
    return turns_away or bool(FIRM.intersection(judged.reasons))


def is_as_advised(judged: Judged) -> bool:
    """Return whether an answer does what the drills and better lines of this product teach, in however few words.

    The price where it was asked; a word for the viewer and then what the sheet says; an honest "I'll check" with a time
    where the sheet says nothing.
    """
    if judged.handled != "well" or judged.exchange.treatment != "answer":
        return False
    exchange, reading = judged.exchange, judged.reading
    question = exchange.question
    if question.about("price") and question.wants_number and price_told(judged) == "right":
        return True
    if "will_tell" in judged.reasons:
        return True
    if reading.did("hedges", "dismisses"):
        return False
    told = exchange.tells_asked(reading) is True or (question.about("gift") and reading.did("offers_gift"))
    return told and reading.did("acknowledges", "demonstrates", "shows_evidence")


def decided(odds: list[float], ruled: str) -> Grade:
    """Return the grade, of the judge where it is sure and of the rules where not.

    Args:
        odds: Log-odds in order of `GRADES`.
        ruled: The rules' grade.
    """
    top = max(odds)
    shares = [exp(value - top) for value in odds]
    total = sum(shares)
    shares = [share / total for share in shares]
    if ruled != "unanswered" and shares[-1] < _SILENT:
        shares[-1] = 0.0
    best = max(range(len(GRADES)), key=lambda at: shares[at])
    least = _SURE_OF_PRAISE if ruled == "well" and GRADES[best] != "badly" else SURE
    least = _SURE_OF_ANSWER if ruled == "unanswered" else least
    sure = shares[best] > least * shares[GRADES.index(cast("Grade", ruled))]
    return GRADES[best] if sure else cast("Grade", ruled)


def _way(signs: list[tuple[str, float, tuple[float, ...]]], grade: Grade, ruled: str) -> str:
    """Return what speaks most for one grade against another, of what can be told to people."""
    here, there = GRADES.index(grade), GRADES.index(cast("Grade", ruled))
    speaks: dict[str, float] = {}
    for name, value, row in signs:
        way = way_of(name)
        if way:
            speaks[way] = speaks.get(way, 0.0) + value * (row[here] - row[there])
    fit = {way: share for way, share in speaks.items() if share > 0 and (way in GOOD) == (grade == "well")}
    return max(sorted(fit), key=lambda way: fit[way], default=_ALIKE)


GOOD = frozenset({"owns", "remedies", "proves", "fair", "says_no", "cares", "plain", "substance"})
"""Ways that speak for an answer."""


def way_of(sign: str) -> str:
    """Return what a sign says of an answer, in a word of `WAYS`; nothing for what cannot be told."""
    if sign.startswith("sense:"):
        return _SHOWS.get(sign[6:].split("|")[0].rstrip("<>"), "")
    return next((way for head, way in _READ if sign == head or sign.startswith(head + "|")), "")
