"""Ideas of the trade: what selling points say and how live rooms say it, from `packs/ideas_<code>.yaml`.

A sheet says 可机洗, a streamer 扔洗衣机里就行; a sheet "non-greasy", a streamer "it sinks right in". Forms are
compared as skeletons: small words gone, every negation the same one, English words without their endings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from operator import add
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from coach.language.pack import load_pack
from coach.language.pack_text import read_yaml
from coach.language.stems import base

SAME, LIKE, HINT = 1.0, 0.8, 0.4
"""How surely a form means its idea: another name of it, what amounts to it, what only belongs to it."""
_LEVELS = (SAME, LIKE, HINT)
_FOLDER = Path(__file__).parent / "packs"

_ASKED_ZH = re.compile(r"(\w)不\1|有没有|有无|会不会|能不能|是不是")
_NOT_ZH = re.compile(
    "并不是|不会|不容易|不太会|不怎么|不太|不至于|不用|不必|不需要|无需|不要|不能|不得|永不|不再|不带|没有|没怎么|没|别|无|未|非"
)
_DENYING_ZH = re.compile("[不没无别未非]")
"""What every negation, every wording that only looks like one, and every A不A holds."""
_SMALL_ZH = re.compile("这个|那个|一点儿|一点|一下子|[的了也就都还很挺蛮啊呢吧嘛哈呀哦噢哎嗯呃着又再太更最它]")
_NOT_EN = frozenset(["not", "no", "never", "without", "cannot", "none", "zero", "nor", "nobody", "neither"])
_GAP_EN = r"(?: \S+){0,3}"
_DENIED_WITHIN = {"zh": 2, "en": 3}
"""Characters or words before a form within which a negation turns it round."""


class IdeaPack(BaseModel):
    """Ideas of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    small: str = ""
    """English words that are left out when forms are compared."""
    bare: str = ""
    """English words that make no form by themselves."""
    faint: str = ""
    """Forms of one word that name an idea on a sheet, where it stands among others, and only hint at it in talk."""
    ideas: dict[str, tuple[str, str, str]] = Field(min_length=1)
    """Idea → forms that say the same, that amount to it, that only belong to it; separated by commas."""


@cache
def load_ideas(code: str) -> IdeaPack:
    """Return the pack shipped for a language code."""
    return IdeaPack.model_validate(read_yaml((_FOLDER / f"ideas_{code}.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class _Form:
    idea: str
    level: float
    said: float
    """Level in talk."""
    skeleton: str
    pattern: re.Pattern[str] | None
    """Set where the form has a gap."""
    is_denial: bool

    def stands_in(self, said: str) -> bool:
        """Return whether the form stands in a skeleton."""
        return self.pattern.search(said) is not None if self.pattern else self.skeleton in said

    def places(self, said: str) -> Iterator[tuple[int, int]]:
        """Yield where the form stands in a skeleton."""
        if self.pattern:
            yield from (hit.span() for hit in self.pattern.finditer(said))
            return
        at = said.find(self.skeleton)
        while at >= 0:
            yield at, at + len(self.skeleton)
            at = said.find(self.skeleton, at + 1)


def skeleton(normal: str, code: str) -> str:
    """Return what normalised text is compared in: zh characters; en stems, each with a space on both sides."""
    if code == "zh":
        if not _DENYING_ZH.search(normal):  # most clauses
            return _SMALL_ZH.sub("", normal)
        bare = _ASKED_ZH.sub("", _harmless(code).sub("", normal))
        return _SMALL_ZH.sub("", _NOT_ZH.sub("不", bare)).replace("不不", "不")
    small = _small_words()
    kept = [_word(word) for word in _harmless(code).sub(" ", normal).split() if word not in small]
    return f" {' '.join(kept)} "


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load_ideas("en").small.split())


@cache
def _harmless(code: str) -> re.Pattern[str]:
    """Return what holds a negation but denies nothing (不仅, "not only")."""
    body = "|".join(map(re.escape, load_pack(code).not_negations))
    return re.compile(rf"\b(?:{body})\b" if code == "en" else f"(?:{body})")


def is_negation(word: str) -> bool:
    """Return whether an English word denies."""
    return word.removesuffix("'s") in _NOT_EN or word.endswith("n't")


@lru_cache(maxsize=8192)
def _word(word: str) -> str:
    return "not" if is_negation(word) else base(word.removesuffix("'s"))


@cache
def _index(code: str) -> Mapping[str, tuple[_Form, ...]]:
    """Return the forms by the piece that a text must hold: zh two characters, en a word."""
    found: dict[str, list[_Form]] = {}
    bare = {*load_ideas(code).bare.split(), "*"}
    for idea, levels in load_ideas(code).ideas.items():
        for level, forms in zip(_LEVELS, levels, strict=True):
            for text in forms.split(","):
                form = _form(idea, level, text.strip(), code)
                if not set(form.skeleton.split()) <= bare:
                    found.setdefault(_anchor(form.skeleton, code), []).append(form)
    return {anchor: tuple(forms) for anchor, forms in found.items()}


def _form(idea: str, level: float, text: str, code: str) -> _Form:
    gap = "…" if code == "zh" else "*"
    parts = [skeleton(part.strip(), code) for part in text.split(gap)]
    if len(parts) == 1:
        whole, pattern = parts[0], None
    elif code == "zh":
        whole = "…".join(parts)
        pattern = re.compile(".{0,5}".join(map(re.escape, parts)))
    else:
        whole = " * ".join(part.strip() for part in parts)
        pattern = re.compile(" " + f"{_GAP_EN} ".join(re.escape(part.strip()) for part in parts if part.strip()) + " ")
    is_thin = len(whole) == 1 if code == "zh" else len(whole.split()) == 1 < len(text.split())
    if is_thin and code == "zh":  # one character is a word only where the clause ends with it: 很轻, not 年轻人
        pattern = re.compile(f"(?<!年){re.escape(whole)}$")
    level = HINT if is_thin and level == LIKE else level
    said = HINT if whole in _faint(code) else level
    return _Form(idea, level, said, whole, pattern, whole.strip().startswith("不" if code == "zh" else "not"))


@cache
def _faint(code: str) -> frozenset[str]:
    return frozenset(skeleton(word, code) for word in load_ideas(code).faint.split())


def _anchor(whole: str, code: str) -> str:
    if code == "en":
        return max((word for word in whole.split() if word != "*"), key=len, default="")
    piece = max(whole.split("…"), key=len)
    return piece[-2:]


def read_ideas(said: str, code: str) -> tuple[dict[str, float], frozenset[str]]:
    """Return what a clause, given as its skeleton, says of ideas; denied ones are left out.

    Returns:
        The ideas with the level of their best form in talk, and those named by another name of the same (`SAME`),
        faint ones too, which is enough for a fact.
    """
    levels: dict[str, float] = {}
    same: set[str] = set()
    is_denying = ("不" if code == "zh" else "not") in said
    for form in _candidates(said, code):
        idea, level = form.idea, levels.get(form.idea, 0.0)
        if form.said <= level and (form.level != SAME or idea in same):
            continue
        if _is_asserted(form, said, code) if is_denying else form.stands_in(said):
            levels[idea] = max(form.said, level)
            if form.level == SAME:
                same.add(idea)
    return levels, frozenset(same)


def _is_asserted(form: _Form, said: str, code: str) -> bool:
    if form.is_denial or ("不" if code == "zh" else "not") not in said:
        return form.stands_in(said)
    return any(not _is_denied(form, said, at, code) for at, _ in form.places(said))


def _candidates(said: str, code: str) -> Iterator[_Form]:
    index = _index(code)
    anchors: Iterable[str] = said.split() if code == "en" else chain(said, map(add, said, said[1:]))
    for anchor in dict.fromkeys(anchors):
        if anchor in index:
            yield from index[anchor]


def _is_denied(form: _Form, said: str, at: int, code: str) -> bool:
    if form.is_denial:
        return False
    reach = _DENIED_WITHIN[code]
    if code == "zh":
        return "不" in said[max(0, at - reach) : at]
    return "not" in said[:at].split()[-reach:]


def named_ideas(normal: str, code: str) -> dict[str, float]:
    """Return the ideas that a piece of a sheet holds, those left out that only have a hint there."""
    said = skeleton(normal, code)
    found: dict[str, float] = {}
    for form in _candidates(said, code):
        if form.level > max(HINT, found.get(form.idea, 0.0)) and _is_asserted(form, said, code):
            found[form.idea] = form.level
    return found


def is_same(text: str, code: str) -> frozenset[str]:
    """Return the ideas that are all a fact says: another name of the same takes its place."""
    whole = skeleton(text, code)
    return frozenset(
        form.idea
        for form in _candidates(whole, code)
        if form.level == SAME and any((end - at) * 3 >= len(whole) * 2 for at, end in form.places(whole))
    )
