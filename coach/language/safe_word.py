"""The word that ends all pressure at once."""

from __future__ import annotations

from coach.language import Language


def is_safe_word(text: str, language: Language) -> bool:
    """Return whether an utterance is the safe word and nothing else: alone, said again, with fillers around it.

    Inside a sentence it is a word like any other (红灯笼, "we have a red light").
    """
    plain = _bare(text, language)
    if not plain:
        return False
    words = sorted((_joined(language.normalise(word), language) for word in language.pack.safe_words), key=len)
    for word in reversed(words):
        plain = plain.replace(word, "")
    return not plain


def _bare(text: str, language: Language) -> str:
    """Return the text without fillers, spaces and marks."""
    rest = text
    for span in reversed(language.fillers(text)):
        rest = f"{rest[: span.start]} {rest[span.end :]}"
    return _joined(language.normalise(rest), language)


def _joined(text: str, language: Language) -> str:
    kept = "".join(char for char in text if char.isalnum())
    return kept if language.code == "zh" else kept.casefold()
