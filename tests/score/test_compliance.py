"""Compliance on the scorecard: findings with clause, reason and rewrite, counts, what was turned down, disclosure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.scenario.library import Library
from coach.score.compliance import heading_of
from coach.score.compliance_rewrite import rewritten
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, ZH, log, posted, said, scenario

ROOT = Path(__file__).parents[2]


def card(*texts: str, base: dict[str, Any] = ZH, **extra: Any) -> Scorecard:
    events = [said(10.0 * number, 10.0 * number + 8, text) for number, text in enumerate(texts, start=1)]
    return score(scenario(base, **extra), log(*events, end=10.0 * len(texts) + 20))


def metric(found: Scorecard, name: str) -> float | None:
    return next(item.value for item in found.metrics if item.id == name)


def test_a_finding_has_words_clause_rule_reason_rewrite_and_source() -> None:
    found = card("大家好，这件亚麻衬衫全网最低价，喜欢的拍").compliance
    assert [(item.term, item.category, item.severity) for item in found] == [("全网最低价", "price_urgency", "H")]
    assert found[0].evidence.quote == "这件亚麻衬衫全网最低价"
    assert found[0].evidence.start == 10
    assert "89" in found[0].rewrite
    assert found[0].source
    assert found[0].why.zh != found[0].why.en
    assert found[0].rule == "compliance.price.lowest"


def test_a_finding_is_headed_by_its_words_or_by_its_kind_where_these_are_all_of_the_quote() -> None:
    part, whole = card("这件亚麻衬衫全网最低价").compliance[0], card("全网最低价").compliance[0]
    assert (heading_of(part).zh, heading_of(part).en) == ("全网最低价", "全网最低价")
    assert (heading_of(whole).zh, heading_of(whole).en) == ("虚假价格或紧迫感", "Invented price or urgency")
    silent = whole.model_copy(update={"term": "", "category": "disclosure"})
    assert heading_of(silent).en == "Paid relationship not told"


def test_rewrites_take_the_streamers_own_material_and_no_slot_stays() -> None:
    for text in ("这面料治湿疹", "世界顶级的料子", "七天白两个度", "原价九百九", "加我微信", "你有病吧"):
        for item in card(text).compliance:
            assert "{" not in item.rewrite
            assert item.rewrite
    assert any("亚麻衬衫" in item.rewrite for item in card("这面料治湿疹").compliance)


@pytest.mark.parametrize(
    ("rewrite", "said"),
    [
        ("What you do get is {fact}.", "What you do get is this: it runs 40 hours on low"),
        ("The sheet says: {fact}.", "The sheet says: It runs 40 hours on low"),
        ("This is the {name}.", "This is the Ember camp lantern."),
    ],
)
def test_a_sentence_inside_a_rewrite_is_joined_to_it(rewrite: str, said: str) -> None:
    lantern = Library([ROOT / "scenarios"]).find("en-camp-lantern").scenario
    assert rewritten(rewrite, "guaranteed", lantern).startswith(said)


def test_grave_and_lesser_findings_are_counted_and_a_grave_one_stops_a_pass() -> None:
    found = card("今天最划算的就是它", "全网最低价")
    assert (metric(found, "compliance_h"), metric(found, "compliance_m")) == (1, 1)
    assert found.overall is not None
    assert not found.overall.passed
    assert metric(card("这件是亚麻的，夏天穿凉快"), "compliance_h") == 0


def test_the_gravest_is_a_focus_point_with_the_packs_rewrite() -> None:
    found = card("加我微信私下转账便宜十块")
    point = found.focus[0]
    assert point.finding_id == found.compliance[0].id
    assert point.better_line == found.compliance[0].rewrite


def test_naming_a_claim_to_turn_it_down_is_a_strength() -> None:
    found = card("有人让我喊全网最低，这个我不敢说，我只报自己的价")
    assert found.compliance == []
    assert "compliance.turned_down" in {item.id for item in found.findings if item.tone == "strength"}


@pytest.mark.parametrize(
    "text", ["谁跟你说两百件的，你爱信不信，别在这儿影响别人", "全网最低这话我不敢说，但是穿上能治湿疹"]
)
def test_a_retort_or_another_broken_rule_is_no_kept_one(text: str) -> None:
    assert "compliance.turned_down" not in {item.id for item in card(text).findings}


@pytest.mark.parametrize(
    ("base", "text", "quote"),
    [
        (ZH, "全网最低？这个我们不敢说", "全网最低？这个我们不敢说"),
        (ZH, "隔壁有的卖三十几，那是什么料子我不说", None),
        (
            EN,
            "It isn't meant to treat or cure any disease, it's a shirt.",
            "It isn't meant to treat or cure any disease",
        ),
        (EN, "Please don't put it in a river.", None),
        (EN, "Could you message us the order number, I'll look it up.", None),
    ],
)
def test_what_is_praised_turns_a_claim_down_itself(base: dict[str, Any], text: str, quote: str | None) -> None:
    found = card(text, base=base)
    praised = [item for item in found.findings if item.id == "compliance.turned_down"]
    assert [one.quote for item in praised for one in item.evidence] == ([quote] if quote else [])


@pytest.mark.parametrize(
    "text",
    [
        "This has not been evaluated by the FDA, and it isn't meant to cure or prevent any illness.",
        "It was never intended to diagnose, cure or heal a disease.",
        "It won't treat or prevent any disease, it's a shirt.",
    ],
)
def test_a_disclaimer_in_free_words_is_no_claim(text: str) -> None:
    assert card(text, base=EN).compliance == []


def test_not_just_denies_nothing() -> None:
    assert card("It's not just a shirt, it treats or prevents disease.", base=EN).compliance


@pytest.mark.parametrize(
    ("base", "text", "wrong"),
    [
        (ZH, "已经付款的朋友打个“买好了”，我记一下给你们早点发", False),
        (ZH, "没付款的也帮我打个“已拍”，给后面的人看", True),
        (EN, "Already bought? Type ordered in the chat, I'll put you on my list.", False),
        (EN, "Even if you didn't buy, type sold in the chat.", True),
    ],
)
def test_who_has_bought_may_be_asked_to_say_so(base: dict[str, Any], text: str, wrong: bool) -> None:
    assert bool(card(text, base=base).compliance) == wrong


def test_another_country_is_no_matter_of_the_american_rule() -> None:
    [entry] = card("It's sewn in Italy.", base=EN).compliance
    assert entry.rule == "compliance.origin.country"
    assert "USA" not in entry.why.en


def test_unknown_words_are_not_clean_words() -> None:
    found = card("")
    assert metric(found, "compliance_h") is None


def test_a_viewers_name_is_not_said_of_the_viewer() -> None:
    viewers = [{"id": "song", "type": "contrarian", "name": "老宋爱抬杠", "channel": "chat"}]
    assert card("老宋爱抬杠你说得对", viewers=viewers).compliance == []


def test_the_same_records_give_the_same_findings() -> None:
    texts = ("全网第一的料子", "治湿疹", "你脑子有病", "别家都是垃圾")
    assert card(*texts).model_dump_json() == card(*texts).model_dump_json()


# --- disclosure ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "text", "missing"),
    [
        (ZH, "大家好，这件亚麻衬衫很凉快", True),
        (ZH, "先说一下这是品牌合作，我有佣金，这件很凉快", False),
        (EN, "hi everyone, this is a lovely thing", True),
        (EN, "quick note, this is a paid partnership and i earn a commission", False),
    ],
)
def test_a_paid_relationship_must_be_told(base: dict[str, Any], text: str, *, missing: bool) -> None:
    found = card(text, base=base, material_connection=True).compliance
    assert [item.rule for item in found] == (["compliance.disclosure.missing"] if missing else [])
    assert not [item for item in card(text, base=base).compliance if item.category == "disclosure"]


def test_it_must_be_told_early_and_again() -> None:
    late = [said(10, 18, "这件很凉快"), said(300, 308, "这是品牌合作")]
    assert score(scenario(material_connection=True), log(*late, end=320)).compliance
    once = [said(10, 18, "这是品牌合作"), *(said(at, at + 8, "这件很凉快") for at in range(60, 1200, 60))]
    found = score(scenario(material_connection=True), log(*once, end=1300)).compliance
    assert [item.rule for item in found] == ["compliance.disclosure.missing"]
    again = [*once, said(590, 598, "再说一次这是品牌合作")]
    assert score(scenario(material_connection=True), log(*again, end=1300)).compliance == []


def test_what_a_viewer_asked_tells_what_an_answer_claims() -> None:
    answer = said(10, 16, "能啊，我妈用一个礼拜就全好了，你看")
    asked, other = (
        score(scenario(ZH), log(posted(8, line), answer, end=30)).compliance for line in ("能治失眠吗", "几天到货")
    )
    assert [item.category for item in asked] == ["medical"]
    assert other == []
