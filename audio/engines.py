"""Choose engines by name or `auto`, and say which ones run, what is missing and how to get it.

`auto` takes the best engine present on this machine. Nothing here downloads or waits on a network, and no heavy
import happens before an engine is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from audio.asr.build import (
    MODEL_VARIABLE,
    NO_MODEL,
    NO_SERVER,
    SERVER_VARIABLE,
    TranscriptionServer,
    WhisperChoice,
    build_remote,
    build_whisper,
)
from audio.parts import HOW_TO_GET, is_installed
from audio.tts.build import SYNTHESIZERS, SpeechSetup
from audio.tts.build import report as speech_report
from audio.tts.build import synthesizer as build_synthesizer
from coach.errors import EngineError, InputError, MissingPart
from coach.live.engines import Engines
from coach.ports import ChatModel, Recognizer, Recorder, Vad

AUTO = "auto"
NONE = "none"

VADS = ("cascade",)
RECOGNIZERS = ("pocketsphinx", "faster-whisper", "openai", NONE)

Engine = TypeVar("Engine")

ReportedPort = Literal["vad", "recognizer", "synthesizer", "recorder", "chat_model"]


class EngineChoice(WhisperChoice, Protocol):
    """Which engines to use, by name or `auto`: what `coach.settings.EngineSettings` holds."""

    @property
    def vad(self) -> str:
        """`auto` or one of `VADS`."""
        ...

    @property
    def recognizer(self) -> str:
        """`auto` or one of `RECOGNIZERS`."""
        ...

    @property
    def synthesizer(self) -> str:
        """`auto` or one of `SYNTHESIZERS`."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """An `EngineChoice` for callers without settings."""

    vad: str = AUTO
    recognizer: str = AUTO
    synthesizer: str = AUTO
    whisper_model: Path | None = None
    whisper_device: str = AUTO
    whisper_compute_type: str = AUTO
    whisper_threads: int = 1


@dataclass(frozen=True, slots=True)
class EngineReport:
    """One line of the start banner, of `doctor` and of `/api/status`."""

    port: ReportedPort
    name: str
    """Engine in use, or `none`."""
    ready: bool
    """Whether the port has an engine that can run; false only where something is missing or switched off."""
    note_zh: str
    note_en: str

    @property
    def note(self) -> dict[str, str]:
        """The note by language."""
        return {"zh": self.note_zh, "en": self.note_en}


def choose(
    choice: EngineChoice | None = None,
    *,
    chat: ChatModel | None = None,
    transcription: TranscriptionServer | None = None,
    speech: SpeechSetup | None = None,
) -> Engines:
    """Build the engines of this process. The caller closes the result.

    Args:
        choice: Names; `auto` for each by default.
        chat: The language model for viewers' lines, if one is set up.
        transcription: The speech-to-text server, if one is set up.
        speech: Voice files and the speech server, if there are any.

    Raises:
        InputError: If a name is unknown; lists the choices. If the settings of a synthesizer are missing or wrong.
        EngineError: If the model that was asked for is not there.
        MissingPart: If an engine was asked for by name and is not installed; says how to get it.
    """
    wanted = choice or Choice()
    _check(wanted)
    recognizer = _recognizer(wanted, transcription)
    languages = ("en",) if wanted.recognizer in (AUTO, "pocketsphinx") else ("zh", "en")
    synthesizer = build_synthesizer(wanted.synthesizer, speech or SpeechSetup())
    lines = report(wanted, chat=chat, transcription=transcription, speech=speech)
    names = {line.port: line.name for line in reversed(lines) if line.ready}
    return Engines(
        vad=_vad,
        recognizer=lambda language: recognizer if language in languages else None,
        synthesizer=synthesizer,
        chat=chat,
        recorder=_recorder if is_installed("av") else None,
        names={str(port): name for port, name in names.items()},
    )


def report(
    choice: EngineChoice | None = None,
    *,
    chat: ChatModel | None = None,
    transcription: TranscriptionServer | None = None,
    speech: SpeechSetup | None = None,
) -> list[EngineReport]:
    """Say what runs for a choice on this machine, without loading any of it.

    Raises:
        InputError: If a name is unknown; lists the choices.
    """
    wanted = choice or Choice()
    _check(wanted)
    return [
        _report_vad(),
        *_report_recognizers(wanted, transcription),
        _report_synthesizer(wanted.synthesizer, speech or SpeechSetup()),
        _report_recorder(),
        _report_chat(chat),
    ]


def _check(choice: EngineChoice) -> None:
    for port, name, known in (
        ("vad", choice.vad, VADS),
        ("recognizer", choice.recognizer, RECOGNIZERS),
        ("synthesizer", choice.synthesizer, SYNTHESIZERS),
    ):
        if name not in (AUTO, *known):
            raise InputError(f"Unknown {port} {name!r}. Choose one of: {', '.join((AUTO, *known))}.")


# --- building: imports stay inside, so that a part that is not installed costs nothing else ---------------------


def _vad() -> Vad:
    from audio.vad.cascade import CascadeVad

    return CascadeVad()


def _recorder(folder: Path) -> Recorder:
    from audio.recorder import OggRecorder

    return OggRecorder(folder)


def _recognizer(choice: EngineChoice, transcription: TranscriptionServer | None) -> Recognizer | None:
    if choice.recognizer == "faster-whisper":
        return _present(choice.recognizer, choice.recognizer, lambda: build_whisper(choice), "faster_whisper")
    if choice.recognizer == "openai":
        return _present(choice.recognizer, choice.recognizer, lambda: build_remote(transcription), "openai")
    return _pocketsphinx(choice.recognizer)


def _pocketsphinx(name: str) -> Recognizer | None:
    def build() -> Recognizer:
        from audio.asr.pocketsphinx import PocketsphinxRecognizer

        return PocketsphinxRecognizer()

    return _present(name, "pocketsphinx", build, "pocketsphinx")


def _present(name: str, engine: str, build: Callable[[], Engine], *modules: str) -> Engine | None:
    """Build an engine if it is wanted and there; by name it must be there."""
    if name == NONE:
        return None
    missing = [module for module in modules if not is_installed(module)]
    if not missing:
        return build()
    if name == AUTO:
        return None
    raise MissingPart(f"The engine {engine!r} needs {', '.join(missing)}, which is not installed. Run: {HOW_TO_GET}")


# --- reporting --------------------------------------------------------------------------------------------------


def _report_vad() -> EngineReport:
    if not is_installed("webrtcvad"):
        return _missing("vad", "没有语音检测，只能打字练习", "no voice detection: rehearsals are typed only")
    if is_installed("onnxruntime") and is_installed("faster_whisper"):
        return EngineReport("vad", "webrtc+silero", True, "两级语音检测", "voice detection in two steps")
    return EngineReport(
        "vad",
        "webrtc",
        True,
        f"只有快速检测，噪声下容易误判。安装更好的：{HOW_TO_GET}",
        f"quick detection only, easily fooled by noise. For the better one run: {HOW_TO_GET}",
    )


def _report_recognizers(choice: EngineChoice, transcription: TranscriptionServer | None) -> list[EngineReport]:
    if choice.recognizer == "faster-whisper":
        return [_report_whisper(choice.whisper_model)]
    if choice.recognizer == "openai":
        return [_report_remote(transcription)]
    chinese = EngineReport(
        "recognizer",
        NONE,
        False,
        "中文语音识别需要的模型不在本版本中；可以打字输入，观众会说话",
        "Chinese speech recognition needs a model that is not part of this release yet; "
        "typed input works, viewers speak",
    )
    return [_report_english(choice.recognizer), chinese]


def _report_whisper(folder: Path | None) -> EngineReport:
    from audio.asr.whisper_files import check_folder

    if not is_installed("faster_whisper"):
        return _missing("recognizer", "没有安装 faster-whisper；可以打字输入", "no faster-whisper; typed input works")
    if folder is None:
        return EngineReport(
            "recognizer",
            NONE,
            False,
            f"没有指定模型文件夹：{MODEL_VARIABLE}；可以打字输入",
            f"{NO_MODEL} Typed input works.",
        )
    try:
        check_folder(folder)
    except EngineError as error:
        return EngineReport(
            "recognizer", NONE, False, f"模型不可用：{folder}；可以打字输入", f"{error} Typed input works."
        )
    return EngineReport(
        "recognizer",
        "faster-whisper",
        True,
        f"中文和英文（`.en` 模型只懂英文），模型 {folder.name}；声音不离开本机",
        f"Chinese and English (`.en` models English only), model {folder.name}; sound stays on this machine",
    )


def _report_remote(server: TranscriptionServer | None) -> EngineReport:
    if server is None:
        return EngineReport("recognizer", NONE, False, f"没有设置服务器：{SERVER_VARIABLE}；可以打字输入", NO_SERVER)
    return EngineReport(
        "recognizer",
        "openai",
        True,
        f"{server.base_url} 的 {server.model}；主播的声音会发送到那里",
        f"{server.model} at {server.base_url}; the streamer's voice is sent there",
    )


def _report_english(name: str) -> EngineReport:
    if name == NONE:
        return EngineReport("recognizer", NONE, False, "按设置关闭；可以打字输入", "switched off; typed input works")
    if not is_installed("pocketsphinx"):
        return _missing(
            "recognizer", "没有英文语音识别；可以打字输入", "no English speech recognition; typed input works"
        )
    return EngineReport(
        "recognizer",
        "pocketsphinx",
        True,
        "英文；对剧本里的词较准，其他词错误较多",
        "English; good at the words of the scenario, makes many errors on others",
    )


def _report_synthesizer(name: str, speech: SpeechSetup) -> EngineReport:
    found = speech_report(name, speech)
    return EngineReport("synthesizer", found.name, found.ready, found.note_zh, found.note_en)


def _report_recorder() -> EngineReport:
    if not is_installed("av"):
        return _missing("recorder", "不录音", "nothing is recorded")
    return EngineReport("recorder", "ogg-opus", True, "双方声音各存一个文件", "both sides, one file each")


def _report_chat(chat: ChatModel | None) -> EngineReport:
    if chat is None:
        return EngineReport(
            "chat_model",
            "scripted",
            True,
            "观众按剧本说话。要用语言模型，设置 COACH_LLM__BASE_URL",
            "viewers speak scripted lines. For a language model set COACH_LLM__BASE_URL",
        )
    return EngineReport(
        "chat_model", chat.name, True, "语言模型写台词，太慢时用剧本", "words the lines; scripted if late"
    )


def _missing(port: ReportedPort, note_zh: str, note_en: str) -> EngineReport:
    return EngineReport(
        port, NONE, False, f"{note_zh}。安装：{HOW_TO_GET}", f"{note_en}. To install, run: {HOW_TO_GET}"
    )
