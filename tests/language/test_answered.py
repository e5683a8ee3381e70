"""What a bare answer to a viewer's question claims."""

from __future__ import annotations

import pytest

from coach.language.answered import claim_of


@pytest.mark.parametrize(
    ("question", "answer", "claim"),
    [
        ("does it fold flat?", "yep, it does", "fold flat"),
        ("is it really stain proof", "it is, yes", "really stain proof"),
        ("so it folds flat?", "yes", "so it folds flat"),
        ("does it have any dye in it?", "none at all", "not dye in it"),
        ("does it stop by itself when it is full?", "Yes it does.", "stop by itself when it is full"),
        ("how long does it last?", "yes", None),
        ("is it oak or pine?", "yes", None),
        ("does it fold flat?", "yeah let me show you the lid first", None),
        ("does it fold flat?", "yesterday somebody asked that", None),
        ("does it fold flat?", "no idea, ask me later", None),
    ],
)
def test_english(question: str, answer: str, claim: str | None) -> None:
    assert claim_of(question, answer, "en") == claim


@pytest.mark.parametrize(
    ("question", "answer", "claim"),
    [
        ("能折叠吗", "可以的", "能折叠"),
        ("是不是纯棉的", "是的亲", "纯棉的"),
        ("会掉毛吗", "不会的", "不会掉毛"),
        ("会掉毛吗", "不掉毛", "不掉毛"),
        ("三岁娃能坐吗", "能坐，放心", "三岁娃能坐"),
        ("有没有甲醛", "没有", "没有甲醛"),
        ("多大的能装", "能的", None),
        ("能折叠吗", "是这样的我先给大家看包装", None),
        ("能折叠吗", "不知道", None),
        ("能折叠吗", "大家晚上好", None),
    ],
)
def test_chinese(question: str, answer: str, claim: str | None) -> None:
    assert claim_of(question, answer, "zh") == claim
