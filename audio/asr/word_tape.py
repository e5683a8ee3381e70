"""All words a page has sent, in order, and how many of them are used up."""

from __future__ import annotations

import re

_ZH_UNIT = re.compile(r"[A-Za-z0-9.%'-]+|[^\s]")
"""A Chinese character or mark, or a run of Latin letters or digits."""
MAX_RESULTS = 64
"""Open results kept; older ones are final and their words used or lost."""


class WordTape:
    """Results in the order of their numbers.

    Words are counted, not compared: a newer guess of a result that was used in part keeps its used words used,
    however it spells them.

    `language` decides what a word is: `zh`: a character or a run of Latin letters; else what stands between spaces.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._results: dict[int, tuple[list[str], bool]] = {}
        self._used = 0
        self._forgotten = 0

    @property
    def joint(self) -> str:
        """What stands between two words."""
        return "" if self.language == "zh" else " "

    @property
    def length(self) -> int:
        """Words on the tape since its beginning."""
        return self._forgotten + sum(len(words) for words, _ in self._results.values())

    @property
    def is_final(self) -> bool:
        """Whether no result can change any more."""
        return all(is_final for _, is_final in self._results.values())

    def put(self, result: int, text: str, *, is_final: bool) -> bool:
        """Take a result, new or grown; return whether that changed anything. A final result stays as it is."""
        old = self._results.get(result)
        if old is not None and old[1]:
            return False
        if old is None and self._results and result < min(self._results):
            return False
        words = self._split(text)
        self._results[result] = (words, is_final)
        self._results = dict(sorted(self._results.items()))
        self._forget()
        return old != (words, is_final)

    def fresh(self) -> list[str]:
        """Return the words that nobody has taken."""
        words = [word for words, _ in self._results.values() for word in words]
        return words[max(0, self._used - self._forgotten) :]

    def take(self, length: int) -> None:
        """Use up the words up to this length of the tape."""
        self._used = max(self._used, length)

    def _forget(self) -> None:
        while len(self._results) > MAX_RESULTS:
            oldest = min(self._results)
            self._forgotten += len(self._results.pop(oldest)[0])

    def _split(self, text: str) -> list[str]:
        return _ZH_UNIT.findall(text) if self.language == "zh" else text.split()
