from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from coach.events.engine import Port
from coach.events.rehearsal import EndReason
from coach.language import language_for
from coach.scenario.model import ViewerType

WORDS = Path(__file__).parents[2] / "web" / "ui" / "src" / "i18n"
SCHEMA = Path(__file__).parents[2] / "scenarios" / "scenario.schema.json"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("group", "kind"), [("viewer", ViewerType), ("port", Port), ("score.ended", EndReason)])
def test_the_page_has_a_word_for_each_of_a_kind(language: str, group: str, kind: object) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((WORDS / language).glob("*.ts")))
    assert [name for name in get_args(kind) if f"'{group}.{name}':" not in text] == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_page_tells_a_safe_word_that_the_room_listens_for(locale: str) -> None:
    told = (WORDS.parent / "store" / "safe-word.ts").read_text(encoding="utf-8")
    assert f"'{language_for(locale).pack.safe_words[0]}'" in told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_of_a_scenario_has_a_word_for_each_value_it_offers(language: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((WORDS / language).glob("*.ts")))
    found = dict(_choices(json.loads(SCHEMA.read_text(encoding="utf-8"))))
    assert {"intent", "type", "when"} <= set(found)
    groups = {"type": "viewer"}
    named = ((groups.get(key, "editor.value"), value) for key, values in found.items() for value in values)
    assert [value for group, value in named if f"'{group}.{value}':" not in text] == []


def _choices(schema: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield the keys of the file that take one of a few words, with the words; signs of money are no words."""
    places = [schema, *schema["$defs"].values()]
    for key, spec in ((key, spec) for place in places for key, spec in place.get("properties", {}).items()):
        words = [word for part in (spec, *spec.get("anyOf", ())) for word in part.get("enum", ())]
        if words and key != "currency":
            yield key, words
