from __future__ import annotations

import pytest

from coach.language.codes import said_codes, written_codes
from coach.language.mend import Mender, mend_numbers
from coach.language.sizes import said_sizes, size_range

MENDER = Mender(["降噪", "续航", "三号链接", "现货", "包装"], ["连接"])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("将噪很好", "降噪很好"),
        ("序航七小时", "续航七小时"),
        ("伞号链接去拍", "三号链接去拍"),
        ("线货包庄", "现货包装"),
        ("降噪", "降噪"),
        ("两台连接", "两台连接"),
        ("今天天气", "今天天气"),
        ("", ""),
        ("ABC 123", "ABC 123"),
    ],
)
def test_same_sound_is_put_right_and_the_length_stays(heard: str, meant: str) -> None:
    assert MENDER.mend(heard) == meant
    assert len(MENDER.mend(heard)) == len(heard)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("七是五", "七十五"),
        ("六实块", "六十块"),
        ("七十快", "七十块"),
        ("七十快点", "七十快点"),
        ("第一是三", "第一是三"),
        ("是三", "是三"),
    ],
)
def test_numerals_between_numerals(heard: str, meant: str) -> None:
    assert mend_numbers(heard) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SPF是五十，PA三个加", {"spf": 50, "pa+": 3}),
        ("SPF100", {"spf": 100}),
        ("PA++++", {"pa+": 4}),
        ("三个加号", {"pa+": 3}),
        ("防晒很好", {}),
    ],
)
def test_ratings_as_said(text: str, said: dict[str, float]) -> None:
    assert {name: value for name, (value, _, _) in said_codes(text, ["spf", "pa+"], "zh").items()} == said


def test_ratings_as_written() -> None:
    assert written_codes("SPF50 PA+++") == {("spf", 50.0), ("pa+", 3.0)}
    assert written_codes("IPX4防泼溅") == {("ipx", 4.0)}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("XS to 3X", "extra small through three x"),
        ("XS to 3X", "it runs xs to 3xl"),
        ("S到3XL", "S到三个叉都有"),
        ("S-XL", "small medium large and extra large"),
    ],
)
def test_ranges_of_sizes(written: str, said: str) -> None:
    assert set(size_range(written)) <= said_sizes(said)
    assert not set(size_range(written)) <= said_sizes("all sizes")
