from __future__ import annotations

import pytest

from coach.room.plain_lines import asks_nothing, is_sign


@pytest.mark.parametrize(
    "text",
    [
        "来了来了 1",
        "拍了 米白 M",
        "付完款了",
        "好的",
        "谢谢主播",
        "主播晚上好",
        "1",
        "扣1",
        "扣22",
        "１１１",
        "666",
        "6666 来了",
    ],
)
def test_a_line_that_asks_nothing_zh(text: str) -> None:
    assert asks_nothing(text, "zh")


@pytest.mark.parametrize(
    "text",
    [
        "好看吗",
        "好贵啊",
        "来了多久能到",
        "买了会缩水不",
        "拍了怎么没赠品",
        "100能卖吗",
        "到了就坏了",
        "70我就拍",
        "收到了 坏的",
        "收到 假货",
        "感谢骗子",
        "谢谢你骗我",
        "谢谢 退款",
        "买了 掉色",
        "下单了 发哪",
        "路过 太贵",
        "66",
        "888",
        "666块行吗",
        "扣1有什么用",
    ],
)
def test_a_line_that_asks_zh(text: str) -> None:
    assert not asks_nothing(text, "zh")


@pytest.mark.parametrize(
    "text", ["done!", "Hi", "thanks", "thank you", "thank you so much!", "ordered two", "1", "666", "just bought it"]
)
def test_a_line_that_asks_nothing_en(text: str) -> None:
    assert asks_nothing(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "hi is it steel",
        "ok but why",
        "hello?",
        "here for the scam",
        "100 bucks lol",
        "paid and it never came",
        "got it broken",
        "thanks refund me",
        "hi scammer",
        "bought fakes",
        "paid too much",
        "1 left",
        "hi price",
    ],
)
def test_a_line_that_asks_en(text: str) -> None:
    assert not asks_nothing(text, "en")


def test_who_is_angry_is_never_passed_over() -> None:
    assert asks_nothing("收到了", "zh")
    assert not asks_nothing("收到了", "zh", "angry_returner")


@pytest.mark.parametrize("text", ["1", "扣1", "扣 1 扣1", "１ 1 1", "666！"])
def test_a_number_as_a_show_of_hands(text: str) -> None:
    assert is_sign(text)


@pytest.mark.parametrize("text", ["66", "888", "来了 1", "1吗", ""])
def test_a_number_that_may_be_a_bid_or_more(text: str) -> None:
    assert not is_sign(text)
