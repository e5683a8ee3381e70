"""What engines failed at is told, and is nobody's fault."""

from __future__ import annotations

import pytest

from coach.events import EngineFailed, Event
from coach.score.engine_faults import OF_THE_VOICE, OF_WHAT_IS_MISSING, OF_WHAT_WAS_SAID, is_of_what_was_said
from coach.score.report import render
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, log, posted, said, scenario, typed
from tests.score.test_advice import ALL

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
        # A recogniser that failed where nothing is known to be lost.
        ([typed(2, TOLD), failed(3)], ["Speech recognition failed (0:03): no stretch"]),
        ([said(1, 20, TOLD), *lost(21, 21)], ["Speech recognition failed (0:21): no stretch"]),
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


def test_all_figures_but_those_of_the_voice_are_less_sure_where_words_were_lost() -> None:
    def sure(found: Scorecard) -> dict[str, str]:
        return {metric.id: metric.confidence for metric in found.metrics}

    whole, gap = sure(card(said(1, 20, TOLD))), sure(card(said(1, 20, TOLD), *lost(21, 25)))
    assert whole.keys() >= OF_THE_VOICE
    less = {"high": "medium", "medium": "low", "low": "low"}
    assert gap == {name: told if name in OF_THE_VOICE else less[told] for name, told in whole.items()}


def test_every_rule_is_of_what_was_said_or_of_what_is_missing() -> None:
    sorted_ = {rule: rule in OF_WHAT_WAS_SAID or rule.partition(".")[0] in OF_WHAT_WAS_SAID for rule in ALL}
    assert [rule for rule, said in sorted_.items() if not said and rule not in OF_WHAT_IS_MISSING] == []
    assert set(ALL) >= OF_WHAT_IS_MISSING
    assert not OF_WHAT_WAS_SAID & OF_WHAT_IS_MISSING
    assert not is_of_what_was_said("family.nobody_sorted_it")


def test_where_much_was_lost_nothing_missing_is_held_against_anybody() -> None:
    talk = "hello everybody what a lovely evening it is " * 3
    lines = [said(at, at + 8, talk) for at in range(1, 100, 10)]
    gone = [event for at in range(200, 360, 20) for event in lost(at, at + 15)]
    whole, found = (
        score(scenario(EN, material_connection=True), log(*events, end=400)) for events in (lines, [*lines, *gone])
    )

    def practised(card: Scorecard) -> set[str]:
        return {item.rule for item in card.findings if item.tone == "practise"} & OF_WHAT_IS_MISSING

    assert practised(whole) >= {"coverage.miss", "price.never", "structure.absent", "compliance.disclosure.missing"}
    assert practised(found) == set()
    rules = {item.id: item.rule for item in found.findings}
    assert all(is_of_what_was_said(rules[item.finding_id]) for item in found.focus)
    assert found.compliance == []
    assert found.scores[1].value is None
    assert "Over a quarter" in found.summary.en


@pytest.mark.parametrize("goals", [[], [{"id": "c", "kind": "coverage", "pass": 70}]])
def test_where_much_was_lost_nobody_fails(goals: list[dict[str, object]]) -> None:
    found = score(scenario(EN, goals=goals), log(said(1, 20, TOLD), *lost(21, 60), end=61))
    assert found.overall is not None
    assert (found.overall.value, found.overall.passed, found.overall.blockers) == (None, None, [])
    assert found.overall.not_measured is not None
    told_beside_it = found.model_copy(update={"overall": found.overall.model_copy(update={"not_measured": None})})
    for format in ("html", "md"):
        with_reason, without = (render(card, format, "en").count("Over a quarter") for card in (found, told_beside_it))
        assert with_reason == without + 1


def test_what_was_heard_and_may_never_be_said_fails_however_much_was_lost() -> None:
    heard = said(1, 20, f"{TOLD} This cures cancer, guaranteed.")
    found = score(scenario(EN), log(heard, *lost(21, 60), end=61)).overall
    assert found is not None
    assert (found.value, found.passed, len(found.blockers)) == (None, False, 1)


@pytest.mark.parametrize(("said_by_hand", "judged"), [(["hi everybody"], False), ([TOLD] * 20, True)])
def test_typing_instead_of_a_dead_recogniser_is_scored_where_it_is_most_of_the_talk(
    said_by_hand: list[str], *, judged: bool
) -> None:
    hand = [typed(110 + at, text) for at, text in enumerate(said_by_hand)]
    found = card(*lost(5, 60), *hand, end=140)
    assert (found.scores[1].value is not None) is judged
    assert (found.overall is not None and found.overall.passed is None) is not judged
    assert any(item.tone == "practise" and item.rule in OF_WHAT_IS_MISSING for item in found.findings) is judged


@pytest.mark.parametrize(("after", "unanswered"), [([], 1), (lost(24, 28), 0), (lost(72, 76), 1)])
def test_a_line_that_lost_words_may_answer_is_not_called_unanswered(
    after: list[tuple[float, Event]], unanswered: int
) -> None:
    talk = [said(1, 20, TOLD), posted(22, "how heavy is it?", viewer="ann")]
    room = {"viewers": [{"id": "ann", "type": "product_skeptic", "name": "Ann", "channel": "chat"}]}
    found = score(scenario(EN, **room), log(*talk, *after, end=80))
    assert sum(line.handled == "unanswered" for line in found.handled) == unanswered
