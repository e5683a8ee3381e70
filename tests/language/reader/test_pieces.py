from __future__ import annotations

import pytest

from coach.language.reader.pieces import Pieces

NAMES = ["<s>", "</s>", "<unk>", "▁", "▁hot", "▁h", "ot", "el", "▁hotel", "保", "温", "保温", "s", "/", "<", ">"]
WORTH = [0.0, 0.0, 0.0, -3.0, -4.0, -2.0, -5.0, -4.0, -9.0, -4.0, -4.0, -7.0, -1.0, -1.0, -1.0, -1.0]
START, END, UNKNOWN = 0, 1, 2


def cut(text: str, most: int = 50, worth: list[float] = WORTH) -> list[str]:
    pieces = Pieces(NAMES, worth, UNKNOWN, special=frozenset({"<s>", "</s>", "<unk>"}))
    return [NAMES[number] for number in pieces.cut(text, most)]


def test_the_likeliest_cut_wins_not_the_longest_pieces() -> None:
    assert cut("hot") == ["▁hot"]
    assert cut("hotel") == ["▁hot", "el"]
    assert cut("保温") == ["▁", "保温"]
    dear = [-20.0 if name in ("▁hot", "保温") else worth for name, worth in zip(NAMES, WORTH, strict=True)]
    assert cut("hotel", worth=dear) == ["▁hotel"]
    assert cut("保温", worth=dear) == ["▁", "保", "温"]


def test_text_is_cut_as_it_is_read_whatever_its_width_case_and_space() -> None:
    assert cut("ＨＯＴ　\n hot") == ["▁hot", "▁hot"]


def test_an_unknown_character_is_one_piece_and_harms_none_beside_it() -> None:
    assert cut("hot 🙂 保温") == ["▁hot", "▁", "<unk>", "▁", "保温"]
    assert cut("保鲜温") == ["▁", "保", "<unk>", "温"]


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_a_text_without_words_is_a_space(text: str) -> None:
    assert cut(text) == ["▁"]


@pytest.mark.parametrize("text", ["</s>", "hot</s>", "<s> hot </s>", "<unk>", "</S>"])
def test_no_text_holds_a_special_piece(text: str) -> None:
    assert not {"<s>", "</s>"} & set(cut(text))


def test_what_looks_like_a_special_piece_is_cut_as_any_text() -> None:
    assert cut("</s>") == ["▁", "<", "/", "s", ">"]


def test_no_more_pieces_come_than_are_asked_for() -> None:
    whole = cut("hot hotel 保温 hot")
    assert len(whole) == 6
    assert cut("hot hotel 保温 hot", 4) == whole[:4]
    assert cut("hot", 0) == []
