"""How a viewer's line was handled by what the streamer said next: well, weakly, badly or not at all. Pure.

What is right depends on the line (`treatment`): an answer needs substance, a troll needs none, bait needs a refusal,
somebody in need of care needs care. Whatever the line, insults, banned claims, a price under the floor and brushing
off are bad.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.language import Language, language_for
from coach.room.question import Question, answers, question_of, takes_up
from coach.room.reading import MoveKind, Reading, read
from coach.room.sheet import call_names
from coach.room.treatment import Treatment
from coach.scenario.model import Price, Scenario

Handled = Literal["well", "weak", "badly", "unanswered"]

ANSWER_SEC = 20.0
"""A line taken up later than this counts as not answered (DOMAIN §3.6)."""
_SHORT = {"zh": 12, "en": 8}
"""Characters or words under which a hedge or a brush-off is all there is."""
_LONG = {"zh": 34, "en": 20}
"""Characters or words above which a reply to a troll or off topic is more than one light line (about 8 s)."""
_CENT = 0.011


@dataclass(frozen=True, slots=True)
class Following:
    """One utterance of the streamer after a viewer's line."""

    text: str
    start: float
    end: float
    """Rehearsal seconds."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What became of one line."""

    handled: Handled
    answered_by: tuple[int, ...] = ()
    """Which of the following utterances answer it, by index."""
    below_floor: bool = False
    """Whether a price under the floor was agreed to."""
    reasons: tuple[str, ...] = ()
    """What decided, such as `insults` or `names_fact`."""
    agreed: float | None = None
    """Lowest price a piece that was agreed to here."""


def handling(
    line: str,
    viewer_type: str,
    treatment: Treatment,
    following: Sequence[Following],
    scenario: Scenario,
    *,
    said_at: float = 0.0,
    name: str = "",
    agreed: float | None = None,
) -> Handling:
    """Return how a line was handled.

    Args:
        line: The viewer's line as it was seen or heard.
        viewer_type: Type of the viewer.
        treatment: What would have been right: `right_treatment`.
        following: The streamer's next utterances, in order.
        scenario: Product, price and viewers.
        said_at: When the line was there, rehearsal seconds.
        name: What the viewer is called.
        agreed: Price a piece this viewer was already granted, if any.
    """
    case = _Case(line, viewer_type, treatment, scenario, name, agreed)
    soon = [item.text for item in following if item.start <= said_at + ANSWER_SEC]
    readings = [read(text, scenario) for text in soon]
    at = next((index for index, reading in enumerate(readings) if case.is_reply(reading, first=index == 0)), None)
    if at is None:
        return Handling("well" if treatment == "ignore" else "unanswered", reasons=("no_reply",))
    reply = read(case.without_name(soon[at]), scenario)
    granted = case.granted(reply)
    handled, reasons = case.judge(reply, granted)
    below = granted is not None and granted < scenario.product.price.floor - _CENT
    return Handling(handled, (at,), below, reasons, granted)


class _Case:
    """One line with what is known about it."""

    def __init__(
        self,
        line: str,
        viewer_type: str,
        treatment: Treatment,
        scenario: Scenario,
        name: str,
        agreed: float | None,
    ) -> None:
        self.type = viewer_type
        self.treatment = treatment
        self.price: Price = scenario.product.price
        self.language: Language = language_for(scenario.locale)
        self.question: Question = question_of(line, scenario)
        self.names = [called.lower() for called in call_names(name)] if name else []
        self.agreed = agreed

    # --- is it a reply at all ----------------------------------------------------------------------------------

    def is_reply(self, reading: Reading, *, first: bool) -> bool:
        """Return whether an utterance responds to the line; later ones must name the viewer or answer outright."""
        if self.names_viewer(reading) or answers(reading, self.question):
            return True
        if not first:
            return False
        return reading.did(*_REPLYING) or takes_up(reading, self.question, self.language) or self._says_you(reading)

    def names_viewer(self, reading: Reading) -> bool:
        """Return whether the viewer is called by name."""
        return any(called in reading.text.lower() for called in self.names)

    def without_name(self, text: str) -> str:
        """Return an utterance without the viewer's name, which may hold any words."""
        for called in self.names:
            text = re.sub(re.escape(called), " ", text, flags=re.IGNORECASE)
        return text

    def _says_you(self, reading: Reading) -> bool:
        if self.language.code == "zh":
            return bool(_YOU_ZH.search(reading.text))
        return bool(_YOU_EN & set(self.language.tokens(reading.text)))

    # --- how good it is ----------------------------------------------------------------------------------------

    def granted(self, reading: Reading) -> float | None:
        """Return the lowest price a piece that the reply agrees to."""
        asked = self.question.amount
        refuses = reading.did("holds_price") or not reading.did("concurs")
        named = [move.value for move in reading.of("concedes") if move.value is not None]
        named = [value for value in named if not refuses or asked is None or abs(value - asked) > _CENT]
        if asked is not None and asked < self.price.live - _CENT and not refuses:
            named.append(asked)
        if self.agreed is not None and not refuses:
            named.append(self.agreed)
        return min(named) if named else None

    def judge(self, reading: Reading, granted: float | None) -> tuple[Handled, tuple[str, ...]]:
        """Return how good a reply is, and why."""
        faults = self._faults(reading, granted)
        if faults:
            return "badly", faults
        match self.treatment:
            case "ignore":
                return self._ignored(reading)
            case "refuse":
                return self._refused(reading)
            case "protect":
                return self._protected(reading)
            case _:
                return self._answered(reading)

    def _faults(self, reading: Reading, granted: float | None) -> tuple[str, ...]:
        faults: list[str] = [kind for kind in _FAULTS if reading.did(kind)]
        if self.treatment != "ignore" and reading.did("threatens"):
            faults.append("threatens")
        if granted is not None and granted < self.price.floor - _CENT:
            faults.append("below_floor")
        return tuple(faults)

    def _is_short(self, reading: Reading, times: float = 1.0) -> bool:
        return self.language.count_units(reading.text) < _SHORT[self.language.code] * times

    def _ignored(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        if reading.did("complies") and not reading.did("sets_boundary"):
            return "badly", ("complies",)
        if reading.did("complains", "pleads"):
            return "weak", ("complains",)
        long = self.language.count_units(reading.text) > _LONG[self.language.code]
        if long and not reading.did(*_THREAD):
            return "weak", ("too_long",)
        return "well", ("light",)

    def _refused(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        if reading.did("refuses_claim"):
            return "well", ("refuses_claim",)
        if reading.did("confirms") and not reading.did("denies"):
            return "badly", ("confirms",)
        if reading.did("protects", "denies"):
            return "well", ("denies",)
        return "weak", ("evades",)

    def _protected(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        if reading.did("protects", "refuses_claim"):
            half = reading.did("hedges") or (reading.did("confirms") and not reading.did("declines", "denies"))
            return ("weak", ("half",)) if half else ("well", ("protects",))
        if reading.did("pushes", "confirms", "hedges", "calls_to_action"):
            return "badly", ("sells",)
        return ("well", ("declines",)) if reading.did("declines") else ("badly", ("no_care",))

    def _answered(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        if self.type == "angry_returner":
            return self._complaint(reading)
        firm = reading.did(*_FIRM)
        if reading.did("hedges", "deflects") and not firm:
            return "weak", ("hedges",)
        if reading.did("complains"):
            return "weak", ("complains",)
        if self.question.wants_number and not firm and not self.language.numbers(reading.text):
            return "weak", ("no_number",)
        if answers(reading, self.question) or firm or reading.did(*_SUBSTANCE):
            return "well", ("substance",)
        return ("weak", ("thin",)) if self._is_short(reading, 2.0) else ("well", ("answers",))

    def _complaint(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        """A complaint needs to be owned and given a way."""
        owned = reading.did("apologises", "acknowledges")
        way = reading.did("routes_service", "promises_followup", "gives_terms")
        if owned and way:
            return "well", ("owns", "routes")
        if owned or way:
            return ("weak", ("half",)) if self._is_short(reading, 2.0) or not way else ("well", ("routes",))
        return "badly", ("no_care",)


_FAULTS: tuple[MoveKind, ...] = ("insults", "blames", "overclaims", "misstates", "dismisses")
_THREAD: tuple[MoveKind, ...] = (
    "sets_boundary",
    "mentions_point",
    "mentions_fact",
    "gives_price",
    "calls_to_action",
    "shows_evidence",
)
_FIRM: tuple[MoveKind, ...] = (
    "corrects",
    "refuses_claim",
    "holds_price",
    "routes_service",
    "promises_followup",
    "demonstrates",
    "protects",
)
"""Moves that stand whatever hedge is beside them."""
_SUBSTANCE: tuple[MoveKind, ...] = (
    "mentions_point",
    "mentions_fact",
    "gives_price",
    "shows_evidence",
    "gives_terms",
    "offers_gift",
    "apologises",
    "acknowledges",
    "asks_viewer",
)
_REPLYING: tuple[MoveKind, ...] = (
    "acknowledges",
    "apologises",
    "refuses_claim",
    "holds_price",
    "confirms",
    "dismisses",
    "insults",
    "blames",
    "concurs",
    "protects",
    "corrects",
    "routes_service",
    "complains",
    "threatens",
)
_YOU_ZH = re.compile(r"[你您](?![们看])")
_YOU_EN = frozenset({"you", "your", "you're", "you've", "yours"})
