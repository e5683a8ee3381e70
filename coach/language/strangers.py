"""Sentences about something that is not on the product sheet: the streamer's own clothes, another link, another shop.

`aside` knows words that give a figure to somebody else whatever is sold; here the sheet decides. "My boots are leather"
is of the boots where socks are sold; 五号链接 and "the one behind me" are of other goods wherever they are said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.cut_zh import cut_words
from coach.language.pack_text import read_yaml
from coach.language.scope import place
from coach.language.stems import base

_FOLDER = Path(__file__).parent / "packs"
_REACH = {"zh": 24, "en": 80}
"""Characters on either side over which a sentence without marks is looked through."""
_WORD = re.compile(r"[a-z][a-z'-]*")
_KIN = (
    "mom|mum|dad|mother|father|sister|brother|aunt|uncle|cousin|grandma|grandpa|son|daughter|kid|husband|wife|friend"
    "|boyfriend|girlfriend|roommate|neighbor|boss|coworker"
)
_POSSESSED = re.compile(rf"\b(?:my|her|his|their|(?:{_KIN})'s) (?=[a-z])")
_PERSON = re.compile(r"\b(?:i|i'm|i've|my|he|she|they|someone)\b")
_NAMED = re.compile(r"(?:^|[,;] ?|\b(?:and|but|so|because|while|when) )(?:the|this|that|these|those|a|an) (?=[a-z])")
_BESIDE_EN = re.compile(r"\b(?:in|on|into|onto|to|behind|by|under|out of) (?:the |an? |your )?[a-z]+\b")
"""What a sheet says the product is put to: it survives a drop in the pool."""
_MOST_WORDS = 3
"""Words between an article and the noun."""
_MINE_ZH = re.compile(
    r"(?:我|我妈妈?|我爸爸?|他|她|人家)(?:自己)?(?:的|家里?的?|这|那)?[个件条双台款把支瓶张口辆只]?[旧老新]?$"
)
_THIS_ZH = re.compile(r"[这那][个件条双台款把支瓶张口辆只]$")
_JOINED_ZH = re.compile(r"的$")


class _Pack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    source: str
    effective: date
    things: str
    """Nouns of everyday surroundings."""
    heads: str
    """Nouns that stand for the product or a part of it."""
    verbs: str
    small: str = ""
    """Words at which a noun ends."""
    apart: tuple[str, ...]
    """What makes a whole sentence one about other goods, before or after what is said of them."""
    variants: tuple[str, ...]
    """Names of other kinds of a product; of a sheet that names the kind they are its own."""
    shops: tuple[str, ...]
    """What gives all that follows in the sentence to other goods or another shop."""
    own: str
    """What names the product, so that nothing after it is told of something else."""
    ours: str
    """What comes back to it from something else."""


class _Words:
    """A pack compiled."""

    def __init__(self, code: str) -> None:
        pack = _Pack.model_validate(read_yaml((_FOLDER / f"strangers_{code}.yaml").read_text(encoding="utf-8")))
        self.things, self.heads, self.verbs = map(
            frozenset, (pack.things.split(), pack.heads.split(), pack.verbs.split())
        )
        self.small = frozenset(pack.small.split())
        self.variants = [re.compile(body) for body in pack.variants]
        bodies = ("|".join(pack.apart), "|".join(pack.shops), pack.own, f"{pack.own}|{pack.ours}")
        self.apart, self.shops, self.own, self.back = map(re.compile, bodies)


@cache
def _words(code: str) -> _Words:
    return _Words(code)


class Strangers:
    """Tells what is said of something else than one product.

    Args:
        named: What names the product, its parts and what comes with it.
        told: What else the sheet says of it: a thing that it mentions may be its own.
        code: `zh` or `en`.
    """

    def __init__(self, named: Iterable[str], told: Iterable[str], code: str) -> None:
        self._code, self._words = code, _words(code)
        self._named, self._told = " ".join(named).lower(), " ".join(_BESIDE_EN.sub(" ", text.lower()) for text in told)
        heads = {base(word) for word in self._words.heads} if code == "en" else set[str]()
        self._own = {base(word.removesuffix("'s")) for word in _WORD.findall(self._named)} | heads
        self._mentioned = self._own | {base(word) for word in _WORD.findall(self._told)}

    def are_told(self, text: str, start: int, end: int) -> bool:
        """Return whether a stretch of a text is told of something else.

        Args:
            text: What was said.
            start: Where the stretch begins.
            end: Where it ends.
        """
        lowered = text.lower()
        if len(lowered) != len(text):
            return False
        at = place(lowered, start, end)
        left, right = max(at.sentence[0], start - _REACH[self._code]), min(at.sentence[1], end + _REACH[self._code])
        before, whole = lowered[left:end], lowered[left:right]
        words = self._words
        cues = [
            hit.span()
            for pattern, where in ((words.shops, before), (words.apart, whole))
            for hit in pattern.finditer(where)
        ]
        cues += self._variants(before)
        cues += self._subjects_zh(lowered[left:start]) if self._code == "zh" else self._subjects_en(lowered[left:start])
        if not cues:
            return self._is_part_of_another(lowered, left, start, end)
        first, last = min(begin for begin, _ in cues), max(finish for _, finish in cues)
        return not (words.own.search(before[:first]) or words.back.search(before, min(last, len(before))))

    def _variants(self, before: str) -> Iterable[tuple[int, int]]:
        for pattern in self._words.variants:
            for hit in pattern.finditer(before):
                kind = next(filter(None, hit.groups()), "")
                if kind not in self._named and kind not in self._told:
                    yield hit.span()

    def _subjects_en(self, before: str) -> Iterable[tuple[int, int]]:
        """Yield subjects that are no part of the product: what somebody has, things of everyday life."""
        for pattern, is_possessed in ((_POSSESSED, True), (_NAMED, False)):
            for hit in pattern.finditer(before):
                named = self._noun(before, hit.end())
                own = self._own if is_possessed else self._mentioned
                if not named or any(base(word) in own for word, _ in named):
                    continue
                noun, end = named[-1]
                follows = _WORD.match(before, end + 1)
                begins = not before[: hit.start()].strip(" ,") or before[hit.start()] in ",;" or not is_possessed
                is_subject = begins or (follows is not None and follows.group() in self._words.verbs)
                if is_subject and (is_possessed or noun in self._words.things):
                    yield hit.start(), end

    def _noun(self, text: str, at: int) -> list[tuple[str, int]]:
        """Return the words of a noun with where each ends: up to a verb, a small word or the first known thing."""
        found: list[tuple[str, int]] = []
        while len(found) < _MOST_WORDS and (hit := _WORD.match(text, at)):
            word = hit.group().removesuffix("'s")
            if word in self._words.verbs or word in self._words.small:
                break
            found.append((word, hit.start() + len(word)))
            if word in self._words.things or word != hit.group():
                break
            at = hit.end() + 1
        return found

    def _subjects_zh(self, before: str) -> Iterable[tuple[int, int]]:
        for word in cut_words(before):
            head = before[: word.start]
            is_noun = word.kind[:1] == "n" or word.text in self._words.things
            if not is_noun or self._is_own_zh(word.text):
                continue
            mine, named = _MINE_ZH.search(head), _THIS_ZH.search(head)
            if mine and _begins(head[: mine.start()]) and len(word.text) > 1:
                yield mine.start(), word.end
            elif (named or _begins(head)) and any(word.text.endswith(thing) for thing in self._words.things):
                yield named.start() if named else word.start, word.end

    def _is_own_zh(self, word: str) -> bool:
        return (
            word in self._told
            or word.removesuffix("子") in self._named
            or any(word.endswith(head) for head in self._words.heads)
        )

    def _is_part_of_another(self, text: str, left: int, start: int, end: int) -> bool:
        """Return whether a stretch describes another thing right after it: "leather couch", 真丝的吊带."""
        if self._code == "zh":
            rest = text[end : end + 6]
            found = re.match(r"(?:色|款)?的?", rest)
            after = rest[found.end() :] if found else rest
            return any(
                after.startswith(thing) and not self._is_own_zh(thing) for thing in self._words.things if len(thing) > 1
            )
        hit = re.match(r"[ -](?:[a-z]+[ -])?([a-z]+)\b", text[end:])
        return (
            _PERSON.search(text, left, start) is not None
            and hit is not None
            and hit[1] in self._words.things
            and base(hit[1]) not in self._mentioned
        )


def _begins(head: str) -> bool:
    return not head.strip("那呢啊嗯哎就其实，, ") or head[-1:] in "，,、"
