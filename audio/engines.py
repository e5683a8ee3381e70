"""Build the engines of a process as `audio.engine_choice` decides.

`auto` takes the best engine present on this machine. Nothing here downloads or waits on a network, and no heavy
import happens before an engine is used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

from audio.engine_choice import (
    AUTO,
    LANGUAGES,
    NONE,
    Choice,
    Heard,
    NamedPort,
    SynthesizerEngine,
    hears,
    lacking,
    speaks,
)
from audio.engine_report import EngineReport, echo_name, recorder_name, report, turn_model_name, vad_name
from audio.parts import HOW_TO_GET, is_installed
from coach.errors import MissingPart
from coach.live.engines import Engines
from coach.ports import ChatModel, EchoCanceller, Recognizer, Recorder, Synthesizer, TurnModel, Vad

__all__ = ["AUTO", "NONE", "Choice", "EngineReport", "choose", "report"]


def choose(choice: Choice | None = None, *, chat: ChatModel | None = None) -> Engines:
    """Build the engines of this process. The caller closes the result.

    Args:
        choice: What the installation asked for; `auto` for each by default.
        chat: The language model for viewers' lines, if one is set up.

    Raises:
        InputError: If a name is unknown; lists the choices. If a voice file cannot be used.
        EngineError: If the folder of a recogniser holds no whole model.
        MissingPart: If an engine was asked for by name and cannot run here; says how to get it.
    """
    wanted = choice or Choice()
    wanted.check()
    for port in get_args(NamedPort):
        _require(wanted, port)
    heard = {language: hears(wanted, language, is_installed) for language in LANGUAGES}
    recognizers = _recognizers(wanted, heard)
    return Engines(
        vad=_vad,
        recognizer=recognizers.get,
        synthesizer=_synthesizer(wanted),
        chat=chat,
        echo=partial(_echo, wanted.echo),
        turn_model=_turn_model(wanted),
        recorder=_recorder if recorder_name(is_installed) else None,
        names=_names(wanted, heard, chat),
    )


def hear_more(engines: Engines, choice: Choice) -> None:
    """Give languages that nothing heard so far what has come since; what is in use stays."""
    silent = [language for language in LANGUAGES if engines.recognizer(language) is None]
    heard = {language: hears(choice, language, is_installed) for language in silent}
    known = {language: engines.recognizer(language) for language in LANGUAGES}
    engines.recognizer = {**known, **_recognizers(choice, heard)}.get
    labels = {f"recognizer.{language}": one.label for language, one in heard.items() if one is not None}
    engines.names = {**engines.names, **labels}  # a new one: a rehearsal may be reading the old


def _require(choice: Choice, port: NamedPort) -> None:
    name: str = getattr(choice, port)
    lack = lacking(choice, port, is_installed)
    if lack is not None:
        how = f". Run: {HOW_TO_GET}" if lack.endswith("installed") else "."
        raise MissingPart("The engine {name!r} needs {lack}{how}", name=name, lack=lack, how=how)


def _names(choice: Choice, heard: dict[str, Heard | None], chat: ChatModel | None) -> dict[str, str]:
    """Return what runs, by port or by port and language, for the log."""
    names: dict[str, str | None] = {"vad": vad_name(is_installed)}
    for language, hearing in heard.items():
        names[f"recognizer.{language}"] = hearing.label if hearing is not None else None
        names[f"synthesizer.{language}"] = speaks(choice, language, is_installed)
    names["echo"] = echo_name(choice.echo, is_installed)
    names["turn_model"] = turn_model_name(choice.turn_model, is_installed)
    names["recorder"] = recorder_name(is_installed)
    names["chat_model"] = chat.name if chat is not None else "scripted"
    return {port: name for port, name in names.items() if name is not None}


def _vad() -> Vad:
    from audio.vad.cascade import CascadeVad

    return CascadeVad()


def _echo(mode: str, client_cancels: bool | None) -> EchoCanceller:
    from audio.echo import EchoGuard
    from audio.echo_apm import preload

    if mode != "off":
        preload()
    return EchoGuard(mode, client_cancels=client_cancels)


def _turn_model(choice: Choice) -> TurnModel | None:
    from audio.turn.smart_turn import SmartTurn

    return SmartTurn() if turn_model_name(choice.turn_model, is_installed) else None


def _recorder(folder: Path) -> Recorder:
    from audio.recorder import OggRecorder

    return OggRecorder(folder)


# --- recognisers ------------------------------------------------------------------------------------------------


def _recognizers(choice: Choice, heard: dict[str, Heard | None]) -> dict[str, Recognizer | None]:
    """Build one engine for all languages it serves: a model is loaded once."""
    built: dict[Heard, Recognizer] = {}
    for hearing in heard.values():
        if hearing is not None and hearing not in built:
            built[hearing] = _recognizer(choice, hearing)
    return {language: built[hearing] if hearing is not None else None for language, hearing in heard.items()}


def _recognizer(choice: Choice, hearing: Heard) -> Recognizer:
    if hearing.engine == "openai":
        return _remote_recognizer(choice)
    if hearing.model is not None:
        from audio.asr.whisper import WhisperRecognizer
        from audio.asr.whisper_files import check_folder

        check_folder(hearing.model)
        options = choice.whisper
        return WhisperRecognizer(
            hearing.model, device=options.device, compute_type=options.compute_type, threads=options.threads
        )
    if hearing.engine == "moonshine":
        from audio.asr.moonshine import MoonshineRecognizer

        return MoonshineRecognizer()
    from audio.asr.pocketsphinx import PocketsphinxRecognizer

    return PocketsphinxRecognizer()


def _remote_recognizer(choice: Choice) -> Recognizer:
    from audio.asr.openai_transcription import OpenAITranscriptionRecognizer

    server = choice.transcription
    if server is None or not server.base_url:
        raise RuntimeError("expected a server that is set up")
    return OpenAITranscriptionRecognizer(
        server.base_url,
        server.model,
        server.api_key.get_secret_value(),
        timeout_sec=server.timeout_sec,
        partial_sec=server.partial_sec,
    )


# --- synthesizers -----------------------------------------------------------------------------------------------


def _synthesizer(choice: Choice) -> Synthesizer | None:
    from audio.tts.by_language import SynthesizerByLanguage

    wanted = {language: speaks(choice, language, is_installed) for language in LANGUAGES}
    built = {engine: _SPEAKERS[engine](choice) for engine in dict.fromkeys(wanted.values()) if engine is not None}
    speaking = {language: built[engine] for language, engine in wanted.items() if engine is not None}
    if len(built) < 2 and len(speaking) in (0, len(LANGUAGES)):
        return next(iter(built.values()), None)
    return SynthesizerByLanguage(speaking)


def _espeak(choice: Choice) -> Synthesizer:
    from audio.tts.espeak import EspeakSynthesizer

    return EspeakSynthesizer()


def _piper(choice: Choice) -> Synthesizer:
    from audio.tts.piper import PiperSynthesizer

    voices = {language: choice.voices_for(language) for language in LANGUAGES}
    return PiperSynthesizer({language: files for language, files in voices.items() if files})


def _remote_synthesizer(choice: Choice) -> Synthesizer:
    from audio.tts.openai_speech import DEFAULT_VOICES, OpenAISpeechSynthesizer

    server = choice.speech
    if server is None or not server.base_url:
        raise RuntimeError("expected a server that is set up")
    return OpenAISpeechSynthesizer(
        server.base_url,
        server.model,
        choice.speech_voices or DEFAULT_VOICES,
        server.api_key.get_secret_value(),
        server.timeout_sec,
    )


_SPEAKERS: dict[SynthesizerEngine, Callable[[Choice], Synthesizer]] = {
    "openai": _remote_synthesizer,
    "piper": _piper,
    "espeak": _espeak,
}
