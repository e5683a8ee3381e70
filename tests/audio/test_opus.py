from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.codec.context import CodecContext

from audio import libopus, opus
from audio.jitter import duration
from audio.opus import DECAY_FRAMES, FfmpegDecoder, FfmpegEncoder, OpusDecoder, SpeechEncoder, open_decoder
from coach.ports import MOUTH_FRAME, Int16Array


def voice(frames: int) -> Int16Array:
    """A hum that swells and fades four times a second, with a 140 Hz fundamental, as a vowel has."""
    at = np.arange(frames * MOUTH_FRAME) / 48_000
    wave = sum(np.sin(2 * np.pi * 140 * harmonic * at) / harmonic for harmonic in range(1, 12))
    swell = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * at)
    sound: Int16Array = (6000 * wave * swell).astype(np.int16)
    return sound


def frames_of(pcm: Int16Array) -> list[Int16Array]:
    return [pcm[start : start + MOUTH_FRAME] for start in range(0, len(pcm), MOUTH_FRAME)]


def level(pcm: Int16Array) -> float:
    return float(np.sqrt((pcm.astype(np.float64) ** 2).mean()))


@pytest.fixture(params=["libopus", "ffmpeg"])
def decoder(request: pytest.FixtureRequest) -> OpusDecoder:
    return open_decoder() if request.param == "libopus" else FfmpegDecoder()


def test_libopus_is_found_in_the_installed_pyav() -> None:
    assert isinstance(open_decoder(), opus.LibopusDecoder)


def test_each_frame_is_one_packet_of_20_ms_mono_with_speech_bit_rate() -> None:
    encoder = SpeechEncoder()
    packets = [encoder.encode(frame) for frame in frames_of(voice(100))]
    assert {duration(packet) for packet in packets} == {MOUTH_FRAME}
    assert not any(packet[0] & 4 for packet in packets), "the stereo bit (RFC 6716, 3.1)"
    assert 16_000 < sum(map(len, packets)) / 100 * 8 * 50 < 48_000


def test_packets_are_those_that_ffmpeg_would_make() -> None:
    ours, ffmpeg = opus._encoder(), FfmpegEncoder()
    assert isinstance(ours, libopus.Encoder)
    frames = frames_of(np.concatenate([voice(50), np.zeros(5 * MOUTH_FRAME, np.int16), voice(20)]))
    assert [ours.run(frame) for frame in frames] == [ffmpeg.run(frame) for frame in frames]


def test_a_frame_that_is_a_view_into_other_sound_is_encoded_as_itself() -> None:
    sound = voice(4)
    spread = np.repeat(sound, 2)[::2]
    assert not spread.flags.c_contiguous
    one, other = SpeechEncoder(), SpeechEncoder()
    assert [one.encode(frame) for frame in frames_of(spread)] == [other.encode(frame) for frame in frames_of(sound)]


def test_what_is_encoded_is_heard_within_a_frame(decoder: OpusDecoder) -> None:
    encoder = SpeechEncoder()
    sound = voice(50)
    heard = np.concatenate([decoder.decode(encoder.encode(frame)) for frame in frames_of(sound)])
    assert heard.shape == (50 * 320,)
    sent = sound[::3].astype(np.float64)
    lags = [float(np.dot(sent[:15_000], heard[lag : lag + 15_000])) for lag in range(320)]
    assert 0 < int(np.argmax(lags)) < 320 * 0.7, "libopus looks ahead 6.5 ms at each end"
    assert level(heard[1600:]) == pytest.approx(level(sound[4800:]), rel=0.25)


def test_a_silent_room_is_one_ready_packet_that_decodes_to_nothing(decoder: OpusDecoder) -> None:
    encoder, silent = SpeechEncoder(), np.zeros(MOUTH_FRAME, dtype=np.int16)
    packets = [encoder.encode(silent) for _ in range(5)]
    assert len({id(packet) for packet in packets}) == 1
    assert not any(decoder.decode(packet).any() for packet in packets)


def test_speech_after_a_long_silence_sounds_as_if_the_silence_had_been_encoded(decoder: OpusDecoder) -> None:
    """The ready packet bypasses the encoder: its state and the decoder's must still fit."""
    pause = np.zeros(100 * MOUTH_FRAME, dtype=np.int16)
    frames = frames_of(np.concatenate([voice(50), pause, voice(50)]))
    encoder = SpeechEncoder()
    heard = np.concatenate([decoder.decode(encoder.encode(frame)) for frame in frames])
    assert not heard[(50 + DECAY_FRAMES + 1) * 320 : 150 * 320].any()
    again, first = heard[150 * 320 :], heard[: 50 * 320]
    assert level(again[:1600]) == pytest.approx(level(first[:1600]), rel=0.2)
    assert np.abs(again.astype(np.int32)).max() < 1.3 * np.abs(first.astype(np.int32)).max()


def test_the_next_packet_repairs_a_lost_frame() -> None:
    encoder = SpeechEncoder()
    packets = [encoder.encode(frame) for frame in frames_of(voice(100))]
    whole, repaired, guessed = open_decoder(), open_decoder(), open_decoder()
    off = {"repaired": 0.0, "guessed": 0.0}
    for number, packet in enumerate(packets[:-1]):
        true = whole.decode(packet).astype(np.float64)
        if number % 6 != 5:
            repaired.decode(packet)
            guessed.decode(packet)
            continue
        off["repaired"] += float(((repaired.conceal(MOUTH_FRAME, packets[number + 1]) - true) ** 2).sum())
        off["guessed"] += float(((guessed.conceal(MOUTH_FRAME, None) - true) ** 2).sum())
    assert off["repaired"] < off["guessed"] / 2


@pytest.mark.parametrize("samples", [120, 480, 960, 1920, 2880, 4800, 961])
def test_lost_sound_is_replaced_by_as_much(decoder: OpusDecoder, samples: int) -> None:
    encoder = SpeechEncoder()
    packets = [encoder.encode(frame) for frame in frames_of(voice(10))]
    for packet in packets[:9]:
        decoder.decode(packet)
    for after in (None, packets[9]):
        assert len(decoder.conceal(samples, after)) == samples // 3


def test_concealed_sound_fades_out() -> None:
    encoder, decoder = SpeechEncoder(), open_decoder()
    for frame in frames_of(voice(20)):
        decoder.decode(encoder.encode(frame))
    guessed = decoder.conceal(4800, None)
    assert level(guessed[:160]) > 200
    assert level(guessed[-320:]) < 0.3 * level(guessed[:320])


@pytest.mark.parametrize("damaged", [b"\xff\xff\xff", b"\x03", b"\xfb\x3f\x00"])
def test_damaged_packets_are_refused_and_the_next_one_plays(decoder: OpusDecoder, damaged: bytes) -> None:
    encoder = SpeechEncoder()
    packets = [encoder.encode(frame) for frame in frames_of(voice(4))]
    decoder.decode(packets[0])
    with pytest.raises(ValueError, match="Opus"):
        decoder.decode(damaged)
    assert len(decoder.decode(packets[1])) == 320


def test_a_frame_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="960"):
        SpeechEncoder().encode(np.zeros(480, dtype=np.int16))


def test_without_libopus_ffmpeg_decodes_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opus._library.cache_clear()
    monkeypatch.setattr(libopus, "candidates", lambda: iter(["/nowhere/libopus.so.0"]))
    try:
        assert isinstance(open_decoder(), FfmpegDecoder)
        assert duration(SpeechEncoder().encode(voice(1))) == MOUTH_FRAME
        assert "lost sound is silence" in caplog.text
    finally:
        opus._library.cache_clear()


def test_stereo_and_long_packets_of_a_browser_come_out_as_mono(decoder: OpusDecoder) -> None:
    codec: Any = CodecContext.create("libopus", "w")
    codec.format, codec.layout, codec.sample_rate = "s16", "stereo", 48_000
    codec.options = {"frame_duration": "60"}
    sound = voice(30)
    packets = []
    for start in range(0, len(sound), 2880):
        both = np.repeat(sound[start : start + 2880], 2).reshape(1, -1)
        frame = AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate, frame.pts = 48_000, start
        packets += [bytes(packet) for packet in codec.encode(frame)]
    heard = [decoder.decode(packet) for packet in packets]
    assert {duration(packet) for packet in packets} == {2880}
    assert {len(part) for part in heard} == {960}
    assert level(np.concatenate(heard)[1600:]) == pytest.approx(level(sound[4800:]), rel=0.25)
