"""Who haggles without being a haggler: whoever asks for a price of their own. Pure."""

from __future__ import annotations

import re

from coach.language import language_for
from coach.room.question import Question, Topic, question_of
from coach.scenario.model import Scenario

_CENT = 0.011
_NO_WISH: tuple[Topic, ...] = ("comparison", "identity", "stock", "size")
"""Topics of lines whose figures belong to something else."""
_DEAR = {
    "zh": re.compile(r"[太好真这]么?贵|[有是]点(?:儿|小)?贵|贵了|嫌贵|买不起"),
    "en": re.compile(
        r"\b(?:too|so|pretty|kinda|kind of|a (?:bit|little)|very|that's|thats) (?:expensive|pricey|steep|much)\b"
        r"|\bcan't afford\b"
    ),
}
"""A price that is found too high asks for a lower one."""
_AROUND = {
    "zh": (
        re.compile(
            r"^(?:[那我就给]|要是|能不能|可不可以|可以|主播|老板|姐|哥|亲|宝|算|卖|收|再|就按|[一两二三四五六七八九十\d]{1,2}[件盒包个单条双瓶袋箱份支套只])*$"
        ),
        re.compile(
            r"^(?:块钱?|元)?(?:[一每][件盒包个单条双瓶袋箱份支套只])?(?:[行卖成]不[行卖成]|可不可以|可以|能[卖行]?|[行成卖给拍拿吧呗吗么啊呀嘛不]|我|就|马上|立刻)*$"
        ),
    ),
    "en": (
        re.compile(
            r"^(?:(?:ok|okay|so|and|hey|hi|well|please|um|ill|i|id|you|u|we|can|could|would|will|do|take|go|accept|give"
            r"|pay|get|have|say|make|it|this|them|one|two|three|four|\d|for|at|to|how|what|about|just"
            r"|still|maybe|deal) )*$"
        ),
        re.compile(
            r"^(?:(?:dollars?|bucks?|each|apiece|flat|for|it|one|two|three|four|both|and|i|ill|buy|take|please|then|ok"
            r"|okay|deal|now) )*$"
        ),
    ),
}
"""All that stands before and after a figure that is asked for, where nothing else tells."""


def type_of_untyped(viewer_type: str, line: str, scenario: Scenario) -> str:
    """Return the type, and `haggler` for none where the line asks for a price under that of the day, or for less."""
    if viewer_type:
        return viewer_type
    question = question_of(line, scenario)
    return "haggler" if finds_dear(line, scenario.language) or _wishes_less(question, scenario) else ""


def finds_dear(line: str, code: str) -> bool:
    """Return whether a line finds the price too high."""
    return bool(_DEAR[code].search(line.lower().replace("’", "'")))


def names_offer(question: Question, scenario: Scenario) -> bool:
    """Return whether a line is a lower price than that of the day, and the little that asks for it."""
    asked = question.amount
    return asked is not None and asked < scenario.product.price.live - _CENT and _is_bare(question.text, scenario)


def _wishes_less(question: Question, scenario: Scenario) -> bool:
    """Return whether a line asks for a discount or names a lower price that its viewer would pay."""
    if question.about(*_NO_WISH):
        return False
    return question.about("discount") or names_offer(question, scenario)


def _is_bare(line: str, scenario: Scenario) -> bool:
    """Return whether a line is a figure and the little that asks for it: "what about 60", 六十卖不卖."""
    language = language_for(scenario.locale)
    spans = language.numbers(line)
    before, after = _AROUND[language.code]
    return any(
        before.match(_plain(line[: span.start], language.code)) and after.match(_plain(line[span.end :], language.code))
        for span in spans
    )


def _plain(text: str, code: str) -> str:
    """Return a stretch in lower case without marks; English words end in a space each."""
    words = re.findall(r"[\w']+", text.lower().replace("’", "'").replace("'", ""))
    return "".join(words) if code == "zh" else "".join(f"{word} " for word in words)
