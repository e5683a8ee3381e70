"""How well the built-in recogniser understands recorded people: bounds that fail if it falls back.

The bounds leave some eight points above what was measured; which clips are read is decided by rule, not by result.
"""

from __future__ import annotations

import wave
from collections.abc import Iterable, Iterator

import jiwer
import numpy as np
import pytest

from audio.asr import sphinx_stream
from audio.asr.scenario_grammar import script
from audio.asr.sphinx_decoders import Decoders
from audio.asr.sphinx_process import Request
from audio.asr.spoken_english import spoken_words
from coach.ports import EAR_RATE_HZ, Int16Array, RecognitionHints
from tests.data import Clip, audio_clip, manifest

pytest.importorskip("pocketsphinx")
pytestmark = pytest.mark.slow

PIECE = EAR_RATE_HZ // 5
LIVE_ROOM = RecognitionHints("en", ("This shirt never pills after a wash.", "55% linen, 45% cotton"), ("linen",))
SHORT_SEC = 4.6
"""Longest sentence of the scenario tests, so that they end within half a minute."""


@pytest.fixture(scope="module")
def decoders() -> Decoders:
    return Decoders()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the better readings, however busy the machine is: this is about words, not about time."""
    monkeypatch.setattr(sphinx_stream, "BEST_LIMIT_SEC", 20.0)
    monkeypatch.setattr(sphinx_stream, "AGAIN_LIMIT_SEC", 20.0)


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return iter(range(1, 1000))


def english(least_sec: float, most_sec: float) -> list[Clip]:
    """Return the read English sentences of people, by length."""
    clips = [clip for clip in manifest() if clip.language == "en" and clip.voice == "human" and clip.transcript]
    return [clip for clip in clips if clip.tags & {"asr", "short"} and least_sec <= clip.duration_sec < most_sec]


def recording(name: str) -> Int16Array:
    with wave.open(str(audio_clip(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def said(text: str) -> str:
    return " ".join(spoken_words(text.replace("-", " ").replace("|", " ")))


def hear(decoders: Decoders, hints: RecognitionHints, pcm: Int16Array, number: int, speaker: int = 0) -> str:
    """Stream an utterance as the loop does; a voice of its own unless a speaker is named."""
    voice = speaker or -number
    for start in range(0, len(pcm), PIECE):
        piece = pcm[start : start + PIECE]
        decoders.partial(Request("partial", hints, piece, number, start, voice), piece)
    heard = decoders.final(Request("final", hints, pcm, number, speaker=voice), pcm)
    decoders.forget(number)
    return heard.text


def word_errors(pairs: Iterable[tuple[str, str]]) -> float:
    references, heard = zip(*pairs, strict=True)
    return float(jiwer.wer(list(references), [text.replace("mr", "mister") for text in heard]))


def test_read_english_of_unknown_voices(decoders: Decoders, numbers: Iterator[int]) -> None:
    """48 % were measured on all 33 clips tagged `asr`, most of them of LibriSpeech's hard half; these are shorter."""
    clips = english(1.5, 6.0)[::3]
    pairs = [(said(c.transcript), hear(decoders, LIVE_ROOM, recording(c.name), next(numbers))) for c in clips]
    assert len(clips) >= 8
    assert word_errors(pairs) < 0.44, pairs


def test_sentences_of_the_scenario_and_only_they_are_heard_as_such(decoders: Decoders, numbers: Iterator[int]) -> None:
    clips = [clip for clip in english(1.5, SHORT_SEC) if "ill disposed" not in clip.transcript]
    inside, outside = clips[::3], clips[1::3]
    assert min(len(inside), len(outside)) >= 8
    hints = RecognitionHints("en", tuple(clip.transcript for clip in inside))
    three_in_a_row = script(hints)
    pairs = [(said(c.transcript), hear(decoders, hints, recording(c.name), next(numbers))) for c in inside]
    assert word_errors(pairs) < 0.2, pairs  # 8 to 15 % were measured, a third of it "thou also thou also"
    put_in_the_mouth = 0
    for clip in outside:
        words = ["", *hear(decoders, hints, recording(clip.name), next(numbers)).split(), ""]
        put_in_the_mouth += bool(three_in_a_row & set(zip(words, words[1:], words[2:], strict=False)))
    assert put_in_the_mouth <= len(outside) * 0.1 + 1


def test_a_voice_is_learnt_while_it_speaks(decoders: Decoders, numbers: Iterator[int]) -> None:
    clips = [clip for clip in english(0, 10) if "librivox" in clip.name]
    speaker, frames = 77, 0.0
    for clip in clips[:2]:
        hear(decoders, LIVE_ROOM, recording(clip.name), next(numbers), speaker)
        frames = decoders.frames_learnt(speaker, wait_sec=20.0)
    assert frames > 300


def test_quiet_and_loud_voices_are_understood_alike(decoders: Decoders, numbers: Iterator[int]) -> None:
    pcm = recording("en/pocketsphinx_librivox_0880.wav")  # at -27 dBFS
    usual = hear(decoders, LIVE_ROOM, pcm, next(numbers))
    for level_db in (-18.0, 6.0):
        changed = np.clip(np.round(pcm * 10 ** (level_db / 20)), -32768, 32767).astype(np.int16)
        other = hear(decoders, LIVE_ROOM, changed, next(numbers))
        assert jiwer.wer(usual, other) <= 0.25, (level_db, usual, other)


def test_noises_give_no_words(decoders: Decoders, numbers: Iterator[int]) -> None:
    """Seven of 52 clips gave some: coughs over a telephone, laughs and a sneeze, taken for speech by the detector."""
    clips = [clip for clip in manifest() if clip.name.startswith("noise/") and not clip.tags & {"hard", "laugh"}]
    heard = {clip.name: hear(decoders, LIVE_ROOM, recording(clip.name), next(numbers)) for clip in clips[::5]}
    with_words = [name for name, text in heard.items() if text]
    assert len(with_words) <= 1, {name: heard[name] for name in with_words}
