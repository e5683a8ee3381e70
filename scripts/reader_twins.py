"""Twins of labelled utterances: the same words beside another sheet, or other words beside the same one.

Where a streamer is known to have said a fact rightly, the same words are wrong beside a sheet with another figure,
another material, the opposite. With the same thing changed on both sides they stay right, so that a changed sheet
alone tells nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from coach.language.reader.digits import in_digits
from scripts.reader_case import POINT, Case
from scripts.reader_rows import SAID, WRONG

PACKS = Path(__file__).resolve().parents[1] / "coach" / "language" / "packs"
_WEIGHT = 0.7
_NUMBER = re.compile(r"(?<![\d.A-Za-z])\d+(?:\.\d+)?(?![\d.])")
_PARTS = (0.5, 0.6, 0.75, 0.8, 0.9, 1.1, 1.2, 1.5, 2.0, 3.0)
"""What a figure is multiplied with for a wrong one."""
_OPPOSITES = {
    "zh": (
        "冷水 热水 温水",
        "手洗 机洗 干洗",
        "室内 室外",
        "里面 外面",
        "之前 之后",
        "饭前 饭后",
        "早上 晚上",
        "左 右",
        "常温 冷藏 冷冻",
        "上面 下面",
        "手动 自动",
        "大人 小孩",
        "正面 反面",
        "冬天 夏天",
    ),
    "en": (
        "cold hot warm",
        "inside outside",
        "indoors outdoors",
        "before after",
        "morning night",
        "left right",
        "dry wet damp",
        "above below",
        "front back",
        "top bottom",
        "adults children",
        "hand machine",
        "summer winter",
        "push pull",
        "manual automatic",
    ),
}
_DENIALS = {
    "zh": (
        ("不适合", "适合"),
        ("不需要", "需要"),
        ("不能", "可以"),
        ("不可", "可以"),
        ("不要", "可以"),
        ("不用", "要"),
        ("不含", "含"),
        ("不加", "加了"),
        ("没有", "有"),
        ("不是", "是"),
        ("不会", "会"),
    ),
    "en": (
        ("do not ", "you can "),
        ("does not ", "does "),
        ("not suitable", "suitable"),
        ("not for ", "for "),
        ("cannot ", "can "),
        ("without ", "with "),
        ("never ", "always "),
        ("no added ", "added "),
        (" is not ", " is "),
        (" are not ", " are "),
    ),
}
"""What is denied, and the same said of it: a sheet that allows what it forbade."""


class Change(NamedTuple):
    """One thing of a sheet said otherwise."""

    find: re.Pattern[str]
    other: str

    def of(self, text: str) -> str:
        """Return a text with it."""
        return self.find.sub(lambda _: self.other, text)


def twins(cases: Sequence[Case], chance: random.Random) -> Iterator[Case]:
    """Yield up to two twins of each utterance that says a fact rightly."""
    for case in cases:
        if case.question != "point" or not case.own or len(case.labels) > 1 or POINT[case.labels[0]] == "miss":
            continue
        said = [at for at, label in enumerate(case.facts) if label == SAID]
        chance.shuffle(said)
        for at in said:
            changes = [change for make in _WAYS if (change := make(case.parts[at + 2][0], case.code, chance))]
            whole = [change for change in changes if change.find.search(in_digits(case.parts[1][0]))]
            if whole:
                yield from _both(_figured(case), chance.choice(whole), chance)
                break


def _both(case: Case, change: Change, chance: random.Random) -> Iterator[Case]:
    said, *sheet = (text for text, _ in case.parts)
    changed = [change.of(text) for text in sheet]
    facts = tuple(
        WRONG if label == SAID and one != other else label
        for label, one, other in zip(case.facts, sheet[1:], changed[1:], strict=False)
    )
    wrong = {"labels": (POINT.index("misstated"),), "facts": facts}
    there = bool(change.find.search(said))
    if there and chance.random() < 0.5:
        yield _twin(case, [change.of(said), *sheet], **wrong)
    else:
        yield _twin(case, [said, *changed], **wrong)
    if there:
        yield _twin(case, [change.of(said), *changed], labels=case.labels, facts=case.facts)


def _twin(case: Case, texts: Sequence[str], labels: tuple[int, ...], facts: tuple[int, ...]) -> Case:
    parts = tuple((text, most) for text, (_, most) in zip(texts, case.parts, strict=True))
    return replace(case, source="twins", parts=parts, labels=labels, facts=facts, weight=_WEIGHT, own=False)


def _figured(case: Case) -> Case:
    return replace(case, parts=tuple((in_digits(text), most) for text, most in case.parts))


# --- what is changed --------------------------------------------------------------------------------------------


def _figure(fact: str, code: str, chance: random.Random) -> Change | None:
    found = [hit[0] for hit in _NUMBER.finditer(in_digits(fact))]
    if not found:
        return None
    number = chance.choice(found)
    value = float(number)
    other = value
    while other in (value, 0):
        other = value * chance.choice(_PARTS) if value > 4 else value + chance.choice((-2, -1, 1, 2, 3))
        other = abs(round(other, 1) if "." in number else round(other))
    return Change(re.compile(rf"(?<![\d.A-Za-z]){re.escape(number)}(?![\d.])"), f"{other:.10g}")


def _member(fact: str, code: str, chance: random.Random) -> Change | None:
    found = [(word, sides) for word, sides in _words(code) if _pattern(word, code).search(fact)]
    if not found:
        return None
    word, others = max(found, key=lambda item: len(item[0]))
    return Change(_pattern(word, code), chance.choice(others))


def _denial(fact: str, code: str, chance: random.Random) -> Change | None:
    found = next(((no, yes) for no, yes in _DENIALS[code] if no in fact.lower()), None)
    return Change(re.compile(re.escape(found[0]), re.IGNORECASE), found[1]) if found else None


_WAYS: tuple[Callable[[str, str, random.Random], Change | None], ...] = (_figure, _member, _denial)


@cache
def _pattern(word: str, code: str) -> re.Pattern[str]:
    return re.compile(re.escape(word) if code == "zh" else rf"(?i)\b{re.escape(word)}\b")


@cache
def _words(code: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return words of which a product has one, each with the first names of the others of its kind."""
    held = yaml.safe_load((PACKS / f"facts_{code}.yaml").read_text(encoding="utf-8"))["families"]
    kinds = [[side.split("|") for side in family["sides"]] for family in held.values()]
    kinds += [[[word] for word in line.split()] for line in _OPPOSITES[code]]
    made = []
    for sides in kinds:
        for side in sides:
            others = tuple(other[0] for other in sides if not set(other) & set(side))
            made += [(word, others) for word in side if others and len(word) > 1]
    return made
