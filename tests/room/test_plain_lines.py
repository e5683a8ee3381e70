from __future__ import annotations

import pytest

from coach.room.plain_lines import asks_nothing


@pytest.mark.parametrize("text", ["来了来了 1", "拍了 米白 M", "付完款了", "好的", "谢谢主播", "主播晚上好", "1"])
def test_a_line_that_asks_nothing_zh(text: str) -> None:
    assert asks_nothing(text, "zh")


@pytest.mark.parametrize(
    "text",
    ["好看吗", "好贵啊", "来了多久能到", "买了会缩水不", "拍了怎么没赠品", "100能卖吗", "到了就坏了", "70我就拍"],
)
def test_a_line_that_asks_zh(text: str) -> None:
    assert not asks_nothing(text, "zh")


@pytest.mark.parametrize("text", ["done!", "Hi", "thanks", "ordered two", "1", "just bought it"])
def test_a_line_that_asks_nothing_en(text: str) -> None:
    assert asks_nothing(text, "en")


@pytest.mark.parametrize(
    "text", ["hi is it steel", "ok but why", "hello?", "here for the scam", "100 bucks lol", "paid and it never came"]
)
def test_a_line_that_asks_en(text: str) -> None:
    assert not asks_nothing(text, "en")
