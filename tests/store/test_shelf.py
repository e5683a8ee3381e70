"""Own scenarios as files: versions, conflicts, publishing, and what no caller may reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.store import shelf as shelf_module
from coach.store.shelf import Shelf, VersionConflict


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "scenarios")


def test_every_save_is_a_version_with_who_when_and_why(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create("en-rack", "id: en-rack\n", author="Ann")
    shelf.save("en-rack", "id: en-rack\ntitle: A rack\n", base=1, author="Bo", note="a title")
    newest, first = shelf.versions("en-rack")
    assert (newest.number, newest.author, newest.note) == (2, "Bo", "a title")
    assert (first.number, first.author) == (1, "Ann")
    assert newest.saved_at.endswith("+00:00")
    assert shelf.text("en-rack", 1) == "id: en-rack\n"
    assert (tmp_path / "scenarios/history/en-rack/2.yaml").read_text(encoding="utf-8").endswith("A rack\n")


def test_a_text_that_is_already_saved_is_no_new_version(shelf: Shelf) -> None:
    shelf.create("en-rack", "id: en-rack\n")
    assert shelf.save("en-rack", "id: en-rack\n", base=1).number == 1


def test_saving_on_top_of_an_old_version_is_a_conflict_and_changes_nothing(shelf: Shelf) -> None:
    shelf.create("en-rack", "one")
    shelf.save("en-rack", "two", base=1)
    with pytest.raises(VersionConflict) as refused:
        shelf.save("en-rack", "mine", base=1)
    assert refused.value.newest == 2
    assert shelf.read("en-rack").text == "two"


def test_what_is_played_changes_only_by_publishing(shelf: Shelf) -> None:
    shelf.create("en-rack", "one")
    assert shelf.read("en-rack").published is None
    shelf.publish("en-rack", 1)
    shelf.save("en-rack", "two", base=1)
    assert shelf.played_file("en-rack").read_text(encoding="utf-8") == "one"
    assert shelf.read("en-rack").published == 1
    shelf.unpublish("en-rack")
    assert not shelf.played_file("en-rack").exists()
    assert shelf.read("en-rack").text == "two"


def test_a_file_put_there_by_hand_is_an_own_scenario_and_its_text_becomes_the_first_version(shelf: Shelf) -> None:
    shelf.published.mkdir(parents=True)
    shelf.played_file("zh-mine").write_text("by hand", encoding="utf-8")
    assert shelf.ids() == ["zh-mine"]
    own = shelf.read("zh-mine")
    assert (own.text, own.newest.number, own.published) == ("by hand", 0, 0)
    shelf.save("zh-mine", "by page", base=0)
    assert [version.number for version in shelf.versions("zh-mine")] == [2, 1]
    assert shelf.text("zh-mine", 1) == "by hand"
    assert shelf.read("zh-mine").published == 1


def test_a_damaged_note_costs_only_the_note(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create("en-rack", "one", author="Ann")
    (tmp_path / "scenarios/history/en-rack/1.json").write_text("{", encoding="utf-8")
    (version,) = shelf.versions("en-rack")
    assert version.author == ""
    assert version.saved_at.startswith("20")


def test_a_note_without_its_text_is_no_version(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create("en-rack", "one")
    (tmp_path / "scenarios/history/en-rack/2.json").write_text(json.dumps({"author": "cut off"}), encoding="utf-8")
    assert shelf.read("en-rack").newest.number == 1
    assert shelf.save("en-rack", "two", base=1).number == 2


@pytest.mark.parametrize(
    "name", ["..", "../x", "a/b", "a\\b", "", "A", "x" * 65, "ä", ".hidden", "a.yaml", "a\n", "\0"]
)
def test_no_id_reaches_another_folder(shelf: Shelf, name: str) -> None:
    for attempt in (
        lambda: shelf.read(name),
        lambda: shelf.create(name, "x"),
        lambda: shelf.save(name, "x", base=0),
        lambda: shelf.publish(name, 1),
        lambda: shelf.delete(name),
    ):
        with pytest.raises(InputError):
            attempt()
    assert name not in shelf


def test_a_taken_id_is_refused_and_a_deleted_one_is_free(shelf: Shelf) -> None:
    shelf.create("en-rack", "one")
    with pytest.raises(InputError, match="already taken"):
        shelf.create("en-rack", "two")
    shelf.publish("en-rack", 1)
    shelf.delete("en-rack")
    assert shelf.ids() == []
    assert not shelf.played_file("en-rack").exists()
    shelf.create("en-rack", "three")


def test_only_the_newest_versions_and_the_published_one_are_kept(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MAX_VERSIONS", 3)
    shelf.create("en-rack", "1")
    shelf.publish("en-rack", 1)
    for number in range(1, 6):
        shelf.save("en-rack", str(number + 1), base=number)
    assert [version.number for version in shelf.versions("en-rack")] == [6, 5, 4, 1]
    with pytest.raises(InputError, match="no version 2"):
        shelf.text("en-rack", 2)


def test_the_folder_holds_so_many_and_no_more(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MAX_SCENARIOS", 1)
    shelf.create("en-one", "1")
    with pytest.raises(InputError, match="delete some first"):
        shelf.create("en-two", "2")


@pytest.mark.parametrize("number", [-1, 10**300])
def test_a_number_that_no_version_can_have_is_an_unknown_version(shelf: Shelf, number: int) -> None:
    shelf.create("en-cup", "id: en-cup\n")
    with pytest.raises(InputError, match="has no version"):
        shelf.text("en-cup", number)


def test_all_leaves_out_what_is_deleted_meanwhile(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.create("en-cup", "id: en-cup\n")
    monkeypatch.setattr(Shelf, "ids", lambda self: ["en-cup", "en-gone"])
    assert [own.id for own in shelf.all()] == ["en-cup"]
