"""`scenario schema` prints what the repository keeps."""

from __future__ import annotations

import pytest

from coach.scenario.schema import SCHEMA_FILE
from run_coach import main
from tests.commands.running import ROOT


def test_the_schema_is_that_of_the_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "schema"]) == 0
    assert capsys.readouterr().out == (ROOT / SCHEMA_FILE).read_text(encoding="utf-8")
