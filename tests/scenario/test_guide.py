"""`scenarios/README.md` does what it says: its commands run, its example plays, its mistake is told as shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import run_coach
from coach.scenario.load import load_scenario
from coach.scenario.model import Locale
from tests.commands.running import ROOT

GUIDE = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
LOG = "at,user,comment\n0:05,mia,can you do a discount on two\n1:00,leo,isn't this fake\n2:00,zoe,price please\n"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


def commands() -> list[list[str]]:
    lines = [line for block in blocks("bash") for line in block.strip().split("\n")]
    assert all(line.startswith("uv run run_coach.py ") for line in lines)
    return [shlex.split(line)[3:] for line in lines]


def own_product(path: Path, product: str) -> None:
    """Put a product in the place of the example's, as step 2 asks for."""
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("product:"), text.index("stages:")
    path.write_text(text[:begin] + product + text[end:].replace("[strong, slim]", "[strong]"), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_the_worked_example_goes_from_nothing_to_a_playing_scenario(
    locale: Locale, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "comments.csv").write_text(LOG, encoding="utf-8")
    half = ["en-US", "zh-CN"].index(locale)
    name = f"my-scenarios/{locale[:2]}-my-rack.yaml"
    mine = [one for one in commands() if any(f"{locale[:2]}-my" in word for word in one)]
    assert [one[1] for one in mine] == ["new", "check", "check", "check", "show", "simulate", "new"]
    codes = []
    for number, command in enumerate(mine):
        if number == 2:
            own_product(Path(name), blocks("yaml")[half])
        codes.append(run_coach.main([*command, *(["--lang", "en"] if "--lang" not in command else [])]))
        told = capsys.readouterr()
        if number == 2:
            shown = blocks("text")[half].strip()
            assert shown in told.err
    assert codes == [0, 0, 1, 0, 0, 0, 0]
    scenario = load_scenario(Path(name)).scenario
    assert [viewer.type for viewer in scenario.viewers] == ["haggler", "product_skeptic", "troll"]
    assert sum(event.pressure for event in scenario.events) >= 3


def test_both_halves_run_the_same_commands() -> None:
    plain = [[word for word in one if word not in ("--lang", "zh")] for one in commands()]
    verbs = [one[1] for one in plain]
    assert verbs[: len(verbs) // 2] == verbs[len(verbs) // 2 :]


def test_every_table_is_filled() -> None:
    found = re.findall(r"<!-- table: (\w+) -->\n(.*?)<!-- end -->", GUIDE, re.DOTALL)
    assert {name for name, _ in found} == {"viewers", "ladder", "keys", "when", "kinds", "intents", "moves"}
    assert all(body.count("\n") > 4 for _, body in found)
