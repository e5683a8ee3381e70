"""Answers to viewers read by the learned reader, beside what the rules and the judge of answers make of them.

The weights are learned from labelled talks by `scripts/train_handled.py`; a pack holds them. Insults, banned claims,
prices under the floor and wrong facts stay what they are.
"""

from __future__ import annotations

from functools import cache

from coach.language.reader.asked import ANSWERED
from coach.language.reader.reader import reader
from coach.room.answer_judge import FIRM, GRADES
from coach.room.answered import Answered, asked_of
from coach.room.handling import Handling
from coach.room.judgement import BARE_NO
from coach.room.reading import MoveKind, read
from coach.scenario.model import Scenario
from coach.score.weighing import Weighing, load_weighing, odds

_TREATMENTS = ("answer", "ignore", "refuse", "protect")
_LEARNED = ("learned", "alike")
_BESIDE_NO: tuple[MoveKind, ...] = ("holds_price", "gives_price", "offers_gift", "shows_evidence")
"""What makes a no to a haggler an answer."""
ELSEWHERE, HEARD = "is_elsewhere", "is_heard"
"""The sign of words that answer another line, or none; and of any words, which evens it out."""


@cache
def weights() -> Weighing:
    """Return the shipped weights."""
    return load_weighing("handled.yaml")


def reread(answered: Answered, ruled: Handling, scenario: Scenario) -> Handling:
    """Return how a line was handled, by what was found before and what the reader makes of it together.

    Args:
        answered: The line and what was said.
        ruled: How rules and judge take it.
        scenario: With the product.
    """
    settled = bool(FIRM.intersection(ruled.reasons)) or ruled.is_as_advised
    if not answered.after or settled or _is_left_alone(answered, ruled):
        return ruled
    shares = weights().shares(signs_of(answered, ruled, scenario))
    # Who is named, or told what was asked, has an answer, whatever else is made of it.
    grade = max((item for item in GRADES if item != "unanswered" or not ruled.is_sure), key=lambda item: shares[item])
    if (grade == "badly" != ruled.handled) or (grade == "well" and _is_bare_no(answered, ruled, scenario)):
        grade = "weak"  # nobody is told that an answer was bad without a reason that can be named
    if grade == ruled.handled:
        return ruled
    at = () if grade == "unanswered" else ruled.answered_by or (0,)
    return Handling(grade, at, ruled.below_floor, _LEARNED, ruled.agreed)


def _is_bare_no(answered: Answered, ruled: Handling, scenario: Scenario) -> bool:
    """Return whether a haggler got a no, and what was said next holds no price, gives no reason and no extra."""
    later = answered.after[1:ANSWERED]
    return BARE_NO in ruled.reasons and not any(read(text, scenario).did(*_BESIDE_NO) for text in later)


def _is_left_alone(answered: Answered, ruled: Handling) -> bool:
    """Return whether a line that asks for no answer got none."""
    return answered.should == "ignore" and not ruled.answered_by


def signs_of(answered: Answered, ruled: Handling, scenario: Scenario) -> dict[str, float]:
    """Return the signs of how a line was handled."""
    heard = reader().handled(*asked_of(answered, scenario.product))
    made = {"bias": 1.0, "firm": float(bool(FIRM.intersection(ruled.reasons)))}
    made |= {f"read_{grade}": odds(share) for grade, share in zip(GRADES, heard[:4], strict=True)}
    made |= {ELSEWHERE: max(0.0, -heard.replies), HEARD: 1.0}
    made |= {f"ruled_{grade}": float(ruled.handled == grade) for grade in GRADES}
    return made | {f"should_{name}": float(answered.should == name) for name in _TREATMENTS}
