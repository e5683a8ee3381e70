"""What lies beside the one score: recovery after events, calm against pressure, early against late, kinds of event."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from statistics import median

from coach.score.composure_calm import Baseline, hesitations_per_min, silence_share
from coach.score.composure_shown import KindScore, Pair, RecoveryBin
from coach.score.composure_talk import Stretch, Talk
from coach.score.composure_windows import CalmWindow
from coach.score.scorecard import PressureCard

BIN_SEC = 10.0
BINS = 6
_LEAST_SEC = 2.0
"""Speech in a bin under which it has no rate."""
_LEAST_SYLLABLES = 15
_LEAST_PAIR = 2
"""Calm windows a third must hold before early and late are compared."""

_UNITS = {
    "return": "s", "latency": "s", "disturbances": "/100", "rate": "/min", "silence": "%", "hesitations": "/min"
}  # fmt: skip


def curve_of(at: float, until: float, back_sec: float | None, talk: Talk, calm_rate: float | None) -> list[RecoveryBin]:
    """Return the bins after an event that end before the next one.

    Args:
        at: The event's end.
        until: Next event or end of the rehearsal.
        back_sec: When the talk was back on the product; None if never.
        talk: Words in time.
        calm_rate: Units per minute of the matched calm window.
    """
    bins = []
    for number in range(BINS):
        start, end = number * BIN_SEC, (number + 1) * BIN_SEC
        if at + end > until:
            break
        said = talk.within((at + start, at + end))
        rate = said.rate if said.sec >= _LEAST_SEC else None
        bins.append(
            RecoveryBin(
                start=start,
                end=end,
                events=1,
                rate_change=_percent(rate, calm_rate),
                disturbances=_per_100(said),
                silence=_rounded(100 * said.silent_sec / said.known_sec if said.known_sec >= _LEAST_SEC else None),
                back=100.0 if back_sec is not None and back_sec < end else 0.0,
            )
        )
    return bins


def recovery(cards: Sequence[PressureCard]) -> list[RecoveryBin]:
    """Return the medians over events, bin by bin; shares for `back`."""
    bins = sorted((one for card in cards for one in card.curve), key=lambda one: one.start)
    return [_together(list(group)) for _, group in groupby(bins, key=lambda one: one.start)]


def _together(bins: Sequence[RecoveryBin]) -> RecoveryBin:
    back = [one.back for one in bins if one.back is not None]
    return RecoveryBin(
        start=bins[0].start,
        end=bins[0].end,
        events=len(bins),
        rate_change=_median([one.rate_change for one in bins]),
        disturbances=_median([one.disturbances for one in bins]),
        silence=_median([one.silence for one in bins]),
        back=_rounded(sum(back) / len(back) if back else None),
    )


def gap(baseline: Baseline, cards: Sequence[PressureCard], responses: Sequence[Stretch]) -> list[Pair]:
    """Return each measure calm and under pressure, as far as both are known in this rehearsal."""
    pressed: dict[str, float | None] = {
        name: _median([read(said) for said in responses]) for name, read in _READ.items()
    }
    pressed["return"] = _median([card.return_sec for card in cards])
    pressed["latency"] = _median([card.answer_latency_sec for card in cards])
    calm = {name: _shown(name, value.median) for name, value in baseline.today.items()}
    pairs = (_pair(name, calm.get(name), pressed[name]) for name in _UNITS)
    return [pair for pair in pairs if pair.first is not None and pair.second is not None]


def drift(windows: Sequence[CalmWindow], cards: Sequence[PressureCard], duration: float) -> list[Pair]:
    """Return calm measures and event scores of the first third of the rehearsal against the last."""
    early = [window.said for window in windows if window.middle < duration / 3]
    late = [window.said for window in windows if window.middle > 2 * duration / 3]
    pairs: list[Pair] = []
    if min(len(early), len(late)) >= _LEAST_PAIR:
        pairs = [
            _pair(name, _median([read(said) for said in early]), _median([read(said) for said in late]))
            for name, read in _READ.items()
        ]
    first = [card.score for card in cards if card.at < duration / 3]
    last = [card.score for card in cards if card.at > 2 * duration / 3]
    pairs.append(_pair("score", _median(first), _median(last)))
    return [pair for pair in pairs if pair.first is not None and pair.second is not None]


def kinds(cards: Sequence[PressureCard]) -> list[KindScore]:
    """Return events by kind, the more frequent first."""
    by_kind: dict[str, list[PressureCard]] = {}
    for card in cards:
        by_kind.setdefault(card.kind, []).append(card)
    rows = [
        KindScore(kind=kind, events=len(group), score=_median([card.score for card in group]))
        for kind, group in by_kind.items()
    ]
    return sorted(rows, key=lambda row: (-row.events, row.kind))


def _per_100(said: Stretch) -> float | None:
    return round(100 * said.breaks / said.syllables, 1) if said.syllables >= _LEAST_SYLLABLES else None


def _silence(said: Stretch) -> float | None:
    share = silence_share(said)
    return None if share is None else 100 * share


_READ: Mapping[str, Callable[[Stretch], float | None]] = {
    "disturbances": _per_100,
    "rate": lambda said: said.rate,
    "silence": _silence,
    "hesitations": hesitations_per_min,
}


def _shown(name: str, value: float) -> float:
    if name in ("latency", "rate"):
        return math.exp(value)
    return 100 * value if name == "silence" else value


def _pair(name: str, first: float | None, second: float | None) -> Pair:
    change = None
    if first is not None and second is not None:
        relative = name in ("rate", "return", "latency")
        change = _percent(second, first) if relative else round(second - first, 1)
    return Pair(id=name, first=_rounded(first), second=_rounded(second), unit=_UNITS.get(name, ""), change=change)


def _percent(value: float | None, against: float | None) -> float | None:
    return round(100 * (value / against - 1), 1) if value is not None and against else None


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 2) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
