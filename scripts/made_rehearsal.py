"""A finished rehearsal by voice, made in seconds: for tests of the pages that show one, and for their screenshots.

A scripted streamer plays a shipped scenario against its real audience (`coach.room.simulated`), a synthetic voice
reads what both sides said, each word group at its moment, and the real scorer scores the log.

    uv run scripts/made_rehearsal.py DATA_DIR SCENARIO [STREAMER] [SEED]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from audio.pcm import resample
from audio.recorder import OggRecorder
from audio.tts.espeak import EspeakSynthesizer
from coach.events import LineVoiced, Record, RehearsalStarted, UtteranceHeard
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, VoiceSpec
from coach.room.simulated.manner import STREAMERS, StreamerName
from coach.room.simulated.simulate import staged
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario
from coach.score.scorer import score
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from coach.store.summary import summary_of_log, summary_of_scorecard

_PIECE = 4800
"""Samples handed to the recorder at a time: 0.1 s at 48 kHz."""


def main() -> int:
    """Make one; print its id."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path, metavar="DATA_DIR")
    parser.add_argument("scenario", metavar="SCENARIO")
    parser.add_argument("streamer", nargs="?", default="flustered", choices=STREAMERS)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    options = parser.parse_args()
    print(make_rehearsal(options.data_dir, options.scenario, options.streamer, seed=options.seed))
    return 0


def make_rehearsal(
    data_dir: Path,
    scenario_id: str,
    streamer: StreamerName,
    *,
    seed: int = 1,
    rehearsal_id: str | None = None,
    days_ago: float = 0.0,
    aloud: bool = True,
    seconds: float | None = None,
    cap: int | None = None,
) -> str:
    """Keep a rehearsal in a room's data folder, which may be one that is running; return its id.

    What was played and spoken once in this process is not made again for the next one like it.

    Args:
        data_dir: What the room has as COACH_DATA_DIR.
        scenario_id: A shipped scenario.
        streamer: How good the scripted streamer is.
        seed: Of audience and streamer.
        rehearsal_id: Default made of the rest.
        days_ago: When it was held.
        aloud: Whether there are recordings.
        seconds: How long it lasts; default the scenario's length.
        cap: How hostile viewers were allowed to become; default as the author has it.
    """
    loaded, played = _played(scenario_id, streamer, seed, seconds)
    rehearsal_id = rehearsal_id or f"made-{scenario_id}-{streamer}-{seed}"
    started_at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="seconds")
    opening = {"rehearsal_id": rehearsal_id, "started_at": started_at, "intensity_cap": cap}
    records = _opened(played, opening)
    store = SqlRehearsalStore(f"sqlite:///{(data_dir / 'coach.db').resolve().as_posix()}")
    try:
        keeper = Keeper(data_dir / "rehearsals", store)
        files = keeper.open(summary_of_log(rehearsal_id, records, started_at), loaded.text)
        try:
            files.append(records)
            for name, sound in (_recordings(scenario_id, streamer, seed, seconds) if aloud else {}).items():
                (files.path / name).write_bytes(sound)
            card = score(loaded.scenario, records)
            files.save_scorecard(card.model_dump_json())
        finally:
            files.close()
        keeper.update(summary_of_scorecard(card, started_at))
    finally:
        store.close()
    return rehearsal_id


@cache
def _played(
    scenario_id: str, streamer: StreamerName, seed: int, seconds: float | None
) -> tuple[LoadedScenario, list[Record]]:
    loaded = Library([ROOT / "scenarios"]).find(scenario_id)
    if seconds is not None:
        loaded = replace(loaded, scenario=loaded.scenario.model_copy(update={"duration_sec": seconds}))
    return loaded, list(staged(loaded.scenario, streamer, seed).records)


def _opened(records: Sequence[Record], opening: dict[str, Any]) -> list[Record]:
    """Let the first record say what `opening` has."""
    first, *rest = records
    started = first.event
    if not isinstance(started, RehearsalStarted):
        raise RuntimeError(f"expected a log that begins with its beginning, got {started.type}")
    return [replace(first, event=replace(started, **opening)), *rest]


@cache
def _recordings(scenario_id: str, streamer: StreamerName, seed: int, seconds: float | None) -> dict[str, bytes]:
    """Return the files of both sides, by name."""
    loaded, records = _played(scenario_id, streamer, seed, seconds)
    # In a thread of its own: whoever drives a browser has an event loop running in this one.
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_record(Path(folder), records, loaded.scenario.language))).result()
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


async def _record(folder: Path, records: Sequence[Record], language: str) -> None:
    """Write both recordings, every sound at its moment."""
    synthesizer, recorder = EspeakSynthesizer(), OggRecorder(folder)
    await synthesizer.prepare(language)
    try:
        for record in records:
            match record.event:
                case UtteranceHeard() as heard:
                    pcm = await _spoken(synthesizer, heard.text, VoiceSpec(language, "female", seed=7))
                    pcm = _fitted(resample(pcm, MOUTH_RATE_HZ, EAR_RATE_HZ), (heard.end - heard.start) * EAR_RATE_HZ)
                    await _hand_over(recorder.streamer, pcm, heard.start, EAR_RATE_HZ)
                case LineVoiced(heard_text=text) as line if text:
                    pcm = await _spoken(synthesizer, text, VoiceSpec(language, "male", seed=len(line.viewer_id)))
                    pcm = _fitted(pcm, (line.end - line.start) * MOUTH_RATE_HZ)
                    await _hand_over(recorder.viewers, pcm, line.start, MOUTH_RATE_HZ)
                case _:
                    pass
    finally:
        await recorder.aclose()
        await synthesizer.aclose()


async def _spoken(synthesizer: EspeakSynthesizer, text: str, voice: VoiceSpec) -> Int16Array:
    async with aclosing(synthesizer.speak(text, voice)) as chunks:
        parts = [chunk.pcm async for chunk in chunks]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)


def _fitted(pcm: Int16Array, samples: float) -> Int16Array:
    """Cut what is too long for its place; a scripted streamer talks faster than this voice."""
    return pcm[: max(1, round(samples))]


async def _hand_over(take: Callable[[Int16Array, float], None], pcm: Int16Array, at: float, rate_hz: int) -> None:
    """Give the recorder sound in pieces, and time to write them."""
    for first in range(0, len(pcm), _PIECE):
        take(pcm[first : first + _PIECE], at + first / rate_hz)
    await asyncio.sleep(0)


if __name__ == "__main__":
    sys.exit(main())
