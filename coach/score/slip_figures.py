"""Figures that contradict no line of the sheet: of a load, of what is not held, of money where it tells no price."""

from __future__ import annotations

from collections.abc import Sequence

from coach.language import Language, NumberSpan
from coach.language.amounts import plain
from coach.language.carried import is_load, is_not_held, tells_load
from coach.language.scope import Place, place
from coach.language.spelled import spelled

_WEIGHTS = frozenset({"g", "kg", "oz"})
_MONEY = "money"


def are_of_another(text: str, start: int, end: int, lines: Sequence[str], language: Language) -> bool:
    """Return whether all figures of a stretch are of something else than lines of the sheet say.

    Args:
        text: One utterance.
        start: Where the stretch begins.
        end: Where it ends.
        lines: What the sheet says there, every text that the stretch may contradict.
        language: Of both.
    """
    numbers = [one for one in spelled(text, language) if one.start < end and one.end > start]
    own = [plain(one.unit, one.amount) for line in lines for one in spelled(line, language)]
    told, denied = " ".join(lines), any(word in text[start:end].lower() for word in language.pack.negations)
    other = [
        _is_other(number, place(text.lower(), number.start, number.end), own, told, language.code, denied=denied)
        for number in numbers
    ]
    return any(other) and all(is_other or _agrees(number, own) for number, is_other in zip(numbers, other, strict=True))


def _agrees(number: NumberSpan, own: Sequence[tuple[str, float]]) -> bool:
    unit, amount = plain(number.unit, number.amount)
    return any(abs(amount - other) < 1e-6 and unit == told for told, other in own) or any(
        number.unit[:1] in ("", "~") and abs(number.value - other) < 1e-6 for _, other in own
    )


def _is_other(
    number: NumberSpan, at: Place, own: Sequence[tuple[str, float]], told: str, code: str, *, denied: bool
) -> bool:
    """Return whether a figure is of a load, of more than the thing holds, or of money of which the lines tell none."""
    dimension, amount = plain(number.unit, number.amount)
    if dimension in _WEIGHTS and is_load(at, code) and not tells_load(told, code):
        return True
    if is_not_held(at, code):
        most = max((other for unit, other in own if unit == dimension), default=None)
        return most is not None and amount > most
    return dimension == _MONEY and _MONEY not in {unit for unit, _ in own} and not denied
