from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError, ScenarioError
from coach.scenario.library import Library
from tests.scenario.samples import VALID, broken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "mug.yaml").write_text(VALID, encoding="utf-8")
    (tmp_path / "cup.yaml").write_text(broken("id: en-mug", "id: en-cup"), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("id: [", encoding="utf-8")
    return tmp_path


def test_broken_files_are_told_and_the_rest_is_kept(folder: Path) -> None:
    library = Library([folder])
    assert [loaded.scenario.id for loaded in library.all()] == ["en-cup", "en-mug"]
    assert ["bad.yaml" in str(error) for error in library.broken()] == [True]


def test_the_second_file_with_an_id_is_left_out_and_told(folder: Path) -> None:
    (folder / "home" / "mug2.yaml").write_text(VALID, encoding="utf-8")
    library = Library([folder])
    assert len(library.all()) == 2
    assert any("already used" in str(error) for error in library.broken())


def test_a_scenario_is_found_by_id_or_path(folder: Path) -> None:
    library = Library([folder])
    assert library.find("en-mug").scenario.id == "en-mug"
    assert library.find(str(folder / "cup.yaml")).scenario.id == "en-cup"
    with pytest.raises(InputError, match="did you mean 'en-mug'"):
        library.find("en-mugg")
    with pytest.raises(InputError, match="Known: en-cup, en-mug"):
        library.find("zzz")
    with pytest.raises(ScenarioError):
        library.find(str(folder / "bad.yaml"))


def test_a_request_can_not_name_a_file(folder: Path) -> None:
    with pytest.raises(InputError, match="No scenario is called"):
        Library([folder]).get(str(folder / "cup.yaml"))


def test_a_changed_file_is_read_again(folder: Path) -> None:
    library = Library([folder])
    library.all()
    (folder / "cup.yaml").write_text(broken("id: en-mug", "id: en-other-cup"), encoding="utf-8")
    assert library.get("en-other-cup")
