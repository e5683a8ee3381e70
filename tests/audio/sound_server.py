"""A sound server of the test's own with two virtual cables: a booth, where the streamer talks, and a room, where
viewers are heard. PulseAudio's null sinks with monitors; PortAudio reaches them through ALSA's pulse plugin.

Nothing of the machine's own sound is used or changed, and no sound card is needed. CI runs it as root without systemd.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_PLUGIN = "alsa-lib/libasound_module_pcm_pulse.so"
_TOOLS = ("pulseaudio", "pactl", "paplay", "parec")
_ASOUND = """\
pcm.booth_microphone {{ type pulse device "booth.monitor" {server} hint {{ show on description "booth_microphone" }} }}
pcm.room_speaker {{ type pulse device "room" {server} hint {{ show on description "room_speaker" }} }}
pcm.room_echo {{ type pulse device "room.monitor" {server} hint {{ show on description "room_echo" }} }}
"""


def missing() -> str:
    """Return what a virtual sound card lacks here, or nothing."""
    lacking = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if not any((folder / _PLUGIN).exists() for folder in Path("/usr/lib").glob("*")):
        lacking.append("libasound2-plugins")
    return ", ".join(lacking)


needs_sound_server = pytest.mark.skipif(
    bool(missing()), reason=f"no virtual sound card: {missing()} not installed (Debian: pulseaudio libasound2-plugins)"
)
"""Marks a test that plays and records."""


@dataclass(frozen=True)
class SoundServer:
    """A running one."""

    folder: Path
    variables: dict[str, str]
    """What a process needs in its environment to have these devices, and no others."""

    def command(self, *words: str | Path, **options: object) -> subprocess.Popen[bytes]:
        """Run one of PulseAudio's tools."""
        return subprocess.Popen([*map(str, words)], env={**_inherited(), **self.variables}, **options)  # type: ignore[call-overload,no-any-return]  # options of Popen

    def call(self, *words: str | Path) -> None:
        """Run one to its end.

        Raises:
            CalledProcessError: If it fails.
        """
        subprocess.run([*map(str, words)], env={**_inherited(), **self.variables}, check=True, timeout=60)


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """Run one for the block, with everything it writes in `folder`."""
    run = folder / "run"
    run.mkdir(mode=0o700, parents=True)
    socket = run / "native"
    config = folder / "asound.conf"
    config.write_text(_ASOUND.format(server=f'server "unix:{socket}"'), encoding="utf-8")
    variables = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(run),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PULSE_RUNTIME_PATH": str(run),
        "PULSE_SERVER": f"unix:{socket}",
        "ALSA_CONFIG_PATH": f"/usr/share/alsa/alsa.conf:{config}",
    }
    sinks = [f"module-null-sink sink_name={name} rate=48000 channels=1 channel_map=mono" for name in ("booth", "room")]
    modules = [f"module-native-protocol-unix socket={socket}", *sinks]
    loads = [f"--load={module}" for module in modules]
    with (folder / "pulseaudio.log").open("wb") as log:
        process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *loads],
            env={**_inherited(), **variables},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    server = SoundServer(folder, variables)
    try:
        _await_server(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await_server(server: SoundServer, process: subprocess.Popen[bytes]) -> None:
    """Wait until it answers; `pactl` itself waits for a server that is starting."""
    for _ in range(100):
        asked = server.command("pactl", "info", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if asked.wait(timeout=20) == 0:
            return
        if process.poll() is not None:
            break
    raise RuntimeError((server.folder / "pulseaudio.log").read_text(encoding="utf-8", errors="replace"))


def _inherited() -> dict[str, str]:
    ours = os.environ  # noqa: TID251 (a child needs PATH and the like)
    return {name: value for name, value in ours.items() if not name.startswith("PULSE_")}
