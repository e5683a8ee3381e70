from __future__ import annotations

import re
from pathlib import Path

import pytest

from audio.asr.pronounce import Pronouncer, acronyms
from audio.asr.scenario_grammar import Grammar, build, sentences
from audio.asr.spoken_english import number_words, spoken_words
from coach.ports import RecognitionHints

pytest.importorskip("pocketsphinx")

ARPABET = set(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)
KNOWN = """the DH AH
the(2) DH IY
linen L IH N AH N
s EH S
p P IY
f EH F
u Y UW
"""


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "words.dict"
    path.write_text(KNOWN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Only $29!", "only twenty nine dollars"),
        ("$29.90 or 5.00€", "twenty nine ninety dollars or five point zero zero"),
        ("$1,299", "one thousand two hundred ninety nine dollars"),
        ("55% linen, 45% cotton", "fifty five percent linen forty five percent cotton"),
        ("500ml of SPF50", "five hundred ml of spf fifty"),
        ("it’s the host's 2.5-year-old", "it's the host's two point five year old"),
        ("code 1234567890123", "code one two three four five six seven eight nine zero one two three"),
        ("bed & bath", "bed and bath"),
        ("…?!", ""),
        ("", ""),
    ],
)
def test_text_becomes_the_words_that_are_said(text: str, words: str) -> None:
    assert [word for word in spoken_words(text) if word != "euros"] == words.split()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (80, "eighty"),
        (99, "ninety nine"),
        (215, "two hundred fifteen"),
        (1_000_001, "one million one"),
        (120_000, "one hundred twenty thousand"),
    ],
)
def test_numbers_are_read_out(number: int, words: str) -> None:
    assert number_words(number) == words.split()


def test_the_dictionary_goes_before_espeak_and_espeak_before_letters(dictionary: Path) -> None:
    pronouncer = Pronouncer(dictionary, lambda word: "kjuːbɚnˈɛɾiːz" if word == "kubernetes" else "")
    assert pronouncer.pronounce("the") == [("DH", "AH"), ("DH", "IY")]
    assert pronouncer.pronounce("kubernetes") == [("K", "Y", "UW", "B", "ER", "N", "EH", "T", "IY", "Z")]
    assert pronouncer.pronounce("shampoo") == [("SH", "AE", "M", "P", "UW")]
    assert pronouncer.pronounce("亚麻") == []


def test_every_made_up_pronunciation_uses_phones_of_the_model(dictionary: Path) -> None:
    ipa = "aɪɚ aɪə aʊɚ eɪ ɔɪ oʊ əʊ ɔːɹ oːɹ ɑːɹ ɜː iə iː uː əl n̩ ɐ ʌ ᵻ ɪ ʊ ɛ æ ɒ tʃ dʒ θ ð ʃ ʒ ŋ ɫ ʍ ɾ ʔ x ç"
    by_sound = Pronouncer(dictionary, lambda _: ipa).pronounce("anything")[0]
    by_letter = Pronouncer(dictionary, None).pronounce("jackdawslovemybigsphinxofquartztchighschknwr")[0]
    assert {*by_sound, *by_letter} <= ARPABET


def test_short_capitals_are_spelt(dictionary: Path) -> None:
    assert acronyms(["With SPF in it", "SHOUTED", "A"]) == {"spf"}
    assert Pronouncer(dictionary, None).spell("spf") == ("EH", "S", "P", "IY", "EH", "F")


def build_grammar(dictionary: Path, *phrases: str, words: tuple[str, ...] = ()) -> Grammar:
    return build(RecognitionHints("en", phrases, words), Pronouncer(dictionary, None))


def test_hints_stand_in_model_and_dictionary(dictionary: Path) -> None:
    grammar = build_grammar(dictionary, "55% linen with SPF", words=("Zyntra",))
    entries = dict(line.split(" ", 1) for line in grammar.dictionary.splitlines())
    assert entries["linen"] == "L IH N AH N"
    assert entries["spf"] == "EH S P IY EH F"
    assert entries["the(2)"] == "DH IY"
    assert {"zyntra", "fifty", "percent"} <= entries.keys()
    assert re.search(r"^-\d+\.\d+ fifty five percent$", grammar.arpa, re.MULTILINE)
    assert re.search(r"^-\d+\.\d+ the zyntra ", grammar.arpa, re.MULTILINE)


def test_model_and_dictionary_hold_the_same_words(dictionary: Path) -> None:
    grammar = build_grammar(dictionary, "hello 亚麻 everyone", "你好", words=("羊毛",))
    block = grammar.arpa.partition("\\1-grams:")[2].partition("\\2-grams:")[0]
    modelled = {line.split()[1] for line in block.strip().splitlines()} - {"<s>", "</s>"}
    pronounced = {line.split()[0] for line in grammar.dictionary.splitlines()}
    assert modelled <= pronounced
    assert all(word.isascii() for word in modelled)


def test_numbers_of_all_sizes_are_in_reach() -> None:
    words = {word for sentence in sentences(RecognitionHints("en")) for word in sentence}
    assert {*number_words(17), *number_words(88), *number_words(950), "thousand", "dollars", "percent"} <= words
