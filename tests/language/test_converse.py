"""Denials that contradict no sheet."""

from __future__ import annotations

import pytest

from coach.language.converse import is_converse, is_not_wholly


@pytest.mark.parametrize(
    ("code", "line", "words", "expected"),
    [
        ("zh", "退换: 未拆封七天无理由", "拆封了就不能退了", True),
        ("zh", "退换: 未拆封七天无理由", "拆开过的我们就不给退了", False),
        ("zh", "退换: 未拆封七天无理由", "拆过的就没法退了哈", True),
        ("zh", "退换: 未拆封七天无理由", "拆封了也照样退", False),
        ("zh", "退换: 未拆封七天无理由", "没拆封也不能退", False),
        ("zh", "退货: 没刻字的7天可退，刻了字不退", "刻了字也能退", False),
        ("en", "returns: 30 days, unopened", "once it's opened I can't take it back", True),
        ("en", "returns: 30 days, unopened", "opened is fine too, send it back", False),
        ("en", "returns: 30 days, unopened", "no returns at all, sorry", False),
    ],
)
def test_the_other_side_of_a_condition(code: str, line: str, words: str, expected: bool) -> None:
    assert is_converse(words, line, code) is expected


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("zh", "降噪不是完全没声音", True),
        ("zh", "它不是塑料的", False),
        ("en", "it's not completely silent, okay", True),
        ("en", "it's not plastic", False),
    ],
)
def test_what_denies_an_extreme_alone(code: str, words: str, expected: bool) -> None:
    assert is_not_wholly(words, code) is expected
