"""Rule packs of what must not be said while selling: every wording in the tables was written for these tests."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from coach.language.claims import Claim, SheetProof, find_claims
from coach.language.claims import rule as rule_module
from coach.language.claims.find import by_rule
from coach.language.claims.flat import flatten
from coach.language.claims.restore import Restorer
from coach.language.claims.rule import Category, Rule, all_rules, day_of_rules, lexicon, rule_packs
from coach.language.claims.scan import scanner
from coach.language.claims.wording import Wording
from coach.language.literals import alternatives

TABLES = Path(__file__).parent / "claims"
CODES = ("zh", "en")
SHEETS = {
    "zh": SheetProof(code="zh", category="home", stock=820, prices=(120, 99)),
    "en": SheetProof(code="en", category="home", stock=800, prices=(59, 49)),
}


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip()]


def as_recognised(text: str, code: str) -> str:
    return re.sub(r"[，。？！,.?!]", "" if code == "zh" else " ", text)


def made(text: str, code: str) -> list[Claim]:
    """Return the violations that count: severity H or M, not turned down."""
    return [item for item in find_claims(text, SHEETS[code]) if not item.turned_down and item.severity != "L"]


VIOLATIONS = [(code, *row) for code in CODES for row in rows(f"violations_{code}")]
CLEAN = [(code, row[0]) for code in CODES for row in rows(f"clean_{code}")]


def test_the_tables_are_large_enough() -> None:
    for code in CODES:
        assert len([row for row in VIOLATIONS if row[0] == code]) + len([row for row in CLEAN if row[0] == code]) >= 150
    assert {row[1] for row in VIOLATIONS} == {*get_args(Category)} - {"own", "disclosure"}


@pytest.mark.parametrize(("code", "category", "text"), VIOLATIONS)
def test_a_violation_is_found_clean_and_as_recognised(code: str, category: str, text: str) -> None:
    for said in (text, as_recognised(text, code)):
        found = made(said, code)
        assert found, said
        assert all(item.term == said[item.start : item.end] for item in found)


@pytest.mark.parametrize(("code", "text"), CLEAN)
def test_a_clean_sentence_is_left_alone(code: str, text: str) -> None:
    for said in (text, as_recognised(text, code)):
        assert [(item.term, item.rule.id) for item in made(said, code)] == []


def test_nearly_all_are_of_the_category_they_were_written_for() -> None:
    right = [category in {item.category for item in made(text, code)} for code, category, text in VIOLATIONS]
    assert sum(right) / len(right) > 0.9


# --- recognisers' spelling -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("这款是全网卖得最号的", "全网卖得最号"),
        ("有便宜的加我薇信", "薇信"),
        ("想要的加V私下转帐", "加V私下转帐"),
        ("这个能治鱼失眠", "治鱼失眠"),
        ("今天跳楼加给大家", "跳楼加"),
        ("原装近口的涂层", "近口的涂层"),
        ("這個牌子全網最低價", "全網最低價"),
        ("加Ｖ信发你", "Ｖ信"),
        ("加 V 信 发你", "V 信"),
    ],
)
def test_slips_of_sound_script_and_width_are_seen_through(text: str, term: str) -> None:
    assert any(term in item.term or item.term in term for item in made(text, "zh")), scanner("zh").ready(text).flat


def test_a_word_of_the_language_is_not_put_right() -> None:
    restorer = Restorer(["治好", "不敢"], ["只好", "感冒"])
    assert restorer.restore("只好等着一冬天不感冒") == "只好等着一冬天不感冒"
    assert restorer.restore("这个能冶好") == "这个能冶好"
    assert restorer.restore("我部敢说") == "我不敢说"


# --- what the sheet proves -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "cleared"),
    [
        ("zh", "库存还剩八百二十件", True),
        ("zh", "库存还剩八百多件", True),
        ("zh", "库存还剩八件", False),
        ("zh", "原价一百二，今天九十九", True),
        ("zh", "原价八百八，今天九十九", False),
        ("en", "only eight hundred left", True),
        ("en", "only eight left", False),
        ("en", "it retails for fifty nine dollars", True),
        ("en", "it retails for two hundred dollars", False),
    ],
)
def test_true_stock_and_true_prices_clear_a_claim(code: str, text: str, *, cleared: bool) -> None:
    found = find_claims(text, SHEETS[code])
    assert found
    assert [item.turned_down for item in found] == (["cleared"] if cleared else [""])


@pytest.mark.parametrize(
    ("text", "told"), [("库存就820只，拍完就没了", []), ("库存就82只，拍完就没了", ["拍完就没了"])]
)
def test_true_stock_may_urge_and_invented_stock_may_not(text: str, told: list[str]) -> None:
    assert [item.term for item in made(text, "zh")] == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it is the best kettle in the world and it lasts forever, I promise you", True),
        ("nothing lasts forever", False),
    ],
)
def test_what_the_sheet_forbids_stands_where_another_rule_is_doubted(text: str, *, found: bool) -> None:
    forbidding = SheetProof(code="en", category="home", banned=("lasts forever",))
    stand = [item.term for item in find_claims(text, forbidding) if not item.turned_down]
    assert any("lasts forever" in term for term in stand) is found


def test_a_price_as_high_as_the_stock_proves_none() -> None:
    fifty = SheetProof(code="zh", category="home", stock=50, prices=(120, 50))
    assert [item.category for item in find_claims("今天五十块，抢完就永远没有了", fifty)] == ["price_urgency"]


def test_not_to_pretend_is_a_denial() -> None:
    said = "if it is cheaper elsewhere buy it there, I will not pretend this is the lowest price"
    assert [item.turned_down for item in find_claims(said, SHEETS["en"])] == ["denied"]


def test_a_certificate_clears_and_a_denial_on_the_sheet_does_not() -> None:
    certified = SheetProof(code="en", told=("certified organic, USDA", "not waterproof"))
    assert [item.turned_down for item in find_claims("it's certified organic", certified)] == ["cleared"]
    assert [item.turned_down for item in find_claims("it's totally waterproof", certified)] == [""]


def test_what_the_sheet_forbids_counts_unless_denied() -> None:
    sheet = SheetProof(code="zh", banned=("护脊",))
    assert [item.rule.id for item in find_claims("这书包护脊的", sheet)] == ["sheet.must_not_say"]
    assert [item.turned_down for item in find_claims("这书包我不敢说护脊", sheet)] in (["denied"], ["told"])


def test_without_a_stock_on_the_sheet_a_figure_left_is_only_a_warning() -> None:
    assert [item.severity for item in find_claims("只剩最后五台了", SheetProof(code="zh"))] == ["M"]


# --- who says it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("zh", "我不敢说全网最低", "denied told"),
        ("zh", "全网最低这种话我不能说", "told"),
        ("zh", "公屏有人刷全网最低", "quoted"),
        ("zh", "“全网最低”是隔壁喊的", "quoted"),
        ("zh", "这个能治失眠吗", "asked"),
        ("zh", "治失眠没有的事", "debunked"),
        ("en", "it doesn't cure insomnia", "denied"),
        ("en", "i can't say it cures insomnia", "denied told"),
        ("en", "cures insomnia is off the table", "told debunked"),
        ("en", "somebody typed cures insomnia", "quoted"),
        ("en", 'they said "cures insomnia" on the other show', "quoted"),
    ],
)
def test_words_that_are_not_the_speakers_own_claim(code: str, text: str, kind: str) -> None:
    found = find_claims(text, SHEETS[code])
    assert found
    assert {item.turned_down for item in found} <= set(kind.split())


def test_a_guarantee_of_nothing_guarantees_nothing() -> None:
    assert find_claims("well, I guarantee nothing about your knees", SHEETS["en"]) == ()
    assert [item.category for item in find_claims("I guarantee your knees are new by Sunday", SHEETS["en"])] == [
        "promise"
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "不骗你全网最低"),
        ("zh", "别人都说贵，我这里全网最低"),
        ("zh", "不吃药也能降血压"),
        ("en", "no joke it cures insomnia"),
        ("en", "no it never breaks"),
        ("en", "not only that it cures insomnia"),
    ],
)
def test_a_negation_of_something_else_excuses_nothing(code: str, text: str) -> None:
    assert made(text, code)


# --- rules in force --------------------------------------------------------------------------------------------


def test_platform_category_and_dates_switch_rules() -> None:
    shop = "去淘宝搜我们店"
    assert [item.rule.id for item in find_claims(shop, SHEETS["zh"], "douyin")] == ["offsite.shop"]
    assert find_claims(shop, SHEETS["zh"], "taobao") == ()
    assert find_claims("全网第一", SHEETS["zh"], "douyin", date(2020, 1, 1)) == ()


def test_weak_wordings_count_only_where_asked_for() -> None:
    text = "他们那个里头塞的都是捡来的"
    assert not any(item.rule.weak for item in find_claims(text, SHEETS["zh"]))
    assert any(item.rule.weak for item in find_claims(text, SHEETS["zh"], strict=True))


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_whole(code: str) -> None:
    rules: list[Rule] = list(all_rules(code))
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert all((rule.source, rule.rewrite, rule.why.zh, rule.why.en, rule.effective)), rule.id
        for listed in rule.wordings:
            for source in alternatives(listed):
                wording = Wording(source, code, {name: "|".join(x) for name, x in lexicon(code).lists.items()})
                assert wording.pattern
                assert wording.anchors, (rule.id, source)
    assert all(pack.version for pack in rule_packs(code))


@pytest.mark.parametrize("code", CODES)
def test_no_rewrite_breaks_a_rule_itself(code: str) -> None:
    for rule in all_rules(code):
        said = re.sub(r"\{\w+\}", "", rule.rewrite)
        assert made(said, code) == [], rule.id


# --- the text underneath ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "text", ["", " ", "。。。", "👍" * 30, "9" * 300, "a, b. c? d!", "“”", "１２３ＡＢＣ", "no " * 50]
)
def test_places_in_the_flat_text_lead_back(code: str, text: str) -> None:
    made_flat = flatten(text, code)
    assert len(made_flat.flat) == len(made_flat.places)
    find_claims(text, SHEETS[code])


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("cures? ~2<ill>", " it cures all the flu ", " cures all the flu"),
        ("(?:only|just) «<n> left»", " only two left ", "two left"),
        ("plain words", " plain words here ", "plain words"),
    ],
)
def test_wordings(source: str, text: str, found: str) -> None:
    wording = Wording(source, "en", {"ill": "flu|cold", "n": "one|two"})
    assert [text[start:end] for start, end in wording.find(text)] == [found.strip()]
    assert all(anchor.strip() in text for anchor in wording.anchors if anchor in text)


def test_what_a_sheet_forbids_is_forbidden_in_both_forms_of_its_first_word() -> None:
    sheet = SheetProof(code="en", category="home", banned=("stays hot forever",))
    assert [item.rule.category for item in by_rule(scanner("en").ready("it will stay hot forever"), sheet)] == ["own"]


@pytest.mark.parametrize(
    ("banned", "text"),
    [
        ("never wrinkles", "the collar will never wrinkle"),
        ("never crush", "it never crushes a rose"),
        ("always matches", "they always match"),
        ("never itches", "wool that never itches, never itch again"),
    ],
)
def test_what_a_sheet_forbids_is_forbidden_in_both_forms_of_a_verb_after_an_adverb(banned: str, text: str) -> None:
    sheet = SheetProof(code="en", category="home", banned=(banned,))
    assert "own" in {item.rule.category for item in by_rule(scanner("en").ready(text), sheet)}


def test_full_proof_against_water_is_told_its_own_reason() -> None:
    sheet = SheetProof(code="en", category="apparel", told=("sheds light rain",))
    rules = [item.rule for item in find_claims("it's completely scratchproof", sheet) if not item.turned_down]
    assert [rule.id for rule in rules] == ["promise.proof"]
    assert "for ever" not in rules[0].why.en
    assert [item.turned_down for item in find_claims("no it's not fully waterproof", sheet)] == ["denied"]


def test_a_rule_for_food_says_nothing_of_other_goods() -> None:
    food, flask = (SheetProof(code="zh", category=category) for category in ("food", "home"))
    text = "我跟大家讲，这里面什么添加剂都没有，没有防腐剂，大家放心"
    named = [item.rule.id for item in find_claims(text, food) if not item.rule.id.endswith(".implied")]
    assert named == ["food.additives"]
    assert find_claims(text, flask) == ()
    assert "普通食品，" not in next(item.rule.rewrite for item in find_claims("每天喝一杯能减肥，腰围小一圈", flask))


def test_what_a_rule_quotes_is_not_told_again_for_being_meant() -> None:
    sheet = SheetProof(code="en", category="home")
    found = [
        item
        for item in find_claims("you're an idiot, just shut up and leave if you're broke", sheet)
        if not item.turned_down
    ]
    assert [(item.category, item.severity) for item in found] == [("insult", "H")]


def test_a_listed_insult_stops_a_pass_however_it_is_led_up_to() -> None:
    found = find_claims("你才假，爱买不买，买不起别看。", SHEETS["zh"])
    assert [item.severity for item in found if not item.turned_down] == ["H"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "骗子？你再说一句，我把你家地址挖出来，克重一百八十克。"),
        ("zh", "这件八十九，外地人素质低，别来拍。"),
        ("en", "It is thirty nine dollars, I have your address, watch your back, link one."),
        ("en", "Women can't cook anyway, so take the big one, link two."),
    ],
)
def test_a_threat_and_a_dig_at_a_kind_of_people_stop_a_pass_however_they_are_led_up_to(code: str, text: str) -> None:
    found = find_claims(text, SHEETS[code])
    assert ("insult", "H") in [(item.category, item.severity) for item in found if not item.turned_down]


def test_a_rule_is_held_against_nobody_before_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    [first, *_] = packs = rule_packs("zh")
    since = max(pack.effective for pack in packs)
    rule = first.rules[0]
    later = rule.model_copy(update={"id": "later", "effective": since + timedelta(days=30)})
    ended = rule.model_copy(update={"id": "ended", "until": since + timedelta(days=60)})
    changed = (first.model_copy(update={"rules": (*first.rules, later, ended)}), *packs[1:])
    monkeypatch.setattr(rule_module, "rule_packs", lambda _: changed)
    rule_module._days_of_change.cache_clear()
    try:
        for days, wanted in ((-400, 0), (0, 0), (29, 0), (30, 30), (45, 30), (60, 30), (61, 61), (900, 61)):
            day = day_of_rules("zh", since + timedelta(days=days))
            assert day == since + timedelta(days=wanted)
            assert later.holds("home", "generic", day) == (days >= 30)
            assert ended.holds("home", "generic", day) == (days <= 60)
        assert day_of_rules("zh", None) == since
    finally:
        rule_module._days_of_change.cache_clear()


@pytest.mark.parametrize(
    ("code", "text", "held"),
    [
        ("en", "My cousin drank this, no gym, and she dropped three dress sizes by Easter.", "three dress sizes"),
        ("zh", "我表妹喝这个，没去健身房，过个年瘦了三十斤。", "瘦了三十斤"),
    ],
)
def test_a_finding_quotes_the_whole_remark_not_just_the_words_that_a_rule_lists(
    code: str, text: str, held: str
) -> None:
    assert [held in item.term for item in made(text, code)] == [True]


def test_what_is_the_best_is_quoted_without_the_talk_around_it() -> None:
    [found] = made("这件是全网最好的，喜欢的拍一下，下周就到家了", "zh")
    assert found.term == "全网最好"


def test_names_called_in_a_row_are_one_finding() -> None:
    text = "Shut up, you idiot. Nobody asked you anything, so go home. You are a total moron."
    [found] = made(text, "en")
    assert (found.category, found.term.endswith("moron")) == ("insult", True)
