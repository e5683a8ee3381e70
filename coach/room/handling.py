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
from coach.room.heard import flatten, hear
from coach.room.question import Question, answers, question_of, takes_up
from coach.room.reading import MoveKind, Reading, read
from coach.room.sheet import call_names, sheet_of
from coach.room.treatment import Treatment, viewer_type_of
from coach.scenario.model import Price, Scenario

Handled = Literal["well", "weak", "badly", "unanswered"]

ANSWER_SEC = 20.0
"""A line taken up later than this counts as not answered (DOMAIN §3.6)."""
_SHORT = {"zh": 12, "en": 8}
"""Characters or words under which a hedge or a brush-off is all there is."""
_LONG = {"zh": 34, "en": 20}
"""Characters or words above which a reply to a troll or off topic is more than one light line (about 8 s)."""
_OVERLAP_SEC = 0.3
"""People begin to answer a moment early; what began before that was on its way anyhow."""
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
    within: float = ANSWER_SEC,
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
        within: Seconds after the line in which an answer may begin.
    """
    case = _Case(line, viewer_type_of(viewer_type), treatment, scenario, name, agreed)
    soon = [item.text for item in following if item.start <= said_at + within]
    fresh = next((index for index, item in enumerate(following) if item.start >= said_at - _OVERLAP_SEC), None)
    at = next(
        (index for index, text in enumerate(soon) if case.is_reply(read(text, scenario), first=index == fresh)), None
    )
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
        self.sheet = sheet_of(scenario)
        self.names = [called.lower() for called in call_names(name)] if name else []
        self.handle = name.replace("_", " ").replace("-", " ").lower()
        self.agreed = agreed

    # --- is it a reply at all ----------------------------------------------------------------------------------

    def is_reply(self, reading: Reading, *, first: bool) -> bool:
        """Return whether an utterance responds to the line.

        The first one does unless it turns to something else or, where no answer is due, has nothing to do with it;
        later ones must name the viewer or answer outright.
        """
        if self.names_viewer(reading) or answers(reading, self.question):
            return True
        if not first:
            return False
        related = reading.did(*_REPLYING) or takes_up(reading, self.question, self.language)
        if self.treatment == "ignore":
            return related or self._says_you(reading) or not reading.did(*_THREAD)
        if reading.did("changes_topic") and not reading.did(*_REPLYING):
            return False
        return related or not self._is_elsewhere(reading)

    def _is_elsewhere(self, reading: Reading) -> bool:
        """Return whether it is on the product, yet on nothing that the line asked about."""
        asked = bool(self.question.topics)
        return (
            asked and reading.did("mentions_point", "mentions_fact", "calls_to_action") and not self._says_you(reading)
        )

    def names_viewer(self, reading: Reading) -> bool:
        """Return whether the viewer is called by name."""
        return any(called in reading.text.lower() for called in self.names)

    def without_name(self, text: str) -> str:
        """Return an utterance without the viewer's name, which may hold any words."""
        return re.sub(re.escape(self.handle), " ", text, flags=re.IGNORECASE) if self.handle else text

    def _says_you(self, reading: Reading) -> bool:
        if self.language.code == "zh":
            return bool(_YOU_ZH.search(reading.text))
        return bool(_YOU_EN & set(self.language.tokens(reading.text)))

    # --- how good it is ----------------------------------------------------------------------------------------

    def granted(self, reading: Reading) -> float | None:
        """Return the lowest price a piece that the reply agrees to."""
        if self.type not in _BARGAINING and not (self.type in _MAY_BARGAIN and self.question.about("discount")):
            return None
        asked = self.question.amount if self.type in _BARGAINING else None
        agrees = reading.did("concurs", "confirms") and not reading.did("holds_price")
        granted = [move.value for move in reading.of("concedes") if move.value is not None]
        offered = self._offers(reading)
        if asked is not None and asked < self.price.live - _CENT:
            turned_down = reading.did("holds_price", "declines", "refuses_claim", "denies") and not agrees
            repeated = any(abs(value - asked) < _CENT for value in (*offered, *granted))
            granted = [value for value in granted if agrees or abs(value - asked) > _CENT]
            if agrees or (repeated and not turned_down):
                granted.append(asked)
        if agrees:
            granted += offered
        gives_more = self.question.about("gift") and reading.did("offers_gift")
        if self.agreed is not None and (agrees or gives_more):
            granted.append(self.agreed)
        return min(granted) if granted else None

    def _offers(self, reading: Reading) -> list[float]:
        """Return the bare figures of a reply to an offer that can be prices under the live one."""
        if self.type not in _BARGAINING:
            return []
        refused = [move.value for move in reading.of("holds_price") if move.value is not None]
        figures = [span.value for span in self.language.numbers(reading.text) if not _is_measure(span.unit)]
        low, high = self.price.floor * 0.4, self.price.live - _CENT
        return [value for value in figures if low <= value <= high and value not in refused]

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
        if self.treatment != "ignore":
            faults += [kind for kind in ("threatens", "misstates") if reading.did(kind)]
            faults += ["contradicts"] if self._contradicts_sheet(reading) else []
        if granted is not None and granted < self.price.floor - _CENT:
            faults.append("below_floor")
        return tuple(faults)

    def _contradicts_sheet(self, reading: Reading) -> bool:
        """Return whether the reply differs from the sheet on what was asked, or says yes to what it rules out."""
        if reading.did("confirms") and not reading.did("denies", "declines", "corrects") and self._asks_ruled_out():
            return True
        return self.treatment == "answer" and self.sheet.differs(self.question.targets, reading.text)

    def _asks_ruled_out(self) -> bool:
        flat = flatten(self.question.text, self.language)
        return any(thing in flat for thing in self.sheet.ruled_out)

    def _is_short(self, reading: Reading, times: float = 1.0) -> bool:
        return self.language.count_units(reading.text) < _SHORT[self.language.code] * times

    def _ignored(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        bounded = reading.did("sets_boundary")
        if reading.did("complies") and not bounded:
            return "badly", ("complies",)
        if self.type == "spammer" and not bounded and self._repeats_lure(reading):
            return "badly", ("repeats_lure",)
        if reading.did("reproaches"):
            return "badly", ("reproaches",)
        if reading.did("complains", "pleads") or self._talks_of_self(reading):
            return "weak", ("complains",)
        if self._snaps_back(reading):
            return "badly", ("snaps_back",)
        if self.language.count_units(reading.text) <= _LONG[self.language.code] or reading.did(*_ON_PRODUCT):
            return "well", ("light",)
        return "weak", ("too_long",)

    def _repeats_lure(self, reading: Reading) -> bool:
        heard = hear(reading.text, self.language)
        return any(hit.kind == "claim:off_platform" for hit in heard.hits)

    def _snaps_back(self, reading: Reading) -> bool:
        """Return whether a troll is talked back to: with "you", and nothing else in it."""
        calm = ("acknowledges", "thanks", "greets", "asks_room", "complains", *_THREAD)
        return self.type == "troll" and self._says_you(reading) and not reading.did(*calm)

    def _talks_of_self(self, reading: Reading) -> bool:
        if reading.did(*_ON_PRODUCT):
            return False
        if self.language.code == "zh":
            return reading.text.count("我") - reading.text.count("我们") >= _SELF["zh"]
        return sum(token in _SELF_EN for token in self.language.tokens(reading.text)) >= _SELF["en"]

    def _refused(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        if reading.did("refuses_claim"):
            return "well", ("refuses_claim",)
        if reading.did("confirms") and not reading.did("denies"):
            return "badly", ("confirms",)
        if reading.did("protects", "denies", "declines"):
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
        exact = any(move.full for move in reading.of("gives_price")) or self._names_target(reading)
        firm = exact or (reading.did(*_FIRM) and not reading.did("deflects"))
        passes_on = reading.did("deflects") and not reading.did("confirms", "declines")
        if (reading.did("hedges") or passes_on) and not firm:
            return "weak", ("hedges",)
        if reading.did("complains"):
            return "weak", ("complains",)
        if self.question.wants_number and not firm and not self._has_number(reading):
            return "weak", ("no_number",)
        if answers(reading, self.question) or firm or reading.did(*_SUBSTANCE):
            return "well", ("substance",)
        if self._is_short(reading):
            return "weak", ("thin",)
        plain = reading.did("confirms", "declines")
        return ("weak", ("no_substance",)) if self.type in _CHALLENGING and not plain else ("well", ("answers",))

    def _names_target(self, reading: Reading) -> bool:
        """Return whether the point asked about is named with all its facts."""
        return any(move.full and move.target in self.question.targets for move in reading.of("mentions_point"))

    def _has_number(self, reading: Reading) -> bool:
        return any(not number.approximate for number in self.language.numbers(reading.text))

    def _complaint(self, reading: Reading) -> tuple[Handled, tuple[str, ...]]:
        """A complaint needs to be owned and given a way."""
        owned = reading.did("apologises", "acknowledges")
        way = reading.did("routes_service", "promises_followup", "gives_terms")
        if owned and way:
            return "well", ("owns", "routes")
        if owned or way:
            return ("weak", ("half",)) if self._is_short(reading, 2.0) or not way else ("well", ("routes",))
        return "badly", ("no_care",)


def _is_measure(unit: str) -> bool:
    """Return whether a number measures something; the character after a Chinese number tells little."""
    return unit not in ("", "money") and (not unit.startswith("~") or unit[1:].isascii() or unit[1:] in _COUNTED)


_COUNTED = "件盒包个单条双瓶袋箱份天号位人次年月码色种款岁斤秒分点倍遍颗层支套只罐"
_FAULTS: tuple[MoveKind, ...] = ("insults", "blames", "overclaims", "dismisses")
_BARGAINING = ("haggler", "bait")
"""Types whose figures are offers."""
_CHALLENGING = ("contrarian", "product_skeptic", "trust_skeptic", "price_comparer")
"""Types that need something they can check; talk alone is thin."""
_MAY_BARGAIN = ("friendly", "impatient", "special_care")
"""Types that may ask for a discount; the figures of all others belong to somebody else's goods."""
_ON_PRODUCT: tuple[MoveKind, ...] = (
    "mentions_point",
    "mentions_fact",
    "gives_price",
    "calls_to_action",
    "shows_evidence",
)
_THREAD: tuple[MoveKind, ...] = ("sets_boundary", *_ON_PRODUCT)
_SELF = {"zh": 3, "en": 5}
"""Words for oneself in a reply to a troll from which it is about oneself."""
_SELF_EN = frozenset({"i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "myself"})
_FIRM: tuple[MoveKind, ...] = (
    "corrects",
    "refuses_claim",
    "holds_price",
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
