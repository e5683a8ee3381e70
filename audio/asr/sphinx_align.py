"""Which state of which sound is being said in each frame, once the words are known.

Runs in a child process only (`sphinx_child`): pocketsphinx's second alignment pass crashes now and then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from audio.asr.pronounce import Phones
from audio.asr.sphinx_features import Cepstra
from audio.asr.sphinx_load import entry, load

Numbers = NDArray[np.int64]

_VOWELS = {"AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"}
_STOPS = {"B", "CH", "D", "G", "JH", "K", "P", "T"}
_OTHERS = {"DH", "F", "HH", "L", "M", "N", "NG", "R", "S", "SH", "SIL", "TH", "V", "W", "Y", "Z", "ZH"}
_PHONES = sorted({"+NSN+", "+SPN+"} | _VOWELS | _STOPS | _OTHERS)
"""The model's phones in the order of its codebooks (its `mdef` sorts them)."""
_NOISES = 2
"""The first two are noises, which tell nothing about a voice."""


@dataclass(frozen=True, slots=True)
class States:
    """What is said in each frame."""

    senones: Numbers
    """Shape (n,); -1 where nothing was aligned."""
    phones: Numbers
    """Shape (n,); codebook of the phone, -1 for noises and where nothing was aligned."""


class _Entry(Protocol):
    """A word, a phone or a state."""

    name: str
    start: int
    duration: int

    def __iter__(self) -> Iterator[_Entry]: ...


class _Aligner(Protocol):
    """The part of `pocketsphinx.Decoder` that aligns (the package ships no types)."""

    def set_align_text(self, text: str) -> None: ...
    def set_alignment(self) -> None: ...
    def get_alignment(self) -> Iterable[_Entry] | None: ...
    def start_utt(self) -> None: ...
    def process_cep(self, data: bytes, no_search: bool, full_utt: bool) -> None: ...
    def end_utt(self) -> None: ...


def align(cepstra: Cepstra, words: list[str], sounds: Mapping[str, list[Phones]]) -> States:
    """Return the states of an utterance of which the words are known.

    Args:
        cepstra: Shape (n, 13), normalised.
        words: What was said, in order.
        sounds: All pronunciations of each word.

    Raises:
        RuntimeError: If the words do not fit the sound at all.
    """
    dictionary = "".join(entry(word, phones) for word, phones in sounds.items())
    aligner = cast("_Aligner", load({"lm": None}, dictionary=dictionary))
    aligner.set_align_text(" ".join(words))
    _decode(aligner, cepstra)
    aligner.set_alignment()
    _decode(aligner, cepstra)
    states = States(np.full(len(cepstra), -1), np.full(len(cepstra), -1))
    for word in aligner.get_alignment() or ():
        for phone in word:
            number = _PHONES.index(phone.name)
            for state in phone:
                frames = slice(state.start, state.start + state.duration)
                states.senones[frames] = int(state.name)
                states.phones[frames] = number if number >= _NOISES else -1
    return states


def _decode(aligner: _Aligner, cepstra: Cepstra) -> None:
    aligner.start_utt()
    aligner.process_cep(np.ascontiguousarray(cepstra, "<f4").tobytes(), False, True)
    aligner.end_utt()
