"""Hostile-proof YAML: plain data plus the place of every key and value.

Read from parser events, not from built objects, so that nothing is expanded or constructed: anchors, aliases and
tags are refused, nesting and size are bounded. Scalars stay text (only a plain `null`, `~` or nothing is None);
the model turns text into numbers and dates, so `off` stays `off` and `1.50` keeps its zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from coach.errors import Place, ScenarioError

Path: TypeAlias = tuple[str | int, ...]
Problem: TypeAlias = tuple[Place, str]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000
_TOO_DEEP = "the file is nested too deeply or holds too many values for a scenario"

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Tree:
    """Data with places; a path is the keys and positions leading to a value."""

    name: str
    data: Any = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return where `path` stands; where it is missing, its nearest parent."""
        tables = (self.keys, self.values) if at_key else (self.values, self.keys)
        for end in range(len(path), -1, -1):
            for table in tables:
                if path[:end] in table:
                    line, column = table[path[:end]]
                    return Place(self.name, line, column, dotted(path))
        return Place(self.name, 1, 1, dotted(path))


def dotted(path: Path) -> str:
    """Return `viewers[0].price_limit` for `("viewers", 0, "price_limit")`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_tree(text: str, name: str) -> Tree:
    """Parse one YAML document.

    Args:
        text: The whole file; at most `MAX_BYTES` of UTF-8.
        name: File name for messages.

    Raises:
        ScenarioError: If it is too large, not YAML, or uses anchors, aliases, tags or too deep nesting. Duplicate
            and odd keys do not raise; they are in `problems`, so that they are told together with other faults.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise too_large(name)
    tree = Tree(name)
    try:
        _Builder(tree, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise ScenarioError([(place, _said(error))]) from error
    except yaml.YAMLError as error:
        raise ScenarioError([(_odd_character(text, name), "not valid YAML: a control character")]) from error
    return tree


def _said(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or ""
    if "nesting depth" in problem:  # the parser has a limit of its own, which it may reach before ours
        return _TOO_DEEP
    return f"not valid YAML: {problem}"


def too_large(name: str) -> ScenarioError:
    """Return the error for a file beyond the limit."""
    return ScenarioError([(Place(name), f"the file is larger than {MAX_BYTES // 1024} kB; a scenario has a few kB")])


def _odd_character(text: str, name: str) -> Place:
    for number, line in enumerate(text.split("\n"), start=1):
        for column, char in enumerate(line, start=1):
            if not char.isprintable() and char not in "\t\r":
                return Place(name, number, column)
    return Place(name)


class _Builder:
    """Builds data from events, one value at a time."""

    def __init__(self, tree: Tree, events: Iterator[yaml.Event]) -> None:
        self._tree = tree
        self._events = events
        self._nodes = 0

    def document(self) -> None:
        """Read the only document of the stream."""
        seen = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise self._refusal(event, "expected one YAML document, got a second one after '---'")
                self._tree.data = self._value(next(self._events), (), 0)
        if not seen:
            raise ScenarioError([(Place(self._tree.name, 1, 1), "the file is empty; expected a scenario")])

    def _value(self, event: yaml.Event, path: Path, depth: int) -> Any:
        self._guard(event, depth)
        self._tree.values[path] = _start(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise RuntimeError(f"expected a YAML value, got {event!r}")
        plain = event.style is None or event.style == ""
        return None if plain and event.value in _NULLS else event.value

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._guard(event, depth)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, "expected a simple key, got a list or mapping as key")
            self._entry(mapping, event, path, depth)
        return mapping

    def _entry(self, mapping: dict[str, Any], event: yaml.ScalarEvent, path: Path, depth: int) -> None:
        key = event.value
        place = _start(event)
        if key not in mapping:
            self._tree.keys[(*path, key)] = place
            mapping[key] = self._value(next(self._events), (*path, key), depth + 1)
            return
        first = self._tree.keys[(*path, key)][0]
        where = Place(self._tree.name, *place, dotted((*path, key)))
        self._tree.problems.append((where, f"the key {key!r} is already given in line {first}; keep one of them"))
        self._value(next(self._events), (*path, key, "again", self._nodes), depth + 1)

    def _guard(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refusal(event, "anchors and aliases (& and *) are not allowed; write the value out")
        if tag := getattr(event, "tag", None):
            raise self._refusal(event, f"the tag {tag!r} is not allowed; write a plain value")
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise self._refusal(event, _TOO_DEEP)

    def _refusal(self, event: yaml.Event, text: str) -> ScenarioError:
        return ScenarioError([(Place(self._tree.name, *_start(event)), text)])


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
