from __future__ import annotations

import pytest

from coach.room.reading import Reading, read
from tests.room.simulate import shipped

SHIRT, CRISPS = shipped("linen-shirt"), shipped("oat-crisps")
KETTLE, LANTERN = shipped("kettle"), shipped("lantern")


MANNER = frozenset(
    ["confirms", "declines", "hedges", "concurs", "complains", "dismisses", "pushes", "protects", "denies"]
)
"""Moves of manner: tested in tables of their own, left out where the substance is tested."""


def brief(reading: Reading) -> set[str]:
    """Moves in short: `gives_price:89`, `concedes:75!` (below the floor), `mentions_point:soft?` (in part)."""
    short = set()
    for move in reading.moves:
        if move.kind in MANNER:
            continue
        mark = "" if move.full else {"mentions_point": "?"}.get(move.kind, "!")
        detail = move.target if move.kind in ("mentions_point", "mentions_fact", "addresses") else move.value
        short.add(f"{move.kind}:{detail:g}{mark}" if isinstance(detail, float) else f"{move.kind}:{detail or ''}{mark}")
    return {entry.rstrip(":") for entry in short}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平时159，今天直播间只要89！", {"gives_price:89"}),
        ("平时一百五十九今天直播间到手八十九", {"gives_price:89"}),
        ("今天89块钱", {"gives_price:89"}),
        ("行吧给你85", {"gives_price:85!", "concedes:85"}),
        ("那给你七十五吧", {"gives_price:75!", "concedes:75!"}),
        ("再便宜十块给你", {"concedes:79"}),
        ("给你打九折", {"concedes:80.1"}),
        ("再打八折给你", {"concedes:71.2!"}),
        ("两件一百六给你", {"gives_price:80!", "concedes:80"}),
        ("有人问79行不行 真不行", {"holds_price:79"}),
        ("你想要八十 我做不了", {"holds_price:80", "holds_price"}),
        ("真的不能再便宜了", {"holds_price"}),
        ("今天有200人在线", set()),
        ("送你一个收纳袋", {"offers_gift"}),
        ("这款55%亚麻 透气不闷汗", {"mentions_point:breathable", "mentions_fact:面料"}),
        ("亚麻百分之五十五 夏天穿很凉快", {"mentions_point:breathable", "mentions_fact:面料"}),
        ("穿着特别凉快", {"mentions_point:breathable?"}),
        ("不透气的衣服你别买", set()),
        ("克重180克 你看吊牌", {"mentions_fact:克重", "shows_evidence"}),
        ("缩水的事我不敢保证一点没有", {"refuses_claim"}),
        ("绝对不缩水", {"overclaims", "mentions_point:no_shrink?"}),
        ("这个真不能说全网最低", {"refuses_claim"}),
        ("爱买不买", {"insults"}),
        ("求求你们了买一件吧", {"pleads"}),
        ("欢迎新来的姐妹", {"greets"}),
        ("三号链接直接拍", {"calls_to_action"}),
        ("谢谢提醒 咱们说回产品", {"thanks", "sets_boundary"}),
        ("老陈你问得好", {"addresses:laochen", "acknowledges"}),
        ("小美我理解你的心情", {"addresses:xiaomei", "acknowledges"}),
        ("七天无理由带运费险", {"gives_terms", "mentions_fact:退换"}),
        ("", set()),
        ("。。。", set()),
    ],
)
def test_chinese_utterances(text: str, expected: set[str]) -> None:
    assert brief(read(text, SHIRT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Usually seventy-nine, but today it's forty-nine dollars.", {"gives_price:49"}),
        ("its forty nine today", {"gives_price:49"}),
        ("only $49 right now", {"gives_price:49"}),
        ("okay dana ill do forty five for you", {"gives_price:45!", "concedes:45", "addresses:dana"}),
        ("Fine, forty-two it is for you.", {"gives_price:42!", "concedes:42!"}),
        ("i can take ten dollars off for you", {"concedes:39!"}),
        ("i'll give you ten percent off", {"concedes:44.1"}),
        ("two for ninety", {"gives_price:45!", "concedes:45"}),
        ("Can you do forty? No, forty is too low.", {"holds_price:40", "holds_price"}),
        ("you want forty i cant do forty", {"holds_price:40", "holds_price"}),
        ("i can't go lower than that", {"holds_price"}),
        ("i have 150 left", set()),
        ("you also get paper filters", {"offers_gift"}),
        ("it holds ninety six degrees for thirty minutes", {"mentions_point:hold_heat", "mentions_fact:temperature"}),
        ("it keeps it hot", {"mentions_point:hold_heat?"}),
        ("it does not keep it bitter", set()),
        ("the inside is all stainless steel no plastic touching the water", {"mentions_point:steel"}),
        ("Look, here is the test report.", {"shows_evidence"}),
        ("i can't promise it lasts forever", {"refuses_claim"}),
        ("it's guaranteed to last forever", {"overclaims"}),
        ("shut up", {"insults"}),
        ("please please buy one", {"pleads", "calls_to_action"}),
        ("welcome everyone", {"greets"}),
        ("hit the link and grab yours", {"calls_to_action"}),
        ("thanks rex now back to the kettle", {"thanks", "sets_boundary", "addresses:rex"}),
        ("good question priya", {"acknowledges", "addresses:priya"}),
        ("let me know in the comments", {"asks_room"}),
    ],
)
def test_english_utterances_clean_and_as_recognised(text: str, expected: set[str]) -> None:
    assert brief(read(text, KETTLE)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("三盒一百零八", {"gives_price:36!", "concedes:36"}), ("三盒一百零五", {"gives_price:35!", "concedes:35!"})],
)
def test_a_price_for_several_counts_per_piece(text: str, expected: set[str]) -> None:
    assert brief(read(text, CRISPS)) == expected


def test_a_name_is_known_by_its_first_part() -> None:
    assert "addresses:vex" in brief(read("hey vexed calm down", LANTERN))
    assert "addresses:june" in brief(read("june it runs nine hours on high", LANTERN))


def test_what_a_viewer_calls_itself_is_not_said_of_it() -> None:
    scenario = shipped("link-failure-down")
    assert not read("老宋爱抬杠你说得对", scenario).did("insults")
    assert read("老宋爱抬杠你说得对", scenario).did("addresses", "acknowledges")
    assert read("你就是爱抬杠", scenario).did("insults")


def test_a_zip_it_is_in_the_cart_is_no_insult() -> None:
    scenario = shipped("kettle")
    assert not read("two pockets, one with a zip, it is in the cart", scenario).did("insults")
    assert read("zip it", scenario).did("insults")


@pytest.mark.parametrize(
    "text",
    [
        "它是氨基酸表活不含皂基洗完脸很舒服",
        "里面是氨基酸表活不带香精的",
    ],
)
def test_what_a_thing_lacks_does_not_deny_the_thing(text: str) -> None:
    assert not read(text, shipped("bait-cleanser")).did("misstates")


def test_a_thing_that_is_said_to_be_missing_is_denied() -> None:
    assert read("氨基酸表活不含的", shipped("bait-cleanser")).did("misstates")


@pytest.mark.parametrize(
    ("name", "text", "called"),
    [
        ("oat-crisps", "配料表第一位是燕麦", set()),
        ("oat-crisps", "豆豆妈你拿三盒是吧", {"doudou"}),
        ("oat-crisps", "配料表研究员刚才问的我说一下", {"chenlaoshi"}),
        ("after-sales-massager", "喜欢的就要抓紧了", set()),
        ("after-sales-massager", "周先生这个我来处理", {"zhou"}),
        ("drill-complaint-powerbank", "退货运费我们出", set()),
        ("raid-earbuds", "这个是真的吗当然是真的", set()),
        ("bait-cleanser", "早上洗脸用一点点就够", set()),
        ("bait-cleanser", "我把成分念给大家听", set()),
        ("bait-cleanser", "阿云和林林刚才都问了", {"yunma", "lin"}),
        ("complaint-heating-pad", "it's just a cotton cover", set()),
        ("complaint-heating-pad", "tom and edna both asked", {"tom", "edna"}),
        ("broken-link-jacket", "returns are free for thirty days", set()),
    ],
)
def test_everyday_words_in_a_name_call_nobody(name: str, text: str, called: set[str]) -> None:
    assert {move.target for move in read(text, shipped(name)).of("addresses")} == called


@pytest.mark.parametrize(
    ("scenario", "name", "text", "is_called"),
    [
        ("linen-shirt", "Ray在路上", "刚才Ray问的我来答", True),
        ("linen-shirt", "Lily妈妈", "谢谢Lily，码数给你看", True),
        ("linen-shirt", "Lily妈妈", "各位妈妈看过来", False),
        ("linen-shirt", "木子李88", "现价88，拍一件", False),
        ("linen-shirt", "木子李88", "木子李问的我说一下", True),
        ("linen-shirt", "2号买家", "2号链接已经上了", False),
        ("linen-shirt", "何同学要毕业", "谢谢何同学的提醒", True),
        ("linen-shirt", "精打细算的月", "精打细算的朋友看过来", False),
        ("linen-shirt", "橙子", "橙子色也好看", False),
        ("linen-shirt", "橙子", "橙子，你问得好", True),
        ("link-failure-down", "心心要过冬", "谢谢心心的支持", True),
        ("bait-cleanser", "痘痘退退退", "有痘痘的姐妹先在耳后试", False),
        ("bait-cleanser", "痘痘退退退", "刚才痘痘问的我来答", True),
        ("kettle", "big_mike_88", "Big Mike, good question", True),
        ("kettle", "tall_paul", "thanks Paul for asking", True),
        ("kettle", "tall_paul", "it is not that tall", False),
        ("kettle", "Will", "I will show you", False),
        ("kettle", "Will", "Will, you asked about the lid", True),
        ("kettle", "sunny_day", "Sunny, good question", True),
    ],
)
def test_a_part_of_a_name_calls_where_it_is_said_as_a_name(
    scenario: str, name: str, text: str, is_called: bool
) -> None:
    first, *others = shipped(scenario).viewers
    viewers = [first.model_copy(update={"name": name}), *others]
    room = shipped(scenario).model_copy(update={"viewers": viewers})
    assert (first.id in {move.target for move in read(text, room).of("addresses")}) == is_called
