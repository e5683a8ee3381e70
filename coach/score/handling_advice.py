"""What to say to a viewer instead, in the scenario's own material, and how to practise it."""

from __future__ import annotations

from collections.abc import Callable

from coach.room.slots import say_price
from coach.scenario.model import Scenario
from coach.score.scorecard import Text
from coach.score.wording import both

Told = tuple[Text, str, Text]
"""Why it matters, a better line, a drill."""


def handling_advice(rule: str, scenario: Scenario, point: str) -> Told:
    """Return advice for a `handling.*` rule.

    Args:
        rule: The finding's rule.
        scenario: Gives price, gifts and policies.
        point: A selling point as one spoken line.
    """
    return BY_RULE.get(rule, _unanswered)(scenario, point)


def _money(scenario: Scenario) -> str:
    price = scenario.product.price
    return say_price(price.live, price.currency, scenario.language, spoken=False)


def _held(scenario: Scenario, point: str) -> Told:
    price, gifts = _money(scenario), scenario.product.gifts
    if scenario.language == "zh":
        more = f"，里面还有{gifts[0]}" if gifts else f"，{point}"
        line = f"这个价真给不到，今天直播间统一{price}{more.rstrip('。')}。"
    else:
        more = f", and you get {gifts[0]} with it" if gifts else f": {point}"
        line = f"I can't do that one. It's {price} for everybody today{more.rstrip('.')}."
    return (
        both(
            "底价以下的每一单都是亏的，而且别人会拿它来压价。",
            "Every order under the floor loses money, and the next viewer quotes it.",
        ),
        line,
        both(
            "找人连砍三次价，三次都报同一个价，再换一个理由：赠品、卖点、退换。",
            "Have somebody haggle three times; name the same price each time, then another reason to buy.",
        ),
    )


def _refused(scenario: Scenario, point: str) -> Told:
    zh = scenario.language == "zh"
    return (
        both("这句话一出口就可能被平台判违规。", "Said once, it can cost the room."),
        f"这个话我不能说，也不承诺。能说的是：{point}" if zh else f"I can't claim that. What I can tell you: {point}",
        both(
            "写下三个最想套你话的问题，各用一句“不能说”加一句“能说的是”来答。",
            "Write down three baits; answer each with one “I can't say that” and one “what I can say”.",
        ),
    )


def _protected(scenario: Scenario, point: str) -> Told:
    zh = scenario.language == "zh"
    line = (
        "先别急着拍。未成年请家长来看，过敏先看配料表，孕期或吃药的先问医生，合适了再来。"
        if zh
        else "No rush on this one. Under 18, have a parent look; allergies, read the label first; pregnant or on "
        "medication, ask your doctor."
    )
    return (
        both("这几类观众出了事，影响的是人，不是一单。", "Here a wrong yes hurts a person, not just an order."),
        line,
        both(
            "把未成年、过敏、孕期、心情不好各说一句应对，念到不用想。",
            "Say one sentence each for a minor, an allergy, a pregnancy, a low mood until it needs no thought.",
        ),
    )


def _calm(scenario: Scenario, point: str) -> Told:
    line = f"谢谢提醒，咱们接着看：{point}" if scenario.language == "zh" else f"Thanks, noted. Back to it: {point}"
    return (
        both(
            "你接一句，他就有下一句；其他人都在等商品。",
            "Each reply earns another line; the others wait for the product.",
        ),
        line,
        both(
            "找人念三条难听的弹幕，每条之后停一拍、接一句、10 秒内回到卖点。",
            "Have somebody read out three hard comments: breathe, one line, back to the point within 10 seconds.",
        ),
    )


def _answered(scenario: Scenario, point: str) -> Told:
    zh = scenario.language == "zh"
    return (
        both(
            "问的人不一定会买，看的人会看你怎么答。",
            "Whoever asks may not buy; those who watch look at how you answer.",
        ),
        f"问得好，我直接说：{point}" if zh else f"Fair question. Straight answer: {point}",
        both(
            "拿三条质疑的弹幕，每条先认可一句，再给一个数字或依据，15 秒内说完。",
            "Take three doubts: acknowledge each, give one figure or proof, done in 15 seconds.",
        ),
    )


def _unanswered(scenario: Scenario, point: str) -> Told:
    zh = scenario.language == "zh"
    return (
        both("没人理的问题，多半是一单。", "A question nobody takes up was often an order."),
        f"刚才有朋友问到，我先答：{point}" if zh else f"Somebody just asked, so first: {point}",
        both(
            "讲每个卖点之后看一眼弹幕，念出一个名字，用一句话答。",
            "After each point look at the chat, say one name, answer in one sentence.",
        ),
    )


BY_RULE: dict[str, Callable[[Scenario, str], Told]] = {
    "handling.below_floor": _held,
    "handling.took_bait": _refused,
    "handling.sold_to_vulnerable": _protected,
    "handling.fed_the_troll": _calm,
    "handling.defensive": _calm,
    "handling.badly_answered": _answered,
    "handling.weak": _answered,
    "handling.unanswered": _unanswered,
}
