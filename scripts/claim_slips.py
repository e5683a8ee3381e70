"""What a recogniser makes of a sentence: no marks, now and then another word of the same sound."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from coach.language.mend import exact_sound

_MARKS = re.compile(r"[^\w\s'%$¥.]|(?<!\d)\.|\.(?!\d)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ONE_IN = 25
"""Characters of Chinese of which one is another of the same syllable, as in the labelled transcripts."""
_USUAL = 3
"""Times that a character must occur to be what a recogniser writes instead."""


class Slips:
    """Makes such sentences, the same ones every time.

    Args:
        corpus: Text whose characters are written in place of others.
    """

    def __init__(self, corpus: str) -> None:
        counted = Counter(_HAN.findall(corpus))
        self._alike: dict[str, list[str]] = defaultdict(list)
        for char, times in sorted(counted.items()):
            if times >= _USUAL:
                self._alike[exact_sound(char)].append(char)

    def heard(self, parts: Iterable[str], code: str) -> str:
        """Return pieces of a talk as one run."""
        said = (" " if code == "en" else "").join(part for part in parts if part)
        if code == "en":
            return " ".join(_MARKS.sub(" ", said.lower().replace("\u2019", "'")).split())
        run = "".join(_MARKS.sub("", said).split())
        dice = random.Random(run)
        return "".join(self._slip(char, dice) for char in run)

    def _slip(self, char: str, dice: random.Random) -> str:
        if dice.randrange(_ONE_IN) or not _HAN.match(char):
            return char
        others = [other for other in self._alike.get(exact_sound(char), ()) if other != char]
        return dice.choice(others) if others else char
