"""A plain yes or no to a viewer's question that the product sheet answers otherwise."""

from __future__ import annotations

import re

from coach.language.contradict import Opposed, WordSheet
from coach.score.timeline import LATER, Line

_YES = {
    "zh": re.compile(
        r"^(?:嗯+|啊|哦|哎|呃|那个?|对对?|呀|宝|亲|家人|哈|[，,、\s])*"
        r"(?P<yes>可以的?|能的?|行的?|没问题|当然可以|当然能?|是的?|对的?|放心|肯定能?|必须的|百分之?百)(?![不吗么])"
    ),
    "en": re.compile(
        r"^(?:um+|uh+|oh|well|yeah|so|honey|sure|yes|yep|of course|[,.!\s])*"
        r"(?P<yes>\b(?:yes|yeah|yep|yup|sure|of course|absolutely|totally|definitely|(?:a |one )?hundred percent"
        r"|you can|it is|it does|they do|they are)\b)",
        re.IGNORECASE,
    ),
}
_NO = {
    "zh": re.compile(r"^(?:嗯+|啊|哦|哎|呃|那个?|[，,、\s])*(?P<no>不行|不能|不可以|不支持|没有|不会|不是|不给)"),
    "en": re.compile(
        r"^(?:um+|uh+|oh|well|honey|[,.!\s])*(?P<no>\b(?:no|nope|you can't|it doesn't|it isn't|it's not|they don't)\b)",
        re.IGNORECASE,
    ),
}
_ANY_DENIAL = {
    "zh": re.compile(r"不|没|别|勿|但|要看|客服|查"),
    "en": re.compile(r"\b(?:not|no|never|don't|can't|won't|isn't|but|doesn't|nope|unless|if|check)\b", re.IGNORECASE),
}
_ASIDE = {"zh": 24, "en": 90}
"""Characters of an answer that are read; what follows may be about something else."""
_STATED_EN = (
    (re.compile(r"^(?:so |and |but |hey |hi )?(?:can|could|may) (?:i|we|you) "), "you can ", "you can't "),
    (re.compile(r"^(?:so |and |but )?(?:is|are) (?:it|this|these|they|that) "), "it is ", "it is not "),
    (re.compile(r"^(?:so |and |but )?(?:does|do|will) (?:it|this|these|they) "), "it does ", "it does not "),
)
_TAGGED_EN = re.compile(
    r"(?:so |and |but |wait )*((?:it|this|that|they|these)(?:'s|'re| is| are)? .+?),? "
    r"(?:right|yeah|huh|correct|isn't it|aren't they|yes)$"
)
"""A statement with a tag that asks whether it is so."""


def answered_wrong(words: WordSheet, question: Line, text: str, at: float) -> list[Opposed]:
    """Return the yes or no with which an answer contradicts the sheet.

    Args:
        words: The sheet.
        question: The viewer's line right before.
        text: What was said then.
        at: When it was said.
    """
    if at - question.end > LATER:
        return []
    code = words.code
    stated = _stated(question.text, code)
    if stated is None:
        return []
    yes, no = _YES[code].match(text), _NO[code].match(text)
    if yes and not _ANY_DENIAL[code].search(text[yes.end() : yes.end() + _ASIDE[code]]):
        return _said(words, stated[0], *yes.span("yes"))
    if no and len(text) - no.end() < _ASIDE[code] // 3:
        return _said(words, stated[1], *no.span("no"))
    return []


def _said(words: WordSheet, statement: str, start: int, end: int) -> list[Opposed]:
    """Return what a statement contradicts, at the place of the word that stands for it."""
    return [Opposed(start, end, item.kind, item.lines) for item in words.find(statement) if item.lines][:1]


def _stated(question: str, code: str) -> tuple[str, str] | None:
    """Return a yes-or-no question as the statement and its denial; None where it is another one."""
    plain = question.strip().rstrip("?？。！ ").lower()
    if code == "en":
        for opener, said, denied in _STATED_EN:
            if opener.match(plain):
                return opener.sub(said, plain), opener.sub(denied, plain)
        tagged = _TAGGED_EN.match(plain)
        return (tagged[1], "") if tagged else None
    asked = re.sub(r"([能是会有])(?:不|没)\1", r"\1", re.sub("可不可以", "可以", plain))
    if not re.search(r"吗|么$|不$|能不能|可不可以|是不是|会不会|行不行|有没有|吧$|可以|能", plain) or re.search(
        r"多少|几|哪|怎么|什么|为啥|为什么|不能|不可以|没有$|只", asked
    ):
        return None
    asked = re.sub(r"(?:行不行|可以吗|行吗|能吗|吗|么|吧|不)$", "", asked)
    if not re.search(r"能|可以", asked):
        return asked, ""
    return asked, re.sub(r"能|可以", "不能", asked, count=1)
