"""The sound check's "say this": is this voice understood through this microphone? Nothing of it is kept."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import numpy as np
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from coach.clock import Stopwatch
from coach.errors import InputError
from coach.language import language_for
from coach.language.said import said
from coach.live.hearing_check import LIMIT_SEC, Verdict, sentence_for, speech_in, verdict_of, words_of
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, Recognizer
from coach.scenario.model import Scenario
from coach.score.scorecard import Text
from web.problems import ApiProblem, problem_responses
from web.state import AppState, State

router = APIRouter(prefix="/api/scenarios/{scenario_id}/hearing-check", tags=["scenarios"])

LEAST_SEC, MOST_SEC = 0.5, 8.0
"""Lengths of a recording that are taken; 8 s of 16 kHz are 250 KB, just under what a request may carry."""
RETRY_SEC = 3
"""When a check that found another one under way may be tried again: about as long as one takes."""
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class HearingSentence(BaseModel):
    """What to say, and who listens."""

    sentence: str
    locale: str
    engine: str | None
    """The recogniser for this language; null: this room has none."""


class CheckedWord(BaseModel):
    """A word or character of the sentence as it is written, with the mark behind it."""

    text: str
    heard: bool


class HearingChecked(BaseModel):
    """What came of it."""

    verdict: Literal["understood", "partly", "other", "nothing", "silent"]
    """`silent`: nobody spoke; `nothing`: somebody did, and no word was understood."""
    heard: str
    words: list[CheckedWord]
    """The sentence; joined it is whole."""
    share: float
    """Share of its spoken words that were heard, 0 to 1."""
    took_sec: float
    """From the request to the words."""
    engine: str


@router.get("", responses=problem_responses(404))
def read_sentence(scenario_id: str, state: State) -> HearingSentence:
    """Return a sentence about the scenario's product to say aloud."""
    scenario = _scenario(state, scenario_id)
    recognizer = _recognizer(state, scenario)
    return HearingSentence(
        sentence=sentence_for(scenario), locale=scenario.locale, engine=recognizer.name if recognizer else None
    )


@router.post("", responses=problem_responses(404, 413, 422, 501, 503), openapi_extra=_BODY)
async def check_hearing(scenario_id: str, request: Request, response: Response, state: State) -> HearingChecked:
    """Say what the room's recogniser makes of a recording of the sentence: WAV, 16 kHz mono 16 bit, 0.5 to 8 s.

    501 where the room has no recogniser for the language, 503 `busy` while another check runs. Nothing is kept.
    """
    response.headers["Cache-Control"] = "no-store"
    scenario = await run_in_threadpool(_scenario, state, scenario_id)
    recognizer = _recognizer(state, scenario)
    if recognizer is None:
        raise _deaf(scenario)
    pcm = _samples(await request.body())
    with _alone(state):
        watch = Stopwatch()
        speech = await run_in_threadpool(_speech, state, pcm)
        heard = Hypothesis("") if speech is None else await _words(speech, recognizer, scenario)
        return _checked(scenario, heard, recognizer.name, watch.elapsed_sec(), is_silent=speech is None)


def _checked(scenario: Scenario, heard: Hypothesis, engine: str, took_sec: float, *, is_silent: bool) -> HearingChecked:
    compared = said(sentence_for(scenario), heard.text, language_for(scenario.locale))
    verdict: Verdict = "silent" if is_silent else verdict_of(heard, compared)
    return HearingChecked(
        verdict=verdict,
        heard=heard.text,
        words=[CheckedWord(text=word.text, heard=word.is_heard) for word in compared.words],
        share=round(compared.share, 3),
        took_sec=round(took_sec, 2),
        engine=engine,
    )


def _scenario(state: AppState, scenario_id: str) -> Scenario:
    try:
        return state.composition.library.get(scenario_id).scenario
    except InputError as error:
        text = Text(zh=f"没有编号为 {scenario_id} 的场景。", en=str(error))
        raise ApiProblem(404, "unknown_scenario", text) from error


def _recognizer(state: AppState, scenario: Scenario) -> Recognizer | None:
    return state.composition.host.engines.recognizer(language_for(scenario.locale).code)


def _speech(state: AppState, pcm: Int16Array) -> Int16Array | None:
    return speech_in(pcm, state.composition.host.engines.vad())


async def _words(pcm: Int16Array, recognizer: Recognizer, scenario: Scenario) -> Hypothesis:
    try:
        return await words_of(pcm, recognizer, scenario)
    except TimeoutError as error:
        text = Text(
            zh=f"{LIMIT_SEC:.0f} 秒内没有听完：这台电脑现在太忙，或识别模型太大。可以改用打字，或换小一点的模型。",
            en=f"Not understood within {LIMIT_SEC:.0f} s: this machine is too busy, or the model too large for it. "
            "Type instead, or use a smaller model.",
        )
        raise ApiProblem(503, "too_slow", text) from error


@contextmanager
def _alone(state: AppState) -> Iterator[None]:
    """Let one check in at a time: running rehearsals share the recogniser, and must not wait for a queue of checks."""
    if state.is_checking:
        text = Text(
            zh=f"另一个人正在试音，{RETRY_SEC} 秒后再试。", en=f"Somebody else is checking. Try again in {RETRY_SEC} s."
        )
        raise ApiProblem(503, "busy", text, {"Retry-After": str(RETRY_SEC)})
    state.is_checking = True
    try:
        yield
    finally:
        state.is_checking = False


def _samples(body: bytes) -> Int16Array:
    """Read the recording.

    Raises:
        ApiProblem: 422 if it is not what is expected.
    """
    try:
        with wave.open(io.BytesIO(body), "rb") as file:
            form = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            data = file.readframes(round(MOST_SEC * EAR_RATE_HZ) + 1)
    except (wave.Error, EOFError, ValueError, RuntimeError) as error:  # RuntimeError: chunks that overrun the file
        raise _unusable("no WAV file") from error
    if form != (EAR_RATE_HZ, 1, 2):
        raise _unusable(f"{form[0]} Hz, {form[1]} channels, {8 * form[2]} bit")
    pcm = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2").astype(np.int16)
    seconds = len(pcm) / EAR_RATE_HZ
    if not LEAST_SEC <= seconds <= MOST_SEC:
        raise _unusable(f"{seconds:.1f} s")
    return pcm


def _unusable(got: str) -> ApiProblem:
    wanted = f"16 kHz, 16 bit, {LEAST_SEC:g}-{MOST_SEC:g} s"
    text = Text(
        zh=f"录音无法使用：需要单声道 WAV（{wanted}），收到的是 {got}。",
        en=f"The recording cannot be used: expected mono WAV ({wanted}), got {got}.",
    )
    return ApiProblem(422, "not_a_recording", text)


def _deaf(scenario: Scenario) -> ApiProblem:
    is_zh = language_for(scenario.locale).code == "zh"
    text = Text(
        zh=f"这间练习室没有{'中文' if is_zh else '英文'}语音识别；可以打字。",
        en=f"This room has no speech recognition for {'Chinese' if is_zh else 'English'}; typing works.",
    )
    return ApiProblem(501, "no_recognizer", text)
