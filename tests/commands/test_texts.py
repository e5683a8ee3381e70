"""Every text exists in both languages, is used, and takes the same values in both."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import run_coach
from commands import texts
from commands.texts import TEXTS, Say, language_of

SOURCES = [*Path(texts.__file__).parent.glob("*.py"), Path(run_coach.__file__)]
CODE = "".join(path.read_text(encoding="utf-8") for path in SOURCES if not path.name.startswith("texts"))
MADE_UP = (
    *("cmd.", "port.", "outcome.", "reason.", "line.timed.", "recover.", "mark.", "doctor.page_"),
    *("language.", "speed.", "talk.", "models.column.", "models.fault.", "models.file.", "models.use."),
    *("simulate.column.", "simulate.streamer.", "simulate.rule.", "room.", "move.", "new.title."),
    *("show.channel.", "show.treatment.", "show.rule.", "show.when.", "show.kind.", "show.intent."),
)
"""Keys put together while running."""


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_values(key: str) -> None:
    zh, en = TEXTS[key]
    assert zh
    assert en
    assert _values(zh) == _values(en)


def test_every_text_is_used_and_every_used_text_exists() -> None:
    used = set(re.findall(r'["\']([a-z]+(?:\.[a-z_]+)+|about|error)["\']', CODE))
    assert {key for key in TEXTS if not key.startswith(MADE_UP)} - used == set()
    asked = set(re.findall(r'say\(\s*"([^"]+)"', CODE))
    assert asked - set(TEXTS) == set()


@pytest.mark.parametrize("name", run_coach.COMMANDS)
def test_every_command_is_described(name: str) -> None:
    assert Say("zh")(f"cmd.{name}") != Say("en")(f"cmd.{name}")


@pytest.mark.parametrize(
    ("arguments", "language"),
    [(["--lang", "zh"], "zh"), (["demo", "--lang=zh"], "zh"), (["report", "x", "--lang", "en"], "en")],
)
def test_the_language_asked_for_is_spoken(arguments: list[str], language: str) -> None:
    assert language_of(arguments) == language


def test_without_arguments_the_system_is_asked_for_its_language() -> None:
    assert language_of([]) == language_of(["serve"])
