from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import pkgutil
import re
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from coach import events
from coach.errors import InputError
from coach.events import Record, dump_record, load_record, record_schema

EVENTS: tuple[type[Any], ...] = get_args(get_args(events.Event)[0])


def example(hint: Any, *, full: bool) -> Any:
    """Make a value of a type from its hint: `full` fills optional parts and collections, else they stay empty."""
    origin, args = get_origin(hint), get_args(hint)
    match hint:
        case _ if hint in (str, int, float, bool):
            return {str: "八十九块9 “ok”\n", int: 7, float: 12.3456, bool: True}[hint]
        case _ if origin is Literal:
            return args[-1]
        case _ if origin in (Union, types.UnionType):
            return example(args[0], full=full) if full else None
        case _ if origin is tuple:
            return (example(args[0], full=full),) * 2 if full else ()
        case _ if origin is dict:
            return {example(args[0], full=full): example(args[1], full=full)} if full else {}
        case _ if dataclasses.is_dataclass(hint):
            return make(hint, full=full)
    raise TypeError(f"no example for {hint!r}: teach this test to make one")


def make(event: Any, *, full: bool) -> Any:
    hints = get_type_hints(event)
    return event(**{field.name: example(hints[field.name], full=full) for field in dataclasses.fields(event)})


RECORDS = [
    Record(seq=seq, at=seq / 8, event=make(event, full=full))
    for seq, event in enumerate(EVENTS)
    for full in (False, True)
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.event.type)
def test_every_event_comes_back_from_its_line_as_it_was(record: Record) -> None:
    line = dump_record(record)
    assert b"\n" not in line
    assert load_record(line) == record
    assert load_record(line.decode()) == record


def test_every_event_class_of_the_package_is_in_the_union_and_exported() -> None:
    parts = [importlib.import_module(f"coach.events.{part.name}") for part in pkgutil.iter_modules(events.__path__)]
    classes = {cls for part in parts for _, cls in inspect.getmembers(part, inspect.isclass)}
    facts = {cls for cls in classes if dataclasses.is_dataclass(cls) and "type" in cls.__annotations__}
    assert facts == set(EVENTS)
    assert {event.__name__ for event in EVENTS} <= set(events.__all__)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_is_a_documented_frozen_fact_named_like_its_class(event: type[Any]) -> None:
    value = make(event, full=False)
    assert value.type == re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()
    assert not (event.__doc__ or "").startswith(event.__name__), "the class has no docstring of its own"
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.type = "other"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_an_unknown_key_is_refused_and_named(event: type[Any]) -> None:
    raw = json.loads(dump_record(Record(seq=0, at=0.0, event=make(event, full=True))))
    raw["event"]["colour"] = "red"
    with pytest.raises(InputError, match="colour"):
        load_record(json.dumps(raw))


def test_an_unknown_key_of_the_record_is_refused() -> None:
    raw = json.loads(dump_record(RECORDS[0])) | {"extra": 1}
    with pytest.raises(InputError, match="extra"):
        load_record(json.dumps(raw))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        '{"seq": 0, "at": 0.0}',
        '{"seq": 0, "at": 0.0, "event": {"type": "nobody_said_this"}}',
        '{"seq": 0, "at": 0.0, "event": {}}',
        '{"seq": "x", "at": 0.0, "event": {"type": "rehearsal_ended", "reason": "time"}}',
        '{"seq": 0, "at": 0.0, "event": {"type": "rehearsal_ended", "reason": "bored"}}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_no_record_is_an_input_error(line: str | bytes) -> None:
    with pytest.raises(InputError, match="Not a record"):
        load_record(line)


def test_a_log_from_before_a_line_said_what_ended_it_still_loads() -> None:
    voiced = events.LineVoiced(
        line_id="l", viewer_id="v", text="a b", heard_text="a", cut_off=True, start=1.0, end=2.0, cut_by="end"
    )
    raw = json.loads(dump_record(Record(seq=0, at=2.0, event=voiced)))
    del raw["event"]["cut_by"]
    record = load_record(json.dumps(raw))
    assert isinstance(record.event, events.LineVoiced)
    assert (record.event.cut_by, record.event.cut_by_streamer) == (None, True)


def test_the_schema_knows_every_event() -> None:
    schema = json.dumps(record_schema())
    for event in EVENTS:
        assert f'"{event.__name__}"' in schema
