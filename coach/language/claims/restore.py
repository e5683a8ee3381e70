"""Chinese as a recogniser wrote it, put right where a wording of the packs was meant. Length and offsets stay.

`coach.language.mend` does the same for product sheets; here short words are many and everyday, so short ones are
restored only at the very same syllables, and never a word of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coach.language.mend import exact_sound, mend_numbers, sound

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BRACKETS = re.compile(r"\[[^\]]*\]|\(\?[!<][^()]*\)")
_LONGEST = 6
_EXACT_TO = 3
"""Characters up to which every syllable must be the same; in longer words zh counts as z, ng as n."""
_FIGURES = frozenset("一二两三四五六七八九十百千万亿")
"""A figure that is written is meant."""


def meant_in(source: str) -> list[str]:
    """Return the runs of three or more characters that a wording holds outside classes and look-arounds."""
    return [run for run in _HAN.findall(_BRACKETS.sub("|", source)) if len(run) > 2]


class Restorer:
    """Rewrites stretches that sound like a wording.

    Args:
        wordings: What may have been meant, two to six characters.
        words: Words of the language that sound like one of them and must stay.
    """

    def __init__(self, wordings: Sequence[str], words: Iterable[str]) -> None:
        self._meant: dict[tuple[str, ...], str] = {}
        self._known = set(words)
        self._pairs: set[str] = set()
        """Pairs of characters that belong together: one across the edge of a stretch means that it is no word."""
        for wording in [*wordings, *self._known]:
            self._pairs.update(wording[at : at + 2] for at in range(len(wording) - 1))
        for wording in wordings:
            if 2 <= len(wording) <= _LONGEST:
                self._known.add(wording)
                self._meant.setdefault(_key(wording), wording)
        self._heads = {tuple(map(sound, wording[:2])) for wording in self._meant.values()}

    def restore(self, text: str) -> str:
        """Return the text with the same number of characters."""
        return _HAN.sub(lambda found: self._run(mend_numbers(found.group())), text)

    def _run(self, run: str) -> str:
        exact = tuple(map(exact_sound, run))
        near = tuple(map(sound, run))
        kept = list(run)
        at = 0
        while at < len(run) - 1:
            meant = self._at(run, exact, near, at)
            if meant:
                kept[at : at + len(meant)] = meant
            at += len(meant) or 1
        return "".join(kept)

    def _at(self, run: str, exact: tuple[str, ...], near: tuple[str, ...], at: int) -> str:
        """Return the longest wording that stands here, by characters or by sound; empty if none."""
        if near[at : at + 2] in self._heads:
            for length in range(min(_LONGEST, len(run) - at), 2, -1):
                heard = near if length > _EXACT_TO else exact
                meant = self._meant.get(heard[at : at + length])
                if meant and self._is_slip(run[at : at + length], meant):
                    return meant
        meant = self._meant.get(("=", *exact[at : at + 2]))
        return meant if meant and self._stands(run, at) and self._is_slip(run[at : at + 2], meant) else ""

    def _stands(self, run: str, at: int) -> bool:
        """Return whether two characters are a word of their own: none of them belongs to a neighbour (不|感冒)."""
        return run[at + 1 : at + 3] not in self._pairs and (at == 0 or run[at - 1 : at + 1] not in self._pairs)

    def _is_slip(self, said: str, meant: str) -> bool:
        if said == meant:
            return True
        if any(left in _FIGURES and left != right for left, right in zip(said, meant, strict=True)):
            return False
        wrong = sum(left != right for left, right in zip(said, meant, strict=True))
        return wrong <= max(1, len(meant) // 3) and said not in self._known


def _key(wording: str) -> tuple[str, ...]:
    if len(wording) > _EXACT_TO:
        return tuple(map(sound, wording))
    return (*(("=",) if len(wording) == 2 else ()), *map(exact_sound, wording))
