"""Where a text is cut for speaking, as tables: whole texts, and texts that come in pieces of one character."""

from __future__ import annotations

import pytest

from coach.language.word_cut import word_cut
from coach.live.sentences import ClauseSplitter

WHOLE = [
    # the first mark ends the first clause
    ("Hey, host, can you do twenty?", ["Hey,", " host, can you do twenty?"]),
    ("Well: is it real? I doubt it.", ["Well:", " is it real?", " I doubt it."]),
    ("好的，能便宜点吗？我买两件。", ["好的，", "能便宜点吗？", "我买两件。"]),
    ("白色、米色都要；多少钱", ["白色、", "米色都要；", "多少钱"]),
    ("主播：链接呢", ["主播：", "链接呢"]),
    # later clauses only where they are long enough, or at the end of a sentence
    (
        "Okay, I would take two of them if you, say, throw in free shipping, and a bag.",
        ["Okay,", " I would take two of them if you,", " say, throw in free shipping, and a bag."],
    ),
    (
        "行，如果今天下单的话，能不能再送我一双袜子，凑个整",
        ["行，", "如果今天下单的话，能不能再送我一双袜子，", "凑个整"],
    ),
    ("Really?! Sure... maybe.", ["Really?!", " Sure...", " maybe."]),
    ('He said "no." Fine.', ['He said "no."', " Fine."]),
    ("“真的吗？”她问。", ["“真的吗？”", "她问。"]),
    # figures, prices, times
    ("It costs 9.99 today. Buy it!", ["It costs 9.99 today.", " Buy it!"]),
    ("Is 1,299 your price, or 14.50?", ["Is 1,299 your price,", " or 14.50?"]),
    ("Open at 8:30 or 9:00, right?", ["Open at 8:30 or 9:00,", " right?"]),
    ("89.9块行不行？3号链接，2.5倍", ["89.9块行不行？", "3号链接，2.5倍"]),
    ("比例1:1，20:30开播", ["比例1:1，", "20:30开播"]),
    # abbreviations and addresses
    ("Dr. Lee vs. Mr. Wu, who wins?", ["Dr. Lee vs. Mr. Wu,", " who wins?"]),
    ("No. 3 is nice, e.g. the blue one.", ["No. 3 is nice,", " e.g. the blue one."]),
    ("See https://shop.example/a?b=1,2 please, now", ["See https://shop.example/a?b=1,2 please,", " now"]),
    ("Ships at 5 p.m. Friday. Right?", ["Ships at 5 p.m.", " Friday.", " Right?"]),
    ("Ships at 5 p.m. on Friday.", ["Ships at 5 p.m. on Friday."]),
    ("Made in the U.S. by J. Smith, wow", ["Made in the U.S. by J. Smith,", " wow"]),
    ("nice :) thanks :D bye", ["nice :) thanks :D bye"]),
    ("Really? No. I mean it, so do I. Bye", ["Really?", " No.", " I mean it, so do I.", " Bye"]),
    # nothing to cut
    ("no marks at all", ["no marks at all"]),
    ("", []),
    ("  ", []),
    ("...", ["..."]),
    ("……好吧", ["……好吧"]),
]


def split(pieces: list[str], *, by_words: bool = True) -> list[str]:
    splitter = ClauseSplitter(by_words=by_words)
    return [clause for piece in pieces for clause in splitter.feed(piece)] + splitter.flush()


@pytest.mark.parametrize(("text", "clauses"), WHOLE)
def test_a_whole_text(text: str, clauses: list[str]) -> None:
    assert split([text], by_words=False) == clauses


@pytest.mark.parametrize(("text", "clauses"), WHOLE)
def test_the_same_text_in_single_characters_is_cut_at_the_same_places(text: str, clauses: list[str]) -> None:
    assert split(list(text), by_words=False) == clauses


@pytest.mark.parametrize("text", [text for text, _ in WHOLE])
@pytest.mark.parametrize("by_words", [True, False])
def test_nothing_is_lost_or_added(text: str, *, by_words: bool) -> None:
    assert "".join(split(list(text), by_words=by_words)).strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("would you take forty for the pair if I buy today", "would you take forty "),
        ("everyone else throws in free shipping and samples anyway", "everyone else throws in free shipping "),
        ("this coat looks cheaper on every other app I know", "this coat looks cheaper "),
        (
            "can I get link 3 and item 5 for $14.50 in total today",
            "can I get link 3 and item 5 for $14.50 in total today",
        ),
        ("昨天看还是七十九今天怎么八十九了呢主播", "昨天看还是七十九今天"),
        ("别人家都包邮还送小样你们家能不能也送一点", "别人家都包邮还送小样"),
        ("这件衬衫洗了会不会缩水我很担心这个问题啊", "这件衬衫洗了会不会缩水"),
        ("59我就拍 多一块都不要 你看着办吧行不行", "59我就拍 多一块都不要 "),
    ],
)
def test_a_first_clause_without_a_mark_is_cut_between_words_while_it_streams_in(text: str, first: str) -> None:
    assert split(list(text))[0] == first


@pytest.mark.parametrize(
    ("text", "unsafe"),
    [
        ("I would really like 500 ml of it in 2 of the 3 sizes", ["500", "2", "the", "3", "of", "in", "like"]),
        ("please just tell me which of the links is number 3 or 4", ["the", "number", "of"]),
    ],
)
def test_words_that_belong_to_the_next_are_never_the_last(text: str, unsafe: list[str]) -> None:
    for least in range(1, 10):
        cut = word_cut(text, least, least + 1)
        if cut is not None:
            assert text[:cut].split()[-1] not in unsafe


@pytest.mark.parametrize("text", ["我要买3号链接的那件红色外套两件", "这款一百八十克的和两百克的哪个更好一点"])
def test_chinese_figures_stay_with_what_they_count(text: str) -> None:
    for least in range(1, 8):
        cut = word_cut(text, least, least + 1)
        if cut is not None:
            assert text[cut - 1] not in "3号一百八十两"
            assert text[cut] not in "号克件"
