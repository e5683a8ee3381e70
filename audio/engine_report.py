"""What runs on this machine, what is missing, and how to get better: for the start banner, `doctor` and the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audio import parts
from audio.asr.whisper_files import check_folder
from audio.engine_choice import (
    AUTO,
    LANGUAGES,
    NONE,
    OFF,
    PACKAGES,
    Choice,
    Heard,
    IsInstalled,
    SynthesizerEngine,
    hears,
    speaks,
)
from audio.model_catalogue import ModelPort, recommended
from audio.parts import HOW_TO_GET
from audio.tts.piper_voice import read_config
from coach.error_texts import error_text
from coach.errors import CoachError
from coach.ports import ChatModel

ReportedPort = Literal["vad", "recognizer", "synthesizer", "echo", "turn_model", "recorder", "chat_model"]

Note = tuple[str, str]
"""In Chinese and English."""

_LANGUAGE_NAMES = {"en": ("英文", "English"), "zh": ("中文", "Chinese")}
_BOTH: Note = ("中文和英文", "Chinese and English")
_PULL = "run_coach.py models pull"


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


def report(choice: Choice | None = None, *, chat: ChatModel | None = None) -> list[EngineReport]:
    """Say what runs for a choice on this machine, without loading any of it.

    Raises:
        InputError: If a name is unknown; lists the choices.
    """
    wanted = choice or Choice()
    wanted.check()
    installed = parts.is_installed
    return [
        _vad(installed),
        *_recognizers(wanted, installed),
        *_synthesizers(wanted, installed),
        _echo(wanted, installed),
        _turn_model(wanted, installed),
        _recorder(installed),
        _chat(chat),
    ]


def vad_name(installed: IsInstalled) -> str | None:
    """Return the voice detector's name, or None where there is none."""
    if not installed("webrtcvad"):
        return None
    return "webrtc+silero" if installed("onnxruntime") and installed("faster_whisper") else "webrtc"


def echo_name(mode: str, installed: IsInstalled) -> str | None:
    """Return the echo canceller's name, or None where it is switched off."""
    if mode == "off":
        return None
    return "kalman+aec3" if installed("livekit") else "kalman"


def turn_model_name(wanted: str, installed: IsInstalled) -> str | None:
    """Return the turn model's name, or None where it is switched off or cannot run."""
    name = "smart-turn" if wanted == AUTO else wanted
    return name if name != OFF and all(installed(package) for package in PACKAGES[name]) else None


def recorder_name(installed: IsInstalled) -> str | None:
    """Return the recorder's name, or None where nothing is recorded."""
    return "ogg-opus" if installed("av") else None


def _vad(installed: IsInstalled) -> EngineReport:
    name = vad_name(installed)
    if name is None:
        return _missing("vad", "没有语音检测，只能打字练习", "no voice detection: rehearsals are typed only")
    if name == "webrtc":
        return EngineReport(
            "vad",
            name,
            True,
            f"只有快速检测，噪声下容易误判。安装更好的：{HOW_TO_GET}",
            f"quick detection only, easily fooled by noise. For the better one run: {HOW_TO_GET}",
        )
    return EngineReport("vad", name, True, "两级语音检测", "voice detection in two steps")


# --- recognisers ------------------------------------------------------------------------------------------------


def _recognizers(choice: Choice, installed: IsInstalled) -> list[EngineReport]:
    if choice.recognizer == NONE:
        return [EngineReport("recognizer", NONE, False, "按设置关闭；可以打字输入", "switched off; typed input works")]
    heard = {language: hears(choice, language, installed) for language in LANGUAGES}
    if len(set(heard.values())) == 1 and heard["en"] is not None:
        return [_hearing(choice, heard["en"], _BOTH, installed)]
    return [
        _deaf(choice, language, installed)
        if hearing is None
        else _hearing(choice, hearing, _LANGUAGE_NAMES[language], installed)
        for language, hearing in heard.items()
    ]


def _hearing(choice: Choice, heard: Heard, name: Note, installed: IsInstalled) -> EngineReport:
    if heard.model is not None and heard.model == choice.whisper.model:
        fault = _asked_for_in_vain(lambda: check_folder(heard.model or Path()))
        if fault is not None:
            return EngineReport("recognizer", NONE, False, *fault)
    zh, en = _how_it_hears(choice, heard, installed)
    return EngineReport("recognizer", heard.label, True, f"{name[0]}；{zh}", f"{name[1]}; {en}")


def _asked_for_in_vain(check: Callable[[], object]) -> Note | None:
    """Return what is wrong with files that the settings name."""
    try:
        check()
    except CoachError as error:
        return error_text(error, "zh"), error_text(error, "en")
    return None


def _damaged(choice: Choice, port: ModelPort, languages: Sequence[str]) -> Note | None:
    """Say which model is left alone because something is wrong with its files."""
    found = [model.id for language in languages for model in choice.faults_for(port, language)]
    if not found:
        return None
    return f"{found[0]} 已损坏：run_coach.py models verify", f"{found[0]} is damaged: run_coach.py models verify"


def _how_it_hears(choice: Choice, heard: Heard, installed: IsInstalled) -> Note:
    if heard.engine == "openai":
        url = choice.transcription.base_url if choice.transcription is not None else ""
        return f"声音会发送到 {url}", f"the sound is sent to {url}"
    if heard.engine == "pocketsphinx":
        better_zh, better_en = _better_recognizer(choice, "en", installed)
        return (
            f"对剧本里的词较准，其他词错误较多。{better_zh}",
            f"good at the words of the scenario, makes many errors on others. {better_en}",
        )
    if choice.models is not None and heard.model is not None and not choice.models.keeps_up(heard.model.name):
        return (
            f"在这台电脑上偏慢，观众的回应会迟一些。换小一点的：{_PULL} faster-whisper-tiny",
            f"slow on this machine, so answers come late. For a smaller one: {_PULL} faster-whisper-tiny",
        )
    zh, en = _damaged(choice, "recognizer", LANGUAGES) or ("", "")
    return (
        f"本机识别，声音不离开这台电脑{'。' * bool(zh)}{zh}",
        f"on this machine; the sound does not leave it{'. ' * bool(en)}{en}",
    )


def _deaf(choice: Choice, language: str, installed: IsInstalled) -> EngineReport:
    name = _LANGUAGE_NAMES[language]
    zh, en = _better_recognizer(choice, language, installed)
    return EngineReport(
        "recognizer",
        NONE,
        False,
        f"没有{name[0]}语音识别；可以打字输入，观众会说话。{zh}",
        f"no {name[1]} speech recognition; typed input works, viewers speak. {en}",
    )


def _better_recognizer(choice: Choice, language: str, installed: IsInstalled) -> Note:
    damaged = _damaged(choice, "recognizer", [language])
    if damaged is not None:
        return damaged
    if not installed("faster_whisper"):
        return f"安装：{HOW_TO_GET}", f"To install, run: {HOW_TO_GET}"
    if choice.models is None:
        return "", ""
    model = recommended((), choice.models.machine)[0].id
    zh, en = ("更好的", "For a better one") if hears(choice, language, installed) else ("下载一个", "To get one")
    return f"{zh}：{_PULL} {model}", f"{en}: {_PULL} {model}"


# --- synthesizers -----------------------------------------------------------------------------------------------


def _synthesizers(choice: Choice, installed: IsInstalled) -> list[EngineReport]:
    if choice.synthesizer == NONE:
        return [
            EngineReport("synthesizer", NONE, False, "按设置关闭；观众只发弹幕", "switched off; viewers only write")
        ]
    spoken = {language: speaks(choice, language, installed) for language in LANGUAGES}
    if len(set(spoken.values())) == 1:
        return [_speaking(choice, spoken["en"], LANGUAGES, installed)]
    return [_speaking(choice, engine, (language,), installed) for language, engine in spoken.items()]


def _speaking(
    choice: Choice, engine: SynthesizerEngine | None, languages: tuple[str, ...], installed: IsInstalled
) -> EngineReport:
    name = _BOTH if len(languages) > 1 else _LANGUAGE_NAMES[languages[0]]
    if engine is None and choice.synthesizer == "piper" and installed("piper"):
        return _voiceless(name)
    if engine is None:
        return _missing("synthesizer", "没有语音合成，观众只发弹幕", "no speech synthesis: viewers only write")
    asked = [path for language in languages for path in choice.voices.get(language, ())]
    fault = _asked_for_in_vain(lambda: [read_config(path) for path in asked]) if engine == "piper" else None
    if fault is not None:
        return EngineReport("synthesizer", NONE, False, *fault)
    zh, en = _how_it_speaks(choice, engine, languages, installed)
    return EngineReport("synthesizer", engine, True, f"{name[0]}；{zh}", f"{name[1]}; {en}")


def _voiceless(name: Note) -> EngineReport:
    """Say that Piper was asked for by name and has no voice for a language."""
    return EngineReport(
        "synthesizer",
        NONE,
        False,
        f"没有{name[0]}的 Piper 音色，这种语言的观众只发弹幕。下载：{_PULL}；或设置 COACH_ENGINES__SYNTHESIZER=auto",
        f"no Piper voice for {name[1]}: its viewers only write. To get one: {_PULL}, or set "
        "COACH_ENGINES__SYNTHESIZER=auto",
    )


def _how_it_speaks(
    choice: Choice, engine: SynthesizerEngine, languages: tuple[str, ...], installed: IsInstalled
) -> Note:
    if engine == "openai":
        url = choice.speech.base_url if choice.speech is not None else ""
        return f"台词会发送到 {url}", f"the lines are sent to {url}"
    if engine == "piper":
        count = sum(len(choice.voices_for(language)) for language in languages)
        zh, en = _damaged(choice, "synthesizer", languages) or ("", "")
        return (
            f"自然的声音，{count} 个音色{'。' * bool(zh)}{zh}",
            f"natural voices, {count} of them{'. ' * bool(en)}{en}",
        )
    damaged = _damaged(choice, "synthesizer", languages)
    if damaged is not None:
        return f"反应快，声音像机器。{damaged[0]}", f"answers at once, sounds like a machine. {damaged[1]}"
    if not installed("piper") or choice.models is None:
        return "反应快，声音像机器", "answers at once, sounds like a machine"
    return (
        f"反应快，声音像机器。更自然的：{_PULL}",
        f"answers at once, sounds like a machine. For natural voices: {_PULL}",
    )


# --- the others -------------------------------------------------------------------------------------------------


def _echo(choice: Choice, installed: IsInstalled) -> EngineReport:
    name = echo_name(choice.echo, installed)
    if name is None:
        return EngineReport(
            "echo",
            NONE,
            False,
            "按设置关闭；请戴耳机，以免观众打断自己",
            "switched off; wear headphones, or viewers may interrupt themselves",
        )
    if name == "kalman":
        return EngineReport(
            "echo",
            name,
            True,
            f"观众的回声会被消除；缺少 WebRTC 消回声，戴耳机更好。安装：{HOW_TO_GET}",
            f"takes the viewers' echo out; without WebRTC's canceller headphones help. To get it, run: {HOW_TO_GET}",
        )
    return EngineReport("echo", name, True, "听到观众的回声时开启", "switches on where viewers are heard coming back")


def _turn_model(choice: Choice, installed: IsInstalled) -> EngineReport:
    name = turn_model_name(choice.turn_model, installed)
    if name is not None:
        return EngineReport(
            "turn_model",
            name,
            True,
            "听语气判断一句话是否说完，少抢话",
            "hears whether a sentence is over: viewers answer sooner and cut in less",
        )
    if choice.turn_model == OFF:
        return EngineReport(
            "turn_model",
            NONE,
            False,
            "按设置关闭；停顿时观众会等得久一些",
            "switched off; viewers wait longer at pauses",
        )
    return _missing(
        "turn_model", "没有话轮模型，停顿时观众会等得久一些", "no turn model: viewers wait longer at pauses"
    )


def _recorder(installed: IsInstalled) -> EngineReport:
    name = recorder_name(installed)
    if name is None:
        return _missing("recorder", "不录音", "nothing is recorded")
    return EngineReport("recorder", name, True, "双方声音各存一个文件", "both sides, one file each")


def _chat(chat: ChatModel | None) -> EngineReport:
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
