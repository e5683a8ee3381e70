"""Fillers and disturbances against labelled transcripts, as the scorer counts them.

    python -m evals.fluency FOLDER            # FOLDER holds products/, transcripts/ and labels/
    python -m evals.fluency FOLDER --misses   # and every disagreement, turn by turn

`filler_error` is |counted - labelled| / labelled over all transcripts of a group, where misses and false alarms may
cancel; `filler_mae`, `filler_precision` and `filler_recall` show whether they do.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.events import Record
from coach.language import Language, language_for
from coach.score.disturbances import find_disturbances
from coach.score.fillers import find_fillers
from coach.score.timeline import fold
from coach.score.transcript import load_transcript
from evals.agreement import spearman
from evals.results import rate

Place = tuple[int, int, int]
"""Turn, first and last character."""


@dataclass(frozen=True, slots=True)
class Read:
    """One transcript, as labelled and as counted."""

    name: str
    language: str
    kind: str
    """`clean` or `asr_like`."""
    wanted: frozenset[Place]
    got: frozenset[Place]
    disturbed: Counter[int]
    """Turn → disturbances, as labelled."""
    found: Counter[int]
    texts: dict[int, str]


def measure(folder: Path) -> dict[str, Any]:
    """Return the figures of all transcripts, `by_language` (zh, en), `by_text` (clean, asr_like) and of both crossed.

    Args:
        folder: Holds `products/`, `transcripts/` and `labels/`.
    """
    reads = list(read_all(folder))
    languages, kinds = ("zh", "en"), ("clean", "asr_like")
    return {
        **figures(reads),
        "by_language": {code: figures([item for item in reads if item.language == code]) for code in languages},
        "by_text": {kind: figures([item for item in reads if item.kind == kind]) for kind in kinds},
        "by_both": {
            f"{code}_{kind}": figures([item for item in reads if (item.language, item.kind) == (code, kind)])
            for code in languages
            for kind in kinds
        },
    }


def read_all(folder: Path) -> Iterator[Read]:
    """Yield every labelled transcript of a folder, counted."""
    for path in sorted((folder / "labels").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        sheet = json.loads((folder / "products" / f"{labels['product']}.json").read_text(encoding="utf-8"))
        yield _read(folder / "transcripts" / f"{path.stem}.jsonl", labels, language_for(sheet["locale"]))


def _read(transcript: Path, labels: dict[str, Any], language: Language) -> Read:
    lines = [json.loads(line) for line in transcript.read_text(encoding="utf-8").splitlines() if line.strip()]
    return read(transcript.stem, lines, load_transcript(transcript).records, labels, language)


def read(
    name: str,
    lines: Sequence[Mapping[str, Any]],
    records: Sequence[Record],
    labels: Mapping[str, Any],
    language: Language,
) -> Read:
    """Return one transcript as labelled and as counted."""
    turns = {f"u{number}": line["i"] for number, line in enumerate(lines)}
    timeline = fold(records)
    uses = find_fillers(timeline.worded, language).uses
    breaks = find_disturbances(timeline.worded, language)
    return Read(
        name=name,
        language=language.code,
        kind="asr_like" if labels["asr_like"] else "clean",
        wanted=frozenset((turn, start, end) for turn, start, end in labels["fillers"]["spans"]),
        got=frozenset((turns[use.spoken.heard.utterance_id], use.span.start, use.span.end) for use in uses),
        disturbed=Counter(dict(labels["disturbance_turns"])),
        found=Counter(turns[use.spoken.heard.utterance_id] for use in breaks),
        texts={line["i"]: line["text"] for line in lines},
    )


def figures(reads: Sequence[Read]) -> dict[str, Any]:
    """Return counts, shares and the rank correlation of a group."""
    labelled, counted = sum(len(item.wanted) for item in reads), sum(len(item.got) for item in reads)
    matched = sum(_matched(item) for item in reads)
    wanted, found = [item.disturbed.total() for item in reads], [item.found.total() for item in reads]
    return {
        "transcripts": len(reads),
        "fillers_labelled": labelled,
        "fillers_counted": counted,
        "filler_error": rate(abs(counted - labelled), labelled),
        "filler_mae": rate(sum(abs(len(item.got) - len(item.wanted)) for item in reads), len(reads)),
        "filler_precision": rate(matched, counted),
        "filler_recall": rate(matched, labelled),
        "disturbances_labelled": sum(wanted),
        "disturbances_counted": sum(found),
        "disturbance_rho": spearman(wanted, found),
        "disturbance_precision": rate(sum((item.found & item.disturbed).total() for item in reads), sum(found)),
        "disturbance_recall": rate(sum((item.found & item.disturbed).total() for item in reads), sum(wanted)),
    }


def _matched(item: Read) -> int:
    """Return labelled fillers that were found, edges aside."""
    return sum(
        any(turn == other and start < last and first < end for other, first, last in item.got)
        for turn, start, end in item.wanted
    )


def misses(reads: Iterable[Read]) -> Iterator[str]:
    """Yield a line per turn where counts or places differ: [missed], {false alarm}, <both>."""
    for item in reads:
        for turn, text in item.texts.items():
            wanted = {place for place in item.wanted if place[0] == turn}
            got = {place for place in item.got if place[0] == turn}
            if wanted != got:
                yield f"filler {item.name} {item.kind} {turn}: {_marked(text, wanted, got)}"
            if item.disturbed[turn] != item.found[turn]:
                yield f"disturbance {item.name} {item.kind} {turn}: {item.disturbed[turn]}≠{item.found[turn]} {text}"


def _marked(text: str, wanted: set[Place], got: set[Place]) -> str:
    for place in sorted(wanted | got, reverse=True):
        _, start, end = place
        marks = "<>" if place in wanted & got else "[]" if place in wanted else "{}"
        text = f"{text[:start]}{marks[0]}{text[start:end]}{marks[1]}{text[end:]}"
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every disagreement too")
    options = parser.parse_args(arguments)
    print(json.dumps(measure(options.folder), indent=1))
    if options.misses:
        print("\n".join(misses(read_all(options.folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
