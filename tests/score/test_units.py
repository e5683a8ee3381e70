from __future__ import annotations

import pytest

from coach.language import language_for
from coach.score.scorer import score
from coach.score.units import a_minute, counted, with_unit
from tests.score.logs import log, said, scenario

SLOW = "欢 迎 新 来 的 姐 妹 今 天 看 亚 麻 衬 衫".replace(" ", "")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_what_a_language_counts_in_is_written_in_both(locale: str) -> None:
    told = a_minute(language_for(locale).unit)
    assert told.zh.isascii() is False
    assert told.en.isascii()


def test_a_figure_carries_the_unit_of_its_reader() -> None:
    assert (with_unit("180", "字/min").zh, with_unit("180", "字/min").en) == ("180 字/分", "180 characters/min")
    assert (with_unit("2.5", "s").zh, with_unit("2.5", "s").en) == ("2.5 秒", "2.5 s")
    assert with_unit("60", "").en == "60"


@pytest.mark.parametrize(("count", "told"), [(0, "0 windows"), (1, "1 window"), (2, "2 windows")])
def test_one_thing_is_no_plural(count: int, told: str) -> None:
    assert counted(count, "window") == told


def test_no_english_sentence_about_pace_holds_a_chinese_unit() -> None:
    slow = [said(at, at + 28, SLOW) for at in range(1, 180, 30)]
    found = [item for item in score(scenario(), log(*slow, end=200)).findings if item.rule.startswith("pacing.")]
    assert any(item.rule == "pacing.too_slow" for item in found)
    assert [item.title.en for item in found if not item.title.en.isascii()] == []
    assert [item.detail.en for item in found if "字" in item.detail.en] == []
