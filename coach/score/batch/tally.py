"""Running counts for the overview: their size does not grow with the number of files."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SCORES = ("overall", "pacing", "coverage", "composure")
BINS = 20
"""Bars of a distribution, 5 points wide."""
_WORST = 20
_FINDINGS = 30
_GOOD = 80.0
"""Points of a score that leave nothing to look at."""
_WRONG = ("compliance_h", "compliance_m", "misstated", "fact_errors", "below_floor", "handled_badly", "unanswered")
_MOST_KEYS = 20_000
"""Different points, terms and focus points counted; beyond, new ones are left out (one scenario has a dozen)."""
_MOST_TERMS = 5_000
"""Different compliance findings counted of each severity; each keeps a quote."""
_TREND = 48
"""Points of one streamer's line; more are averaged in pairs."""
_STATES = ("hit", "partial", "miss", "misstated")


@dataclass(slots=True)
class Distribution:
    """How one score spreads. Scores have one decimal, so their counts are few however many files there are."""

    tenths: Counter[int] = field(default_factory=Counter)
    """Files by tenths of a point, 0 to 1000."""
    count: int = 0
    total: float = 0.0

    def add(self, value: float) -> None:
        """Count one value, 0 to 100."""
        self.tenths[min(1000, max(0, round(value * 10)))] += 1
        self.count += 1
        self.total += value

    @property
    def mean(self) -> float:
        """Mean of what was counted; 0 of nothing."""
        return self.total / self.count if self.count else 0.0

    @property
    def bins(self) -> list[int]:
        """Files by bars of 5 points, the lowest first."""
        bins = [0] * BINS
        for tenths, number in self.tenths.items():
            bins[min(BINS - 1, tenths * BINS // 1000)] += number
        return bins

    def quantile(self, share: float) -> float:
        """Return the value below which a share lies, halfway where it falls between two values; 0 of nothing."""
        wanted, seen = share * self.count, 0
        below: int | None = None
        for tenths, number in sorted(self.tenths.items()):
            if below is not None:
                return (below + tenths) / 20
            seen += number
            if seen > wanted:
                return tenths / 10
            if seen == wanted:
                below = tenths
        return (below or 0) / 10


@dataclass(slots=True)
class FindingTally:
    """Compliance findings of one severity, category and wording in all files."""

    severity: str
    category: str
    term: str
    quote: str
    start: float | None
    """Seconds."""
    rewrite: str
    path: str
    """Quote, seconds, rewrite and file of the first."""
    count: int = 0
    files: int = 0
    _last: str = ""
    """File of the latest."""

    def add(self, path: str) -> None:
        """Count one more; files come one after the other."""
        self.count += 1
        self.files += path != self._last
        self._last = path


@dataclass(slots=True)
class PointTally:
    """What became of one selling point in all files."""

    title: str
    priority: str
    states: Counter[str] = field(default_factory=Counter)

    @property
    def share_hit(self) -> float:
        """Share of files in which it came across."""
        return self.states["hit"] / max(1, self.states.total())


@dataclass(slots=True)
class Tally:
    """All counts."""

    files: int = 0
    failed: int = 0
    problems: int = 0
    passed: int = 0
    judged: int = 0
    """Files of which it can be said whether they passed."""
    seconds: float = 0.0
    scores: dict[str, Distribution] = field(default_factory=lambda: {name: Distribution() for name in SCORES})
    points: dict[tuple[str, str], PointTally] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """Scenario id: title."""
    focus: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Files by what is to be practised in them, in Chinese and English."""
    severities: Counter[str] = field(default_factory=Counter)
    handled: Counter[str] = field(default_factory=Counter)
    below_floor: int = 0
    fact_errors: int = 0
    findings: dict[tuple[str, str, str], FindingTally] = field(default_factory=dict)
    """Compliance findings by severity, category and term."""
    worst: list[tuple[tuple[float, int], dict[str, Any]]] = field(default_factory=list)
    """The files furthest down, a heap of the same kind."""
    errors: list[Any] = field(default_factory=list)
    """What is said of the first files that could not be scored, see `sentences.kept`."""
    _kinds: Counter[str] = field(default_factory=Counter)
    """Kept compliance findings that differ, by severity."""

    def add(self, row: Mapping[str, Any], notes: Mapping[str, Any]) -> None:
        """Count one file."""
        self.files += 1
        self.problems += bool(row["problems"])
        if row["error"] is not None:
            self.failed += 1
            if len(self.errors) < _WORST:
                self.errors.append(notes["error"])
            return
        self.seconds += row["duration_sec"] or 0.0
        if row["passed"] is not None:
            self.judged += 1
            self.passed += row["passed"]
        for name in SCORES:
            if row[name] is not None:
                self.scores[name].add(row[name])
        self._add_points(row["scenario_id"] or "", notes)
        self._add_focus(notes["focus"])
        self._add_conduct(row)
        self._add_worst(row)
        for found in notes["compliance"]:
            self._add_finding(row, found)

    def _add_points(self, scenario: str, notes: Mapping[str, Any]) -> None:
        if len(self.titles) < _MOST_KEYS:
            self.titles.setdefault(scenario, notes["title"])
        for point, title, priority, state in notes["points"]:
            key = (scenario, point)
            if key not in self.points:
                if len(self.points) >= _MOST_KEYS:
                    continue
                self.points[key] = PointTally(title, priority)
            self.points[key].states[state] += 1

    def _add_focus(self, focus: Iterable[tuple[str, str]]) -> None:
        for texts in dict.fromkeys((zh, en) for zh, en in focus):
            if texts in self.focus or len(self.focus) < _MOST_KEYS:
                self.focus[texts] += 1

    def advised(self, index: int) -> list[tuple[str, int]]:
        """Return what is to be practised and in how many files, the most frequent first.

        Args:
            index: 0 for Chinese, 1 for English.
        """
        order = sorted(self.focus.items(), key=lambda item: (-item[1], item[0]))
        return [(texts[index], count) for texts, count in order]

    def _add_conduct(self, row: Mapping[str, Any]) -> None:
        for mark in "HML":
            self.severities[mark] += row[f"compliance_{mark.lower()}"]
        for name in ("handled_well", "handled_weak", "handled_badly", "unanswered"):
            self.handled[name] += row[name]
        self.below_floor += row["below_floor"]
        self.fact_errors += row["fact_errors"]

    def _add_worst(self, row: Mapping[str, Any]) -> None:
        measured = [row[name] for name in SCORES if row[name] is not None]
        if not measured or _is_fine(row, measured):
            return
        value = row["overall"] if row["overall"] is not None else sum(measured) / len(measured)
        kept = {
            name: row[name]
            for name in ("path", "place", "streamer", "compliance_h", "misstated", "below_floor", *SCORES)
        }
        _push(self.worst, ((-value, -self.files), kept), _WORST)

    def _add_finding(self, row: Mapping[str, Any], found: tuple[Any, ...]) -> None:
        severity, category, term, quote, start, rewrite = found
        key = (severity, category, term)
        if key not in self.findings:
            # Each severity has its own room, so that many remarks leave no blocking finding out.
            if self._kinds[severity] >= _MOST_TERMS:
                return
            self._kinds[severity] += 1
            self.findings[key] = FindingTally(severity, category, term, quote, start, rewrite, row["path"])
        self.findings[key].add(row["path"])

    def weakest(self, most: int) -> list[tuple[str, PointTally]]:
        """Return the points that came across least, with their scenario's id; those seen most first among equals."""
        order = sorted(self.points.items(), key=lambda item: (item[1].share_hit, -item[1].states.total(), item[0]))
        return [(scenario, point) for (scenario, _), point in order[:most]]

    def worst_files(self) -> list[dict[str, Any]]:
        """Return the files furthest down, lowest first."""
        return [row for _, row in sorted(self.worst, key=lambda item: item[0], reverse=True)]

    def worst_findings(self) -> list[FindingTally]:
        """Return the worst compliance findings, most severe first, then those found most, then those found first."""
        order = sorted(self.findings.values(), key=lambda found: ("HML".index(found.severity), -found.count))
        return order[:_FINDINGS]


def _is_fine(row: Mapping[str, Any], measured: Iterable[float]) -> bool:
    """Return whether nobody need look at a file: not failed, no score low, nothing wrong in it."""
    return row["passed"] is not False and not any(row[name] for name in _WRONG) and min(measured) >= _GOOD


def _push(heap: list[Any], item: Any, most: int) -> None:
    """Keep the largest items; their keys are all different, so what hangs on them is never compared."""
    if len(heap) < most:
        heapq.heappush(heap, item)
    elif item[0] > heap[0][0]:
        heapq.heapreplace(heap, item)


@dataclass(slots=True)
class Trend:
    """One streamer's overall scores in order, as a line of bounded length."""

    name: str
    files: int = 0
    total: float = 0.0
    last: float | None = None
    means: list[float] = field(default_factory=list)
    _each: int = 1
    """Files averaged in one point."""
    _sum: float = 0.0
    _held: int = 0

    def add(self, value: float) -> None:
        """Take the next score."""
        self.files += 1
        self.total += value
        self.last = value
        self._sum += value
        self._held += 1
        if self._held == self._each:
            self.means.append(self._sum / self._held)
            self._sum, self._held = 0.0, 0
        if len(self.means) > _TREND:
            pairs = zip(self.means[::2], self.means[1::2], strict=False)
            left = self.means[-1:] if len(self.means) % 2 else []
            self.means = [(first + second) / 2 for first, second in pairs]
            # An odd one out goes back among those that are still being averaged.
            self._sum, self._held = self._sum + sum(left) * self._each, self._held + len(left) * self._each
            self._each *= 2

    @property
    def mean(self) -> float:
        """Mean of all."""
        return self.total / max(1, self.files)

    @property
    def change(self) -> float | None:
        """Mean of the last third less that of the first third; none with under three points."""
        third = len(self.means) // 3
        return sum(self.means[-third:]) / third - sum(self.means[:third]) / third if third else None
