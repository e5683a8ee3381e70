"""What a viewer's line asks of a streamer, told from its text alone, as a person in front of the screen would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from coach.language import Language
from coach.room.heard import flatten
from coach.room.simulated.kin import experience
from coach.room.simulated.wordings import wordings

CARE = ("minor", "allergy", "pregnancy", "money", "elderly", "distress")
"""Needs of viewers who are to be protected, not sold to."""
_CLEAR = (*CARE, "aftersales", "link_down", "wrong_price", "ignored")
"""Needs that wordings alone tell for certain, whoever writes."""
_NEED_OF = {
    "haggler": "haggle",
    "price_comparer": "compare",
    "product_skeptic": "unknown",
    "trust_skeptic": "trust",
    "contrarian": "contrarian",
    "troll": "attack",
    "spammer": "spam",
    "derailer": "off_topic",
    "angry_returner": "aftersales",
    "impatient": "hurry",
    "bait": "claim",
    "low_room": "lurk",
    "friendly": "friendly",
    "special_care": "care",
}
"""What viewers like this want where their wording alone does not say."""
_SURE = 2.0
"""Log-odds from which a streamer trusts its idea of who writes (88 %)."""
_STRONG = 6.0
"""Strength of wordings (three words, six characters) that outweighs who writes."""


class NeedReader:
    """Reads lines one after another and gets to know who writes.

    Args:
        language: Of the room.
        topics: Topic name → wordings, from the product sheet; a line on one of them asks for that.
    """

    def __init__(self, language: Language, topics: Mapping[str, Sequence[str]]) -> None:
        self._language = language
        self._topics = {name: [flatten(word, language).strip() for word in words] for name, words in topics.items()}
        self._experience = experience(language.code)
        self._beliefs: dict[str, Counter[str]] = {}
        self._known: dict[str, str] = {}

    def read(self, viewer: str, text: str) -> tuple[str, str]:
        """Return (need, topic).

        The need is `topic` where the sheet answers, `remark` where no answer is wanted, `unknown` where it is not
        understood.
        """
        flat = flatten(text, self._language)
        need, strength = _strongest(flat, self._language.code)
        topic, on_topic = self._topic(flat)
        if on_topic > strength and need not in _CLEAR:
            need, strength = "topic", on_topic
        need = self._by_person(viewer, text, need, strength)
        if need == "unknown" and topic:
            need = "topic"
        if need in CARE or need == "aftersales":
            self._known[viewer] = need
        return need, topic

    def _by_person(self, viewer: str, text: str, need: str, strength: float) -> str:
        """Return the need as it is taken from this viewer."""
        self._beliefs.setdefault(viewer, Counter()).update(self._experience.kinds(text))
        known = self._known.get(viewer, "")
        if known:
            if need == "unknown" and not self._experience.wants_answer(text):
                return "remark"
            return known if need not in ("link_down", "wrong_price") else need
        if need in _CLEAR or strength >= _STRONG:
            return need
        if not self._experience.wants_answer(text) and need in ("unknown", "praise", "lurk"):
            return "praise" if need == "praise" else "remark"
        person = self._person(viewer)
        if person == "care" or (person in ("claim", "unknown") and need == "topic"):
            return "claim" if person == "claim" else need if need != "unknown" else "elderly"
        return person if person and (person != "unknown" or need in ("hurry", "praise", "attack", "lurk")) else need

    def _person(self, viewer: str) -> str:
        """Return what somebody who writes like this wants; empty while it is not clear."""
        (first, most), (_, next_most) = self._beliefs[viewer].most_common(2)
        return _NEED_OF[first] if most - next_most >= _SURE else ""

    def _topic(self, flat: str) -> tuple[str, float]:
        """Return the topic named most clearly and how clearly, comparable with the strength of a need."""
        best, most = "", 0.0
        for name, words in self._topics.items():
            found = [_weight(word, self._language.code) for word in words if word and _holds(flat, word)]
            clear = max(found, default=0.0) * 1.5 + 0.1 * len(found)
            if found and clear > most:
                best, most = name, clear
        return best, most


@lru_cache(maxsize=16_384)
def _strongest(flat: str, code: str) -> tuple[str, float]:
    best, most = "unknown", 0.0
    for need, words in _flat_needs(code).items():
        strength = sum(_weight(word, code) for word in words if _holds(flat, word))
        if strength > most:
            best, most = need, strength
    return best, most


@cache
def _flat_needs(code: str) -> dict[str, tuple[str, ...]]:
    from coach.language import language_for

    language = language_for("zh-CN" if code == "zh" else "en-US")
    return {
        need: tuple(flatten(word, language).strip() for word in words) for need, words in wordings(code).needs.items()
    }


def _holds(flat: str, word: str) -> bool:
    return f" {word} " in flat if flat.startswith(" ") else word in flat


def _weight(word: str, code: str) -> float:
    """Return how much a wording tells: characters of Chinese, words of English counted double."""
    return float(len(word)) if code == "zh" else 2.0 * len(word.split())
