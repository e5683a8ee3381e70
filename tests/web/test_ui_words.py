from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from coach.events.engine import Port
from coach.events.rehearsal import EndReason
from coach.language import language_for
from coach.scenario.model import ViewerType

WORDS = Path(__file__).parents[2] / "web" / "ui" / "src" / "i18n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("group", "kind"), [("viewer", ViewerType), ("port", Port), ("score.ended", EndReason)])
def test_the_page_has_a_word_for_each_of_a_kind(language: str, group: str, kind: object) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((WORDS / language).glob("*.ts")))
    assert [name for name in get_args(kind) if f"'{group}.{name}':" not in text] == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_page_tells_a_safe_word_that_the_room_listens_for(locale: str) -> None:
    told = (WORDS.parent / "store" / "safe-word.ts").read_text(encoding="utf-8")
    assert f"'{language_for(locale).pack.safe_words[0]}'" in told
