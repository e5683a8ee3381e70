"""Figures of what is read, in digits."""

import pytest

from coach.language.reader.digits import in_digits


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("承重一百公斤", "承重100公斤"),
        ("百分之五十五的棉", "55%的棉"),
        ("净重零点九公斤，一米七三够高", "净重0.9公斤，1.73米够高"),
        ("八十九块九两瓶", "89.9块2瓶"),
        ("一个一个来，半斤也行，第一次买的看这里", "一个一个来，半斤也行，第一次买的看这里"),
        ("A3纸3张", "A3纸3张"),
        ("fifty five percent cotton, a dozen in the box", "55 percent cotton, 12 in the box"),
        ("point nine kilos", "0.9 kilos"),
        ("one of those, half a kilo", "one of those, half a kilo"),
        ("12 hours and 3.5 metres", "12 hours and 3.5 metres"),
        ("", ""),
    ],
)
def test_figures_are_read_in_digits(text: str, read: str) -> None:
    assert in_digits(text) == read
    assert in_digits(in_digits(text)) == read
