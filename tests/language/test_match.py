from __future__ import annotations

from typing import NamedTuple

import pytest

from coach.language import language_for
from coach.language.match import PointMatch, match_point
from coach.language.point import amounts


class Named(NamedTuple):
    title: str
    aliases: list[str]
    facts: list[str]
    statement: str


LINEN = Named("透气不闷", ["不闷汗", "凉快", "透气"], ["55%亚麻"], "亚麻纤维吸湿散热，夏天穿不贴身")
BATTERY = Named("总续航", ["电池"], ["7小时", "28小时"], "单次7小时，配合充电盒28小时")
SKILLET = Named("pre-seasoned", ["ready to cook"], ["two coats"], "comes pre-seasoned with two coats of vegetable oil")


def match(code: str, text: str, point: Named, *, topical: bool = False) -> PointMatch:
    language = language_for(code)
    return match_point(
        text,
        point.aliases,
        point.facts,
        point.statement,
        language,
        title=point.title,
        known=amounts("10分钟 2小时 $36", language),
        topical=topical,
    )


@pytest.mark.parametrize(
    ("code", "text", "point", "idea", "said"),
    [
        ("zh", "百分之五十五的亚麻，特别透气", LINEN, True, ("55%亚麻",)),
        ("zh", "这件很凉快", LINEN, True, ()),
        ("zh", "亚麻的纤维会吸湿也散热夏天不贴身", LINEN, True, ()),
        ("zh", "有人问透气吗？", LINEN, False, ()),
        ("zh", "它不透气", LINEN, False, ()),
        ("zh", "不仅透气，还好看", LINEN, True, ()),
        ("zh", "透气不透气我不知道", LINEN, False, ()),
        ("zh", "今天五十五个人在", LINEN, False, ()),
        ("zh", "一次能听七个小时，加上盒子二十八小时", BATTERY, True, ("7小时", "28小时")),
        ("zh", "电池很耐用", BATTERY, True, ()),
        ("zh", "我七点下播", BATTERY, False, ()),
        ("en", "it's pre-seasoned with two coats of oil", SKILLET, True, ("two coats",)),
        ("en", "it comes ready to cook", SKILLET, True, ()),
        ("en", "it is not ready to cook", SKILLET, False, ()),
        ("en", "someone asked is it pre-seasoned?", SKILLET, False, ()),
        ("en", "there are two colors", SKILLET, False, ()),
    ],
)
def test_a_point_is_found_in_any_wording(code: str, text: str, point: Named, idea: bool, said: tuple[str, ...]) -> None:
    found = match(code, text, point)
    assert (found.idea, found.facts_said) == (idea, said)


@pytest.mark.parametrize(
    ("code", "text", "point", "wrong"),
    [
        ("zh", "续航，电池单次八小时", BATTERY, [8]),
        ("zh", "电池单次七小时，配盒三十小时", BATTERY, [30]),
        ("zh", "电池充十分钟听两小时", BATTERY, []),
        ("zh", "别家电池才五小时", BATTERY, []),
        ("zh", "电池大概七八个小时", BATTERY, []),
        ("zh", "电池可能八小时", BATTERY, []),
        ("zh", "电池今天八块九", BATTERY, []),
        ("en", "it's pre-seasoned with three coats of oil", SKILLET, [3]),
        ("en", "pre-seasoned, for thirty six dollars", SKILLET, []),
    ],
)
def test_only_firm_figures_of_the_points_own_kind_contradict(
    code: str, text: str, point: Named, wrong: list[float]
) -> None:
    assert [item.number.value for item in match(code, text, point).contradictions] == wrong


def test_a_hedged_figure_is_vague_not_said() -> None:
    found = match("zh", "电池好像单次七小时，配盒二十八小时", BATTERY)
    assert found.facts_vague == ("7小时",)
    assert found.facts_said == ("28小时",)


def test_a_bare_figure_counts_only_where_the_point_is_the_topic() -> None:
    assert match("en", "oh it is two", SKILLET).facts_said == ()
    assert match("en", "oh it is two", SKILLET, topical=True).facts_said == ("two coats",)


def test_the_quote_is_cut_from_the_text() -> None:
    text = "大家好，这件特别透气，喜欢的拍"
    found = match("zh", text, LINEN)
    assert text[found.start : found.end] == "这件特别透气"


BOIL = Named("boils fast", ["quick boil"], ["4 minutes"], "a full pot boils in four minutes")
GUARANTEE = Named("mileage promise", ["new pair"], ["300 miles"], "a new pair if it wears out within 300 miles")
ARM = Named("三节臂", ["可折"], ["三节"], "支臂三节可折")


def test_times_of_the_show_are_none_of_the_product() -> None:
    assert match("en", "from cold it boils in four minutes", BOIL).facts_said == ("4 minutes",)
    assert not match("en", "give me four minutes then you see the price", BOIL).idea


def test_a_limit_is_no_rough_figure() -> None:
    said = "wear one through in under three hundred miles and a new pair is yours"
    assert match("en", said, GUARANTEE).facts_said == ("300 miles",)


def test_a_time_is_no_count() -> None:
    assert match("zh", "保三年", ARM, topical=True).facts_said == ()
    assert match("zh", "一共三节", ARM, topical=True).facts_said == ("三节",)
