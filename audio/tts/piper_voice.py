"""One Piper voice file: checked, loaded, spoken with. Blocking; to be used from one thread at a time.

Written against piper-tts 1.8 (GPL-3.0-or-later, installed beside the product). The model is run here and not through
`PiperVoice.synthesize`, so that a run can be stopped half-way and loudness is not stretched to full scale sentence by
sentence.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from audio.parts import HOW_TO_GET, is_installed
from audio.tts.stop import Stop
from audio.tts.word_times import by_phonemes, shares
from audio.tts.wording import Spoken
from coach.errors import EngineError, InputError
from coach.ports import Int16Array

if TYPE_CHECKING:
    from piper import PiperVoice

logger = logging.getLogger(__name__)

NAME = "piper"
_PLAIN_PHONEMES = ("espeak", "text")
"""Kinds of phonemes that piper-tts makes with what its wheel holds."""
_PAD, _BOS, _EOS = "_", "^", "$"
_MARKS = frozenset("ˈˌːˑ'-.·,;:!?。，；：！？、 ") | frozenset("_^$")
"""Symbols that take no time of their own."""


@dataclass(frozen=True, slots=True)
class VoiceConfig:
    """What the JSON file beside a voice says."""

    path: Path
    raw: dict[str, Any]
    rate_hz: int
    speakers: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """One clause as the voice gave it, at its own rate; nothing trimmed."""

    pcm: Int16Array
    starts: tuple[int, ...]
    """Sample at which each word of the clause begins, rising."""


def read_config(path: Path) -> VoiceConfig:
    """Check a voice without loading it.

    Raises:
        InputError: If a file is missing or not what it should be, or the voice would download a part at first use.
    """
    beside = path.with_name(path.name + ".json")
    for needed in (path, beside):
        if not needed.is_file():
            raise InputError(
                "{path}: expected a Piper voice, an .onnx file with its .onnx.json beside it, and found no such "
                "file. Copy both files there or correct COACH_PIPER__VOICES.",
                path=needed,
            )
    try:
        raw = json.loads(beside.read_text(encoding="utf-8"))
        config = VoiceConfig(path, raw, int(raw["audio"]["sample_rate"]), max(1, int(raw.get("num_speakers", 1))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "{path}: expected the settings of a Piper voice (JSON), but it does not read as such. Fetch the file again "
            "from where the voice came from.",
            path=beside,
        ) from error
    _check_phonemes(path, str(raw.get("phoneme_type", "espeak")))
    return config


def _check_phonemes(path: Path, kind: str) -> None:
    if kind in _PLAIN_PHONEMES:
        return
    if kind == "pinyin" and (path.parent / "g2pW" / "g2pw.onnx").is_file() and is_installed("sentence_stream"):
        return
    if kind == "pinyin":
        raise InputError(
            "{path}: this voice reads pinyin through a further model (g2pW) that would be downloaded at its first "
            "use. Put that model at {place} and run `uv pip install 'piper-tts[zh]'`, or use a Chinese voice with "
            "eSpeak phonemes.",
            path=path,
            place=path.parent / "g2pW" / "g2pw.onnx",
        )
    raise InputError(
        "{path}: expected a voice with eSpeak phonemes, got phoneme type {kind!r}. Use another voice.",
        path=path,
        kind=kind,
    )


class LoadedVoice:
    """A voice in memory.

    Args:
        config: Checked.
        threads: Of ONNX Runtime for one run.

    Raises:
        EngineError: If piper-tts is not installed or the model does not load.
    """

    def __init__(self, config: VoiceConfig, threads: int) -> None:
        try:
            import onnxruntime
            from piper import PiperVoice
            from piper.config import PiperConfig
        except ImportError as error:
            raise EngineError(
                NAME, "the package piper-tts is not installed. Run: {command}", command=HOW_TO_GET
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that spin while they wait would take the cores of the live loop.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(str(config.path), options, providers=["CPUExecutionProvider"])
            parsed = PiperConfig.from_dict(config.raw)
        except Exception as error:  # ONNX Runtime raises classes of its own, and bare RuntimeErrors
            raise EngineError(
                NAME,
                "{path}: the voice does not load ({fault}). Fetch both files again.",
                path=config.path,
                fault=type(error).__name__,
            ) from error
        self.config = config
        self._run_options = onnxruntime.RunOptions
        self._voice: PiperVoice = PiperVoice(session=session, config=parsed, download_dir=config.path.parent)
        self._inputs = {item.name for item in session.get_inputs()}
        self._ids: dict[str, list[int]] = {key: list(value) for key, value in parsed.phoneme_id_map.items()}

    def render(self, said: Spoken, *, speaker: int, pace: float, stop: Stop) -> Rendered | None:
        """Speak one clause; None if it was stopped.

        Args:
            said: The clause.
            speaker: Id within a voice of several; ignored by others.
            pace: Times the voice's own pace.
            stop: Ends the work early.

        Raises:
            EngineError: If the model fails.
        """
        parts: list[NDArray[np.float32]] = []
        phonemes: list[str] = []
        times: list[float] = []
        at = 0
        for sentence in self._voice.phonemize(said.text):
            known = self._known(sentence)
            if not known or stop.is_set:
                continue
            audio, spans = self._run(known, speaker, pace, stop)
            if audio is None:
                return None
            phonemes += known
            times += [at + span for span in (spans if spans is not None else self._guessed(known, len(audio)))]
            parts.append(audio)
            at += len(audio)
        if stop.is_set or not parts:
            return None
        pcm = (np.clip(np.concatenate(parts), -1, 1) * 32767).astype(np.int16)
        return Rendered(pcm, self._starts(said, phonemes, times, len(pcm)))

    def _known(self, phonemes: list[str]) -> list[str]:
        """Leave out sounds the voice was not trained on, such as English ones of a Chinese voice."""
        return [phoneme for phoneme in phonemes if phoneme in self._ids] if self._ids else phonemes

    def _run(
        self, phonemes: list[str], speaker: int, pace: float, stop: Stop
    ) -> tuple[NDArray[np.float32] | None, list[float] | None]:
        ids = self._voice.phonemes_to_ids(phonemes)
        config = self._voice.config
        feed: dict[str, Any] = {
            "input": np.array([ids], dtype=np.int64),
            "input_lengths": np.array([len(ids)], dtype=np.int64),
            "scales": np.array(
                [config.noise_scale, config.length_scale / pace, config.noise_w_scale], dtype=np.float32
            ),
        }
        if "sid" in self._inputs:
            feed["sid"] = np.array([speaker % self.config.speakers], dtype=np.int64)
        run = self._run_options()
        stop.watch(run)
        try:
            result = self._voice.session.run(None, feed, run)
        except Exception as error:
            if stop.is_set:
                return None, None
            raise EngineError(
                NAME, "the voice {name} failed ({fault}).", name=self.config.path.name, fault=type(error).__name__
            ) from error
        audio: NDArray[np.float32] = np.asarray(result[0], dtype=np.float32).reshape(-1)
        if len(result) < 2:
            return audio, None
        samples = np.asarray(result[1], dtype=np.float64).reshape(-1) * config.hop_length
        return audio, self._spans(phonemes, ids, samples)

    def _spans(self, phonemes: list[str], ids: list[int], samples: NDArray[np.float64]) -> list[float] | None:
        """Return the sample at which each phoneme begins, from the voice's own durations of the ids."""
        if len(samples) != len(ids):
            return None
        begins = np.concatenate(([0.0], np.cumsum(samples)))
        pads = len(self._ids.get(_PAD, [0]))
        at = len(self._ids.get(_BOS, [1])) + pads
        found = []
        for phoneme in phonemes:
            found.append(float(begins[min(at, len(samples))]))
            at += len(self._ids.get(phoneme, [0])) + pads
        return found

    def _guessed(self, phonemes: list[str], samples: int) -> list[float]:
        """Spread the phonemes evenly; a mark takes none of the time."""
        total = sum(phoneme not in _MARKS for phoneme in phonemes) or 1
        found, at = [], 0
        for phoneme in phonemes:
            found.append(samples * at / total)
            at += phoneme not in _MARKS
        return found

    def _starts(self, said: Spoken, phonemes: list[str], times: list[float], samples: int) -> tuple[int, ...]:
        """Return the sample at which each word begins."""
        if len(phonemes) != len(times) or not any(phoneme not in _MARKS for phoneme in phonemes):
            return tuple(round(share * samples) for share in shares(said))
        sounds = [index for index, phoneme in enumerate(phonemes) if phoneme not in _MARKS]
        groups = [
            float(order)
            for order, index in enumerate(sounds)
            if order == 0 or " " in phonemes[sounds[order - 1] : index]
        ]
        alone = [float(max(1, self._count(piece))) for piece in said.pieces()]
        places = by_phonemes(alone, groups, len(sounds))
        sound_times = [times[index] for index in sounds]
        found = np.interp(places, np.arange(len(sounds)), sound_times)
        return tuple(int(sample) for sample in np.maximum.accumulate(found))

    def _count(self, piece: str) -> int:
        return sum(
            phoneme not in _MARKS for sentence in self._voice.phonemize(piece) for phoneme in self._known(sentence)
        )
