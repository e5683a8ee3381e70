"""The words of answers by what they do (`packs/answers_CODE.yaml`), and their short strings. Pure lookup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from coach.language.claims.learned.senses import SensePack, Senses
from coach.language.pack_text import read_yaml

FOLDER = Path(__file__).parent / "packs"
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:\.\d+)?|[,.?!]")
_DIGITS = re.compile(r"\d+")


@cache
def answer_senses(code: str) -> Senses:
    """Return the classes of words of answers in `zh` or `en`."""
    pack = read_yaml((FOLDER / f"answers_{code}.yaml").read_text(encoding="utf-8"))
    return Senses(code, SensePack.model_validate(pack))


def units_of(text: str, code: str) -> str | list[str]:
    """Return a text as senses are looked for in it: Chinese as it is, English word by word."""
    return text if code == "zh" else _TOKEN.findall(text.lower().replace("’", "'"))


def senses_in(units: str | list[str], code: str) -> list[str]:
    """Return the names of the senses of an answer's words, in order of place, as often as they stand there."""
    found = answer_senses(code)
    return [found.names[item.sense] for item in sorted(found.find(units))]


def strings_in(units: str | Sequence[str]) -> list[str]:
    """Return the short strings of an answer: one and two characters or words, how it begins and ends; figures as 0."""
    if isinstance(units, str):
        text = _DIGITS.sub("0", units)
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        return sorted({*text, *pairs, f"^{text[:1]}", f"^{text[:2]}", f"{text[-1:]}$", f"{text[-2:]}$"})
    words = ["0" if word[0].isdigit() else word for word in units]
    pairs = [f"{left} {right}" for left, right in pairwise(words)]
    ends = [f"^ {words[0]}", f"^ {' '.join(words[:2])}", f"{words[-1]} $"] if words else []
    return sorted({*words, *pairs, *ends})
