"""What engines failed at is told, and is nobody's fault."""

from __future__ import annotations

import pytest

from coach.events import EngineFailed, Event
from coach.score.report import render
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, log, posted, said, scenario, typed

TOLD = (
    "hello everybody I brought my favourite pan tonight and it comes pre-seasoned with two coats of oil so you can fry "
    "an egg in it on the very first day and I use mine every morning for breakfast"
)


def failed(at: float, port: str = "recognizer") -> tuple[float, Event]:
    return at, EngineFailed(port=port, engine="x", error="no words within 4 s.", fallback="typed input stays")  # type: ignore[arg-type]  # one of them


def lost(start: float, end: float) -> list[tuple[float, Event]]:
    """Return speech of which the recogniser made nothing."""
    return [failed(end), said(start, end, "")]


def card(*events: tuple[float, Event], end: float = 60) -> Scorecard:
    return score(scenario(EN), log(*events, end=end))


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([said(1, 20, TOLD)], []),
        ([said(1, 20, TOLD), *lost(21, 25)], ["1 stretch of your speech was not recognised (0:21–0:25; 4.0 s in all)"]),
        (
            [said(1, 20, TOLD), *lost(21, 25), *lost(30, 34)],
            ["2 stretches of your speech were not recognised (0:21–0:25, 0:30–0:34; 8.0 s", "Over a quarter"],
        ),
        (
            [event for at in (1, 5, 9, 13) for event in lost(at, at + 2)],
            ["4 stretches of your speech were not recognised (0:01–0:03, 0:05–0:07, 0:09–0:11 and 1 more; 8.0 s"],
        ),
        # Nothing was there to write the voice down: that is told where it matters, and nothing failed.
        ([typed(2, TOLD), said(21, 25, "")], []),
        ([said(1, 20, TOLD), failed(22, "ears")], ["Your sound was not received well (0:22)"]),
        ([said(1, 20, TOLD), failed(22, "recorder")], ["The recording had a fault (0:22)"]),
        ([said(1, 20, TOLD), failed(9, "echo")], ["takes out echo, had a fault (0:09)"]),
        (
            [said(1, 20, TOLD), *(failed(at, "synthesizer") for at in (2, 3, 4, 5))],
            ["Viewers' voices or lines failed (0:02, 0:03, 0:04 and 1 more)"],
        ),
    ],
)
def test_what_failed_is_told_with_its_times(events: list[tuple[float, Event]], told: list[str]) -> None:
    found = card(*events)
    assert len(found.notes) == len(told)
    assert all(words in note.en and note.zh for note, words in zip(found.notes, told, strict=True))
    for format in ("html", "md", "json"):
        assert all(note.zh in render(found, format, "zh") for note in found.notes)


def test_figures_of_words_are_less_sure_where_some_were_lost() -> None:
    def sure(found: Scorecard) -> list[str]:
        return [metric.confidence for metric in found.metrics if metric.id in {"coverage", "below_floor"}]

    whole, gap = card(said(1, 20, TOLD)), card(said(1, 20, TOLD), *lost(21, 25))
    assert sure(whole) == ["medium", "high"]
    assert sure(gap) == ["low", "medium"]
    assert gap.scores[1].value == whole.scores[1].value


def test_where_much_was_lost_nothing_missing_is_held_against_anybody() -> None:
    found = card(said(1, 20, TOLD), *lost(21, 31))
    assert found.scores[1].value is None
    assert found.overall is not None
    assert found.overall.value is None
    missed = [item for item in found.findings if item.rule == "coverage.miss"]
    assert [item.tone for item in missed] == ["neutral"]
    assert not {item.id for item in missed} & {point.finding_id for point in found.focus}


@pytest.mark.parametrize(("after", "unanswered"), [([], 1), (lost(24, 28), 0), (lost(72, 76), 1)])
def test_a_line_that_lost_words_may_answer_is_not_called_unanswered(
    after: list[tuple[float, Event]], unanswered: int
) -> None:
    talk = [said(1, 20, TOLD), posted(22, "how heavy is it?", viewer="ann")]
    room = {"viewers": [{"id": "ann", "type": "product_skeptic", "name": "Ann", "channel": "chat"}]}
    found = score(scenario(EN, **room), log(*talk, *after, end=80))
    assert sum(line.handled == "unanswered" for line in found.handled) == unanswered
