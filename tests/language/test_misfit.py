"""The judge of misfits: what it looks at, and the numbers it weighs."""

from __future__ import annotations

import pytest

from coach.language import Language, language_for
from coach.language.closeness import Closeness
from coach.language.match import match_point
from coach.language.misfit import MisfitSheet, load_misfit
from coach.language.misfit_figures import SheetFigures
from coach.language.misfit_line import compile_line, names
from coach.language.misfit_words import denials, polarity, said

TEA = (("loose leaf", "whole loose leaves, no dust"), ("harvest", "picked by hand in 12 days of April"))
FACTS = {"loose leaf": ("whole leaves",), "harvest": ("12 days",), "只能手洗": ("手洗",), "克重": ("300克",)}
TOWEL = (("只能手洗", "只能手洗，不能机洗"), ("克重", "每条重300克"))


def sheet(points: tuple[tuple[str, str], ...], code: str) -> tuple[MisfitSheet, Closeness, Language]:
    language = language_for(code)
    told = {point: [text for other in points if other != point for text in other] for point in points}
    lines = [compile_line(point, FACTS[point[0]], (), others, language) for point, others in told.items()]
    closeness = Closeness(points, language)
    return MisfitSheet(lines, SheetFigures(points, [], (9.0,), language), closeness, language), closeness, language


def judged(points: tuple[tuple[str, str], ...], code: str, text: str) -> dict[int, float]:
    judge, closeness, language = sheet(points, code)
    matches = [
        match_point(text, (), FACTS[title], statement, language, title=title, closeness=closeness, place=at)
        for at, (title, statement) in enumerate(points)
    ]
    return {verdict.point: verdict.probability for verdict in judge.judge(text, matches)}


@pytest.mark.parametrize(
    ("points", "code", "text", "looked_at"),
    [
        (TEA, "en", "picked in april", False),
        (TEA, "en", "there are no whole leaves in it", False),
        (TEA, "en", "they pick it in forty days", True),
        (TEA, "en", "it is nine dollars", False),
        (TEA, "en", "is it loose leaf?", False),
        (TOWEL, "zh", "今天天气真好", False),
        (TOWEL, "zh", "每条重三百克", False),
        (TOWEL, "zh", "一条有八百克", True),
        (TOWEL, "zh", "手洗机洗都行的", False),
    ],
)
def test_judges_only_other_figures_of_a_kind_that_a_point_has(
    points: tuple[tuple[str, str], ...], code: str, text: str, looked_at: bool
) -> None:
    found = judged(points, code, text)
    assert bool(found) == looked_at
    assert all(0 < share < 1 for share in found.values())


def test_another_figure_is_likelier_wrong_than_a_figure_of_somebody_elses() -> None:
    own = judged(TOWEL, "zh", "一条有八百克")[1]
    other = judged(TOWEL, "zh", "我以前那条别家的有八百克，以前那条我妈说重")
    assert own > other.get(1, 0.0)


def test_figures_are_compared_in_one_base() -> None:
    language = language_for("en")
    figures = SheetFigures([["charges in 90 minutes"], ["weighs 500 g"]], ["box: 2 kg"], (30.0,), language)

    def read(text: str) -> list[int]:
        return figures.others(figures.read(language.numbers(text)))

    assert read("an hour and a half, so 1.5 hours") == []
    assert read("it takes five hours") == [0]
    assert read("half a kilo, 0.5 kg") == []
    assert read("it weighs 2 kg with the box") == []
    assert read("it weighs 3 kg") == [1]


def test_a_point_is_read_with_its_signs() -> None:
    plain, denied = polarity(["含燕麦，不含皂基"], language_for("zh"))
    assert "燕麦" in plain
    assert "基" in denied
    assert "基" not in plain


@pytest.mark.parametrize(
    ("code", "text", "times"),
    [("zh", "不能机洗也别暴晒", 2), ("zh", "可以机洗", 0), ("en", "do not tumble dry, never bleach", 2)],
)
def test_denials_are_counted(code: str, text: str, times: int) -> None:
    assert denials(language_for(code).normalise(text), code) == times


def test_words_stand_where_they_stood() -> None:
    heard = said("the removable cover is not waterproof", "en")
    assert heard.words == ("removable", "cover", "waterproof")
    assert heard.starts == (4, 14, 27)
    assert heard.denied[0] is False
    assert heard.denied[2] is True


def test_every_feature_has_its_weight() -> None:
    judge, closeness, language = sheet(TEA, "en")
    text = "they pick it in forty days"
    matches = [
        match_point(text, (), FACTS[title], statement, language, title=title, closeness=closeness, place=at)
        for at, (title, statement) in enumerate(TEA)
    ]
    (pair,) = judge.pairs(text, matches)
    assert len(pair.features) == len(names("en")) == len(names("zh")) == len(load_misfit().weights)
    assert list(load_misfit().weights) == names("zh")
    assert set(load_misfit().everyday) == {"zh", "en"}
