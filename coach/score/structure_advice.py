"""What to say where the structure or the rhythm was off, in the scenario's own material, and how to practise it."""

from __future__ import annotations

from coach.room.slots import say_price
from coach.scenario.model import Scenario
from coach.score.handling_advice import Told
from coach.score.scorecard import Text
from coach.score.wording import both


def structure_advice(rule: str, scenario: Scenario, point: str) -> Told:
    """Return advice for a `structure.*` rule.

    Args:
        rule: The finding's rule.
        scenario: Gives name, price and gifts.
        point: A selling point as one spoken line.
    """
    name = _kind(rule)
    return _WHY.get(name, _WHY["absent"]), _line(name, scenario, point), _DRILL.get(name, _DRILL["absent"])


def is_known(rule: str) -> bool:
    """Return whether a rule has a lesson of its own."""
    return _kind(rule) in _WHY


def _kind(rule: str) -> str:
    """Return the key of a rule; stages that lack something share a lesson where they have none of their own."""
    name = rule.removeprefix("structure.")
    return "short" if name.endswith("_short") and name not in _LINES else name


def _line(name: str, scenario: Scenario, point: str) -> str:
    price, product, zh = scenario.product.price, scenario.product, scenario.language == "zh"
    gift = product.gifts[0] if product.gifts else ""
    usual, live = (
        say_price(value, price.currency, scenario.language, spoken=False) for value in (price.list, price.live)
    )
    match name:
        case "no_prompt":
            return "想看细节的打个1，我拉近给你们看。" if zh else "Drop a one if you want it up close."
        case "no_welcome":
            return (
                f"刚进来的朋友，这是{product.name}：{point}"
                if zh
                else f"If you just joined, this is the {product.name}: {point}"
            )
        case "few_calls" | "few_links" | "close_short":
            return f"一号链接，到手{live}，直接拍。" if zh else f"Item one, {live} today: tap it and check out."
        case "price_short" | "price_first":
            more_zh, more_en = (f"，送{gift}", f", with {gift}") if gift else ("", "")
            return (
                f"{point.rstrip('。')}。平时{usual}，今天到手{live}{more_zh}。"
                if zh
                else f"{point.rstrip('.')}. Usually {usual}, today {live}{more_en}."
            )
        case _:
            return point


_WHY: dict[str, Text] = {
    "absent": both(
        "少一个环节，听的人就少一个下单的理由。",
        "Each stage answers one question a buyer has: what, why, how much, how.",
    ),
    "short": both(
        "环节有了，里面缺的那一样正是观众等着听的。",
        "The stage was there; what it lacked is what buyers were waiting for.",
    ),
    "price_short": both(
        "只报数字，观众不知道包含什么、有什么条件，就会先等等。",
        "With only the figure, viewers do not know what it includes or on what terms, so they wait.",
    ),
    "close_short": both(
        "想买的人要知道点哪里、几号链接；少说一句就少一单。",
        "Those who want it need to know which item and where to tap.",
    ),
    "late": both(
        "这一段来晚了，前面进来的人没有听到就走了。",
        "It came late; those who were there before left without hearing it.",
    ),
    "no_prompt": both("没有人问，弹幕就冷了。", "A room that is never asked falls silent."),
    "no_welcome": both(
        "每一两分钟都有新的人进来，他们没听到前面。", "New people come every minute or two and heard nothing of it."
    ),
    "few_calls": both("想买的人在等一句怎么拍。", "Those who want it are waiting to hear how."),
    "few_links": both("货架上不止一个链接，报号才找得到。", "There is more than one item in the cart."),
    "many_calls": both("催得早，理由还没讲完。", "Pushed early, before the reasons are told."),
    "overused": both("口头禅会盖住卖点。", "A catchphrase covers the point."),
    "quick_pass": both(
        "快速过款会被平台扣分，观众也没记住。", "Platforms punish quick passes, and nobody remembers the product."
    ),
    "price_first": both("没有价值的价格只是数字。", "A price without its worth is only a number."),
}
_LINES = frozenset({"close_short", "price_short"})
"""Stages that lack something and have a line of their own."""
_DRILL: dict[str, Text] = {
    "absent": both(
        "用四句话讲完一轮：欢迎、卖点、价格、怎么拍；计时一分钟，讲三轮。",
        "One round in four sentences: welcome, point, price, how to order. One minute, three rounds.",
    ),
    "no_prompt": both(
        "写五个一秒能答的问题，每讲一个卖点用掉一个。",
        "Write five questions with a one-second answer; use one after each point.",
    ),
    "no_welcome": both(
        "设一个 90 秒的提醒，响了就说一句欢迎加主题。",
        "Set a 90 s reminder; when it rings, welcome and name the theme.",
    ),
    "overused": both(
        "录一分钟，数一数；再录一次，每次换一个说法。",
        "Record a minute and count; record again, another wording each time.",
    ),
    "quick_pass": both(
        "一个品讲满一分钟、三个卖点，再说“接下来”。", "A full minute and three points before you say “next”."
    ),
}
