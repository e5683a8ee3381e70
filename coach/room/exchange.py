"""A viewer's line and what answers it: whether an utterance responds to it at all. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.language import Language, language_for
from coach.room.calling import begins_with, calls
from coach.room.heard import Heard, content_tokens, flatten
from coach.room.question import Question, answers, question_of, takes_up
from coach.room.reading import MoveKind, Reading, heard_as, read
from coach.room.sheet import call_names, sheet_of
from coach.room.treatment import Treatment
from coach.scenario.model import Price, Scenario

ON_PRODUCT: tuple[MoveKind, ...] = (
    "mentions_point",
    "mentions_fact",
    "gives_price",
    "calls_to_action",
    "shows_evidence",
)
THREAD: tuple[MoveKind, ...] = ("sets_boundary", *ON_PRODUCT)
REPLYING: tuple[MoveKind, ...] = (
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
    "demonstrates",
)
"""Moves that respond to somebody."""
_SUBJECTS: dict[str, frozenset[str]] = {
    "shipping": frozenset({"ship"}),
    "size": frozenset({"size", "weight"}),
    "color": frozenset({"color"}),
    "after_sales": frozenset({"after"}),
    "content": frozenset({"material", "nutrition", "taste"}),
    "price": frozenset(),
    "gift": frozenset(),
    "link": frozenset(),
    "usage": frozenset({"use", "wash", "heat", "water", "age", "material", "nutrition", "size", "power", "weight"}),
}
"""Topics of a question → subjects that an answer to it may be on."""
_KEEN = {
    "zh": re.compile(
        r"真的假的|我(?:也|去|来|想)(?:看|加|买|试|问)|你们(?:也|可以|去)(?:看|加|转|试)|这(?:么|个)(?:便宜|划算|好)"
    ),
    "en": re.compile(
        r" (?:let me|i might|i should|ill|gotta) (?:\w+ )?(?:follow|check|look|see|try|join|click) | tell me more "
    ),
}
"""Interest in somebody else's offer."""
_TELLS = 3
"""Words of the sheet (an amount counts two) from which something of it is told."""
_OPINIONS = ("contrarian", "trust_skeptic", "price_comparer", "troll")
"""Types whose lines are opinions: there is no one subject to answer."""
_HUMS = re.compile(r"^(?:嗯|呃|啊|哦|哎|诶|那个|这个|就是)+")
_REFERS = {
    "zh": re.compile(r"客服|克服|后台|店铺|售后|平台|联系"),
    "en": re.compile(r"\b(?:support|email|message|contact|reach out|somebody|someone|shop|seller|customer|app)\b"),
}
"""Those who can help with a complaint."""
_CURT = {"zh": 5, "en": 3}
"""Characters or words of what is too short to be on anything but what was asked."""
_YOU_ZH = re.compile(r"[你您](?![们看])")
_YOU_EN = frozenset({"you", "your", "you're", "you've", "yours"})


class Exchange:
    """One line with what is known about it.

    Args:
        line: The viewer's line as it was seen or heard.
        viewer_type: One of the types.
        treatment: What would be right.
        scenario: Product, price and viewers.
        name: What the viewer is called.
        others: What others in the room are called.
    """

    def __init__(
        self,
        line: str,
        viewer_type: str,
        treatment: Treatment,
        scenario: Scenario,
        name: str = "",
        others: Iterable[str] = (),
    ) -> None:
        self.type = viewer_type
        self.treatment = treatment
        self.scenario = scenario
        self.price: Price = scenario.product.price
        self.language: Language = language_for(scenario.locale)
        self.question: Question = question_of(line, scenario)
        self.sheet = sheet_of(scenario)
        self._names = [called.lower() for called in call_names(name)] if name else []
        self._name, self._others = name, tuple(other for other in others if other != name)
        self._handle = name.replace("_", " ").replace("-", " ").lower()

    @property
    def code(self) -> str:
        """`zh` or `en`."""
        return self.language.code

    @property
    def asked_facts(self) -> tuple[str, ...]:
        """Points and facts of the sheet that the line is after."""
        return (*self.question.targets, *self.question.facts)

    def is_reply(self, text: str, *, first: bool) -> bool:
        """Return whether an utterance responds to the line.

        The first one does unless it turns to something else or, where no answer is due, has nothing to do with it;
        later ones must name the viewer or answer outright.
        """
        reading = read(text, self.scenario)
        if self.is_sure(reading) or (self.names_viewer(reading) and not self.is_to_another(reading)):
            return True
        if not first or self.is_mumble(reading):
            return False
        if self.tells_asked(reading):
            return True
        if self.is_to_another(reading):
            return False
        if self._is_curt(reading):
            return True
        related = reading.did(*REPLYING) or takes_up(reading, self.question, self.language)
        related = related or self.echoes_opening(reading)
        if self.treatment == "ignore":
            return related or self.says_you(reading) or not reading.did(*THREAD)
        if not reading.did(*REPLYING) and (reading.did("changes_topic") or self._is_on_other_subject(reading)):
            return False
        means_it = self.treatment == "answer" and self.type not in _OPINIONS
        return related or not means_it or not self._is_elsewhere(reading)

    def is_sure(self, reading: Reading) -> bool:
        """Return whether the viewer is called or protected, or what was asked is told, other than to somebody else."""
        if self.calls_viewer(reading.text) or (self.treatment == "protect" and reading.did("protects")):
            return True
        if self.is_to_another(reading):
            return any(reading.mentions(target) for target in self.question.targets)
        return self._answers(reading)

    def calls_viewer(self, text: str) -> bool:
        """Return whether the viewer is called by name, as names are called."""
        return calls(self._name, text, self.code)

    def _is_curt(self, reading: Reading) -> bool:
        """Return whether it is too short to be on anything but what was asked ("just steel")."""
        says = self.treatment == "answer" and reading.moves and not reading.did("greets", "thanks", "changes_topic")
        return bool(says) and self.units(reading) <= _CURT[self.code]

    def is_yes_or_no(self, reading: Reading) -> bool:
        """Return whether it is a yes or a no and hardly more: right after a line that is an answer to it."""
        return self._is_curt(reading) and reading.did("confirms", "declines", "denies")

    def is_to_another(self, reading: Reading) -> bool:
        """Return whether it begins with somebody else's name."""
        return not self.calls_viewer(reading.text) and begins_with(self._others, reading.text, self.code)

    def _answers(self, reading: Reading) -> bool:
        haggles = self.type == "haggler" and reading.did("gives_price", "holds_price", "concedes", "offers_gift")
        counts = self.question.wants_number and any(not span.approximate for span in self.heard(reading).numbers)
        return haggles or counts or answers(reading, self.question)

    def heard(self, reading: Reading) -> Heard:
        """Return the words of an utterance as they were meant, ready for matching."""
        return heard_as(reading.text, self.sheet)

    def is_mumble(self, reading: Reading) -> bool:
        """Return whether it is a hum or a word too little to be an answer."""
        is_wordless = not any(char.isalnum() for char in reading.text)
        return is_wordless or (not reading.moves and self.language.is_backchannel(reading.text))

    def _is_elsewhere(self, reading: Reading) -> bool:
        """Return whether it is on the product, yet on nothing that the line asked about."""
        asked = bool(self.question.topics)
        on_product = reading.did("mentions_point", "mentions_fact", "calls_to_action")
        if not asked or not on_product or self.says_you(reading) or reading.did("shows_evidence"):
            return False
        return self.tells_asked(reading) is not True

    def _is_on_other_subject(self, reading: Reading) -> bool:
        """Return whether it talks of other subjects than the one that was asked about, and tells nothing of that."""
        if self.type in _OPINIONS or self.echoes_opening(reading):
            return False
        facts = self.sheet.fact_sheet
        mapped = [_SUBJECTS[topic] for topic in self.question.topics if topic in _SUBJECTS]
        asked = facts.subjects(flatten(self.question.text, self.language)).union(*mapped)
        if not asked and not mapped:
            return False
        talked = facts.subjects(self.heard(reading).flat)
        return bool(talked) and not talked & asked and self.tells_asked(reading) is not True

    def names_viewer(self, reading: Reading) -> bool:
        """Return whether the viewer is called by name."""
        return any(called in reading.text.lower() for called in self._names)

    def without_name(self, text: str) -> str:
        """Return an utterance without the viewer's name, which may hold any words."""
        return re.sub(re.escape(self._handle), " ", text, flags=re.IGNORECASE) if self._handle else text

    def says_you(self, reading: Reading) -> bool:
        """Return whether somebody is spoken to."""
        if self.code == "zh":
            return bool(_YOU_ZH.search(reading.text))
        return bool(_YOU_EN & set(self.language.tokens(reading.text)))

    def echoes(self, reading: Reading) -> int:
        """Return how many content words of the line come again."""
        return len(self.question.words & content_tokens(reading.text, self.language))

    def echoes_opening(self, reading: Reading) -> bool:
        """Return whether it begins with the asked word, as a Chinese yes or no does (好洗不, 好洗)."""
        if self.code != "zh":
            return False
        asked, flat = flatten(self.question.text, self.language), self.heard(reading).flat
        flat = _HUMS.sub("", flat)
        head = flat[1:] if flat.startswith("不") else flat
        return len(head) > 1 and (head[:2] in asked or (flat.startswith("不") and any(c in asked for c in head[:3])))

    def says_yes_or_no(self, reading: Reading) -> bool:
        """Return whether an English yes or no stands anywhere in it ("the cover yes, the inside no")."""
        return self.code == "en" and bool(
            {"yes", "no", "yep", "nope", "yeah"} & set(self.language.tokens(reading.text))
        )

    def negates(self, reading: Reading) -> bool:
        """Return whether there is any negation in it."""
        heard = self.heard(reading)
        guards = heard.pack.guards
        return any(guard in (heard.flat if self.code == "zh" else heard.flat.split()) for guard in guards)

    def hedges(self, reading: Reading) -> int:
        """Return how many hedges it holds, at different places."""
        return len({hit.start for hit in self.heard(reading).hits if hit.kind == "hedges"})

    def refers(self, reading: Reading) -> bool:
        """Return whether somebody who can help is named at all."""
        return bool(_REFERS[self.code].search(reading.text.lower()))

    def is_keen(self, reading: Reading) -> bool:
        """Return whether a lure is taken up with interest."""
        return bool(_KEEN[self.code].search(self.heard(reading).flat))

    def tells_sheet(self, reading: Reading) -> bool:
        """Return whether it tells anything of the sheet, whatever was asked."""
        return self.sheet.fact_sheet.shared(self.sheet.mend(reading.text)) >= _TELLS

    def tells_asked(self, reading: Reading) -> bool | None:
        """Return whether the answer tells what the sheet says on what was asked; None if the sheet says nothing."""
        names = self.asked_facts
        if not names:
            return None
        if any(reading.mentions(name) and self._is_full(reading, name) for name in self.question.targets):
            return True
        return self.sheet.fact_sheet.tells(names, self.sheet.mend(reading.text), self.question.words)

    def _is_full(self, reading: Reading, name: str) -> bool:
        return any(move.full for move in reading.moves if move.target == name)

    def asks_ruled_out(self) -> bool:
        """Return whether the line asks about something the sheet rules out."""
        flat = flatten(self.question.text, self.language)
        return any(thing in flat for thing in self.sheet.ruled_out)

    def units(self, reading: Reading) -> int:
        """Return characters or words of an utterance."""
        return self.language.count_units(reading.text)
