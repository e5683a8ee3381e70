"""What to say instead, and how to practise it: why, a better line in the scenario's own material, a drill."""

from __future__ import annotations

from dataclasses import dataclass

from coach.scenario.model import Scenario, SellingPoint
from coach.score.handling_advice import handling_advice
from coach.score.scorecard import Finding, Text
from coach.score.structure_advice import structure_advice
from coach.score.wording import both


@dataclass(frozen=True, slots=True)
class Advice:
    """The part of a focus point that does not come from the finding."""

    why: Text
    better_line: str
    drill: Text


def advice_for(finding: Finding, scenario: Scenario) -> Advice:
    """Return advice for a finding, by its rule."""
    family = finding.rule.split(".")[0]
    if family == "coverage":
        return _coverage(finding, scenario)
    if family == "composure":
        return _composure(finding, scenario)
    if family == "structure":
        return Advice(*structure_advice(finding.rule, scenario, point_line(lead_point(scenario), scenario)))
    if family == "handling":
        return Advice(*handling_advice(finding.rule, scenario, point_line(lead_point(scenario), scenario)))
    return _pacing(finding, scenario)


def lead_point(scenario: Scenario) -> SellingPoint:
    """Return the point to fall back on: the first of the highest priority."""
    return min(scenario.product.selling_points, key=lambda point: point.priority)


def point_line(point: SellingPoint, scenario: Scenario) -> str:
    """Return the point as one spoken line that names every fact."""
    line = point.statement or point.title
    missing = [fact for fact in point.must_facts if fact.lower() not in line.lower()]
    if not missing:
        return line
    joint = "，" if scenario.language == "zh" else ": "
    return line.rstrip("。.") + joint + ("、" if scenario.language == "zh" else ", ").join(missing)


def _coverage(finding: Finding, scenario: Scenario) -> Advice:
    point_id = finding.id.removeprefix("coverage.")
    point = next(item for item in scenario.product.selling_points if item.id == point_id)
    whys = {
        "coverage.miss": both(
            "观众只会为听到的卖点下单，这一条还没有机会被听到。",
            "Viewers can only buy what they hear; this point had no chance yet.",
        ),
        "coverage.partial": both(
            "带上具体数字和材质，同一句话就有了证据。",
            "With the exact figure or material, the same sentence becomes evidence.",
        ),
        "coverage.misstated": both(
            "数字说错一次，后面要花好几句解释，还可能引来售后。",
            "One wrong figure costs several sentences later, and returns.",
        ),
    }
    return Advice(
        why=whys.get(finding.rule, whys["coverage.miss"]),
        better_line=point_line(point, scenario),
        drill=both(
            "看着商品卡把这句话说三遍，第四遍不看；再练时在前两分钟里说出来。",
            "Say this line three times from the product card, a fourth time without it; "
            "next time, say it in the first two minutes.",
        ),
    )


def _composure(finding: Finding, scenario: Scenario) -> Advice:
    point = lead_point(scenario)
    line = point_line(point, scenario)
    return Advice(
        why=both(
            "难听的话只占一条弹幕，其他人在等你接着讲。一句短的就够了。",
            "A hard line is one comment; everybody else is waiting for you to go on. One short sentence is enough.",
        ),
        better_line=f"谢谢提醒，咱们接着看：{line}"
        if scenario.language == "zh"
        else f"Thanks, noted. Back to it: {line}",
        drill=both(
            "找人念三条难听的弹幕，每条之后停一拍、接一句、10 秒内回到卖点。",
            "Have somebody read out three hard comments: breathe, one line, and back to the point within 10 seconds.",
        ),
    )


def _pacing(finding: Finding, scenario: Scenario) -> Advice:
    zh, line = scenario.language == "zh", point_line(lead_point(scenario), scenario)
    match finding.rule:
        case "pacing.dead_air":
            return Advice(
                why=both(
                    "刚进来的人平均只停留很短时间，空着的几秒最容易划走。",
                    "Newcomers leave first in empty seconds.",
                ),
                better_line=f"刚进来的朋友，我再说一遍：{line}"
                if zh
                else f"If you just joined, here it is again: {line}",
                drill=both(
                    "准备三句“垫话”：欢迎、重复卖点、问一个好答的问题。卡住时随便挑一句。",
                    "Keep three bridge lines ready: a welcome, a recap, an easy question. When stuck, take one.",
                ),
            )
        case "pacing.too_fast":
            return Advice(
                why=both("数字和卖点说快了，听的人记不住。", "Figures said fast are not remembered."),
                better_line=_price_line(scenario),
                drill=both(
                    "把这句按数字断开念五遍，每个数字后停半秒。",
                    "Say it five times with half a second after each figure.",
                ),
            )
        case "pacing.too_slow":
            return Advice(
                why=both("慢下来的地方观众容易走神。", "Viewers drift where the talk slows."),
                better_line=line,
                drill=both(
                    "计时 30 秒连着讲一个卖点，中间不停，录三遍听最顺的一遍。",
                    "Talk about one point for 30 s without a stop, three takes.",
                ),
            )
        case "pacing.fillers":
            return Advice(
                why=both(
                    "口头语密了会盖住卖点；安静半秒比口头语更稳。",
                    "Dense fillers cover the point; half a second of quiet is steadier.",
                ),
                better_line=line,
                drill=both(
                    "说这句话，想用口头语的地方改成闭嘴停一拍。",
                    "Say this line and close your mouth for a beat wherever a filler wants out.",
                ),
            )
    return _first_line(scenario, line)


def _first_line(scenario: Scenario, line: str) -> Advice:
    name = scenario.product.name
    welcome = f"欢迎新来的朋友，今天给大家看的是{name}：{line}"
    return Advice(
        why=both("第一句最难，说出来后面就顺了。", "The first sentence is the hardest; the rest follows it."),
        better_line=welcome if scenario.language == "zh" else f"Welcome in! Today I have the {name}: {line}",
        drill=both(
            "把这一句说出口三遍，大声一点。不用完美。", "Say this one line aloud three times. It need not be perfect."
        ),
    )


def _price_line(scenario: Scenario) -> str:
    price, zh = scenario.product.price, scenario.language == "zh"
    live, usual = f"{price.live:g}", f"{price.list:g}"
    if zh:
        return f"平时{usual}，今天直播间到手{live}。"
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(price.currency, "")
    return f"Usually {sign}{usual}. Today, right here, {sign}{live}."
