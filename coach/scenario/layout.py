"""Rules on how a file is written: the line that editors read, quotes that other YAML readers need, stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.errors import Place, Sentence
from coach.scenario.finding import Edit, Finding
from coach.scenario.scalar import scalar
from coach.scenario.yaml_tree import Path, Tree

_MARK = "yaml-language-server: $schema="
_COMMAS = re.compile(r"、|(?<!\d)，|，(?!\d)")
SHORT_LISTS = ("aliases", "gifts", "must_not_say", "evidence_needed", "viewers", "products", "blockers")
"""Lists of short words, none of which has a reason to hold a comma."""
ONE_MAY_HOLD_COMMAS = ("must_facts", "certificates", "gifts")
"""Lists of which one entry may hold a comma all the same ("cup, lid and brush"): splitting it is only proposed."""
_CUES: Path = ("cues",)
_OWN_KEYS = ("id", "product", "viewers")
"""Keys by which a file is taken for a scenario: a folder may hold other YAML too."""
_IDS = ("id", "viewer", "point", "stage", "skill", "category")
"""Keys whose values are compared with others."""


def layout_findings(tree: Tree, schema: str) -> list[Finding]:
    """Return the findings on how a file is written.

    Args:
        tree: The file as read.
        schema: Path of `scenario.schema.json` as seen from the file.
    """
    return [*_schema_line(tree, schema), *_cues(tree), *_padded(tree), *_wide_commas(tree)]


def schema_line(schema: str) -> str:
    """Return the comment that makes editors complete keys and mark mistakes."""
    return f"# {_MARK}{schema}"


def _schema_line(tree: Tree, schema: str) -> Iterator[Finding]:
    is_scenario = isinstance(tree.data, dict) and any(key in tree.data for key in _OWN_KEYS)
    if not is_scenario or any(_MARK in line for line in tree.text.split("\n")[:10]):
        return
    newline = "\r\n" if "\r\n" in tree.text else "\n"
    what = Sentence("no line tells editors the schema")
    advice = Sentence("write {line} at the top: editors then complete keys and mark mistakes", line=schema_line(schema))
    yield Finding(
        "schema_line", "info", Place(tree.name, 1, 1), what, advice, Edit(0, 0, schema_line(schema) + newline)
    )


def _cues(tree: Tree) -> Iterator[Finding]:
    if tree.written(_CUES) == "off":
        what = Sentence("off without quotes is 'false' to other YAML readers, editors among them")
        edit = tree.replaced(_CUES, "off")
        yield Finding("bare_off", "warning", tree.place(_CUES), what, Sentence('write cues: "off"'), edit)


def _padded(tree: Tree) -> Iterator[Finding]:
    for path in tree.spans:
        value = _value(tree, path)
        if path and path[-1] in _IDS and isinstance(value, str) and value != value.strip() and value.strip():
            what = Sentence("spaces around {value!r}", value=value)
            advice = Sentence("write {right}", right=value.strip())
            yield Finding("spaces", "warning", tree.place(path), what, advice, tree.replaced(path, value.strip()))


def _wide_commas(tree: Tree) -> Iterator[Finding]:
    """Several short words in one entry of a list: [甲，乙] has one entry to YAML."""
    for path, (start, end) in tree.spans.items():
        written = tree.text[start:end]
        if len(path) < 2 or path[-2] not in SHORT_LISTS or not isinstance(path[-1], int) or written[:1] in "\"'|>":
            continue
        parts = [part.strip() for part in _COMMAS.split(written) if part.strip()]
        if len(parts) > 1 and _is_flow(tree, path):
            what = Sentence("one entry, though it looks like {count}: {value!r}", count=len(parts), value=written)
            right = ", ".join(scalar(part) for part in parts)
            advice = Sentence("write {right}", right=right)
            edit = None if path[-2] in ONE_MAY_HOLD_COMMAS else Edit(start, end, right)
            yield Finding("wide_comma", "warning", tree.place(path), what, advice, edit)


def _is_flow(tree: Tree, path: Path) -> bool:
    line, column = tree.values[path[:-1]]
    begin = sum(len(one) + 1 for one in tree.text.split("\n")[: line - 1]) + column - 1
    return tree.text[begin : begin + 1] == "["


def _value(tree: Tree, path: Path) -> object:
    here = tree.data
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return None  # the second of two equal keys
    return here
