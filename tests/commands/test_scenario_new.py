"""`scenario new`: flags, questions, a comment log; nothing is overwritten, nothing hangs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import run_coach
from coach.scenario.load import load_scenario
from tests.commands.running import coach


class Typed(io.StringIO):
    """What somebody types on a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", io.StringIO())


def new(folder: Path, *arguments: str | Path, lang: str = "en") -> int:
    return run_coach.main(["scenario", "new", "--out", str(folder), "--lang", lang, *map(str, arguments)])


def test_flags_make_a_file_that_checks_clean_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path, "zh-mine", "--locale", "zh-CN", "--types", "砍价,troll", "--difficulty", "3") == 0
    path = tmp_path / "zh-mine.yaml"
    told = capsys.readouterr().out
    assert f"scenario simulate {path} --watch" in told
    scenario = load_scenario(path).scenario
    assert [viewer.type for viewer in scenario.viewers] == ["haggler", "troll"]
    assert run_coach.main(["scenario", "check", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_a_skill_alone_makes_a_drill(tmp_path: Path) -> None:
    assert new(tmp_path, "en-mine", "--skill", "refuse_claim") == 0
    scenario = load_scenario(tmp_path / "en-mine.yaml").scenario
    assert (scenario.kind, scenario.skill, scenario.duration_sec) == ("drill", "refuse_claim", 180)
    assert [viewer.type for viewer in scenario.viewers] == ["bait"]


@pytest.mark.parametrize(("given", "kept"), [("Hold-Price", "hold_price"), ("my juggling", "my_juggling")])
def test_a_skill_may_be_spelt_otherwise_or_be_ones_own_with_its_viewer(tmp_path: Path, given: str, kept: str) -> None:
    assert new(tmp_path, "en-mine", "--skill", given, "--types", "haggler") == 0
    scenario = load_scenario(tmp_path / "en-mine.yaml").scenario
    assert (scenario.kind, scenario.skill) == ("drill", kept)


def test_questions_are_asked_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "sys.stdin", Typed("9\n3\ndragon\n1, troll\nhold_prize\n1\nstays calm: always\nfood\nMy room\n")
    )
    assert new(tmp_path, "en-asked") == 0
    scenario = load_scenario(tmp_path / "en-asked.yaml").scenario
    assert (scenario.difficulty, scenario.category, scenario.title) == (4, "food", "My room")
    assert [viewer.type for viewer in scenario.viewers] == ["haggler", "troll"]
    assert scenario.goals[0].title == "stays calm: always"
    told = capsys.readouterr().err
    assert "Type a number from 1 to 3" in told
    assert "no type of viewer 'dragon'" in told
    assert "did you mean hold_price?" in told


def test_answers_that_end_write_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Typed("1\n"))
    assert new(tmp_path, "en-half") == 2
    assert not list(tmp_path.glob("*.yaml"))


@pytest.mark.slow
def test_without_a_terminal_and_flags_it_says_so_at_once(tmp_path: Path) -> None:
    done = coach("scenario", "new", data_dir=tmp_path)
    assert done.returncode == 2
    assert "the input is no terminal" in done.stderr


def test_a_file_is_only_written_over_with_force_and_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path, "en-mine", "--yes") == 0
    path = tmp_path / "en-mine.yaml"
    path.write_text("mine\n", encoding="utf-8")
    assert new(tmp_path, "en-mine", "--yes") == 2
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert "exists and was left alone" in " ".join(capsys.readouterr().err.split())
    assert new(tmp_path, "en-mine", "--yes", "--force") == 0
    assert path.with_name("en-mine.yaml.bak").read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["en-pour-kettle", "--yes"], "already used by"),
        (["厨房", "--yes"], "no usable character"),
        (["en-x", "--types", "dragon"], "no type of viewer 'dragon'"),
        (
            ["en-x", "--skill", "hold_prize"],
            "unknown skill 'hold_prize' (did you mean hold_price?). Known: hold_price, ",
        ),
        (["en-x", "--skill", "hold_prize", "--types", "haggler"], "did you mean hold_price?"),
        (["en-x", "--skill", "juggling"], "A skill of your own needs its viewers: --types"),
        (["en-x", "--skill", "价格"], "unknown skill '价格'. Known: "),
        (["en-x", "--from-log", "nowhere.csv"], "cannot be read"),
        (["en-x", "--yes", "--from-log", "/dev/null", "--column", "words=a"], "Expected --column"),
    ],
)
def test_what_cannot_be_is_told(
    tmp_path: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path, *arguments) == 2
    assert says in " ".join(capsys.readouterr().err.split())
    assert not list(tmp_path.glob("*.yaml"))


def test_wishes_of_several_lines_stay_in_their_comment(tmp_path: Path) -> None:
    assert new(tmp_path, "en-mine", "--success", "calm\nid: hacked", "--title", " a\n b ") == 0
    scenario = load_scenario(tmp_path / "en-mine.yaml").scenario
    assert (scenario.id, scenario.title, scenario.goals[0].title) == ("en-mine", "a b", "calm id: hacked")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert new(tmp_path / "file" / "inner", "en-mine", "--yes") == 2
    assert "Choose another place with --out" in " ".join(capsys.readouterr().err.split())


def test_a_log_of_comments_becomes_a_scenario_and_bad_rows_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "live.csv"
    rows = ["时间,昵称,弹幕", "20:00:01,小美,能不能再便宜点", "20:00:30,阿三,", "20:03:01,老王,上周买的到现在没发货"]
    log.write_bytes("\n".join(rows).encode("gb18030"))
    assert new(tmp_path, "zh-log", "--from-log", log, lang="zh") == 0
    told = capsys.readouterr()
    assert "读到 2 条弹幕" in told.out
    assert "第 3 行 没有文本" in told.err
    path = tmp_path / "zh-log.yaml"
    scenario = load_scenario(path).scenario
    assert scenario.sources == ["live.csv"]
    assert {viewer.type for viewer in scenario.viewers} == {"haggler", "angry_returner"}
    assert run_coach.main(["scenario", "check", "--lang", "zh", str(path)]) == 0
    assert "把 TODO 换成你自己的话" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "comment", "other"),
    [("en-US", "能不能再便宜点", "zh-CN"), ("zh-CN", "any room on that price please", "en-US")],
)
def test_a_log_of_another_language_is_refused(
    tmp_path: Path, locale: str, comment: str, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "live.csv"
    log.write_text("\n".join(["text", *(f"{comment} {number}" for number in range(30))]), encoding="utf-8")
    assert new(tmp_path, "my-log", "--from-log", log, "--locale", locale) == 2
    assert f"Add --locale {other}" in " ".join(capsys.readouterr().err.split())
    assert not list(tmp_path.glob("*.yaml"))


def test_types_of_a_log_that_do_not_come_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "live.csv"
    log.write_text("text\nany coupon for me\nis this legit\n", encoding="utf-8")
    assert new(tmp_path, "en-log", "--from-log", log, "--types", "haggler") == 0
    assert "Types left out of the scenario: doubts the seller" in capsys.readouterr().out
