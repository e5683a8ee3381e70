"""What turns a selling point round without a figure of its own unit: its thing denied, what it rules out granted.

A point names things with a sign: its must-facts are so ("USB-C", 蓝帽子), what its texts deny is not ("nickel free",
没有牛油, 肾结石的人不要吃). Talk contradicts it where it says the other sign of the same thing, or a price where the
point says free, or another count in the point's own words ("four a day", 一天六片, "ph is nine").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach.language import Language, NumberSpan
from coach.language.clause import Clause, Clauses

_DENIED = {
    "zh": re.compile(
        r"(?:没有?(?:加|放|含|添加)?|不含|不加|不添加|不放|不用|不能|不可以?|不是|无|零|非|别|勿|不要|不建议|不支持|不)(?:任何)?"
        r"(?:碰|沾|用|加|放|喷|接触|吃|喝)?(?P<thing>[\u4e00-\u9fffA-Za-z]{2,6}?)(?:[和与跟或](?P<more>[\u4e00-\u9fff]{1,5}))?$"
    ),
    "en": re.compile(
        r"\b(?:no|not|without|zero|never|isn't|free of|not for|don't|do not|can't|cannot|never use)\s+"
        r"(?:(?:a|an|any|added|use|in|for|be|the)\s+)*(?P<thing>[a-z][a-z-]{3,})"
        r"(?: (?:and|or|nor) (?P<more>[a-z]{4,}))?"
        r"|(?P<free>[a-z]{4,})[\s-]free\b"
    ),
}
_AFTER = {
    "zh": re.compile(
        r"^(?P<thing>[\u4e00-\u9fff]{2,5}?)(?:的人|患者|人群)?(?:不宜|不要[吃用]?|不能[吃用]|别[吃用]?|慎用|禁用|不建议[吃用]?|不适用)"
    ),
    "en": re.compile(
        r"^(?P<thing>[a-z]{4,})\b.{0,16}\b(?:can't|cannot|can not|should not|shouldn't|is final|are final)\b"
    ),
}
_HAS = {
    "zh": re.compile(r"(?:有|加了?|加的|含有?|放了?|添了?|用的是|带|纯|全是|就是|里头是)[^，。不没无别]{0,2}$"),
    "en": re.compile(
        r"\b(?:there's|there is|there are|has|have|contains?|with|some|a little|a bit of|a touch of"
        r"|added|does have|uses"
        r"|perfect for|great for|good for|made for|works (?:on|for)|fine (?:for|on)|ok(?:ay)? for"
        r"|even|if it's|once it's)"
        r"(?: \w+){0,1} ?$"
    ),
}
_IS = {
    "zh": re.compile(
        r"^[的人了]{0,2}(?:就|都|也|是)?(?:加了|放了|有的|有一?点|加的|也能|都能|能[吃用]|可以|没事|没影响|没问题|照样|随便|正好|一样|就行|都行|就好|最合适|最适合)"
    ),
    "en": re.compile(r"^ ?(?:is|are) (?:fine|ok|okay|in (?:it|there))\b|^ in (?:it|there)\b|^ works\b"),
}
"""What grants a thing, before it and after it."""
_NONE = {
    "zh": re.compile(r"(?:没有|没|不带|不给|不含|不是|不支持|无|取消了|缺|(?<![要是能会])不)(?:什么|任何|那个|这个)?$"),
    "en": re.compile(
        r"\b(?:no|not|without|zero|isn't|aren't|doesn't have|don't have|never|nobody's|lacks|has no)"
        r"(?: (?:a|an|any|the|in|it|real|on|have|has|got|come with))* ?$"
    ),
}
_NONE_AFTER = {
    "zh": re.compile(
        r"^(?:的话|这个|嘛|啊|呢|吧)?(?:是|都|也|可|就)?(?:(?:没有|不含|不带)(?=[，。的了啊哦呢吧！]|$)|不给|没了|没得|取消|不送|不管|不包)(?!的?人|别的|比)"
    ),
    "en": re.compile(r"^ ?(?:is|are) (?:not (?:included|there|part)|missing|gone)\b|^ (?:isn't|aren't) included\b"),
}
"""What denies a thing, before it and after it."""
_LOOSE = {
    "zh": re.compile(r"别的|其他|其它|另外|除了|只有|不光|不仅|不止|没有比|问|吗|差别|区别|味道|异味"),
    "en": re.compile(r"\b(?:other|another|only|just|else|more than|not only|nothing but|extra|question|ask)\b|\?"),
}
"""Wordings with which a denial of a thing denies something else."""
_FREE = {
    "zh": re.compile(r"免费|不收钱|不要钱|包邮|白送|不另收"),
    "en": re.compile(r"\bfree\b(?! of)|\bno charge\b|\bincluded\b|\bcomes with it\b"),
}
_COSTS = {
    "zh": re.compile(
        r"(?:另(?:外)?|再|得|要|需要?)(?:加|付|收|交|掏|花)(?:你)?(?:点)?钱|收费|自费|自己(?:掏|出|花)钱|要收你|(?:收|加|付|掏)(?=[一二三四五六七八九十百\d])"
    ),
    "en": re.compile(
        r"\b(?:costs?|charges? (?:you|for)|extra|a fee|you pay|you'll pay|we charge|for a fee|at your expense"
        r"|add-on|sold separately|buy (?:it|that|them) separately|not included)\b"
    ),
}
_NO_COST = {
    "zh": re.compile(r"不|没|免|别|勿|忌|禁"),
    "en": re.compile(
        r"\b(?:no|not|never|don't|doesn't|won't|can't|cannot|isn't|aren't|shouldn't|skip|pass|avoid|without|zero|nothing"
        r"|free)\b"
    ),
}
_PRICED = {
    "zh": re.compile(r"价|块|元|卖|拍|到手|优惠|预算|下单"),
    "en": re.compile(r"\$|\b(?:price|dollars?|bucks?|tonight|deal|sale|order|checkout|left|stock)\b"),
}
_REAL_ZH = frozenset("个件条瓶盒袋支双套份箱罐只片粒颗包块次天年月周人位家层档岁度成倍分秒张台把口名种样色款号楼点")
"""Chinese characters that after a figure tell what is counted."""
_HEDGED = re.compile(r"大概|好像|可能|也许|应该|差不多")
_LEAST, _FAR = 3, 10
"""A bare figure that is less than this counts anything; one this many times off is of something else."""
_STUTTER = re.compile(r"、|[^，。]寒天")
_UNPROVEN = {
    "zh": re.compile(
        r"没(?:有)?(?:任何)?(?:认证|证书|检测|报告|批文|批号|蓝帽子?)|(?:证书|认证|检测报告|批文)(?:是|都)?没有|没(?:有)?(?:检测|测试?|送检)过"
    ),
    "en": re.compile(
        r"\bno (?:certific\w+|certs?|test(?:s|ing)?|proof|verification)\b"
        r"|\b(?:not|never|isn't|aren't|wasn't) (?:\w+ )?(?:certified|tested|verified|approved)\b"
        r"|\bnobody(?:'s| has)? tested\b|\buntested\b|\buncertified\b"
    ),
}
_PROOF = {
    "zh": re.compile(r"认证|证书|检测|批文|蓝帽|测试|检验|授权"),
    "en": re.compile(r"\b(?:certif\w+|tested|verified|standard|usp|oeko-tex|ul listed|patch test\w*)\b"),
}
_ONE_ONLY = {
    "zh": re.compile(
        r"(?:只有|就|只出了?|统共就?)一(?:种|个|款|档|色|层|条)(?![^，。]{0,4}(?:问题|要求|缺点|字|月|年))"
    ),
    "en": re.compile(
        r"\b(?:just|only|it's) (?:the |got |has )?one (?!of|thing|more|day|hour|year|month|week|bottle|pair|left)\w+"
    ),
}


@dataclass(frozen=True, slots=True)
class Gainsaid:
    """What would turn one point round, compiled once.

    Attributes:
        named: Things that are so.
        denied: Things that are not so.
        is_free: Whether something of it costs nothing.
        values: Its figures without or with counted units, with the words on either side.
        needles: A pattern without which a text says nothing of all these; None where it has none.
    """

    code: str
    named: tuple[str, ...]
    denied: tuple[str, ...]
    is_free: bool
    is_proof: bool
    """Whether it is about a certificate or a test."""
    is_several: bool
    """Whether it names several of a kind."""
    values: tuple[tuple[float, str, str], ...]
    needles: re.Pattern[str] | None

    def may_be_turned(self, clauses: Clauses) -> bool:
        """Return whether anything said could turn the point round; most is about something else."""
        if self.is_free or self.is_proof or self.is_several or (self.values and clauses.has_numbers):
            return True
        return self.needles is not None and self.needles.search(clauses.lowered) is not None

    def find(
        self, text: str, clauses: Sequence[Clause], named: Callable[[], Sequence[int]], known: frozenset[float]
    ) -> Iterator[NumberSpan]:
        """Yield what turns the point round, words as spans without a figure.

        Args:
            text: What was said.
            clauses: Its clauses.
            named: Gives the clauses that are about the point.
            known: Every figure of the product sheet.
        """
        lowered = text.lower()
        own = {value for value, _, _ in self.values}
        right = bool(own) and any(number.value in own for clause in clauses for number in clause.numbers)
        if self.needles is not None and self.needles.search(lowered):
            for clause in clauses:
                if not (clause.is_question or clause.is_deferred or clause.is_conditional):
                    yield from self._words(lowered, clause)
        has_whole = self.is_free or self.is_proof or self.is_several
        for at, clause in enumerate(clauses):
            if clause.is_question or clause.is_conditional or clause.is_hedged or clause.compares_from < clause.end:
                continue
            if not (has_whole or (clause.numbers and self.values and not right)):
                continue
            whole = [self._cost(lowered, clause)] if self.is_free else []
            whole += [_found(_UNPROVEN[self.code], lowered, clause)] if self.is_proof else []
            whole += [_found(_ONE_ONLY[self.code], lowered, clause)] if self.is_several else []
            yield from (span for span in whole if span and at in named())
            for number in clause.numbers if self.values and not right else ():
                if self._is_other(lowered, clause, number, known, lambda at=at: at in named()):  # type: ignore[misc]
                    yield number

    def _words(self, text: str, clause: Clause) -> Iterator[NumberSpan]:
        for thing in self.denied:
            for start, end in _places(text, thing, clause, self.code):
                if self._is_granted(text, clause, start, end):
                    yield NumberSpan(0.0, start, end)
        for thing in self.named:
            for start, end in _places(text, thing, clause, self.code):
                if self._is_refused(text, clause, start, end):
                    yield NumberSpan(0.0, start, end)

    def _is_granted(self, text: str, clause: Clause, start: int, end: int) -> bool:
        code, before, after = self.code, text[clause.start : start], text[end : clause.end]
        if code == "zh" and after.startswith("的"):  # 有结石的，别吃
            after = text[end : end + 2 * _BACK[code]]
        if _NO_COST[code].search(before[-_BACK[code] :]) or _NO_COST[code].search(after[: _BACK[code]].split(",")[0]):
            return bool(_IS[code].match(after)) and not _NO_COST[code].search(before[-_BACK[code] :])
        return bool(_HAS[code].search(before) or _IS[code].match(after))

    def _is_refused(self, text: str, clause: Clause, start: int, end: int) -> bool:
        code, before, after = self.code, text[clause.start : start], text[end : clause.end]
        if _LOOSE[code].search(f"{before[-_BACK[code] * 2 :]} {after[: _BACK[code]]}"):
            return False
        if code == "zh" and before[-2:] == f"{text[start]}不":  # 防不防风
            return False
        return bool(_NONE[code].search(before) or _NONE_AFTER[code].match(after))

    def _cost(self, text: str, clause: Clause) -> NumberSpan | None:
        stretch = text[clause.start : clause.end]
        found = _COSTS[self.code].search(stretch)
        if found is None or _NO_COST[self.code].search(stretch[: found.end() + 2 * _BACK[self.code]]):
            return None
        return NumberSpan(0.0, clause.start + found.start(), clause.start + found.end())

    # --- other figures -----------------------------------------------------------------------------------------

    def _is_other(
        self, text: str, clause: Clause, number: NumberSpan, known: frozenset[float], named: Callable[[], bool]
    ) -> bool:
        """Return whether a bare figure stands for the point's own and is none of the sheet's."""
        readings = (number.value, *number.alternatives)
        if any(
            abs(value - own) <= 1e-6 + own * (0.2 if number.approximate else 0) for value in readings for own in known
        ):
            return False
        before, after = _beside(text, number, self.code)
        if any(_alike(before, head) or _alike(after, tail) for _, head, tail in self.values if head or tail):
            return _is_untold(number, text, self.code)
        own = {value for value, _, _ in self.values}
        if len(own) != 1 or not max(_LEAST, min(own) / _FAR) <= number.value <= max(own) * _FAR:
            return False
        if _STUTTER.match(text, number.end) or not _is_untold(number, text, self.code):
            return False
        return not _PRICED[self.code].search(text[clause.start : clause.end]) and named()


_BACK = {"zh": 6, "en": 24}


def compile_gainsaid(
    title: str, statement: str, facts: Sequence[str], aliases: Sequence[str], sheet: str, language: Language
) -> Gainsaid:
    """Return what would turn a point round.

    Args:
        title: Name of the point.
        statement: The point in a sentence.
        facts: What must be named.
        aliases: Other names.
        sheet: All words of the product sheet; what it grants anywhere is nowhere ruled out.
        language: Of all of these.
    """
    code = language.code
    texts = [text.lower() for text in (title, statement, *facts)]
    denied = frozenset(thing for text in texts for thing in _denials(text, language))
    words = [word for fact in facts if (word := _word(fact.lower(), language))]
    denied |= frozenset(word for word in words if any(_ends_alike(word, thing) for thing in denied))
    granted = _granted(denied, sheet.lower(), language)
    named = frozenset(words) - denied
    denied -= granted
    denied = frozenset(thing.removesuffix("s") if code == "en" else thing for thing in denied)
    named |= frozenset(
        alias
        for alias in map(str.lower, aliases)
        if code == "zh" and any(alias != word and word.endswith(alias) for word in named)
    )
    needles = [re.escape(word) for word in sorted(denied | named, key=len, reverse=True)]
    return Gainsaid(
        code=code,
        named=tuple(sorted(named)),
        denied=tuple(sorted(denied)),
        is_free=any(_FREE[code].search(text) for text in texts),
        is_proof=any(_PROOF[code].search(text) for text in texts),
        is_several=len(words) >= 2 and len(words) == len(facts),
        values=tuple(_values((*facts, statement, title), language)),
        needles=re.compile("|".join(needles)) if needles else None,
    )


def _found(pattern: re.Pattern[str], text: str, clause: Clause) -> NumberSpan | None:
    hit = pattern.search(text, clause.start, clause.end)
    return NumberSpan(0.0, hit.start(), hit.end()) if hit else None


def _denials(text: str, language: Language) -> Iterator[str]:
    code = language.code
    for piece in (span.text.strip() for span in language.clauses(text)):
        found = [*_DENIED[code].finditer(piece)]
        if (after := _AFTER[code].match(piece)) is not None:
            found.append(after)
        for hit in found:
            things = hit.groupdict()
            for thing in (things.get("thing"), things.get("more"), things.get("free")):
                if thing and len(thing) > 1 and thing not in language.pack.stop:
                    yield thing


def _granted(things: frozenset[str], sheet: str, language: Language) -> frozenset[str]:
    """Return the things that a sheet names somewhere without denying them, more than by their bare name."""
    found = set()
    for piece in {span.text.strip() for span in language.clauses(sheet)}:
        denied = set(_denials(piece, language))
        found |= {
            thing
            for thing in things
            if thing in piece and piece != thing and not any(_ends_alike(thing, other) for other in denied)
        }
    return frozenset(found)


def _word(fact: str, language: Language) -> str:
    """Return a must-fact that names a thing: a word or a code, no bare figure and no denial."""
    fact = fact.strip()
    if language.numbers(fact) and not re.search(r"[a-z]", fact):
        return ""
    if _DENIED[language.code].search(fact) or _AFTER[language.code].match(fact):
        return ""
    if language.code == "zh":
        worded = 2 <= len(fact) <= 6 and not fact[0].isdecimal()
        return fact if worded or re.fullmatch(r"\d[a-z]", fact) else ""
    return (
        fact if re.fullmatch(r"[a-z][a-z0-9-]*(?: [a-z]+)?", fact) and len(fact) > 2 and fact not in _PLAIN_EN else ""
    )


_PLAIN_EN = frozenset(["free", "once", "food", "front", "back", "high", "cold", "warm", "two", "one", "three", "only"])
"""English must-facts that are said of too much to be denied by a "no" before them."""


def _ends_alike(word: str, thing: str) -> bool:
    return word == thing or thing.startswith(word) or word.startswith(thing)


def _values(texts: Sequence[str], language: Language) -> Iterator[tuple[float, str, str]]:
    """Yield figures that may be said without their unit, with what stands on either side of them."""
    for text in texts:
        lowered = text.lower()
        for number in language.numbers(lowered):
            if number.unit and number.unit != "%" and number.unit[0] != "~":
                continue  # a measure is compared with its like elsewhere
            yield number.value, *_beside(lowered, number, language.code)


def _beside(text: str, number: NumberSpan, code: str) -> tuple[str, str]:
    """Return the words on either side of a figure that tell what it is: 一天 before, "a day", "in a" after."""
    if code == "zh":
        found = _EACH_ZH.search(text[max(0, number.start - 4) : number.start])
        return ("每" + found[1]) if found else "", ""
    found = _EACH_EN.match(text[number.end : number.end + 24])
    return "", " ".join(found.group().split()) if found else ""


_EACH_ZH = re.compile(r"(?:每|一)(天|次|瓶|袋|盒|片|粒|颗|包|晚)[吃喝服嚼含有装里]{0,2}$")
_EACH_EN = re.compile(
    r" ?(?:a day|per day|daily|a night|in (?:a|the|each|every) (?:bottle|box|bag|pack|jar|tin|tub))\b"
)


def _alike(one: str, other: str) -> bool:
    return bool(one) and one.replace("per", "a").replace("the", "a").replace("daily", "a day") == other.replace(
        "per", "a"
    ).replace("the", "a").replace("daily", "a day")


def _is_untold(number: NumberSpan, text: str, code: str) -> bool:
    """Return whether nothing after a figure tells what it counts, so that it may be the point's own."""
    if not number.unit:
        return True
    if number.unit[0] != "~":
        return False
    if code == "zh":
        return number.unit[1:] not in _REAL_ZH or number.unit[1:] in "片粒颗"
    word = re.match(r"[\s-]*([a-z']+)", text[number.end :])
    return word is not None and not word[1].endswith("s")


def _places(text: str, thing: str, clause: Clause, code: str) -> Iterator[tuple[int, int]]:
    """Yield where a thing stands in a clause, as a whole word in English."""
    at = text.find(thing, clause.start, clause.end)
    while at >= 0:
        end = at + len(thing)
        if code == "zh" or not (text[at - 1 : at].isalpha() or re.match(r"[a-rt-z]", text[end : end + 1])):
            yield at, end
        at = text.find(thing, at + 1, clause.end)
