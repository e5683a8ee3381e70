from __future__ import annotations

import inspect

import pytest

from coach import errors
from coach.errors import CoachError, EngineError, InputError, Place, RoomFull, ScenarioError

TREE = {
    "CoachError": Exception,
    "InputError": errors.CoachError,
    "ScenarioError": errors.InputError,
    "TranscriptError": errors.InputError,
    "AudioInputError": errors.InputError,
    "ConsentNeeded": errors.InputError,
    "ReviewRefused": errors.InputError,
    "EngineError": errors.CoachError,
    "RoomFull": errors.CoachError,
    "StorageError": errors.CoachError,
    "MissingPart": errors.CoachError,
}


def test_the_tree_is_the_one_drawn_at_the_top_of_the_module() -> None:
    classes = {name: cls for name, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, Exception)}
    assert {name: cls.__base__ for name, cls in classes.items()} == TREE
    for name in TREE:
        assert name in (errors.__doc__ or "") or name == "CoachError"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("s.yaml"), "s.yaml"),
        (Place("s.yaml", 3), "s.yaml:3"),
        (Place("s.yaml", 3, 7), "s.yaml:3:7"),
        (Place("s.yaml", 3, 7, "viewers.0.type"), "s.yaml:3:7 (viewers.0.type)"),
        (Place("s.yaml", field="title"), "s.yaml (title)"),
    ],
)
def test_a_place_is_written_as_editors_read_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_scenario_error_lists_each_problem_on_a_line_and_keeps_them() -> None:
    problems = [(Place("s.yaml", 1, 2), "expected a number"), (Place("s.yaml", 9), "unknown key")]
    error = ScenarioError(problems)
    assert str(error).splitlines() == ["s.yaml:1:2: expected a number", "s.yaml:9: unknown key"]
    assert error.problems == problems
    assert isinstance(error, InputError)


def test_engine_and_room_errors_carry_what_the_caller_acts_on() -> None:
    engine = EngineError("espeak", "no voice for fr", retryable=False)
    assert (engine.engine, engine.retryable, str(engine)) == ("espeak", False, "espeak: no voice for fr")
    full = RoomFull(4, retry_after_sec=20)
    assert full.retry_after_sec == 20
    assert "4" in str(full)
    assert "20 s" in str(full)
    assert isinstance(full, CoachError)
