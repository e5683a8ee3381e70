"""How English live rooms say figures: $14.50, 20% off, 5'1", link #3, 24/7, 2x, 1/2, 8pm, RTX4090."""

from __future__ import annotations

import re

from audio.tts.rule import rule
from coach.language.numbers_en import read_out

_N = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_TO = r"\s?(?:-|–|—|~)\s?"
_MONEY = {
    "US$": ("dollar", "cent"),
    "$": ("dollar", "cent"),
    "€": ("euro", "cent"),
    "£": ("pound", "pence"),
    "¥": ("yuan", ""),
    "RMB": ("yuan", ""),
    "CNY": ("yuan", ""),
}
_SCALES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "bn": "billion", "B": "billion"}
_UNITS = {
    "kg": "kilo",
    "g": "gram",
    "mg": "milligram",
    "ml": "milliliter",
    "mL": "milliliter",
    "L": "liter",
    "km": "kilometer",
    "cm": "centimeter",
    "mm": "millimeter",
    "lbs": "pound",
    "lb": "pound",
    "oz": "ounce",
    "ft": "foot",
    "mph": "mile per hour",
    "hrs": "hour",
    "hr": "hour",
    "mins": "minute",
    "min": "minute",
    "secs": "second",
    "sec": "second",
    "mAh": "milliamp hour",
    "℃": "degree Celsius",
    "°C": "degree Celsius",
    "℉": "degree Fahrenheit",
    "°F": "degree Fahrenheit",
    "°": "degree",
    "x": "time",
    "k": "thousand",
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NEVER_MANY = {"thousand": "thousand", "foot": "feet", "yuan": "yuan", "pence": "pence"}
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - months read better in a row
)
_SHORT = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "tho": "though",
    "idk": "I don't know",
    "btw": "by the way",
    "rn": "right now",
    "nvm": "never mind",
    "ngl": "not gonna lie",
    "tbh": "to be honest",
    "imo": "in my opinion",
    "w/o": "without",
    "w/": "with",
    "b/c": "because",
    "vs": "versus",
    "approx": "approximately",
    "qty": "quantity",
    "ppl": "people",
    "bc": "because",
    "smh": "shaking my head",
    "ikr": "I know right",
    "ty": "thank you",
    "np": "no problem",
    "omg": "O M G",
    "lmao": "L M A O",
    "dm": "D M",
    "fyi": "F Y I",
}
_CHAT = "|".join(sorted(map(re.escape, _SHORT), key=len, reverse=True))
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_END = r"(?![A-Za-z\d])"


def _number(text: str) -> str:
    """Read a figure; with leading zeros (007) digit by digit."""
    whole = text.split(".")[0]
    if len(whole) > 1 and whole[0] == "0":
        return digits(text)
    return read_out(text)


def digits(text: str) -> str:
    """Read digit by digit."""
    return " ".join("point" if char == "." else read_out(char) for char in text if char.isdigit() or char == ".")


def _many(name: str, count: str) -> str:
    """Return the name of a unit for a count."""
    if count == "1":
        return name
    head, _, tail = name.partition(" ")
    return (_NEVER_MANY.get(head) or f"{head}s") + (f" {tail}" if tail else "")


def _money(match: re.Match[str]) -> str:
    major, minor = _MONEY[match["sign"].strip()]
    low, high, scale = match["low"], match["high"], match["scale"]
    if high or scale:
        amount = _number(low) + (f" to {_number(high)}" if high else "") + (f" {_SCALES[scale]}" if scale else "")
        return f"{amount} {_many(major, '2')}"
    whole, _, cents = low.partition(".")
    if len(cents) > 2 or not minor:
        cents = cents.rstrip("0")
        return f"{_number(f'{whole}.{cents}' if cents else whole)} {_many(major, low)}"
    return _dollars(whole, cents, major, minor)


def _dollars(whole: str, cents: str, major: str, minor: str) -> str:
    hundredths = str(int(cents.ljust(2, "0") or "0"))
    if hundredths == "0":
        return f"{_number(whole)} {_many(major, whole)}"
    if whole == "0":
        return f"{_number(hundredths)} {_many(minor, hundredths)}"
    bridge = " and" if int(hundredths) < 10 else ""
    tail = f" {_many(minor, hundredths)}" if bridge else ""
    return f"{_number(whole)} {_many(major, whole)}{bridge} {_number(hundredths)}{tail}"


def _price(match: re.Match[str]) -> str:
    """Read a bare 9.99 as prices are said: nine ninety nine."""
    whole, cents = _number(match["whole"]), match["cents"]
    return whole if cents == "00" else f"{whole} {_model_number('1' + cents).removeprefix('one ')}"


def _range(match: re.Match[str], unit: str) -> str:
    high = f" to {_number(match['high'])}" if match["high"] else ""
    return f"{_number(match['low'])}{high} {unit}"


def _measure(match: re.Match[str]) -> str:
    minus = "minus " if match["minus"] else ""
    unit = _many(_UNITS[match["unit"]], match["high"] or match["low"])
    return minus + _range(match, unit)


def year(text: str) -> str:
    """Read a year in pairs: 1999, 2026; 2005 is two thousand five."""
    first, last = text[:2], text[2:]
    if last == "00":
        return read_out(text) if first == "20" else f"{read_out(first)} hundred"
    if last[0] == "0":
        return read_out(text) if first == "20" else f"{read_out(first)} oh {read_out(last[1])}"
    return f"{read_out(first)} {read_out(last)}"


def ordinal(text: str) -> str:
    """Read 22 as twenty second."""
    *head, last = read_out(text).split()
    ended = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return " ".join([*head, ended])


def _date(match: re.Match[str]) -> str:
    return f"{_MONTHS[int(match['month']) - 1]} {ordinal(str(int(match['day'])))}, {year(match['year'])}"


def _clock(match: re.Match[str]) -> str:
    minute = int(match["minute"] or 0)
    half = " ".join(match["half"].replace(".", "").upper()) if match["half"] else ""
    said = read_out(str(int(match["hour"])))
    if minute:
        said += f" oh {read_out(str(minute))}" if minute < 10 else f" {read_out(str(minute))}"
    elif not half:
        said += " o'clock"
    return f"{said} {half}".strip()


def _feet(match: re.Match[str]) -> str:
    return f"{read_out(match['feet'])} foot {read_out(match['inches'])}"


def _fraction(match: re.Match[str]) -> str:
    above, below = match["above"], match["below"]
    if below == "2":
        return "one half" if above == "1" else f"{_number(above)} halves"
    if int(above) >= int(below):
        return f"{_number(above)} {_number(below)}"
    part = "quarter" if below == "4" else ordinal(below)
    return f"{_number(above)} {part}{'' if above == '1' else 's'}"


def _model(match: re.Match[str]) -> str:
    """Spell a name of letters and figures: iPhone15 → iPhone fifteen, RTX4090 → RTX forty ninety."""
    parts = re.findall(r"[A-Za-z]+|\d+", match.group())
    return " ".join(_model_number(part) if part[0].isdigit() else part for part in parts)


def _model_number(text: str) -> str:
    if len(text) <= 2 or text[1:].strip("0") == "":
        return _number(text)
    if len(text) > 4 or text[0] == "0":
        return digits(text)
    head, tail = text[:-2], text[-2:]
    return f"{read_out(head)} {digits(tail).replace('zero', 'oh') if tail[0] == '0' else read_out(tail)}"


def _drawn_out(match: re.Match[str]) -> str:
    """Shorten sooo to so and cooool to cool."""
    return re.sub(r"(?P<char>[A-Za-z])(?P=char){2,}", _shortened, match.group())


def _shortened(match: re.Match[str]) -> str:
    char = match["char"]
    return char if match.end() == len(match.string) and char.lower() not in "els" else char * 2


RULES = (
    rule(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", "the web address"),
    rule(
        r"(?<![A-Za-z\d])(?P<name>[A-Za-z][A-Za-z0-9\-]*)\.(?P<end>com|net|org|shop|io|co)(?![A-Za-z])",
        lambda match: f"{match['name']} dot {match['end']}",
    ),
    rule(
        r"(?<![\d.,])(?:\+?\d{1,2}[ -])?(?:\(\d{3}\) ?|\d{3}[ -])\d{3}-\d{4}(?!\d)"
        r"|(?<![\d.,])(?:\d{7,}|\d{3}-\d{4})(?![\d.,]\d|\d)",
        lambda match: digits(match.group()),
    ),
    rule(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)", _date
    ),
    rule(r"(?<!\d)(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])/(?P<year>(?:19|20)\d\d)(?!\d)", _date),
    rule(r"(?<![A-Za-z])X{2,4}[LS](?![A-Za-z])", lambda match: " ".join(match.group())),
    rule(
        r"(?<!\d)(?P<height>1\d\d)/(?P<width>\d{2,3})(?P<kind>[A-CYa-cy])(?![A-Za-z])",
        lambda match: f"{_model_number(match['height'])} {_model_number(match['width'])} {match['kind'].upper()}",
    ),
    rule(
        r"(?<![\d:.])(?P<hour>2[0-3]|1\d|0?\d):(?P<minute>[0-5]\d)(?![\d:])(?:\s?(?P<half>[aApP]\.?[mM]\b\.?))?",
        _clock,
    ),
    rule(r"(?<![\d:.])(?P<hour>1[0-2]|[1-9])(?P<minute>)\s?(?P<half>[aApP]\.?[mM]\b)", _clock),
    rule(
        r"(?<![\d:])(?P<a>\d{1,3}):(?P<b>\d{1,3})(?!\d)",
        lambda match: f"{read_out(match['a'])} to {read_out(match['b'])}",
    ),
    rule(r"(?<![\d.])(?P<feet>[3-8])['’](?P<inches>1[01]|\d)[\"”]?(?!\w)", _feet),
    rule(r"(?<![\d/.])(?P<above>[1-9]\d?)/(?P<below>[2-9]|[1-9]\d|100)(?![\d/])", _fraction),
    rule(
        rf"(?P<sign>(?:US\$|RMB|CNY|[$€£¥])\s?)(?P<low>{_N})(?:[-–—~][$€£¥]?(?P<high>{_N}))?"
        rf"(?:\s?(?P<scale>(?:[kKmMB]|bn){_END}))?",
        _money,
    ),
    rule(rf"(?P<low>{_N})(?:{_TO}(?P<high>{_N}))?\s?[%％](?!{_TO}\d)", lambda match: _range(match, "percent")),
    rule(rf"(?P<low>{_N})(?P<high>)\s?[%％]", lambda match: _range(match, "percent")),
    rule(r"(?<![\w])(?:#|[Nn]o\. ?)(?P<number>\d{1,4})(?!\d)", lambda match: f"number {_number(match['number'])}"),
    rule(r"(?<![\d.,])(?P<number>\d{1,3})(?:st|nd|rd|th)(?![A-Za-z])", lambda match: ordinal(match["number"])),
    rule(
        rf"(?P<minus>(?<![\w])-(?=\d+(?:\.\d+)?\s?(?:℃|℉|°)))?"
        rf"(?P<low>{_N})(?:{_TO}(?P<high>{_N}))?\s?(?P<unit>{_UNIT}){_END}",
        _measure,
    ),
    rule(r"(?<![A-Za-z\d])(?:[A-Za-z]+(?:-?\d+)|\d+-?[A-Za-z]+)(?:-?[A-Za-z\d]+)*(?!\.\d)", _model),
    rule(r"(?<![\d.,$€£¥])(?P<year>(?:19\d\d|20[0-4]\d))(?![\d.,%]\d|\d)", lambda match: year(match["year"])),
    rule(r"(?<=[\d%])\s?[-–—~]\s?(?=[\d$])", " to "),
    rule(r"\s?(?:—+|--+|(?<=\s)[-–](?=\s))\s?", ", "),
    rule(r"(?<=\d)\s?/\s?(?=[a-z])", " per "),
    rule(r"(?<=\w)/(?=\w)", " "),
    rule(r"(?<=\d)\s?[xX×*]\s?(?=\d)", " by "),
    rule(r"(?<=\d)\s?\+\s?(?=\d)", " plus "),
    rule(r"(?<=\d)\+", " plus"),
    rule(r"(?<![\w.,])(?P<whole>\d{1,3})\.(?P<cents>\d\d)(?![\d%]|\.\d)", _price),
    rule(rf"(?<=[A-Za-z]){_N}", lambda match: " " + _number(match.group())),
    rule(_N, lambda match: _number(match.group())),
    rule(rf"(?<![\w'’$])(?:{_CHAT})(?![\w'’/])", lambda match: _SHORT[match.group().lower()]),
    rule(r"\s?[&＆]\s?", " and "),
    rule(r"(?<=\w)@(?=\w)", " at "),
    rule(r"(?<=\d)\s?=\s?(?=\d)", " equals "),
    rule(r"[@#*_^`=|<>{}\[\]\\~·•]+", " "),
    rule(r"(?:\.{2,}|…+)", ","),
    rule(r"[!?]{2,}", lambda match: "?" if "?" in match.group() else "!"),
    rule(r",{2,}", ","),
    rule(rf"(?<![A-Za-z])[A-Za-z]*(?:{'|'.join(char * 3 for char in _LETTERS)})[A-Za-z]*", _drawn_out),
)
"""In order: the first that matches at a place words it."""
