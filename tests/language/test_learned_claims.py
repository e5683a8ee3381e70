"""The learned opinion on claims; no sentence here is one it was trained with."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from coach.language.claims import Claim, SheetProof, find_claims, scanner
from coach.language.claims.learned.model import model
from coach.language.claims.learned.opinion import around_it, implied_rules, read_claim
from coach.language.claims.learned.passages import clause_at, passages
from coach.language.claims.learned.senses import senses
from coach.language.reader.asked import Said

CODES = ("zh", "en")
SHEETS = {code: SheetProof(code=code, category="home", stock=500, prices=(99, 79)) for code in CODES}


def claims(code: str, text: str) -> list[Claim]:
    return list(find_claims(text, SHEETS[code]))


@pytest.mark.parametrize(
    ("code", "category", "text"),
    [
        ("zh", "medical", "我大姑关节肿得走不了路，用了半个月肿全消下去了，药都停了"),
        ("zh", "disparage", "外面那些牌子里头全是废料兑香精，专门骗你们这些不懂的"),
        ("zh", "off_platform", "嫌贵的私下加我微信转账，便宜四十"),
        ("en", "medical", "my sister's arthritis cleared up in a week and she threw her pills out"),
        ("en", "disparage", "the other sellers are scammers, they stuff theirs with sawdust and garbage"),
        ("en", "absolute", "nobody on this planet makes a better kettle, you won't find one anywhere"),
    ],
)
def test_what_no_wording_names_is_found(code: str, category: str, text: str) -> None:
    found = [claim for claim in claims(code, text) if not claim.turned_down]
    assert category in {claim.category for claim in found}
    assert all(text[claim.start : claim.end] == claim.term for claim in found)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "加我微信单独给你发货，我婆婆喝了一周走路都不拄拐了，今天三十九。"),
        ("en", "add me on whatsapp for a discount, my nan threw her tablets away after a week with this"),
    ],
)
def test_a_clause_beside_what_a_rule_finds_is_read_by_itself(code: str, text: str) -> None:
    assert [claim.category for claim in claims(code, text)] == ["off_platform", "medical"]


def test_what_is_meant_counts_from_the_day_of_its_rule() -> None:
    text = "我大姑关节肿得走不了路，用了半个月肿全消下去了，药都停了"
    assert find_claims(text, SHEETS["zh"], "generic", date(2020, 1, 1)) == ()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "牙疼先去看医生，这个治不了，我也不敢说能治"),
        ("zh", "有人说喝了能排毒，那是广告里讲的，别信"),
        ("en", "someone in the comments said it cures headaches, that's not true, ask your doctor"),
        ("en", "a man at the fair told me his honey was the best on earth and I said good for him"),
    ],
)
def test_what_is_denied_or_told_of_others_is_no_claim(code: str, text: str) -> None:
    assert [claim for claim in claims(code, text) if not claim.turned_down and claim.severity == "H"] == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "各位晚上好，这台电饭煲全网最低价，想要的点链接"),
        ("en", "evening everybody, this rice cooker is number one in the world, tap the link"),
    ],
)
def test_a_plain_claim_amid_harmless_talk_stands(code: str, text: str) -> None:
    assert "H" in {claim.severity for claim in claims(code, text) if not claim.turned_down}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "宝妈宝爸们晚上好，坐下来慢慢看"),
        ("en", "the phone I'm talking to you on is older than this kettle"),
        ("en", "keep it shut up in the box and it stays clean all winter"),
    ],
)
def test_words_that_mean_something_else_are_no_claim(code: str, text: str) -> None:
    assert [claim for claim in claims(code, text) if not claim.turned_down] == []


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("zh", "各位好，我大姑关节肿得走不了路，用了半个月肿全消下去了，要的拍一号", "肿全消下去了"),
        ("en", "morning all, three nights on this mattress and mum's sciatica was gone, so tap number two", "sciatica"),
    ],
)
def test_what_is_quoted_are_clauses_that_say_it(code: str, text: str, words: str) -> None:
    [claim] = [claim for claim in claims(code, text) if not claim.turned_down]
    assert claim.category == "medical"
    assert words in claim.term
    assert (text[claim.start - 1], text[claim.end]) in {("，", "，"), (" ", ",")}


def test_the_viewers_line_tells_what_is_meant() -> None:
    text, lines = "能啊，我妈用一个礼拜就全好了，你看", ("能治失眠吗", "几天到货")
    asked, other = (read_claim(text, "home", "zh", line).odds for line in lines)
    assert asked > other + 1
    found = [[claim.category for claim in find_claims(text, SHEETS["zh"], line=line)] for line in lines]
    assert found == [["medical"], []]


def test_a_finding_at_the_very_start_is_read_like_any_other() -> None:
    text = "Shut up in its box this kettle stays clean all winter long"
    assert [claim.turned_down for claim in claims("en", text)] == ["doubted"]


def test_of_a_long_utterance_what_stands_around_a_passage_is_read() -> None:
    said = Said("word " * 200 + "here " + "word " * 200, "a question")
    near = around_it(said, 1000, 1004, "en")
    assert near.line == "a question"
    words = near.text.split()
    assert words.count("here") == 1
    assert words.count("word") == len(words) - 1  # none is cut
    assert 300 < len(near.text) < 350
    assert around_it(said, 0, 4, "en").text.startswith("word")
    assert around_it(said, len(said.text) - 5, len(said.text), "en").text.endswith("word ")
    assert around_it(Said("短"), 0, 1, "zh") == Said("短")
    assert len(around_it(Said("字" * 500), 490, 499, "zh").text) == 110


def test_what_the_sheet_proves_is_not_found_again() -> None:
    assert [claim.turned_down for claim in claims("en", "only five hundred left")] == ["cleared"]


def test_what_is_read_out_from_the_sheet_is_no_claim() -> None:
    told = "the double wall keeps tea warm overnight, so you wake up to a hot cup and never reboil"
    sheet = SheetProof(code="en", category="home", told=(told,))
    assert [claim for claim in find_claims(f"Right, {told}", sheet) if not claim.turned_down] == []
    assert sheet.share(" double wall keeps ") == 1.0
    assert sheet.share(" nothing of that kind ") == 0.0


@pytest.mark.parametrize("code", CODES)
def test_every_category_has_a_rule_to_explain_it(code: str) -> None:
    assert set(model(code).pack.categories) == set(implied_rules(code))


@pytest.mark.parametrize("code", CODES)
def test_weights_and_senses_belong_together(code: str) -> None:
    signs = model(code).signs
    names = model(code).pack.signs.split()[::2]
    assert len(names) > 100
    assert [signs.name(signs.sign(name)) for name in names] == names
    assert len(senses(code).names) < 128


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "第一句，不长。第二句？" + "这句没有标点" * 12 + "。" + "有逗号，" * 20),
        ("en", "one. two? " + "no mark at all " * 20 + "and, " * 40),
    ],
)
def test_passages_cover_the_text_in_order(code: str, text: str) -> None:
    flat = scanner(code).ready(text).flat
    cut = passages(flat, code)
    assert "".join(flat[part.start : part.end] for part in cut).replace(" ", "") == flat.replace(" ", "")
    assert all(left.end <= right.start for left, right in itertools.pairwise(cut))
    assert max(part.end - part.start for part in cut) < 400


@pytest.mark.parametrize(
    ("code", "text", "parts"),
    [
        ("zh", "刮油。我只讲我自己，去年一百七十斤，每天一壶茶。好。", 1),
        ("zh", "这是第一句话，它足够长了。这是第二句话，它也够长了。", 2),
        ("en", "Sit down. You never listen to a word I tell you here. Bye.", 1),
        ("zh", "这款锅我们家里自己用了两年，真的好。滚。再见。", 1),
        ("en", "You never listen to a word I tell you here. Sit down. Bye.", 1),
        ("zh", "没有标点" * 30, 5),
        ("zh", "没有标点" * 30 + "，好吧", 6),
    ],
)
def test_a_sentence_too_short_to_tell_anything_goes_with_the_next(code: str, text: str, parts: int) -> None:
    assert len(passages(scanner(code).ready(text).flat, code)) == parts


@pytest.mark.parametrize(
    ("code", "text", "word", "clause"),
    [
        ("zh", "早上好，全网最低价，拍", "最低", "全网最低价"),
        ("en", "hi, lowest price ever, tap", "price", "lowest price ever"),
    ],
)
def test_a_clause_stands_between_commas(code: str, text: str, word: str, clause: str) -> None:
    flat = scanner(code).ready(text).flat
    found = clause_at(passages(flat, code)[0], flat.index(word), code)
    assert flat[found.start : found.end] == clause
