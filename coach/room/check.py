"""Whether a model's words may be said by a viewer. Code decides about deals, prices and limits, not the model.

Also works on the beginning of a line that is still growing, so that a clause can be spoken before the rest is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.errors import Sentence
from coach.language import Language, language_for
from coach.room.heard import flatten, negated_at_end
from coach.room.pack import LinePack, line_pack, move_pack
from coach.room.reading import read
from coach.room.request import LineBrief

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(r"[<>{}\[\]*#`|]|^\s*\w{1,12}( \w{1,12})?\s*[:：]")
"""Markup, or a label such as `Dana:` or `观众：` in front."""
_SMALL_NUMBER = 12
"""Counts up to this (two of them, 三单) need no permission unless they are money or a share."""
NEVER = ("never", "sexual", "threat", "trait")
"""Wordings that no viewer uses at any intensity: slurs, sexual content, threats, attacks on who a person is."""
_HARMLESS = ("妈妈的", "我妈的", "宝妈的")
"""Wordings that hold a listed one and mean nothing by it."""
_HARSH_FROM = 3
"""Intensity cap from which harsh words are within bounds."""


def fault(text: str, brief: LineBrief) -> str | None:
    """Return in a few words what is wrong with a line, or None if it may be said."""
    language = language_for(brief.language)
    stripped = text.strip()
    if not stripped or not flatten(stripped, language).strip():
        return "empty"
    if len(stripped) > brief.max_chars or "\n" in stripped:
        return Sentence("too long: at most {count} characters in one line", count=brief.max_chars)
    checks: tuple[Callable[[str, BriefedLine], str | None], ...] = (
        _language_fault,
        _character_fault,
        _repeat_fault,
        _deal_fault,
        _number_fault,
        _fact_fault,
        _hostility_fault,
    )
    line = BriefedLine(stripped, brief, language, line_pack(language.code))
    return next((found for check in checks if (found := check(stripped, line)) is not None), None)


class BriefedLine:
    """A line with what it is checked against."""

    def __init__(self, text: str, brief: LineBrief, language: Language, pack: LinePack) -> None:
        self.flat = flatten(text, language)
        self.brief = brief
        self.language = language
        self.pack = pack

    def says(self, kind: str) -> str | None:
        """Return the first listed wording of a kind that the line holds."""
        return next((phrase for phrase in self.pack.faults[kind] if flatten(phrase, self.language) in self.flat), None)


def _language_fault(text: str, line: BriefedLine) -> str | None:
    chinese, latin = len(_CJK.findall(text)), len(_LATIN_WORD.findall(text))
    if line.language.code == "zh" and (chinese == 0 or latin > max(3, chinese)):
        return "not in Chinese"
    if line.language.code == "en" and chinese > 0:
        return "not in English"
    return None


def _character_fault(text: str, line: BriefedLine) -> str | None:
    if _MARKUP.search(text):
        return "holds markup or a speaker's name"
    if line.says("character") or line.says("service"):
        return "leaves the character"
    return None


def _repeat_fault(text: str, line: BriefedLine) -> str | None:
    if any(line.flat == flatten(said, line.language) for said in line.brief.avoid):
        return "repeats an earlier line"
    return None


def _deal_fault(text: str, line: BriefedLine) -> str | None:
    """Buying or accepting needs the state's leave; a condition (便宜点我就买, "do forty and I'll take it") does not."""
    if line.brief.may_concede:
        return None
    for phrase in line.pack.faults["concede"]:
        start = line.flat.find(flatten(phrase, line.language))
        if start >= 0 and not _conditional(line, start) and not _negated(line, start):
            return "concedes although the viewer has not been won"
    return None


def _conditional(line: BriefedLine, start: int) -> bool:
    if line.language.code == "zh":
        return any(word in line.flat for word in line.pack.conditional)
    return any(
        f" {word} " in f" {line.flat[:start]} {' '.join(line.flat[start:].split()[:2])} "
        for word in line.pack.conditional
    )


def _negated(line: BriefedLine, start: int) -> bool:
    return negated_at_end(line.flat[:start], line.language, move_pack(line.language.code))


def _number_fault(text: str, line: BriefedLine) -> str | None:
    for span in line.language.numbers(text):
        money = span.unit in ("money", "%", "discount") or text[: span.start].rstrip().endswith(
            ("$", "¥", "￥", "€", "£")
        )
        known = any(
            abs(value - allowed) < 0.011
            for value in (span.value, *span.alternatives)
            for allowed in line.brief.allowed_numbers
        )
        if not known and (money or span.value > _SMALL_NUMBER):
            return Sentence("states a number that was not given: {number:g}", number=span.value)
    return None


def _fact_fault(text: str, line: BriefedLine) -> str | None:
    """A viewer may ask and doubt, but states nothing about the product that its sheet denies."""
    scenario = line.brief.scenario
    if scenario is None:
        return None
    asked = [clause for clause in line.language.clauses(text) if clause.kind == "question"]
    said = "".join(char for at, char in enumerate(text) if not any(one.start <= at < one.end for one in asked))
    if said.strip() and read(said, scenario).did("misstates"):
        return "contradicts the product sheet"
    return None


def _forms(flat: str) -> tuple[str, ...]:
    """Return a wording as it is matched, an English one also of several people (idiots)."""
    return (flat, f"{flat.rstrip()}s ") if flat.endswith(" ") else (flat,)


def without_mothers(flat: str) -> str:
    """Take harmless wordings out that hold a listed one: 妈妈的手机, 我妈的号."""
    for harmless in _HARMLESS:
        flat = flat.replace(harmless, "")
    return flat


def _hostility_fault(text: str, line: BriefedLine) -> str | None:
    return harsh_fault(text, line.language, line.brief.intensity_cap)


def harsh_fault(text: str, language: Language, cap: int) -> str | None:
    """Return how a line, whoever worded it, is worse than an intensity cap (0 to 4) allows; None if it is not."""
    flat, listed = without_mothers(flatten(text, language)), line_pack(language.code).faults

    def says(kind: str) -> bool:
        return any(form in flat for phrase in listed[kind] for form in _forms(flatten(phrase, language)))

    if any(says(kind) for kind in NEVER):
        return "abusive"
    if cap < _HARSH_FROM and says("harsh"):
        return "harsher than this scenario allows"
    if cap < 4 and any(span.kind == "hostile" for span in language.slips(text)):
        return "hostile beyond what this scenario allows"
    return None
