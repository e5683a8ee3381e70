"""The streamer's own material, for better lines: the product sheet, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import language_for
from coach.room.slots import say_price
from coach.scenario.model import Scenario, SellingPoint
from coach.score.scorecard import ComplianceFinding, FactError, Finding, Text

_SHORT = {"zh": (4, 48), "en": (12, 130)}
"""Characters of a quote that can be said again as part of a line: less says nothing, more is no line."""
_STOPS = "。.！!？?，,；;、… "


@dataclass(frozen=True, slots=True)
class Material:
    """What better lines are made of."""

    scenario: Scenario
    compliance: Sequence[ComplianceFinding] = ()
    fact_errors: Sequence[FactError] = ()

    @property
    def is_zh(self) -> bool:
        """Whether lines are in Chinese."""
        return self.scenario.language == "zh"

    def say(self, zh: str, en: str) -> str:
        """Return the line of the scenario's language."""
        return zh if self.is_zh else en

    def lead_line(self) -> str:
        """Return the first point of the highest priority as one spoken line."""
        return self.point_line(min(self.scenario.product.selling_points, key=lambda point: point.priority))

    def point(self, point_id: str) -> SellingPoint | None:
        """Return a selling point by id."""
        return next((item for item in self.scenario.product.selling_points if item.id == point_id), None)

    def point_line(self, point: SellingPoint) -> str:
        """Return a point as one spoken line that names every fact."""
        line = point.statement or point.title
        missing = self.unnamed(point.must_facts, line)
        if not missing:
            return line
        return line.rstrip("。.") + self.say("，", ": ") + self.listed(missing)

    def unnamed(self, facts: Sequence[str], line: str) -> list[str]:
        """Return the facts that a line does not name yet, in its words or nearly: all figures, half of the words."""
        language = language_for(self.scenario.locale)
        figures = {number.value for number in language.numbers(line)}
        words = set(language.tokens(line))
        missing = []
        for fact in facts:
            own = {number.value for number in language.numbers(fact)}
            told = set(language.tokens(fact))
            near = own <= figures and 2 * len(told & words) >= len(told)
            if fact.lower() not in line.lower() and not near:
                missing.append(fact)
        return missing

    def sentence(self, line: str) -> str:
        """Return a line as a whole sentence: a capital where the language has them, a full stop at the end."""
        line = line.strip()
        if not self.is_zh:
            line = line[:1].upper() + line[1:]
        return line if not line or line[-1] in "。.！!？?" else self.say(f"{line}。", f"{line}.")

    def listed(self, words: Sequence[str]) -> str:
        """Return words as a list in a sentence."""
        return self.say("、", ", ").join(words)

    def price_line(self) -> str:
        """Return usual and live price as one spoken line, a pause after each figure."""
        price = self.scenario.product.price
        return self.say(
            f"平时{self.money(price.list)}，今天直播间到手{self.money(price.live)}。",
            f"Usually {self.money(price.list)}. Today, right here, {self.money(price.live)}.",
        )

    def money(self, amount: float) -> str:
        """Return an amount as it is written in the scenario's language: 89, $12.50."""
        return say_price(amount, self.scenario.product.price.currency, self.scenario.language, spoken=False)

    def own_words(self, finding: Finding) -> str:
        """Return what the streamer said without fillers, if it is short enough to be said again; else nothing."""
        low, high = _SHORT[self.scenario.language]
        said = next((item.quote for item in finding.evidence if item.speaker == "streamer"), "").strip(_STOPS)
        said = self.without_fillers(finding) or said
        return said if low <= len(said) <= high else ""

    def without_fillers(self, finding: Finding) -> str:
        """Return what the streamer said with the fillers left out; nothing where that is no line."""
        language, (low, high) = language_for(self.scenario.locale), _SHORT[self.scenario.language]
        said = next((item.quote for item in finding.evidence if item.speaker == "streamer"), "")
        spans, kept, at = sorted(language.fillers(said), key=lambda span: span.start), list[str](), 0
        for span in spans:
            kept.append(said[at : max(at, span.start)].rstrip(_STOPS if self.is_zh else " ,"))
            at = max(at, span.end)
        kept.append(said[at:])
        joint = "，" if self.is_zh and any(stop in said for stop in "，。") else "" if self.is_zh else " "
        line = joint.join(part.strip(_STOPS) for part in kept if part.strip(_STOPS)).strip()
        line = line[:1].upper() + line[1:] if spans and not self.is_zh else line
        return line if spans and low <= len(line) <= high else ""


@dataclass(frozen=True, slots=True)
class Advice:
    """The part of a focus point that does not come from the finding."""

    why: Text
    better_line: str
    drill: Text
    drill_id: str
