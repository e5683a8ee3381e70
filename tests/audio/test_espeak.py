from __future__ import annotations

import sys
from contextlib import aclosing

import pytest

from audio.tts.espeak import EspeakSynthesizer, phonemes
from audio.tts.espeak_library import LOCK, library
from audio.tts.espeak_voices import voice_setting
from audio.tts.spoken import MAX_CLAUSE_CHARS, PlacedWord, clauses, place
from audio.tts.wording import Word
from coach.errors import EngineError
from coach.ports import VoiceSpec


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Well, okay. Go!", ["Well,", " okay.", " Go!"]),
        ("It is $89.90, or 1,000.", ["It is $89.90,", " or 1,000."]),
        ('"Really?" she said: no.', ['"Really?"', " she said:", " no."]),
        ("好的，89.9块！行不行？", ["好的，", "89.9块！", "行不行？"]),
        ("便宜点,行吗", ["便宜点,", "行吗"]),
        ("line one\nline two", ["line one\n", "line two"]),
        ("hm... yes", ["hm...", " yes"]),
        ("…… 。 !?", []),
        ("😀👍🏽", []),
        ("", []),
    ],
)
def test_a_text_is_cut_where_a_speaker_takes_breath(text: str, expected: list[str]) -> None:
    found = list(clauses(text))
    assert [clause.text for clause in found] == expected
    assert all(text[clause.start :].startswith(clause.text) for clause in found)


@pytest.mark.parametrize("text", ["长" * 1000, "word " * 300, "a.b" * 400])
def test_a_clause_is_never_longer_than_the_bound(text: str) -> None:
    found = [clause.text for clause in clauses(text)]
    assert max(len(clause) for clause in found) <= MAX_CLAUSE_CHARS
    assert "".join(found).strip() == text.strip()


WORDS = (Word(0, 0, 2), Word(3, 3, 6), Word(7, 7, 10))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([(0, 0), (3, 100), (7, 200)], [(0, 2, 0), (3, 6, 100), (7, 10, 200)]),
        ([(0, 0), (3, 100), (4, 150), (5, 160), (7, 200)], [(0, 2, 0), (3, 6, 100), (7, 10, 200)]),
        ([(0, 0), (7, 200)], [(0, 6, 0), (7, 10, 200)]),
        ([(3, 50), (7, 200)], [(0, 6, 50), (7, 10, 200)]),
        ([(0, 0), (7, 200), (3, 250)], [(0, 6, 0), (7, 10, 200)]),
        ([(0, 0), (3, 100), (7, 90)], [(0, 2, 0), (3, 6, 100), (7, 10, 100)]),
        ([], []),
    ],
    ids=["one each", "extra events", "joined words", "first missing", "backwards in text", "backwards in time", "none"],
)
def test_marks_cover_all_words_in_order(events: list[tuple[int, int]], expected: list[tuple[int, int, int]]) -> None:
    assert place(WORDS, events) == [PlacedWord(*item) for item in expected]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("gender", ["female", "male", "neutral"])
def test_every_voice_exists_in_the_library(language: str, gender: str) -> None:
    text = "好" if language == "zh" else "so"
    for seed in range(48):
        setting = voice_setting(VoiceSpec(language, gender, seed=seed), text)  # type: ignore[arg-type]  # parametrised
        with LOCK:
            assert library().phonemes(text, setting.name)


def test_viewers_of_one_gender_sound_different() -> None:
    settings = [voice_setting(VoiceSpec("zh", "female", seed=seed), "好") for seed in range(24)]
    assert len(set(settings)) == 24


def test_rate_and_pitch_change_the_voice_within_what_the_engine_takes() -> None:
    slow, fast = (voice_setting(VoiceSpec("en", rate=rate), "so").words_per_min for rate in (0.8, 1.5))
    low, high = (voice_setting(VoiceSpec("en", pitch=pitch), "so").pitch for pitch in (0.8, 1.2))
    assert slow < 175 < fast
    assert low < 50 < high
    wild = voice_setting(VoiceSpec("en", rate=99, pitch=0.0), "so")
    assert (wild.words_per_min, wild.pitch) == (450, 0)


async def spoken_samples(engine: EspeakSynthesizer, text: str, voice: VoiceSpec) -> int:
    total = 0
    async with aclosing(engine.speak(text, voice)) as chunks:
        async for chunk in chunks:
            total += len(chunk.pcm)
    return total


async def test_a_faster_viewer_needs_less_time() -> None:
    engine = EspeakSynthesizer()
    calm = await spoken_samples(engine, "How much is this one", VoiceSpec("en", rate=1.0))
    hasty = await spoken_samples(engine, "How much is this one", VoiceSpec("en", rate=1.5))
    assert hasty < 0.8 * calm
    await engine.aclose()


async def test_only_a_text_that_goes_on_ends_with_a_pause() -> None:
    engine = EspeakSynthesizer()
    done = await spoken_samples(engine, "okay.", VoiceSpec("en"))
    goes_on = await spoken_samples(engine, "okay,", VoiceSpec("en"))
    assert goes_on - done > 0.08 * 48_000
    await engine.aclose()


async def test_a_line_of_emoji_and_dots_yields_nothing() -> None:
    engine = EspeakSynthesizer()
    assert await spoken_samples(engine, "😀 … !!! ——", VoiceSpec("zh")) == 0
    await engine.aclose()


async def test_a_closed_synthesizer_and_an_unknown_language_say_so() -> None:
    engine = EspeakSynthesizer()
    with pytest.raises(EngineError, match="'fr'"):
        await engine.prepare("fr")
    await engine.aclose()
    with pytest.raises(EngineError, match="closed"):
        await spoken_samples(engine, "hello", VoiceSpec("en"))


def test_phonemes_are_ipa_for_both_languages() -> None:
    assert phonemes("CloudSync") == "klˈaʊd sˈɪŋk"
    assert phonemes("hello. world").split() == ["həlˈoʊ", "wˈɜːld"]
    assert phonemes("你好", "cmn")
    assert phonemes("") == ""


def test_an_unknown_voice_is_named() -> None:
    with pytest.raises(EngineError, match="'zz-none'"):
        phonemes("hello", "zz-none")


def test_without_the_package_the_error_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(EngineError, match="uv sync"):
        library.__wrapped__()
