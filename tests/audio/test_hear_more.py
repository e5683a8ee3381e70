"""A recogniser that comes while the room is open, taken into use beside what is in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio.engine_choice import Choice
from audio.engines import choose, hear_more
from audio.models import Models
from tests.audio.test_engines import absent, put_whole_whisper
from tests.audio.test_models import DESK, WITH_CARD


async def test_what_came_since_hears_the_languages_that_nothing_heard_and_what_is_in_use_stays(tmp_path: Path) -> None:
    choice = Choice(models=Models(tmp_path, machine=WITH_CARD), synthesizer="none")
    chosen = choose(choice)
    english = chosen.recognizer("en")
    assert english is not None
    hear_more(chosen, choice)
    assert (chosen.recognizer("en"), chosen.recognizer("zh")) == (english, None)
    put_whole_whisper(tmp_path, "faster-whisper-base")
    hear_more(chosen, choice)
    chinese = chosen.recognizer("zh")
    assert chinese is not None
    assert [chosen.names_for(language)["recognizer"] for language in ("en", "zh")] == [
        "moonshine",
        "faster-whisper-base",
    ]
    put_whole_whisper(tmp_path, "faster-whisper-small")  # would be preferred at a start
    hear_more(chosen, choice)
    assert (chosen.recognizer("en"), chosen.recognizer("zh")) == (english, chinese)
    assert chosen.names_for("zh")["recognizer"] == "faster-whisper-base"
    await chosen.aclose()


async def test_one_recogniser_that_came_hears_both_languages_where_nothing_heard_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent(monkeypatch, "moonshine_voice", "pocketsphinx")
    choice = Choice(models=Models(tmp_path, machine=DESK), synthesizer="none")
    chosen = choose(choice)
    put_whole_whisper(tmp_path, "faster-whisper-base")
    hear_more(chosen, choice)
    assert chosen.recognizer("en") is chosen.recognizer("zh") is not None
    await chosen.aclose()
