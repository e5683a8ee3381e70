"""Fixed words of reports, in both languages, and values as they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.room.passers_by import is_passer_by
from coach.score.report_texts import TEXTS
from coach.score.scorecard import (
    CoveragePoint,
    Evidence,
    FactError,
    HandledLine,
    Metric,
    NamedScore,
    PressureCard,
    PressureFeature,
    Scorecard,
    Text,
    ViewerOutcome,
)
from coach.score.units import unit_words
from coach.score.wording import clock

_TOO_WIDE = 25.0
"""Points; a wider interval is named by its range alone (DOMAIN §4.2)."""
_RANGES = (("band_high", 75.0), ("band_middle", 50.0), ("band_low", 0.0))
_OPEN = 40
"""A band whose upper edge is this many times the lower one has none."""


class Words:
    """Fixed words and values in one language.

    Args:
        language: `zh` or `en`.
        card: The scorecard that is shown, for the names of viewers who are quoted.
    """

    def __init__(self, language: str, card: Scorecard | None = None) -> None:
        self._index = 0 if language == "zh" else 1
        self.language = language
        self._names = {viewer.viewer_id: viewer.name for viewer in card.viewers} if card else {}
        self._lines: dict[int, str | None] = {}
        if card is not None:
            self._lines |= {moment.seq: moment.viewer_id for moment in card.pressure}
            self._lines |= {line.seq: line.viewer_id for line in card.handled}

    def __call__(self, key: str, **values: str) -> str:
        """Return a fixed word with its values in it; an unknown key as it is."""
        if key not in TEXTS:
            return key
        text = TEXTS[key][self._index]
        return text.format(**values) if values else text

    def of(self, text: Text) -> str:
        """Return a text in this language."""
        return text.zh if self._index == 0 else text.en

    def viewer(self, viewer_id: str, names: Mapping[str, str]) -> str:
        """Return a viewer's name; the scorecard has none of those who only pass by."""
        return names.get(viewer_id) or (self("passer_by") if is_passer_by(viewer_id) else viewer_id)

    def speaker(self, evidence: Evidence) -> str:
        """Return whose words a quote holds; nothing for the streamer's own."""
        if evidence.speaker == "streamer":
            return ""
        if evidence.speaker == "room":
            return self("the_room")
        viewer_id = None if evidence.seq is None else self._lines.get(evidence.seq)
        return self("viewer") if viewer_id is None else self.viewer(viewer_id, self._names)

    def joined(self, words: list[str]) -> str:
        """Return words as a list."""
        return ("、" if self._index == 0 else ", ").join(words)

    def sentences(self, texts: Sequence[str]) -> str:
        """Return short notes one after the other."""
        return ("；" if self._index == 0 else ". ").join(texts)

    def place(self, evidence: Evidence) -> str:
        """Return when a quote was said, or nothing where that is unknown."""
        return "" if evidence.start is None else clock(evidence.start)

    def no_focus(self, card: Scorecard) -> str:
        """Return why there is nothing to practise: nothing stands out, or nothing is known."""
        return self("no_focus" if card.is_measured else "no_evidence")

    def title(self, card: Scorecard) -> str:
        """Return what the report is called."""
        return f"{self('drill_title' if card.scenario_kind == 'drill' else 'title')}: {card.scenario_title}"

    def back(self, card: PressureCard) -> str:
        """Return how long it took to come back to the product."""
        if card.return_sec is not None:
            return f"{card.return_sec:g} {self('seconds')}"
        return self("not_measured" if card.is_wordless else "never")

    def moment(self, card: PressureCard, names: Mapping[str, str]) -> str:
        """Return what happened, with whose line it was."""
        who = f"{self.viewer(card.viewer_id, names)}: " if card.viewer_id else f"{self('audience')} "
        return who + card.what

    def next_action(self, card: PressureCard) -> str:
        """Return what to do the next time this happens."""
        if card.next is not None:
            return self.of(card.next)
        if card.slips:
            return self("next_slip")
        if card.is_wordless:
            return ""
        if card.return_sec is None:
            return self("next_never")
        return self("next_slow" if card.return_sec > 10 else "next_keep")

    def answered(self, viewer: ViewerOutcome) -> str:
        """Return how many of a viewer's lines were answered, of those that waited for it."""
        if viewer.answered is None:
            return self("not_measured")
        return str(viewer.answered) if viewer.waiting is None else f"{viewer.answered}/{viewer.waiting}"

    def handled(self, line: HandledLine) -> str:
        """Return how a line was met; what was rightly left alone is no missing answer."""
        if line.should == "ignore" and line.handled == "well" and not line.noticed:
            return self("left_alone")
        return self(line.handled)

    def score(self, score: NamedScore) -> str:
        """Return a score as shown: a number, its range where the number says too much, or that there is none."""
        if score.value is None:
            return self("not_measured")
        if is_too_wide(score):
            return self(next(name for name, least in _RANGES if score.value >= least))
        return f"{score.value:.0f}"

    def score_notes(self, score: NamedScore) -> list[str]:
        """Return what must be known beside a score: why there is none, how sure it is, when a change counts."""
        if score.value is None:
            return [self.of(score.not_measured)] if score.not_measured else []
        notes = [self("experimental")] if score.experimental else []
        if score.interval is not None:
            low, high = f"{score.interval.low:.0f}", f"{score.interval.high:.0f}"
            if low != high:
                notes.append(self("too_wide" if is_too_wide(score) else "interval", low=low, high=high))
        if score.change is not None:
            notes.append(self("changed", points=f"{score.change:+.0f}"))
        if score.minimal_change is not None:
            notes.append(self("minimal_change", points=f"{score.minimal_change:.0f}"))
        return notes

    def value(self, metric: Metric) -> str:
        """Return a figure with its unit."""
        if metric.value is None:
            return self("not_measured")
        unit = "time" if metric.value == 1 and (metric.unit, self.language) == ("×", "en") else self.unit(metric.unit)
        return f"{metric.value:g} {unit}".strip()

    def planned_stage(self, name: str) -> str:
        """Return a scenario's stage as this language calls it; an author's own word as it is."""
        key = f"plan_{name.strip().lower()}"
        return self(key) if key in TEXTS else name

    def unmeasured(self, metrics: Sequence[Metric]) -> list[str]:
        """Return a line per reason for which figures are absent, with their names."""
        groups: dict[str, list[str]] = {}
        for metric in metrics:
            if metric.value is None:
                reason = self.of(metric.not_measured) if metric.not_measured else ""
                groups.setdefault(reason, []).append(self.of(metric.name))
        joint, stop = ("：", "。") if self._index == 0 else (": ", ". ")
        return [f"{self('not_measured')}{joint}{self.joined(names)}{stop}{why}" for why, names in groups.items()]

    def unit(self, unit: str) -> str:
        """Return a unit as this language writes it."""
        return unit_words(unit, self.language)

    def band(self, metric: Metric) -> str:
        """Return the range without remark."""
        if metric.band is None:
            return ""
        low, high = metric.band
        if low > 0 and high >= _OPEN * low:
            return f"≥ {low:g}"
        return f"{low:g}" if low == high else f"{low:g}–{high:g}"

    def verdict(self, metric: Metric) -> str:
        """Return where a figure lies against its range."""
        names = {"in_band": "in_band", "low": "verdict_low", "high": "verdict_high"}
        return self(names[metric.verdict]) if metric.verdict in names and metric.value is not None else ""

    def must(self, point: CoveragePoint) -> str:
        """Return that a point must be said, or nothing."""
        return self("must") if point.priority == "P0" else ""

    def weight(self, name: str) -> str:
        """Return what a weight of the overall number is called."""
        key = f"weight_{name}"
        return self(key) if key in TEXTS else name

    def behaviour(self, name: str) -> str:
        """Return what a measure of an answer is called."""
        key = f"feature_{name}"
        return self(key) if key in TEXTS else name

    def feature(self, value: float | None, feature: PressureFeature) -> str:
        """Return one measure of an answer."""
        return "–" if value is None else f"{value:g} {self.unit(feature.unit)}".strip()


def state_of(point: CoveragePoint) -> str:
    """Return the name of the words for a point's state."""
    return "maybe" if point.doubtful else point.state


def standing_of(error: FactError) -> str:
    """Return the name of the words for what became of an error; empty where it stands."""
    return "corrected" if error.corrected else "check" if error.doubtful else ""


def is_too_wide(score: NamedScore) -> bool:
    """Return whether a score is too unsure to be shown as a number."""
    return score.interval is not None and score.interval.high - score.interval.low > _TOO_WIDE
