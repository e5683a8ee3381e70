"""Advice on what was done after a pressure event. Behaviour in words and seconds, never a feeling."""

from __future__ import annotations

from coach.score.advice_told import Maker, Told
from coach.score.material import Material
from coach.score.scorecard import Finding
from coach.score.wording import both

_DRILL = both(
    "找人念三条难听的弹幕，每条之后停一拍、接一句、10 秒内回到卖点。",
    "Have somebody read out three hard comments: breathe, one line, and back to the point within 10 seconds.",
)


def _language(finding: Finding, material: Material) -> Told:
    why = both(
        "难听的话只占一条弹幕，其他人在等你接着讲。一句短的就够了。",
        "A hard line is one comment; everybody else is waiting for you to go on. One short sentence is enough.",
    )
    line = material.lead_line()
    return Told(why, material.say(f"谢谢提醒，咱们接着看：{line}", f"Thanks, noted. Back to it: {line}"), _DRILL)


def _return(finding: Finding, material: Material) -> Told:
    why = both(
        "回到商品越快，那条弹幕就越快翻过去。",
        "The sooner you are back on the product, the sooner that comment is gone.",
    )
    line = material.lead_line()
    return Told(
        why, material.say(f"这个先放一放，咱们说回来：{line}", f"Let's leave that there. Where was I: {line}"), _DRILL
    )


def _gap(finding: Finding, material: Material) -> Told:
    why = both(
        "平静时你已经做得到，差的只是难听的话之后那二十秒。",
        "You can do it when it is calm; what differs is the twenty seconds after a hard comment.",
    )
    line = material.lead_line()
    return Told(why, material.say(f"好，咱们慢慢说：{line}", f"Right, one thing at a time: {line}"), _DRILL)


COMPOSURE: dict[str, Maker] = {
    "composure.language": _language,
    "composure.return": _return,
    "composure.gap": _gap,
}
