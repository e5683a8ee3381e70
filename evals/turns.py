"""Turn taking over recorded sound, in virtual time: barge-ins and false alarms, cut-ins and endpoints, answers, echo.

    uv run run_coach.py bench turns [--audio DIR] [--sections barge,cut_ins,answers,echo] [--out evals/results]

The whole live loop with the product's voice detector; recogniser and synthesiser cost nothing, so the figures are
those of the policies. No wire: what transport, framing and pacing add is measured by `bench latency`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.errors import InputError
from evals.bounds import folder, whole
from evals.recordings import VARIABLE, Recording, default_folder, recordings
from evals.results import RESULTS, Result

SECTIONS = {
    "barge": "evals.turns_barge",
    "cut_ins": "evals.turns_cut_ins",
    "answers": "evals.turns_answers",
    "echo": "evals.turns_echo",
}
"""Each module has `measure(options) -> Section`."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a section is asked to measure."""

    recordings: Sequence[Recording]
    limit: int | None = None
    """Cases of each kind at most; None: all."""
    seed: int = 1
    kinds: frozenset[str] = frozenset()
    """Kinds of cases to run; empty: all."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a section found."""

    summary: Mapping[str, Any]
    """Goes into the result's top level: keys are disjoint between sections."""
    raw: Mapping[str, Any] = field(default_factory=dict)
    plots: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="bench turns", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--audio", type=Path, default=default_folder(), help="folder of recordings")
    parser.add_argument("--sections", default=",".join(present()), help=f"some of {', '.join(SECTIONS)}")
    parser.add_argument("--limit", type=whole(1), default=None, help="at most this many cases of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="", help="only these kinds of cases, e.g. cough,backchannel")
    parser.add_argument("--out", type=folder, default=RESULTS)
    options = parser.parse_args(arguments)
    if options.audio is None:
        raise InputError(f"No recordings: name their folder with --audio, or the folder above it with {VARIABLE}.")
    wanted = [name.strip() for name in options.sections.split(",") if name.strip()]
    kinds = frozenset(kind for kind in options.kinds.split(",") if kind)
    asked = Options(recordings(options.audio), options.limit, options.seed, kinds)
    result = measure(wanted, asked, list(arguments or ()))
    path = result.write(options.out)
    print(json.dumps(dict(result.summary), indent=2, ensure_ascii=False))
    print(path)
    return 0


def present() -> list[str]:
    """Return the sections that this checkout has."""
    return [name for name, module in SECTIONS.items() if importlib.util.find_spec(module) is not None]


def measure(sections: Sequence[str], options: Options, arguments: Sequence[str] = ()) -> Result:
    """Run sections and return their figures in one result.

    Raises:
        InputError: If a section is unknown.
    """
    summary: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    plots: dict[str, Mapping[str, Sequence[float]]] = {}
    for name in sections:
        found = _section(name).measure(options)
        summary |= found.summary
        raw[name] = found.raw
        plots |= found.plots
    engines = {"vad": "webrtc+silero", "recognizer": "scene (knows the words)", "synthesizer": "traced (noise words)"}
    return Result("turns", summary, raw, engines, " ".join(["bench turns", *arguments]), plots)


def _section(name: str) -> Any:
    if name not in SECTIONS:
        raise InputError(f"Unknown section {name!r}. Choose from: {', '.join(SECTIONS)}.")
    return importlib.import_module(SECTIONS[name])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
