"""The latency benchmark's yardsticks, and its loop without a wire, on made-up sound."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.errors import InputError
from coach.ports import RecognitionHints
from coach.testing import LOUD
from evals import latency, wire
from evals.free_engines import KnownClip, KnownClipsRecognizer, loudness, place
from evals.levels import falls, rises, silent_from
from evals.load import lag_of
from evals.recordings import Recording, recordings
from tests.data import audio_clip, data_folder, needs_test_data
from tests.virtual_time import virtual_time


def levels(*parts: tuple[float, float]) -> list[tuple[float, float]]:
    """Return 5 ms blocks from (seconds, level) stretches."""
    found = [level for seconds, level in parts for _ in range(round(seconds / 0.005))]
    return [(index * 0.005, level) for index, level in enumerate(found)]


@pytest.mark.parametrize(
    ("blocks", "fall", "silent", "back"),
    [
        (levels((0.5, 4000.0)), None, None, 0.1),
        (levels((0.2, 4000.0), (0.01, 100.0), (0.4, 4000.0)), None, None, 0.1),
        (levels((0.2, 4000.0), (0.3, 1000.0), (0.3, 4000.0)), 0.2, None, 0.1),
        (levels((0.2, 4000.0), (0.1, 1000.0), (0.5, 0.0)), 0.2, 0.3, 0.1),
        (levels((0.05, 1000.0), (0.3, 4000.0)), 0.0, None, 0.1),
        (levels((0.3, 1000.0), (0.3, 4000.0)), 0.0, None, 0.3),
    ],
)
def test_falls_silences_and_returns_are_read_from_what_was_received(
    blocks: list[tuple[float, float]], fall: float | None, silent: float | None, back: float | None
) -> None:
    assert falls(blocks, 2000.0) == (None if fall is None else pytest.approx(fall))
    assert silent_from(blocks) == (None if silent is None else pytest.approx(silent))
    assert rises(blocks, 3200.0, 0.1) == (None if back is None else pytest.approx(back))


def test_the_lag_is_read_from_the_histogram() -> None:
    text = "".join(f'coach_loop_lag_ms_bucket{{le="{le}"}} {n}\n' for le, n in (("1", 90), ("5", 97), ("+Inf", 100)))
    assert lag_of(text) == {"p50": 1.0, "p95": 5.0, "p99": float("inf")}
    assert lag_of("") == {"p50": None, "p95": None, "p99": None}


def babble(seed: int, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """Return noise whose loudness moves like speech."""
    rng = np.random.default_rng(seed)
    syllables = np.repeat(rng.uniform(0.02, 1.0, round(seconds / 0.12)), round(0.12 * 16_000))
    return (syllables * rng.normal(0, LOUD / 3, len(syllables))).clip(-32000, 32000).astype(np.int16)


def test_a_known_clip_is_told_from_others_wherever_the_hearing_begins() -> None:
    one, two = babble(1, 4.0), babble(2, 4.0)
    assert place(loudness(one), loudness(one[16_000:]))[0] > 0.95
    assert place(loudness(one), loudness(one[16_000:]))[1] == pytest.approx(100, abs=1)
    assert place(loudness(one), loudness(two))[0] < 0.6


@virtual_time
async def test_words_of_a_known_clip_come_as_far_as_it_was_heard_and_noise_has_none() -> None:
    pcm = babble(3, 4.0)
    said = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    words = [(index * 0.5, index * 0.5 + 0.5, word) for index, word in enumerate(said)]
    recognizer = KnownClipsRecognizer([KnownClip.of(pcm, words, "en")])
    partials: list[str] = []
    hearing = recognizer.open(RecognitionHints(language="en"), lambda partial: partials.append(partial.text))
    for start in range(0, 32_000, 3200):
        hearing.feed(pcm[start : start + 3200])
    assert (await hearing.final()).text == "one two three four"
    hearing.feed(pcm[32_000:])
    assert (await hearing.final()).text == "one two three four five six seven eight"
    assert partials == sorted(partials, key=len)
    other = recognizer.open(RecognitionHints(language="en"), lambda partial: None)
    other.feed(babble(4, 2.0))
    assert (await other.final()).text == ""


def test_any_folder_of_sound_files_will_do(tmp_path: Path) -> None:
    for folder in ("en", "noise", "takes"):
        (tmp_path / folder).mkdir()
        with wave.open(str(tmp_path / folder / "one.wav"), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(bytes(16_000))
    (tmp_path / "en" / "one.txt").write_text("two  words\n", encoding="utf-8")
    found = {clip.name: clip for clip in recordings(tmp_path)}
    assert {name: clip.language for name, clip in found.items()} == {
        "en/one.wav": "en",
        "noise/one.wav": "noise",
        "takes/one.wav": "en",
    }
    assert found["en/one.wav"].transcript == "two words"
    assert len(found["en/one.wav"].read()) == pytest.approx(16_000, abs=200)


def test_without_recordings_the_benchmark_says_what_it_expects(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found none"):
        latency.main(["--audio", str(tmp_path), "--out", str(tmp_path)])


@needs_test_data
@pytest.mark.slow
def test_the_loop_answers_recorded_speech_and_writes_its_figures(tmp_path: Path) -> None:
    code = latency.main(
        ["--loop", "--engines", "free", "--turns", "2", "--audio", str(data_folder() / "audio"), "--out", str(tmp_path)]
    )
    data = json.loads((tmp_path / "latency_loop.json").read_text(encoding="utf-8"))
    assert code == 0
    summary = data["summary"]
    assert summary["turns"] == 4
    assert summary["missed_replies"] == 0
    assert summary["voice_to_voice_ms"]["n"] + round(summary["false_cut_in_rate"] * 4) == 4
    assert summary["server"]["foreseen_rate"] is not None
    assert (tmp_path / "latency_loop.svg").exists()


@needs_test_data
def test_a_clip_with_a_pause_is_no_single_turn() -> None:
    def clip(name: str, transcript: str) -> Recording:
        return Recording(name, audio_clip(name), "en", transcript, frozenset())

    assert wire.is_a_turn(clip("en/pocketsphinx_cards_002.wav", "some words"))
    assert not wire.is_a_turn(clip("en/watson_speech_with_pause.wav", "some words"))
