"""What an author most likely meant: near words, numbers with a unit, dates in other spellings. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from rapidfuzz import fuzz, process

_NEAR = 60
"""Likeness in percent from which a word is offered."""
_SURE = 75
"""Likeness from which a typo is put right without asking, if nothing else comes within `_APART` of it."""
_APART = 15
_NUMBER = re.compile(
    r"(?P<sign>-?)[$¥￥€£]?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>元|块|块钱|圆|rmb|cny|usd|eur|gbp|hkd|sgd|dollars?|bucks|"
    r"s|secs?|seconds?|秒钟?|m|mins?|minutes?|分钟?|分|%|个|件|人|份|岁)?",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"(?P<whole>\d+)块(?P<tenth>\d)")
"""19块9 is 19.9."""
_CLOCK = re.compile(r"(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)")
_MINUTES = {"m", "min", "mins", "minute", "minutes", "分", "分钟"}
_SECONDS = {"s", "sec", "secs", "second", "seconds", "秒", "秒钟"}
_DATE = re.compile(r"(?P<y>20\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?(?:[T ]\d.*)?")
_DATE_SOLID = re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_YES = {"true", "yes", "on", "y", "1", "是", "对", "有"}
_NO = {"false", "no", "off", "n", "0", "否", "不", "没有", "无"}

ALSO: dict[str, str] = {
    "砍价": "haggler",
    "还价": "haggler",
    "比价": "price_comparer",
    "质疑": "product_skeptic",
    "质疑品质": "product_skeptic",
    "质疑真伪": "trust_skeptic",
    "假货": "trust_skeptic",
    "杠精": "contrarian",
    "黑粉": "troll",
    "刷屏": "spammer",
    "离题": "derailer",
    "骚扰": "derailer",
    "售后": "angry_returner",
    "投诉": "angry_returner",
    "急躁": "impatient",
    "诱饵": "bait",
    "合规": "bait",
    "冷场": "low_room",
    "善意": "friendly",
    "粉丝": "friendly",
    "特殊": "special_care",
    "skeptic": "product_skeptic",
    "comparer": "price_comparer",
    "returner": "angry_returner",
    "fan": "friendly",
    "弹幕": "chat",
    "打字": "chat",
    "text": "chat",
    "语音": "voice",
    "audio": "voice",
    "都有": "both",
    "男": "male",
    "女": "female",
    "m": "male",
    "f": "female",
    "zh": "zh-CN",
    "zh_cn": "zh-CN",
    "中文": "zh-CN",
    "en": "en-US",
    "en_us": "en-US",
    "english": "en-US",
    "英文": "en-US",
    "rmb": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "yuan": "CNY",
    "必讲": "P0",
    "应讲": "P1",
    "must": "P0",
    "should": "P1",
    "may": "P2",
    "bargainer": "haggler",
    "报价": "price_said",
    "报价后": "price_said",
    "讲到卖点": "point_covered",
    "practice": "rehearsal",
    "false": "off",
    "no": "off",
    "true": "sparse",
    "on": "sparse",
    "yes": "sparse",
    "编号": "id",
    "创建": "created",
    "日期": "created",
    "过期": "expires",
    "作者": "author",
    "心理价": "price_limit",
    "心理价位": "price_limit",
    "需要证据": "evidence_needed",
    "违规话": "claim",
    "时间": "at_sec",
    "压力": "pressure",
    "用意": "intent",
    "语言": "locale",
    "标题": "title",
    "品类": "category",
    "难度": "difficulty",
    "时长": "duration_sec",
    "商品": "product",
    "名字": "name",
    "名称": "name",
    "价格": "price",
    "平时价": "list",
    "原价": "list",
    "直播价": "live",
    "底价": "floor",
    "币种": "currency",
    "赠品": "gifts",
    "库存": "stock",
    "资料": "facts",
    "卖点": "selling_points",
    "观众": "viewers",
    "类型": "type",
    "耐心": "patience",
    "台词": "lines",
    "阶段": "stages",
    "安排": "events",
    "目标": "goals",
    "points": "selling_points",
    "persona": "type",
    "duration": "duration_sec",
    "lang": "locale",
    "language": "locale",
}
"""Other words that authors use for keys and values of a scenario, in folded spelling."""

INTENTS: dict[str, str] = {
    "打招呼": "greet",
    "开场": "open",
    "开口": "open",
    "提问": "ask",
    "问": "ask",
    "逼": "push",
    "逼问": "push",
    "追问": "push",
    "质疑": "doubt",
    "下套": "bait",
    "起哄": "heckle",
    "冷场": "silence",
    "松口": "soften",
    "答应": "accept",
    "下单": "buy",
    "离开": "leave",
    "夸": "praise",
    "道谢": "thank",
    "haggle": "push",
}
"""Other words for what a line does; some of them are types of viewers too."""


CATEGORIES: dict[str, str] = {
    "服饰": "apparel",
    "服装": "apparel",
    "女装": "apparel",
    "男装": "apparel",
    "鞋包": "apparel",
    "美妆": "beauty",
    "护肤": "beauty",
    "食品": "food",
    "零食": "food",
    "生鲜": "food",
    "家居": "home",
    "家纺": "home",
    "日用": "home",
    "数码": "electronics",
    "家电": "electronics",
    "健康": "health",
    "保健": "health",
}
"""Chinese names of trades. Other words in Latin letters are trades of an author's own."""


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the nearest known word, None if none is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return str(found[0]) if found else None


def meant(word: str, known: Sequence[str]) -> str | None:
    """Return the one known word that is surely meant: another case, another name, or a typo with one near match."""
    folded = {_fold(one): one for one in known}
    if (same := folded.get(_fold(word))) is not None:
        return same
    plain = unicodedata.normalize("NFKC", word).strip().casefold()
    other = next((words[plain] for words in (ALSO, INTENTS) if words.get(plain) in known), None)
    if other is not None:
        return other
    found = process.extract(word, list(known), scorer=fuzz.ratio, limit=2)
    if not found or found[0][1] < _SURE:
        return None
    return str(found[0][0]) if len(found) < 2 or found[0][1] - found[1][1] >= _APART else None


def number(text: str, *, whole: bool = False, seconds: bool = False, percent_of: float | None = None) -> float | None:
    """Return the number a text says: `¥19.9`, `19块9`, `1,299`, `５`, `3 min` or `1:30` where seconds are wanted.

    Args:
        text: As the author wrote it.
        whole: Whether only a whole number will do.
        seconds: Whether it is a time, so that minutes count sixty.
        percent_of: What 100 % is; None where a percent sign makes no sense.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if seconds and (clock := _CLOCK.fullmatch(plain)) is not None:
        return 60.0 * int(clock["minutes"]) + int(clock["seconds"])
    if (blocks := _BLOCKS.fullmatch(plain)) is not None:
        value, unit = float(f"{blocks['whole']}.{blocks['tenth']}"), "块"
    elif (found := _NUMBER.fullmatch(plain)) is not None:
        value, unit = float(found["sign"] + found["number"].replace(",", "")), (found["unit"] or "").casefold()
    else:
        return None
    if unit in _MINUTES | _SECONDS and not seconds:
        return None
    if unit == "%" and percent_of is None:
        return None
    value *= 60 if unit in _MINUTES else (percent_of or 0) / 100 if unit == "%" else 1
    return None if whole and value != int(value) else value


def day(text: str) -> str | None:
    """Return a date as `2026-11-22` where year, month and day stand in that order, else None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.fullmatch(plain) or _DATE_SOLID.fullmatch(plain)
    if found is None:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
    except ValueError:
        return None


def truth(text: str) -> str | None:
    """Return `true` or `false` for a word that means it, else None."""
    word = text.strip().casefold()
    return "true" if word in _YES else "false" if word in _NO else None


def slug(text: str) -> str:
    """Return an id made from a text: lower-case letters, digits and dashes; empty if nothing of it can stay."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_]+", "-", plain)).strip("-_")[:64]


def _fold(word: str) -> str:
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFKC", word).casefold())
