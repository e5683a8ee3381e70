"""Chinese numbers: 八十九块九, 一百五十九, 两百, 百分之五十五, 89.9元, 3万, 一个半小时."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from coach.language.pack import load_pack
from coach.language.spans import LARGEST, NumberSpan

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_HAN = "零〇一二两俩三四五六七八九十百千万亿"
_TENTHS = "零〇一二三四五六七八九"
_ONE_DIGIT = "[一二三四五六七八九]"
"""After its last digit a numeral is over: 五十九一袋 is 59 and one bag, 一百二一支 120 each."""

_NUMBER = re.compile(
    rf"百分之(?P<percent>百|[{_HAN}]+(?:点[{_TENTHS}]+)?|\d+(?:\.\d+)?)"
    rf"|(?P<below>[{_HAN}]+)分之(?P<above>[{_HAN}]+)"
    r"|(?P<arabic>(?<![A-Za-z\d.])\d+(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z\d.])\d+(?:\.\d+)?)(?P<times>[万亿千百](?!分))?"
    r"|(?P<half>一半|半(?=个|小时|分钟|钟头|天|年|斤|价|瓶|袋|公斤))"
    rf"|(?P<han>[{_HAN}]*[十百千万零{_TENTHS[2:]}](?=[两俩](?![百千万亿]))|[{_HAN}]*[十百千万]零?{_ONE_DIGIT}(?=(?:{_ONE_DIGIT}|两)(?![十百千万亿点]))|[{_HAN}]+(?:点[{_TENTHS}]+)?)"
)
_NOT_A_NUMBER = re.compile(
    r"一二三四五?六?七?八?九?十?(?=[一二三四五六七八九十两])|一(?=[下样起定直些般边旦律致共切度路概时向眼步块会口家]|点(?![钟零一二三四五六七八九\d])|次性|方面|句话|大堆)|十分(?!之|钟)|万一|千万(?=别|不|要|记|得)|三三两两|七七八八|百分百"
)
_ORDINAL_BEFORE = re.compile(r"(?:第|周|星期|礼拜|(?<![一二两俩三四五六七八九十\d几每这那])双|初)$")
_ORDINAL_REACH = 4
"""More characters than any of these looks back over."""
_ARTICLE_BEFORE = re.compile(r"(?:统|唯|之|单|每|同|另|这|那|万|某)$")
_ROUGH_BEFORE = re.compile(
    r"(?:大概|大约|差不多|将近|接近|近|约|好像|不到|超过|记得是|可能|也就|上)(?:是|有|要|也就)?$"
)
_ROUGH_AFTER = re.compile(r"(?:多|几|来)(?![少看到吗])|(?:[^，。,.]{0,3})(?:左右|上下|出头)")
_ROUGH_MEASURE = re.compile(
    r"(?:公斤|千克|毫升|小时|分钟|厘米|个?月|[克斤两升米天年])(?:多|出头|左右|上下)(?![少看到吗])"
)
"""After a figure of any size: 八克多."""
_YEARS = re.compile(r"(?:19|20)\d\d|[一二][零〇九][零〇一二三四五六七八九]{2}")
_COUNTDOWN = ("三二一", "五四三二一", "二一")
_LATIN = re.compile(r"[a-z]")
_MEASURE = "个斤件条瓶盒袋支双套份箱米克只片"
_COUNTED = re.compile(r"\s*[多几来]?\s*(?P<word>(?![多几来一二两三四五六七八九十])[\u4e00-\u9fff])")
_ONE_OF = r"(?<!块一(?=[\u4e00-\u9fff])(?![包的了吧呢啊就给拿到行]))"
"""In 九十九块一正装 the 一 counts what follows."""
_JIAO = re.compile(
    rf"(?:块|元)(?P<jiao>[一二三四五六七八九\d])(?:(?:毛|角)(?P<fen>[一二三四五六七八九\d])?)?"
    rf"(?:(?=[一两][{_MEASURE}包台罐提对床副套])|(?![{_HAN}\d{_MEASURE}])){_ONE_OF}"
)
"""Tenths after 块: 八十九块九. In 八十九块九一盒 they end where one or two pieces are counted."""
_OF_TEN = re.compile(
    rf"(?P<liang>[一二三四五六七八九])两(?:(?P<qian>{_ONE_DIGIT})(?![十百千万亿点{_MEASURE}天])|(?=[重多，。,]|$))"
)
"""二两四: what follows the 两 is tenths of it; 三两个 counts, and is none."""
_LIANG = re.compile(r"斤(?P<liang>[一二两三四五六七八九])两")
_METRES = re.compile(r"米(?P<rest>[一二三四五六七八九零]?[一二三四五六七八九]|\d{1,2})(?![十百千万点.\d])")
"""一米七, 1米65: what follows is tenths or hundredths."""
_AND_A_HALF = re.compile(r"(?:个|年|斤|公斤|千克|天|块|米|倍|升|个月|小时)?半(?!价)")


_SPELLED_ONE = re.compile(rf"(?<=[{_TENTHS}])幺|幺(?=[{_TENTHS}幺])")
"""One, as it is called in digits read out one by one (三幺六); alone it is part of names."""
_LONGEST = 40
"""Characters of a numeral that are read; a recogniser that repeats itself makes longer ones."""


def parse_han(text: str) -> float:
    """Return the value of Chinese numerals such as 一百零五, 两千三, 二零二六, 四点六; `LARGEST` at most."""
    whole, _, tenths = text.partition("点")
    value = float(min(_parse_whole(whole[:_LONGEST]), LARGEST))
    if tenths:
        value += float("0." + "".join(str(_DIGITS[char]) for char in tenths))
    return value


def _parse_whole(text: str) -> int:
    if not any(char in _SMALL or char in _LARGE for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    last_unit = 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            last_unit = 10 if digit == 0 else last_unit
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit, last_unit = 0, _SMALL[char]
        else:
            total = (total + section + digit or 1) * _LARGE[char]
            section, digit, last_unit = 0, 0, _LARGE[char]
    # 一百五 is 150 and 两千三 is 2300: a bare last digit counts in tenths of the unit before it.
    return total + section + digit * (last_unit // 10 if last_unit > 10 else 1)


@lru_cache(maxsize=2048)
def read_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Return the numbers of a Chinese text, in order."""
    spans: list[NumberSpan] = []
    position = 0
    if "幺" in text:
        text = _SPELLED_ONE.sub("一", text)
    while found := _NUMBER.search(text, position):
        idiom = _NOT_A_NUMBER.match(text, found.start())
        if idiom:
            position = max(idiom.end(), found.start() + 1)
            continue
        span = _in_liang(text, found) or _span(text, found)
        position = max(found.end(), span.end if span else 0)
        if span:
            spans.append(span)
    return tuple(spans)


def _span(text: str, found: re.Match[str]) -> NumberSpan | None:
    kind = found.lastgroup
    if kind == "percent":
        value = 100.0 if found["percent"] == "百" else _value(found["percent"])
        return _made(text, found, value, unit="%")
    if kind == "above":
        return _made(text, found, parse_han(found["above"]) / (parse_han(found["below"]) or 1))
    if kind == "half":
        return _made(text, found, 0.5)
    if _is_no_count(text, found):
        return None
    if kind != "han":
        return _with_tail(text, found, _value(found["arabic"]) * _times(found["times"]))
    han = found["han"]
    if _is_between(han):
        return _made(text, found, (_DIGITS[han[0]] + _DIGITS[han[1]]) / 2, rough=True)
    return _with_tail(text, found, _value(han))


def _in_liang(text: str, found: re.Match[str]) -> NumberSpan | None:
    """Return a weight in 两, fifty grams each: 二两四 is 2.4 of them."""
    start = found.start()
    weight = _OF_TEN.match(text, start) if text[start + 1 : start + 2] == "两" and found["han"] else None
    if weight is None:
        return None
    value = _DIGITS[weight["liang"]] + (_DIGITS[weight["qian"]] / 10 if weight["qian"] else 0)
    rough = _is_rough(text, found, value)
    return NumberSpan(value, weight.start(), weight.end(), unit="g", scale=50.0, approximate=rough)


def _is_between(han: str) -> bool:
    """Return whether two neighbouring digits mean "seven or eight" (七八个)."""
    return len(han) == 2 and all(char in _DIGITS for char in han) and _DIGITS[han[1]] == _DIGITS[han[0]] + 1 > 1


def _value(text: str) -> float:
    return min(float(text.replace(",", "")), LARGEST) if text[0].isdecimal() else parse_han(text)


def _times(char: str | None) -> int:
    return (_SMALL | _LARGE).get(char or "", 1)


def _is_no_count(text: str, found: re.Match[str]) -> bool:
    """Return whether the numeral is an ordinal, a date name, a countdown or an article."""
    before = text[max(0, found.start() - _ORDINAL_REACH) : found.start()]
    han = found["han"]
    if _ORDINAL_BEFORE.search(before):
        return True
    if not han:
        return False
    if han in _COUNTDOWN or han in ("万", "亿", "千", "百"):
        return True
    doubled_verb = text[found.start() - 1 : found.start()] == text[found.end() : found.end() + 1] != ""  # 看一看
    return han == "一" and (doubled_verb or bool(_ARTICLE_BEFORE.search(before)))


def _with_tail(text: str, found: re.Match[str], value: float) -> NumberSpan:
    """Add what follows the numeral: 块九, 个半."""
    next_char = text[found.end() : found.end() + 1]
    money = _JIAO.match(text, found.end()) if next_char in ("块", "元") else None
    if money:
        return _made(text, found, _with_jiao(value, money), end=money.end(), unit="money")
    ounces = _LIANG.match(text, found.end()) if next_char == "斤" else None
    if ounces:  # 三斤二两 is 3.2 斤
        return _made(text, found, value + _DIGITS[ounces["liang"]] / 10)._replace(end=ounces.end())
    metres = _METRES.match(text, found.end()) if next_char == "米" else None
    if metres and value < 10:  # 一米一五 is 1.15 米
        digits = "".join(str(_DIGITS.get(char, char)) for char in metres["rest"])
        return _made(text, found, value + float(f"0.{digits}"))._replace(end=metres.end())
    half = _AND_A_HALF.match(text, found.end()) if "半" in text[found.end() : found.end() + 3] else None
    if half and len(half.group()) > 1:
        read = _made(text, found, value + 0.5, end=half.end())
        measured = load_pack("zh").units.get(half.group()[:-1])
        return read._replace(unit=measured[0], scale=measured[1]) if measured else read
    return _made(text, found, value)


def _with_jiao(value: float, money: re.Match[str]) -> float:
    cents = _value(money["jiao"]) * 10 + (_value(money["fen"]) if money["fen"] else 0)
    return round(value + cents / 100, 2)


def _made(
    text: str, found: re.Match[str], value: float, *, end: int | None = None, unit: str = "", rough: bool = False
) -> NumberSpan:
    stop = found.end() if end is None else end
    scale = 1.0
    if not unit:
        unit, scale = _unit(text, stop)
    if scale == 12 and _YEARS.fullmatch(text[found.start() : stop]):
        unit, scale = "", 1.0
    if unit == "discount" and value >= 10:  # 九五折 is 9.5 tenths of the price
        value /= 10
    if not unit and text[max(0, found.start() - 1) : found.start()] in ("¥", "￥"):
        unit = "money"
    return NumberSpan(
        value=value,
        start=found.start(),
        end=stop,
        unit=unit,
        scale=scale,
        approximate=rough or _is_rough(text, found, value),
    )


def _unit(text: str, stop: int) -> tuple[str, float]:
    """Return dimension and factor of the word after the number; `~word` for other counted things."""
    rest = _BEFORE_UNIT.sub("", text[stop : stop + 10]).lower()
    for word in _unit_words().get(rest[:1], ()):
        if rest.startswith(word) and not (word.isalnum() and word.isascii() and _LATIN.match(rest, len(word))):
            return load_pack("zh").units[word]
    counted = _COUNTED.match(text, stop)
    return (f"~{counted['word']}", 1.0) if counted else ("", 1.0)


_BEFORE_UNIT = re.compile(r"^\s*[多几来]?\s*")


@cache
def _unit_words() -> Mapping[str, tuple[str, ...]]:
    """Return the unit words by their first character, longest first."""
    words: dict[str, list[str]] = defaultdict(list)
    for word in sorted(load_pack("zh").units, key=len, reverse=True):
        words[word[0]].append(word)
    return {char: tuple(listed) for char, listed in words.items()}


def _is_rough(text: str, found: re.Match[str], value: float) -> bool:
    if _ROUGH_MEASURE.match(text, found.end()) or (value >= 10 and _ROUGH_AFTER.match(text, found.end())):
        return True
    if text[found.end() : found.end() + 4].endswith("左右") or text.startswith("几", max(0, found.start() - 1)):
        return True
    return bool(_ROUGH_BEFORE.search(text[max(0, found.start() - 6) : found.start()]))


def read_out(value: str) -> str:
    """Return how an Arabic numeral is read, e.g. "159" → 一百五十九, "89.9" → 八十九点九."""
    whole, _, tenths = value.replace(",", "").partition(".")
    read = _read_whole(int(whole or "0"))
    return read + ("点" + "".join("零一二三四五六七八九"[int(char)] for char in tenths) if tenths else "")


def _read_whole(number: int) -> str:
    for unit, size in (("亿", 100_000_000), ("万", 10_000)):
        if number >= size:
            rest = number % size
            gap = "零" if 0 < rest < size // 10 else ""
            return _read_whole(number // size) + unit + gap + (_read_whole(rest) if rest else "")
    read = ""
    is_gap = False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            read += ("零" if is_gap and read else "") + "零一二三四五六七八九"[digit] + unit
            is_gap = False
        else:
            is_gap = True
    return read.removeprefix("一") if read.startswith("一十") else read or "零"
