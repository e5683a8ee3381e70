"""The parts of the echo canceller: reference, delay, filter."""

from __future__ import annotations

import numpy as np
import pytest

from audio.echo_align import REACH, Aligner, find_shift
from audio.echo_delay import HEARD_SAMPLES, LONGEST_SEC, PLAYED_SAMPLES, find_delay
from audio.echo_evidence import BAND_BINS, BAND_CENTRES, BANDS
from audio.echo_filter import EchoFilter
from audio.echo_reference import Float32Array, Reference
from audio.echo_rest import RestGain
from coach.ports import EAR_FRAME, EAR_RATE_HZ, MOUTH_FRAME, Int16Array
from evals.echo_rooms import echo_room
from tests.audio.sounds import tone
from tests.audio.voices import mouth_frames, voice


def floats(pcm: Int16Array) -> Float32Array:
    return np.asarray(pcm / 32768, np.float32)


def test_what_was_played_is_kept_at_its_time_on_the_microphones_rate() -> None:
    reference = Reference(2.0)
    for number, frame in enumerate(mouth_frames(tone(1.0, EAR_RATE_HZ, hz=1000))):
        reference.played(frame, 5.0 + number * 0.02)
    assert reference.end == 6 * EAR_RATE_HZ
    kept = reference.before(reference.end, EAR_RATE_HZ)
    expected = floats(tone(1.0, EAR_RATE_HZ, hz=1000))
    # Half a millisecond of the low-pass.
    shifts = [float(np.dot(kept[100:-100], np.roll(expected, shift)[100:-100])) for shift in range(16)]
    assert int(np.argmax(shifts)) in (7, 8)


def test_a_tone_that_the_microphone_could_not_carry_is_not_folded_into_its_band() -> None:
    reference = Reference(1.0)
    for number in range(40):
        frame = tone(0.02, 48_000, hz=12_000)
        reference.played(frame, number * 0.02)
    assert np.max(np.abs(reference.before(reference.end, 8000))) < 0.3 * 10 ** (-50 / 20)


@pytest.mark.parametrize(("late_sec", "moves_sec"), [(0.0, 0.0), (0.09, 0.0), (0.5, 0.5)])
def test_a_late_loop_moves_nothing_and_skipped_time_is_skipped(late_sec: float, moves_sec: float) -> None:
    reference = Reference(3.0)
    frame = np.full(MOUTH_FRAME, 1000, np.int16)
    reference.played(frame, 1.0)
    reference.played(frame, 1.02 + late_sec)
    assert reference.end == round((1.04 + moves_sec) * EAR_RATE_HZ)
    assert reference.loud_until == reference.end


def test_what_was_read_does_not_change_when_more_is_played() -> None:
    reference = Reference(1.0)
    for number, frame in enumerate(mouth_frames(voice(1, 0.5))):
        reference.played(frame, number * 0.02)
    read = reference.before(reference.end, 1000)
    before = read.copy()
    reference.played(mouth_frames(voice(2, 0.1))[0], 0.5)
    assert np.array_equal(read, before)


def test_before_anything_was_played_there_is_silence() -> None:
    reference = Reference(1.0)
    assert not reference.before(100, 500).any()
    reference.played(np.full(MOUTH_FRAME, 1000, np.int16), 0.0)
    assert len(reference.before(5000, 6000)) == 6000
    with pytest.raises(ValueError, match=r"shape \(960,\), got int16 of shape \(320,\)"):
        reference.played(np.zeros(320, np.int16), 0.0)


@pytest.mark.parametrize("delay_ms", [20, 100, 250, 450])
@pytest.mark.parametrize("rt60_sec", [0.0, 0.5])
def test_the_delay_of_an_echo_is_found_in_a_room(delay_ms: int, rt60_sec: float) -> None:
    played = voice(3, 3.0)
    room = echo_room(np.random.default_rng(delay_ms), level_db=-20, delay_ms=delay_ms, rt60_sec=rt60_sec)
    heard = room.echo(played) / 32768
    end = 2 * EAR_RATE_HZ
    peak = find_delay(floats(played)[end - PLAYED_SAMPLES : end], np.asarray(heard[end - HEARD_SAMPLES : end], "f4"))
    assert peak.height > 10
    assert peak.samples / 16 == pytest.approx(delay_ms, abs=1.5)


def test_two_voices_that_have_nothing_to_do_with_each_other_rarely_look_like_an_echo() -> None:
    heights = []
    for seed in range(12):
        one, other = floats(voice(seed, 1.2)), floats(voice(seed + 100, 1.2))
        heights.append(find_delay(one[-PLAYED_SAMPLES:], other[-HEARD_SAMPLES:]).height)
    assert sorted(heights)[-3] < 10


def test_stretches_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="Expected shapes"):
        find_delay(np.zeros(100, np.float32), np.zeros(HEARD_SAMPLES, np.float32))
    assert LONGEST_SEC > 0.5


@pytest.mark.parametrize("rt60_sec", [0.0, 0.3])
def test_the_filter_learns_a_path_within_two_seconds_and_knows_that_it_does(rt60_sec: float) -> None:
    played = voice(5, 3.0)
    room = echo_room(np.random.default_rng(2), level_db=-10, delay_ms=0, rt60_sec=rt60_sec)
    heard = np.asarray(room.echo(played) / 32768, np.float32)
    echo_filter, spoken = EchoFilter(), floats(played)
    steps = [
        echo_filter.step(spoken[at : at + EAR_FRAME], heard[at : at + EAR_FRAME])
        for at in range(0, len(heard) - EAR_FRAME, EAR_FRAME)
    ]
    left = sum(float(np.sum(step.residual**2)) for step in steps[100:])
    came = float(np.sum(heard[100 * EAR_FRAME :] ** 2))
    assert 10 * np.log10(came / left) > 10
    unsure = [float(np.sum(step.unsure_power)) for step in steps]
    assert sum(unsure[100:120]) < 0.25 * sum(unsure[:20])


@pytest.mark.parametrize("hz", [100.0, 160.0, 440.0])
def test_a_buzz_fits_every_voice_and_so_tells_no_delay(hz: float) -> None:
    times = np.arange(PLAYED_SAMPLES) / EAR_RATE_HZ
    buzz = sum((np.sin(2 * np.pi * hz * n * times) / n for n in range(1, 12)), np.zeros(len(times)))
    spoken = np.zeros(HEARD_SAMPLES, np.float32)
    spoken[-1600:] = floats(voice(3, 0.2))[:1600]
    assert find_delay(np.asarray(0.1 * buzz, np.float32), spoken).height == 0.0
    assert find_delay(floats(voice(4, PLAYED_SAMPLES / EAR_RATE_HZ)), spoken).height > 0.0


@pytest.mark.parametrize("later", [-REACH, -5, 0, 7, REACH])
@pytest.mark.parametrize("gain", [0.1, 1.0])
def test_an_echo_that_has_moved_is_found_at_its_new_place(later: int, gain: float) -> None:
    spoken = floats(voice(6, 0.3))
    assert find_shift(spoken[500:2500], gain * spoken[500 - later : 2500 - later]) == later


def test_another_voice_moves_nothing() -> None:
    shifts = [find_shift(floats(voice(seed, 0.1)), floats(voice(seed + 50, 0.1))) for seed in range(10)]
    assert shifts.count(0) >= 9


def shifts(aligner: Aligner, blocks: list[tuple[Float32Array, Float32Array]]) -> list[int]:
    told = []
    for echo, heard in blocks:
        aligner.hear(echo, heard, audible=True)
        told.append(aligner.shift)
    return told


def test_a_shift_is_told_once_a_pause_and_only_where_there_is_sound() -> None:
    spoken, aligner = floats(voice(7, 1.0)), Aligner()
    blocks = [(spoken[at : at + 320], spoken[at - 6 : at + 314]) for at in range(320, 9600, 320)]
    assert shifts(aligner, blocks[:8]) == [0] * 8  # no pause was over
    aligner.begin()
    aligner.hear(blocks[8][0] * 0, blocks[8][1] * 0, audible=False)
    assert [shift for shift in shifts(aligner, blocks[9:20]) if shift] == [6]


def test_a_band_of_echo_is_turned_down_and_the_others_are_left() -> None:
    gain, random = RestGain(), np.random.default_rng(2)
    share = np.ones(BANDS, np.float32)
    share[10] = 0.0
    blocks = [random.standard_normal(EAR_FRAME).astype(np.float32) for _ in range(60)]
    quiet = np.concatenate([gain.quieten(block, share, np.zeros(BANDS, np.float32)) for block in blocks])
    power = [
        np.abs(np.fft.rfft(sound.reshape(-1, 640), axis=1) ** 2).mean(axis=0) for sound in (np.ravel(blocks), quiet)
    ]
    change_db = 10 * np.log10(power[1] / power[0])
    assert change_db[round(BAND_CENTRES[10])] < -5  # a band is as wide as the equaliser is fine
    for band in (2, 5, 14):
        assert abs(change_db[round(BAND_CENTRES[band])]) < 1.5


def test_where_nothing_is_echo_the_sound_is_left_as_it_is() -> None:
    gain, sound, none = RestGain(), floats(voice(8, 0.5)), np.zeros(BANDS, np.float32)
    out = np.concatenate([gain.quieten(sound[at : at + 320], none + 1, none) for at in range(0, 8000, 320)])
    assert np.allclose(out[64:8000], sound[32:7968], atol=1e-4)


def test_what_may_be_left_of_an_echo_is_covered_by_a_hiss_as_loud() -> None:
    random = np.random.default_rng(4)
    echo = [0.01 * random.standard_normal(EAR_FRAME).astype(np.float32) for _ in range(50)]
    power = np.mean([np.abs(np.fft.rfft(block, 640)) ** 2 for block in echo], axis=0)
    edges = np.linspace(0, len(power), BANDS + 1).astype(int)
    bands = np.asarray([power[edges[0] : edges[1]].mean() * count for count in BAND_BINS], np.float32)
    gain, silence = RestGain(), np.zeros(EAR_FRAME, np.float32)
    hiss = np.concatenate([gain.quieten(silence, np.zeros(BANDS, np.float32), bands) for _ in echo])
    assert abs(10 * np.log10(np.mean(hiss**2) / np.mean(np.square(echo)))) < 5
