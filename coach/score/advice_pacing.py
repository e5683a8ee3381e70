"""Advice on delivery."""

from __future__ import annotations

from coach.score.advice_told import Maker, Told
from coach.score.material import Material
from coach.score.scorecard import Finding
from coach.score.wording import both


def _dead_air(finding: Finding, material: Material) -> Told:
    why = both("刚进来的人平均只停留很短时间，空着的几秒最容易划走。", "Newcomers leave first in empty seconds.")
    line = material.lead_line()
    drill = both(
        "准备三句“垫话”：欢迎、重复卖点、问一个好答的问题。卡住时随便挑一句。",
        "Keep three bridge lines ready: a welcome, a recap, an easy question. When stuck, take one.",
    )
    return Told(
        why, material.say(f"刚进来的朋友，我再说一遍：{line}", f"If you just joined, here it is again: {line}"), drill
    )


def _too_fast(finding: Finding, material: Material) -> Told:
    why = both("数字和卖点说快了，听的人记不住。", "Figures said fast are not remembered.")
    drill = both(
        "把这句按数字断开念五遍，每个数字后停半秒。", "Say it five times with half a second after each figure."
    )
    return Told(why, material.price_line(), drill)


def _too_slow(finding: Finding, material: Material) -> Told:
    why = both("慢下来的地方观众容易走神。", "Viewers drift where the talk slows.")
    drill = both(
        "计时 30 秒连着讲一个卖点，中间不停，录三遍听最顺的一遍。",
        "Talk about one point for 30 s without a stop, three takes.",
    )
    return Told(why, material.lead_line(), drill)


def _fillers(finding: Finding, material: Material) -> Told:
    why = both(
        "口头语密了会盖住卖点；安静半秒比口头语更稳。",
        "Dense fillers cover the point; half a second of quiet is steadier.",
    )
    drill = both(
        "说这句话，想用口头语的地方改成闭嘴停一拍。",
        "Say this line and close your mouth for a beat wherever a filler wants out.",
    )
    return Told(why, material.without_fillers(finding) or material.lead_line(), drill)


def _monotone(finding: Finding, material: Material) -> Told:
    why = both("一个速度听久了会走神，重点也显不出来。", "One speed lulls, and nothing stands out.")
    drill = both(
        "同一段话讲三遍：卖点正常，报价慢一半，最后一句快一点。",
        "Tell one passage three times: points as usual, the price at half speed, the last line quicker.",
    )
    return Told(why, material.price_line(), drill)


def _runaway(finding: Finding, material: Material) -> Told:
    why = both("越说越快多半自己察觉不到，听的人先掉队。", "Who runs away rarely notices; listeners are lost first.")
    drill = both(
        "讲两分钟，每讲完一个卖点就停一拍、吸一口气，再讲下一个。",
        "Talk for two minutes; after each point stop for a beat and breathe before the next.",
    )
    return Told(why, material.lead_line(), drill)


def _hesitation(finding: Finding, material: Material) -> Told:
    why = both(
        "停在句子中间像是不确定；停在句末就是从容。",
        "A stop inside a sentence sounds unsure; at its end it sounds calm.",
    )
    drill = both(
        "把这句先在心里说完再开口，中间不停，句末停一拍。",
        "Finish the sentence in your head first, say it without a stop, then pause for a beat.",
    )
    return Told(why, material.own_words(finding) or material.lead_line(), drill)


PACING: dict[str, Maker] = {
    "pacing.monotone": _monotone,
    "pacing.runaway": _runaway,
    "pacing.numbers_fast": _too_fast,
    "pacing.hesitation": _hesitation,
    "pacing.dead_air": _dead_air,
    "pacing.too_fast": _too_fast,
    "pacing.too_slow": _too_slow,
    "pacing.fillers": _fillers,
}
