"""How English live rooms say figures: $14.50, 20% off, 5'1", link #3, 24/7, 2x, 1/2, 8pm, RTX4090."""

from __future__ import annotations

import re

from audio.tts.days_en import DAYS
from audio.tts.fractions_en import FRACTIONS
from audio.tts.numerals_en import N, digits, number, ordinal, year
from audio.tts.rule import rule
from audio.tts.units_en import END, PER, UNIT, UNITS, many
from coach.language.numbers_en import read_out

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


def _money(match: re.Match[str]) -> str:
    major, minor = _MONEY[match["sign"].strip()]
    low, high, scale = match["low"], match["high"], match["scale"]
    if high or scale:
        amount = number(low) + (f" to {number(high)}" if high else "") + (f" {_SCALES[scale]}" if scale else "")
        return f"{amount} {many(major, '2')}"
    whole, _, cents = low.partition(".")
    if len(cents) > 2 or not minor:
        cents = cents.rstrip("0")
        return f"{number(f'{whole}.{cents}' if cents else whole)} {many(major, low)}"
    return _dollars(whole, cents, major, minor)


def _dollars(whole: str, cents: str, major: str, minor: str) -> str:
    hundredths = str(int(cents.ljust(2, "0") or "0"))
    if hundredths == "0":
        return f"{number(whole)} {many(major, whole)}"
    if whole == "0":
        return f"{number(hundredths)} {many(minor, hundredths)}"
    bridge = " and" if int(hundredths) < 10 else ""
    tail = f" {many(minor, hundredths)}" if bridge else ""
    return f"{number(whole)} {many(major, whole)}{bridge} {number(hundredths)}{tail}"


def _price(match: re.Match[str]) -> str:
    """Read a bare 9.99 as prices are said: nine ninety nine."""
    whole, cents = number(match["whole"]), match["cents"]
    return whole if cents == "00" else f"{whole} {_model_number('1' + cents).removeprefix('one ')}"


def _range(match: re.Match[str], unit: str) -> str:
    high = f" to {number(match['high'])}" if match["high"] else ""
    return f"{number(match['low'])}{high} {unit}"


def _measure(match: re.Match[str]) -> str:
    minus = "minus " if match["minus"] else ""
    unit = many(UNITS[match["unit"]], match["high"] or match["low"])
    return minus + _range(match, unit)


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


def _karat(match: re.Match[str]) -> str:
    return f"{number(match['karat'])} karat"


def _tenths(match: re.Match[str]) -> str:
    unit = f" {many(UNITS[match['unit']], '2')}" if match["unit"] else ""
    return f"point {digits(match['tenths'])}{unit}"


def _by(match: re.Match[str]) -> str:
    """Read 30cm x 40cm as by, 2L x 3 as times."""
    sized = re.match(rf'{N}\s?(?:{UNIT}|in|["”])', match.string[match.end() :])
    return " by " if sized else " times "


def _model(match: re.Match[str]) -> str:
    """Spell a name of letters and figures: iPhone15 → iPhone fifteen, RTX4090 → RTX forty ninety."""
    parts = re.findall(r"[A-Za-z]+|\d+", match.group())
    return " ".join(_model_number(part) if part[0].isdigit() else part for part in parts)


def _model_number(text: str) -> str:
    if len(text) <= 2 or text[1:].strip("0") == "":
        return number(text)
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
    *DAYS,
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
    *FRACTIONS,
    rule(r"\$\s?\.(?P<cents>\d\d)(?!\d)", lambda match: f"{number(str(int(match['cents'])))} cents"),
    rule(rf"(?P<stars>{N})\s?[★⭐]", lambda match: f"{number(match['stars'])} {many('star', match['stars'])}"),
    rule(r"(?<![\d.])(?P<karat>\d{1,2})\s?[kK][tT]?(?=\s(?:solid |white |rose |yellow )?gold)", _karat),
    rule(r"(?<![\d.])925(?=\s(?:sterling|silver))", "nine twenty five"),
    rule(
        rf"(?P<sign>(?:US\$|RMB|CNY|[$€£¥])\s?)(?P<low>{N})(?:[-–—~][$€£¥]?(?P<high>{N}))?"
        rf"(?:\s?(?P<scale>(?:[kKmMB]|bn){END}))?",
        _money,
    ),
    rule(rf"(?P<low>{N})(?:{_TO}(?P<high>{N}))?\s?[%％](?!{_TO}\d)", lambda match: _range(match, "percent")),
    rule(rf"(?P<low>{N})(?P<high>)\s?[%％]", lambda match: _range(match, "percent")),
    rule(r"(?<![\w])(?:#|[Nn]o\. ?)(?P<number>\d{1,4})(?!\d)", lambda match: f"number {number(match['number'])}"),
    rule(r"(?<![\d.,])(?P<number>\d{1,3})(?:st|nd|rd|th)(?![A-Za-z])", lambda match: ordinal(match["number"])),
    rule(
        rf"(?P<minus>(?<![\w])-(?=\d+(?:\.\d+)?\s?(?:℃|℉|°)))?"
        rf"(?<!size )(?P<low>{N})(?:{_TO}(?P<high>{N}))?(?!\sx\s\d)\s?(?P<unit>{UNIT})(?:{END}|(?=[xX]\d))",
        _measure,
    ),
    rule(
        rf"(?<![\w.])(?P<low>{N})(?:-(?P<high>{N}))?in{END}",
        lambda match: _range(match, many("inch", match["high"] or match["low"])),
    ),
    rule(r"(?<![A-Za-z\d])(?!\d+[xX]\d)(?:[A-Za-z]+(?:-?\d+)|\d+-?[A-Za-z]+)(?:-?[A-Za-z\d]+)*(?!\.\d)", _model),
    rule(r"(?<![\d.,$€£¥])(?P<year>(?:19\d\d|20[0-4]\d))(?![\d.,%]\d|\d)", lambda match: year(match["year"])),
    rule(r"(?<=[\d%])\s?[-–—~]\s?(?=[\d$])", " to "),
    rule(r"(?<=[A-Za-z°])[-–~](?=\d)", " to "),
    rule(r"(?<![\w)\]])[-−](?=\d)", "minus "),
    rule(r"(?<![\w)\]])\+(?=\d)", "plus "),
    rule(rf"(?<![\w.])\.(?P<tenths>\d+)(?:\s?(?P<unit>{UNIT}){END})?", _tenths),
    rule(r"\s?(?:—+|--+|(?<=\s)[-–](?=\s))\s?", ", "),
    rule(
        rf"(?<=[\d%])\s?/\s?(?P<unit>{'|'.join(sorted(map(re.escape, PER), key=len, reverse=True))}){END}",
        lambda match: f" per {PER[match['unit']]}",
    ),
    rule(
        r"(?:(?<=\d[A-Za-z])|(?<=\d[A-Za-z]{2})|(?<=\d[A-Za-z]{3}))/(?=(?:day|week|month|year|hour|person|pack|box)\b)",
        " per ",
    ),
    rule(r"(?<=\d)\s?/\s?(?=[a-z])", " per "),
    rule(r"(?<![\w.-])50-50(?![\w-])", "fifty fifty"),
    rule(r"(?<=\w)/(?=\w)", " "),
    rule(r"(?<=\d)\s?[xX×*]\s?(?=\d)", " by "),
    rule(r'(?<=[A-Za-z"”])(?:\s?[×*]\s?|\sx\s|(?<=[mtnLg"”])[xX])(?=\d)', _by),
    rule(r"(?<=\w)\s?\+\s?(?=[\w$])", " plus "),
    rule(r"(?<=[\w+])\+", " plus"),
    rule(r"(?<![\w.,])(?P<whole>\d{1,3})\.(?P<cents>\d\d)(?![\d%]|\.\d)", _price),
    rule(rf"(?<=[A-Za-z])(?<!\d[xX]){N}", lambda match: " " + number(match.group())),
    rule(N, lambda match: number(match.group())),
    rule(rf"(?<![\w'’$])(?:{_CHAT})(?![\w'’/])", lambda match: _SHORT[match.group().lower()]),
    rule(r"\s?[&＆]\s?", " and "),
    rule(r"(?<=\w)@(?=\w)", " at "),
    rule(r"(?<=\d)\s?=\s?(?=\d)", " equals "),
    rule(r"[@#*_^`=|<>{}\[\]\\~·•★⭐]+", " "),
    rule(r"(?:\.{2,}|…+)", ","),
    rule(r"[!?]{2,}", lambda match: "?" if "?" in match.group() else "!"),
    rule(r",{2,}", ","),
    rule(rf"(?<![A-Za-z])[A-Za-z]*(?:{'|'.join(char * 3 for char in _LETTERS)})[A-Za-z]*", _drawn_out),
)
"""In order: the first that matches at a place words it."""
