"""Statements against a product sheet: found, quoted, with what is true; taken back or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from coach.events import UtteranceHeard
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario
from coach.score.report import render
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.transcript import load_transcript
from evals.product_sheets import scenario_of
from scripts.talks import products, write
from tests.score.logs import log, posted, said

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "fact_cases.yaml").read_text(encoding="utf-8"))


def scenario(case: dict[str, Any]) -> Scenario:
    chinese = case["locale"] == "zh-CN"
    full, live, floor = case["price"]
    return Scenario.model_validate(
        {
            "id": case["id"],
            "locale": case["locale"],
            "title": case["name"],
            "category": "test",
            "viewers": [{"id": "v", "type": "haggler", "name": "v"}],
            "product": {
                **{key: case[key] for key in ("name", "gifts", "stock", "facts", "certificates", "must_not_say")},
                "price": {"list": full, "live": live, "floor": floor, "currency": "CNY" if chinese else "USD"},
                "selling_points": [
                    {"id": f"p{number}", "priority": "P0", **point} for number, point in enumerate(case["points"], 1)
                ],
            },
        }
    )


SCENARIOS = {case["id"]: scenario(case) for case in CASES}


def card(product: str, *turns: str) -> Scorecard:
    return score(
        SCENARIOS[product], log(*(said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(turns)), end=60)
    )


OTHERWISE = pytest.mark.xfail(reason="the rules take it for the opened pack's days, of which the reader hears nothing")
WRONG = [
    pytest.param(case["id"], text, marks=[OTHERWISE] if (case["id"], text) == ("cat", "保质期是三年") else [])
    for case in CASES
    for text in case["wrong"]
]
RIGHT = [(case["id"], text) for case in CASES for text in case["right"]]
DENIED = pytest.mark.xfail(
    reason="the reader takes it for a denial of the wax: that vanilla is a scent it does not know"
)
STANDING = [
    pytest.param(*pair, marks=[DENIED] if pair == ("candle", "no vanilla in this one") else []) for pair in RIGHT
]


@pytest.mark.parametrize(("product", "text"), WRONG)
def test_what_contradicts_the_sheet_is_quoted_exactly(product: str, text: str) -> None:
    errors = card(product, text).fact_errors
    assert errors
    for error in errors:
        assert error.said in text
        assert error.evidence.quote in text
        assert error.truth
        assert not error.corrected


@pytest.mark.parametrize(("product", "text"), WRONG[::9])
def test_no_list_of_differences_stands_beside_figures_that_are_all_nought(product: str, text: str) -> None:
    told = card(product, text)
    figures = {metric.id: metric.value or 0 for metric in told.metrics}
    wrong = {point.point_id for point in told.coverage if point.state == "misstated"}
    others = [error for error in told.fact_errors if error.stands and error.fact not in wrong]
    assert figures["other_differences"] == len(others)
    assert figures["misstatements"] or others or not any(error.stands for error in told.fact_errors)


def test_both_figures_of_what_was_said_wrong_stand_in_every_report() -> None:
    case, text = next(
        pair for pair in ((case["id"], text) for case in CASES for text in case["wrong"]) if others(*pair)
    )
    for form, language in ((form, language) for form in ("md", "html") for language in ("zh", "en")):
        shown = render(card(case, text), form, language)
        assert {"zh": "讲错的卖点", "en": "Misstated selling points"}[language] in shown
        assert {"zh": "其他和商品信息对不上的话", "en": "Other differences from the product sheet"}[language] in shown


def others(product: str, text: str) -> float:
    """Return how many differences no misstated point accounts for."""
    return next(metric.value for metric in card(product, text).metrics if metric.id == "other_differences") or 0


@pytest.mark.parametrize(("product", "text"), STANDING)
def test_what_agrees_with_the_sheet_is_no_error(product: str, text: str) -> None:
    assert [error.said for error in card(product, text).fact_errors if error.stands] == []


def test_what_agrees_with_the_sheet_is_seldom_to_be_checked() -> None:
    asked = [text for product, text in RIGHT if card(product, text).fact_errors]
    assert len(asked) <= 0.08 * len(RIGHT), asked


@pytest.mark.parametrize(
    ("product", "text", "fact", "truth"),
    [
        ("cup", "空杯才一百八十克特别轻", "p4", "空杯260克"),
        ("cup", "原价二百九十九今天八十九", "price", "159 CNY"),
        ("cup", "还剩最后二十个", "stock", "900"),
        ("cup", "送一个杯套", "gifts", "杯刷1把"),
        ("shoe", "it's a full leather upper", "upper", "recycled polyester mesh"),
        ("purifier", "it's Energy Star certified", "certificates", "CARB certified; UL listed"),
    ],
)
def test_the_truth_comes_from_the_sheet(product: str, text: str, fact: str, truth: str) -> None:
    [error] = card(product, text).fact_errors
    assert (error.fact, error.truth) == (fact, truth)


@pytest.mark.parametrize(
    ("product", "turns", "corrected"),
    [
        ("cup", ["这个杯身可以放洗碗机", "哦我说错了，洗碗机不行"], True),
        ("cup", ["空杯才一百八十克，不对，是二百六十克"], True),
        ("cup", ["这个杯身可以放洗碗机", "不好意思我喝口水", "质保一年"], False),
        ("shoe", ["just toss them in the dryer", "sorry, i misspoke, never the dryer, air dry them"], True),
        ("shoe", ["the drop is twelve millimeters", "wait no, it's six millimeters"], True),
        ("shoe", ["the drop is twelve millimeters", "sorry about the noise"], False),
    ],
)
def test_what_is_taken_back_says_so(product: str, turns: list[str], corrected: bool) -> None:
    result = card(product, *turns)
    assert [error.corrected for error in result.fact_errors] == [corrected]
    tones = {finding.tone for finding in result.findings if finding.rule.startswith("facts.")}
    assert tones == ({"neutral"} if corrected else {"practise"})


def test_a_point_is_misstated_until_it_is_put_right() -> None:
    states = {point.point_id: point.state for point in card("down", "冷水手洗，洗衣机直接洗也行").coverage}
    assert states["p5"] == "misstated"
    states = {
        point.point_id: point.state for point in card("down", "洗衣机直接洗就行", "说错了，只能冷水手洗").coverage
    }
    assert states["p5"] == "hit"


def test_the_same_words_give_the_same_findings() -> None:
    turns = ("it's a full leather upper", "only six pairs left")
    assert card("shoe", *turns) == card("shoe", *turns)
    ids = [finding.id for finding in card("shoe", *turns).findings]
    assert len(ids) == len(set(ids))


SHIPPED = sorted(path for path in (Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_sheet_read_aloud_contradicts_nothing(path: Path) -> None:
    shipped = load_scenario(path).scenario
    product, joint = shipped.product, "是" if shipped.language == "zh" else " is "
    turns = [f"{name}{joint}{value}" for name, value in product.facts.items()]
    turns += [point.statement or point.title for point in product.selling_points]
    spoken = [said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(turns)]
    assert [(error.said, error.truth) for error in score(shipped, log(*spoken, end=900)).fact_errors] == []


@pytest.mark.parametrize(
    ("product", "question", "answer", "wrong"),
    [
        ("cup", "杯身能放洗碗机吗", "可以的宝", True),
        ("cup", "可不可以进微波炉", "没问题，放心", True),
        ("cup", "杯身能放洗碗机吗", "不行哦", False),
        ("cup", "是316的吗", "是的", False),
        ("cup", "多少钱", "可以的，八十九", False),
        ("cup", "能进微波炉吗", "可以问一下客服", False),
        ("shoe", "can i put them in the dryer?", "yeah totally", True),
        ("shoe", "are these waterproof", "yes they are", True),
        ("shoe", "so they're waterproof right?", "oh a hundred percent, wade right in", True),
        ("shoe", "so they're waterproof right?", "not a hundred percent, they drain", False),
        ("cup", "杯身能放洗碗机吗", "百分之百，天天放", True),
        ("shoe", "are these waterproof", "no, they drain", False),
        ("shoe", "can i put them in the dryer?", "sure, but not the dryer, hang them", False),
        ("bottle", "is it dishwasher safe", "yes, top rack", False),
        ("bottle", "can i put it in the dishwasher", "nope", True),
    ],
)
def test_a_plain_yes_or_no_answers_the_question(product: str, question: str, answer: str, wrong: bool) -> None:
    records = log(posted(1, question, viewer="v"), said(3, 6, answer), end=20)
    assert any(error.stands for error in score(SCENARIOS[product], records).fact_errors) is wrong


def test_an_answer_long_after_the_question_is_none() -> None:
    records = log(posted(1, "杯身能放洗碗机吗", viewer="v"), said(90, 95, "可以的宝"), end=120)
    assert not any(error.stands for error in score(SCENARIOS["cup"], records).fact_errors)


@pytest.mark.parametrize(
    ("product", "text", "wrong"),
    [
        ("down", "里面填的都是白鸭容", True),
        ("jujube", "这是合北沧州的枣", True),
        ("mask", "膜布是春棉的", True),
        ("mask", "真是好用真实的评价", False),
    ],
)
def test_names_that_a_recogniser_writes_wrongly(product: str, text: str, wrong: bool) -> None:
    assert bool(card(product, text).fact_errors) is wrong


@pytest.mark.parametrize(
    "text",
    [
        "没有理由也可以退，运费险我们出",
        "我们没有套路，运费险都有",
        "不喜欢就退，没什么要解释的，运费险也带着",
    ],
)
def test_a_denial_in_one_clause_denies_nothing_that_the_next_one_says(text: str) -> None:
    case = {**CASES[0], "facts": {**CASES[0]["facts"], "退换": "七天无理由，带运费险"}}
    assert [error.said for error in score(scenario(case), log(said(10, 15, text), end=20)).fact_errors] == []
    denied = score(scenario(case), log(said(10, 15, "没有七天无理由，运费险"), end=20)).fact_errors
    assert "运费险" in [error.said for error in denied]


def test_a_denial_is_part_of_what_was_said() -> None:
    case = {**CASES[0], "facts": {**CASES[0]["facts"], "缩水": "做过预缩，机洗后缩水在3%以内"}}
    [error] = score(scenario(case), log(said(10, 15, "你放心，绝对不缩水"), end=20)).fact_errors
    assert error.said == "不缩水"


@pytest.mark.parametrize(
    ("product", "text", "wrong"),
    [
        ("cup", "今天到手九十八块", True),
        ("cup", "到手价九十八", True),
        ("cup", "今天只要89块9", True),
        ("cup", "今天到手五十九", True),
        ("cup", "今天到手八十九", False),
        ("cup", "今天两个到手一百七十八", False),
        ("cup", "别家到手一百二", False),
        ("cup", "我昨天买的到手九十五", False),
        ("cup", "今天卖了一百多个", False),
        ("cup", "有人问今天到手是不是九十八，不是", False),
    ],
)
def test_a_wrong_price_of_the_day_is_an_error(product: str, text: str, *, wrong: bool) -> None:
    found = [(error.fact, error.truth) for error in card(product, text).fact_errors]
    assert found == ([("price", "89 CNY")] if wrong else [])


def test_a_wrong_price_of_the_day_in_english() -> None:
    case = next(case for case in CASES if case["locale"] == "en-US")
    live = case["price"][1]
    for text in (f"today it's {live + 10:g} dollars", f"it's ${live + 10:g} today", f"you pay ${live + 10:g}"):
        assert [error.fact for error in card(case["id"], text).fact_errors] == ["price"], text
    for text in (f"today it's {live:g} dollars", f"you pay ${live:g}", f"they charge ${live + 10:g} elsewhere"):
        assert card(case["id"], text).fact_errors == [], text


def test_a_low_price_in_answer_to_a_viewer_is_a_concession_and_no_slip() -> None:
    records = log(posted(8, "五十九卖不卖", viewer="v"), said(10, 15, "行，今天到手五十九"), end=20)
    assert [error.fact for error in score(SCENARIOS["cup"], records).fact_errors] == []


def test_what_the_sheet_leaves_out_may_be_left_out_in_other_words() -> None:
    case = {**CASES[0], "facts": {**CASES[0]["facts"], "香精": "不加香精"}}
    case["points"] = [
        *CASES[0]["points"],
        {"title": "不加香精", "statement": "里面不加香精，没味道", "must_facts": [], "aliases": []},
    ]
    for text, wrong in (("成分表里没有香精", []), ("零香精，放心", []), ("里面是有香精的", ["香精"])):
        errors = score(scenario(case), log(said(10, 15, text), end=20)).fact_errors
        assert [error.said for error in errors if error.stands] == wrong, text


def test_not_wholly_is_not_not_at_all() -> None:
    case = {**CASES[0], "facts": {**CASES[0]["facts"], "降噪": "主动降噪，最深40分贝"}}
    for text in ("降噪不是完全没声音", "降噪不是说什么都听不见"):
        assert score(scenario(case), log(said(10, 15, text), end=20)).fact_errors == [], text


@pytest.mark.parametrize(("text", "wrong"), [("不是永久保温，十二小时还有五十五度", []), ("永久保温", ["永久"])])
def test_for_ever_denied_is_no_claim(text: str, wrong: list[str]) -> None:
    assert [error.said for error in card("cup", text).fact_errors] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"), [("算下来一小包三十克", []), ("规格是一盒四百克", ["四百克"]), ("平时159一盒", [])]
)
def test_a_total_may_be_shared_out_over_the_pieces(text: str, wrong: list[str]) -> None:
    case = {**CASES[0], "facts": {"规格": "一盒12小包，共360克"}, "points": CASES[0]["points"][:1]}
    assert [error.said for error in score(scenario(case), log(said(10, 15, text), end=20)).fact_errors] == wrong


def test_a_word_amid_talk_that_says_the_point_rightly_accuses_nobody(tmp_path: Path) -> None:
    write([product for product in products() if product.id == "zhd-shoebench"], tmp_path)
    records = load_transcript(tmp_path / "transcripts" / "zhd-shoebench__good.jsonl").records
    found = score(scenario_of(tmp_path / "products" / "zhd-shoebench.json"), records)
    text = "".join(event.text for record in records if isinstance(event := record.event, UtteranceHeard))
    assert "工具不用借，袋里有把拐弯的小扳手" in text
    assert [error.said for error in found.fact_errors if error.stands] == []


def test_a_colour_that_is_not_to_be_had_may_be_talked_of() -> None:
    text = "绿色没有哈，绿色的料子容易掉色，所以我们没做"
    facts = {**CASES[0]["facts"], "颜色": "灰、卡其"}
    for said_so, wrong in ((text, 0), ("绿色也有", 1)):
        errors = score(scenario({**CASES[0], "facts": facts}), log(said(10, 15, said_so), end=20)).fact_errors
        assert len(errors) == wrong, said_so


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The strap is rubber, sure, but nothing rubber touches the drink.", False),
        ("It's rubber on the inside.", True),
    ],
)
def test_what_is_denied_of_one_place_may_be_said_of_another_part(text: str, wrong: bool) -> None:
    case = next(case for case in CASES if case["locale"] == "en-US")
    statement = "There is no rubber touching the drink, the inside is all titanium"
    point = {"title": "All titanium inside", "statement": statement, "must_facts": ["titanium"], "aliases": []}
    flask = scenario({**case, "name": "Trail flask", "facts": {"material": "titanium"}, "points": [point]})
    errors = score(flask, log(said(10, 15, text), end=20)).fact_errors
    assert bool(errors) is wrong


@pytest.mark.parametrize(
    ("locale", "text", "wrong"),
    [
        ("zh-CN", "只剩六件了，只剩六件", 1),
        ("zh-CN", "只剩六件了，只剩七件", 2),
        ("en-US", "Only six left, six left", 1),
        ("en-US", "Only six left, seven left", 2),
    ],
)
def test_the_same_wrong_words_said_twice_in_a_breath_are_one_error(locale: str, text: str, wrong: int) -> None:
    case = next(case for case in CASES if case["locale"] == locale)
    errors = score(scenario({**case, "stock": 400}), log(said(10, 15, text), end=20)).fact_errors
    assert [error.fact for error in errors] == ["stock"] * wrong
