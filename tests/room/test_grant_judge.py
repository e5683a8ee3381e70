"""Prices granted and refused in words that no rule lists; of a flask at 99 (floor 88) and a kettle at 69 (floor 62)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from coach.room.exchange import Exchange
from coach.room.grant_judge import BARGAINERS, load_grants, settled
from coach.room.handling import Following, handling
from coach.room.reading import read
from coach.room.treatment import right_treatment
from coach.scenario.model import Scenario
from evals.product_sheets import scenario_of

_PRODUCTS = Path(__file__).resolve().parents[2] / "evals" / "cases" / "sentences" / "products"


@cache
def scenario_for(text: str) -> Scenario:
    return scenario_of(_PRODUCTS / ("en-s-kettle.json" if text.isascii() else "zh-s-thermos.json"))


def handled(viewer: str, line: str, answer: str) -> tuple[bool, float | None]:
    scenario = scenario_for(line)
    treatment = right_treatment(viewer, line, scenario.language)
    found = handling(line, viewer, treatment, [Following(answer, 2.0, 6.0)], scenario, said_at=1.0)
    return found.below_floor, found.agreed


@pytest.mark.parametrize(
    ("viewer", "line", "answer", "price"),
    [
        ("haggler", "两个150 不行我走了", "一百五就一百五吧，你可别到处说", 75.0),
        ("comparer", "隔壁店才79", "七十九是吧，我跟他一样，你在我这拍", 79.0),
        ("angry_returner", "昨天99买的 今天别人85 退我14", "你别急，十四块我这就补给你", 85.0),
        ("haggler", "second one half off?", "go on then, half off the second", 51.75),
        ("impatient", "50 yes or no, bus is here", "Fifty! Go, run!", 50.0),
        ("haggler", "80我就拍", "最低八十八的，算了算了，就按你说的价给你，拍吧", 80.0),
        ("friendly", "me again, same 55 as last time?", "same as last time, always, fifty-five", 55.0),
    ],
)
def test_what_is_granted_under_the_floor(viewer: str, line: str, answer: str, price: float) -> None:
    assert handled(viewer, line, answer) == (True, price)


@pytest.mark.parametrize(
    ("viewer", "line", "answer"),
    [
        ("haggler", "85行吗", "九十最低了，九十给你，别跟别人说"),
        ("haggler", "60行不行", "六十块钱啊，你这一刀砍得我心疼，真做不了"),
        ("comparer", "隔壁店才79", "七十九那个是单层的，我这个双层，九十九"),
        ("friendly", "上次买了两个 好用", "谢谢老客，两个都用了三十天了吧，记得换垫圈"),
        ("haggler", "50 and I'm in", "Fifty, I wish. It's sixty-nine."),
        ("haggler", "two for 130", "two are a hundred and thirty-eight, and both get the filter"),
        ("impatient", "how long does delivery take, 10 days?", "three days, ten if you're on an island"),
    ],
)
def test_what_is_not(viewer: str, line: str, answer: str) -> None:
    assert not handled(viewer, line, answer)[0]


@pytest.mark.parametrize("viewer", ["product_skeptic", "troll", "spammer", "derailer"])
def test_figures_for_others_stay_what_the_rules_hear(viewer: str) -> None:
    assert viewer not in BARGAINERS
    exchange = Exchange("50 yes or no", viewer, "answer", scenario_for("en"), "")
    reading = read("Fifty! Go, run!", exchange.scenario)
    assert settled(exchange, reading, None) is None
    assert settled(exchange, reading, 41.0) == 41.0


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_sign_is_a_product_s_own_word(code: str) -> None:
    _, weights = load_grants(code)
    names = {word for name in weights for word in name.split()}
    assert not names & {"kettle", "locket", "保温杯", "desk", "mattress"}
