"""Hostile-proof YAML: plain data plus the place of every key and value.

Read from parser events, not from built objects, so that nothing is expanded or constructed: anchors, aliases and
tags are refused, nesting and size are bounded. Scalars stay text (only a plain `null`, `~` or nothing is None);
the model turns text into numbers and dates, so `off` stays `off` and `1.50` keeps its zero.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from coach.errors import Place, Sentence
from coach.scenario.finding import BrokenScenario, Edit, Finding, broken
from coach.scenario.scalar import scalar
from coach.scenario.syntax import LOADER, syntax_fault

Path: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000

_NULLS = {"", "~", "null", "Null", "NULL"}


class Lines:
    """Where lines begin, as editors count them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(slots=True)
class Tree:
    """Data with places; a path is the keys and positions leading to a value."""

    name: str
    text: str = ""
    data: Any = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Where values begin: line and column."""
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    spans: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """First character and the one after the last of every scalar value."""
    key_spans: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return where `path` stands; where it is missing, its nearest parent."""
        tables = (self.keys, self.values) if at_key else (self.values, self.keys)
        for end in range(len(path), -1, -1):
            for table in tables:
                if path[:end] in table:
                    line, column = table[path[:end]]
                    return Place(self.name, line, column, dotted(path))
        return Place(self.name, 1, 1, dotted(path))

    def written(self, path: Path) -> str:
        """Return a scalar as it stands in the file, with its quotes; empty if there is none."""
        start, end = self.spans.get(path, (0, 0))
        return self.text[start:end]

    def replaced(self, path: Path, new: str | float, *, key: bool = False) -> Edit | None:
        """Return the edit that writes another value, or another key, at its place."""
        span = (self.key_spans if key else self.spans).get(path)
        return Edit(*span, scalar(new)) if span else None


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
        BrokenScenario: If it is too large, not YAML, or uses anchors, aliases, tags or too deep nesting. Duplicate
            and odd keys do not raise; they are in `problems`, so that they are told together with other faults.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise too_large(name, text)
    tree = Tree(name, text)
    try:
        _Builder(tree, yaml.parse(text, Loader=LOADER)).document()
    except yaml.MarkedYAMLError as error:
        raise BrokenScenario([syntax_fault(error, text, name)]) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise _odd_character(text, name) from error
    return tree


def too_large(name: str, text: str) -> BrokenScenario:
    """Return the error for a file beyond the limit, at the line where it goes beyond it.

    Args:
        name: Of the file.
        text: Its beginning, at least.
    """
    begin = text.encode("utf-8", "surrogatepass")[:MAX_BYTES].decode("utf-8", "ignore")
    return broken(
        "too_large",
        Place(name, *Lines(begin).at(len(begin))),
        Sentence("the file is larger than {most} kB; a scenario has a few kB", most=MAX_BYTES // 1024),
        Sentence("keep the product, its viewers and the plan; leave everything else out"),
    )


def _odd_character(text: str, name: str) -> BrokenScenario:
    at = next((at for at, char in enumerate(text) if not char.isprintable() and char not in "\t\r\n"), 0)
    return broken(
        "control_character",
        Place(name, *Lines(text).at(at)),
        Sentence("not valid YAML: a control character (U+{code})", code=f"{ord(text[at : at + 1] or ' '):04X}"),
        Sentence("delete it; it cannot be seen in most editors"),
        Edit(at, at + 1, ""),
    )


class _Builder:
    """Builds data from events, one value at a time."""

    def __init__(self, tree: Tree, events: Iterator[yaml.Event]) -> None:
        self._tree = tree
        self._events = events
        self._lines = Lines(tree.text)
        self._nodes = 0

    def document(self) -> None:
        """Read the only document of the stream."""
        seen = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise self._refusal(
                        "second_document",
                        event,
                        Sentence("expected one YAML document, got a second one after '---'"),
                        Sentence("put each scenario into a file of its own"),
                    )
                self._tree.data = self._value(next(self._events), (), 0)
        if not seen:
            raise broken(
                "empty",
                Place(self._tree.name, 1, 1),
                Sentence("the file is empty; expected a scenario"),
                Sentence("begin one with: run_coach.py scenario new"),
            )

    def _value(self, event: yaml.Event, path: Path, depth: int) -> Any:
        self._guard(event, depth)
        self._tree.values[path] = self._start(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise RuntimeError(f"expected a YAML value, got {event!r}")
        self._tree.spans[path] = _span(event)
        self._say_no_control(event)
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
                raise self._refusal(
                    "odd_key",
                    event,
                    Sentence("expected a simple key, got a list or mapping as key"),
                    Sentence("write 'key: value'; put a text that holds brackets in quotes"),
                )
            self._entry(mapping, event, path, depth)
        return mapping

    def _entry(self, mapping: dict[str, Any], event: yaml.ScalarEvent, path: Path, depth: int) -> None:
        key, here = event.value, (*path, event.value)
        if key not in mapping:
            self._tree.keys[here], self._tree.key_spans[here] = self._start(event), _span(event)
            mapping[key] = self._value(next(self._events), here, depth + 1)
            return
        self._tree.problems.append(
            Finding(
                "duplicate_key",
                "error",
                Place(self._tree.name, *self._start(event), dotted(here)),
                Sentence("the key {key!r} is already given in line {line}", key=key, line=self._tree.keys[here][0]),
                Sentence("keep one of them"),
            )
        )
        self._value(next(self._events), (*here, "again", self._nodes), depth + 1)

    def _guard(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = Sentence("anchors and aliases (& and *) are not allowed")
            raise self._refusal("alias", event, what, Sentence("write the value out, or put the text in quotes"))
        if tag := getattr(event, "tag", None):
            what = Sentence("the tag {tag!r} is not allowed", tag=tag)
            raise self._refusal("tag", event, what, Sentence("write a plain value, or put the text in quotes"))
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            what = Sentence("the file is nested too deeply or holds too many values for a scenario")
            raise self._refusal("too_deep", event, what, Sentence("compare it with a shipped scenario"))

    def _say_no_control(self, event: yaml.ScalarEvent) -> None:
        """Refuse what only escapes can write: databases take no NUL, and no voice says one."""
        found = next((char for char in event.value if char < " " and char not in "\t\r\n"), None)
        if found is not None:
            what = Sentence("a text holds a control character (U+{code})", code=f"{ord(found):04X}")
            advice = Sentence("delete it; nobody can see or say it")
            raise self._refusal("control_character", event, what, advice)

    def _refusal(self, rule: str, event: yaml.Event, what: Sentence, instead: Sentence) -> BrokenScenario:
        return broken(rule, Place(self._tree.name, *self._start(event)), what, instead)

    def _start(self, event: yaml.Event) -> tuple[int, int]:
        return self._lines.at(_span(event)[0])


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)
