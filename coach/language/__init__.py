"""One module per language, with its word lists in `packs/`.

Everything that depends on a language goes through `Language`; nothing else in the product looks at words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from coach.errors import InputError
from coach.events import Word
from coach.language.pack import Pack
from coach.language.spans import Ending, NumberSpan, TextSpan

__all__ = ["Ending", "Language", "NumberSpan", "Pack", "TextSpan", "language_for"]


class Language(Protocol):
    """Counting, reading and judging the shape of words in one language. Stateless."""

    code: str
    """`zh` or `en`."""
    unit: str
    """What speech rate counts: `字` or `words`."""
    pack: Pack
    """Lists in use; its version goes into every scorecard."""

    def normalise(self, text: str) -> str:
        """Return text for matching: NFKC, lower case, punctuation gone; zh without spaces between characters."""
        ...

    def tokens(self, text: str) -> list[str]:
        """Return normalised tokens: zh characters (Latin runs and numbers whole), en words."""
        ...

    def count_units(self, text: str) -> int:
        """Return characters (zh) or words (en) as spoken: numbers, prices and Latin letters read out."""
        ...

    def syllables(self, text: str) -> int:
        """Return spoken syllables; zh counts one a character, en estimates."""
        ...

    def numbers(self, text: str) -> list[NumberSpan]:
        """Return numbers in digits and in words, in order, not overlapping."""
        ...

    def fillers(
        self, text: str, words: Sequence[Word] = (), usual: Mapping[str, float] | None = None
    ) -> list[TextSpan]:
        """Return fillers (`F1`, `F2`) in order; with word times also those told only by a pause or their length.

        Args:
            text: One utterance.
            words: Its words with times, if they are known.
            usual: Word in lower case → the speaker's median duration in seconds.
        """
        ...

    def serial_openers(self, text: str) -> list[TextSpan]:
        """Return clause openers (然后, "and then") that are fillers only when they come in series."""
        ...

    def disturbances(self, text: str) -> list[TextSpan]:
        """Return repeats, repairs and fragments, in order; emphasis is none."""
        ...

    def hedges(self, text: str) -> list[TextSpan]:
        """Return wordings that take certainty away (F3: 可能, "I guess"), reported apart from fillers."""
        ...

    def corrections(self, text: str) -> list[TextSpan]:
        """Return wordings that take back what was said, here or before, kind `repair`."""
        ...

    def is_backchannel(self, text: str) -> bool:
        """Return whether the text is only 嗯, 对, uh-huh, yeah …: it does not take the floor."""
        ...

    def takes_floor(self, text: str, *, final: bool) -> bool:
        """Return whether the words are more than backchannels and hesitations.

        Args:
            text: What was said so far.
            final: False while more may come: then the beginning of such a word (没 of 没错) takes no floor yet.
        """
        ...

    def ending(self, text: str) -> Ending:
        """Return what the words so far look like."""
        ...

    def finished(self, text: str, *, answers: bool = False) -> float | None:
        """Return the log-odds, -6 to 6, that nothing follows these words; None if there are none.

        Args:
            text: All words of the utterance so far.
            answers: Whether somebody has just asked something: few words may be all then.
        """
        ...

    def clauses(self, text: str) -> list[TextSpan]:
        """Return the stretches between punctuation marks, offsets kept, kind `clause` or `question`."""
        ...

    def slips(self, text: str) -> list[TextSpan]:
        """Return wordings that cost language control, kind `hostile`, `pleading` or `blaming`."""
        ...


@lru_cache(maxsize=64)
def language_for(locale: str) -> Language:
    """Return the language of a locale such as `zh-CN`, `zh`, `en-US`, `en`.

    Raises:
        InputError: If there is none for it.
    """
    from coach.language.en import ENGLISH
    from coach.language.zh import CHINESE

    known: dict[str, Language] = {"zh": CHINESE, "en": ENGLISH}
    language = known.get(locale.strip().lower().replace("_", "-").split("-")[0])
    if language is None:
        raise InputError(f"expected a locale of Chinese or English (zh-CN, en-US), got {locale!r}")
    return language
