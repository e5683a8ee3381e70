"""The waveform of a recording: its peaks, worked out once in a thread and kept beside it."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from audio.peaks import RATE_HZ, Peaks, peaks_of, thinned
from coach.errors import AudioInputError
from coach.score.scorecard import Text
from coach.store.files import STREAMER_AUDIO, VIEWERS_AUDIO
from web.problems import ApiProblem, problem_responses, still_running, unknown_rehearsal
from web.state import AppState, State

router = APIRouter(prefix="/api/rehearsals/{rehearsal_id}", tags=["rehearsals"])

Side = Literal["streamer", "viewers"]
Points = Annotated[int, Query(ge=10, le=40_000)]

_AUDIO: dict[Side, str] = {"streamer": STREAMER_AUDIO, "viewers": VIEWERS_AUDIO}
_KEPT = ".peaks"  # see coach.store.usage: goes with the recording
_ONE_AT_A_TIME = threading.Lock()
"""Decoding half an hour takes seconds of a core: two pages asking at once must not take two from the live rooms."""


class Waveform(BaseModel):
    """One side's recording, as a waveform draws it."""

    side: Side
    duration_sec: float
    peaks: list[int]
    """Loudest sample of each equal part, 0 to 255 of full scale; time runs from the start of the rehearsal."""


@router.get("/peaks", responses=problem_responses(404, 409, 422))
async def read_peaks(
    rehearsal_id: str,
    state: State,
    response: Response,
    side: Annotated[Side, Query()] = "streamer",
    points: Points = 4000,
) -> Waveform:
    """Return at most `points` peaks. 404 `no_recording` for a typed rehearsal, 409 while it runs."""
    if await run_in_threadpool(state.kept, rehearsal_id) is None:
        raise unknown_rehearsal(rehearsal_id)
    if state.composition.host.get(rehearsal_id) is not None:
        raise still_running(rehearsal_id)
    waveform = await waveform_of(state, rehearsal_id, side, points)
    response.headers["Cache-Control"] = "no-cache"
    return waveform


async def waveform_of(state: AppState, rehearsal_id: str, side: Side, points: int) -> Waveform:
    """Return one side's recording of a kept rehearsal as it is drawn.

    Raises:
        ApiProblem: 404 `no_recording`.
    """
    path = state.composition.keeper.folder(rehearsal_id) / _AUDIO[side]
    peaks = await run_in_threadpool(kept_peaks, path)
    if peaks is None:
        told = Text(
            zh="这场排练没有这段录音，或录音已损坏。", en="This rehearsal has no such recording, or it is damaged."
        )
        raise ApiProblem(404, "no_recording", told)
    return Waveform(side=side, duration_sec=len(peaks) / RATE_HZ, peaks=thinned(peaks, points).tolist())


def kept_peaks(audio: Path) -> Peaks | None:
    """Return the peaks of a recording, None where there is none that decodes. Blocks.

    They are kept in `streamer.ogg.peaks` (one byte each) until the recording changes; a folder that cannot be written
    costs only the time.
    """
    if (peaks := _known(audio)) is not None:
        return peaks  # without waiting for a recording that is being decoded
    with _ONE_AT_A_TIME:
        if (peaks := _known(audio)) is not None:
            return peaks
        try:
            peaks = peaks_of(audio)
        except AudioInputError:
            return None
        _keep(_kept(audio), peaks)
        return peaks


def _known(audio: Path) -> Peaks | None:
    """Return what is kept of the recording as it is now."""
    with contextlib.suppress(OSError):
        if _kept(audio).stat().st_mtime_ns >= audio.stat().st_mtime_ns:
            return np.frombuffer(_kept(audio).read_bytes(), dtype=np.uint8)
    return None


def _kept(audio: Path) -> Path:
    return audio.with_name(audio.name + _KEPT)


def _keep(path: Path, peaks: Peaks) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        part.write_bytes(peaks.tobytes())
        part.replace(path)
