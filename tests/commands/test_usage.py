"""A command line that cannot be read: what was expected, what came and where to look, in the user's language."""

from __future__ import annotations

import argparse

import pytest

import run_coach
from commands.parser import CommandParser, usage_fault
from commands.texts import Lang, Say

SAYS = {"zh": Say("zh"), "en": Say("en")}


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("sing", "command：只能写", "got 'sing'"),
        ("--sing", "没有 --sing 这个参数", "there is no --sing here"),
        ("serve --port", "--port：后面要写一个值", "--port: expected a value after it"),
        ("serve --open=now", "--open：后面不写值，得到 'now'", "--open: expected no value after it, got 'now'"),
        ("serve --port many", "--port：应为 0 到 65535 之间的数", "--port: expected 0 to 65535, got 'many'"),
        ("demo --exposure wild", "得到 'wild'", "got 'wild'"),
        ("demo --exp", "--exposure：后面要写一个值", "--exposure: expected a value after it"),
        ("report", "还缺 REHEARSAL", "missing: REHEARSAL"),
        ("score", "还缺 PATH", "missing: PATH"),
        ("scenario", "还缺 verb", "missing: verb"),
        ("scenario chek x", "得到 'chek'", "got 'chek'"),
        ("scenario show x y", "没有 y 这个参数", "there is no y here"),
        ("bench quickly", "得到 'quickly'", "got 'quickly'"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_use_is_told_in_the_language_asked_for(
    line: str, zh: str, en: str, lang: Lang, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_coach.main(["--lang", lang, *line.split()])
    told = " ".join(capsys.readouterr().err.split())
    assert ended.value.code == 2
    assert (zh if lang == "zh" else en) in told
    assert ("可用的写法见" if lang == "zh" else "What can be written") in told


@pytest.mark.parametrize(
    ("line", "prog"),
    [
        ("--sing", "run_coach.py serve --help"),
        ("demo --sing", "run_coach.py demo --help"),
        ("scenario show x y", "run_coach.py scenario show --help"),
        ("scenario", "run_coach.py scenario --help"),
    ],
)
def test_the_help_of_the_command_that_was_meant_is_named(
    line: str, prog: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_coach.main(line.split())
    assert prog in " ".join(capsys.readouterr().err.split())


def made(lang: Lang) -> CommandParser:
    """Return a parser with every kind of argument, also those that no command has yet."""
    parser = CommandParser(prog="made", say=SAYS[lang])
    parser.add_argument("--pair", nargs=2)
    parser.add_argument("--some", nargs="+")
    parser.add_argument("--whole", type=int)
    parser.add_argument("--part", type=float)
    parser.add_argument("--raw", type=bytes.fromhex)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--one", action="store_true")
    either.add_argument("--two", action="store_true")
    return parser


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--one --two",
        "--one --pair a",
        "--one --some",
        "--one --whole x",
        "--one --part x",
        "--one --raw x",
        "--one --pa x",
    ],
)
def test_no_english_of_argparse_is_left_in_chinese(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        made("zh").parse_args(line.split())
    _, told = capsys.readouterr().err.split("看不懂这条命令：")
    ours = told.partition("可用")[0]
    assert not [word for word in ours.replace("：", " ").split() if word.isascii() and word.isalpha() and len(word) > 1]


def test_what_argparse_may_say_one_day_is_passed_on() -> None:
    assert usage_fault("argument --x: something new", SAYS["zh"]) == "--x：something new"
    assert isinstance(made("en"), argparse.ArgumentParser)
