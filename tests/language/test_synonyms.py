"""Words that stand for each other, and facts said in other words."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.clause import read_clauses
from coach.language.synonyms import load_synonyms, meanings_en, meanings_zh, same_words
from coach.language.worded import compile_words, is_worded


def test_meanings_are_shared_by_synonyms_alone() -> None:
    assert meanings_en("scents") & meanings_en("fragrance")
    assert not meanings_en("scent") & meanings_en("price")
    assert meanings_zh("大晚上的") & meanings_zh("夜里看得见")


def test_a_word_is_no_other_because_both_are_metals() -> None:
    assert same_words("aluminum", "en") == frozenset()
    assert "降速" in same_words("减速", "zh")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_line_has_two_words_or_more(code: str) -> None:
    lines = [line.removeprefix("~").split() for line in load_synonyms(code).words]
    assert [line for line in lines if len(line) != len(set(line))] == []


@pytest.mark.parametrize(
    ("code", "fact", "text", "said"),
    [
        ("zh", "拍照", "收到以后拍张照片", True),
        ("zh", "减速", "它自己慢下来", True),
        ("zh", "没有香精", "里头一点香精都没放", True),
        ("zh", "没有香精", "加了香精", False),
        ("zh", "不油炸", "没用油去炸", True),
        ("zh", "双层", "不是双层的", False),
        ("zh", "黄豆大", "挤黄豆那么一粒", True),
        ("en", "no perfume", "there isn't a drop of perfume in it", True),
        ("en", "no perfume", "lots of perfume", False),
        ("en", "soap-free", "there's no soap in here", True),
        ("en", "line dry", "then dry it on a line", True),
        ("en", "zips off", "the zipper runs round and it comes off", True),
        ("en", "vegan", "it's not vegan", False),
        ("en", "does not treat dandruff or hair loss", "it won't treat your dandruff", True),
        ("en", "moisturising", "very moisturizing", True),
    ],
)
def test_a_fact_in_words_is_found_with_words_between_and_denied_where_it_denies(
    code: str, fact: str, text: str, said: bool
) -> None:
    normalise = language_for(code).normalise
    assert is_worded(read_clauses(text, code)[:2], compile_words(normalise(fact), code), code) == said
