"""How a stretch of speech is meant: a plain claim about this product, or asked, quoted, supposed, denied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from coach.language.aside import is_named_only, is_of_another
from coach.language.fact_pack import FactPack, Guards, Kind, load_fact_pack

_SENTENCE = re.compile(r"[。！!？?；;\n]|(?<!\d)\.(?!\d)")
_CLAUSE = re.compile(r"[，,。！!？?；;\n—…:：]|(?<!\d)\.(?!\d)| - ")
_REACH = {"zh": 16, "en": 60}
"""Characters back over which a wording is still about what follows, where no mark ends it."""
_NEAR = {"zh": 3}
"""Characters between a denial and what it denies; longer for those that reach far."""
_FAR = {"zh": 9}
_TAGS = re.compile(
    r"(?:对吧|是吧|对不对|好吧|好不好|懂吧|是不是|知道吧|, ?right|,? ?okay|,? ?you know|,? ?huh|,? ?yeah)\s*$"
)
_FILLERS_EN = re.compile(r"^(?:(?:um+|uh+|so|and|well|okay|oh|hey|but|like|yeah|hmm|er|now|sorry|wait)[, ]+)+")


class Scope(NamedTuple):
    """What is said around a stretch."""

    claimed: bool
    """Whether it is said as true or untrue of this product: not asked, quoted, supposed or about another one."""
    denied: bool
    worried: bool
    """Whether it is what nobody need fear (不怕…, "don't worry about …")."""
    absolute: bool


class Place(NamedTuple):
    """A stretch with the clause and the sentence that it stands in."""

    text: str
    """Lower-case text, offsets as in the text given."""
    start: int
    end: int
    clause: tuple[int, int]
    sentence: tuple[int, int]

    def before(self, reach: int) -> str:
        """Return what stands before it in its clause, `reach` characters at most."""
        return self.text[max(self.clause[0], self.start - reach) : self.start]

    def after(self, reach: int) -> str:
        """Return what stands after it in its clause, `reach` characters at most."""
        return self.text[self.end : min(self.clause[1], self.end + reach)]

    @property
    def around(self) -> str:
        """The clause without the stretch itself."""
        return f"{self.text[self.clause[0] : self.start]} {self.text[self.end : self.clause[1]]}"


def place(text: str, start: int, end: int) -> Place:
    """Return where a stretch of a lower-case text stands."""
    clauses, sentences = _marks(text)
    return Place(text, start, end, _bounds(clauses, start, end), _bounds(sentences, start, end))


@lru_cache(maxsize=256)
def _marks(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return where the marks of a text stand that end clauses, and those that end sentences."""
    clauses, sentences = (
        ((0, 0), *(hit.span() for hit in marks.finditer(text)), (len(text), len(text)))
        for marks in (_CLAUSE, _SENTENCE)
    )
    return clauses, sentences


def _bounds(marks: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[int, int]:
    left = max(stop for at, stop in marks if stop <= start)
    return left, min(at for at, stop in marks if at >= end)


def any_of(words: Iterable[str], code: str) -> re.Pattern[str]:
    """Return a pattern for any of the wordings, longest first; whole words in English."""
    body = (
        "|".join(
            re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]+")
            for word in sorted(words, key=len, reverse=True)
        )
        or "(?!)"
    )
    return re.compile(f"(?:{body})" if code == "zh" else rf"(?<![\w'])(?:{body})(?![\w'])")


class ScopeReader:
    """Reads scopes in one language."""

    def __init__(self, pack: FactPack, code: str) -> None:
        guards = pack.guards
        self.code = code
        self._question = any_of(guards.question, code)
        self._question_after = any_of(guards.question_after, code)
        self._quote = re.compile(any_of(guards.quote, code).pattern + ("(?!题|世|候)" if code == "zh" else ""))
        self._suppose = re.compile(rf"(?<![主重需只想]){any_of(guards.suppose, code).pattern}")
        self._others, self._ours = any_of(guards.others, code), any_of(guards.ours, code)
        self._theirs = _THEIRS[code]
        self._denials = any_of((*guards.denials, *guards.not_denials, *guards.worries), code)
        self._harmless, self._worries = frozenset(guards.not_denials), frozenset(guards.worries)
        self._far = frozenset(guards.far_denials)
        self._after = _denied_after(guards, code)
        self._carries = frozenset(guards.carries)
        self._absolutes = any_of(guards.absolutes, code)
        self._refusals = any_of(guards.refusals, code)
        self._affirm = {kind: any_of(words, code) for kind, words in guards.affirm.items()}
        self.also, self.only = any_of(guards.also, code), any_of(guards.only, code)

    def read(self, at: Place) -> Scope:
        """Return how the stretch is meant."""
        denied, worried = self._denial(at)
        return Scope(
            claimed=not any(
                test(at) for test in (self._asked, self._quoted, self._supposed, self.is_of_others, self._refused)
            ),
            denied=denied or self._denied_after(at),
            worried=worried,
            absolute=bool(self._absolutes.search(at.before(_REACH[self.code]))) or bool(_TIMES.search(at.before(12))),
        )

    def denies(self, at: Place, kind: Kind) -> bool:
        """Return whether the stretch is denied, in the way of its kind: 不能 after a property denies what follows."""
        before, _ = self._denial(at)
        if before or kind in ("can", "need"):
            return before or self._denied_after(at)
        found = self._after.match(at.text[at.end : at.end + _REACH[self.code]])
        return found is not None and not _ORDER[self.code].search(found.group())

    def _denied_after(self, at: Place) -> bool:
        after = at.text[at.end : at.end + _REACH[self.code]]
        return bool(self._after.match(after)) or (self.code == "zh" and bool(_LIST_DENIED_ZH.match(after)))

    def affirms(self, at: Place, kind: Kind) -> bool:
        """Return whether words beside the stretch grant it, in the way of its kind."""
        reach = 10 if self.code == "zh" else 40
        if kind == "has":  # what is in it stands after "has", what is said of it elsewhere does not
            return bool(self._affirm[kind].search(at.before(10 if self.code == "zh" else 28))) or bool(
                _IN_IT[self.code].match(at.after(16))
            )
        after = (
            at.text[at.end : min(at.sentence[1], at.end + reach)]
            if self.code == "zh" and kind == "can"
            else at.after(reach)
        )
        found = self._affirm[kind].search(f"{at.before(reach)} | {after}")
        return found is not None

    def is_of_others(self, at: Place) -> bool:
        """Return whether another product, or another shop, was the subject last."""
        if self.code == "zh" and at.text[at.start - 1 : at.start] in tuple("比像如似同跟"):
            return True
        if is_of_another(at.text, at.start, at.end, self.code) or self._thrown_back(at):
            return True
        before = at.text[max(at.sentence[0], at.start - 2 * _REACH[self.code]) : at.start]
        reach = _REACH[self.code]
        after = at.text[at.end : min(at.sentence[1], at.end + reach)]
        if self._theirs.search(at.after(reach // 2)) or _ASK_THEM[self.code].search(after):
            return True
        hits = [hit for pattern in (self._others, _MOST[self.code]) for hit in pattern.finditer(before)]
        others = [hit.end() for hit in hits if not self._is_figurative(hit, before)]
        return bool(others) and self._ours.search(before, max(others)) is None

    def _thrown_back(self, at: Place) -> bool:
        """Return whether a reproach is turned on who made it; after a condition 才 is "only then" (买两件，你才有)."""
        clause = at.text[at.clause[0] : at.start]
        said = at.text[at.sentence[0] : at.start] if self.code == "zh" and "才" in clause else clause
        return bool(_THROWN_BACK[self.code].search(said))

    def _is_figurative(self, hit: re.Match[str], before: str) -> bool:
        """Return whether a hit names no other thing: "just regular steel", 像没有一样 and over."""
        if hit.group() in _PLAIN and _JUST.search(before[: hit.start()]):
            return True
        return (
            self.code == "zh" and hit.group().endswith(("像", "像是")) and bool(_LIKENED_ZH.match(before[hit.end() :]))
        )

    def _asked(self, at: Place) -> bool:
        left, right = at.sentence
        sentence = at.text[left:right]
        marked = at.text[right : right + 1] in ("?", "？")
        if self.code == "zh":
            return self._asked_zh(at, marked)
        plain = _FILLERS_EN.sub("", sentence.strip())
        opener = self._question.match(plain)
        if marked:
            return bool(opener) or len(plain.split()) <= 3
        recent = at.text[max(at.clause[0], at.start - 40) : at.start]
        asked = [hit for hit in self._question.finditer(recent) if " " in hit.group() or hit.group() == "whether"]
        return bool(asked) and not _ANSWERS_EN.search(recent, asked[-1].end())

    def _asked_zh(self, at: Place, marked: bool) -> bool:
        clause = at.text[at.clause[0] : at.clause[1]]
        if at.start == at.clause[0] and _ECHOED_ZH.fullmatch(at.text[at.end : at.clause[1]].strip()):
            return True  # nothing but the word and a tag: a viewer's word said back (漏水是吧)
        if marked and at.clause[1] == at.sentence[1] and not _TAGS.search(clause):
            return True
        near = at.text[max(at.clause[0], at.start - 8) : min(at.clause[1], at.end + 6)]
        after = at.text[at.end : min(at.clause[1], at.end + 6)]
        if self._question_after.search(after):
            return True
        return any(not _WHATEVER_ZH.match(near, hit.start()) for hit in self._question.finditer(near))

    def _quoted(self, at: Place) -> bool:
        before = at.text[max(at.sentence[0], at.start - _REACH[self.code]) : at.start]
        if is_named_only(at.text, at.start, at.end, self.code):
            return True
        if _SAID_AFTER[self.code].search(at.text[at.end : min(at.sentence[1], at.end + _SAID_REACH)]):
            return True
        cues = list(self._quote.finditer(before))
        return bool(cues) and not _OWN[self.code].search(before, cues[-1].end())

    def _supposed(self, at: Place) -> bool:
        words = at.text[at.start : at.end]
        if self.code == "zh" and (_IF_ZH.match(at.after(4)) or _PAST_ZH.search(at.before(_REACH["zh"]) + words)):
            return True
        return bool(self._suppose.search(at.before(_REACH[self.code])))

    def _refused(self, at: Place) -> bool:
        reach = _REACH[self.code]
        left, right = max(at.sentence[0], at.start - reach), min(at.sentence[1], at.end + reach // 2)
        before = at.text[left : at.start]
        return bool(
            self._refusals.search(before)
            or _REFUSES[self.code].search(before)
            or self._refusals.search(at.text[at.end : right])
        )

    def _denial(self, at: Place) -> tuple[bool, bool]:
        """Return whether a denial before the stretch reaches it, and whether it denies a worry."""
        if self.code == "zh" and _PREDICATE_ZH.match(at.text[at.end : at.end + 6]):
            return False, False
        before, listed = _listed(at, self.code)
        hits = [hit for hit in self._denials.finditer(before) if hit.group() not in self._harmless]
        hits = [hit for hit in hits if not listed or hit.group() in self._far]
        if not hits:
            return False, False
        last = hits[-1]
        gap = before[last.end() :]
        if not self._reaches(last.group(), gap):
            return False, False
        if last.group() in self._worries:
            return False, True
        doubled = len(hits) > 1 and len(before[hits[-2].end() : last.start()].strip()) <= 1
        return not doubled, False

    def _reaches(self, word: str, gap: str) -> bool:
        limit = _FAR if word in self._far else _NEAR
        if self.code == "en":
            if _BY_EN.match(gap):
                return True
            words = [one.strip("-,") for one in gap.split()]
            others = [at for at, one in enumerate(words) if one not in self._carries]
            if word in _NO_EN and others and words[others[0] + 1 : others[0] + 2] in _PLACED_EN:
                return False  # "no drawstring on the hood" leaves the hood
            return not others or (word in self._far and len(others) == 1)
        if word in self._carries:
            return not gap.strip()
        if _PIVOT_ZH.search(gap):
            return False
        allowed = limit[self.code] + (8 if _LISTS_ZH.search(gap) else 0)
        return len(gap.strip()) <= allowed


_PLAIN = frozenset(["regular", "ordinary", "normal", "typical"])
_LIKENED_ZH = re.compile(r"[^，。]{1,8}(?:一样|似的|一般)[^，。]{0,4}[，。]")
"""A likeness that ends in its own clause (轻得像没有一样，容量…): what follows is of the product again."""
_JUST = re.compile(r"\bjust (?:an? )?$")
"""What makes "regular" and its like this product's own ("it's just regular steel")."""
_IN_IT = {
    "zh": re.compile(r"味|在里面|在里头|提鲜|提味"),
    "en": re.compile(r"\s(?:in it|in there|inside|and \w+ in it|added)\b"),
}
_PIVOT_ZH = re.compile(r"[他它]?[是事]|我们|这[款个是]|而是|但|就是")
"""Words after which a new statement begins: a denial before them reaches no further."""
_LISTS_ZH = re.compile(r"[、和与及或跟]")
_ITEM_ZH = re.compile(r"$|[、和与及或跟]|[这那]些|什么|之类|等|[啊呀啦嘛呢]")
"""What follows the item of a list; anything else says something of its own (没有理由也能退，运费险我们出)."""
_REFUSES = {
    "zh": re.compile(
        r"(?:不|没|别)(?:敢|能|会|想|好|要)?(?:跟你|给你|乱|这么|那么)?(?:说|讲|吹|保证|承诺|打包票|写|标)"
    ),
    "en": re.compile(
        r"\b(?:not|never|don't|won't|can't|couldn't|wouldn't)(?: \w+){0,4}"
        r" (?:say|said|claimed|promised|told|claim|tell|promise|call it|swear|print|write|pretend|guarantee)\b"
    ),
}
"""Refusals to say something, with words between."""
_THEIRS = {
    "zh": re.compile(r"他们|(?<![顶比抵超胜过])人家|(?<![顶比抵超胜过])别家"),
    "en": re.compile(r"\b(?:other brands|theirs|they charge|they sell)\b"),
}
_THROWN_BACK = {
    "zh": re.compile(
        r"(?:你|您)(?:们|家|们家|自己|自家)?才(?!(?:知道|买|能|可以|会|要|有|敢|放心|用))[^，。]{0,6}$"
        r"|^[哎哈呵嘿哼，, ]*(?:你|您)(?:们|家|们家)?才(?:有|会|要|用|能)[^，。]{0,6}$"
    ),
    "en": re.compile(r"\byou(?:'re| are) the (?:\w+ )?(?:one|ones|guy)\b[^,.]*$"),
}
"""A reproach turned on who made it (你才是兑的): said of them, not of the product."""
_ORDER = {"zh": re.compile(r"不可|不能|不要|别|勿|禁|不建议|不推荐|不适"), "en": re.compile(r"don't|never|can't|won't")}
_ASK_THEM = {"zh": re.compile(r"问他|他家的|他敢|问问他"), "en": re.compile(r"\bask (?:him|her|them)\b")}
_SAID_REACH = 64
_SAID_AFTER = {
    "zh": re.compile(r"(?:这|那)(?:是|话是|都是)?(?:别人|人家|他们|网上|别家|某些)[^，。]{0,6}(?:说|讲|吹)"),
    "en": re.compile(
        r"(?:that's|that is|is|was) what (?!i\b|we\b|the (?:card|box|label|sheet|tag|page))"
        r"(?:\w+ ){1,9}?(?:said|says|say|claims?|told|wrote)\b"
    ),
}
"""Words that give what went before to somebody else."""
_BY_EN = re.compile(r" (?:been |yet |ever |even |officially |being ){0,2}\w+(?:ed|en|wn|un) by (?:the |an? |any )?$")
"""A passive between a denial and who would have done it ("hasn't been looked over by a lab")."""
_ECHOED_ZH = re.compile(r"[，,。！!]?(?:对吧|是吧|是不是|对不对|了是吧|了对吧)$")
_IF_ZH = re.compile(r"了?的话(?![题都])")
"""A condition told after what it supposes (坏了的话你找客服)."""
_PAST_ZH = re.compile(
    r"(?:(?:期|时间|日子|天|年|月)(?:一?过了?|满了|到了)|(?:超|过)了?[^，。]{0,5}(?:以后|之后|期(?!间)))"
    r"(?:以后|之后|后|的话)?[你我们那]{0,2}[就才得]"
)
"""A condition of time told before what holds from then on only (质保期过了就得自己承担)."""
_NO_EN = frozenset(["no", "without", "zero", "minus"])
_PLACED_EN = [[word] for word in ("on", "in", "at", "with", "under", "around", "inside")]
_MOST = {
    "zh": re.compile(r"大多数?|多数|很多家|(?:好多|很多|不少)[^，。]{0,6}(?:是|都|用|加)"),
    "en": re.compile(
        r"\b(?:most|a lot of|lots of|many|plenty of|some) (?:\w+ ){1,2}(?:are|use|have|come|get|out there)\b"
        r"|\bmy (?:aunt|uncle|mom|mother|dad|father|friend|husband|wife|boss"
        r"|sister|brother|neighbor|cousin|grandma|kids?)\b"
    ),
}
_LIST_DENIED_ZH = re.compile(
    r"(?:[、和跟及与][^，。；,]{1,8}){1,4}?(?:都|也|均|的人)?(?:不能|不可|不宜|不适|不要|不建议|禁用|慎用|别|勿)"
)
"""A list whose end says that none of it may (孕妇、婴儿、无知觉的人不能用)."""
_PREDICATE_ZH = re.compile(
    r"(?:倒?是)?(?:放|加|有|含)(?:了|的|着)[的啊]?(?:[，。！,]|$)|[都也]?(?:随便|照样|没问题|没文题|都行|都可以|都能|都没事|尽管)|[可也]以|也行|也能|没事"
)
"""What, right after a name, is said of it: a denial further left belongs to something else (不带湿的洗衣机随便搅)."""
_TIMES = re.compile(r"[一几两三五十百千万\d]+(?:年|次|遍|回|百次)(?:都|也|下来都)?不")
_WHATEVER_ZH = re.compile(r"(?:什么|怎么|哪)\S{0,8}都")
_ANSWERS_EN = re.compile(r"\b(?:yes|yep|yeah|sure|of course|absolutely|nope|no|totally|you can|it is|it does|it's)\b")
_OWN = {
    "zh": re.compile(r"我说|我们|咱|但|其实|不过|答案|可以|是的|没错|对的|对啊|行啊|当然|不用|真的是|确实"),
    "en": re.compile(r"\b(?:but|actually|so|yes|no|i'm telling|answer|well|and it|it is|yep|yeah|sure)\b"),
}
"""Wordings after which a quoted question is over and the streamer speaks."""


def _denied_after(guards: Guards, code: str) -> re.Pattern[str]:
    """Return the pattern of a denial after a name, with what may stand between."""
    denials, between = any_of(guards.denials_after, code).pattern, any_of(guards.between, code).pattern
    if code == "en":
        return re.compile(rf"(?:-|\s)?(?:\s?{between}\s){{0,3}}\s?{denials}")
    harmless = any_of(guards.harmless_after, code).pattern
    close = rf"[的嘛啊呢呀吧 ]?{between}{{0,3}}(?!{harmless}){denials}"
    return re.compile(rf"{close}|[，,]\s?[就都也是那]?{denials}[的了啊哦呀哈]?(?:[，。！,]|$)")


def _listed(at: Place, code: str) -> tuple[str, bool]:
    """Return what stands before a stretch, and whether that goes over marks, as in a list (不加香精，色素，…)."""
    before = at.before(_REACH[code])
    if code == "zh" and at.start == at.clause[0] > at.sentence[0] and _ITEM_ZH.match(at.after(3)):
        return at.text[max(at.sentence[0], at.start - _REACH[code]) : at.start].replace("，", "、").replace(
            ",", "、"
        ), True
    return before, False


@cache
def scope_reader(code: str) -> ScopeReader:
    """Return the reader of a language."""
    return ScopeReader(load_fact_pack(code), code)
