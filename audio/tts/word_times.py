"""When each word begins, where an engine does not say: from how long words are. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.tts.wording import HAN, Spoken

SYLLABLE_SEC = 0.2
"""Length of a syllable at normal pace: Mandarin 5.2 and English 6.2 a second (Pellegrino et al. 2011), a little slower
in short clauses with their lengthened ends."""
_PAUSES = {",": 0.8, "，": 0.8, "、": 0.5, ";": 1.0, "；": 1.0, ":": 0.8, "：": 0.8}
_STOPS = ".!?。！？…"
_STOP_PAUSE = 1.5
"""Pauses inside a text, in syllables."""
_VOWELS = re.compile(r"[aeiouyäöüáéíóú]+", re.I)
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def syllables(said: str) -> float:
    """Return about how many syllables a piece of spoken text has, pauses at its marks included."""
    count = float(len(_HAN.findall(said)))
    for run in _LATIN.findall(_HAN.sub(" ", said)):
        spelled = run.isupper() and (len(run) <= 3 or not _VOWELS.search(run))
        silent_e = len(run) > 3 and run[-1] in "eE" and run[-2] not in "aeiouylAEIOUYL"
        count += len(run) if spelled else max(1, len(_VOWELS.findall(run)) - silent_e)
    count += sum(char.isdigit() for char in said)
    return count + sum(_PAUSES.get(char, 0.0) for char in said) + (_STOP_PAUSE if any(c in _STOPS for c in said) else 0)


def shares(said: Spoken) -> list[float]:
    """Return where each word begins as a share of the clause, 0 to under 1, rising."""
    lengths = [max(0.5, syllables(piece)) for piece in said.pieces()]
    if lengths:  # what follows the last word is not part of the sound
        lengths[-1] = max(0.5, syllables(said.pieces()[-1].rstrip(" ,.;:!?，。；：！？、…")))
    total = sum(lengths)
    found, at = [], 0.0
    for length in lengths:
        found.append(at / total)
        at += length
    return found


def by_phonemes(alone: Sequence[float], groups: Sequence[float], total: float) -> list[float]:
    """Return at which phoneme each word begins.

    An engine joins words ("of the") and splits names ("Cloud Sync"), so words and its groups of phonemes need not
    match one to one. If their counts agree, they do; else a word begins at the group nearest to where it should,
    and where none is near, just there.

    Args:
        alone: Phonemes of each word read by itself.
        groups: Phonemes before each group of the whole clause, rising from 0.
        total: Phonemes of the whole clause.

    Returns:
        Phonemes before each word, rising; one per word.
    """
    if len(groups) == len(alone):
        return list(groups)
    scale = total / (sum(alone) or 1.0)
    found: list[float] = []
    at = 0.0
    for length in alone:
        near = min(groups, key=lambda group: abs(group - at), default=at)
        start = near if abs(near - at) <= _SNAP and (not found or near > found[-1]) else at
        found.append(max(start, found[-1]) if found else 0.0)
        at += length * scale
    return found


_SNAP = 1.5
"""Phonemes by which a word may read longer or shorter in company than alone."""
