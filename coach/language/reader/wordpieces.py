"""English text cut into pieces of words: from each word's start the longest piece that is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\w+|[^\w\s]")
_GOES_ON = "##"
"""Begins a piece that does not begin a word."""
_PLAIN = str.maketrans({**dict.fromkeys("‘’‛", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("–—―", "-")})
"""Marks as phones and word processors write them."""
_LONGEST = 60
"""Letters of a word from which nobody means it."""


class WordPieces:
    """A vocabulary of lower-case pieces without accents.

    Args:
        pieces: In order of their numbers.
        unknown: Number of the piece for a word that cannot be cut.
        special: Pieces that no text holds, whatever it says.
    """

    def __init__(self, pieces: Sequence[str], unknown: int, special: frozenset[str] = frozenset()) -> None:
        self._known = {piece: at for at, piece in enumerate(pieces) if piece not in special}
        self._unknown = unknown

    def cut(self, text: str, most: int) -> list[int]:
        """Return the numbers of the pieces of a text, `most` of them at most."""
        found: list[int] = []
        for word in _TOKEN.findall(_bare(text)):
            found += self._pieces(word)
            if len(found) >= most:
                break
        return found[:most]

    def _pieces(self, word: str) -> list[int]:
        if len(word) > _LONGEST:
            return [self._unknown]
        found, start = list[int](), 0
        while start < len(word):
            end, number = next(self._fitting(word, start), (0, self._unknown))
            if not end:
                return [self._unknown]
            found.append(number)
            start = end
        return found

    def _fitting(self, word: str, start: int) -> Iterator[tuple[int, int]]:
        """Yield the end and number of the known pieces that begin at a place, the longest first."""
        before = _GOES_ON if start else ""
        for end in range(len(word), start, -1):
            number = self._known.get(before + word[start:end])
            if number is not None:
                yield end, number


def _bare(text: str) -> str:
    """Return a text in lower case, without accents, its marks plain; underscores stand alone."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_PLAIN)
    apart = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn").replace("_", " _ ")
