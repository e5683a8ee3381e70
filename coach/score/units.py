"""Units of figures as each language writes them."""

from __future__ import annotations

from coach.score.scorecard import Text
from coach.score.wording import both

_ZH = {
    "s": "秒",
    "/min": "/分",
    "words/min": "词/分",
    "字/min": "字/分",
    "×": "次",
    "/100": "/百字",
    "/10 min": "/10 分钟",
}
_EN = {"字/min": "characters/min", "×": "times"}
_A_MINUTE = {"字": both("字/分", "characters a minute"), "words": both("词/分", "words a minute")}


def unit_words(unit: str, language: str) -> str:
    """Return a unit as `zh` or `en` writes it; one that nobody knows as it is."""
    return (_ZH if language == "zh" else _EN).get(unit, unit)


def with_unit(figure: str, unit: str) -> Text:
    """Return a figure with its unit, whatever language was spoken: `180 字/分`, `180 characters/min`."""
    return both(*(f"{figure} {unit_words(unit, language)}".strip() for language in ("zh", "en")))


def a_minute(unit: str) -> Text:
    """Return how often a minute, for a sentence: `字/分`, `characters a minute`.

    Args:
        unit: What a language counts its speech in, see `Language.unit`.
    """
    return _A_MINUTE.get(unit, both(f"{unit}/分", f"{unit} a minute"))


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its English noun: `1 window`, `3 windows`."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"
