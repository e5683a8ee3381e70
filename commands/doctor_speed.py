"""The part of `doctor` that lets each engine work for a moment and says whether it keeps up with a conversation."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from coach.clock import Stopwatch
from coach.errors import CoachError, EngineError
from commands.checks import Check, Mark
from commands.engine_speed import (
    echo_frame_sec,
    hearing_speed,
    judging_sec,
    speaking_speed,
    speech_for_ears,
    vad_frame_sec,
)
from commands.texts import Say

if TYPE_CHECKING:
    from audio.models import Models
    from coach.live.engines import Engines
    from coach.ports import EchoCanceller, Int16Array, Recognizer, TurnModel
    from coach.settings import Settings

_BUDGET_SEC = 12.0
"""After this nothing new is begun, so that the whole command stays within about 15 s."""
_LIMIT_SEC = 10.0
"""For one engine; one that takes longer does not keep up."""
_FRAME_LIMIT_SEC = 0.004
"""A fifth of a frame: four rehearsals at once leave room for the rest of the loop."""
_JUDGED_SEC = 0.1
"""A pause judged later holds back the soonest answers: 160 ms of silence less the 80 after which it is asked."""
_FIRST_SOUND_SEC = 0.3
"""Later than this an answer comes after a pause that people notice. Design value."""
_SLOW = 2.0
"""Times the limit from which an engine is too slow rather than a little late."""


async def measured(settings: Settings, say: Say) -> list[Check]:
    """Measure the engines in use, and the other recognisers on this machine as far as the time goes."""
    from commands.compose import engines, models

    try:
        chosen = engines(settings, None)
    except CoachError as error:
        return [Check(say("serve.engines"), "bad", say.error(error))]
    try:
        return [check async for check in _measured(chosen, models(settings), say)]
    finally:
        await chosen.aclose()


async def _measured(chosen: Engines, here: Models, say: Say) -> AsyncIterator[Check]:
    watch = Stopwatch()
    yield _load(say)
    yield _vad(chosen, say)
    if chosen.echo is not None:
        yield _echo(chosen.echo(False), say)
    if chosen.turn_model is not None:
        yield await _judging(chosen.turn_model, say)
    sounds: dict[str, Int16Array] = {}
    for language in ("en", "zh"):
        if chosen.synthesizer is not None:
            check, sound = await _speaking(chosen, language, say)
            yield check
            if sound is not None:
                sounds[language] = sound
    seen: list[Recognizer] = []
    for language in (say.lang, "en", "zh"):
        recognizer = chosen.recognizer(language)
        if recognizer is not None and recognizer not in seen and watch.elapsed_sec() < _BUDGET_SEC:
            seen.append(recognizer)
            yield await _hearing(chosen, recognizer, language, sounds.get(language), here, say)
    async for check in _others(chosen, here, sounds, say, watch):
        yield check


def _load(say: Say) -> Check:
    """Say how busy the machine is, because it decides what the figures are worth."""
    cores, load = os.cpu_count() or 1, _load_average()
    if load is None:
        return Check(say("speed.machine"), "ok", say("speed.cores", cores=cores))
    text = say("speed.busy" if _is_busy() else "speed.idle", load=load, cores=cores)
    return Check(say("speed.machine"), "note" if _is_busy() else "ok", text)


def _load_average() -> float | None:
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):  # Windows keeps no such figure
        return None


def _is_busy() -> bool:
    load = _load_average()
    return load is not None and load > (os.cpu_count() or 1) / 2


def _remember(here: Models, model_id: str, final_sec: float) -> None:
    """Keep a speed for later choices, but not a bad one that other programs may be to blame for."""
    from audio.models import KEEPS_UP_SEC

    if final_sec <= KEEPS_UP_SEC or not _is_busy():
        here.remember_speed(model_id, final_sec)


def _vad(chosen: Engines, say: Say) -> Check:
    try:
        seconds = vad_frame_sec(chosen.vad())
    except (CoachError, ImportError) as error:
        return Check(say("port.vad"), "bad", say("speed.failed", error=say.error(error)))
    key = "keeps_up" if seconds <= _FRAME_LIMIT_SEC else "too_slow"
    text = say("speed.vad", us=seconds * 1e6, verdict=say(f"speed.{key}"))
    return Check(say("port.vad"), "ok" if key == "keeps_up" else "note", text)


def _echo(echo: EchoCanceller, say: Say) -> Check:
    seconds = echo_frame_sec(echo)
    key = "keeps_up" if seconds <= _FRAME_LIMIT_SEC else "too_slow"
    text = say("speed.echo", name=echo.name, us=seconds * 1e6, verdict=say(f"speed.{key}"))
    return Check(say("port.echo"), "ok" if key == "keeps_up" else "note", text)


async def _judging(model: TurnModel, say: Say) -> Check:
    part = say("port.turn_model")
    try:
        async with asyncio.timeout(_LIMIT_SEC):
            ready, seconds = await judging_sec(model)
    except TimeoutError:
        return Check(part, "bad", say("speed.timeout", name=model.name, limit=_LIMIT_SEC))
    except EngineError as error:
        return Check(part, "bad", say("speed.failed", error=say.error(error)))
    mark, verdict = _verdict(seconds, _JUDGED_SEC, say)
    if mark != "ok":
        verdict = say("speed.judged_late")
    return Check(part, mark, say("speed.judges", name=model.name, ms=seconds * 1000, ready=ready, verdict=verdict))


async def _speaking(chosen: Engines, language: str, say: Say) -> tuple[Check, Int16Array | None]:
    part, synthesizer = say("port.synthesizer"), chosen.synthesizer
    name = chosen.names_for(language).get("synthesizer", "")
    if synthesizer is None or not name:
        return Check(part, "note", say("speed.silent", language=say(f"language.{language}"))), None
    try:
        async with asyncio.timeout(_LIMIT_SEC):
            speed, sound = await speaking_speed(synthesizer, language)
    except TimeoutError:
        return Check(part, "bad", say("speed.timeout", name=name, limit=_LIMIT_SEC)), None
    except EngineError as error:
        return Check(part, "bad", say("speed.failed", error=say.error(error))), None
    mark, verdict = _verdict(max(speed.first_sec, speed.share * _FIRST_SOUND_SEC), _FIRST_SOUND_SEC, say)
    values = {"first": speed.first_sec * 1000, "share": speed.share, "ready": speed.ready_sec, "verdict": verdict}
    text = say("speed.speaks", name=name, language=say(f"language.{language}"), **values)
    return Check(part, mark, text), sound


async def _hearing(
    chosen: Engines, recognizer: Recognizer, language: str, sound: Int16Array | None, here: Models, say: Say
) -> Check:
    from audio.models import KEEPS_UP_SEC

    part, name = say("port.recognizer"), chosen.names_for(language).get("recognizer", recognizer.name)
    try:
        async with asyncio.timeout(_LIMIT_SEC):
            speed = await hearing_speed(recognizer, language, speech_for_ears(sound))
    except TimeoutError:
        return Check(part, "bad", say("speed.timeout", name=name, limit=_LIMIT_SEC))
    except EngineError as error:
        return Check(part, "bad", say("speed.failed", error=say.error(error)))
    if here.present(name) is not None:
        _remember(here, name, speed.final_sec)
    mark, verdict = _verdict(speed.final_sec, KEEPS_UP_SEC, say)
    values = {"final": speed.final_sec * 1000, "ready": speed.ready_sec, "verdict": verdict}
    return Check(part, mark, say("speed.hears", name=name, language=say(f"language.{language}"), **values))


async def _others(
    chosen: Engines, here: Models, sounds: dict[str, Int16Array], say: Say, watch: Stopwatch
) -> AsyncIterator[Check]:
    """Measure the Whisper models that are here and not in use, so that `auto` can choose by what was measured."""
    from audio.asr.whisper import WhisperRecognizer
    from audio.models import KEEPS_UP_SEC

    used = {chosen.names_for(language).get("recognizer") for language in ("en", "zh")}
    for model in here.found():
        if model.engine != "whisper" or model.id in used or watch.elapsed_sec() > _BUDGET_SEC:
            continue
        recognizer, language = WhisperRecognizer(model.path), model.languages[0]
        try:
            async with asyncio.timeout(_LIMIT_SEC):
                speed = await hearing_speed(recognizer, language, speech_for_ears(sounds.get(language)), live=False)
        except (TimeoutError, EngineError) as error:
            yield Check(say("port.recognizer"), "note", say("speed.failed", error=error or model.id))
            continue
        finally:
            await recognizer.aclose()
        _remember(here, model.id, speed.final_sec)
        _, verdict = _verdict(speed.final_sec, KEEPS_UP_SEC, say)
        values = {"final": speed.final_sec * 1000, "ready": speed.ready_sec, "verdict": verdict}
        text = say("speed.hears", name=model.id, language=say(f"language.{language}"), **values)
        yield Check(say("port.recognizer"), "ok", f"{say('speed.unused')} {text}")


def _verdict(seconds: float, limit: float, say: Say) -> tuple[Mark, str]:
    if seconds <= limit:
        return "ok", say("speed.keeps_up")
    return "note", say("speed.late" if seconds <= _SLOW * limit else "speed.too_slow")
