from __future__ import annotations

import wave

import numpy as np
import pytest

from audio.asr import sphinx_child, sphinx_stream
from audio.asr.sphinx_features import CEPSTRA
from audio.asr.sphinx_model import AcousticModel
from audio.asr.sphinx_process import Request, SphinxProcess
from audio.asr.sphinx_speaker import Speaker
from audio.asr.sphinx_stream import Pair, Stream
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints
from tests.data import audio_clip

LONG = "en/azure_customspeech_en_train1.wav"
HINTS = RecognitionHints("en", ("boils a litre in three minutes", "thirty nine dollars today"), ("kettle",))
PIECE = EAR_RATE_HZ // 5
SECOND_FRAMES = 100
NO_MODEL = AcousticModel(*(np.ones((1, 3, 1, CEPSTRA), np.float32) for _ in range(3)))


def recording(name: str) -> Int16Array:
    with wave.open(str(audio_clip(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


class Counting:
    """A decoder that notes how much it decoded, and hears one word a second."""

    def __init__(self) -> None:
        self.frames = 0
        self.now = 0
        self.starts = 0

    def start_utt(self) -> None:
        self.now = 0
        self.starts += 1

    def process_cep(self, data: bytes, no_search: bool, full_utt: bool) -> None:
        assert len(data) == 4 * CEPSTRA
        self.frames += 1
        self.now += 1

    def end_utt(self) -> None: ...

    def seg(self) -> list[Word]:
        return [Word(n) for n in range(self.now // SECOND_FRAMES)]


class Word:
    """The n-th second."""

    ascore, lscore, prob = 0.5, 0.5, 0.9

    def __init__(self, number: int) -> None:
        self.word, self.start_frame, self.end_frame = f"w{number}", 100 * number, 100 * number + 99


@pytest.fixture(autouse=True)
def always_speech(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    class Open:
        def heard(self, pcm: Int16Array) -> bool:
            return True

    if "process" not in request.fixturenames:
        monkeypatch.setattr(sphinx_stream, "SpeechGate", Open)


def stream(speaker: Speaker | None = None) -> tuple[Stream, Counting]:
    decoder = Counting()
    return Stream(Pair(decoder, Counting()), speaker or Speaker(), NO_MODEL), decoder


def known() -> Speaker:
    return Speaker(mean=np.zeros(CEPSTRA))


def level(seconds: float, amplitude: float) -> Int16Array:
    noise = np.random.default_rng(2).normal(0, 1, round(seconds * EAR_RATE_HZ))
    return np.asarray(np.clip(noise * amplitude, -32_000, 32_000), np.int16)


def test_pauses_do_not_cost_decoding_from_the_front() -> None:
    utterance, decoder = stream(known())
    finals = []
    for number in range(150):
        assert utterance.add(number * PIECE, np.zeros(PIECE, np.int16))
        utterance.advance(SECOND_FRAMES)
        if number % 10 == 9:
            finals.append(utterance.finish().text)
    assert [len(final.split()) for final in finals] == list(range(2, 31, 2))
    assert decoder.frames <= 30 * SECOND_FRAMES
    assert decoder.starts == 1


def test_a_final_has_confidences_and_is_computed_once_for_the_same_sound() -> None:
    utterance, decoder = stream(known())
    utterance.add(0, np.zeros(3 * EAR_RATE_HZ, np.int16))
    final = utterance.finish()
    assert utterance.finish() is final
    if sphinx_child.CAN_FORK:
        assert [word.confidence for word in final.words] == [0.9] * 3
    assert decoder.now <= 3 * SECOND_FRAMES, "the pair itself must not have ended"


def test_without_a_better_reading_in_time_the_streamed_one_is_the_final(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx_stream, "BEST_LIMIT_SEC", -1.0)
    monkeypatch.setattr(sphinx_stream, "CAN_FORK", False)
    utterance, _ = stream(known())
    utterance.add(0, np.zeros(3 * EAR_RATE_HZ, np.int16))
    assert [word.confidence for word in utterance.finish().words] == [None, None]


def test_an_unknown_voice_is_waited_for_a_second_and_a_known_one_is_not() -> None:
    for speaker, first in ((Speaker(), None), (known(), "")):
        utterance, _ = stream(speaker)
        utterance.add(0, level(0.5, 500))
        shown = utterance.advance(SECOND_FRAMES)
        assert (shown.text if shown else None) == first
        utterance.add(EAR_RATE_HZ // 2, level(0.8, 500))
        again = utterance.advance(2 * SECOND_FRAMES)
        assert again
        assert again.text == "w0"


def test_another_mean_means_reading_again_and_partials_never_shrink() -> None:
    utterance, decoder = stream()
    shown: list[int] = []
    pcm = np.concatenate([level(1.2, 2.0 * 4**n) for n in range(6)])
    for start in range(0, len(pcm), PIECE):
        utterance.add(start, pcm[start : start + PIECE])
        partial = utterance.advance(SECOND_FRAMES)
        if partial:
            shown.append(len(partial.words))
    utterance.finish()
    assert 2 <= decoder.starts <= 4
    assert shown == sorted(shown)
    assert decoder.frames <= 3 * len(pcm) // 160


def test_audio_that_is_missing_is_not_made_up() -> None:
    utterance, _ = stream()
    assert utterance.add(0, np.zeros(PIECE, np.int16))
    assert not utterance.add(2 * PIECE, np.zeros(PIECE, np.int16))
    assert utterance.add(0, np.zeros(3 * PIECE, np.int16))


def test_an_utterance_that_is_over_says_what_to_learn_from() -> None:
    utterance, _ = stream(known())
    utterance.add(0, np.zeros(2 * EAR_RATE_HZ, np.int16))
    final = utterance.finish()
    utterance.add(2 * EAR_RATE_HZ, np.zeros(PIECE, np.int16))
    assert not utterance.stop().reading.words, "the last words are not known"
    utterance, _ = stream(known())
    utterance.add(0, np.zeros(2 * EAR_RATE_HZ, np.int16))
    final = utterance.finish()
    spoken = utterance.stop()
    assert spoken.reading == final
    assert len(spoken.cepstra) == 2 * SECOND_FRAMES - 2


@pytest.fixture
def process() -> SphinxProcess:
    return SphinxProcess()


@pytest.mark.slow
def test_half_a_minute_of_speech_with_finals_on_the_way_is_all_there_and_the_process_lives(
    process: SphinxProcess,
) -> None:
    pcm = recording(LONG)
    heard: Hypothesis | None = None
    try:
        for start in range(0, len(pcm), PIECE):
            process.ask(Request("partial", HINTS, pcm[start : start + PIECE], 1, start, speaker=9))
            if start % (20 * PIECE) == 0:  # every 4 s
                heard = process.ask(Request("final", HINTS, pcm[: start + PIECE], 1, speaker=9))
        heard = process.ask(Request("final", HINTS, pcm, 1, speaker=9))
        again = process.ask(Request("final", HINTS, pcm, 2, speaker=9, forget=(1,)))
    finally:
        process.close()
    for result in (heard, again):
        assert result
        said = result.text
        assert said.startswith("content like"), said
        assert "united states" in said, said
        assert said.endswith("to use each tab"), said
