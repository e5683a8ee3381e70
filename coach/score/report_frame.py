"""The parts HTML reports are built of. Every text from outside goes through `esc`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from coach.score.report_words import Words
from coach.score.scorecard import Evidence

Row = tuple[str, ...]
"""Ready cells of a table, in the order of its headings."""


def esc(text: str) -> str:
    """Return a text that HTML leaves alone, in content and in attributes."""
    return escape(text, quote=True)


def section(name: str, heading: str, body: str, *, note: str = "") -> str:
    """Return one section with its heading; nothing where there is nothing in it."""
    if not body:
        return ""
    said = f"<p class=soft>{esc(note)}</p>" if note else ""
    return f'<section id="{esc(name)}"><h2>{esc(heading)}</h2>{said}{body}</section>'


def quote(evidence: Evidence | None, words: Words) -> str:
    """Return words that were said, with their place; a viewer's with the name."""
    if evidence is None or not evidence.quote:
        return ""
    place = words.place(evidence)
    at = f' <span class="soft at">{place}</span>' if place else ""
    at += f' <span class="soft">{esc(words("proposed"))}</span>' if evidence.proposed else ""
    who = ' class="viewer"' if evidence.speaker == "viewer" else ""
    name = f"<b>{esc(words.speaker(evidence))}</b> " if words.speaker(evidence) else ""
    return f"<blockquote{who}>{name}<q>{esc(evidence.quote)}</q>{at}</blockquote>"


def quotes(evidence: Sequence[Evidence], words: Words, most: int = 2) -> str:
    """Return the first few quotes."""
    return "".join(quote(item, words) for item in evidence[:most])


def table(heads: Iterable[str], rows: Sequence[Row], kind: str = "") -> str:
    """Return a table; nothing without rows. Each cell holds its heading, told beside it where a phone stacks them."""
    if not rows:
        return ""
    names = list(heads)
    head = "".join(f"<th scope=col>{esc(text)}</th>" for text in names)
    body = "".join(f"<tr>{''.join(map(_cell, names, cells))}</tr>" for cells in rows)
    named = f' class="{kind}"' if kind else ""
    return f"<table{named}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(name: str, cell: str) -> str:
    """Return a ready cell under its heading."""
    named = f' data-name="{esc(name)}"' if name else ""
    return f"<td{named}>{cell}</td>"


def row(*cells: str) -> Row:
    """Return a row of ready cells."""
    return cells


def tag(text: str, kind: str) -> str:
    """Return a short word in a coloured box; the word carries the meaning, the colour only helps."""
    return f'<span class="tag {kind}">{esc(text)}</span>'


def labelled(label: str, body: str) -> str:
    """Return a ready text with its label before it."""
    return f'<div class="told"><span class="soft">{esc(label)}</span><div>{body}</div></div>' if body else ""


def soft(text: str) -> str:
    """Return a note."""
    return f"<p class=soft>{esc(text)}</p>" if text else ""
