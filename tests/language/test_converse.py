"""Denials that contradict no sheet."""

from __future__ import annotations

import pytest

from coach.language.converse import contradicts_none, is_bare


@pytest.mark.parametrize(
    ("code", "line", "words", "expected"),
    [
        ("zh", "退换: 未拆封七天无理由", "拆封了就不能退了", True),
        ("zh", "退换: 未拆封七天无理由", "拆过的就没法退了哈", True),
        ("zh", "退换: 未拆封七天无理由", "拆封了也照样退", False),
        ("zh", "退换: 拆封不退", "拆封了就不能退", True),
        ("zh", "退换: 拆封不退", "拆了也给退，七天都行", False),
        ("zh", "退换: 七天无理由，拆封过敏可退", "拆了不过敏就不能退了", True),
        ("zh", "禁用: 装起搏器、颈椎有伤的不能用", "没装起搏器的老人可以", True),
        ("zh", "退货: 没刻字的7天可退，刻了字不退", "刻了字也能退", False),
        ("zh", "内胆: 316不锈钢", "内胆没有用不锈钢的", False),
        ("zh", "降噪: 主动降噪，最深40分贝", "降噪不是完全没声音", True),
        ("zh", "材质: 黄铜", "它不是塑料的", False),
        ("en", "returns: 30 days, unopened", "once it's opened I can't take it back", True),
        ("en", "returns: 30 days, unopened", "opened is fine too, send it back", False),
        ("en", "returns: 30 days, unopened", "no shipping fee, ever", False),
        ("en", "returns: no returns once opened", "once you've opened it there's no sending it back", True),
        ("en", "noise: 30 dB", "it's not completely silent, okay", True),
        ("en", "material: steel", "it's not plastic", False),
    ],
)
def test_what_is_denied_without_contradiction(code: str, line: str, words: str, expected: bool) -> None:
    assert contradicts_none(words, line, code) is expected


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [("zh", "都能用", True), ("zh", "拆了也给退", False), ("en", "yep it is", True), ("en", "made in Korea", False)],
)
def test_what_names_nothing(code: str, words: str, expected: bool) -> None:
    assert is_bare(words, code) is expected
