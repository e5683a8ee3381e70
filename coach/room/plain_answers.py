"""A short yes or no to a viewer's question, held against the product sheet. Pure.

"有墨绿吗" "有的" needs no more words: what was asked after stands on the sheet, said or denied, and so the answer is
right or wrong whatever its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from coach.language.scope import place, scope_reader
from coach.language.stems import stem
from coach.scenario.model import Product

_YES = {
    "zh": re.compile(
        r"^(?:嗯+|啊|哦|哎|呃|宝|亲|家人|哈|这个|那个|[，,、\s])*"
        r"(?:可以|能|行|有|会|要|是|对|没问题|当然|必须|肯定|够|支持|适合|送|包|带)"
        r"(?!不|吗|没|什么|点|多少|一说一)"
    ),
    "en": re.compile(
        r"^(?:um+|uh+|oh|well|so|hey|honey|[,.!\s])*"
        r"(?:yes|yeah(?! right)|yep|yup|sure|of course|absolutely|totally|definitely|it is|it does"
        r"|they (?:are|do)|you can|we do|it has|go for it|go ahead)\b"
    ),
}
_NO = {
    "zh": re.compile(
        r"^(?:嗯+|啊|哦|哎|呃|宝|亲|这个|那个|[，,、\s])*(?:不(?:能|行|可以|会|是|用|要|含|带|防|支持|适合|建议|太|够)|没有?(?!问题|事|关系)|别)"
    ),
    "en": re.compile(
        r"^(?:um+|uh+|oh|well|honey|[,.!\s])*"
        r"(?:no|nope|nah|none|never|not (?:at all|really|recommended)|it (?:doesn't|isn't)|it's not"
        r"|they don't|you can't|don't)\b"
    ),
}
_ASKS_ELSE = {
    "zh": re.compile(r"多少|几|哪|怎么|什么|为啥|为什么|还是|多[大久长重高]|啥"),
    "en": re.compile(r"\b(?:how|what|which|where|when|why|who|or|my|i'?m|if)\b"),
}
_ASKING_ZH = re.compile(
    r"能不能|可不可以|是不是|会不会|有没有|要不要|行不行|可以|需要|能|会|有|要|是|吗|么|嘛|呢|吧|啊|呀|的|了|不|没|你们?|我"
    r"|这[款个件条双瓶]?|它|那个|这|另外|还|都|就|在|里|上|给|想|请问|主播"
)
_ASKING_EN = frozenset(
    [
        *("is", "it", "are", "they", "these", "this", "does", "do", "can", "i", "we", "you", "will", "would", "has"),
        *("have", "the", "a", "an", "to", "in", "on", "with", "for", "and", "my", "be", "any", "there", "get", "got"),
        *(
            "ok",
            "okay",
            "fine",
            "still",
            "really",
            "use",
            "using",
            "works",
            "work",
            "so",
            "hey",
            "right",
            "safe",
            "good",
        ),
    ]
)
_HEDGED = {
    "zh": re.compile(r"应该|可能|大概|好像|吧(?:$|[，。])|不太?清楚|不知道|试试|一般般|还行"),
    "en": re.compile(r"\b(?:maybe|probably|i (?:think|guess)|not sure|should be|kinda|sort of|no idea)\b"),
}


def is_right(question: str, reply: str, product: Product, code: str) -> bool | None:
    """Return whether a plain yes or no is what the sheet says; None where it is none, or the sheet does not tell.

    Args:
        question: The viewer's line.
        reply: The first thing said to it.
        product: The sheet.
        code: `zh` or `en`.
    """
    asked, said = question.lower().strip(), reply.lower().strip()
    if _ASKS_ELSE[code].search(asked) or _HEDGED[code].search(said):
        return None
    things = tuple(_things(asked, code))
    said = _without_echo(said, things) if code == "zh" else said
    no = bool(_NO[code].match(said))
    if not no and not _YES[code].match(said):
        return None
    told = {sign for thing in things for sign in _signs(thing, product_texts(product), code)}
    return None if len(told) != 1 else told == {not no}


def asks_else(question: str, code: str) -> bool:
    """Return whether more than a yes or no is asked for: what, how much, or one thing or another."""
    return bool(_ASKS_ELSE[code].search(question.lower()))


def _without_echo(said: str, things: tuple[str, ...]) -> str:
    """Return an answer without the asked thing at its head: 微波炉不行 is a no."""
    ends = (thing[-size:] for thing in things for size in range(len(thing), 1, -1))
    return next((said[len(end) :] for end in ends if said.startswith(end)), said)


def product_texts(product: Product) -> tuple[str, ...]:
    """Return what the sheet says, line by line."""
    return (
        *(text.lower() for text in product.facts.values()),
        *(point.statement.lower() for point in product.selling_points),
    )


def _things(asked: str, code: str) -> Iterator[str]:
    """Yield what a question is after: its words beside those that only ask, the longest first."""
    if code == "zh":
        pieces = [piece for piece in re.split(r"[，。？！,?!\s]+|" + _ASKING_ZH.pattern, asked) if len(piece) > 1]
        yield from sorted(pieces, key=len, reverse=True)[:1]
        return
    words = [word for word in re.findall(r"[a-z][a-z-]+", asked) if word not in _ASKING_EN and len(word) > 2]
    yield from words[-2:]


@lru_cache(maxsize=1024)
def _signs(thing: str, texts: tuple[str, ...], code: str) -> frozenset[bool]:
    """Return whether the sheet says the thing, denies it, or both."""
    return frozenset(sign for text in texts for sign in _in_text(thing, text, code))


def _in_text(thing: str, text: str, code: str) -> Iterator[bool]:
    scopes = scope_reader(code)
    for start, end in _places(thing, text, code):
        scope = scopes.read(place(text, start, end))
        free = code == "en" and re.match(r"[ -]free\b", text[end:])
        if scope.claimed:
            yield not (scope.denied or free)


def _places(thing: str, text: str, code: str) -> Iterator[tuple[int, int]]:
    if code == "en":
        wanted = stem(thing)
        for found in re.finditer(r"[a-z][a-z-]+", text):
            if stem(found.group()) == wanted:
                yield found.span()
        return
    for piece in dict.fromkeys([thing, *(thing[-size:] for size in range(len(thing) - 1, 1, -1))]):
        spans = [hit.span() for hit in re.finditer(re.escape(piece), text)]
        if spans:
            yield from spans
            return
