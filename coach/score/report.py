"""A scorecard to read or print: HTML (one file, no scripts), Markdown or JSON, in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable

from coach.errors import InputError
from coach.score.report_html import render_html
from coach.score.report_md import render_markdown
from coach.score.report_private import shared
from coach.score.scorecard import Scorecard

FORMATS = ("html", "md", "json")
LANGUAGES = ("zh", "en")


def render(scorecard: Scorecard, format: str, language: str) -> str:
    """Return the report.

    Args:
        scorecard: What to show; measures of the voice, which are private to the streamer, are left out.
        format: `html`, `md` or `json`.
        language: `zh` or `en`, of the texts; quotes stay as they were said. JSON holds both.

    Raises:
        InputError: If format or language is none of these.
    """
    if format not in FORMATS:
        raise InputError("expected a report format of {names}, got {format!r}", names=", ".join(FORMATS), format=format)
    if language not in LANGUAGES:
        raise InputError(
            "expected a report language of {names}, got {language!r}", names=", ".join(LANGUAGES), language=language
        )
    renderers: dict[str, Callable[[Scorecard, str], str]] = {"html": render_html, "md": render_markdown}
    if format == "json":
        return shared(scorecard).model_dump_json(indent=2) + "\n"
    return renderers[format](shared(scorecard), language)
