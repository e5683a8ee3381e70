"""Names in running text: a name of its own goes before the plural of another, whatever order they are listed in."""

from __future__ import annotations

import pytest

from coach.language.name_finder import name_finder


@pytest.mark.parametrize("names", [("side effect", "side effects"), ("side effects", "side effect")])
def test_own_name_goes_before_a_plural(names: tuple[str, ...]) -> None:
    assert [name for *_, name in name_finder(names, "en").find("no side effects at all")] == ["side effects"]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (("棉", "纯棉"), "这是纯棉的，不是棉纶", [(2, 4, "纯棉"), (8, 9, "棉")]),
        ((), "什么都没有", []),
        (("usb",), "带usb口，不是usbc", [(1, 4, "usb")]),
    ],
)
def test_chinese_names(names: tuple[str, ...], text: str, found: list[tuple[int, int, str]]) -> None:
    assert list(name_finder(names, "zh").find(text)) == found
