"""Small helpers for texts in both languages. Tone: a nervous first-week streamer reads them."""

from __future__ import annotations

from functools import lru_cache
from math import floor

from coach.score.scorecard import Text


@lru_cache(maxsize=1024)
def both(zh: str, en: str) -> Text:
    """Return one text in both languages."""
    return Text(zh=zh, en=en)


def seconds(value: float) -> str:
    """Return seconds for a sentence: whole from 10 on, else one decimal."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def under(value: float, wanted: float) -> tuple[str, str]:
    """Return a number and the higher one it does not reach, with the decimals it takes to see that it does not."""
    rough, least = f"{value:.0f}", f"{wanted:.0f}"
    if rough != least:
        return rough, least
    return f"{floor(value * 10) / 10:.1f}", f"{wanted:g}"


def clock(value: float) -> str:
    """Return a place in the rehearsal as m:ss, from an hour on as h:mm:ss."""
    if value >= 3600:
        return f"{int(value) // 3600}:{int(value) // 60 % 60:02d}:{int(value) % 60:02d}"
    return f"{int(value) // 60}:{int(value) % 60:02d}"


def shorten(text: str, limit: int = 60) -> str:
    """Return a quote cut to a length, at its start; still an exact substring."""
    return text if len(text) <= limit else text[:limit]


def ending(text: str, limit: int) -> str:
    """Return the end of a text, an exact substring that begins with a whole word."""
    cut = text[-limit:]
    inside = len(text) > limit and text[-limit - 1].isascii() and cut[0].isascii() and not text[-limit - 1].isspace()
    return cut[cut.index(" ") :].lstrip() if inside and " " in cut.rstrip() else cut.lstrip()


def excerpt(text: str, limit: int = 60) -> str:
    """Return the beginning of a text for a sentence: no word cut in two, and a mark where more follows."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    if cut[-1].isascii() and text[limit].isascii() and text[limit] != " " and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return f"{cut.rstrip(' ,，.。')}…"


NOTHING_SAID = both(
    "这次还没有开口，所以没有可以测的内容。下次先说一句欢迎就好。",
    "Nothing was said this time, so there is nothing to measure yet. Next time, one welcome sentence is a start.",
)
TYPED = both(
    "这次是打字练习，没有声音，所以不测节奏。",
    "This rehearsal was typed. Pacing is measured on speech only.",
)
UNTIMED = both(
    "这份文字稿没有时间，所以测不了节奏和反应时间。",
    "This transcript has no times, so pacing and reaction times cannot be measured.",
)
NO_WORDS = both(
    "听到了你的声音，但没有可用的语音识别，不知道说了什么，所以这一项没有测。可以打字，或者装上语音识别再练。",
    "Your voice was heard, but no speech recogniser was available for it, so the words are unknown "
    "and this was not measured. You can type, or install a recogniser and rehearse again.",
)
VOICE_UNREAD = both(
    "有声音，但没有语音识别把它写成字（看到的文字是打字或稿子），所以不测节奏。",
    "There was a voice, but no recogniser wrote it down (the words shown were typed or scripted), "
    "so pacing was not measured.",
)
TOO_SHORT = both(
    "这次说话不到 20 秒，太短了，节奏分先不打。",
    "Less than 20 seconds of speech: too little for a pacing score.",
)
