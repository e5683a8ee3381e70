"""The report as one HTML file: inline style and charts, no scripts, nothing fetched, prints on paper. DOMAIN §6.1."""

from __future__ import annotations

from pathlib import Path

from coach.score import report_first as first
from coach.score import report_method as method
from coach.score import report_product as product
from coach.score.report_frame import esc
from coach.score.report_mentor import mentor
from coach.score.report_pressure import pressure
from coach.score.report_timeline import timeline
from coach.score.report_viewers import viewers
from coach.score.report_words import Words
from coach.score.scorecard import Scorecard

_STYLE = Path(__file__).with_name("report.css")


def render_html(card: Scorecard, language: str) -> str:
    """Return the whole page; every text from outside is escaped."""
    words = Words(language, card)
    sections = [
        first.head(card, words),
        first.strength(card, words),
        first.states(card, words),
        first.focus(card, words),
        first.scores(card, words),
        first.panels(card, words),
        timeline(card, words),
        product.coverage(card, words),
        viewers(card, words),
        product.compliance(card, words),
        method.metrics(card, words),
        pressure(card, words),
        mentor(card, words),
        method.findings(card, words),
        method.method(card, words),
    ]
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(words.title(card))}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n"
        + "\n".join(part for part in sections if part)
        + "\n</main></body></html>\n"
    )
