"""Counts of who took the floor from whom."""

from __future__ import annotations

import pytest

from coach.events import CutBy, Event, LineVoiced, LineVoicing, Record, UtteranceHeard
from coach.language import language_for
from coach.score.timeline import fold
from coach.score.turns import turn_metrics


def line(
    number: int, start: float, end: float, *, cut_off: bool, cuts_in: bool = False, by: CutBy | None = None
) -> list[tuple[float, Event]]:
    name = f"l{number}"
    voicing = LineVoicing(line_id=name, viewer_id="ann", text="a b c", intent="push", start=start, cuts_in=cuts_in)
    heard = "a b" if cut_off else "a b c"
    voiced = LineVoiced(
        line_id=name, viewer_id="ann", text="a b c", heard_text=heard, cut_off=cut_off, start=start, end=end, cut_by=by
    )
    return [(start, voicing), (end, voiced)]


def said(number: int, start: float, end: float, text: str) -> tuple[float, Event]:
    return end, UtteranceHeard(utterance_id=f"u{number}", text=text, start=start, end=end)


def counts(timed: list[tuple[float, Event]], code: str = "en") -> dict[str, float | None]:
    ordered = sorted(timed, key=lambda item: item[0])
    records = [Record(seq=seq, at=at, event=event) for seq, (at, event) in enumerate(ordered)]
    return {metric.id: metric.value for metric in turn_metrics(fold(records), language_for(code))}


def test_a_line_talked_over_counts_and_one_that_a_pause_ended_does_not() -> None:
    talked_over = [*line(1, 1.0, 3.0, cut_off=True), said(1, 2.9, 5.0, "let me finish please")]
    assert counts(talked_over)["cut_offs"] == 1
    assert counts(line(1, 1.0, 3.0, cut_off=True))["cut_offs"] == 0
    assert counts([*line(1, 1.0, 3.0, cut_off=False), said(1, 2.9, 5.0, "so as I said")])["cut_offs"] == 0


@pytest.mark.parametrize(("by", "number"), [("streamer", 1), (None, 1), ("pause", 0), ("end", 0), ("failure", 0)])
def test_only_what_the_streamer_ended_counts_though_somebody_talked_at_that_moment(
    by: CutBy | None, number: int
) -> None:
    talking = [*line(1, 1.0, 3.0, cut_off=True, by=by), said(1, 2.9, 5.0, "let me finish please")]
    assert counts(talking)["cut_offs"] == number


def test_a_viewer_cuts_in_only_while_somebody_talks() -> None:
    assert counts([*line(1, 3.0, 4.0, cut_off=False, cuts_in=True), said(1, 1.0, 3.5, "this is it")])["cut_ins"] == 1
    assert counts([*line(1, 9.0, 9.5, cut_off=False, cuts_in=True), said(1, 1.0, 3.5, "this is it")])["cut_ins"] == 0


@pytest.mark.parametrize(
    ("code", "text", "number"), [("en", "uh-huh", 1), ("zh", "嗯嗯", 1), ("zh", "对，但是这件不行", 0)]
)
def test_a_backchannel_counts_while_a_viewer_speaks(code: str, text: str, number: int) -> None:
    assert counts([*line(1, 1.0, 3.0, cut_off=False), said(1, 2.0, 2.3, text)], code)["backchannels"] == number
    assert counts([*line(1, 1.0, 3.0, cut_off=False), said(1, 4.0, 4.3, text)], code)["backchannels"] == 0


def test_where_no_viewer_spoke_nothing_is_counted_and_the_reason_is_said() -> None:
    assert set(counts([said(1, 1.0, 2.0, "hello there")]).values()) == {None}
