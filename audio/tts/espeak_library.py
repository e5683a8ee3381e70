"""The C library eSpeak NG through ctypes: one instance a process, one caller at a time.

Signatures and constants are those of `speak_lib.h` of eSpeak NG 1.52. The library keeps voice, parameters and
callback in globals, so every use happens under `LOCK`.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from audio.parts import HOW_TO_GET
from coach.errors import EngineError

LOCK = threading.Lock()

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1
_POSITION_CHARACTER = 1
_PHONEMES_IPA = 2
_EVENT_END_OF_LIST = 0
_EVENT_WORD = 1
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4
_VOLUME_PERCENT = 60
"""Several voice variants clip at 100, and livelier pitch makes others peak higher; level is set afterwards."""


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class VoiceSetting:
    """A voice as the library takes it."""

    name: str
    """Language and variant, e.g. `cmn+f3`."""
    words_per_min: int
    """80 to 450."""
    pitch: int
    """0 to 99, 50 is the voice's own."""
    pitch_range: int = 50
    """0 (flat) to 99, 50 is the voice's own."""


@dataclass(frozen=True, slots=True)
class RawSpeech:
    """What one call gave."""

    pcm: bytes
    """int16 mono at the library's rate."""
    words: tuple[tuple[int, int], ...]
    """(character of the text counted from 0, sample) of each word event, in the order of the sound."""
    cancelled: bool


class Library:
    """The loaded library. Call its methods with `LOCK` held."""

    def __init__(self, library_path: str, data_path: str) -> None:
        self._lib: Any = ctypes.CDLL(library_path)
        self._declare()
        self.rate_hz: int = self._lib.espeak_Initialize(_SYNCHRONOUS, 0, data_path.encode(), _DONT_EXIT)
        if self.rate_hz <= 0:
            raise EngineError(
                "espeak",
                "eSpeak NG found no usable data in {data_path!r}. Run: {command}",
                data_path=data_path,
                command=HOW_TO_GET,
            )
        if hasattr(self._lib, "espeak_ng_SetRandSeed"):  # since 1.52; it starts with the time of day
            self._lib.espeak_ng_SetRandSeed(ctypes.c_long(1))
        self._receive: Callable[[bytes, list[tuple[int, int]]], bool] = lambda pcm, words: False
        self._callback = _Callback(self._on_sound)
        self._lib.espeak_SetSynthCallback(self._callback)

    def synthesize(self, text: str, voice: VoiceSetting, *, is_cancelled: Callable[[], bool]) -> RawSpeech:
        """Speak one clause, without a pause at its end, faster than real time by some hundred times.

        Args:
            text: Free of NUL and lone surrogates.
            voice: Set before each call, since the library keeps no voice per caller.
            is_cancelled: Asked every 60 ms of sound; true stops the call.

        Raises:
            EngineError: If the voice is unknown or the call failed.
        """
        pieces: list[bytes] = []
        words: list[tuple[int, int]] = []

        def receive(pcm: bytes, found: list[tuple[int, int]]) -> bool:
            pieces.append(pcm)
            words.extend(found)
            return is_cancelled()

        self._set_voice(voice)
        self._receive = receive
        data = text.encode() + b"\0"
        status = self._lib.espeak_Synth(data, len(data), 0, _POSITION_CHARACTER, 0, _CHARS_UTF8, None, None)
        if status != 0:
            raise EngineError("espeak", "eSpeak NG could not speak (status {status}).", retryable=True, status=status)
        return RawSpeech(b"".join(pieces), tuple(words), is_cancelled())

    def phonemes(self, text: str, voice_name: str) -> str:
        """Return the IPA of a text, its clauses separated by one space."""
        self._set_voice(VoiceSetting(voice_name, 175, 50))
        rest = ctypes.c_char_p(text.encode())
        clauses: list[str] = []
        while rest.value is not None:
            found: bytes | None = self._lib.espeak_TextToPhonemes(ctypes.byref(rest), _CHARS_UTF8, _PHONEMES_IPA)
            clauses.append((found or b"").decode("utf-8", "replace").strip())
        return " ".join(clause for clause in clauses if clause)

    def _declare(self) -> None:
        lib = self._lib
        lib.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        lib.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        lib.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
        lib.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        lib.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
        lib.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def _set_voice(self, voice: VoiceSetting) -> None:
        if self._lib.espeak_SetVoiceByName(voice.name.encode()) != 0:
            raise EngineError(
                "espeak", "eSpeak NG has no voice {name!r}. Run: {command}", name=voice.name, command=HOW_TO_GET
            )
        for parameter, value in (
            (_RATE, voice.words_per_min),
            (_VOLUME, _VOLUME_PERCENT),
            (_PITCH, voice.pitch),
            (_RANGE, voice.pitch_range),
        ):
            self._lib.espeak_SetParameter(parameter, value, 0)

    def _on_sound(self, wav: Any, count: int, events: Any) -> int:
        """Collect one buffer; runs inside espeak_Synth on the calling thread. 1 tells the library to stop."""
        pcm = ctypes.string_at(wav, count * 2) if wav and count > 0 else b""
        words: list[tuple[int, int]] = []
        index = 0
        while events and events[index].type != _EVENT_END_OF_LIST:
            if events[index].type == _EVENT_WORD:
                words.append((events[index].text_position - 1, events[index].sample))
            index += 1
        return int(self._receive(pcm, words))


@cache
def library() -> Library:
    """Return the process's one library. Call with `LOCK` held.

    Raises:
        EngineError: If eSpeak NG is not installed or does not load; says what to do.
    """
    try:
        import espeakng_loader
    except ImportError as error:
        raise EngineError(
            "espeak", "the package espeakng-loader is not installed. Run: {command}", command=HOW_TO_GET
        ) from error
    try:
        return Library(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    except OSError as error:
        raise EngineError("espeak", "eSpeak NG does not load on this machine: {reason}", reason=error) from error
