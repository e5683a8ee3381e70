"""A product sheet as lines that can be contradicted, with what each line is about and which points it belongs to."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Sequence

from coach.language import Language, language_for
from coach.language.contradict import Opposed, SheetLine, WordSheet
from coach.language.contradict_figures import FigureSheet
from coach.language.cut_zh import cut_words
from coach.language.mend import Mender
from coach.language.prohibited import Prohibitions
from coach.room.sheet import fact_names, sheet_amounts, sheet_of, words_of
from coach.scenario.model import Product, Scenario, SellingPoint
from coach.score.fact_extras import Extras
from coach.score.misfits import Misfits

_KEPT = 64
"""Scenarios kept ready."""
_PROOF = "family.certificate"
_WHOLE = re.compile(
    r"材质|材料|面料|成分|配料|原料|产地|颜色|款式|类别|名称|name|fabric|material|ingredient|origin|made|colou?r|category|design|what"
    r"|body|construction|type|style|use|care|清洁|洗涤|保养|使用|净含量|规格|尺寸|重量|size|weight"
)
"""Names of facts that are about the whole product."""


class FactSheet:
    """One scenario's product sheet, made ready once."""

    def __init__(self, scenario: Scenario) -> None:
        product = scenario.product
        self.language: Language = language_for(scenario.locale)
        self.lines = _lines(product, self.language)
        self.words = WordSheet(self.lines, product.must_not_say, self.language.code)
        self.figures = FigureSheet(self.lines, sheet_amounts(product, self.language), self.language)
        self._mender = Mender(_mended(self.words), words_of(product)) if self.language.code == "zh" else None
        self.prohibitions = Prohibitions(self.lines, self.language)
        everything = self._everything = " ".join(line.text for line in self.lines).lower()
        self.extras = Extras(product, self.language, everything)
        self.misfits = Misfits(sheet_of(scenario))
        self._points_of: dict[str, list[str]] = defaultdict(list)
        for point in product.selling_points:
            for name in fact_names(point, product, self.language):
                self._points_of[name].append(point.id)
        self._certificates = product.certificates
        self._truths = {point.id: point.statement or point.title for point in product.selling_points}
        self._truths |= dict(product.facts)

    def plain(self, text: str) -> str:
        """Return recognised words with names of what would contradict the sheet put right; the length stays."""
        if self._mender is None or _WRITTEN.search(text):
            return text
        plain = self.words.plain(text)
        return _but_words(plain, self._mender.mend(plain))

    def truth(self, opposed: Opposed) -> str:
        """Return what the sheet says instead: a fact where there is one, else a point's statement."""
        if opposed.kind == _PROOF:
            return "；".join(self._certificates) if self.language.code == "zh" else "; ".join(self._certificates)
        lines = [self.lines[number] for number in opposed.lines]
        told = next((line for line in lines if not line.is_point), lines[0] if lines else None)
        return self._truths.get(told.key, told.text) if told else ""

    def points(self, opposed: Opposed) -> tuple[str, ...]:
        """Return the selling points contradicted: those that name the thing in title or must-facts, else the first."""
        if opposed.kind == _PROOF:  # one certificate does not rule out another; only the list of them does
            return ()
        lines = [self.lines[number] for number in dict.fromkeys(opposed.lines)]
        points = [line.key for line in lines if line.is_point]
        return tuple(points or dict.fromkeys(key for line in lines for key in self.points_of(line.key)))

    def points_of(self, name: str) -> Sequence[str]:
        """Return the selling points that hold one of a fact's own figures or words."""
        return self._points_of.get(name, ())

    def says(self, words: str) -> bool:
        """Return whether the sheet says the very words, more than a bare figure."""
        said = words.strip().lower()
        return len(said) > 2 and not said.isdecimal() and said in self._everything

    def point(self, point_id: str) -> SheetLine:
        """Return the line of a selling point."""
        return next(line for line in self.lines if line.is_point and line.key == point_id)

    def row(self, name: str) -> SheetLine:
        """Return the line of a fact."""
        return next(line for line in self.lines if not line.is_point and line.key == name)

    def point_truth(self, point_id: str) -> str:
        """Return what the sheet says of a selling point."""
        return self._truths.get(point_id, "")

    def fact(self, opposed: Opposed) -> str:
        """Return the id of the point, or the name of the fact, that is contradicted."""
        if opposed.kind == _PROOF:
            return "certificates"
        points = self.points(opposed)
        lines = [self.lines[number].key for number in opposed.lines]
        return points[0] if points else lines[0] if lines else "claims"


def _lines(product: Product, language: Language) -> list[SheetLine]:
    colon = "：" if language.code == "zh" else ": "
    lines = [SheetLine("name", product.name)]
    for name, value in product.facts.items():
        part = frozenset() if _WHOLE.search(name.lower()) else frozenset(_part_words(name, language))
        lines.append(SheetLine(name, f"{name}{colon}{value}", part=part))
    parts = frozenset().union(*(line.part for line in lines))
    lines += [SheetLine("certificates", text) for text in product.certificates]
    lines += [SheetLine("gifts", text, part=frozenset([_head(text, language)])) for text in product.gifts]
    lines += [_point(point, parts) for point in product.selling_points]
    return lines


def _point(point: SellingPoint, parts: frozenset[str]) -> SheetLine:
    told = (point.title, point.statement, *point.must_facts)
    text = " ， ".join((*told, *point.aliases))
    return SheetLine(
        point.id,
        text,
        is_point=True,
        part=frozenset(word for word in parts if word in " ".join(told).lower()),
        telling=" ， ".join((point.title, *point.must_facts)),
    )


def _head(gift: str, language: Language) -> str:
    """Return the word that names a gift: 手套 of 棉手套1双, "straw" of "reusable steel straw"."""
    if language.code == "zh":
        return re.sub(r"[\d一两二三]+.?$", "", gift)[-2:]
    words = [word for word in language.tokens(gift) if word.isalpha() and len(word) > 2]
    return words[-1] if words else gift.lower()


def _part_words(name: str, language: Language) -> Sequence[str]:
    if language.code == "zh":
        return [name] if len(name) >= 2 else []
    return [word for word in language.tokens(name) if len(word) >= 3 and word not in language.pack.stop]


def _but_words(heard: str, mended: str) -> str:
    """Return the mended text with words of the dictionary left as they were heard (真是 is no 真丝)."""
    if heard == mended:
        return heard
    kept = list(mended)
    for word in cut_words(heard):
        if len(word.text) > 1 and heard[word.start : word.end] != mended[word.start : word.end]:
            kept[word.start : word.end] = heard[word.start : word.end]
    return "".join(kept)


def _mended(words: WordSheet) -> list[str]:
    """Return the names that are put right: those of two characters only where they name no everyday thing."""
    return [name for name in words.wordings if len(name) >= _LEAST or name in words.kinds]


_LEAST = 3
_WRITTEN = re.compile(r"[，。！？；,!?]")
"""Marks show that somebody wrote the text, or a recogniser that knows the language."""

_ready: OrderedDict[int, tuple[Scenario, FactSheet]] = OrderedDict()


def fact_sheet(scenario: Scenario) -> FactSheet:
    """Return the sheet of a scenario, made on first use."""
    found = _ready.get(id(scenario))
    if found is None or found[0] is not scenario:
        found = _ready[id(scenario)] = (scenario, FactSheet(scenario))
        while len(_ready) > _KEPT:
            _ready.popitem(last=False)
    return found[1]
