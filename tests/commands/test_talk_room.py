"""`talk`: a whole rehearsal over a virtual sound card, and what the terminal around it does."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pytest

from audio.pcm import decode
from audio.sound_devices import Fault
from coach.events import LineVoiced, LineVoicing, RehearsalEnded, UtteranceHeard
from coach.ports import EAR_RATE_HZ
from coach.scenario.library import Library
from coach.store.files import load_folder
from commands import conversation
from commands.conversation import meter
from commands.talk_room import show_devices
from commands.texts import Say
from tests.audio.sound_server import SoundServer, needs_sound_server, sound_server
from tests.commands.running import ROOT, coach, environment
from tests.data import audio_clip, needs_test_data

_LIMIT_SEC = 200.0
_HEARD = 300
"""Peak of sound that is there, int16; a null sink that plays nothing gives exact zeros."""


@contextmanager
def talking(server: SoundServer, data_dir: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `talk` on the virtual devices for the block."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-W", "error", ROOT / "run_coach.py", "talk", *arguments],
        env=environment(data_dir, **server.variables),
        cwd=data_dir,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    watchdog = threading.Timer(_LIMIT_SEC, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def read_until(process: subprocess.Popen[str], said: str) -> str:
    """Read its lines up to one that says something; fails at its end."""
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if said in line:
            return seen
    raise AssertionError(f"{said!r} never came:\n{seen}\n{process.stderr.read() if process.stderr else ''}")


def loudest(capture: subprocess.Popen[bytes], until: int) -> int:
    """Read what is played until something as loud comes; return its peak."""
    assert capture.stdout is not None
    peak = 0
    while peak < until:
        block = capture.stdout.read(19_200)
        assert block, "the capture ended"
        peak = int(np.abs(np.frombuffer(block, np.int16).astype(np.int32)).max())
    return peak


@pytest.mark.slow
@needs_test_data
@needs_sound_server
def test_a_rehearsal_over_the_sound_card_is_heard_answered_and_scored(tmp_path: Path) -> None:
    clip = audio_clip("en/librispeech_3005-163389-0001.wav")
    devices = ("--microphone", "booth_microphone", "--speaker", "room_speaker", "--lang", "en")
    with sound_server(tmp_path / "sound") as server, talking(server, tmp_path, "en-pour-kettle", *devices) as talk:
        read_until(talk, "begins")
        capture = server.command(
            *("parec", "--device=room.monitor", "--rate=48000", "--channels=1", "--format=s16le"),
            stdout=subprocess.PIPE,
        )
        try:
            server.call("paplay", "--device=booth", clip)
            assert talk.stdin is not None
            talk.stdin.write("It is only thirty nine dollars today.\n")
            talk.stdin.flush()
            read_until(talk, "streamer: It is only thirty nine dollars today.")
            assert loudest(capture, _HEARD) >= _HEARD
        finally:
            capture.terminate()
            capture.communicate()
        talk.send_signal(signal.SIGINT)
        report, complaints = talk.communicate()
    assert talk.returncode == 0, report + complaints
    assert "Traceback" not in complaints
    assert "# Rehearsal report" in report
    (folder,) = (tmp_path / "rehearsals").iterdir()
    events = [record.event for record in load_folder(folder).records]
    spoken = [event for event in events if isinstance(event, UtteranceHeard) and event.source == "voice"]
    assert spoken, "nothing that was played into the booth was heard"
    assert any(event.text for event in spoken)
    assert any(isinstance(event, LineVoicing) for event in events)
    assert any(isinstance(event, LineVoiced) for event in events)
    assert isinstance(events[-1], RehearsalEnded)
    assert events[-1].reason == "streamer"


@pytest.mark.slow
@needs_sound_server
def test_viewers_who_come_back_through_the_microphone_do_not_interrupt_themselves(tmp_path: Path) -> None:
    devices = ("--microphone", "booth_microphone", "--speaker", "room_speaker", "--lang", "en")
    with sound_server(tmp_path / "sound") as server:
        # An open loudspeaker beside the microphone: 60 ms away, 18 dB down.
        server.call("pactl", "load-module", "module-loopback", "source=room.monitor", "sink=booth", "latency_msec=60")
        server.call("pactl", "set-sink-input-volume", "0", "50%")
        with talking(server, tmp_path, "en-pour-kettle", *devices, "--seconds", "20") as talk:
            report, complaints = talk.communicate()
    assert talk.returncode == 0, report + complaints
    (folder,) = (tmp_path / "rehearsals").iterdir()
    events = [record.event for record in load_folder(folder).records]
    voiced = [event for event in events if isinstance(event, LineVoiced)]
    assert voiced, "no viewer spoke"
    assert [event.heard_text for event in voiced if event.cut_off and event.end < 19] == []
    assert [event.text for event in events if isinstance(event, UtteranceHeard)] == []
    # The recording is what the microphone heard, so it shows that the echo was there.
    heard = decode(folder / "streamer.ogg")
    line = heard[round(voiced[0].start * EAR_RATE_HZ) : round(voiced[0].end * EAR_RATE_HZ)]
    assert int(np.abs(line.astype(np.int32)).max()) > _HEARD


@pytest.mark.slow
@needs_sound_server
def test_a_sound_card_that_goes_away_is_told_and_the_rehearsal_is_kept(tmp_path: Path) -> None:
    devices = ("--microphone", "booth_microphone", "--speaker", "room_speaker", "--lang", "en")
    with sound_server(tmp_path / "sound") as server, talking(server, tmp_path, "en-pour-kettle", *devices) as talk:
        read_until(talk, "begins")
        server.call("pactl", "exit")
        report, complaints = talk.communicate()
    assert talk.returncode in (0, 1), report + complaints
    assert "has stopped: it was unplugged" in complaints
    assert "Traceback" not in complaints
    (folder,) = (tmp_path / "rehearsals").iterdir()
    ended = load_folder(folder).ended
    assert ended is not None
    assert ended.reason == "disconnected"


@pytest.mark.slow
@needs_sound_server
def test_devices_are_listed_and_wrong_ones_answered_with_the_choices(tmp_path: Path) -> None:
    with sound_server(tmp_path / "sound") as server:
        listed = coach("talk", "--devices", "--lang", "en", data_dir=tmp_path, **server.variables)
        wrong = coach("talk", "--microphone", "gramophone", "--lang", "en", data_dir=tmp_path, **server.variables)
    assert listed.returncode == 0, listed.stderr
    assert "booth_microphone" in listed.stdout
    assert "room_speaker" in listed.stdout
    assert wrong.returncode == 2
    assert "there is none such. Choose by number" in wrong.stderr


def test_a_machine_without_sound_devices_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show_devices([], Say("en"))
    assert "There is no sound device on this machine" in capsys.readouterr().out


@pytest.mark.parametrize("fault", get_args(Fault))
def test_each_fault_of_a_sound_card_is_told_in_both_languages(fault: str) -> None:
    values = dict.fromkeys(("kind", "wanted", "listed", "name", "reason"), "x")
    assert Say("zh")(f"talk.fault.{fault}", **values) != Say("en")(f"talk.fault.{fault}", **values)


# --- the terminal -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level_db", "full"), [(-90.0, 0), (-60.0, 0), (-45.0, 5), (-30.0, 10), (-15.0, 15), (0.0, 20), (3.0, 20)]
)
def test_the_meter_shows_the_level(level_db: float, full: int) -> None:
    assert meter(level_db) == "█" * full + "░" * (20 - full)


async def test_typed_lines_are_handed_over_whole_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as keyboard:
        monkeypatch.setattr(sys, "stdin", keyboard)
        said: asyncio.Queue[str] = asyncio.Queue()
        with conversation._typing(said.put_nowait):
            os.write(writing, "今天只要".encode())
            os.write(writing, "八十九\n\n  and \n".encode())
            async with asyncio.timeout(5):
                assert [await said.get(), await said.get()] == ["今天只要八十九", "and"]
            os.close(writing)


async def test_the_first_ctrl_c_ends_and_the_second_one_is_the_systems() -> None:
    before = signal.getsignal(signal.SIGINT)
    ended = asyncio.Event()
    with conversation._stopping(ended.set):
        signal.raise_signal(signal.SIGINT)
        async with asyncio.timeout(5):
            await ended.wait()
        assert signal.getsignal(signal.SIGINT) is before
    assert signal.getsignal(signal.SIGINT) is before


def test_how_to_talk_is_said_in_both_languages() -> None:
    assert "Ctrl-C" in Say("zh")("talk.how", word="红灯")
    assert "Ctrl-C" in Say("en")("talk.how", word="red light")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("scenario", "word"), [("zh-linen-shirt", "红灯"), ("en-camp-lantern", "red light")])
def test_the_safe_word_told_is_the_one_that_is_listened_for(
    lang: Literal["zh", "en"], scenario: str, word: str
) -> None:
    told = conversation._how(Library([ROOT / "scenarios"]).find(scenario), Say(lang))
    assert f"“{word}”" in told
