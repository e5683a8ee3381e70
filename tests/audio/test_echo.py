"""The echo canceller as the listener uses it, and the promises that every canceller makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from audio import parts
from audio.echo import EchoGuard
from audio.echo_tracker import EchoState
from coach.ports import EAR_FRAME, FRAME_SEC, EarFrame, EchoCanceller, Int16Array, VadDecision
from coach.testing import ScriptedEcho
from evals.echo_rooms import echo_room, pink_noise
from tests.audio.voices import ear_frames, mouth_frames, voice

pytestmark = pytest.mark.slow

SURE = VadDecision(quick=True, speech=0.95)
SILENT = np.zeros(8000, np.int16)


@dataclass
class Heard:
    """What came of a stretch of sound, frame by frame."""

    cleaned: list[Int16Array] = field(default_factory=list)
    weighed: list[VadDecision] = field(default_factory=list)

    def sure_frames(self, start_sec: float, end_sec: float) -> int:
        return sum(vad.speech >= 0.6 for vad in self.weighed[round(start_sec / 0.02) : round(end_sec / 0.02)])

    def longest_sure_ms(self, start_sec: float, end_sec: float) -> int:
        """A viewer is stopped by 160 ms."""
        longest = run = 0
        for vad in self.weighed[round(start_sec / 0.02) : round(end_sec / 0.02)]:
            run = run + 20 if vad.speech >= 0.6 else 0
            longest = max(longest, run)
        return longest

    def loudness(self, start_sec: float, end_sec: float) -> float:
        part = np.concatenate(self.cleaned[round(start_sec / 0.02) : round(end_sec / 0.02)])
        return float(10 * np.log10(np.mean(np.square(part, dtype=np.float64)) + 1))


def listen(
    echo: EchoCanceller, played: Int16Array, heard: Int16Array, *, at: float = 1.0, opinion: VadDecision = SURE
) -> Heard:
    """Play and hear at once; every frame's opinion is "speech", so what is left is the canceller's."""
    result = Heard()
    for number, (mouth, ear) in enumerate(zip(mouth_frames(played), ear_frames(heard), strict=True)):
        start = at + number * FRAME_SEC
        echo.played(mouth, start)
        result.cleaned.append(echo.clean(EarFrame(ear, number * EAR_FRAME), start))
        result.weighed.append(echo.weigh(opinion))
    return result


def line(seed: int = 1) -> Int16Array:
    """Half a second of silence, 3.5 s of a viewer, half a second of silence."""
    return np.concatenate([SILENT, voice(seed, 3.5), SILENT])


def microphone(
    played: Int16Array, *, level_db: float = -10, delay_ms: float = 120, rt60_sec: float = 0.3
) -> Int16Array:
    random = np.random.default_rng(7)
    echo = echo_room(random, level_db=level_db, delay_ms=delay_ms, rt60_sec=rt60_sec).echo(played)
    return np.asarray(echo + pink_noise(random, len(played), -65), np.int16)


# --- every canceller -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [ScriptedEcho, EchoGuard, lambda: EchoGuard("off"), lambda: EchoGuard("on")])
def test_frames_keep_their_shape_and_opinions_never_grow(make: Callable[[], EchoCanceller]) -> None:
    echo = make()
    assert echo.name
    result = listen(echo, line(), microphone(line()))
    assert all(frame.shape == (EAR_FRAME,) and frame.dtype == np.int16 for frame in result.cleaned)
    assert all(0 <= vad.speech <= SURE.speech for vad in result.weighed)
    assert echo.trouble() is None or echo.trouble() is None


@pytest.mark.parametrize("make", [EchoGuard, lambda: EchoGuard("on"), lambda: EchoGuard(client_cancels=True)])
def test_while_nobody_is_played_every_opinion_stands(make: Callable[[], EchoGuard]) -> None:
    silence = np.zeros(3 * 16_000, np.int16)
    result = listen(make(), silence, voice(9, 3.0))
    assert all(vad == SURE for vad in result.weighed)


# --- ours ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay_ms", [20, 120, 250, 450])
@pytest.mark.parametrize("level_db", [-6, -20])
def test_an_echo_alone_is_never_taken_for_the_streamer(delay_ms: float, level_db: float) -> None:
    echo = EchoGuard()
    played = line()
    result = listen(echo, played, microphone(played, delay_ms=delay_ms, level_db=level_db))
    assert echo.state is EchoState.FOUND
    assert result.longest_sure_ms(0.5, 4.5) <= 100


@pytest.mark.parametrize("near_db", [3, 10])
def test_the_streamer_is_heard_over_the_echo(near_db: float) -> None:
    played = line()
    heard = microphone(played).astype(np.float64)
    heard[40_000:56_000] += voice(50, 1.0, level_dbfs=-32 + near_db)
    result = listen(EchoGuard(), played, np.asarray(np.clip(heard, -32768, 32767), np.int16))
    assert result.longest_sure_ms(0.5, 2.5) <= 100
    assert result.sure_frames(2.5, 2.85) >= 8  # 160 of the first 350 ms: a barge-in


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_noise_does_not_make_a_voice_of_what_is_left_of_a_viewer(seed: int) -> None:
    played, random = line(), np.random.default_rng(seed)
    heard = microphone(played, level_db=-14).astype(np.float64)
    knock = random.standard_normal(4000) * np.exp(-np.arange(4000) / 1200)
    heard[40_000:44_000] += knock / np.std(knock) * 10 ** (-38 / 20) * 32768
    result = listen(EchoGuard(), played, np.asarray(heard, np.int16), opinion=VadDecision(quick=True, speech=0.8))
    assert result.longest_sure_ms(2.4, 3.2) <= 40


def test_the_echo_is_taken_out() -> None:
    played = line()
    heard = microphone(played)
    result, untouched = listen(EchoGuard(), played, heard), listen(EchoGuard("off"), played, heard)
    assert untouched.loudness(2.0, 4.0) - result.loudness(2.0, 4.0) > 10


def test_with_headphones_the_streamer_is_heard_from_the_first_line_on() -> None:
    heard = np.asarray(pink_noise(np.random.default_rng(1), 72_000, -65), np.int16)
    heard[24_000:40_000] += voice(50, 1.0, level_dbfs=-26)
    result = listen(EchoGuard(), line(), heard)
    assert result.sure_frames(1.5, 1.85) >= 8


@pytest.mark.parametrize(("client_cancels", "sure_at_once"), [(True, True), (False, False), (None, False)])
def test_a_browser_that_cancels_echo_is_trusted_until_one_is_heard(
    client_cancels: bool | None, sure_at_once: bool
) -> None:
    heard = np.zeros(72_000, np.int16)
    heard[9_600:] = voice(50, 3.9, level_dbfs=-26)  # talks over the viewer's first 100 ms
    result = listen(EchoGuard(client_cancels=client_cancels), line(), heard)
    assert (result.sure_frames(0.6, 0.8) >= 5) is sure_at_once
    assert result.sure_frames(1.2, 1.6) >= 12


def test_an_echo_that_moves_by_a_network_hiccup_is_found_again_without_an_alarm() -> None:
    played = np.concatenate([line(1), line(2)])
    heard = np.concatenate([microphone(line(1), delay_ms=80), microphone(line(2), delay_ms=200)])
    result = listen(EchoGuard(), played, heard)
    assert result.longest_sure_ms(0.5, 9.0) <= 100


@pytest.mark.parametrize("later_samples", [-7, 3, 8, 20])
def test_an_echo_that_comes_a_little_later_after_a_pause_is_no_alarm(later_samples: int) -> None:
    """Two sound cards whose clocks differ by 50 millionths are 6 samples apart after eight seconds."""
    played = np.concatenate([line(1), np.zeros(2 * 16_000, np.int16), line(2)])
    heard = microphone(played)
    second = 6 * 16_000
    moved = np.concatenate([heard[:second], np.roll(heard, later_samples)[second:]])
    result = listen(EchoGuard(), played, moved)
    assert result.longest_sure_ms(0.5, 4.4) <= 60
    assert result.longest_sure_ms(7.0, 10.9) <= 60


def test_the_streamer_is_heard_before_the_echo_is_learned() -> None:
    """A voice 14 dB over the echo, half a second into the first line."""
    played = line()
    heard = microphone(played, level_db=-20).astype(np.float64)
    heard[17_600:33_600] += voice(50, 1.0, level_dbfs=-28)
    result = listen(EchoGuard(), played, np.asarray(np.clip(heard, -32768, 32767), np.int16))
    assert result.longest_sure_ms(0.5, 1.1) <= 60
    assert result.sure_frames(1.1, 1.45) >= 8


def test_a_line_that_begins_with_one_long_vowel_is_no_alarm() -> None:
    """Its delay cannot be told yet, which does not mean that no echo comes back."""
    times = np.arange(9600) / 16_000
    vowel = sum((np.sin(2 * np.pi * 130 * n * times) / n for n in range(1, 12)), np.zeros(9600))
    vowel *= times / times[-1]  # an abrupt beginning would tell the delay
    played = np.concatenate([SILENT, np.asarray(2500 * vowel, np.int16), voice(4, 3.0), SILENT])
    result = listen(EchoGuard(), played, microphone(played))
    assert result.longest_sure_ms(0.5, 1.3) <= 60


@pytest.mark.parametrize("sooner_ms", [40, 120])
def test_an_echo_that_jumps_within_a_line_is_not_taken_for_the_streamer(sooner_ms: int) -> None:
    """As when a sound server that fell behind catches up between two words."""
    played = np.concatenate([line(1)[:32_000], np.zeros(3200, np.int16), line(2)[8000:]])
    before, after = microphone(played, delay_ms=250), microphone(played, delay_ms=250 - sooner_ms)
    jump = 32_000 + 3200
    result = listen(EchoGuard(), played, np.concatenate([before[:jump], after[jump:]]))
    assert result.longest_sure_ms(0.5, 5.6) <= 60


def test_switched_off_it_changes_nothing_and_tells_of_an_echo_once() -> None:
    echo = EchoGuard("off")
    played = line()
    heard = microphone(played)
    result = listen(echo, played, heard)
    assert np.array_equal(np.concatenate(result.cleaned), heard)
    assert all(vad == SURE for vad in result.weighed)
    assert "hears the viewers" in (echo.trouble() or "")
    assert echo.trouble() is None


@pytest.mark.parametrize(("viewer", "streamer"), [(1, 16), (3, 30), (4, 26)])
def test_a_streamer_who_sounds_like_the_viewer_for_a_moment_is_not_told_of_an_echo(viewer: int, streamer: int) -> None:
    played = line(viewer)
    talk = np.zeros(len(played), np.int16)
    talk[16_000:64_000] = voice(streamer, 3.0)[:48_000]
    heard = np.asarray(talk + pink_noise(np.random.default_rng(7), len(played), -65), np.int16)
    echo = EchoGuard("off")
    listen(echo, played, heard)
    assert echo.trouble() is None


def test_without_the_package_the_filter_of_our_own_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "find_spec", lambda module: None)
    played = line()
    result = listen(EchoGuard("on"), played, microphone(played))
    assert result.longest_sure_ms(0.5, 4.5) <= 100


def test_ears_that_learn_that_they_ran_late_do_not_lose_the_echo() -> None:
    played = np.concatenate([line(1), line(2)])
    heard = microphone(played)
    echo = EchoGuard()
    sure = 0
    for number, (mouth, ear) in enumerate(zip(mouth_frames(played), ear_frames(heard), strict=True)):
        at = 1.0 + number * FRAME_SEC
        echo.played(mouth, at)
        late = 0.2 if number < 200 else 0.0
        echo.clean(EarFrame(ear, number * EAR_FRAME), at + late)
        sure += echo.weigh(SURE).speech > 0.6 and number >= 25
    assert sure <= 4


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="Expected auto, on or off, got 'maybe'"):
        EchoGuard("maybe")
