"""How Chinese live rooms say figures: ¥89.9, 9.9包邮, 5折, 165/88A, 10-15天, 3号链接, 666."""

from __future__ import annotations

import re

from audio.tts.rule import rule
from coach.language.numbers_zh import read_out

_N = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_TO = r"\s?(?:-|–|—|~|～|至|到)\s?"
_DIGITS = "零一二三四五六七八九"
_MONEY = {
    "US$": "美元",
    "HK$": "港币",
    "$": "美元",
    "€": "欧元",
    "£": "英镑",
    "¥": "元",
    "RMB": "元",
    "CNY": "元",
}
_UNITS = {
    "kg": "公斤",
    "KG": "公斤",
    "Kg": "公斤",
    "mg": "毫克",
    "g": "克",
    "ml": "毫升",
    "mL": "毫升",
    "ML": "毫升",
    "L": "升",
    "l": "升",
    "km": "公里",
    "cm": "厘米",
    "CM": "厘米",
    "mm": "毫米",
    "m": "米",
    "mAh": "毫安时",
    "℃": "度",
    "°C": "度",
    "°": "度",
    "h": "小时",
    "min": "分钟",
    "s": "秒",
    "V": "伏",
    "w": "万",
    "W": "瓦",
    "k": "千",
    "x": "倍",
    "X": "倍",
    "㎡": "平方米",
    "m²": "平方米",
    "Hz": "赫兹",
    "kHz": "千赫",
    "MHz": "兆赫",
    "GHz": "吉赫",
    "MB": "兆",
    "GB": " G",
    "TB": " T",
    "dB": "分贝",
    "kW": "千瓦",
    "Pa": "帕",
    "oz": "盎司",
    "lb": "磅",
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MEASURE = "个件条瓶盒袋支双套份箱米克只片块斤倍张位次天年周杯本包把台部单种样盘罐桶串根对分秒小毛元人口"
"""Measure words before which a lone 2 is said 两."""
_COUNTED = rf"[{_MEASURE}万亿千百十折度号楼层月日级码点%％]"
_LETTER = "A-Za-z"
_SHORT = {
    "yyds": "永远的神",
    "xswl": "笑死我了",
    "awsl": "啊我死了",
    "u1s1": "有一说一",
    "zqsg": "真情实感",
    "nsdd": "你说得对",
    "plz": "拜托",
}
"""What a chat writes by first letters and says in full."""
_VULGAR = {"½": "二分之一", "¼": "四分之一", "¾": "四分之三", "⅓": "三分之一", "⅔": "三分之二"}
_CHAT = "|".join(f"{word}|{word.upper()}" for word in _SHORT)


def _number(text: str) -> str:
    """Read a figure; with leading zeros (007) digit by digit."""
    whole = text.split(".")[0]
    return digits(text) if len(whole) > 1 and whole[0] == "0" else read_out(text)


def digits(text: str, one: str = "一") -> str:
    """Read digit by digit."""
    named = {str(value): name for value, name in enumerate(_DIGITS)} | {"1": one, ".": "点"}
    return "".join(named.get(char, "") for char in text)


def _money(match: re.Match[str]) -> str:
    unit = _MONEY[match["sign"].strip()]
    scale = match["scale"] or ""
    scale = _UNITS.get(scale, scale)
    high = f"到{_price(match['high'])}" if match["high"] else ""
    return f"{_price(match['low'])}{high}{scale}{unit}"


def _price(text: str) -> str:
    """Read an amount without the noughts at its end: 89.90 is 八十九点九."""
    whole, _, cents = text.partition(".")
    cents = cents.rstrip("0")
    return _number(f"{whole}.{cents}" if cents else whole)


def _kuai(match: re.Match[str]) -> str:
    return f"{read_out(match['whole'])}块{digits(match['jiao'])}"


def _percent(match: re.Match[str]) -> str:
    low = "百分之百" if match["low"] == "100" and not match["high"] else f"百分之{_number(match['low'])}"
    return f"{low}到{_number(match['high'])}" if match["high"] else low


def _grade(match: re.Match[str]) -> str:
    """Read what follows 米 or 块: 一米七五, 十九块九."""
    return digits(match.group().removesuffix("0"))


def _month_day(match: re.Match[str]) -> str:
    return f"{read_out(str(int(match['month'])))}月{read_out(str(int(match['day'])))}日"


def _hash(match: re.Match[str]) -> str:
    return f"{_number(match['number'] or match['shade'])}号"


def _vulgar(match: re.Match[str]) -> str:
    part = _VULGAR[match["part"]]
    return f"{_number(match['whole'])}又{part}" if match["whole"] else part


def _measure(match: re.Match[str]) -> str:
    count = match["count"]
    low = f"零下{_number(count)}" if match["minus"] else "两" if count == "2" else _number(count)
    high = f"到{_number(match['high'])}" if match["high"] else ""
    return f"{low}{high}{_UNITS[match['unit']]}"


def _discount(match: re.Match[str]) -> str:
    return digits(match["tenths"].replace(".", "")) + "折"


def _date(match: re.Match[str]) -> str:
    month, day = int(match["month"]), int(match["day"])
    return f"{digits(match['year'])}年{read_out(str(month))}月{read_out(str(day))}日"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    said = "两点" if hour == 2 else f"{read_out(str(hour))}点"
    if minute == 30:
        return said + "半"
    return said + (("零" if minute < 10 else "") + read_out(str(minute)) + "分" if minute else "")


def _fraction(match: re.Match[str]) -> str:
    return f"{read_out(match['below'])}分之{read_out(match['above'])}"


def _model(match: re.Match[str]) -> str:
    """Spell a name of letters and figures: iPhone15 → iPhone 十五, RTX4090 → RTX 四零九零."""
    parts = re.findall(r"[A-Za-z]+|\d+", match.group())
    return " ".join(_model_number(part) if part[0].isdigit() else part for part in parts)


def _model_number(text: str) -> str:
    is_round = len(text) <= 2 or text[1:].strip("0") == ""
    return _number(text) if is_round else digits(text)


def _same(match: re.Match[str]) -> str:
    return digits(match.group()[:4])


RULES = (
    rule(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", "网址"),
    rule(
        rf"(?<![{_LETTER}\d])(?P<name>[A-Za-z][A-Za-z0-9\-]*)\.(?P<end>com|cn|net|org|shop|top|vip)(?![{_LETTER}])",
        lambda match: f"{match['name']} 点 {match['end']}",
    ),
    # Telephone and order numbers; a count that long has a unit or commas.
    rule(
        rf"(?<![\d.,])(?:0\d{{2,3}}-\d{{7,8}}|[48]00-?\d{{3}}-?\d{{4}}|1[3-9]\d-?\d{{4}}-?\d{{4}}|\d{{7,}}(?!{_COUNTED}))(?![\d.])",
        lambda match: digits(match.group(), "幺"),
    ),
    rule(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)", _date
    ),
    rule(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=[年款届版])", lambda match: digits(match["year"])),
    rule(r"(?<![\d:.])(?P<hour>2[0-3]|1\d|0?\d)[:：](?P<minute>[0-5]\d)(?![\d:：])", _clock),
    rule(
        r"(?<![\d:])(?P<a>\d{1,3})[:：](?P<b>\d{1,3})(?!\d)",
        lambda match: f"{read_out(match['a'])}比{read_out(match['b'])}",
    ),
    rule(r"(?<![A-Za-z])X{2,4}[LS](?![A-Za-z])", lambda match: " ".join(match.group())),
    rule(
        r"(?<!\d)(?P<height>1\d\d)/(?P<width>\d{2,3})(?P<kind>[A-CYa-cy])(?![A-Za-z])",
        lambda match: f"{digits(match['height'])} {digits(match['width'])}{match['kind'].upper()}",
    ),
    rule(r"(?<![\d/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>1[3-9]|2\d|3[01]|(?<=11/)11|(?<=12/)12)(?![\d/.])", _month_day),
    rule(r"(?<![\d/.])24/7(?![\d/])", "七天二十四小时"),
    rule(r"(?<![\d/.])(?P<above>[1-9]\d?)/(?P<below>[1-9]\d?|100)(?![\d/])", _fraction),
    rule(r"(?<![\d/.])(?P<got>\d\.\d)/(?:5|10)分?(?![\d/])", lambda match: f"{_number(match['got'])}分"),
    rule(r"(?P<whole>\d{1,3})?\s?(?P<part>[½¼¾⅓⅔])", _vulgar),
    rule(rf"(?P<stars>{_N})\s?[★⭐]", lambda match: f"{_number(match['stars'])}星"),
    rule(
        r"满\s?(?P<least>\d+)\s?[-–—]\s?(?P<off>\d+)",
        lambda match: f"满{read_out(match['least'])}减{read_out(match['off'])}",
    ),
    rule(
        rf"(?P<sign>(?:US\$|HK\$|RMB|CNY|[$€£¥])\s?)(?P<low>{_N})(?:[-–—~～至到][$€£¥]?(?P<high>{_N}))?"
        rf"(?P<scale>[万千亿wk](?![{_LETTER}]))?(?:元|块钱?)?",
        _money,
    ),
    rule(rf"(?P<low>{_N})(?:{_TO}(?P<high>{_N}))?\s?[%％](?!\s?{_TO}\d)", _percent),
    rule(rf"(?P<low>{_N})\s?[%％](?P<high>)", _percent),
    # Fineness of gold and silver, years of birth, what is left out after 米 and 块.
    rule(r"(?<![\d.])(?P<karat>\d{1,2})[kK](?=[黄白彩玫]?[色瑰]?金)", lambda match: f"{_number(match['karat'])}K"),
    rule(r"(?<![\d.])(?:925|990|999)(?=[纯足]?银|[纯足黄]?金)", lambda match: digits(match.group())),
    rule(r"(?<!\d)[5-9]0(?=后)", lambda match: digits(match.group())),
    rule(rf"(?<=\d[米块])\d\d(?![\d.]|{_COUNTED})", _grade),
    rule(r"(?<![\d.])(?P<whole>\d+)\.(?P<jiao>\d)0?(?=包邮|块钱|秒杀|到手)(?:块钱)?", _kuai),
    rule(r"(?<![\d.])(?P<amount>\d+(?:,\d{3})*\.\d+)(?=元|块)", lambda match: _price(match["amount"])),
    rule(r"(?<![\d.])(?P<tenths>[1-9](?:\.?\d)?)折", _discount),
    rule(r"(?<![\d.])3\.8(?=节|大促|女神)", "三八"),
    rule(r"(?<![\d.])11\.11(?![\d元块])", "双十一"),
    rule(r"(?<![\d.])12\.12(?![\d元块])", "双十二"),
    rule(r"(?<![\d.])618(?=大促|活动|年中|期间|$|[，。！？,.!?\s])", "六一八"),
    rule(
        rf"(?P<minus>(?<![{_LETTER}\d])-(?=\d+(?:\.\d+)?\s?(?:℃|°C)))?"
        rf"(?P<count>{_N})(?:{_TO}(?P<high>{_N}))?\s?(?P<unit>{_UNIT})(?:(?![{_LETTER}\d])|(?=[xX]\d))",
        _measure,
    ),
    rule(rf"(?<![{_LETTER}\d])(?:{_CHAT})(?![{_LETTER}\d])", lambda match: _SHORT[match.group().lower()]),
    rule(r"[Nn][Oo]\.\s?(?=\d)", "第"),
    # Before the names of models, so that no part of them is taken for a range.
    rule(
        rf"(?<![{_LETTER}\d])(?!\d+[xX]\d)(?:[{_LETTER}]+(?:-?\d+)|\d+-?[{_LETTER}]+)(?:-?[{_LETTER}\d]+)*(?!\.\d)",
        _model,
    ),
    # What a chat means by figures alone.
    rule(r"(?<![\d.])23{2,}(?!\d)", "哈哈哈"),
    rule(r"(?<![\d.])5{3,}(?=$|[^\d.])(?!" + _COUNTED + ")", "呜呜呜"),
    rule(r"(?:(?<=^)|(?<=[，。！？,.!?\s]))88(?=$|[，。！？,.!?\s了啦])", "拜拜"),
    rule(r"(?<![\d.])(?:520|1314|5201314)(?![\d.]|" + _COUNTED + ")", lambda match: digits(match.group())),
    rule(
        r"(?<![\d.])(?:6{3,}|1{3,}|2{3,}|3{3,}|4{3,}|7{3,}|8{3,}|9{3,}|0{3,})(?![\d.]|" + _COUNTED + ")",
        _same,
    ),
    rule(rf"(?<![\d.第])2(?=[多来]?[{_MEASURE}万千亿]|点(?!\d))(?!分之)", "两"),
    rule(r"(?<=[\d万千百%％点号元块岁])\s?[-–—~～]\s?(?=\d)", "到"),
    rule(r"#(?P<number>\d{1,4})(?![\d#])|(?<![A-Za-z\d#])(?P<shade>\d{1,4})#(?![A-Za-z\d])", _hash),
    rule(r"(?:(?<=[\d\u4e00-\u9fff])|(?<=\d[lLgm])|(?<=[cmk][mg])|(?<=m[lL]))\s?[×*]\s?(?=\d)", "乘"),
    rule(r"(?:(?<=\d)|(?<=\d[lLgm])|(?<=[cmk][mg])|(?<=m[lL]))\s?[xX]\s?(?=\d)", "乘"),
    rule(r"(?<![\w%％)）])[-−](?=\d)", "负"),
    rule(r"(?<![\w%％)）])\+(?=\d)", "加"),
    rule(r"(?<=\d)\s?=\s?(?=\d)", "等于"),
    rule(rf"(?<=[\d\u4e00-\u9fff{_LETTER}+])\s?\+\s?", "加"),
    rule(_N, lambda match: _number(match.group())),
    rule(rf"(?<=[元块角分\d{_LETTER}克升米])/(?=[\u4e00-\u9fff])", "每"),
    rule(r"/", " "),
    rule(r"[&＆]", "和"),
    rule(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "，"),  # a chat's comma
    rule(r"[@#*_^`=|<>{}\[\]\\~～·•★⭐]+", " "),
    rule(r"(?:\.{2,}|。{2,}|…+|—{2,})", "，"),
    rule(r"[!?！？]{2,}", lambda match: "？" if "?" in match.group() or "？" in match.group() else "！"),
    rule(r"[,，]{2,}", "，"),
    rule("|".join(f"{char}{{5,}}" for char in "哈呵嘿嘻啊呜哇嗯哦冲顶退"), lambda match: match.group()[:4]),
)
"""In order: the first that matches at a place words it."""
