from __future__ import annotations

import wave
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from audio.pcm import EarFramer, decode, frames_of, is_cut_short, resample
from coach.errors import AudioInputError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, EarFrame, Int16Array
from tests.audio.sounds import TONE_HZ, loudest_hz, tone, write_sound

FORMATS = [
    ("a.wav", "pcm_s16le", 16_000, "mono", "s16"),
    ("stereo.wav", "pcm_s16le", 44_100, "stereo", "s16"),
    ("phone.wav", "pcm_s16le", 8_000, "mono", "s16"),
    ("float.wav", "pcm_f32le", 48_000, "mono", "flt"),
    ("deep.wav", "pcm_s24le", 48_000, "stereo", "s32"),
    ("law.wav", "pcm_mulaw", 8_000, "mono", "s16"),
    ("a.mp3", "libmp3lame", 44_100, "stereo", "s16p"),
    ("a.ogg", "libopus", 48_000, "stereo", "s16"),
    ("a.m4a", "aac", 48_000, "mono", "fltp"),
    ("a.flac", "flac", 44_100, "mono", "s16"),
    ("a.webm", "libopus", 48_000, "mono", "s16"),
]


@pytest.mark.parametrize(("name", "codec", "rate_hz", "layout", "sample_format"), FORMATS)
def test_every_kind_of_recording_becomes_16_khz_mono(
    tmp_path: Path, name: str, codec: str, rate_hz: int, layout: str, sample_format: str
) -> None:
    path = write_sound(tmp_path / name, codec, rate_hz=rate_hz, layout=layout, sample_format=sample_format)
    pcm = decode(path)
    assert pcm.dtype == np.int16
    assert pcm.ndim == 1
    assert len(pcm) / EAR_RATE_HZ == pytest.approx(2.0, abs=0.08)
    assert loudest_hz(pcm, EAR_RATE_HZ) == pytest.approx(TONE_HZ, abs=2)
    level = np.abs(pcm.astype(np.int32)).max() / 32767
    assert level == pytest.approx(0.15 if layout == "stereo" else 0.3, rel=0.5)


@pytest.mark.parametrize(
    ("name", "codec", "sample_format"),
    [("a.wav", "pcm_s16le", "s16"), ("a.mp3", "libmp3lame", "s16p"), ("a.ogg", "libopus", "s16")],
)
def test_of_a_truncated_file_what_decodes_is_used(tmp_path: Path, name: str, codec: str, sample_format: str) -> None:
    path = write_sound(tmp_path / name, codec, rate_hz=48_000, sample_format=sample_format, seconds=4.0)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    pcm = decode(path)
    assert 1.0 < len(pcm) / EAR_RATE_HZ < 3.0
    assert loudest_hz(pcm, EAR_RATE_HZ) == pytest.approx(TONE_HZ, abs=2)


@pytest.mark.parametrize(("kept", "cut"), [(1.0, False), (0.6, True), (0.999, True)])
def test_a_wav_that_ends_before_its_stated_length_is_known(tmp_path: Path, kept: float, cut: bool) -> None:
    path = write_sound(tmp_path / "a.wav", "pcm_s16le", rate_hz=16_000)
    data = path.read_bytes()
    path.write_bytes(data[: round(len(data) * kept)])
    assert is_cut_short(path) is cut


def test_a_streamed_wav_and_other_formats_are_not_called_cut(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", "pcm_s16le", rate_hz=16_000)
    data = path.read_bytes()
    path.write_bytes(data[:4] + b"\xff\xff\xff\xff" + data[8:])
    assert not is_cut_short(path)
    assert not is_cut_short(write_sound(tmp_path / "a.ogg", "libopus", rate_hz=48_000))


def no_file(folder: Path) -> Path:
    return folder / "absent.wav"


def empty_file(folder: Path) -> Path:
    path = folder / "empty.wav"
    path.touch()
    return path


def header_only(folder: Path) -> Path:
    path = folder / "header.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
    return path


def text_file(folder: Path) -> Path:
    path = folder / "notes.wav"
    path.write_text("this is not a recording\n" * 100, encoding="utf-8")
    return path


def noise_file(folder: Path) -> Path:
    path = folder / "noise.mp3"
    path.write_bytes(np.random.default_rng(1).bytes(3000))
    return path


def playlist(folder: Path) -> Path:
    sound = write_sound(folder / "a.wav", "pcm_s16le", rate_hz=16_000)
    path = folder / "list.m3u8"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{sound}\n#EXT-X-ENDLIST\n", encoding="utf-8")
    return path


def silent_film(folder: Path) -> Path:
    path = folder / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (no_file, "no such file"),
        (lambda folder: folder, "folder"),
        (empty_file, "0 bytes"),
        (header_only, "no sound"),
        (text_file, "does not decode"),
        (noise_file, "does not decode"),
        (playlist, "does not decode"),
        (silent_film, "no audio track"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_reason(tmp_path: Path, make: object, reason: str) -> None:
    assert callable(make)
    path = make(tmp_path)
    with pytest.raises(AudioInputError) as caught:
        decode(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize("samples", [0, 1, 10, 1000, 22_050])
def test_resampling_keeps_the_length_in_seconds(samples: int) -> None:
    out = resample(tone(samples / 22_050, 22_050)[:samples], 22_050, 48_000)
    assert len(out) == round(samples * 48_000 / 22_050)


def test_resampling_keeps_the_sound_where_it_was() -> None:
    click = np.zeros(22_050, np.int16)
    click[11_025:11_035] = 20_000
    out = resample(click, 22_050, 48_000)
    assert int(np.argmax(np.abs(out.astype(np.int32)))) == pytest.approx(24_000, abs=25)


def test_frames_cover_the_sound_and_the_last_is_filled_up() -> None:
    frames = list(frames_of(np.arange(1, 8, dtype=np.int16), 3))
    assert [frame.tolist() for frame in frames] == [[1, 2, 3], [4, 5, 6], [7, 0, 0]]


# --- a live track ----------------------------------------------------------------------------------------------


def live(pcm: Int16Array, pts: int | None, *, rate_hz: int = 48_000, layout: str = "stereo") -> AudioFrame:
    channels = 2 if layout == "stereo" else 1
    frame = AudioFrame.from_ndarray(np.repeat(pcm, channels).reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate = rate_hz
    frame.pts = pts
    frame.time_base = Fraction(1, rate_hz)
    return frame


def feed(framer: EarFramer, *starts: int, rate_hz: int = 48_000, samples: int = 960) -> list[EarFrame]:
    """Feed one frame of tone at each timestamp."""
    sound = tone(1.0, rate_hz)[:samples]
    return [out for pts in starts for out in framer.feed(live(sound, pts, rate_hz=rate_hz))]


def test_each_20_ms_in_gives_20_ms_out_at_once() -> None:
    framer = EarFramer()
    counts = [len(framer.feed(live(tone(0.02, 48_000), number * 960))) for number in range(50)]
    assert counts == [1] * 50


def test_positions_follow_each_other_and_the_tone_survives() -> None:
    framer = EarFramer()
    sound = tone(1.0, 48_000)
    frames = [
        out for number in range(50) for out in framer.feed(live(sound[number * 960 : (number + 1) * 960], number * 960))
    ]
    assert [frame.position for frame in frames] == [number * EAR_FRAME for number in range(50)]
    heard = np.concatenate([frame.pcm for frame in frames])
    assert loudest_hz(heard, EAR_RATE_HZ) == pytest.approx(TONE_HZ, abs=2)
    assert all(frame.pcm.shape == (EAR_FRAME,) and frame.pcm.dtype == np.int16 for frame in frames)


def test_lost_frames_show_as_a_jump_of_their_length() -> None:
    frames = feed(EarFramer(), 0, 960, 960 * 5, 960 * 6)
    assert [frame.position // EAR_FRAME for frame in frames] == [0, 1, 5, 6]


@pytest.mark.parametrize("second", [960 + 100, 960 - 100])
def test_timestamps_off_by_rounding_are_no_loss(second: int) -> None:
    assert [frame.position for frame in feed(EarFramer(), 0, second, second + 960)] == [0, EAR_FRAME, 2 * EAR_FRAME]


@pytest.mark.parametrize("second", [48_000 * 3600, 960 - 2**32, -48_000])
def test_a_new_timeline_of_the_sender_goes_on_without_a_jump(second: int) -> None:
    assert [frame.position for frame in feed(EarFramer(), 0, second, second + 960)] == [0, EAR_FRAME, 2 * EAR_FRAME]


@pytest.mark.parametrize(("rate_hz", "samples"), [(8_000, 160), (16_000, 320), (44_100, 441), (48_000, 2880)])
def test_other_rates_and_frame_lengths_give_the_same_frames(rate_hz: int, samples: int) -> None:
    count = rate_hz // samples
    frames = feed(EarFramer(), *(n * samples for n in range(count)), rate_hz=rate_hz, samples=samples)
    assert 47 <= len(frames) <= 50
    assert all(after.position - before.position == EAR_FRAME for before, after in pairwise(frames))


def test_a_track_that_changes_its_format_goes_on() -> None:
    framer = EarFramer()
    first = framer.feed(live(tone(0.02, 48_000), 0))
    second = framer.feed(live(tone(0.02, 16_000), 320, rate_hz=16_000, layout="mono"))
    assert [frame.position for frame in (*first, *second)] == [0, EAR_FRAME]
