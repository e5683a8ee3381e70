"""What the YAML parser could not read, in an author's words: full-width colons, tabs, open quotes, wrong indents."""

from __future__ import annotations

import re
from typing import Any

import yaml

from coach.errors import Place, Sentence
from coach.scenario.finding import Edit, Finding

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads YAML: the fast one where it is there."""
_KEY_WITHOUT_SPACE = re.compile(
    r"^[ \t]*(?:- +)?(?P<key>[A-Za-z_\u3400-\u9fff][\w-]*)(?P<colon>：[ \t]*|:(?=[^\s:/]))", re.MULTILINE
)
"""A key before a full-width colon, or before a colon with no space after it."""
_WIDE_COMMA = re.compile(r"(?P<comma>[，、])[ \t]*(?=[\w\u3400-\u9fff]+: )")
"""A full-width comma before a key."""
_TAB_INDENT = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)
_TAB = "  "
_SWALLOWED = re.compile(r"\n[ \t]*(?:- |[A-Za-z_\u3400-\u9fff][\w-]*:(?:\s|$))")
"""A line inside quotes that would be a key or an entry of a list outside them."""

_ADVICE: tuple[tuple[str, Sentence, Sentence], ...] = (
    (
        "mapping values are not allowed",
        Sentence("not valid YAML: a second ': ' in one value"),
        Sentence("put a text that holds ': ' in quotes"),
    ),
    (
        "could not find expected ':'",
        Sentence("not valid YAML: a line without 'key: value'"),
        Sentence("write a key, a colon and a space before the value"),
    ),
    (
        "found unexpected end of stream",
        Sentence("not valid YAML: a quote that is opened here is never closed"),
        Sentence("close it with the same quote at the end of the text"),
    ),
    (
        "unknown escape character",
        Sentence("not valid YAML: a backslash inside double quotes begins something unknown"),
        Sentence("use single quotes around the text, or write \\\\ for a backslash"),
    ),
    (
        "did not find expected ',' or",
        Sentence("not valid YAML: a bracket that is opened here is not closed properly"),
        Sentence("put a comma between values, close the bracket, and put texts with commas or colons in quotes"),
    ),
    (
        "did not find expected node content",
        Sentence("not valid YAML: a value was expected here"),
        Sentence("write a value, or take the surplus comma or bracket away"),
    ),
    (
        "did not find expected key",
        Sentence("not valid YAML: this line does not stand under the others, or text follows a closing quote"),
        Sentence("align it with the keys around it, two spaces a level; put the whole text inside the quotes"),
    ),
    (
        "did not find expected '-'",
        Sentence("not valid YAML: this line does not stand under the others of its list"),
        Sentence("align it with the '- ' lines above it"),
    ),
    (
        "block sequence entries are not allowed",
        Sentence("not valid YAML: a list cannot begin here"),
        Sentence("put '- ' on a new line below the key, indented by two spaces"),
    ),
    (
        "nesting depth",
        Sentence("the file is nested too deeply or holds too many values for a scenario"),
        Sentence("compare it with a shipped scenario"),
    ),
)


def syntax_fault(error: yaml.MarkedYAMLError, text: str, name: str) -> Finding:
    """Return where and why a text is no YAML, with the edit for the slips that have only one remedy."""
    mark = _mark(error)
    at = min(mark.index, len(text)) if mark else 0
    place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
    return (
        _quote(error, text, name)
        or _comma(error, text, name)
        or _colon(text, at, name)
        or _tab(text, name, at)
        or _other(error, text, at, place)
    )


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Return the mark nearest to the slip: where a bracket or quote was opened, not where its end was missed."""
    context = error.context or ""
    open_quote = "quoted" in context and "escape" not in (error.problem or "")
    if error.context_mark and ("flow" in context or open_quote or "simple key" in context):
        return error.context_mark
    return error.problem_mark or error.context_mark


def _quote(error: yaml.MarkedYAMLError, text: str, name: str) -> Finding | None:
    """Return the fault of a quote that swallowed lines up to the next quote, behind which the parser gave up."""
    mark = error.problem_mark
    opened = _swallowing(text, mark) if mark else None
    if opened is None:
        return None
    what = Sentence("not valid YAML: a quote that is opened here is never closed")
    advice = Sentence("close it with the same quote at the end of the text")
    return Finding("syntax", "error", Place(name, *_place(text, opened)), what, advice)


def _swallowing(text: str, mark: yaml.Mark) -> int | None:
    """Return where the quoted text begins that ends in the line of `mark` and holds lines of other keys."""
    last = None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if token.start_mark.index > mark.index:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except yaml.YAMLError:
        pass  # the fault itself; what came before it counts
    if last is None or last.end_mark.line != mark.line:
        return None
    begin, end = int(last.start_mark.index), int(last.end_mark.index)
    return begin if _SWALLOWED.search(text, begin, end) else None


def _comma(error: yaml.MarkedYAMLError, text: str, name: str) -> Finding | None:
    """Return the fault of a full-width comma between values in brackets."""
    begin, end = error.context_mark, error.problem_mark
    if not begin or not end or "flow" not in (error.context or ""):
        return None
    hit = _WIDE_COMMA.search(text, begin.index, end.index + 2)
    if hit is None:
        return None
    return Finding(
        "comma",
        "error",
        Place(name, *_place(text, hit.start())),
        Sentence("not valid YAML: {comma!r} between values is no separator", comma=hit["comma"]),
        Sentence("write a plain comma and a space"),
        Edit(hit.start(), hit.end(), ", "),
    )


def _colon(text: str, at: int, name: str) -> Finding | None:
    """Return the fault of a colon that YAML does not take for one, at or just before the place."""
    end = text.find("\n", at)
    found = list(_KEY_WITHOUT_SPACE.finditer(text, 0, len(text) if end < 0 else end))
    near = [hit for hit in found if text.count("\n", hit.start("key"), at) <= 1]
    if not near:
        return None
    hit = near[-1]
    bare = text[hit.end("colon") : hit.end("colon") + 1] in ("", "\n", "\r")
    return Finding(
        "colon",
        "error",
        Place(name, *_place(text, hit.start("colon")), hit["key"]),
        Sentence(
            "not valid YAML: {colon!r} right after {key!r} is no separator", colon=hit["colon"].strip(), key=hit["key"]
        ),
        Sentence("write {right!r}, a plain colon and a space", right=f"{hit['key']}: "),
        Edit(hit.start("colon"), hit.end("colon"), ":" if bare else ": "),
    )


def _tab(text: str, name: str, at: int) -> Finding | None:
    """Return the fault of a tab used to indent; all of them are replaced, one would not do."""
    hit = _TAB_INDENT.search(text)
    if hit is None or text.count("\n", 0, hit.start()) > text.count("\n", 0, at):
        return None
    first = hit.start() + hit[0].index("\t")
    spaced = _TAB_INDENT.sub(lambda found: found[0].replace("\t", _TAB), text)
    return Finding(
        "tab",
        "error",
        Place(name, *_place(text, first)),
        Sentence("not valid YAML: a tab at the beginning of a line"),
        Sentence("indent with two spaces"),
        Edit(0, len(text), spaced),
    )


def _other(error: yaml.MarkedYAMLError, text: str, at: int, place: Place) -> Finding:
    problem = f"{error.problem or ''} {error.context or ''}".strip()
    if "cannot start any token" in problem:
        what = Sentence("not valid YAML: a value cannot begin with {char!r}", char=text[at : at + 1])
        return Finding("syntax", "error", place, what, Sentence("put the whole text in quotes"))
    if "mapping values are not allowed" in problem and (indented := _indented(text, at)) is not None:
        what = Sentence("not valid YAML: this line is indented more than the one above")
        advice = Sentence("align it with the keys around it")
        return Finding("syntax", "error", Place(place.path, *_place(text, indented)), what, advice)
    for words, what, advice in _ADVICE:
        if words in problem:
            return Finding("too_deep" if "nesting" in words else "syntax", "error", place, what, advice)
    what = Sentence("not valid YAML: {problem}", problem=problem)
    return Finding("syntax", "error", place, what, Sentence("compare the line with one that works; quote odd texts"))


def _indented(text: str, at: int) -> int | None:
    """Return where a line begins that stands too far right; None if the slip at `at` is another."""
    begin = text.rfind("\n", 0, at) + 1
    before = text[begin:at]
    return begin + len(before) - len(before.lstrip()) if before[:1] == " " and ": " not in before else None


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
