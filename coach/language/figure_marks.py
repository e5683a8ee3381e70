"""Words around a figure that say what it is about, or that it is about something else."""

from __future__ import annotations

import re

SECONDS = {"sec": 1.0, "min": 60.0, "day": 86_400.0, "month": 2_592_000.0}
"""Durations are compared whatever they are counted in; a month is 30 days."""
CALENDAR = 0.04
"""A year is 360 such days: durations agree within that."""
TELLING = frozenset({"mg", "mcg", "db", "watt", "mah", "gsm", "pa", "volt", "lumen", "hz", "carat", "iu", "psi", "rpm"})
KINDS = dict.fromkeys(("~个", "~样", "~款", "~档", "~挡", "~类"), "~种")
"""Counters that count the same things; alone they count anything, so a line's own name must stand beside."""
MANY = 100
"""A count of times from which it is the product's (31000次震动), not how often somebody did something."""
NEVER = frozenset({"", "money", "discount", "times", "~点", "~the", "~", "~人", "~号", "~款", "~位"})
ROUGHLY = 0.2
BEFORE, AFTER = {"zh": 12, "en": 44}, {"zh": 8, "en": 30}
"""Characters of the clause on either side in which a topic's word may stand."""
SHOW = re.compile(
    r"(?:给我|等我|再等|接下来|过|播了?|聊了?|讲了?|倒计时|还有|最后|第|我才|试了|用了|戴了|穿了|吃了|喝了|买了|瘦了?|减了?|掉了?|胖了?|体重)\S{0,2}$"
    r"|\b(?:give me|stay|stick around|hang on|wait|next|within|back in|live for|been on|i've had|had it|had mine"
    r"|for the last|past|every|lost|lose|losing|gained?)(?: \w+){0,2} ?$"
)
"""What stands before a figure about the show or the streamer."""
RANGE = re.compile(r"\d\s*(?:to|-|–|~|到|至)\s*\d")
AGES = re.compile(
    r"from (?:\w+ )?(?:\d+|six|twelve|three|four)|and (?:up|older)"
    r"|over (?:\d+|six|twelve) (?:weeks|months)|月龄|周岁|个月以上|岁"
)
AGO = re.compile(
    r"(?:个?(?:分钟|小时|天|月|年|星期|周))?(?:前|之前|以前)"
    r"|\s?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago\b"
)
FROM = re.compile(r"\bfrom\b|\bat least\b|and (?:up|older)|以上|以下|满|起")
"""Lines about who may use it: a figure of somebody's own contradicts them only where use is granted."""
AT_MOST = re.compile(r"不超过|以内|以下|最多|最高|up to|at most|under|less than|within|max", re.IGNORECASE)
ONLY_UP_TO = re.compile(r"只能|最多|只有|最长|\bonly\b|\bat most\b|\bup to\b|\bmax\b")
NEARLY = 0.95
NOT_BELOW = re.compile(r"(?:以下|以内)(?:的?\S{0,4})?(?:不|别|勿|禁)|\bnot (?:for )?\S* ?\S* ?under\b")
OTHER_SHARE = re.compile(
    r"\s*(?:%|percent)?\s*(?:off\b|discount|of (?:you|the|my|our|people|them|all)|sure|certain|smaller|bigger|cheaper"
    r"|less|more|chance|honest|recommend|agree|positive|happy|true|real)"
    r"|\s*(?:%|percent)?(?:的(?:人|概率|观众|回购|好评|客户|粉丝)|优惠|折扣|返|退|利润|确定|肯定|放心|负责)"
)
AT_HEAT = re.compile(r"\bat $")
HEATS = re.compile(r"\b(?:wash|washed|washing|bake|roast|oven|iron|laundry)\b")
"""Words beside which a bare figure after "at" is a temperature (wash them at sixty)."""
TIGHT = {"zh": 6, "en": 14}
"""Characters between a topic's word and a figure that is another line's: they must stand side by side."""
OF_PEOPLE = frozenset({"duration", "~岁", "~周", "~月"})
"""Dimensions in which sheets say from what age a product is."""
CLOSE = 3
OTHER_COUNT = 20
"""A count so many times the sheet's counts something else (stock, viewers)."""
ENDLESS = {
    "zh": re.compile(r"终身|终生|永久|一辈子|永不过期|永远不坏|无限期|永远有效"),
    "en": re.compile(
        r"\b(?:lifetime|for life|for the life of|as long as you live|forever"
        r"|never expires?|indefinitely|your whole life|no time limit|any time you want)\b"
    ),
}
LASTS = frozenset(["lasts", "last", "keeps", "keep", "用"])
"""Verbs of lasting that say nothing of what lasts."""
ANY_AGE = {
    "zh": re.compile(r"没有年龄限制|多大都[能行可]|不限年龄|几岁都[能行可]|刚出生就能|一出生就能"),
    "en": re.compile(r"\b(?:any age|no age limit|all ages|no minimum age)\b"),
}
THERE_ARE = {
    "zh": re.compile(r"(?:就是?|一共是?|总共是?|里面|里头|有|装|一盒|一份|全是|是|含)[^，。]{0,2}$"),
    "en": re.compile(
        r"\b(?:there's|there are|has|have|comes? with|it's|got|gets?|a total of|full|includes?|holds|makes|contains?)"
        r"(?: \w+){0,2} $"
    ),
}
ORDERS = {
    "zh": re.compile(r"拍|买|下单|要了|来|带|拿|给你|多少钱|组合|一起|块|元|折|送|赠|剩|库存|卖了|发"),
    "en": re.compile(
        r"\b(?:buy|bought|order|ordered|take|grab|dollars?|bucks|left|stock|sold|deal|price|each|i've got|i have)\b"
    ),
}
UNIT_WORD = {
    "zh": re.compile(r"(?:个?(?:分钟|小时|钟头|星期|月|毫米|厘米|公分|毫升|公斤|分贝|毫克)|[\u4e00-\u9fff])"),
    "en": re.compile(r"\s?[a-z%]+", re.IGNORECASE),
}
"""What a figure counts, right after it."""
