from __future__ import annotations

import asyncio
import math
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest

from audio import device as device_module
from audio.device import AHEAD_FRAMES, INBOX_BLOCKS, SoundCardEars, SoundCardMouth
from audio.sound_devices import Device, SoundCardError
from coach.ports import EAR_FRAME, MOUTH_FRAME, EarFrame, Int16Array
from tests.audio.sound_card import SoundCard, device, put_in
from tests.audio.sound_server import needs_sound_server, sound_server

BLOCK = 320


def sine(samples: int, rate_hz: int, peak: int = 10_000) -> Int16Array:
    return (peak * np.sin(2 * np.pi * 440 * np.arange(samples) / rate_hz)).astype(np.int16)


# --- the microphone ---------------------------------------------------------------------------------------------


async def opened(card: SoundCard, which: Device | None = None) -> SoundCardEars:
    ears = SoundCardEars(which or device())
    await ears.open()
    return ears


async def take(
    frames: AsyncGenerator[EarFrame, None], count: int, fed: Callable[[], object] = lambda: None
) -> list[EarFrame]:
    """Return so many frames of what is fed once somebody listens."""

    async def listen() -> list[EarFrame]:
        return [await anext(frames) for _ in range(count)]

    async with asyncio.TaskGroup() as group:
        listening = group.create_task(listen())
        await asyncio.sleep(0)
        fed()
    return listening.result()


async def test_frames_come_with_positions_counted_in_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    ears = await opened(card)
    async with aclosing(ears.frames()) as frames:
        blocks = [np.full(BLOCK, start, np.int16) for start in range(0, 3 * BLOCK, BLOCK)]
        heard = await take(frames, 3, lambda: card.streams[0].hear_all(blocks))
    assert [frame.position for frame in heard] == [0, 320, 640]
    assert [int(frame.pcm[0]) for frame in heard] == [0, 320, 640]
    assert (ears.gone, ears.xruns, ears.latency_sec) == (False, 0, 0.01)
    assert card.streams[0].log == ["start", "abort", "close"]


@pytest.mark.parametrize(("rate_hz", "channels"), [(44_100, 2), (48_000, 1), (16_000, 2)])
async def test_other_rates_and_channels_become_ours(
    monkeypatch: pytest.MonkeyPatch, rate_hz: int, channels: int
) -> None:
    card = put_in(monkeypatch, SoundCard(rate_hz=rate_hz, channels=channels))
    ears = await opened(card)
    sound = sine(rate_hz // 2, rate_hz)
    async with aclosing(ears.frames()) as frames:
        blocks = np.split(sound, 25)
        taken = await take(frames, 20, lambda: card.streams[0].hear_all(blocks))
    heard = np.concatenate([frame.pcm for frame in taken])
    assert len(heard) == 20 * EAR_FRAME
    spectrum = np.abs(np.fft.rfft(heard[EAR_FRAME:].astype(float)))
    assert np.argmax(spectrum) * 16_000 / (19 * EAR_FRAME) == pytest.approx(440, abs=3)
    assert ears.level_db == pytest.approx(20 * np.log10(10_000 / 32_768 / np.sqrt(2)), abs=0.5)


async def test_sound_that_a_busy_loop_lost_shows_as_a_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    ears = await opened(card)
    async with aclosing(ears.frames()) as frames:
        (first,) = await take(frames, 1, lambda: card.streams[0].hear(np.zeros(BLOCK, np.int16)))
        assert first.position == 0
        for _ in range(INBOX_BLOCKS + 5):
            card.streams[0].hear(np.zeros(BLOCK, np.int16))
        later = await take(frames, 2)
    assert [frame.position for frame in later] == [6 * BLOCK, 7 * BLOCK]
    assert ears.xruns == 5


async def test_an_overflow_inside_the_card_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    ears = await opened(card)
    async with aclosing(ears.frames()) as frames:
        await take(frames, 1, lambda: card.streams[0].hear(np.zeros(BLOCK, np.int16), overflow=True))
    assert ears.xruns == 1


async def test_an_unplugged_microphone_ends_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    ears = await opened(card)
    card.streams[0].unplug()
    async with aclosing(ears.frames()) as frames:
        assert [frame async for frame in frames] == []
    assert ears.gone


async def test_a_microphone_that_falls_silent_for_good_counts_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, SoundCard())
    monkeypatch.setattr(device_module, "STALL_SEC", 0.01)
    ears = await opened(SoundCard())
    async with aclosing(ears.frames()) as frames:
        assert [frame async for frame in frames] == []
    assert ears.gone


async def test_a_busy_device_is_told_and_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, SoundCard(busy=True))
    for end in (SoundCardEars(device()), SoundCardMouth(device())):
        with pytest.raises(SoundCardError, match=r"Device unavailable\. Another program may hold it"):
            await end.open()
        await end.aclose()
        await end.aclose()


# --- the speaker ------------------------------------------------------------------------------------------------


class Counting:
    """Plays frames that hold their number."""

    def __init__(self) -> None:
        self.count = 0

    def next_frame(self) -> Int16Array:
        self.count += 1
        return np.full(MOUTH_FRAME, self.count, np.int16)


async def until(count: int, source: Counting) -> None:
    """Wait until so many frames were asked for."""
    async with asyncio.timeout(5):
        while source.count < count:
            await asyncio.sleep(0.001)


async def test_the_card_asks_for_sound_at_its_own_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    mouth, source = SoundCardMouth(device()), Counting()
    await mouth.open()
    stream = card.streams[0]
    assert not stream.want(MOUTH_FRAME).any()
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(mouth.play(source))
        await until(AHEAD_FRAMES, source)
        heard = []
        for number in range(5):
            heard.append(stream.want(MOUTH_FRAME))
            await until(AHEAD_FRAMES + 1 + number, source)
        assert source.count == 5 + AHEAD_FRAMES
        playing.cancel()
    assert [int(block[0]) for block in heard] == [1, 2, 3, 4, 5]
    assert all((block == block[0]).all() for block in heard)
    assert (mouth.xruns, mouth.gone) == (0, False)
    assert mouth.latency_sec == pytest.approx(0.01 + AHEAD_FRAMES * 0.02)
    assert stream.log == ["start", "abort", "close"]


@pytest.mark.parametrize("samples", [256, 700, 1500])
async def test_cards_that_ask_for_odd_lengths_get_every_sample_once(
    monkeypatch: pytest.MonkeyPatch, samples: int
) -> None:
    card = put_in(monkeypatch, SoundCard(channels=2))
    mouth, source = SoundCardMouth(device()), Counting()
    await mouth.open()
    heard: list[Int16Array] = []
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(mouth.play(source))
        await until(AHEAD_FRAMES, source)
        for _ in range(8):
            heard.append(card.streams[0].want(samples))
            await until(math.ceil(sum(map(len, heard)) / 2 / MOUTH_FRAME) + AHEAD_FRAMES, source)
        playing.cancel()
    left, right = np.concatenate(heard)[::2], np.concatenate(heard)[1::2]
    assert (left == right).all()
    assert (left == 1 + np.arange(len(left)) // MOUTH_FRAME).all()
    assert mouth.xruns == 0


async def test_a_loop_that_is_late_costs_silence_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    mouth, source = SoundCardMouth(device()), Counting()
    await mouth.open()
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(mouth.play(source))
        await until(AHEAD_FRAMES, source)
        blocks = [card.streams[0].want(MOUTH_FRAME) for _ in range(AHEAD_FRAMES + 1)]
        playing.cancel()
    assert [int(block[0]) for block in blocks] == [*range(1, AHEAD_FRAMES + 1), 0]
    assert mouth.xruns == 1


async def test_what_the_card_misses_while_the_room_opens_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    mouth, source = SoundCardMouth(device()), Counting()
    await mouth.open()
    for _ in range(4):
        card.streams[0].want(MOUTH_FRAME, underflow=True)
    assert mouth.xruns == 0
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(mouth.play(source))
        await until(AHEAD_FRAMES, source)
        card.streams[0].want(MOUTH_FRAME)
        card.streams[0].want(MOUTH_FRAME, underflow=True)
        playing.cancel()
    assert mouth.xruns == 1


async def test_a_speaker_at_another_rate_gets_as_much_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard(rate_hz=44_100))
    mouth, source = SoundCardMouth(device()), Counting()
    await mouth.open()
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(mouth.play(source))
        for asked in range(50):
            await until(asked + AHEAD_FRAMES, source)
            card.streams[0].want(882)
        playing.cancel()
    assert abs(source.count - 50 - AHEAD_FRAMES) <= 1
    assert mouth.xruns <= 1


async def test_an_unplugged_speaker_ends_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    card = put_in(monkeypatch, SoundCard())
    mouth = SoundCardMouth(device("Headphones"))
    await mouth.open()
    card.streams[0].unplug()
    await mouth.play(Counting())
    assert mouth.gone


async def test_a_frame_of_another_shape_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, SoundCard())

    class Short:
        def next_frame(self) -> Int16Array:
            return np.zeros(7, np.int16)

    mouth = SoundCardMouth(device())
    await mouth.open()
    with pytest.raises(ValueError, match=r"expected a frame of shape \(960,\), got \(7,\)"):
        await mouth.play(Short())


# --- a real one -------------------------------------------------------------------------------------------------

LOOPBACK = """
import asyncio, sys
from contextlib import aclosing
import numpy as np
from audio.device import SoundCardEars, SoundCardMouth
from audio.sound_devices import devices, pick

class Tone:
    count = 0
    def next_frame(self):
        at = (np.arange(960) + 960 * self.count) / 48_000
        self.count += 1
        return (8_000 * np.sin(2 * np.pi * 440 * at)).astype(np.int16)

async def main():
    found = devices()
    ears = SoundCardEars(pick("room_echo", "input", found))
    mouth = SoundCardMouth(pick("room_speaker", "output", found))
    await ears.open()
    await mouth.open()
    async with asyncio.TaskGroup() as group:
        playing = group.create_task(mouth.play(Tone()))
        async with aclosing(ears.frames()) as frames:
            heard = [await anext(frames) for _ in range(150)]
        playing.cancel()
    assert [frame.position for frame in heard] == list(range(0, 150 * 320, 320))
    sound = np.concatenate([frame.pcm for frame in heard[-50:]]).astype(float)
    peak = np.argmax(np.abs(np.fft.rfft(sound))) * 16_000 / len(sound)
    assert abs(peak - 440) < 3, peak
    assert abs(np.sqrt(np.mean(sound**2)) / (8_000 / np.sqrt(2)) - 1) < 0.2

asyncio.run(main())
"""


@pytest.mark.slow
@needs_sound_server
def test_what_a_real_sound_system_plays_is_heard_through_it(tmp_path: Path) -> None:
    root = Path(device_module.__file__).parents[1]
    with sound_server(tmp_path) as server:
        server.call(sys.executable, "-W", "error", "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{LOOPBACK}")


@pytest.mark.slow
def test_listing_devices_never_ends_in_a_traceback(tmp_path: Path) -> None:
    root = Path(device_module.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, root / "run_coach.py", "talk", "--devices", "--lang", "en"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 2), done.stderr
    assert "Traceback" not in done.stderr
