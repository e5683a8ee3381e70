"""Whether what a viewer asks about keeps within a figure of the sheet, and what of the sheet an answer turns round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from coach.language import NumberSpan
from coach.room.exchange import Exchange
from coach.room.reading import Reading
from coach.room.sheet import Sheet

_MOST = {
    "zh": re.compile(r"以内|以下|最高|最多|最大|不超过|不到|限|承重|能过|至多|高$"),
    "en": re.compile(r"\b(?:up to|max\w*|within|under|at most|no more than|lifts|fits|holds|supports|limit)\b"),
}
_LEAST = {
    "zh": re.compile(r"以上|起|至少|满|才|不满|大于"),
    "en": re.compile(r"\b(?:from|at least|and up|over|older|minimum|starts at|not before)\b"),
}
_YES_ZH = re.compile(
    r"^(?:嗯|呃|啊|哦|哎|宝|亲|姐|哥|那|当然|肯定|必须|都)*"
    r"(?:可以|能|行|会|有|收|是|对|没问题|没事|够|放心|随便|包)(?!不)"
)
_NO_ZH = re.compile(
    r"^(?:嗯|呃|啊|哦|哎|宝|亲|姐|哥|那|这个|真|可)*(?:不|没|别|悬|够不着|差|太)(?!用担心|会有|事|问题)"
)
_YES_EN = re.compile(
    r"^(?:um+|uh+|oh|well|so|hey|yeah|[ ,.!])*"
    r"(?:yes|yeah|yep|yup|sure|of course|absolutely|totally|definitely|no problem"
    r"|works fine|go for it|you can|it'll|they'll|fine|once won't|a little|close enough|easy|perfect)\b"
)
_NO_EN = re.compile(
    r"^(?:um+|uh+|oh|well|so|hey|true|[ ,.!])*"
    r"(?:no|nope|nah|not|never|don't|it won't|it doesn't|then no|please don't|i wouldn't|skip)\b"
)


def says(text: str, code: str) -> str:
    """Return what an answer begins with: `yes`, `no` or nothing."""
    said = text.lower().strip()
    if code == "zh":
        return "no" if _NO_ZH.match(said) else "yes" if _YES_ZH.match(said) else ""
    return "no" if _NO_EN.match(said) else "yes" if _YES_EN.match(said) else ""


def fits(exchange: Exchange) -> bool | None:
    """Return whether a figure of the viewer's line keeps within the sheet's; None if they cannot be compared."""
    return _fits(exchange.question.text, exchange.sheet)


@lru_cache(maxsize=512)
def _fits(line: str, sheet: Sheet) -> bool | None:
    verdicts = {verdict for number in sheet.language.numbers(line) for verdict in _verdicts(number, sheet)}
    return next(iter(verdicts)) if len(verdicts) == 1 else None


def _verdicts(number: NumberSpan, sheet: Sheet) -> Iterator[bool]:
    """Yield, per limit of the sheet in the same unit, whether a figure keeps within it."""
    if number.unit in ("", "money", "discount", "%") or number.unit.startswith("~"):
        return
    for unit, value, most in _limits(sheet):
        if unit == number.unit and value > 0 and 0.2 <= number.value / value <= 5:
            yield number.value <= value + 1e-9 if most else number.value >= value - 1e-9


@lru_cache(maxsize=64)
def _limits(sheet: Sheet) -> tuple[tuple[str, float, bool], ...]:
    code, found = sheet.language.code, []
    product = sheet.scenario.product
    texts = [f"{name} {value}" for name, value in product.facts.items()]
    for text in [*texts, *(point.statement for point in product.selling_points)]:
        lowered = text.lower()
        most, least = _MOST[code].search(lowered), _LEAST[code].search(lowered)
        if bool(most) != bool(least):
            found += [(span.unit, span.value, bool(most)) for span in sheet.language.numbers(lowered)]
    return tuple(dict.fromkeys(found))


def claims_ruled_out(exchange: Exchange, reading: Reading) -> bool:
    """Return whether an answer says, and does not deny, a thing that the sheet says is not so."""
    heard = exchange.heard(reading)
    flat = heard.flat
    for thing in exchange.sheet.ruled_out:
        at = flat.find(thing)
        if at >= 0 and not heard.negated(at) and not _NEGATED.search(flat[max(0, at - 12) : at]):
            return True
    return False


_NEGATED = re.compile(r"不|没|别|无|非|\b(?:no|not|never|isnt|dont|cant|doesnt|wont|without)\b")
