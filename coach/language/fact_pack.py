"""Word lists about products, from `packs/facts_<code>.yaml`: kinds of things that exclude each other, and abilities."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml

_FOLDER = Path(__file__).parent / "packs"

Frame = Literal["made", "origin", "taste", "colour", "use", "bare", "proof", "content"]
Kind = Literal["can", "need", "has", "is"]


class _List(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Guards(_List):
    """Wordings that decide how a name is meant: asked, quoted, supposed, of another product, denied."""

    question: tuple[str, ...]
    question_after: tuple[str, ...]
    """Question words that ask only after a name; before it, the name answers them (克重多少？260克)."""
    quote: tuple[str, ...]
    suppose: tuple[str, ...]
    others: tuple[str, ...]
    ours: tuple[str, ...]
    """Wordings that come back to the product after another one."""
    denials: tuple[str, ...]
    not_denials: tuple[str, ...]
    far_denials: tuple[str, ...]
    """Denials that reach over several words (没有那些乱七八糟的香精)."""
    carries: tuple[str, ...]
    """en: words over which a denial reaches. zh: denials that are part of the word after them (无, 免)."""
    between: tuple[str, ...]
    """What may stand between a name and a denial after it."""
    harmless_after: tuple[str, ...]
    """Wordings after a name that look like a denial of it and deny harm only (不会坏)."""
    worries: tuple[str, ...]
    """Wordings that deny what nobody wants and grant anything else (不怕缩水, 不怕水洗)."""
    denials_after: tuple[str, ...]
    absolutes: tuple[str, ...]
    repairs: tuple[str, ...]
    also: tuple[str, ...]
    """Wordings that add without excluding (晚上也能用)."""
    only: tuple[str, ...]
    refusals: tuple[str, ...]
    """Wordings that keep a claim at arm's length (不敢说…, "I can't say …", …那是吹牛)."""
    affirm: dict[Kind, tuple[str, ...]]


class FramePattern(_List):
    """What stands right before, or right after, a name that is claimed of the product. Regular expressions."""

    before: str
    after: str


class Family(_List):
    """Things of one kind of which a product has some."""

    frame: Frame
    sides: tuple[str, ...]
    """One thing in all its names, separated by `|`."""
    rising: bool = False
    """Sides from gentle to harsh: only what is harsher than the sheet contradicts it."""
    gentle: bool = False
    """Whether naming another one beside it (也, "too") contradicts nothing."""
    parted: bool = False
    """Whether parts of one product may differ in it, so that a line about a part says nothing about the rest."""


class Ability(_List):
    """What a product can, needs, has or is."""

    kind: Kind
    forms: tuple[str, ...]
    always: tuple[str, ...] = ()
    """Wordings that grant it outright."""
    never: tuple[str, ...] = ()
    """Wordings that deny it outright."""
    ingredient: bool = False
    """Whether a sheet that lists all ingredients denies it by not naming it."""
    undesired: bool = False
    """Whether nobody wants it: then an absolute denial is measured against the limits of the sheet."""
    measurable: bool = False
    """Whether denying it absolutely is a fact and no promise, so that a wording the author forbids is a wrong fact."""
    outright: bool = False
    """Whether in talk only `always` and `never` count, its bare names being met anywhere (退, 盖子)."""
    needs: tuple[str, ...] = ()
    """Abilities without which it is denied too (what may not be washed goes into no machine)."""
    covers: tuple[str, ...] = ()
    """Abilities that it grants all together (谁都能吃)."""
    protected: bool = False
    """Whether it is about who may use the product: then only facts of the sheet decide, no forbidden wording."""


class Topic(_List):
    """Words that say what a figure is about."""

    words: tuple[str, ...]
    units: tuple[str, ...]


class Prices(_List):
    """Wordings about what the product costs elsewhere or cost before."""

    list_cues: tuple[str, ...]
    not_list: tuple[str, ...]


class Stock(_List):
    """Wordings about how much is left."""

    cues: tuple[str, ...]
    counters: tuple[str, ...]


class Gifts(_List):
    """Wordings about what comes with an order."""

    cues: tuple[str, ...]
    ends: tuple[str, ...]
    """Words after a cue that make it no gift (送给妈妈, "free returns")."""


class FactPack(_List):
    """One language's lists."""

    id: str
    version: str
    source: str
    effective: date
    guards: Guards
    frames: dict[Frame, FramePattern]
    families: dict[str, Family]
    abilities: dict[str, Ability]
    topics: dict[str, Topic]
    prices: Prices
    stock: Stock
    gifts: Gifts


@cache
def load_fact_pack(code: str) -> FactPack:
    """Return the lists shipped for a language code."""
    text = (_FOLDER / f"facts_{code}.yaml").read_text(encoding="utf-8")
    return FactPack.model_validate(read_yaml(text))
