"""A small language model and dictionary from what a scenario makes likely: hints, numbers, common phrases."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from audio.asr.live_room_phrases import NUMBERS, PHRASES
from audio.asr.pronounce import Phones, Pronouncer, acronyms
from audio.asr.sphinx_load import entry
from audio.asr.spoken_english import number_words, spoken_words
from coach.ports import RecognitionHints

SCENARIO_WEIGHT = 3
"""How often each hint counts beside one common phrase, at least; a few hints count as much as all common phrases."""
CARRIERS = ("{}", "the {}", "this {}", "our {}", "a {}")
"""How a name or product word is met in speech when no phrase of the scenario holds it."""


Script = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a decoder is made of."""

    arpa: str
    """Text of a trigram model in ARPA format."""
    dictionary: str
    """Lines of `word PH PH`, further pronunciations as `word(2)`."""
    script: Script
    """What the hints say word for word; common phrases are no part of it."""


def build(hints: RecognitionHints, pronouncer: Pronouncer) -> Grammar:
    """Build model and dictionary. Words without any sound are left out, sentences that hold them too."""
    spoken = sentences(hints)
    vocabulary = {word for sentence in spoken for word in sentence}
    spelt = {word for word in acronyms((*hints.phrases, *hints.words)) if not pronouncer.knows(word)}
    sounds = {word: _sounds(word, pronouncer, spelt) for word in sorted(vocabulary)}
    usable = [sentence for sentence in spoken if all(sounds[word] for word in sentence)]
    return Grammar(_arpa(usable), "".join(entry(word, phones) for word, phones in sounds.items()), script(hints))


def script(hints: RecognitionHints) -> Script:
    """Return every three words in a row of the hints, the empty word standing for a beginning or an end."""
    spoken = (["", *words, ""] for text in (*hints.phrases, *hints.words) if (words := spoken_words(text)))
    return frozenset((a, b, c) for words in spoken for a, b, c in zip(words, words[1:], words[2:], strict=False))


def sentences(hints: RecognitionHints) -> list[list[str]]:
    """Return every training sentence as spoken words, hints repeated by their weight."""
    carried = [carrier.format(word) for word in hints.words for carrier in CARRIERS]
    hinted = [words for text in (*hints.phrases, *carried) if (words := spoken_words(text))]
    common = list(_common())
    balance = _count(common) // max(1, _count(hinted))
    return [*(hinted * max(SCENARIO_WEIGHT, balance)), *common]


def _count(spoken: list[list[str]]) -> int:
    return sum(map(len, spoken))


def _common() -> Iterable[list[str]]:
    """Yield the common phrases; the numbers take turns in them, so that numbers do not drown the rest."""
    turn = 0
    for phrase in PHRASES:
        if "{number}" not in phrase:
            yield phrase.split()
            continue
        for _ in range(len(NUMBERS) // 10):
            words: list[str] = []
            for word in phrase.split():
                if word == "{number}":
                    words += number_words(NUMBERS[turn % len(NUMBERS)])
                    turn += 1
                else:
                    words.append(word)
            yield words


def _sounds(word: str, pronouncer: Pronouncer, spelt: set[str]) -> list[Phones]:
    if word in spelt:
        return [pronouncer.spell(word)]
    return pronouncer.pronounce(word)


def _arpa(sentences: list[list[str]]) -> str:
    from pocketsphinx.lm import ArpaBoLM

    model = ArpaBoLM(text="\n".join(" ".join(words) for words in sentences), add_start=True)
    model.compute()
    text = io.StringIO()
    model.write(text)
    return text.getvalue()
