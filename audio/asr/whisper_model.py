"""One Whisper model on CTranslate2, called below faster-whisper so that the encoder need not be given 30 s.

On a processor its words are written by `whisper_decoder` where that can be: sooner, and a draft saves most of it.

Everything here blocks and belongs on the engine's thread. CTranslate2 frees Python's lock while it works, so one
thread beside the event loop is enough; a decode cannot be stopped half way.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from audio.asr.whisper_decoder import Decoder, Writing
from audio.asr.whisper_files import NAME, check_folder
from audio.asr.whisper_guard import Reading
from audio.asr.whisper_window import FRAME_SAMPLES, Window
from audio.asr.word_times import AlignedPiece
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Int16Array

logger = logging.getLogger(__name__)

_MOST_BYTES = 1 << 30
"""Of a model whose decoder is built anew for the processor: larger ones than small are too slow for talk there."""
MOST_POSITIONS = 448
"""Tokens of prompt and text together that the decoder has places for."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sound as the encoder left it."""

    memory: Any  # ctranslate2.StorageView
    frames: int
    """Mel frames of the sound itself, without the quiet after it."""


class SpeechModel(Protocol):
    """What reads sound. Implemented by `Whisper` and by a scripted one in tests."""

    def require(self, language: str) -> None:
        """Check that a language is known.

        Raises:
            EngineError: If it is not.
        """
        ...

    def tokens(self, text: str) -> list[int]:
        """Return a text as tokens; never a command of the model."""
        ...

    def encode(self, pcm: Int16Array, window: Window) -> Encoded:
        """Take in a sound, int16, 16 kHz mono."""
        ...

    def read(self, sound: Encoded, language: str, prompt: list[int], most: int, draft: Sequence[int] = ()) -> Reading:
        """Return the likeliest words, at most `most` tokens.

        A draft of them may save time; it decides nothing but what hangs in the balance.
        """
        ...

    def align(self, sound: Encoded, language: str, reading: Reading) -> list[AlignedPiece]:
        """Return when the pieces of a reading were said."""
        ...


class Whisper:
    """A loaded model. Implements `SpeechModel`.

    Args:
        model: faster-whisper's.
        device: `cpu` or `cuda`.
        decoder: Writes in CTranslate2's place.
    """

    def __init__(self, model: Any, device: str, decoder: Decoder | None = None) -> None:
        self._model = model
        self._decoder = decoder
        self._ct2 = model.model
        self.device = device
        self._tokenizers: dict[str, Any] = {}

    @property
    def writes_itself(self) -> bool:
        """Whether a decoder of ours writes the words."""
        return self._decoder is not None

    def require(self, language: str) -> None:
        """Check that a language is known."""
        if language != "en" and not self._ct2.is_multilingual:
            raise EngineError(
                NAME, "this model knows English only, not {language!r}. Choose one without `.en`.", language=language
            )

    def tokens(self, text: str) -> list[int]:
        """Return a text as tokens, with the space before it that Whisper's own texts have."""
        tokenizer = self._tokenizer("en")
        return [token for token in tokenizer.encode(f" {text.strip()}") if token < tokenizer.eot]

    def encode(self, pcm: Int16Array, window: Window) -> Encoded:
        """Take in a sound. The features are 80 or 128 bands of 10 ms each."""
        from faster_whisper.audio import pad_or_trim

        features = self._model.feature_extractor(pcm.astype(np.float32) / 32768)
        content = min(features.shape[-1], -(-len(pcm) // FRAME_SAMPLES))
        frames = window.frames(len(pcm), self._ct2.n_mels)
        memory = self._model.encode(pad_or_trim(features[:, :content], frames))
        return Encoded(memory, min(content, frames))

    def read(self, sound: Encoded, language: str, prompt: list[int], most: int, draft: Sequence[int] = ()) -> Reading:
        """Decode greedily at temperature 0, without time stamps.

        CTranslate2 gives half of `max_length`, or what the prompt leaves of it, whichever is less (measured).
        """
        tokenizer = self._tokenizer(language)
        start = self._model.get_prompt(tokenizer, prompt, without_timestamps=True)
        if self._decoder is not None:
            how = self._writing(tokenizer, start, most)
            written = self._decoder.write(np.array(sound.memory, np.float32)[0], how, draft)
            tokens = tuple(token for token in written.tokens if token < tokenizer.eot)
            return Reading(tokenizer.decode(list(tokens)).strip(), tokens, written.logprob, written.silence)
        result = self._ct2.generate(
            sound.memory,
            [start],
            beam_size=1,
            max_length=min(MOST_POSITIONS, max(2 * most, len(start) + most)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=[-1, *_commands(tokenizer)],
        )[0]
        tokens = tuple(token for token in result.sequences_ids[0] if token < tokenizer.eot)
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return Reading(tokenizer.decode(list(tokens)).strip(), tokens, logprob, result.no_speech_prob)

    def align(self, sound: Encoded, language: str, reading: Reading) -> list[AlignedPiece]:
        """Align by the decoder's attention, one pass over all tokens: a few milliseconds."""
        if not reading.tokens:
            return []
        found = self._model.find_alignment(
            self._tokenizer(language), [list(reading.tokens)], sound.memory, max(2, sound.frames)
        )
        return [
            AlignedPiece(piece["word"], float(piece["start"]), float(piece["end"]), float(piece["probability"]))
            for piece in (found[0] if found else ())
        ]

    def _writing(self, tokenizer: Any, start: list[int], most: int) -> Writing:
        never = _commands(tokenizer)
        sot, times = start.index(tokenizer.sot), tokenizer.timestamp_begin
        return Writing(start, sot, tokenizer.no_speech, tokenizer.eot, never, times, most)

    def _tokenizer(self, language: str) -> Any:
        if language not in self._tokenizers:
            from faster_whisper.tokenizer import Tokenizer

            self._tokenizers[language] = Tokenizer(
                self._model.hf_tokenizer, self._ct2.is_multilingual, task="transcribe", language=language
            )
        return self._tokenizers[language]


def load(folder: Path, device: str, compute_type: str, threads: int) -> Whisper:
    """Load a model from a folder and run it once. Takes 0.1 to 3 s; never uses the network.

    Args:
        folder: Of a converted model.
        device: `auto`, `cpu` or `cuda`; auto falls back to the processor where the graphics card does not work.
        compute_type: `auto` (int8 on the processor, float16 on the card) or one of CTranslate2's names.
        threads: Processor threads of one decode; with more than one CTranslate2 writes the words.

    Raises:
        EngineError: If the folder holds no usable model, or the device does not work; says what to do.
    """
    check_folder(folder)
    place = _device(device)
    try:
        return _load(folder, place, compute_type, threads)
    except EngineError:
        if device != "auto" or place == "cpu":
            raise
        logger.warning("The graphics card does not work for speech recognition; the processor is used", exc_info=True)
        return _load(folder, "cpu", compute_type, threads)


def _device(device: str) -> str:
    if device != "auto":
        return device
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def _load(folder: Path, device: str, compute_type: str, threads: int) -> Whisper:
    from faster_whisper import WhisperModel

    try:
        model = WhisperModel(
            str(folder), device=device, compute_type=_compute_type(device, compute_type), cpu_threads=threads
        )
        whisper = Whisper(model, device)
        _try_out(whisper, model)
    except EngineError:
        raise
    except Exception as error:  # the boundary: files of any content, drivers of any age
        reason = str(error).strip().split("\n")[0][:200]
        raise EngineError(
            NAME,
            "{folder} does not run as a Whisper model on {device}: {reason}",
            folder=folder,
            device=device,
            reason=reason,
        ) from error
    is_usual = device == "cpu" and compute_type == "auto" and threads == 1
    return _writing_itself(whisper, model, folder) if is_usual else whisper


def _writing_itself(whisper: Whisper, model: Any, folder: Path) -> Whisper:
    """Return the model with a decoder of ours, or as it is where CTranslate2's must do."""
    try:
        if (folder / "model.bin").stat().st_size > _MOST_BYTES:
            return whisper
        own = Whisper(model, whisper.device, Decoder(folder))
        _try_out(own, model)
    except Exception as error:  # no onnxruntime, an old one, weights of another kind: slower, but as right
        logger.info("CTranslate2 writes the words of %s: %s", folder.name, error)
        return whisper
    return own


def _compute_type(device: str, wanted: str) -> str:
    if wanted != "auto":
        return wanted
    import ctranslate2

    best = "float16" if device == "cuda" else "int8"
    return best if best in ctranslate2.get_supported_compute_types(device) else "default"


def _try_out(whisper: Whisper, model: Any) -> None:
    """Check that the parts belong together, and have the first utterance not pay for what is made once."""
    from audio.asr.whisper_window import FINAL

    tokenizer = model.hf_tokenizer
    if tokenizer.token_to_id("<|startoftranscript|>") is None or tokenizer.token_to_id("<|notimestamps|>") is None:
        raise EngineError(NAME, "tokenizer.json is not that of a Whisper model. Download the model again.")
    bands = model.feature_extractor.mel_filters.shape[0]
    if bands != model.model.n_mels:
        raise EngineError(
            NAME,
            "preprocessor_config.json asks for {bands} mel bands, the model for {wanted}. Download the model again, "
            "with all its files.",
            bands=bands,
            wanted=model.model.n_mels,
        )
    quiet = np.zeros(EAR_RATE_HZ, np.int16)
    sound = whisper.encode(quiet, FINAL)
    reading = whisper.read(sound, "en", whisper.tokens("Live now."), 4)
    whisper.align(sound, "en", reading)


def _commands(tokenizer: Any) -> list[int]:
    """Return the tokens that are no text: models without a list of their own would else write them."""
    known = (
        tokenizer.transcribe,
        tokenizer.translate,
        tokenizer.sot,
        tokenizer.sot_prev,
        tokenizer.sot_lm,
        tokenizer.no_speech,
    )
    return [token for token in known if token is not None]
