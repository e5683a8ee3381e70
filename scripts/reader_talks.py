"""Examples for the reader from whole talks: of `evals/cases/scoring`, and of `evals/cases/talks`."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, get_args

from coach.language.claims.rule import Category
from coach.language.reader.asked import ANSWERED, FACTS, TEXT, TRADE
from scripts.claim_samples import CASES
from scripts.claim_slips import Slips
from scripts.reader_case import POINT, Case, Point, Sheets, answer_case, fact_labels, point_case, price_line
from scripts.reader_rows import NOT_SAID, SAID, WRONG
from scripts.talks import LAST_WRITERS, UNSEEN_WRITERS, TalkedProduct, TalkLine, Told, products

CATEGORIES: tuple[str, ...] = get_args(Category)
_SEED = 5
Line = dict[str, Any]


def scored_talks(sheets: Sheets, chance: random.Random) -> Iterator[Case]:
    """Yield lines of `evals/cases/scoring` beside the points they are evidence for, and some of the others."""
    folder = CASES / "scoring"
    for path in sorted((folder / "transcripts").glob("*.jsonl")):
        product = path.stem.split("__")[0]
        sheet = json.loads((folder / "products" / f"{product}.json").read_text(encoding="utf-8"))
        code = sheet["locale"][:2]
        points = sheets.add(code, product, sheet)
        all_lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        judged = json.loads((folder / "labels" / f"{path.stem}.json").read_text(encoding="utf-8"))
        yield from _answers(judged["objections"], all_lines, code, product, sheet)
        spoken = [line for line in all_lines if line["role"] == "streamer"]
        for name, point in points.items():
            covered = judged["coverage"][name]
            label, evidence = covered["label"], set(covered["evidence"])
            for line in spoken:
                before = all_lines[line["i"] - 1] if line["i"] else {"role": ""}
                asked = before["text"] if before["role"] == "viewer" else ""
                if line["i"] not in evidence:
                    if chance.random() < 0.12:
                        facts = fact_labels("miss", len(point.facts))
                        told = {"facts": facts, "weight": 0.7, "own": True, "held": True, "line": asked}
                        yield point_case(code, "scoring", product, line["text"], point, [2], **told)
                    continue
                whole = label == "misstated" or len(evidence) == 1
                facts = fact_labels(label if whole else "partial", len(point.facts))
                labels = [POINT.index(label)] if whole else [0, 1]
                told = {"facts": facts, "own": True, "held": True, "line": asked}
                yield point_case(code, "scoring", product, line["text"], point, labels, **told)


def _answers(
    objections: Sequence[Line], lines: Sequence[Line], code: str, product: str, sheet: dict[str, Any]
) -> Iterator[Case]:
    told = [f"{name}: {value}" for name, value in sheet["facts"].items()]
    of = {line["i"]: line for line in lines}
    for label in objections:
        later = [line["i"] for line in lines if line["i"] > label["i"] and line["role"] == "streamer"]
        text = " ".join(of[turn]["text"] for turn in (label["answer_turns"] or later)[:ANSWERED])
        asked = (of[label["i"]]["text"], text, f"{label['type']} {label['should']}")
        below = bool(label["conceded_below_floor"])
        more = {"below": below, "held": True}
        yield answer_case(code, "scoring", product, asked, price_line(sheet), told, label["handled"], **more)


def written_talks(sheets: Sheets) -> Iterator[Case]:
    """Yield turns of `evals/cases/talks` beside points they touch, some of the others, and some of other trades."""
    chance, made = random.Random(_SEED), learned_talks()
    slips = Slips("".join(line.text for product in made for talk in product.talks for line in talk.lines))
    for product in made:
        points = [Point(point.statement, point.facts) for point in product.points]
        sheets.of[product.code, product.id] = points
        far = [other for other in made if other.code == product.code and other.trade != product.trade]
        strange = [Point(one.statement, one.facts) for other in far for one in other.points]
        for line, before in _turns(product):
            told = {item.point: item for item in line.told}
            rest = [at for at in range(len(points)) if at not in told]
            text = line.text
            ways = [text] if chance.random() < 0.5 else [text, slips.heard(("", text, ""), product.code)]
            for said in ways:
                for at, item in told.items():
                    yield _in_talk(product, said, before, points[at], item.state, _facts(item, len(points[at].facts)))
                for at in chance.sample(rest, min(2, len(rest))):
                    yield _in_talk(product, said, before, points[at], "miss", (), weight=0.7)
            if strange and chance.random() < 0.3:
                yield _in_talk(product, text, before, chance.choice(strange), "miss", (), weight=0.5)
        yield from _breaches(product, slips)
        yield from _objections(product)


def learned_talks() -> list[TalkedProduct]:
    """Return the talks that a reader may learn from."""
    return [product for product in products() if product.writer not in UNSEEN_WRITERS]


def _breaches(product: TalkedProduct, slips: Slips) -> Iterator[Case]:
    """Yield every turn with whether it breaks a rule of selling; the passages of claims come without their turn."""
    held = product.writer in LAST_WRITERS
    for line, before in _turns(product):
        wrong = tuple({1 + CATEGORIES.index(mark.category) for mark in line.marks if mark.severity})
        told: dict[str, Any] = {"weight": 2.0 if wrong else 1.0, "line": before, "held": held}
        for said in (line.text, slips.heard(("", line.text, ""), product.code)):
            parts = ((said, TEXT), (product.trade, TRADE))
            yield Case("claim", product.code, "talks", product.writer, parts, wrong or (0,), **told)


def _objections(product: TalkedProduct) -> Iterator[Case]:
    """Yield every viewer's line with the turns up to the next one, two at most."""
    price = "price {:g} live {:g} floor {:g}".format(*product.prices)
    sheet = [point.statement for point in product.points]
    for talk in product.talks:
        for at, line in enumerate(talk.lines):
            if line.viewer:
                rest = talk.lines[at + 1 :]
                after = list(takewhile(lambda other: not other.viewer, rest)) or [one for one in rest if not one.viewer]
                text = " ".join(one.text for one in after[:ANSWERED])
                asked = (line.text, text, f"{line.viewer} {line.should}")
                held = product.writer in LAST_WRITERS
                yield answer_case(product.code, "talks", product.writer, asked, price, sheet, line.handled, held=held)


def _turns(product: TalkedProduct) -> Iterator[tuple[TalkLine, str]]:
    """Yield the streamer's turns, each with the viewer's line right before it."""
    for talk in product.talks:
        before = ""
        for line in talk.lines:
            if not line.viewer:
                yield line, before
            before = line.text if line.viewer else ""


def _in_talk(
    product: TalkedProduct, said: str, before: str, point: Point, state: str, facts: tuple[int, ...], **more: Any
) -> Case:
    facts = facts or fact_labels("miss", len(point.facts))
    told = {"facts": facts, "own": True, "held": product.writer in LAST_WRITERS, "line": before, **more}
    return point_case(product.code, "talks", product.writer, said, point, [POINT.index(state)], **told)


def _facts(item: Told, count: int) -> tuple[int, ...]:
    places = range(min(count, FACTS))
    return tuple(WRONG if at in item.wrong else SAID if at in item.said else NOT_SAID for at in places)
