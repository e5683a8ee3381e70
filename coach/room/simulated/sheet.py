"""The product sheet in a streamer's hand: slots for wordings, and which line of it answers a question."""

from __future__ import annotations

import random
from collections.abc import Iterator

from coach.language import language_for
from coach.room.reading import read
from coach.room.slots import say_price
from coach.scenario.model import Scenario, SellingPoint

_PHRASES = {
    "zh": {
        "fact": "{name}是{value}",
        "with_gift": "，再送{gift}",
        "gift_held": "赠品{gift}一起给你",
        "no_gift": "东西在这里，大家看得见",
        "no_terms": "规则页面上都写着",
        "stock": "库存是真的，后台还有{stock}件",
        "no_stock": "库存以页面为准",
        "label": "成分以标签为准",
        "proof": "实物",
        "join": "，",
    },
    "en": {
        "fact": "the {name}, {value}",
        "with_gift": ", and you also get the {gift}",
        "gift_held": "you also get the {gift}",
        "no_gift": "it is all right here on camera",
        "no_terms": "the rules are on the product page",
        "stock": "the stock is real, {stock} pieces in the warehouse",
        "no_stock": "the stock is what the page says",
        "label": "the label lists everything",
        "proof": "product itself",
        "join": ", ",
    },
}
_ALLERGEN = ("过敏", "allerg", "contain", "含花生", "麸质", "配料", "成分", "ingredient")
_RETURNS = ("退", "return", "warranty", "保修", "质保", "包赔", "refund", "guarantee")


class Sheet:
    """What a scenario's product sheet offers a streamer. Knows nothing of any viewer.

    Args:
        scenario: Only product, prices and locale are used.
        rng: Decides where the sheet has several answers.
    """

    def __init__(self, scenario: Scenario, rng: random.Random) -> None:
        self._scenario = scenario
        self._rng = rng
        self._words = _PHRASES[scenario.language]
        self._points = sorted(scenario.product.selling_points, key=lambda point: point.priority)
        self._next_point = 0
        self._terms = list(self._find_terms())

    @property
    def can_concede(self) -> bool:
        """Whether there is room between live and floor price."""
        price = self._scenario.product.price
        return price.floor < price.live

    def topics(self) -> dict[str, list[str]]:
        """Return topic → wordings that name it: facts and certificates by name, points by id."""
        product = self._scenario.product
        found = {f"fact:{name}": [name, *_names(value)] for name, value in product.facts.items()}
        found |= {f"point:{point.id}": [point.title, *point.aliases] for point in self._points}
        return found | {f"proof:{name}": [name, *_names(name)] for name in product.certificates}

    def is_point(self, topic: str) -> bool:
        """Return whether a topic is a selling point."""
        return topic.startswith("point:")

    def slots(self, topic: str, viewer: str, *, forgets: bool = False) -> dict[str, str]:
        """Return all slots for one utterance.

        Args:
            topic: What it is about; empty for whatever comes next.
            viewer: Who is spoken to, as called; may be empty.
            forgets: Leave facts and statements out.
        """
        product, price, words = self._scenario.product, self._scenario.product.price, self._words
        point = self._point(topic)
        gift = self._rng.choice(product.gifts) if product.gifts else ""
        return {
            "name": viewer,
            "product": product.name,
            "title": point.title,
            "title_in": point.title[:1].lower() + point.title[1:],
            "statement": point.title if forgets else self.statement(point),
            "fact": self._fact(topic, point),
            "proof": self._proof(topic),
            "price": self._money(price.live),
            "list": self._money(price.list),
            "low": self._money(price.floor),
            "gift": gift,
            "with_gift": words["with_gift"].format(gift=gift) if gift else "",
            "gift_held": words["gift_held"].format(gift=gift) if gift else words["no_gift"],
            "terms": self._rng.choice(self._terms) if self._terms else words["no_terms"],
            "stock_words": words["stock"].format(stock=product.stock) if product.stock else words["no_stock"],
            "allergen": self._allergen(),
        }

    def statement(self, point: SellingPoint) -> str:
        """Return a selling point with all its facts."""
        said = point.statement or point.title
        missing = [fact for fact in point.must_facts if fact.lower() not in said.lower()]
        return self._words["join"].join([said, *missing])

    def _point(self, topic: str) -> SellingPoint:
        wanted = next((point for point in self._points if topic == f"point:{point.id}"), None)
        if wanted is not None:
            return wanted
        point = self._points[self._next_point % len(self._points)]
        self._next_point += 1
        return point

    def _fact(self, topic: str, point: SellingPoint) -> str:
        facts = self._scenario.product.facts
        name = topic.removeprefix("fact:")
        if name in facts:
            return self._words["fact"].format(name=name, value=facts[name])
        if not facts:
            return self.statement(point)
        name = self._rng.choice(sorted(facts))
        return self._words["fact"].format(name=name, value=facts[name])

    def _proof(self, topic: str) -> str:
        certificates = self._scenario.product.certificates
        name = topic.removeprefix("proof:")
        if name in certificates:
            return name
        return self._rng.choice(certificates) if certificates else self._words["proof"]

    def _allergen(self) -> str:
        facts = self._scenario.product.facts
        for name, value in facts.items():
            if any(cue in f"{name} {value}".lower() for cue in _ALLERGEN):
                return self._words["fact"].format(name=name, value=value)
        return self._words["label"]

    def _find_terms(self) -> Iterator[str]:
        for name, value in self._scenario.product.facts.items():
            if any(cue in f"{name} {value}".lower() for cue in _RETURNS) or read(value, self._scenario).did(
                "gives_terms"
            ):
                yield value

    def _money(self, value: float) -> str:
        price = self._scenario.product.price
        return say_price(value, price.currency, self._scenario.language, spoken=True)


def _names(value: str) -> list[str]:
    """Return the pieces of a fact or certificate that a question may name (容量 of 0.9升容量, `steel`)."""
    language = language_for("zh-CN" if any("\u4e00" <= char <= "\u9fff" for char in value) else "en-US")
    if language.code == "en":
        return [word for word in language.tokens(value) if len(word) > 3 and word.isalpha()]
    pieces = "".join(char if "\u4e00" <= char <= "\u9fff" else " " for char in value).split()
    return [piece for piece in pieces if 2 <= len(piece) <= 5]
