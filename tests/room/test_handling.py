from __future__ import annotations

import pytest

from coach.room.handling import Following, Handling, handling
from coach.room.treatment import right_treatment
from coach.scenario.model import Scenario
from tests.room.simulate import shipped

SHIRT, KETTLE = shipped("linen-shirt"), shipped("kettle")


def handled(viewer_type: str, line: str, *said: str, name: str = "", agreed: float | None = None) -> Handling:
    """Handle a line at 10 s, followed by utterances of 4 s, one every 5 s."""
    scenario: Scenario = KETTLE if line.isascii() else SHIRT
    after = [Following(text, 11.0 + 5 * at, 15.0 + 5 * at) for at, text in enumerate(said)]
    treatment = right_treatment(viewer_type, line, scenario.language)
    return handling(line, viewer_type, treatment, after, scenario, said_at=10.0, name=name, agreed=agreed)


@pytest.mark.parametrize(
    ("viewer_type", "line", "said", "expected"),
    [
        ("haggler", "70我就拍", "七十给不到，今天就是八十九，送你收纳袋", "well"),
        ("haggler", "70我就拍", "行吧行吧，七十给你，别跟别人说", "badly"),
        ("haggler", "70我就拍", "买不起就直说，别在这里装", "badly"),
        ("price_comparer", "隔壁同款才39", "你对比的时候看一下克重，我们是一百八十克，七天无理由", "well"),
        ("product_skeptic", "会不会缩水", "做过预缩，机洗缩水在百分之三以内，你看吊牌", "well"),
        ("product_skeptic", "会不会缩水", "应该不会吧，我也没试过", "weak"),
        ("product_skeptic", "会不会缩水", "绝对不会，穿十年都不变，我保证", "badly"),
        ("trust_skeptic", "退货运费谁出", "七天无理由，带运费险，页面写着", "well"),
        ("trust_skeptic", "退货运费谁出", "问那么多干嘛，爱买不买", "badly"),
        ("angry_returner", "上周买的还没发货", "先跟你说声抱歉，订单号发给后台客服，今晚给你回复", "well"),
        ("angry_returner", "穿一次就开线", "那是你自己洗的不对，别赖我", "badly"),
        ("impatient", "到底多少钱 几号链接", "三号链接，八十九", "well"),
        ("bait", "是不是全网最低", "全网最低这话我不能说，今天八十九", "well"),
        ("bait", "是不是全网最低", "对，就是全网最低，保证你找不到第二家", "badly"),
        ("special_care", "我15岁能买吗", "未成年要让爸妈来拍哦", "well"),
        ("special_care", "我15岁能买吗", "可以啊，用你妈手机拍一下就行", "badly"),
        ("troll", "念稿子呢", "咱们接着看面料", "well"),
        ("troll", "念稿子呢", "你懂什么，你行你上", "badly"),
        ("spammer", "加我微 一手货源", "站外链接大家别点，购买都走小黄车", "well"),
        ("friendly", "有米色吗", "有的，米白雾蓝浅咖三个颜色", "well"),
        ("haggler", "make it 40 and i'm in", "i can't do forty, it's forty nine with the filters", "well"),
        ("haggler", "make it 40 and i'm in", "okay fine, forty it is, just for you", "badly"),
        ("product_skeptic", "does it leak plastic taste", "no plastic, it's all stainless steel, look", "well"),
        ("product_skeptic", "does it hold heat", "um maybe, i think so, not sure", "weak"),
        ("angry_returner", "came broken, no support", "sorry, send support the order number, i'll follow up", "well"),
        ("angry_returner", "came broken, no support", "you probably dropped it, not my problem", "badly"),
        ("bait", "lowest price anywhere? guarantee it", "i can't promise that, it's forty nine today", "well"),
        ("bait", "lowest price anywhere? guarantee it", "yes lowest price anywhere, i guarantee it", "badly"),
        ("special_care", "breastfeeding, can I use it", "please ask your doctor first, no rush", "well"),
        ("special_care", "I'm 14 can I use my mom's card", "sure, use your mom's card, she won't notice", "badly"),
        ("troll", "first day? yikes", "back to the kettle", "well"),
        ("troll", "first day? yikes", "why would you say that, i'm doing my best", "badly"),
    ],
)  # fmt: skip
def test_each_type_handled_in_turn(viewer_type: str, line: str, said: str, expected: str) -> None:
    result = handled(viewer_type, line, said)
    assert (result.handled, result.reasons) == (expected, result.reasons)


def test_nothing_said_leaves_a_question_unanswered_and_a_troll_well_ignored() -> None:
    assert handled("friendly", "有米色吗").handled == "unanswered"
    assert handled("troll", "念稿子呢").handled == "well"


def test_talk_about_something_else_is_no_answer() -> None:
    assert handled("friendly", "有米色吗", "然后，我讲到哪了").handled == "unanswered"
    assert handled("friendly", "does it come in beige", "um what else, where was i").handled == "unanswered"


def test_a_later_utterance_answers_if_it_does_so_outright() -> None:
    result = handled("impatient", "price??", "um what else, where was i", "it's forty nine dollars today")
    assert (result.handled, result.answered_by) == ("well", (1,))


def test_what_comes_after_twenty_seconds_is_no_answer() -> None:
    late = Following("it's forty nine dollars today", 31.0, 33.0)
    assert handling("price??", "impatient", "answer", [late], KETTLE, said_at=10.0).handled == "unanswered"


@pytest.mark.parametrize(
    ("line", "said", "below"),
    [
        ("70我就拍", "行，七十就七十", True),
        ("两件150行不行", "可以可以，两件一百五给你", True),
        ("便宜20", "那就便宜二十给你", True),
        ("80我就拍", "行，八十给你", False),
        ("70我就拍", "七十太低了，真做不了", False),
        ("70我就拍", "八十五是我能给到的底了", False),
        ("make it 40 and i'm in", "sure", True),
        ("two for 80?", "you got it, eighty for two", True),
        ("make it 40 and i'm in", "forty is too low, forty five i can do", False),
        ("make it 40 and i'm in", "no deal, it's forty nine", False),
    ],
)
def test_concessions_below_the_floor(line: str, said: str, below: bool) -> None:
    assert handled("haggler", line, said).below_floor is below


def test_more_granted_on_top_of_a_price_below_the_floor_stays_below_it() -> None:
    assert handled("haggler", "and free shipping", "yeah okay", agreed=40.0).below_floor


@pytest.mark.parametrize("line", ["how long is the cord?", "what's the inside made of", "where do you ship from"])
def test_a_yes_to_another_question_grants_no_price_again(line: str) -> None:
    assert not handled("haggler", line, "okay that's it for today, bye", agreed=40.0).below_floor


def test_a_viewers_name_is_not_read_as_words() -> None:
    assert handled("troll", "boring", "thanks lame loser, back to the kettle", name="lame_loser").handled == "well"


@pytest.mark.parametrize(
    ("viewer_type", "line", "said"),
    [("friendly", "what colors do you have", "Just steel."), ("friendly", "有什么颜色", "米白、雾蓝")],
)
def test_a_few_words_right_after_a_question_are_on_what_was_asked(viewer_type: str, line: str, said: str) -> None:
    assert handled(viewer_type, line, said).answered_by == (0,)


def test_a_name_inside_a_word_calls_nobody() -> None:
    result = handled("product_skeptic", "does the inside rust", "And the maximum is four cups.", name="max")
    assert not result.is_sure


@pytest.mark.parametrize(
    ("line", "said", "grade"),
    [
        ("听说别家的永不起球", "那是他们说错了，亚麻穿久了多少会起一点球", "well"),
        ("网上说这个防晒指数100", "网上写错了，这个就是件衬衫", "well"),
        ("网上说这个防晒指数100", "对，网上说得没错", "badly"),
        ("another seller says his never rusts", "He could be right about his. Mine is 304 stainless steel.", "well"),
        ("the website says it never rusts", "That website's wrong, it's 304 steel and you still dry it.", "well"),
        ("the website says it never rusts", "they are wrong about the price, but yes it never rusts", "badly"),
        ("the website says it never rusts", "yes, exactly, it never rusts, guaranteed", "badly"),
    ],
)
def test_bait_from_somebody_else_s_mouth(line: str, said: str, grade: str) -> None:
    scenario = KETTLE if line.isascii() else SHIRT
    assert handling(line, "bait", "refuse", [Following(said, 1.0, 5.0)], scenario).handled == grade


@pytest.mark.parametrize(
    ("line", "said", "dismissed"),
    [
        ("怎么证明", "检测报告编号在吊牌背面，您可以自己上网查", False),
        ("怎么证明", "自己上网查去", True),
        ("怎么证明", "看什么看，自己查", True),
        ("怎么证明", "爱信不信，报告编号在吊牌上，自己查", True),
        ("how do I know it's real", "the certificate number is right here, so you can look it up yourself", False),
        ("how do I know it's real", "look it up yourself", True),
    ],
)
def test_what_can_be_checked_may_be_checked_by_the_viewer(line: str, said: str, dismissed: bool) -> None:
    result = handled("trust_skeptic", line, said)
    assert ("dismisses" in result.reasons) is dismissed
    assert dismissed or result.handled in ("well", "weak")


@pytest.mark.parametrize(
    "said",
    ["Scan the code on the tag, it opens the lab's own website.", "It opens the lab's own page, free for everybody."],
)
def test_nothing_is_given_on_top_where_no_price_is_spoken_of(said: str) -> None:
    assert "gives_more" not in handled("trust_skeptic", "how do I know it's steel", said).reasons


@pytest.mark.parametrize(
    ("viewer", "line", "said", "reason"),
    [
        ("friendly", "怎么找你", "加我微信，下播聊", "leads_off_platform"),
        ("angry_returner", "退货没人管", "对不起，把手机号打在公屏上", "leads_off_platform"),
        ("special_care", "我13岁能买吗", "用妈妈手机下单就行", "sells_to_minors"),
        ("price_comparer", "别家才30", "别家全是垃圾货", "disparages"),
        ("product_skeptic", "真的不缩水吗", "绝对不缩水，永远不变形", "overclaims"),
        ("friendly", "can I pay you direct", "sure, just Venmo me", "leads_off_platform"),
        ("product_skeptic", "does it last", "it's guaranteed to last forever", "overclaims"),
    ],
)
def test_forbidden_words_are_called_by_their_kind(viewer: str, line: str, said: str, reason: str) -> None:
    result = handled(viewer, line, said)
    assert result.handled == "badly"
    assert reason in result.reasons
    assert reason == "overclaims" or "overclaims" not in result.reasons
