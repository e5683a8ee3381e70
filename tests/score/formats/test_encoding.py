from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import TranscriptError
from coach.score.formats.encoding import refuse_binary, text_of

ZH = "主播：大家好，这款亚麻衬衫今天八十九块九，喜欢的点左下角。\n观众：起球吗？\n"
EN = "Host: it's forty five dollars today\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_chinese_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert text_of(ZH.encode(encoding), Path("a.txt")) == ZH


@pytest.mark.parametrize(
    "raw",
    [
        "Café crème, déjà vu: 45 €, naïve".encode("cp1252"),
        "こんにちは、この商品は三千円です。ありがとう".encode("shift_jis"),
        "안녕하세요 이 상품은 삼만 원입니다 감사합니다".encode("euc_kr"),
        "大家好，這款襯衫今天八十九塊錢，喜歡的朋友點左下角".encode("big5"),
        bytes(range(128, 256)) * 4,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"text \xff\xfe in the middle",
    ],
    ids=["western", "japanese", "korean", "big5", "bytes", "png", "stray"],
)
def test_what_is_not_sure_is_refused_with_what_to_do(raw: bytes) -> None:
    with pytest.raises(TranscriptError, match=r"a\.csv: expected text.*save it as UTF-8"):
        text_of(raw, Path("a.csv"))


def test_a_format_that_is_utf8_by_definition_is_read_as_nothing_else() -> None:
    with pytest.raises(TranscriptError, match="expected UTF-8"):
        text_of(ZH.encode("gbk"), Path("a.jsonl"), only_utf8=True)
    assert text_of(EN.encode("utf-16"), Path("a.jsonl"), only_utf8=True) == EN


def test_zero_characters_are_no_text() -> None:
    with pytest.raises(TranscriptError, match="binary"):
        refuse_binary("a\0b", Path("a.txt"))


def test_bytes_with_zeros_are_no_text() -> None:
    with pytest.raises(TranscriptError):
        text_of(bytes([0, 159, 146, 150, 255, 254, 1, 2] * 500), Path("a.txt"))
