"""Labelled examples that the reader is trained with."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from coach.language.claims.learned.passages import text_of
from coach.language.claims.rule import Category
from coach.language.reader.reader import FACT, FACTS, PASSAGE, STATEMENT, TEXT, TRADE
from scripts.claim_samples import CASES, Sample, samples
from scripts.train_claims import Table, of_last_writers, picked, trained

POINT = ("hit", "partial", "miss", "misstated")
HANDLED = ("well", "weak", "badly", "unanswered")
CATEGORIES: tuple[str, ...] = get_args(Category)
LAST_WRITERS = frozenset({"zh2", "en2", "zh6", "en6"})
"""Whose utterances about points are left out where the rest is tried: one a language of each brief."""
UNTOLD, NOT_SAID, SAID, WRONG = -1, 0, 1, 2
"""Labels of a fact."""
_LINE, _SHOULD, _SHEET, _SHEET_LINES = 40, 10, 20, 11
"""Most pieces of a viewer's line, of its type with what should be done, and of a line of the sheet."""
_FREE = 8000
"""Passages of claims that are read beside some point, for the small net to learn from the large one."""
_SEED = 5
_MARKS = re.compile(r"(?<!\d)[，。！？、；：,.!?;:]|[，。！？、；：,.!?;:](?!\d)")
"""Punctuation that a recogniser leaves out; not that of a number."""
_AMID = {"zh": 60, "en": 140}
"""Most characters of the harmless talk beside a statement."""
_NAMES_NOTHING = 3
"""Characters of a fact up to which it says nothing alone."""


class Point(NamedTuple):
    """A selling point."""

    statement: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One example.

    Attributes:
        source: sentences, scoring, points, claims, stated.
        group: Its product or writer: what is left out is left out by these.
        parts: Texts of the row, each with the most pieces that are read of it.
        labels: Numbers of the answers that are right; one of them is enough.
        facts: Label of each fact, parts from the third on; empty where nothing is known of them.
        weight: How much it counts; 0: only what the large net says of it does.
        below: Whether an answer grants a price under the floor.
        own: Whether a person labelled it; the others are points of the same product that it says nothing of, or are
            made of the points themselves.
        text: Number of the text that a passage is from.
        odds: What the linear model of claims makes of a passage.
        held: Whether it is left out where the rest is tried.
    """

    question: Literal["point", "answer", "claim"]
    code: str
    source: str
    group: str
    parts: tuple[tuple[str, int], ...]
    labels: tuple[int, ...]
    facts: tuple[int, ...] = ()
    weight: float = 1.0
    below: bool = False
    own: bool = False
    text: int = 0
    odds: float = 0.0
    held: bool = False


def cases(*, leave_out: bool) -> list[Case]:
    """Return all examples, the same at every call; nothing of the halves `check` and `held_back` is read.

    Args:
        leave_out: Whether the linear model of claims must not have seen what is held.
    """
    chance = random.Random(_SEED)
    sheets = _Sheets()
    labelled = [*_sentences(sheets, chance), *_talks(sheets, chance), *_written(sheets, chance)]
    claims = list(_claims(leave_out=leave_out))
    left_out = {case.group.split(" ")[0] for case in claims if case.held and leave_out}
    stated = _stated(sheets, labelled, _harmless(left_out))
    return [*labelled, *claims, *_free(sheets, labelled, claims, chance), *stated]


class _Sheets:
    """Points by language and product."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], list[Point]] = defaultdict(list)

    def add(self, code: str, product: str, sheet: dict[str, Any]) -> dict[str, Point]:
        """Return the points of a product sheet by their ids, and keep them."""
        found = {item["id"]: Point(item["statement"], tuple(item["must_facts"])) for item in sheet["selling_points"]}
        self.of[code, product] = list(found.values())
        return found


def _asked(code: str, source: str, group: str, said: str, point: Point, labels: Sequence[int], **more: Any) -> Case:
    parts = ((said, TEXT), (point.statement, STATEMENT), *((fact, FACT) for fact in point.facts[:FACTS]))
    return Case("point", code, source, group, parts, tuple(labels), **more)


def _beside(case: Case, points: Sequence[Point], most: int, chance: random.Random) -> Iterator[Case]:
    """Yield the same utterance beside other points of its product, of which it says nothing."""
    for point in chance.sample(points, min(most, len(points))):
        facts = (NOT_SAID,) * len(point.facts[:FACTS])
        said, group = case.parts[0][0], case.group
        yield _asked(case.code, case.source, group, said, point, [2], facts=facts, weight=0.5, held=case.held)


def _told(label: str, number: int) -> tuple[int, ...]:
    """Return what a label of the whole point tells of its facts."""
    one = number == 1
    known = {"hit": SAID, "miss": NOT_SAID, "misstated": WRONG if one else UNTOLD, "partial": UNTOLD}
    return (known[label],) * min(number, FACTS)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _sentences(sheets: _Sheets, chance: random.Random) -> Iterator[Case]:
    folder = CASES / "sentences"
    for half in ("learn", "plain", "haggle"):
        for path in sorted((folder / half).glob("*.jsonl")):
            code, product = path.stem[:2], path.stem
            sheet = json.loads((folder / "products" / f"{product}.json").read_text(encoding="utf-8"))
            points = sheets.add(code, product, sheet)
            for line in _lines(path):
                if line["kind"] == "point":
                    yield from _of_point(line, code, product, points, chance)
                elif line["kind"] in ("clean", "violation"):
                    point = chance.choice(list(points.values()))
                    yield _asked(code, "sentences", product, line["text"], point, [0, 1, 2], weight=0.3)
                elif line["kind"] == "exchange":
                    yield _answer(line, code, product, sheet)


def _of_point(
    line: dict[str, Any], code: str, product: str, points: dict[str, Point], chance: random.Random
) -> Iterator[Case]:
    point, label = points[line["point"]], line["label"]
    facts = _told(label, len(point.facts))
    case = _asked(code, "sentences", product, line["text"], point, [POINT.index(label)], facts=facts, own=True)
    yield case
    yield from _beside(case, [other for other in points.values() if other is not point], 2, chance)


def _answer(line: dict[str, Any], code: str, product: str, sheet: dict[str, Any]) -> Case:
    price = sheet["price"]
    facts = [f"price {price['list']} live {price['live']} floor {price['floor']}"]
    facts += [f"{name}: {value}" for name, value in sheet["facts"].items()]
    parts = (
        (line["line"], _LINE),
        (line["text"], TEXT),
        (f"{line['viewer']} {line.get('should') or ''}", _SHOULD),
        *((fact, _SHEET) for fact in facts[:_SHEET_LINES]),
    )
    labels, below = (HANDLED.index(line["handled"]),), bool(line.get("below_floor"))
    return Case("answer", code, "sentences", product, parts, labels, below=below, own=True)


def _talks(sheets: _Sheets, chance: random.Random) -> Iterator[Case]:
    """Yield lines of whole talks beside the points they are evidence for, and some of the others."""
    folder = CASES / "scoring"
    for path in sorted((folder / "transcripts").glob("*.jsonl")):
        product = path.stem.split("__")[0]
        sheet = json.loads((folder / "products" / f"{product}.json").read_text(encoding="utf-8"))
        code = sheet["locale"][:2]
        points = sheets.add(code, product, sheet)
        covered = json.loads((folder / "labels" / f"{path.stem}.json").read_text(encoding="utf-8"))["coverage"]
        spoken = [line for line in _lines(path) if line["role"] == "streamer"]
        for name, point in points.items():
            label, evidence = covered[name]["label"], set(covered[name]["evidence"])
            for line in spoken:
                if line["i"] not in evidence:
                    if chance.random() < 0.12:
                        facts = _told("miss", len(point.facts))
                        told = {"facts": facts, "weight": 0.7, "own": True, "held": True}
                        yield _asked(code, "scoring", product, line["text"], point, [2], **told)
                    continue
                whole = label == "misstated" or len(evidence) == 1
                facts = _told(label if whole else "partial", len(point.facts))
                labels = [POINT.index(label)] if whole else [0, 1]
                yield _asked(code, "scoring", product, line["text"], point, labels, facts=facts, own=True, held=True)


def _written(sheets: _Sheets, chance: random.Random) -> Iterator[Case]:
    """Yield the utterances of `evals/cases/points`; its README tells the format."""
    for path in sorted((CASES / "points").glob("*-*.txt")):
        writer = path.stem.split("-")[0]
        code, held = writer[:2], writer in LAST_WRITERS
        lines = [line.split("|") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
        points = sheets.of[code, path.stem]
        points += [_point(parts) for parts in lines if parts[0].startswith("@")]
        number = -1
        for parts in lines:
            if parts[0].startswith("@"):
                number += 1
                continue
            point, (label, said, wrong) = points[number], parts[0].split()
            marks = [str(at + 1) for at in range(len(point.facts[:FACTS]))]
            facts = tuple(WRONG if mark in wrong else SAID if mark in said else NOT_SAID for mark in marks)
            told = {"facts": facts, "own": True, "held": held}
            labels = [POINT.index(label)]
            case = _asked(code, "points", writer, "|".join(parts[1:]).strip(), point, labels, **told)
            yield case
            yield from _beside(case, [other for other in points if other is not point], 2, chance)


def _point(parts: Sequence[str]) -> Point:
    return Point(parts[1].strip(), tuple(fact.strip() for fact in re.split("[;；]", parts[2]) if fact.strip()))


def _claims(*, leave_out: bool) -> Iterator[Case]:
    rows = samples([CASES / "scoring"])
    for code in ("zh", "en"):
        table = Table(code, [row for row in rows if row.code == code])
        talks = np.array([row.group.startswith(f"{code}-own-") for row in table.rows])
        held = of_last_writers(table) | talks
        weights, bias = trained(table, ~held if leave_out else np.ones_like(held))
        odds = table.matrix @ weights + bias
        wrong = picked(table.labels, table.texts, odds)
        for row, odd, is_wrong, is_held in zip(table.rows, odds, wrong, held, strict=True):
            yield _claim(row, float(odd), wrong=bool(is_wrong), held=bool(is_held))


def _claim(row: Sample, odds: float, *, wrong: bool, held: bool) -> Case:
    label = 1 + CATEGORIES.index(row.category) if wrong else 0
    return Case(
        "claim",
        row.code,
        "claims",
        row.group,
        ((text_of(row.cut[row.at]), PASSAGE), (row.trade or "any", TRADE)),
        (label,),
        weight=2.0 if wrong else 1.0,
        own=row.unseen,
        text=row.text,
        odds=odds,
        held=held,
    )


def _free(sheets: _Sheets, labelled: Sequence[Case], claims: Sequence[Case], chance: random.Random) -> Iterator[Case]:
    """Yield utterances beside points of which nobody said what they say of them."""
    anything = [0, 1, 2, 3]
    said = {case.parts[0][0]: case for case in labelled if case.question == "point" and case.own}
    of = {point: points for points in sheets.of.values() for point in points}
    for text, case in said.items():
        points = of[Point(case.parts[1][0], tuple(fact for fact, _ in case.parts[2:]))]
        for point in chance.sample(points, min(3, len(points))):
            yield _asked(case.code, case.source, case.group, text, point, anything, weight=0.0, held=case.held)
    known = {
        code: [point for (of, _), points in sheets.of.items() if of == code for point in points]
        for code in ("zh", "en")
    }
    some = [case for case in claims if not case.held]
    for case in chance.sample(some, min(_FREE, len(some))):
        point = chance.choice(known[case.code])
        yield _asked(case.code, "claims", case.group, case.parts[0][0], point, anything, weight=0.0)


def _harmless(left_out: Set[str]) -> dict[str, list[str]]:
    """Return honest lines of `evals/cases/claims` by language, without some files."""
    talk: dict[str, list[str]] = defaultdict(list)
    for path in sorted((CASES / "claims").glob("*-*.txt")):
        if path.stem not in left_out:
            lines = [line.partition("|") for line in path.read_text(encoding="utf-8").splitlines()]
            talk[path.stem[:2]] += [said for category, _, said in lines if category == "-"]
    return talk


def _stated(sheets: _Sheets, labelled: Sequence[Case], talk: Mapping[str, Sequence[str]]) -> Iterator[Case]:
    """Yield every point beside what the product sheet says: of all of it, of one fact, of another point."""
    chance = random.Random(_SEED)
    unseen = {case.parts[1][0] for case in labelled if case.held}
    for (code, product), points in sheets.of.items():
        held = any(point.statement in unseen for point in points)
        for point in points:
            others = [other.statement for other in points if other is not point]
            for said, label, facts in _of_sheet(code, point, others, talk[code], chance):
                weight = 0.7 if label == "miss" else 1.0
                labels = [POINT.index(label)]
                yield _asked(code, "stated", product, said, point, labels, facts=facts, weight=weight, held=held)


def _of_sheet(
    code: str, point: Point, others: Sequence[str], talk: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yield utterances with their label and the labels of the facts."""
    comma = "，" if code == "zh" else ", "
    said, facts, number = point.statement, point.facts, len(point.facts)

    def some() -> str:
        return chance.choice(talk)[: _AMID[code]]

    def bare_or_after(text: str) -> str:
        return chance.choice([text, some() + comma + text])

    before, behind = some() + comma + said, said + comma + some()
    whole = comma.join(chance.choice([facts, (said, *facts)]))
    for text in (chance.choice([said, _heard(said)]), chance.choice([before, behind, _heard(before)])):
        yield text, "hit", _told("hit", number)
    yield bare_or_after(whole), "hit", _told("hit", number)
    one = chance.randrange(number)
    if number > 1 and len(facts[one]) > _NAMES_NOTHING:
        told = tuple(SAID if at == one else UNTOLD for at in range(number))
        yield bare_or_after(facts[one]), "partial", told[:FACTS]
    if others:
        yield bare_or_after(chance.choice(others)), "miss", _told("miss", number)


def _heard(text: str) -> str:
    """Return a text without punctuation and capitals, as a recogniser may give it."""
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return _MARKS.sub("" if chinese else " ", text).lower()
