"""Labelled passages that the learned opinion on claims is trained with."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.language.claims import scanner
from coach.language.claims.find import by_rule, held_of
from coach.language.claims.learned.opinion import Held
from coach.language.claims.learned.passages import Passage, passages
from coach.language.reader.asked import Said
from coach.room.claims import proof_of
from coach.scenario.model import Scenario
from evals.product_sheets import scenario_of
from scripts.claim_slips import Slips

CASES = Path(__file__).resolve().parents[1] / "evals" / "cases"
TABLES = Path(__file__).resolve().parents[1] / "tests" / "language" / "claims"
RIGHT, WRONG, ONE_OF = 0, 1, 2
"""Labels of a passage; `ONE_OF`: one passage at least of its text is a violation."""
_OVERLAP = 0.5
"""Part of a labelled term that must stand in a passage for it to be the one, or of the passage in the term."""
_FOLDS = 20
"""Groups of single sentences that belong to no product."""
_NEIGHBOURS = 40
"""Sentences of one trade that make a group."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One passage.

    Attributes:
        group: Product: what is trained with and what is tried are of different products.
        unseen: Whether the rules were written without sight of its product.
        text: Number of the text it is from.
        said: That text, and the viewer's line right before it.
        held: What the rules find in it.
        sheet: How much of its words the product sheet has too.
        heard: Whether it was made into what a recogniser hears.
        is_talk: Whether it is of a whole talk.
    """

    code: str
    group: str
    trade: str
    unseen: bool
    text: int
    said: Said
    cut: tuple[Passage, ...]
    at: int
    label: int
    category: str
    held: tuple[Held, ...]
    sheet: float
    heard: bool
    is_talk: bool


def samples(transcripts: Sequence[Path]) -> list[Sample]:
    """Return all labelled passages.

    Args:
        transcripts: Folders of labelled transcripts.
    """
    texts = [*_sentences(), *_single(), *_of_trades()]
    texts = [*texts, *_padded(texts), *_heard(texts), *(item for folder in transcripts for item in _turns(folder))]
    return [sample for number, text in enumerate(texts) for sample in _cut(number, text)]


@dataclass(frozen=True, slots=True)
class _Text:
    scenario: Scenario
    group: str
    trade: str
    unseen: bool
    said: str
    wrong: bool
    category: str = ""
    terms: tuple[str, ...] = ()
    heard: bool = False
    is_talk: bool = False
    line: str = ""


def _sentences() -> Iterator[_Text]:
    folder = CASES / "sentences"
    for path in sorted([*(folder / "learn").glob("*.jsonl"), *(folder / "plain").glob("*.jsonl")]):
        scenario = scenario_of(folder / "products" / f"{path.stem}.json")
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            if _tells_nothing(label):
                continue
            wrong, category = label["kind"] == "violation", label.get("category", "")
            yield _Text(scenario, path.stem, scenario.category, "-t-" in path.stem, label["text"], wrong, category)


def _tells_nothing(label: dict[str, Any]) -> bool:
    """Return whether a sentence is wrong in another way, so that a finding is neither right nor wrong."""
    kind = label["kind"]
    return kind == "fact_error" or label.get("label") == "misstated" or label.get("handled") == "badly"


def _turns(folder: Path) -> Iterator[_Text]:
    for path in sorted((folder / "transcripts").glob("*.jsonl")):
        product = path.stem.split("__")[0]
        scenario = scenario_of(folder / "products" / f"{product}.json")
        labels = json.loads((folder / "labels" / path.with_suffix(".json").name).read_text(encoding="utf-8"))
        before = ""
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            asked, before = before, line["text"] if line["role"] == "viewer" else ""
            found = [item for item in labels["compliance"] if item["i"] == line["i"]]
            if line["role"] == "streamer":
                terms = tuple(item["term"] for item in found)
                category = found[0]["category"] if found else ""
                told = (scenario, product, scenario.category, False, line["text"], bool(found), category, terms)
                yield _Text(*told, is_talk=True, line=asked)


def _single() -> Iterator[_Text]:
    some = {"zh": "zh-s-thermos", "en": "en-s-kettle"}
    for code, product in some.items():
        scenario = scenario_of(CASES / "sentences" / "products" / f"{product}.json")
        lines = (CASES / "claims" / f"{code}.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate([*lines, *_of_tables(code)]):
            category, _, said = line.partition("|")
            group = f"single {number % _FOLDS}"
            yield _Text(scenario, group, "", False, said, category != "-", category.strip("-!"))


def _of_trades() -> Iterator[_Text]:
    """Yield the sentences of one trade each; neighbours are twins, so they are trained with or tried together."""
    for path in sorted((CASES / "claims").glob("*-*.txt")):
        code, trade = path.stem.split("-")[:2]
        scenario = _of_trade(code, trade)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            category, _, said = line.partition("|")
            group = f"{path.stem} {number // _NEIGHBOURS}"
            yield _Text(scenario, group, trade, True, said, category != "-", category.strip("-!"))


def _of_trade(code: str, trade: str) -> Scenario:
    """Return the first scenario of a trade."""
    paths = sorted((CASES / "sentences" / "products").glob(f"{code}-*.json"))
    some = [scenario for scenario in map(scenario_of, paths) if scenario.category == trade]
    return some[0]


def _harmless(texts: Sequence[_Text]) -> dict[tuple[str, str], list[str]]:
    """Return first clauses of texts that are right, by language and group."""
    clauses: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in texts:
        head = _HEAD[text.scenario.language].match(text.said)
        if head and not text.wrong:
            clauses[text.scenario.language, text.group].append(head.group())
    return clauses


def _heard(texts: Sequence[_Text]) -> Iterator[_Text]:
    """Yield texts as a recogniser hears them in the run of a talk: no marks, a slip here and there."""
    clauses, slips = _harmless(texts), Slips("".join(text.said for text in texts))
    for number, text in enumerate(texts):
        code = text.scenario.language
        some = clauses[code, text.group]
        around = [some[(number * 7 + shift) % len(some)] for shift in (0, 3)] if some else ["", ""]
        said = slips.heard((around[0], text.said, around[1] if number % 2 else ""), code)
        yield replace(text, said=said, heard=True)


def _padded(texts: Sequence[_Text]) -> Iterator[_Text]:
    """Yield texts with a harmless clause of the same product before or after them, as people talk."""
    clauses = _harmless(texts)
    for number, text in enumerate(texts):
        code = text.scenario.language
        some = clauses[code, text.group]
        if not some or (not text.wrong and number % 2):
            continue
        clause = some[number * 7 % len(some)]
        mark = "，" if code == "zh" else ", "
        first, last = (clause, text.said) if number % 3 else (text.said.rstrip("。.!！"), clause)
        yield replace(text, said=f"{first}{mark}{last}", unseen=False)


_HEAD = {"zh": re.compile(r"[^，。！？、]{3,14}(?=[，。！？]|$)"), "en": re.compile(r"[\w' ]{12,60}(?=[,.!?]|$)")}
"""A first clause."""


def _of_tables(code: str) -> Iterator[str]:
    """Yield the sentences that the rules are tested with."""
    for name in ("clean", "violations"):
        for line in (TABLES / f"{name}_{code}.tsv").read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield line.replace("\t", "|", 1) if name == "violations" else f"-|{line}"


def _cut(number: int, text: _Text) -> Iterator[Sample]:
    code = text.scenario.language
    made = scanner(code).ready(text.said)
    cut = tuple(passages(made.flat, code))
    proof = proof_of(text.scenario)
    found = [held_of(claim, made) for claim in by_rule(made, proof)]
    for at, passage in enumerate(cut):
        yield Sample(
            code=code,
            group=text.group,
            trade=text.trade,
            unseen=text.unseen,
            text=number,
            said=Said(text.said, text.line),
            cut=cut,
            at=at,
            label=_label(text, cut, at, made.flat),
            category=text.category,
            held=tuple(item for item in found if passage.start <= item.at < passage.end),
            sheet=proof.share(made.flat[passage.start : passage.end]),
            heard=text.heard,
            is_talk=text.is_talk,
        )


def _label(text: _Text, cut: Sequence[Passage], at: int, flat: str) -> int:
    if not text.wrong:
        return RIGHT
    if not text.terms:
        return WRONG if len(cut) == 1 else ONE_OF
    terms = [scanner(text.scenario.language).ready(term).flat.strip(" ，。？,.") for term in text.terms]
    return WRONG if any(term and _mostly_in(term, flat, cut[at].start, cut[at].end) for term in terms) else RIGHT


def _mostly_in(term: str, flat: str, start: int, end: int) -> bool:
    """Return whether most of a term stands in a stretch of a flat text, or fills most of the stretch."""
    border = r"\b" if term.isascii() else ""
    places = [found.span() for found in re.finditer(f"{border}{re.escape(term)}{border}", flat)]
    if places:
        least = _OVERLAP * min(len(term), end - start)
        return any(min(end, last) - max(start, first) >= least for first, last in places)
    length = max(3, int(len(term) * _OVERLAP))
    return any(term[at : at + length] in flat[start:end] for at in range(max(1, len(term) - length + 1)))
