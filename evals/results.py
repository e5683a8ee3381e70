"""What a benchmark leaves behind: JSON with stable keys, a Markdown table, an SVG plot, and ratios to a baseline.

    Result("turns", summary={...}, raw={...}, engines={...}).write(folder)

A baseline is an earlier JSON of the same benchmark in `evals/baselines/`; its machine is named there, and only the
ratios are compared, never the bare figures of two machines.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.clock import wall_time
from evals import machine

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "evals" / "results"
"""Not committed: figures of whoever ran the benchmark."""
BASELINES = ROOT / "evals" / "baselines"
FORMAT = 1
"""Version of the JSON's shape."""


def percentiles(values: Sequence[float], digits: int = 1) -> dict[str, float | int | None]:
    """Return n, p50, p95, min and max; None where there is nothing. p95 is the nearest rank."""
    if not values:
        return {"n": 0, "p50": None, "p95": None, "min": None, "max": None}
    ordered = sorted(values)
    p95 = ordered[math.ceil(0.95 * len(ordered)) - 1]
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), digits),
        "p95": round(p95, digits),
        "min": round(ordered[0], digits),
        "max": round(ordered[-1], digits),
    }


def rate(part: int, whole: int) -> float | None:
    """Return a share to three digits; None of nothing."""
    return round(part / whole, 3) if whole else None


@dataclass(frozen=True, slots=True)
class Result:
    """One run of one benchmark."""

    name: str
    """`latency`, `turns`, …: also the file's name."""
    summary: Mapping[str, Any]
    """Figures under stable keys; nested mappings of numbers, or None where nothing could be measured."""
    raw: Mapping[str, Any] = field(default_factory=dict)
    """Every single measurement."""
    engines: Mapping[str, str] = field(default_factory=dict)
    """Engine name per port."""
    command: str = ""
    """How to run it again."""
    plots: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)
    """Axis label to series (name to values), drawn as distributions."""
    machine: Mapping[str, Any] = field(default_factory=machine.describe)

    def as_json(self) -> dict[str, Any]:
        """Return what is written, with the ratios to the baseline if there is one."""
        baseline = _baseline(self.name)
        return {
            "benchmark": self.name,
            "format": FORMAT,
            "made_at": wall_time().isoformat(timespec="seconds"),
            "machine": dict(self.machine),
            "engines": dict(self.engines),
            "command": self.command,
            "summary": dict(self.summary),
            "baseline_ratios": ratios(self.summary, baseline) if baseline else {},
            "raw": dict(self.raw),
        }

    def write(self, folder: Path = RESULTS) -> Path:
        """Write `NAME.json`, `NAME.md` and, where there is something to draw, `NAME.svg`; return the JSON's path."""
        folder.mkdir(parents=True, exist_ok=True)
        data = self.as_json()
        path = folder / f"{self.name}.json"
        path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        drawn = _draw(self.plots, folder / f"{self.name}.svg")
        (folder / f"{self.name}.md").write_text(_markdown(data, drawn), encoding="utf-8")
        return path


def flat(summary: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (dotted key, value) of every leaf."""
    for key, value in summary.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def ratios(summary: Mapping[str, Any], baseline: Mapping[str, Any]) -> dict[str, float]:
    """Return this run divided by the baseline, for every number that both have and that is not zero there."""
    before = dict(flat(baseline))
    pairs = ((key, value, before.get(key)) for key, value in flat(summary))
    return {key: round(value / old, 3) for key, value, old in pairs if _is_number(value) and _is_number(old) and old}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _baseline(name: str) -> Mapping[str, Any] | None:
    path = BASELINES / f"{name}.json"
    if not path.exists():
        return None
    summary: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["summary"]
    return summary


def _markdown(data: Mapping[str, Any], drawn: bool) -> str:
    engines = ", ".join(f"{port}: {name}" for port, name in data["engines"].items()) or "none named"
    lines = [
        f"# {data['benchmark']}",
        "",
        f"- made: {data['made_at']}",
        f"- machine: {machine.one_line(data['machine'])}",
        f"- engines: {engines}",
        f"- command: `{data['command']}`",
        "",
        "| figure | value | against the baseline |",
        "|---|---|---|",
    ]
    compared = data["baseline_ratios"]
    for key, value in flat(data["summary"]):
        ratio = f"× {compared[key]}" if key in compared else ""
        lines.append(f"| {key} | {'–' if value is None else value} | {ratio} |")
    if drawn:
        lines += ["", f"![{data['benchmark']}]({data['benchmark']}.svg)"]
    return "\n".join([*lines, ""])


def _draw(plots: Mapping[str, Mapping[str, Sequence[float]]], path: Path) -> bool:
    """Draw every series as a cumulative distribution; return whether there was anything to draw."""
    wanted = {
        label: {name: list(values) for name, values in series.items() if values} for label, series in plots.items()
    }
    wanted = {label: series for label, series in wanted.items() if series}
    if not wanted:
        return False
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.2 * len(wanted)), layout="constrained")
    for index, (label, series) in enumerate(wanted.items(), start=1):
        axes = figure.add_subplot(len(wanted), 1, index)
        for name, values in series.items():
            axes.ecdf(values, label=f"{name} (n {len(values)})")
        axes.set_xlabel(label)
        axes.set_ylabel("share of cases")
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, format="svg", metadata={"Date": None})
    return True
