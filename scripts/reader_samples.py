"""Labelled examples that the reader is trained with."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from coach.language.claims.learned.passages import text_of
from coach.language.reader.asked import FACTS, TEXT, TRADE
from scripts.claim_samples import CASES, Sample, samples
from scripts.reader_case import POINT, Case, Point, Sheets, answer_case, beside, fact_labels, point_case, price_line
from scripts.reader_rows import NOT_SAID, SAID, UNTOLD, WRONG
from scripts.reader_talks import CATEGORIES, learned_talks, scored_talks, written_talks
from scripts.reader_twins import twins
from scripts.talks import LAST_WRITERS, write
from scripts.train_claims import Table, of_last_writers, picked, trained

_FREE = 8000
"""Passages of claims that are read beside some point, for the small net to learn from the large one."""
_SEED = 5
_MARKS = re.compile(r"(?<!\d)[，。！？、；：,.!?;:]|[，。！？、；：,.!?;:](?!\d)")
"""Punctuation that a recogniser leaves out; not that of a number."""
_AMID = {"zh": 60, "en": 140}
"""Most characters of the harmless talk beside a statement."""
_NAMES_NOTHING = 3
"""Characters of a fact up to which it says nothing alone."""


def cases() -> list[Case]:
    """Return all examples, the same at every call; nothing of the halves `check` and `held_back` is read."""
    chance = random.Random(_SEED)
    sheets = Sheets()
    labelled = [*_sentences(sheets, chance), *scored_talks(sheets, chance), *_written(sheets, chance)]
    labelled += written_talks(sheets)
    claims = list(_claims())
    left_out = {case.group.split(" ")[0] for case in claims if case.held}
    stated = _stated(sheets, labelled, _harmless(left_out))
    free = list(_free(sheets, labelled, claims, chance))
    return [*labelled, *claims, *free, *stated, *twins(labelled, random.Random(_SEED))]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _sentences(sheets: Sheets, chance: random.Random) -> Iterator[Case]:
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
                    yield point_case(code, "sentences", product, line["text"], point, [0, 1, 2], weight=0.3)
                elif line["kind"] == "exchange":
                    yield _answer(line, code, product, sheet)


def _of_point(
    line: dict[str, Any], code: str, product: str, points: dict[str, Point], chance: random.Random
) -> Iterator[Case]:
    point, label = points[line["point"]], line["label"]
    facts = fact_labels(label, len(point.facts))
    case = point_case(code, "sentences", product, line["text"], point, [POINT.index(label)], facts=facts, own=True)
    yield case
    yield from beside(case, [other for other in points.values() if other is not point], 2, chance)


def _answer(line: dict[str, Any], code: str, product: str, sheet: dict[str, Any]) -> Case:
    facts = [f"{name}: {value}" for name, value in sheet["facts"].items()]
    asked = (line["line"], line["text"], f"{line['viewer']} {line.get('should') or ''}")
    below = bool(line.get("below_floor"))
    return answer_case(code, "sentences", product, asked, price_line(sheet), facts, line["handled"], below=below)


def _written(sheets: Sheets, chance: random.Random) -> Iterator[Case]:
    """Yield the utterances of `evals/cases/points`; its README tells the format."""
    for path in sorted((CASES / "points").glob("*-*.txt")):
        writer = path.stem.split("-")[0]
        code = writer[:2]
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
            told = {"facts": facts, "own": True}
            labels = [POINT.index(label)]
            case = point_case(code, "points", writer, "|".join(parts[1:]).strip(), point, labels, **told)
            yield case
            yield from beside(case, [other for other in points if other is not point], 2, chance)


def _point(parts: Sequence[str]) -> Point:
    return Point(parts[1].strip(), tuple(fact.strip() for fact in re.split("[;；]", parts[2]) if fact.strip()))


def _claims() -> Iterator[Case]:
    """Yield passages with the odds of a linear model that never saw what is held."""
    with TemporaryDirectory() as folder:
        write(learned_talks(), Path(folder))
        rows = samples([CASES / "scoring", Path(folder)])
    for code in ("zh", "en"):
        table = Table(code, [row for row in rows if row.code == code])
        talks = np.array([_is_held_talk(row.group) for row in table.rows])
        held = of_last_writers(table) | talks
        weights, bias = trained(table, ~held)
        odds = table.matrix @ weights + bias
        wrong = picked(table.labels, table.texts, odds)
        for row, odd, is_wrong, is_held in zip(table.rows, odds, wrong, held, strict=True):
            yield _claim(row, float(odd), wrong=bool(is_wrong), held=bool(is_held))


def _is_held_talk(group: str) -> bool:
    """Return whether a group of passages is of a whole talk that is left out where the rest is tried."""
    return group[2:].startswith("-own-") or group.split("-")[0] in {writer.lower() for writer in LAST_WRITERS}


def _claim(row: Sample, odds: float, *, wrong: bool, held: bool) -> Case:
    label = 1 + CATEGORIES.index(row.category) if wrong else 0
    return Case(
        "claim",
        row.code,
        "claims",
        row.group,
        ((text_of(row.cut[row.at]), TEXT), (row.trade or "any", TRADE)),
        (label,),
        weight=2.0 if wrong else 1.0,
        own=row.unseen,
        text=row.text,
        odds=odds,
        held=held,
    )


def _free(sheets: Sheets, labelled: Sequence[Case], claims: Sequence[Case], chance: random.Random) -> Iterator[Case]:
    """Yield utterances beside points of which nobody said what they say of them."""
    anything = [0, 1, 2, 3]
    said = {case.parts[0][0]: case for case in labelled if case.question == "point" and case.own}
    of = {point: points for points in sheets.of.values() for point in points}
    for text, case in said.items():
        points = of[Point(case.parts[1][0], tuple(fact for fact, _ in case.parts[2:]))]
        for point in chance.sample(points, min(3, len(points))):
            told = {"weight": 0.0, "held": case.held, "line": case.line}
            yield point_case(case.code, case.source, case.group, text, point, anything, **told)
    known = {
        code: [point for (of, _), points in sheets.of.items() if of == code for point in points]
        for code in ("zh", "en")
    }
    some = [case for case in claims if not case.held]
    for case in chance.sample(some, min(_FREE, len(some))):
        point = chance.choice(known[case.code])
        yield point_case(case.code, "claims", case.group, case.parts[0][0], point, anything, weight=0.0)


def _harmless(left_out: Set[str]) -> dict[str, list[str]]:
    """Return honest lines of `evals/cases/claims` by language, without some files."""
    talk: dict[str, list[str]] = defaultdict(list)
    for path in sorted((CASES / "claims").glob("*-*.txt")):
        if path.stem not in left_out:
            lines = [line.partition("|") for line in path.read_text(encoding="utf-8").splitlines()]
            talk[path.stem[:2]] += [said for category, _, said in lines if category == "-"]
    return talk


def _stated(sheets: Sheets, labelled: Sequence[Case], talk: Mapping[str, Sequence[str]]) -> Iterator[Case]:
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
                yield point_case(code, "stated", product, said, point, labels, facts=facts, weight=weight, held=held)


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
        yield text, "hit", fact_labels("hit", number)
    yield bare_or_after(whole), "hit", fact_labels("hit", number)
    one = chance.randrange(number)
    if number > 1 and len(facts[one]) > _NAMES_NOTHING:
        told = tuple(SAID if at == one else UNTOLD for at in range(number))
        yield bare_or_after(facts[one]), "partial", told[:FACTS]
    if others:
        yield bare_or_after(chance.choice(others)), "miss", fact_labels("miss", number)


def _heard(text: str) -> str:
    """Return a text without punctuation and capitals, as a recogniser may give it."""
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return _MARKS.sub("" if chinese else " ", text).lower()
