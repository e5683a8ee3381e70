"""What is to be practised by a rule, whatever one talk's figures, times and words: the overview counts files by it."""

from __future__ import annotations

from coach.score.scorecard import Text
from coach.score.structure_words import NAMES
from coach.score.wording import both

RULE_NAMES: dict[str, Text] = {
    "facts": both("说的事实和商品信息不一致", "Facts that differ from the product sheet"),
    "cadence.core": both("必讲卖点讲的遍数不够", "Core points not said often enough"),
    "cadence.same_sentence": both("同一句话说得太多", "One sentence too often"),
    "composure.language": both("回应里有该换掉的话", "Words to swap in answers"),
    "composure.return": both("回应之后没有马上回到商品", "Slow to come back to the product"),
    "handling.badly_answered": both("回应伤了人或说错了", "An answer hurt or was wrong"),
    "handling.below_floor": both("答应了低于底价的价格", "A price under the floor was agreed to"),
    "handling.defensive": both("对该忽略的话解释太多", "Too much said to what should be left alone"),
    "handling.fed_the_troll": both("跟黑粉、刷屏或离题的话杠上了", "Trolls, spam or off-topic lines were taken on"),
    "handling.sold_to_vulnerable": both("该先照顾的观众被推着买", "Somebody to look after was sold to"),
    "handling.took_bait": both("接了诱饵", "The bait was taken"),
    "handling.unanswered": both("发言没有接住", "Lines left without an answer"),
    "handling.weak": both("回应可以更好", "Answers that could be better"),
    "pacing.dead_air": both("冷场", "Silence"),
    "pacing.fillers": both("口头语太多", "Too many fillers"),
    "pacing.hesitation": both("卡在句子中间", "Stuck inside sentences"),
    "pacing.numbers_fast": both("数字说得太快", "Figures said too fast"),
    "pacing.runaway": both("越说越快", "Faster and faster"),
    "pacing.too_fast": both("说得偏快", "Too fast"),
    "pacing.too_slow": both("说得偏慢", "Too slow"),
    "structure.absent": both("有核心环节没听到", "Core stages that did not come"),
    "structure.few_calls": both("逼单时引导下单太少", "Too few calls to order in the close"),
    "structure.few_links": both("逼单时链接号报得太少", "The link's number too seldom in the close"),
    "structure.late": both("比计划晚", "Later than planned"),
    "structure.many_calls": both("还在讲品就催下单", "Calls to order while still explaining"),
    "structure.no_prompt": both("太久没有互动", "No prompt to viewers for long"),
    "structure.no_welcome": both("太久没有招呼新进来的人", "Nobody was welcomed for long"),
    "structure.overused": both("同一个说法用得太多", "One phrase too often"),
    "structure.quick_pass": both("换品太快", "Switched too soon"),
    **{
        f"structure.{stage}_short": both(f"{name.zh}讲得不完整", f"{name.en}: not whole")
        for stage, name in NAMES.items()
    },
}
"""By rule, or by family where all its rules say the same of different words."""


def name_of(rule: str, title: Text) -> Text:
    """Return what a rule's findings are called together; one whose title is the same in every talk keeps it."""
    return RULE_NAMES.get(rule) or RULE_NAMES.get(rule.partition(".")[0]) or title
