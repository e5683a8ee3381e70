from __future__ import annotations

from coach.language.reader.nearest import nearest

LINES = [
    "the lid is washed by hand",
    "the lid is steel",
    "the lid keeps tea hot for nine hours",
    "the lid comes from Sligo",
]
ZH = ["杯盖只能手洗", "杯盖是不锈钢的", "杯盖保温九小时"]


def test_lines_with_most_in_common_come_in_their_own_order() -> None:
    assert nearest("nine hours? and is the lid from Sligo", LINES, 2) == LINES[2:]
    assert nearest("这杯盖能手洗吗", ZH, 1) == ZH[:1]
    assert nearest("保温多久", ZH, 1) == ZH[2:]


def test_a_word_that_every_line_has_counts_less_than_one_that_few_have() -> None:
    assert nearest("the lid, the lid, what steel is it", LINES, 1) == [LINES[1]]


def test_forms_of_an_english_word_are_one() -> None:
    assert nearest("washing", LINES, 1) == nearest("washed", LINES, 1) == [LINES[0]]


def test_the_first_lines_come_where_nothing_is_in_common_and_all_where_there_are_few() -> None:
    assert nearest("晚上好", LINES, 2) == LINES[:2]
    assert nearest("", LINES[:1], 3) == LINES[:1]
    assert nearest("steel", [], 3) == []
    assert nearest("steel", ["", "steel"], 1) == ["steel"]
