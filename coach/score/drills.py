"""The drills: three minutes on one skill, each with what it trains and how it is played.

A drill uses the streamer's own product. Either one viewer of a type comes, and comes again after each try, or nobody
presses (calm) and the talk is all there is. `coach.scenario.drill` makes the scenario, `POST /api/rehearsals` plays.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.scenario.model import ViewerType
from coach.score.scorecard import Text
from coach.score.wording import both

DRILL_SEC = 180.0
"""How long a drill lasts: DOMAIN §6.5, quick drill."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill."""

    id: str
    name: Text
    text: Text
    """What to do in it."""
    trains: tuple[str, ...]
    """Rules it is for, or families of rules."""
    viewer: ViewerType | None = None
    """Who comes; null: calm, without anybody who presses."""


def drill_for(rule: str) -> Drill:
    """Return the drill that trains what a rule asks for; for a rule that no drill names, the most general one."""
    return _BY_RULE.get(rule) or _BY_RULE.get(rule.partition(".")[0]) or DRILLS["say_points"]


def knows_drill(rule: str) -> bool:
    """Return whether some drill trains this rule."""
    return rule in _BY_RULE or rule.partition(".")[0] in _BY_RULE


def _in_calm(zh: str, en: str) -> Text:
    """Return what to do where nobody presses: who is in the room may still write, and speak once it is quiet."""
    return both(
        f"{zh}练习里观众会打字，也可能等你停下来才开口，没有人抢话。",
        f"{en} In this drill viewers may write, or speak once you pause; nobody cuts in.",
    )


_ALL = (
    Drill(
        "say_points",
        both("讲清一个卖点", "Get one point across"),
        _in_calm(
            "选没讲到的那个卖点，用自己的话讲三遍，每遍都带上那个事实，一遍比一遍短。",
            "Take the point that did not come across, tell it three times in your own words, "
            "each time with its fact, each time shorter.",
        ),
        ("coverage",),
    ),
    Drill(
        "say_facts",
        both("照商品卡说准", "Say the facts right"),
        _in_calm(
            "先看商品卡一分钟，再不看卡把价格、数字、材质和用法各说一遍，说错当场改口。",
            "Read the product card for a minute, then say price, figures, what it is made of and "
            "how it is used without it; put a slip right at once.",
        ),
        ("coverage.misstated", "facts"),
    ),
    Drill(
        "hold_price",
        both("守住价格", "Hold the price"),
        both(
            "一位砍价的观众会一次次来。每次报同一个价，再给一个价格以外的理由。",
            "One haggler comes again and again. Name the same price each time, then a reason that is not the price.",
        ),
        ("handling.below_floor",),
        "haggler",
    ),
    Drill(
        "refuse_bait",
        both("不接诱饵", "Refuse the bait"),
        both(
            "一位观众想套你说不能说的话。先明确说“这个我不能说”，再说一句能说的。",
            "One viewer wants you to say what must not be said. First a clear no, then what is true.",
        ),
        ("handling.took_bait",),
        "bait",
    ),
    Drill(
        "protect_viewer",
        both("先照顾人", "Care comes first"),
        both(
            "一位需要特别照顾的观众会来。先问、先提醒，不催单。",
            "A viewer who needs special care comes. Ask first, warn first, do not push the order.",
        ),
        ("handling.sold_to_vulnerable",),
        "special_care",
    ),
    Drill(
        "stay_on_product",
        both("不被带走", "Stay on the product"),
        both(
            "一位说话难听的观众会一次次来。停一拍，接一句短的或者不接，10 秒内回到卖点。",
            "One rude viewer comes again and again. One beat, one short line or none, back to a point in 10 seconds.",
        ),
        ("handling.fed_the_troll", "handling.defensive", "composure"),
        "troll",
    ),
    Drill(
        "answer_doubt",
        both("答到点上", "Answer to the point"),
        both(
            "一位不信的观众会一次次问。先认可一句，再给一个数字或依据，15 秒内说完。",
            "One doubter asks again and again. Acknowledge, give one figure or proof, done in 15 seconds.",
        ),
        ("handling",),
        "product_skeptic",
    ),
    Drill(
        "say_it_cleanly",
        both("换成合规的说法", "Say it the allowed way"),
        _in_calm(
            "把报告里的替换句说三遍，再不看稿，用自己的话说一遍同样的意思。",
            "Say the rewrite from the report three times, then the same in your own words.",
        ),
        ("compliance",),
    ),
    Drill(
        "fill_the_gap",
        both("不冷场", "Bridge the gaps"),
        _in_calm(
            "准备三句垫话：欢迎、重复卖点、问一个好答的问题；一停下就说一句。",
            "Keep three bridge lines: a welcome, a recap, an easy question; use one at every stop.",
        ),
        ("pacing.dead_air",),
    ),
    Drill(
        "even_pace",
        both("稳住语速", "An even pace"),
        _in_calm(
            "讲同一个卖点，每个数字和价格后停半秒，其余不停。",
            "Tell one point with half a second after each figure and price, and no other stop.",
        ),
        ("pacing",),
    ),
    Drill(
        "no_fillers",
        both("少说口头语", "Fewer fillers"),
        _in_calm(
            "想说口头语的时候闭嘴停一拍，再接着讲。",
            "Where a filler wants out, close your mouth for a beat, then go on.",
        ),
        ("pacing.fillers",),
    ),
    Drill(
        "whole_loop",
        both("讲完整一轮", "One whole loop"),
        _in_calm(
            "三分钟讲完一轮：欢迎、需求、卖点、依据、价格、下单，再欢迎新来的人。",
            "One loop in three minutes: welcome, need, points, proof, price, how to order.",
        ),
        ("structure", "cadence", "price"),
    ),
    Drill(
        "own_words",
        both("用自己的话讲", "In your own words"),
        _in_calm(
            "合上商品卡，像跟一个朋友说话那样讲三个卖点，每个换一种说法。",
            "Close the product card and tell three points as to a friend, each another way.",
        ),
        ("genuine", "cadence.same_sentence"),
    ),
    Drill(
        "first_line",
        both("先开口", "The first line"),
        _in_calm(
            "先说一句欢迎，再说商品叫什么，再说一个卖点。不用完美。",
            "One welcome, then what the product is, then one point. It need not be perfect.",
        ),
        ("start",),
    ),
)
DRILLS = {drill.id: drill for drill in _ALL}
"""By id, in the order in which they are listed."""
_BY_RULE = {rule: drill for drill in _ALL for rule in drill.trains}
