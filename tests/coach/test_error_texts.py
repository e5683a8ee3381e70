from __future__ import annotations

import ast
import errno
import os
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errno_texts import reason_in_chinese
from coach.error_texts import ZH, error_text, in_chinese
from coach.errors import CoachError, EngineError, InputError, Place, RoomFull, ScenarioError, Sentence, StorageError

ROOT = Path(__file__).parents[2]
MADE_AT = {
    **dict.fromkeys(
        ("CoachError", "InputError", "AudioInputError", "TranscriptError", "StorageError", "MissingPart", "Sentence"), 0
    ),
    "EngineError": 1,
    "_passing": 0,
}
"""Which argument holds the sentence."""
ENGLISH_ONLY = (
    "coach/language/",
    "coach/events/",
    "coach/testing/",
    "coach/errors.py",
    "web/offer.py",  # told to programs, not people: the page makes these offers
    "web/peer.py",
    "commands/",  # words its errors itself, in the language of its user; checked below
)


def sentences() -> Iterator[tuple[str, ast.expr]]:
    """Yield the place and the sentence of every error that is raised."""
    for top in ("coach", "audio", "web", "commands"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and len(node.args) > (at := MADE_AT.get(_name(node.func), 99)):
                    yield f"{name}:{node.lineno}", node.args[at]


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_every_error_that_a_user_can_meet_exists_in_chinese() -> None:
    for place, sentence in sentences():
        if place.startswith(ENGLISH_ONLY) and not place.startswith("commands/compose"):
            continue
        assert not isinstance(sentence, ast.JoinedStr), f"{place}: give the template and its values, not an f-string"
        if isinstance(sentence, ast.Constant):
            assert sentence.value in ZH, f"{place}: no Chinese for {sentence.value!r}"


def test_nothing_is_translated_that_nobody_says() -> None:
    said = {
        node.value
        for top in ("coach", "audio", "web", "commands")
        for path in (ROOT / top).rglob("*.py")
        if not path.name.endswith("error_texts.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [template for template in ZH if template not in said] == []


@pytest.mark.parametrize("template", ZH)
def test_both_languages_name_the_same_values(template: str) -> None:
    assert _fields(template) == _fields(ZH[template])
    assert any("\u4e00" <= sign <= "\u9fff" for sign in ZH[template])


def _fields(template: str) -> set[tuple[str, str, str]]:
    return {
        (name, spec or "", conversion or "")
        for _, name, spec, conversion in string.Formatter().parse(template)
        if name is not None
    }


@pytest.mark.parametrize(
    ("error", "en", "zh"),
    [
        (RoomFull(4, 20), "All 4 rehearsal places are taken. Try again in 20 s.", "4 个排练名额已满，请 20 秒后再试。"),
        (
            EngineError("openai", "no answer within {seconds:g} s", seconds=2.50),
            "openai: no answer within 2.5 s",
            "openai: 2.5 秒内没有回答",
        ),
        (
            StorageError(
                "{path} could not be written: {reason}. {advice}",
                path=Path("a{b}.json"),
                reason=OSError("full"),
                advice=Sentence("Free space on the disk, or choose another data folder (COACH_DATA_DIR)."),
            ),
            "a{b}.json could not be written: full. "
            "Free space on the disk, or choose another data folder (COACH_DATA_DIR).",
            "无法写入 a{b}.json：full。请清理磁盘空间，或换一个数据目录（COACH_DATA_DIR）。",
        ),
        (InputError("made {elsewhere}"), "made {elsewhere}", "made {elsewhere}"),
        (
            ScenarioError([(Place("s.yaml", 3), Sentence("a file")), (Place("s.yaml", 9), "unknown key")]),
            "s.yaml:3: a file\ns.yaml:9: unknown key",
            "s.yaml:3: 一个文件\ns.yaml:9: unknown key",
        ),
    ],
    ids=["full", "engine", "nested", "no template", "scenario"],
)
def test_an_error_is_told_in_the_language_of_its_reader(error: CoachError, en: str, zh: str) -> None:
    assert (str(error), error_text(error, "en"), error_text(error, "zh")) == (en, en, zh)


def test_a_sentence_within_a_sentence_is_translated_with_it() -> None:
    lack = Sentence("{names}, which is not installed", names="av")
    whole = Sentence("The engine {name!r} needs {lack}{how}", name="piper", lack=lack, how=".")
    assert whole == "The engine 'piper' needs av, which is not installed."
    assert in_chinese(whole) == "引擎 'piper' 还需要：av（没有安装）."


def test_what_a_user_gave_is_not_translated() -> None:
    assert in_chinese(Sentence("cannot reach {url}", url="nothing")) == "连不上 nothing"


def test_a_sentence_comes_whole_from_another_process() -> None:
    there = pickle.loads(pickle.dumps(Sentence("cannot reach {url}", url="http://x")))
    assert (there, in_chinese(there)) == ("cannot reach http://x", "连不上 http://x")


def test_the_systems_own_reasons_are_chinese_in_a_chinese_sentence() -> None:
    for code, said in ((errno.ENOENT, "没有这个文件或目录"), (errno.EACCES, "没有权限"), (errno.ENOSPC, "磁盘已满")):
        missing = StorageError(
            "The scorecard of {rehearsal_id} cannot be read: {reason}.", rehearsal_id="r1", reason=os.strerror(code)
        )
        assert error_text(missing, "zh") == f"排练 r1 的评分卡无法读取：{said}。"
    assert reason_in_chinese("anything else") == "anything else"
