"""Words around a figure by what they do with it: turn it down, hand it over, make it the lowest. Data only."""

from __future__ import annotations

import re

AFTER = {
    "zh": re.compile(
        r"[^零一二两三四五六七八九十百千\d]{0,9}?(?:[做给卖拿开降让砍批走到够少抠拼]不|(?<!不是)不行(?!我|你)|不成|不可能|不可以|不卖|"
        r"成本|不够|怎么不|是?(?:去年|前年|上次|以前|那时|双十一)|能卖早|早就|没法|没办法|没有这|没这|差一点|差点|差了|差一截|太低|低了|亏死|真不|少了)"
    ),
    "en": re.compile(
        r" ?(?:(?:dollars|bucks|each|flat|is|its|s|would be|thats|even|i|really|just|honestly|a little|way|you) ){0,4}"
        r"(?:cant|cannot|can not|wont|wouldnt|couldnt|too (?:low|thin|tight|steep|little)|"
        r"not happening|no way|nope|no |not |id (?:get|lose|be)|"
        r"theyd|they would|doesnt|isnt|below|under|kills me|loses|would (?:get|lose|kill))"
    ),
}
"""What turns a figure down right after it."""
BEFORE = {
    "zh": re.compile(
        r"(?:不能|没法|做不到|做不了|给不了|给不到|不到|不可能|哪有|怎么可能|别说|你说的?|您说的?|你要|低于|等于|"
        r"要是|如果)"
        r"[^零一二两三四五六七八九十百千\d]{0,3}$"
    ),
    "en": re.compile(
        r" (?:cant|cannot|can not|wont|couldnt|wouldnt|not|never|no|below|under|lower than|less than|you said|"
        r"asked for|you want|go to|get to)"
        r"(?: (?:do|go|get|sell|give|make|take|it|you|to|at|for|as|low|that|a|be|down|the|even)){0,5} $"
    ),
}
"""The same before it."""
TROUBLE = {
    "zh": re.compile(
        r"亏死|赔本|(?<!别)(?<!不)骂我|要骂|扣工资|开除|炒了|(?:要|得|去)问(?:一下|问)?(?:老板|领导|公司|仓库)|请示|商量一下|下次|"
        r"下个月|改天"
    ),
    "en": re.compile(
        r" (?:have my head|get in trouble|get fired|lose my job|lose money|kill me|have to ask|got to ask|"
        r"next (?:week|time|month)|later|check back|wouldnt even cover|not my call|not up to me|"
        r"(?:but|so|then) no|sink us) "
    ),
}
"""What a price would bring about, or when it may come: no yes."""
LESS_BEFORE = {
    "zh": re.compile(r"(?:减|少|省|便宜|优惠|降|差|返|抹|低)(?:了|个|下|你|您|掉)?$"),
    "en": re.compile(r" (?:save|saving|saves|knocked|minus|another|extra) (?:you |another )?$"),
}
LESS_AFTER = {
    "zh": re.compile(r"块?(?:的)?(?:优惠|差价|差距)"),
    "en": re.compile(r" ?(?:dollars |bucks )?(?:off|less|cheaper) "),
}
ANCHORED = {
    "zh": re.compile(r"(?:正常|本来|原来|原本|原价|平时|日常|吊牌|页面|显示)(?:是|就是|卖|价|都是)?$"),
    "en": re.compile(
        r" (?:usually|normally|was|list|lists at|regular|retail|originally|page says|shows?) (?:is |its |at )?$"
    ),
}
"""Before a price that was, or is shown."""
GIVES = {
    "zh": re.compile(
        r"(?:块钱?|元)?(?:一[件个瓶盒支双条只])?(?:算了|好了|好吧|行吧|唉|哎)*(?:就|都|也)?(?:给[你您]|拿[走去]|卖[你您]|带走|成交)(?!吗|不)"
    ),
    "en": re.compile(
        r" ?(?:(?:dollars|bucks|each|flat|apiece|and|then|okay|ok) ){0,3}"
        r"(?:its yours|theyre yours|youve got it|you got it|take (?:it|them|em) |deal |sold |done |ill do it )"
    ),
}
"""What hands over at a figure, right after it: a yes whatever came before (别走, 四十五给你)."""
POSSESSIVE = re.compile(r"(?<=[a-z])['’]s\b")
"""Thirty-eight's below …"""
BOTTOM = {
    "zh": re.compile(r"(?:最低|最少|底价|顶多|最多)(?:能|就|我|给|到|做|是|只能|可以|你|您|让)*$"),
    "en": re.compile(
        r" (?:lowest|best|least|bottom|furthest) "
        r"(?:(?:price|that|i|we|can|could|will|ill|go|do|get|offer|you|is|be|would|give|at|to) ){0,7}$"
    ),
}
"""Before the lowest price one goes down to."""
NO_LESS = {
    "zh": re.compile(
        r"(?:块钱?|元)?(?:吧|了|啊)?(?:真的?|确实|我)?(?:不能再|没法再|再也?不能|再)(?:少|低|降|便宜|让)(?:不了|了|啦|一分|$)"
        r"|(?:块钱?|元)?一分(?:钱)?(?:都|也)?不能(?:再)?少"
    ),
    "en": re.compile(
        r" ?(?:dollars |bucks |and |but |i |really |just |we ){0,4}"
        r"(?:(?:cant|cannot|wont) (?:go|do) (?:any )?(?:lower|less)|not a (?:penny|cent|dollar) less)(?! than)"
    ),
}
"""The same after it."""
COUNTS = re.compile(r" ?(?:of (?:them|those|these|each)|pieces) ")
"""After a number of pieces."""
FOR_ALL = {"zh": re.compile(r"一共|总共|合计|拢共"), "en": re.compile(r"for (?:the pair|both|two)|the pair|total")}
