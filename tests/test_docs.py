from __future__ import annotations

import dataclasses

import pytest

from coach.events import Word
from scripts.generate import EVENTS, FILES, ROOT, SettingRow, attribute_docstrings, setting_groups

SETTINGS = [row for _, _, rows in setting_groups() for row in rows]


@pytest.mark.parametrize("name", FILES)
def test_a_generated_file_says_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == FILES[name](), "run: uv run scripts/generate.py"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_and_every_documented_field_stands_on_its_page(event: type) -> None:
    page = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    section = page.partition(f"## {event.__name__} ")[2].partition("\n## ")[0]
    for field in dataclasses.fields(event):
        assert field.name == "type" or f"| `{field.name}` |" in section
    for note in attribute_docstrings(event).values():
        assert note in section


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.variable)
def test_every_setting_is_explained_and_every_number_has_its_source(row: SettingRow) -> None:
    assert row.meaning
    assert row.source or not row.type.endswith("number"), "write `Source: …` under the field"
    assert f"| `{row.variable}` |" in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


def test_docstrings_under_fields_are_found() -> None:
    notes = attribute_docstrings(Word)
    assert notes["start"] == "Rehearsal seconds."
    assert "text" not in notes
