"""Whole labelled talks of `evals/cases/talks`, read from their short form, written in the format of the scoring sets.

uv run scripts/talks.py FOLDER [--writers zhA enA]    # FOLDER/products, transcripts, labels, for `bench scoring --set`

The format is told in `evals/cases/talks/README.md`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "evals" / "cases" / "talks"
LAST_WRITERS = frozenset(f"{code}{name}" for code in ("zh", "en") for name in "KLNOP")
"""Whose talks are left out where training the reader is tried."""
UNSEEN_WRITERS = frozenset(f"{code}{name}" for code in ("zh", "en") for name in "QRSTUVWX")
"""Whose talks no reader learns from: they weigh what rules and the shipped reader find."""
RANKS = {"excellent": 5, "good": 4, "mixed": 3, "poor": 2, "terrible": 1}
State = Literal["hit", "partial", "misstated", "miss"]
_STATES: dict[str, State] = {"h": "hit", "p": "partial", "m": "misstated", "n": "miss"}
Severity = Literal["H", "M", ""]
_SEVERITIES: dict[str, Severity] = {"!!": "H", "!": "M", "~": ""}
_HEAD = "# NAME | trade | list N live N floor N"
_LABEL = re.compile(r"(\d)([hpmn])([\d-]*)(?:/([\d-]*))?")
_MARK = re.compile(r"\s*(!!|!|~)(\w+)=(.+?)\s*")
_PACE = {"zh": 4.5, "en": 15.0}
"""Characters a second."""
_TITLE = 60
"""Most characters of the title of a point that has none: the first clause of its statement."""
_GAP = 0.6
"""Seconds between two lines."""
_ANSWERS = 2
"""Turns after a viewer's line that are taken for its answer where it got one."""


class TalkPoint(NamedTuple):
    """A selling point of the sheet."""

    id: str
    statement: str
    facts: tuple[str, ...]
    title: str
    aliases: tuple[str, ...]


class Told(NamedTuple):
    """What a turn says of a point."""

    point: int
    """Its place among the points."""
    state: State
    said: tuple[int, ...]
    wrong: tuple[int, ...]
    """Places of its facts said rightly, and contradicted."""


class Mark(NamedTuple):
    """Wording that breaks a rule, or only looks so."""

    severity: Severity
    category: str
    term: str


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One line: of the streamer, or of a viewer."""

    text: str
    told: tuple[Told, ...] = ()
    marks: tuple[Mark, ...] = ()
    viewer: str = ""
    """Type of the viewer."""
    should: str = ""
    handled: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """One rehearsal."""

    grade: str
    heard: bool
    lines: tuple[TalkLine, ...]


@dataclass(frozen=True, slots=True)
class TalkedProduct:
    """A product with its talks."""

    id: str
    writer: str
    code: str
    name: str
    trade: str
    prices: tuple[float, float, float]
    points: tuple[TalkPoint, ...]
    talks: tuple[Talk, ...]


def products(folder: Path = FOLDER) -> Iterator[TalkedProduct]:
    """Yield the products of a folder in order of their names.

    Raises:
        ValueError: At a line that is not of the format; it names file and line.
    """
    for path in sorted(folder.glob("*-*.txt")):
        yield _product(path)


def _product(path: Path) -> TalkedProduct:
    sheet = _Sheet()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            sheet.take(line)
        except ValueError as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
    return TalkedProduct(
        id=path.stem.lower(),
        writer=path.stem.split("-")[0],
        code=path.stem[:2],
        name=sheet.name,
        trade=sheet.trade,
        prices=sheet.prices,
        points=tuple(sheet.points),
        talks=tuple(Talk(grade, heard, tuple(lines)) for grade, heard, lines in sheet.talks),
    )


class _Sheet:
    """A product and its talks as far as they are read."""

    def __init__(self) -> None:
        self.name = self.trade = ""
        self.prices = (0.0, 0.0, 0.0)
        self.points: list[TalkPoint] = []
        self.talks: list[tuple[str, bool, list[TalkLine]]] = []

    def take(self, line: str) -> None:
        """Add what a line tells."""
        parts = [part.strip() for part in line.split("|")]
        match line[:1]:
            case "#":
                name, self.trade, prices = _filled(parts, _HEAD, 3)
                listed, live, floor = (float(word) for word in _filled(prices.split(), _HEAD, 6)[1::2])
                self.name, self.prices = name.lstrip("# "), (listed, live, floor)
            case "@":
                self.points.append(_point(parts))
            case "=":
                _, grade, style = _filled(line.split(), "= GRADE STYLE", 3)
                self.talks.append((grade, style == "heard", []))
            case "v" | "s":
                if not self.talks:
                    raise ValueError(f"expected a line such as '= good clean' before, got {line!r}")
                self.talks[-1][2].append(_viewer(parts) if line[0] == "v" else _streamer(parts, self.points))
            case "":
                return
            case _:
                raise ValueError(f"expected a line that begins with # @ = v or s, got {line!r}")


def _filled(parts: Sequence[str], form: str, *sizes: int) -> Sequence[str]:
    if len(parts) not in sizes:
        raise ValueError(f"expected {form}, got {len(parts)} parts: {list(parts)!r}")
    return parts


def _point(parts: Sequence[str]) -> TalkPoint:
    name, statement, facts, *more = _filled(parts, "@ ID | statement | facts | title | aliases", 3, 5)
    title = more[0] if more else re.split("[,，;；]", statement)[0][:_TITLE]
    return TalkPoint(name.lstrip("@ "), statement, _listed(facts), title, _listed(more[1]) if more else ())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[;；]", text) if part.strip())


def _viewer(parts: Sequence[str]) -> TalkLine:
    form = "v TYPE SHOULD HANDLED | text"
    labels, text = _filled(parts, form, 2)
    _, kind, should, handled = _filled(labels.split(), form, 4)
    return TalkLine(text, viewer=kind, should=should, handled=handled)


def _streamer(parts: Sequence[str], points: Sequence[TalkPoint]) -> TalkLine:
    labels, text, *marks = _filled(parts, "s LABELS | text | marks", 2, 3)
    told = [_told(word, points) for word in labels.split()[1:] if word != "-"]
    return TalkLine(text, tuple(told), tuple(_mark(mark) for mark in _listed(marks[0] if marks else "")))


def _told(word: str, points: Sequence[TalkPoint]) -> Told:
    found = _LABEL.fullmatch(word)
    if not found or not 1 <= int(found[1]) <= len(points):
        raise ValueError(f"expected a label such as 1h12 or 2m1/3, got {word!r}")
    point = int(found[1]) - 1
    said, wrong = (tuple(int(mark) - 1 for mark in (text or "") if mark != "-") for text in (found[3], found[4]))
    if any(not 0 <= fact < len(points[point].facts) for fact in (*said, *wrong)):
        raise ValueError(f"expected facts 1 to {len(points[point].facts)} of the point, got {word!r}")
    return Told(point, _STATES[found[2]], said, wrong)


def _mark(text: str) -> Mark:
    found = _MARK.fullmatch(text)
    if not found:
        raise ValueError(f"expected a mark such as !absolute=term, got {text!r}")
    return Mark(_SEVERITIES[found[1]], found[2], found[3])


# --- as a scoring set ---------------------------------------------------------------------------------------------


def write(found: Sequence[TalkedProduct], folder: Path) -> None:
    """Write talks as a scoring set; lines get made times, and the turns after a viewer's line are its answer."""
    for name in ("products", "transcripts", "labels"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for product in found:
        _dump(folder / "products" / f"{product.id}.json", sheet(product))
        for number, talk in enumerate(product.talks):
            name = f"{product.id}__{talk.grade}" + (f"{number}" if number and _is_twice(product, number) else "")
            lines = list(_timed(talk, product.code))
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (folder / "transcripts" / f"{name}.jsonl").write_text(text, encoding="utf-8")
            _dump(folder / "labels" / f"{name}.json", labels(product, talk))


def _is_twice(product: TalkedProduct, number: int) -> bool:
    return any(talk.grade == product.talks[number].grade for talk in product.talks[:number])


def _dump(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sheet(product: TalkedProduct) -> dict[str, Any]:
    """Return the product sheet as a scoring set holds it."""
    listed, live, floor = product.prices
    return {
        "id": product.id,
        "locale": "zh-CN" if product.code == "zh" else "en",
        "category": product.trade,
        "name": product.name,
        "price": {"list": listed, "live": live, "floor": floor, "currency": "CNY" if product.code == "zh" else "USD"},
        "gifts": [],
        "stock": 1000,
        "facts": {},
        "certificates": [],
        "selling_points": [
            {
                "id": point.id,
                "title": point.title,
                "priority": "P0" if at < len(product.points) // 2 else "P1",
                "statement": point.statement,
                "must_facts": list(point.facts),
                "aliases": list(point.aliases),
            }
            for at, point in enumerate(product.points)
        ],
        "must_not_say": [],
    }


def _timed(talk: Talk, code: str) -> Iterator[dict[str, Any]]:
    now = 1.0
    for at, line in enumerate(talk.lines):
        end = now + max(1.0, len(line.text) / _PACE[code])
        role = "viewer" if line.viewer else "streamer"
        made = {"i": at, "t0": round(now, 2), "t1": round(end, 2), "role": role, "text": line.text}
        if line.viewer:
            made["viewer"] = {"id": f"viewer{at}", "type": line.viewer}
        yield made
        now = end + _GAP


def coverage(product: TalkedProduct, talk: Talk) -> dict[str, dict[str, Any]]:
    """Return state and turns of every point of a talk: its facts may be told in several turns."""
    made = {}
    for at, point in enumerate(product.points):
        told = [(number, item) for number, line in enumerate(talk.lines) for item in line.told if item.point == at]
        wrong = [number for number, item in told if item.state == "misstated"]
        asserted = [(number, item) for number, item in told if item.state in ("hit", "partial")]
        said = {fact for _, item in asserted for fact in item.said}
        whole = "hit" if len(said) == len(point.facts) else "partial"
        label = "misstated" if wrong else whole if asserted else "miss"
        made[point.id] = {"label": label, "evidence": wrong or [number for number, _ in asserted]}
    return made


def labels(product: TalkedProduct, talk: Talk) -> dict[str, Any]:
    """Return what a scoring set says of a talk; what the short form does not tell is empty."""
    marks = [(at, mark) for at, line in enumerate(talk.lines) for mark in line.marks]
    spoken = [at for at, line in enumerate(talk.lines) if not line.viewer]
    objections = []
    for at, line in enumerate(talk.lines):
        if line.viewer:
            after = [turn for turn in spoken if turn > at][:_ANSWERS]
            silent = line.handled == "unanswered" or (line.should == "ignore" and line.handled == "well")
            told = {"i": at, "type": line.viewer, "should": line.should, "handled": line.handled}
            objections.append({**told, "answer_turns": [] if silent else after, "conceded_below_floor": False})
    return {
        "product": product.id,
        "grade": talk.grade,
        "rank": RANKS[talk.grade],
        "asr_like": talk.heard,
        "coverage": coverage(product, talk),
        "compliance": [
            {"i": at, "term": mark.term, "category": mark.category, "severity": mark.severity}
            for at, mark in marks
            if mark.severity
        ],
        "compliance_decoys": [
            {"i": at, "term": mark.term, "why": mark.category} for at, mark in marks if not mark.severity
        ],
        "objections": objections,
        "fillers": {"count": 0, "words": {}, "spans": []},
        "disturbances": 0,
        "disturbance_turns": [],
        "price_mentions": [],
        "cta": [],
        "fact_errors": [],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a scoring set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--talks", type=Path, default=FOLDER, help=argparse.SUPPRESS)
    parser.add_argument("--writers", nargs="*", default=[], help="of these only")
    options = parser.parse_args(arguments)
    found = [item for item in products(options.talks) if not options.writers or item.writer in options.writers]
    write(found, options.folder)
    print(f"{len(found)} products, {sum(len(item.talks) for item in found)} talks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
