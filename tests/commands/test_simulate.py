"""`scenario simulate`: the table, JSON, and playing again when a file changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.simulate import watch
from run_coach import main

ARGUMENTS = ["scenario", "simulate", "en-camp-lantern", "--seeds", "1", "--workers", "1", "--streamer", "silent"]


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "word"), [("zh", "冷场"), ("en", "silent")])
def test_the_table_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    main([*ARGUMENTS, "--lang", lang])
    assert word in capsys.readouterr().out


@pytest.mark.slow
def test_json_has_each_rehearsal(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ARGUMENTS, "--json", "--difficulty", "4"])
    found = json.loads(capsys.readouterr().out)
    (rehearsal,) = found["streamers"]["silent"]["rehearsals"]
    assert rehearsal["difficulty"] == 4
    assert {viewer["type"] for viewer in rehearsal["viewers"]} == {"haggler", "troll", "product_skeptic"}


@pytest.mark.slow
def test_a_transcript_shows_who_said_what(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ARGUMENTS, "--transcript", "--lang", "en"])
    assert "June" in capsys.readouterr().out


def test_a_scenario_that_is_not_there_ends_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "simulate", "en-camp-lanter", "--lang", "en"]) == 2
    assert "en-camp-lantern" in capsys.readouterr().err


def test_a_change_of_the_file_plays_again(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("a", encoding="utf-8")
    played: list[str] = []
    texts = ["ab", "ab", "abc"]

    def wait() -> None:
        if not texts:
            raise KeyboardInterrupt
        new = texts.pop(0)
        if path.read_text(encoding="utf-8") != new:
            path.write_text(new, encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        watch(path, lambda: played.append(path.read_text(encoding="utf-8")), wait)
    assert played == ["a", "ab", "abc"]
