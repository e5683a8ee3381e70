"""What is said of files that could not be used, kept so that each reader gets it in their language.

A run may be read in another language than it was started in, and its results are made of what the journal holds.
"""

from __future__ import annotations

from typing import Any

from coach.error_texts import in_chinese
from coach.errors import Sentence


def kept(text: str) -> Any:
    """Return a sentence as plain values: its template with the values, or the text where it is no more than that."""
    if not isinstance(text, Sentence):
        return _readable(text)
    return [
        text.template,
        {name: kept(value) if isinstance(value, str) else value for name, value in text.fields.items()},
    ]


def told(value: Any, language: str) -> str:
    """Return what was kept in a language.

    Args:
        value: As `kept` returned it.
        language: `zh` or `en`.
    """
    text = _sentence(value)
    return in_chinese(text) if language == "zh" else str(text)


def _sentence(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    template, fields = value
    return Sentence(template, **{name: _sentence(field) for name, field in fields.items()})


def _readable(text: str) -> str:
    """Return text that can be written: names of files may hold bytes that are none."""
    return text.encode("utf-8", "replace").decode()
