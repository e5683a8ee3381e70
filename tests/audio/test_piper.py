"""Piper on a voice of tones (46 ms a symbol, with durations), and on copies of it that are broken in some way."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.tts.level import loudness
from audio.tts.piper import PiperSynthesizer
from audio.tts.piper_cast import Speaker, part_for
from audio.tts.piper_voice import LoadedVoice, read_config
from audio.tts.stop import Stop
from audio.tts.wording import spoken
from coach.errors import EngineError, InputError
from coach.ports import MOUTH_RATE_HZ, SpeechChunk, VoiceSpec
from tests.data import data_folder

EN = VoiceSpec("en")


@pytest.fixture
def tones() -> Path:
    return data_folder() / "models" / "tone-voice.onnx"


@pytest.fixture
async def piper(tones: Path) -> AsyncIterator[PiperSynthesizer]:
    engine = PiperSynthesizer({"en": [tones]}, threads=1)
    yield engine
    await engine.aclose()


def copied(tones: Path, folder: Path, **changes: Any) -> Path:
    """Copy the voice and change its settings."""
    path = folder / "copy.onnx"
    shutil.copyfile(tones, path)
    settings = json.loads(tones.with_name(tones.name + ".json").read_text()) | changes
    path.with_name("copy.onnx.json").write_text(json.dumps(settings))
    return path


async def chunks_of(engine: PiperSynthesizer, text: str, voice: VoiceSpec = EN) -> list[SpeechChunk]:
    async with aclosing(engine.speak(text, voice)) as chunks:
        return [chunk async for chunk in chunks]


async def test_the_first_words_come_before_the_rest_of_their_clause(piper: PiperSynthesizer) -> None:
    text = "would you take forty for the pair of them, please?"
    found = await chunks_of(piper, text)
    assert len(found) == 3
    first = [text[mark.offset : mark.offset + mark.length] for mark in found[0].words]
    assert first == ["would", "you", "take"]


async def test_later_clauses_of_a_line_are_spoken_whole_while_sound_is_ahead(piper: PiperSynthesizer) -> None:
    first = await chunks_of(piper, "would you take forty for the pair of them,")
    second = await chunks_of(piper, " if I buy all of the green ones today?")
    assert (len(first), len(second)) == (2, 1)
    async with asyncio.TaskGroup() as group:
        other = group.create_task(chunks_of(piper, "would you take forty for the pair of them,"))
    assert len(other.result()) == 2


async def test_marks_stand_where_the_voice_changes_its_tone(tones: Path) -> None:
    """The tone voice is silent between words, so each word after the first begins at the end of a silence."""
    voice = LoadedVoice(read_config(tones), 1)
    rendered = voice.render(spoken("how much is it", "en"), speaker=0, pace=1.0, stop=Stop())
    assert rendered is not None
    loud = np.abs(rendered.pcm.astype(int)) > 300
    for start in rendered.starts:
        around = loud[max(0, start - 400) : start + 1400]
        assert not loud[max(0, start - 300) : start].any()
        assert around.any()
    assert len(rendered.starts) == 4


async def test_words_are_marked_also_where_the_engine_joins_or_splits_them(piper: PiperSynthesizer) -> None:
    text = "the end of the CloudSync deal is fourteen fifty"
    marks = [mark for chunk in await chunks_of(piper, text) for mark in chunk.words]
    assert [text[mark.offset : mark.offset + mark.length] for mark in marks] == text.split()
    assert [mark.sample for mark in marks] == sorted({mark.sample for mark in marks})


async def test_a_voice_without_durations_is_marked_evenly(tones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = LoadedVoice(read_config(tones), 1)
    said = spoken("how much is it today", "en")
    exact = voice.render(said, speaker=0, pace=1.0, stop=Stop())
    monkeypatch.setattr(voice, "_spans", lambda *_: None)
    guessed = voice.render(said, speaker=0, pace=1.0, stop=Stop())
    assert exact is not None
    assert guessed is not None
    off = np.abs(np.array(exact.starts) - np.array(guessed.starts)) / 22_050
    assert off.max() < 0.35
    assert list(guessed.starts) == sorted(set(guessed.starts))


async def test_every_clause_is_equally_loud_also_a_short_one(piper: PiperSynthesizer) -> None:
    levels = [loudness(np.concatenate([c.pcm for c in await chunks_of(piper, text)])) for text in
              ("No.", "I would rather wait for the weekend sale.", "Could you go lower?")]  # fmt: skip
    assert max(levels) - min(levels) < 4


async def test_closing_in_the_middle_stops_the_run_itself(piper: PiperSynthesizer) -> None:
    stop = Stop()
    voice = piper._cast("en")[0].voice
    stop.set()
    assert voice.render(spoken("hello there", "en"), speaker=0, pace=1.0, stop=stop) is None

    class Run:
        terminate = False

    run = Run()
    stop.watch(run)
    assert run.terminate


async def test_a_cancelled_line_yields_nothing_more_and_frees_the_engine(piper: PiperSynthesizer) -> None:
    got: list[SpeechChunk] = []

    async def speak() -> None:
        async with aclosing(piper.speak("one two three four five, " * 30, EN)) as chunks:
            async for chunk in chunks:
                got.append(chunk)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(speak())
        while not got:
            await asyncio.sleep(0)
        task.cancel()
    count = len(got)
    assert count < 20
    await chunks_of(piper, "next one please")
    assert len(got) == count


async def test_pitch_moves_the_tone_and_keeps_the_pace(piper: PiperSynthesizer, tones: Path) -> None:
    voice = LoadedVoice(read_config(tones), 1)
    speaker = Speaker(voice, 0, None, 1.0)
    plain, high = part_for([speaker], EN), part_for([speaker], VoiceSpec("en", pitch=1.2))
    assert (plain.pitch, high.pitch) == (1.0, 1.2)
    assert plain.rate == high.rate


def test_viewers_get_speakers_of_their_sex_and_differ(tones: Path) -> None:
    voice = LoadedVoice(read_config(tones), 1)
    cast = [Speaker(voice, 0, "female", 1.0), Speaker(voice, 1, "male", 1.0), Speaker(voice, 2, "female", 1.0)]
    women = [part_for(cast, VoiceSpec("en", "female", seed=seed)) for seed in range(6)]
    assert {part.speaker.number for part in women} == {0, 2}
    assert len({(part.speaker.number, part.pitch) for part in women}) == 6
    assert part_for(cast, VoiceSpec("en", "male", seed=7)).speaker.number == 1
    only_women = [cast[0]]
    assert part_for(only_women, VoiceSpec("en", "male")).pitch < 0.9
    assert part_for(cast, VoiceSpec("en", viewer_type="spammer")).rate > part_for(cast, EN).rate
    assert part_for(cast, VoiceSpec("en", pitch=9)).pitch == 1.25


async def test_a_voice_of_many_speakers_gives_several_viewers(tones: Path, tmp_path: Path) -> None:
    engine = PiperSynthesizer({"en": [copied(tones, tmp_path, num_speakers=904)]})
    await engine.prepare("en")
    numbers = [speaker.number for speaker in engine._cast("en")]
    assert numbers == [0, 113, 226, 339, 452, 565, 678, 791]
    await engine.aclose()


async def test_lines_that_wait_as_the_engine_closes_end_with_a_sentence(piper: PiperSynthesizer) -> None:
    async def ended() -> str:
        try:
            await chunks_of(piper, "one two three four five six seven, " * 5)
        except EngineError as error:
            return str(error)
        return "spoken"

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ended()) for _ in range(4)]
        await asyncio.sleep(0)
        await piper.aclose()
    assert {task.result() for task in tasks} == {"piper: the synthesizer is closed."}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "no such file"),
        (lambda path: path.with_name("copy.onnx.json").unlink(), "no such file"),
        (lambda path: path.with_name("copy.onnx.json").write_text("{"), "does not read as such"),
        (lambda path: path.with_name("copy.onnx.json").write_text("[]"), "does not read as such"),
        (lambda path: path.with_name("copy.onnx.json").write_text('{"audio": {}}'), "does not read as such"),
    ],
    ids=["no model", "no settings", "not JSON", "a list", "no rate"],
)
def test_a_missing_or_broken_file_is_named(tones: Path, tmp_path: Path, spoil: Any, said: str) -> None:
    path = copied(tones, tmp_path)
    spoil(path)
    with pytest.raises(InputError, match=said) as caught:
        PiperSynthesizer({"en": [path]})
    assert "copy.onnx" in str(caught.value)


@pytest.mark.parametrize(("kind", "said"), [("pinyin", "would be downloaded"), ("hebrew", "phoneme type 'hebrew'")])
def test_a_voice_that_would_download_or_reads_otherwise_is_refused(
    tones: Path, tmp_path: Path, kind: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        PiperSynthesizer({"zh": [copied(tones, tmp_path, phoneme_type=kind)]})


async def test_a_model_that_does_not_load_is_an_engine_error(tones: Path, tmp_path: Path) -> None:
    path = copied(tones, tmp_path)
    path.write_bytes(b"not a model")
    engine = PiperSynthesizer({"en": [path]})
    with pytest.raises(EngineError, match=r"copy\.onnx: the voice does not load"):
        await engine.prepare("en")
    await engine.aclose()


async def test_a_language_without_a_voice_says_so(piper: PiperSynthesizer) -> None:
    with pytest.raises(EngineError, match="expected a voice for 'zh', have only en"):
        await piper.prepare("zh")


@pytest.mark.parametrize("voices", [{}, {"en": []}, {"fr": ["a.onnx"]}])
def test_voices_must_be_of_a_language_of_the_product(voices: Any) -> None:
    with pytest.raises(InputError, match="COACH_PIPER__VOICES"):
        PiperSynthesizer(voices)


async def test_without_the_package_the_error_says_what_to_run(tones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    engine = PiperSynthesizer({"en": [tones]})
    with pytest.raises(EngineError, match="uv sync"):
        await engine.prepare("en")
    await engine.aclose()


async def test_sound_is_48_khz_whatever_the_voice_has(tones: Path, tmp_path: Path) -> None:
    usual = PiperSynthesizer({"en": [tones]})
    slower = PiperSynthesizer({"en": [copied(tones, tmp_path, audio={"sample_rate": 16_000})]})
    first, second = [sum(len(c.pcm) for c in await chunks_of(engine, "how much", EN)) for engine in (usual, slower)]
    assert second / first == pytest.approx(22_050 / 16_000, rel=0.1)
    assert first > 0.2 * MOUTH_RATE_HZ
    await usual.aclose()
    await slower.aclose()
