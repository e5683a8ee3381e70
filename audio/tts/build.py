"""Which synthesizers there are, what each needs, and how to get them. Nothing heavy is imported before it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audio.parts import HOW_TO_GET, is_installed
from coach.errors import InputError, MissingPart
from coach.ports import Synthesizer

AUTO, NONE = "auto", "none"
SYNTHESIZERS = ("espeak", "piper", "openai", NONE)
_ESPEAK_NEEDS = ("espeakng_loader", "av")
_PIPER_NEEDS = ("piper", "onnxruntime", "av")


@dataclass(frozen=True, slots=True)
class SpeechSetup:
    """What the installation says about voices."""

    piper_voices: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    """`.onnx` files by language."""
    piper_threads: int | None = None
    """Threads of one run; None: as many as there are cores, at most 2."""
    base_url: str | None = None
    """Server with the OpenAI speech protocol."""
    model: str = "tts-1"
    api_key: str | None = None
    voices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Voice names of that server for `female` and `male`."""
    timeout_sec: float = 10.0


@dataclass(frozen=True, slots=True)
class SpeechReport:
    """What would speak, and a note on it."""

    name: str
    ready: bool
    note_zh: str
    note_en: str


def synthesizer(name: str, setup: SpeechSetup) -> Synthesizer | None:
    """Build a synthesizer; `auto` takes Piper for languages it has voices for, eSpeak NG for others.

    Raises:
        InputError: If the settings it needs are missing or wrong.
        MissingPart: If it was asked for by name and is not installed; says how to get it.
    """
    if name == NONE:
        return None
    if name == "openai":
        return _openai(setup)
    if name == "piper" or (name == AUTO and any(setup.piper_voices.values()) and _has(*_PIPER_NEEDS)):
        return _piper(setup)
    return _espeak(must=name != AUTO)


def report(name: str, setup: SpeechSetup) -> SpeechReport:
    """Say what speaks for a choice on this machine, without loading any of it."""
    if name == NONE:
        return SpeechReport(NONE, False, "按设置关闭；观众只发弹幕", "switched off; viewers only write")
    if name == "openai":
        return _openai_report(setup)
    languages = sorted(language for language, voices in setup.piper_voices.items() if voices)
    if name == "piper" or (name == AUTO and languages and _has(*_PIPER_NEEDS)):
        return _piper_report(languages)
    if not _has(*_ESPEAK_NEEDS):
        return SpeechReport(
            NONE,
            False,
            f"没有语音合成，观众只发弹幕。安装：{HOW_TO_GET}",
            f"no speech synthesis: viewers only write. To install, run: {HOW_TO_GET}",
        )
    return SpeechReport(
        "espeak", True, "中文和英文；反应快，声音像机器", "Chinese and English; answers at once, sounds like a machine"
    )


def _piper_report(languages: Sequence[str]) -> SpeechReport:
    if not languages:
        return SpeechReport(
            NONE,
            False,
            "没有 Piper 声音文件。请设置 COACH_PIPER__VOICES",
            "no Piper voice files: set COACH_PIPER__VOICES",
        )
    if not _has(*_PIPER_NEEDS):
        return SpeechReport(
            NONE, False, f"没有安装 Piper。安装：{HOW_TO_GET}", f"Piper is not installed. Run: {HOW_TO_GET}"
        )
    named_zh = "、".join({"zh": "中文", "en": "英文"}.get(language, language) for language in languages)
    named_en = " and ".join({"zh": "Chinese", "en": "English"}.get(language, language) for language in languages)
    rest_zh, rest_en = ("；其他语言用 eSpeak", "; other languages by eSpeak NG") if len(languages) < 2 else ("", "")
    return SpeechReport(
        "piper",
        True,
        f"{named_zh}，自然的声音，在本机合成{rest_zh}",
        f"{named_en}, natural voices made on this machine{rest_en}",
    )


def _openai_report(setup: SpeechSetup) -> SpeechReport:
    if not setup.base_url:
        return SpeechReport(
            NONE,
            False,
            "没有语音服务器的地址。请设置 COACH_SPEECH__BASE_URL",
            "no address of a speech server: set COACH_SPEECH__BASE_URL",
        )
    return SpeechReport(
        "openai",
        True,
        f"由 {setup.base_url} 合成（{setup.model}）；观众的台词会发到那里",
        f"made by {setup.base_url} ({setup.model}); viewers' lines are sent there",
    )


def _openai(setup: SpeechSetup) -> Synthesizer:
    if not setup.base_url:
        raise InputError(
            "The synthesizer 'openai' needs the address of a server. Set COACH_SPEECH__BASE_URL, e.g. http://127.0.0.1:8880/v1."
        )
    _require("openai", "av")
    from audio.tts.openai_speech import DEFAULT_VOICES, OpenAISpeechSynthesizer

    return OpenAISpeechSynthesizer(
        setup.base_url,
        setup.model,
        setup.voices or DEFAULT_VOICES,
        api_key=setup.api_key,
        timeout_sec=setup.timeout_sec,
    )


def _piper(setup: SpeechSetup) -> Synthesizer:
    _require("piper", *_PIPER_NEEDS)
    from audio.tts.by_language import ByLanguage
    from audio.tts.piper import PiperSynthesizer

    piper = PiperSynthesizer(setup.piper_voices, threads=setup.piper_threads)
    others = _espeak(must=False) if len(piper.languages) < 2 else None
    return ByLanguage(piper, piper.languages, others) if others is not None else piper


def _espeak(*, must: bool) -> Synthesizer | None:
    if not must and not _has(*_ESPEAK_NEEDS):
        return None
    _require("espeak", *_ESPEAK_NEEDS)
    from audio.tts.espeak import EspeakSynthesizer

    return EspeakSynthesizer()


def _has(*modules: str) -> bool:
    return all(is_installed(module) for module in modules)


def _require(engine: str, *modules: str) -> None:
    missing = [module for module in modules if not is_installed(module)]
    if missing:
        raise MissingPart(
            f"The engine {engine!r} needs {', '.join(missing)}, which is not installed. Run: {HOW_TO_GET}"
        )
