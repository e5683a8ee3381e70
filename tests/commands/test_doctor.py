"""Doctor finds what is broken and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import coach

pytestmark = pytest.mark.slow


def test_a_whole_machine_is_well(tmp_path: Path) -> None:
    done = coach("doctor", data_dir=tmp_path, COACH_SERVER__PORT="0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 rehearsal(s)" in done.stdout


def test_what_is_broken_is_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    more = {"COACH_DATA_DIR": str(tmp_path / "file" / "data"), "COACH_SERVER__PORT": "0", "COLUMNS": "400"}
    done = coach("doctor", data_dir=tmp_path, **more)
    assert done.returncode == 1
    assert "choose another with COACH_DATA_DIR" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = coach("doctor", data_dir=tmp_path, COACH_SERVER__PORT="many")
    assert done.returncode == 1
    assert "COACH_SERVER__PORT" in done.stdout
