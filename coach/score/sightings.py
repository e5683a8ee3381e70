"""Where each selling point shows in the utterances."""

from __future__ import annotations

from dataclasses import dataclass

from coach.language import Language
from coach.language.clause import marks
from coach.language.match import PointMatch, match_point
from coach.language.point import Amount, amounts
from coach.scenario.model import Product, SellingPoint
from coach.score.scorecard import Evidence
from coach.score.timeline import Spoken, Timeline

_TOPIC_LASTS = 2
"""Utterances for which a named point stays the topic, so that a bare figure can belong to it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one utterance says about one point."""

    spoken: Spoken
    match: PointMatch

    def evidence(self) -> Evidence:
        """Return the clauses that carry the point."""
        return self.spoken.evidence(self.match.start, self.match.end or None)


def look_for(point: SellingPoint, product: Product, timeline: Timeline, language: Language) -> list[Seen]:
    """Return what each utterance says about a point, in order."""
    sheet = _Sheet(point, product, language)
    seen: list[Seen] = []
    for at, spoken in enumerate(timeline.worded):
        recent = any(item.match.idea for item in seen[max(0, at - _TOPIC_LASTS) :])
        asked = _was_asked(sheet, timeline, seen[-1].spoken if seen else None, spoken)
        seen.append(Seen(spoken, sheet.match(spoken.text, topical=recent or asked, asked=asked)))
    return seen


class _Sheet:
    """One point among the others of its product."""

    def __init__(self, point: SellingPoint, product: Product, language: Language) -> None:
        self._point, self._language = point, language
        self._known = sheet_amounts(product, language)
        self._topics = fact_names(point, product, language)
        others = " ， ".join(_words(other) for other in product.selling_points if other.id != point.id)
        self._common = marks(f"{others} ， {product.name}", language)

    def match(self, text: str, *, topical: bool = False, asked: bool = False) -> PointMatch:
        """Return what a text says about the point."""
        point = self._point
        return match_point(
            text,
            point.aliases,
            point.must_facts,
            point.statement,
            self._language,
            title=point.title,
            topics=self._topics,
            common=self._common,
            known=self._known,
            topical=topical,
            asked=asked,
        )


def _words(point: SellingPoint) -> str:
    return " ， ".join((point.title, point.statement, *point.aliases, *point.must_facts))


def fact_names(point: SellingPoint, product: Product, language: Language) -> tuple[str, ...]:
    """Return the names of the sheet's facts that hold one of the point's own (重量: 单只4.6克)."""
    own = {amount for fact in point.must_facts for amount in amounts(fact, language) if amount[0]}
    texts = [language.normalise(fact) for fact in point.must_facts]
    return tuple(
        name
        for name, value in product.facts.items()
        if own & amounts(value, language) or any(text in language.normalise(value) for text in texts)
    )


def _was_asked(sheet: _Sheet, timeline: Timeline, before: Spoken | None, spoken: Spoken) -> bool:
    """Return whether a viewer brought the point up since the last utterance."""
    since = before.start if before else 0.0
    lines = [line.text for line in timeline.lines if since <= line.start <= spoken.start]
    return any(sheet.match(text.rstrip("?？吗")).idea for text in lines)


def sheet_amounts(product: Product, language: Language) -> frozenset[Amount]:
    """Return every amount on the product sheet; saying one of them contradicts nothing."""
    texts = [*product.facts.values(), *product.certificates, *product.gifts]
    for point in product.selling_points:
        texts += [point.statement, point.title, *point.must_facts, *point.aliases]
    found: frozenset[Amount] = frozenset().union(*(amounts(text, language) for text in texts))
    price = product.price
    return found | {("money", value) for value in (price.list, price.live, price.floor)}
