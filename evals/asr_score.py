"""What recognised words are worth: errors against a transcript, and how many partial words survive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audio.asr.spoken_english import spoken_words
from audio.asr.zh_text import simplified
from coach.language import language_for
from coach.language.numbers_zh import read_out

_NUMBER = re.compile(r"(?P<sign>[¥￥])?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>%)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


def scored_units(text: str, language: str) -> list[str]:
    """Return what is compared: spoken words (en), characters and Latin words (zh); no marks, no case, no digits.

    Chinese is put into simplified characters; numbers are read out in both languages, so that 89 and 八十九, $5 and
    five dollars are the same.
    """
    if language == "en":
        return spoken_words(text)
    text = _NUMBER.sub(_read, simplified(text).translate(_FULL_WIDTH))
    return language_for("zh").tokens(text)


def _read(found: re.Match[str]) -> str:
    number = read_out(found["number"])
    if found["percent"]:
        return f"百分之{number}"
    return f"{number}元" if found["sign"] else number


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of a recogniser against transcripts, counted."""

    units: int = 0
    """Words or characters of the transcripts."""
    substitutions: int = 0
    insertions: int = 0
    deletions: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.units + other.units,
            self.substitutions + other.substitutions,
            self.insertions + other.insertions,
            self.deletions + other.deletions,
        )

    @property
    def rate(self) -> float | None:
        """Errors per unit (WER or CER): may pass 1; None without a transcript."""
        wrong = self.substitutions + self.insertions + self.deletions
        return round(wrong / self.units, 4) if self.units else None


def errors(transcript: str, heard: str, language: str) -> Errors:
    """Count the errors of one recording by the least number of edits (jiwer)."""
    import jiwer

    said, got = scored_units(transcript, language), scored_units(heard, language)
    if not said:
        return Errors(insertions=len(got))
    found = jiwer.process_words(" ".join(said), " ".join(got))
    return Errors(len(said), found.substitutions, found.insertions, found.deletions)


def total(each: Iterable[Errors]) -> Errors:
    """Return the sum: a long recording weighs as much as it says."""
    return sum(each, Errors())


def surviving(partials: Sequence[str], final: str, language: str) -> tuple[int, int]:
    """Return (words of partials that are in the final at their place, words of partials), over all partials shown.

    A word is at its place if it belongs to the longest common sequence of its partial and the final.
    """
    kept = shown = 0
    end = scored_units(final, language)
    for partial in partials:
        units = scored_units(partial, language)
        kept += _common(units, end)
        shown += len(units)
    return kept, shown


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for one in left:
        before = 0
        for at, other in enumerate(right):
            above = row[at + 1]
            row[at + 1] = before + 1 if one == other else max(above, row[at])
            before = above
    return row[-1]
