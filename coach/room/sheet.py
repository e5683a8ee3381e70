"""What readings need of one scenario, made ready once: its points, its sounds, the names of its viewers."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from coach.language import Language, NumberSpan, language_for
from coach.language.against import ruled_out
from coach.language.claims import scanner
from coach.language.clause import content, marks
from coach.language.closeness import Closeness
from coach.language.cut_zh import cut_words
from coach.language.match import ASSERTS, Matcher, PointMatch
from coach.language.mend import Mender
from coach.language.numbers_zh import read_out
from coach.language.point import Amount, amounts, compile_point, text_ideas
from coach.room.facts import FactSheet
from coach.room.heard import Heard, flatten, phrasebook
from coach.scenario.model import Product, Scenario, SellingPoint

_PUNCTUATION = re.compile(r"[，。！？；,!?]")
"""Text with marks was written by somebody, or by a recogniser that knows the language: nothing to put right."""
KEPT = 64
"""Scenarios kept ready."""
_MATCHES = 256
"""Matches kept ready by point."""
_MENDED_FROM = 3
"""Characters a pack's wording must have to be restored from its sound; those of the sheet need two."""


class PointSheet:
    """One point among the others of its product."""

    def __init__(self, point: SellingPoint, product: Product, language: Language, closeness: Closeness) -> None:
        self.point = point
        others = [other for other in product.selling_points if other.id != point.id]
        elsewhere = f"{' ， '.join(map(_words, others))} ， {product.name}"
        told = [product.name, *product.gifts, *product.facts, *product.facts.values()]
        compiled = compile_point(
            tuple(point.aliases),
            tuple(point.must_facts),
            point.statement,
            point.title,
            language.code,
            fact_names(point, product, language),
            marks(elsewhere, language) | content(elsewhere, language, keep_denied=True),
            tuple(product.must_not_say),
            " ， ".join((*told, *map(_words, product.selling_points))),
            frozenset(text_ideas(elsewhere, language)),
        )
        shared = frozenset(
            unit
            for other in others
            for text in (other.statement, *other.must_facts)
            for unit, _ in amounts(text, language)
        )
        place = product.selling_points.index(point)
        known = sheet_amounts(product, language)
        self._matcher = Matcher(compiled, language, closeness, place, known, shared)
        self._name = _name_of(product)
        self._cached = lru_cache(maxsize=_MATCHES)(self._match)

    def match(self, text: str, *, topical: bool = False, asked: bool = False) -> PointMatch:
        """Return what a text says about the point; coverage, readings and questions ask for the same texts."""
        return self._cached(text, topical, asked)

    def _match(self, text: str, topical: bool, asked: bool) -> PointMatch:
        found = self._matcher.match(text, topical=topical, asked=asked)
        if not found.idea or found.facts_said or not self._name.search(text):
            return found
        # A pour-over kettle is called so, whether or not anything is said of its pour.
        unnamed = self._name.sub(lambda name: " " * len(name[0]), text)
        return self._matcher.match(unnamed, topical=topical, asked=asked)

    def is_about(self, text: str, least: float = ASSERTS) -> bool:
        """Return whether a text, a question or not, is about the point, `least` being how close it must be."""
        return self._matcher.is_about(text, least)


def _name_of(product: Product) -> re.Pattern[str]:
    """Return what finds a product's name, its words with hyphens or spaces between them."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", product.name) if word]
    edges = [r"\b" if part.isascii() and part.isalnum() else "" for part in (product.name[:1], product.name[-1:])]
    return re.compile(edges[0] + r"[\s-]+".join(words) + edges[1], re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FactPiece:
    """A piece of a fact that says something alone: its numbers, and words beside them."""

    text: str
    values: tuple[float, ...]
    flat: str
    """Its text as it is matched."""
    words: tuple[str, ...]
    """Its other content, as it is matched."""

    def is_said(self, heard: Heard, said: Sequence[float]) -> bool:
        """Return whether it is said: all its numbers, and half or more of its other content.

        Args:
            heard: The utterance.
            said: All readings of its numbers.
        """
        if any(all(abs(value - other) > 1e-6 for other in said) for value in self.values):
            return bool(self.values) and self.flat in heard.flat and heard.has_flat(self.flat)
        if self.flat in heard.flat and heard.has_flat(self.flat):
            return True
        if not self.words:
            return bool(self.values)
        here = [word for word in self.words if word in heard.flat]
        least = (0.5 if self.values else 1.0) * len(self.words)
        return len(here) >= least and sum(heard.has_flat(word, guarded=not self.values) for word in here) >= least


class Sheet:
    """All of a scenario that is compared with what is said."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.language = language_for(scenario.locale)
        product = scenario.product
        self.closeness = Closeness([point_texts(point) for point in product.selling_points], self.language)
        self.points = [PointSheet(point, product, self.language, self.closeness) for point in product.selling_points]
        self.banned = tuple(flatten(wording, self.language) for wording in product.must_not_say)
        handles = [re.escape(viewer.name) for viewer in scenario.viewers]
        self.handles = re.compile("|".join(handles), re.IGNORECASE) if handles else None
        self.calls = tuple((viewer.id, viewer.name) for viewer in scenario.viewers)
        facts = [(name, value) for name, value in product.facts.items()]
        self.facts = [(name, _pieces(value, self.language)) for name, value in facts]
        self.facts += [(text, [_piece(text, self.language)]) for text in product.certificates]
        prices = {product.price.list, product.price.live, product.price.floor}
        self._known = sheet_amounts(product, self.language)
        self._amounts = {name: amounts(value, self.language) for name, value in product.facts.items()}
        self._amounts |= {
            point.id: amounts(" ， ".join((point.statement, *point.must_facts)), self.language)
            for point in product.selling_points
        }
        texts = (*product.facts.values(), *(_words(point) for point in product.selling_points))
        self.fact_sheet = FactSheet(product, self.language)
        self.own_text = flatten(" ".join((product.name, *product.gifts, *product.certificates, *texts)), self.language)
        flats = (self.own_text, flatten(" ".join((*product.facts, *product.must_not_say)), self.language))
        self.names = {viewer_id: tuple(_own_names(name, self.language, flats)) for viewer_id, name in self.calls}
        """What names each viewer wherever it stands; the rest of a name must be set off as a call is (`calling`)."""
        self.ruled_out = frozenset(flatten(thing, self.language) for thing in ruled_out(texts, self.language.code))
        self.measures = {amount for unit, amount in sheet_amounts(product, self.language) if unit != "money"} - prices
        scanner(self.language.code)  # rule packs are read before the first utterance, not on the way to its answer
        self._mender = Mender(_meant(scenario), words_of(product)) if self.language.code == "zh" else None
        self._mended = lru_cache(maxsize=512)(self._mender.mend) if self._mender else None

    def differs(self, names: Iterable[str], text: str) -> bool:
        """Return whether a text gives figures for these points or facts, all of them others than the sheet's.

        Rough figures ("fifty-odd degrees") differ if they are off by more than a fifth.
        """
        wanted = {amount for name in names for amount in self._amounts.get(name, ())}
        said = self.language.numbers(self.mend(text))
        same = [(number, told) for number in said for told in wanted if _comparable(number, told[0])]
        known = {_amount(unit, value) for unit, value in self._known}
        agrees = any(
            abs(_amount(number.unit, value) - other) <= (_ROUGHLY * other if number.approximate else 1e-6)
            for number, _ in same
            for value in number.readings()
            for other in known
        )
        return bool(same) and not agrees

    def mend(self, text: str) -> str:
        """Return recognised words with what was meant by them, character for character."""
        if self._mended is None or _PUNCTUATION.search(text):
            return text
        return self._mended(text)


_ROUGHLY = 0.2
"""How far a rough figure may be off."""
_SECONDS = {"sec": 1.0, "min": 60.0, "day": 86_400.0, "month": 2_592_000.0}
"""Durations are compared whatever they are counted in."""
_NEVER_COMPARED = frozenset({"", "money", "discount", "times", "~个", "~点", "~次"})


def _amount(unit: str, value: float) -> float:
    return value * _SECONDS.get(unit, 1.0)


def _comparable(number: NumberSpan, unit: str) -> bool:
    if number.unit in _NEVER_COMPARED:
        return False
    return number.unit == unit or (number.unit in _SECONDS and unit in _SECONDS)


_ready: OrderedDict[int, Sheet] = OrderedDict()


def sheet_of(scenario: Scenario) -> Sheet:
    """Return the sheet of a scenario, made on first use."""
    found = _ready.get(id(scenario))
    if found is None or found.scenario is not scenario:
        found = _ready[id(scenario)] = Sheet(scenario)
        while len(_ready) > KEPT:
            _ready.popitem(last=False)
    return found


def _pieces(value: str, language: Language) -> list[FactPiece]:
    """Return a fact and its pieces: `55%亚麻 45%棉` has two."""
    whole = [value, *value.replace("，", ",").split(",")]
    split = value.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
    parts = [part for part in split if any(map(str.isdigit, part)) and any(map(str.isalpha, part))]
    return [_piece(part.strip(), language) for part in dict.fromkeys([*whole, *parts]) if part.strip()]


def _piece(text: str, language: Language) -> FactPiece:
    numbers = language.numbers(text)
    rest = text
    for span in reversed(numbers):
        rest = rest[: span.start] + " " + rest[span.end :]
    stop = {*language.pack.stop, "%", "percent"}
    words = [flatten(word, language) for word in language.tokens(rest) if word not in stop]
    values = tuple(span.value for span in numbers)
    return FactPiece(text, values, flatten(text, language), tuple(word for word in words if word.strip()))


def _meant(scenario: Scenario) -> list[str]:
    """Return what a Chinese streamer of this product is likely to have meant."""
    product = scenario.product
    points = [text for point in product.selling_points for text in (point.title, *point.aliases, *point.must_facts)]
    texts = [product.name, *product.gifts, *product.facts, *product.facts.values(), *points]
    prices = [_spoken(price) for price in (product.price.list, product.price.live, product.price.floor)]
    prices = [price for price in prices if len(price) >= _MENDED_FROM]  # 是七天 is no 十七
    listed = [wording for wording in phrasebook("zh").plain if len(wording) >= _MENDED_FROM]
    return [*texts, *prices, *listed, *move_terms()]


def words_of(product: Product) -> set[str]:
    """Return every short piece of the sheet's own Chinese: it stays as it is, whatever else it sounds like."""
    texts = [product.name, *product.gifts, *product.facts, *product.facts.values()]
    texts += [_words(point) for point in product.selling_points]
    runs = [run for text in texts for run in re.findall(r"[\u4e00-\u9fff]+", text)]
    return {run[at : at + size] for run in runs for size in (2, 3, 4) for at in range(len(run) - size + 1)}


def move_terms() -> tuple[str, ...]:
    """Return short words of live rooms that recognisers get wrong and readings need."""
    from coach.room.pack import move_pack

    return move_pack("zh").terms


def _spoken(price: float) -> str:
    return read_out(f"{price:g}")


def point_texts(point: SellingPoint) -> tuple[str, ...]:
    """Return everything the author wrote about a point."""
    return (point.statement, point.title, *point.aliases, *point.must_facts)


def _words(point: SellingPoint) -> str:
    return " ， ".join((point.title, point.statement, *point.aliases, *point.must_facts))


def fact_names(point: SellingPoint, product: Product, language: Language) -> tuple[str, ...]:
    """Return the names of the sheet's facts that hold one of the point's own (重量: 单只4.6克)."""
    own = {amount for fact in point.must_facts for amount in amounts(fact, language) if amount[0]}
    texts = [language.normalise(fact) for fact in point.must_facts]
    return tuple(
        name
        for name, value in product.facts.items()
        if own & amounts(value, language) or any(text in language.normalise(value) for text in texts)
    )


def sheet_amounts(product: Product, language: Language) -> frozenset[Amount]:
    """Return every amount on the product sheet; saying one of them contradicts nothing."""
    texts = [*product.facts.values(), *product.certificates, *product.gifts]
    for point in product.selling_points:
        texts += [point.statement, point.title, *point.must_facts, *point.aliases]
    found: frozenset[Amount] = frozenset().union(*(amounts(text, language) for text in texts))
    price = product.price
    return found | {("money", value) for value in (price.list, price.live, price.floor)}


def _own_names(name: str, language: Language, flats: Sequence[str]) -> list[str]:
    """Return the names of a viewer that are nothing else: no word of the sheet, none that rooms use (退货, "just")."""
    names = [each for each in call_names(name) or [name] if _is_whole(each, name)]
    return [each for each in names if _is_long(each) or not _is_everyday(flatten(each, language), language.code, flats)]


def _is_whole(part: str, name: str) -> bool:
    """Return whether a part of a Chinese name cuts no word of it in two (精打细算 and 童叟无欺 are one word each)."""
    at = name.find(part)
    if len(part) != 2 or name.isascii() or at < 0:
        return True
    return {at, at + 2} <= {0, *(word.end for word in cut_words(name))}


def _is_long(name: str) -> bool:
    """Return whether a name is more than one word, and so never said by the way."""
    return " " in name if name.isascii() else len(name) > 2


_VOCATIVE = re.compile(r"[阿小老大].|(.)\1|.[哥姐弟妹妈爸爷奶叔姨嫂婶宝总]")
"""How Chinese nicknames of two characters are made."""
_NAME_KINDS = ("nr", "ns", "nz")
_GRAMMAR_KINDS = ("d", "p", "c", "u", "m", "q", "r")
"""Classes of words that make sentences: what holds one of them (不白, 的风) is cut out of a phrase, not a name."""


def _is_everyday(flat: str, code: str, flats: Sequence[str]) -> bool:
    if code != "zh" or flat.isascii():
        return any(flat in text for text in (*flats, _everyday(code)))
    words = cut_words(flat)
    is_word = len(words) == 1 and not words[0].kind.startswith(_NAME_KINDS)
    if _VOCATIVE.fullmatch(flat):  # 心心 is not said by 小心心, 痘痘 is by 有痘痘的; 老宋 is a name and a typeface
        return is_word and not (flat[0] in "老小" and cut_words(flat[1])[0].kind == "nr")
    if any(flat in text for text in (*flats, _everyday(code))) or is_word:
        return True
    return len(flat) == 2 and any(word.kind.startswith(_GRAMMAR_KINDS) for word in words)


@cache
def _everyday(code: str) -> str:
    """Return the words of rooms, as flat text: what streamers and viewers say of any product."""
    from coach.room.pack import line_pack, topic_pack

    topics, language = topic_pack(code), language_for("zh-CN" if code == "zh" else "en-US")
    listed = [wording for wordings in (*topics.asks.values(), *topics.tells.values()) for wording in wordings]
    spoken = [line for pack in line_pack(code).types.values() for lines in pack.lines.values() for line in lines]
    return flatten(" ， ".join((*phrasebook(code).plain, *listed, *spoken, *language.pack.stop)), language)


_TITLED = re.compile(r".{1,2}?(?:先生|女士|小姐|阿姨|叔叔|大叔|同学|老师|师傅|大哥|大姐|奶奶|爷爷)|(.)\1[妈爸哥姐弟妹]")
"""Beginnings of Chinese names that are said whole: 周先生要说法, 胡同学赶车, 豆豆妈囤货中."""
_LATIN = re.compile(r"[a-zA-Z]{3,}")


def call_names(name: str) -> list[str]:
    """Return what a streamer may call a viewer: the whole name or a part of it (小美爱省钱 → 小美, 省钱).

    Figures are no part of what anybody is called (木子李88 → 木子李, big_mike_88 → "big mike").
    """
    cleaned = name.replace("_", " ").replace("-", " ")
    parts = _english_parts(cleaned) if cleaned.isascii() else _chinese_parts(cleaned)
    return list(dict.fromkeys(parts))


def _english_parts(cleaned: str) -> list[str]:
    words = [word for word in (each.rstrip("0123456789") for each in cleaned.split()) if word.isalpha()]
    first = (cleaned.split() or [cleaned])[0]
    letters = "".join(char for char in first if char.isalpha())
    return [part for part in (cleaned, " ".join(words), first, letters) if len(part) >= 3]


def _chinese_parts(cleaned: str) -> list[str]:
    stem = cleaned.rstrip(" 0123456789")
    titled = _TITLED.match(stem)
    head, child = (titled[0], (titled[1] or "") * 2) if titled else (stem[:2], "")  # 豆豆妈 hears 豆豆 too
    ends = (head, child, stem[-2:]) if len(stem) >= 4 else ()
    whole = [part for part in ends if not re.search(r"\d|[a-zA-Z]{2}", part)]  # no half of a word or a figure
    return [part for part in (cleaned, stem, *_LATIN.findall(stem), *whole) if len(part) >= 2]
