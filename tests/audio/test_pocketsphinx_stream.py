from __future__ import annotations

import wave

import numpy as np
import pytest

from audio.asr.sphinx_process import Request, SphinxProcess
from audio.asr.sphinx_stream import MEAN_SAMPLES, Pair, Stream
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints
from tests.data import audio_clip

LONG = "en/azure_customspeech_en_train1.wav"
HINTS = RecognitionHints("en", ("boils a litre in three minutes", "thirty nine dollars today"), ("kettle",))
PIECE = EAR_RATE_HZ // 5
SECOND = EAR_RATE_HZ


def recording(name: str) -> Int16Array:
    with wave.open(str(audio_clip(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


class Counting:
    """A decoder that notes how much it decoded, and hears one word a second."""

    def __init__(self) -> None:
        self.samples = 0
        self.now = 0
        self.starts = 0
        self.modes: set[bool] = set()
        self.mean = "?"

    def start_utt(self) -> None:
        self.now = 0
        self.starts += 1

    def process_raw(self, data: bytes, no_search: bool = False, full_utt: bool = False) -> int:
        self.samples += len(data) // 2
        self.now += len(data) // 2
        self.modes.add(full_utt)
        return 0

    def end_utt(self) -> None: ...

    def seg(self) -> list[Word]:
        return [Word(n) for n in range(self.now // SECOND)]

    def get_cmn(self, update: bool) -> str:
        return f"mean of {self.now}"

    def set_cmn(self, cmn: str) -> None:
        self.mean = cmn


class Word:
    """The n-th second."""

    ascore, lscore, prob = 0.5, 0.5, 1.0

    def __init__(self, number: int) -> None:
        self.word, self.start_frame, self.end_frame = f"w{number}", 100 * number, 100 * number + 99


@pytest.fixture
def always_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    class Open:
        def heard(self, pcm: Int16Array) -> bool:
            return True

    monkeypatch.setattr("audio.asr.sphinx_stream.SpeechGate", Open)


def speak(stream: Stream, seconds: int, pause_every: int) -> list[str]:
    """Stream silence as if it were speech, asking for a final in each pause; return the finals."""
    finals: list[str] = []
    for start in range(0, seconds * SECOND, PIECE):
        assert stream.add(start, np.zeros(PIECE, np.int16))
        stream.advance(SECOND)
        if (start + PIECE) % (pause_every * SECOND) == 0:
            finals.append(stream.finish().text)
    return finals


@pytest.mark.usefixtures("always_speech")
@pytest.mark.parametrize(
    ("mean", "most_streamed", "most_whole"),
    [
        pytest.param("known", 60 * SECOND, 0, id="known speaker: each sample once"),
        pytest.param(
            None, 64 * SECOND, 2 * SECOND + MEAN_SAMPLES, id="new speaker: the part before the mean twice more"
        ),
    ],
)
def test_pauses_do_not_cost_decoding_from_the_front(mean: str | None, most_streamed: int, most_whole: int) -> None:
    streaming, whole = (Counting(), Counting()), (Counting(), Counting())
    finals = speak(Stream(Pair(*streaming), Pair(*whole), mean), 60, pause_every=2)
    assert [len(final.split()) for final in finals] == list(range(2, 62, 2))
    assert max(decoder.samples for decoder in streaming) <= most_streamed
    assert max(decoder.samples for decoder in whole) <= most_whole
    assert all(decoder.modes == {False} for decoder in streaming)
    assert all(decoder.modes <= {True} for decoder in whole)


@pytest.mark.slow
def test_half_a_minute_of_speech_with_finals_on_the_way_is_all_there_and_the_process_lives() -> None:
    pcm = recording(LONG)
    process = SphinxProcess()
    heard: Hypothesis | None = None
    try:
        for start in range(0, len(pcm), PIECE):
            process.ask(Request("partial", HINTS, pcm[start : start + PIECE], 1, start, speaker=9))
            if start % (7 * PIECE) == 0:
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
