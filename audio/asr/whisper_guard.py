"""What is wrong with a reading of Whisper: a loop, words for silence, an echo of its prompt."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from audio.asr.agreement import joined, key, units

MOST_COMPRESSION = 2.4
"""Text that zlib shortens more repeats itself. Whisper's own threshold."""
MOST_TOKENS_PER_SEC = 12
"""Tokens per second of speech; the fastest speakers stay under it (SPEECH §1.3)."""
SPARE_TOKENS = 8
"""Marks and halves of words that even the shortest utterance may have."""
MOST_EQUAL_TOKENS = 3
"""Equal tokens in a row; more is a loop, or somebody laughing."""
NO_SPEECH = 0.6
"""Probability of no speech from which on, with a low likelihood, nothing was said. Whisper's own threshold."""
LEAST_LOGPROB = -1.0
"""Mean log probability of a token below which a reading failed. Whisper's own threshold."""
DOUBTFUL_NO_SPEECH = 0.3
"""Half of `NO_SPEECH`: enough to doubt a phrase that Whisper is known to invent. Design value."""
ECHO_UNITS = 3
"""Fewest words or characters that count as an echo of the prompt; two in a row are said by chance."""

_ALWAYS_INVENTED = ("amara", "明镜与点点", "点点栏目", "subtitlesby", "字幕志愿者", "字幕by", "字幕由")
"""Credits of the subtitles that Whisper was trained on; no streamer says them."""
_OFTEN_INVENTED = frozenset(
    (
        *("thankyou", "thankyouverymuch", "thankyouforwatching", "thanksforwatching", "pleasesubscribe", "bye", "you"),
        *("谢谢观看", "谢谢大家观看", "感谢观看", "谢谢收看", "多谢收看", "请订阅", "请不吝点赞订阅转发打赏"),
    )
)
"""What Whisper says most into silence, and a streamer may say for real."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model made of a sound."""

    text: str = ""
    tokens: tuple[int, ...] = ()
    logprob: float = 0.0
    """Mean log probability of a token, the end included."""
    no_speech: float = 0.0
    """Probability that nobody speaks, 0 to 1."""


def is_too_dense(reading: Reading, voiced_sec: float) -> bool:
    """Return whether nobody can have said so much in so little speech."""
    return len(reading.tokens) > MOST_TOKENS_PER_SEC * voiced_sec + SPARE_TOKENS


def believable(text: str, language: str, voiced_sec: float) -> str:
    """Return of a server's text what can have been said: up to its first loop, nothing of what has none."""
    most = round(MOST_TOKENS_PER_SEC * voiced_sec) + SPARE_TOKENS
    parts = units(text, language)
    if len(parts) <= most:
        return text
    once = without_loop(joined(parts[: 4 * most], language), language)
    return once if len(units(once, language)) <= most else ""


def is_broken(reading: Reading, voiced_sec: float) -> bool:
    """Return whether a reading is worth a second try: too dense, repeating itself, or not even likely to the model."""
    return (
        is_too_dense(reading, voiced_sec)
        or compression(reading.text) > MOST_COMPRESSION
        or longest_run(reading.tokens) > MOST_EQUAL_TOKENS
    )


def is_silence(reading: Reading) -> bool:
    """Return whether the model itself takes the sound for no speech, and its words for unlikely."""
    return reading.no_speech > NO_SPEECH and reading.logprob < LEAST_LOGPROB


def is_doubtful(reading: Reading) -> bool:
    """Return whether the words are too unsure for a sound with hardly any speech in it."""
    return reading.no_speech > NO_SPEECH or reading.logprob < LEAST_LOGPROB


def is_invented(reading: Reading) -> bool:
    """Return whether the text is one that Whisper is known to make up."""
    said = key(reading.text)
    if any(credit in said for credit in _ALWAYS_INVENTED):
        return True
    return said in _OFTEN_INVENTED and reading.no_speech > DOUBTFUL_NO_SPEECH


def echoes(text: str, prompt: str, language: str) -> bool:
    """Return whether a text is no more than the end of the prompt."""
    said = key(text)
    return len(units(text, language)) >= ECHO_UNITS and key(prompt).endswith(said)


def compression(text: str) -> float:
    """Return how much zlib shortens a text: above 1 it repeats itself; short texts stay below."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))


def longest_run(tokens: Sequence[int]) -> int:
    """Return how often the most repeated token stands in a row."""
    return max((len(list(run)) for _, run in groupby(tokens)), default=0)


def without_loop(text: str, language: str, most: int = MOST_EQUAL_TOKENS) -> str:
    """Return a text up to the first turn of a loop: 1 to 8 units that stand more than `most` times in a row."""
    parts = units(text, language)
    keys = [key(part) for part in parts]
    for start in range(len(keys)):
        for length in range(1, 9):
            turn = keys[start : start + length]
            if len(turn) == length and keys[start : start + length * (most + 1)] == turn * (most + 1):
                return joined(parts[: start + length], language)
    return text
