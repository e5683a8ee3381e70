"""Word lists and rules of one language, versioned, from `packs/<code>.yaml`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml

_FOLDER = Path(__file__).parent / "packs"


class Fillers(BaseModel):
    """Lists of DOMAIN §3.3; which test a word has to pass stands beside it in the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    filled: tuple[str, ...]
    """F1, counted anywhere."""
    filled_isolated: tuple[str, ...]
    """F1 only where nothing else stands in the same breath."""
    always: tuple[str, ...]
    """F2, counted anywhere."""
    positional: tuple[str, ...]
    """F2 only beside a pause or another filler, or doubled."""
    serial: tuple[str, ...]
    """F2 only where it opens three or more clauses within 30 s."""
    resuming: tuple[str, ...] = ()
    """Those of them that are F2 also where they open an utterance: nothing goes before."""
    asking: tuple[str, ...] = ()
    """Wordings before which a demonstrative only stalls (这个怎么说)."""
    hedges: tuple[str, ...] = ()
    """F3, reported apart: wordings that take certainty away. Never counted as fillers."""
    formulas: tuple[str, ...] = ()
    """F5, the live room's own words (家人们, "tap the heart"). Never counted as fillers."""
    not_after: dict[str, tuple[str, ...]] = {}
    """Words before which the filler keeps its meaning ("what kind of")."""
    not_before: dict[str, tuple[str, ...]] = {}
    """Words after which the filler keeps its meaning ("you know what")."""


class ChineseFillers(BaseModel):
    """What stands after 那个 and 就是 where they mean something. Regular expressions of a beginning."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    predicates: str = "(?!)"
    """After 那个 as a subject (那个是泻药, 那个也行)."""
    referents: str = "(?!)"
    """What 那个 really points at; the goods on the table and their parts are 这个."""
    copular: str = "(?!)"
    """After a 就是 that says something (就是要, 就是为了)."""
    contrasts: str = "(?!)"
    """In the clause before a 就是 that answers it (不是…就是)."""
    pointing: str = "(?!)"
    """Before a 那个 that points, at the end of what goes before it (选那个, 上面那个, 他们家那个)."""
    ordering: str = "(?!)"
    """Before a 然后 that tells an order (先 … 然后)."""
    joints: tuple[str, ...] = ()
    """Words that join clauses: a demonstrative and a pause after one only stall."""


class ChineseBreaks(BaseModel):
    """What tells a broken sentence from emphasis in Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    doubling: tuple[str, ...] = ()
    """Words that follow the character they begin with: 天天气 is no stutter of 天气."""
    functions: str = ""
    """Words of grammar that the dictionary counts as verbs and nobody doubles (是是)."""
    modals: tuple[str, ...] = ()
    """Wordings that stand alone at the head of a clause only: 整支是可以可以冲的 is no emphasis."""
    handing: str = ""
    """Verbs of which a doubled one before 的 is no description (送送的, but 滑滑的)."""
    asking: str = ""
    """Verbs that the dictionary takes for nouns."""
    adverbs: str = ""
    """Characters that begin a predicate: one said twice with it was begun again (还吵、还吵了)."""
    stressing: str = ""
    """Beginnings of wordings that are repeated for emphasis (都给都给, 别吵别吵)."""
    pronouns: str = ""
    """Those of them of which two may meet between clauses: 骂你你都."""
    before_comma: str = ""
    """Verbs and the like that leave a clause unfinished before a comma: 上周去，去."""
    emphatic: tuple[str, ...] = ()
    """Wordings that can stand alone, said twice for emphasis or out of courtesy."""
    joints: tuple[str, ...] = ()
    """Words after which a clause begins."""
    repairs: tuple[str, ...] = ()
    """Wordings that put a slip right where it was made. Regular expressions."""
    abandoned: str = "(?!)"
    """Where a sentence is given up: dots or a dash and what follows. A regular expression."""


class EnglishBreaks(BaseModel):
    """Words by what they show beside a break in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    doubled: tuple[str, ...] = ()
    """Words that carry grammar only: nobody doubles them on purpose."""
    emphatic: tuple[str, ...] = ()
    """Phrases said twice for emphasis or out of courtesy."""
    determiners: tuple[str, ...] = ()
    """Words that need a noun next."""
    prepositions: tuple[str, ...] = ()
    """May end a clause before a comma (where it's from, …), not before dots."""
    joining: tuple[str, ...] = ()
    """May be followed by a pause and their own clause."""
    repairs: tuple[str, ...] = ()
    """Wordings that put a slip right where it was made."""
    subjects: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    """What a contraction begins with that begins a clause (it's, there'll)."""
    restarts: tuple[str, ...] = ()
    """Words that turn to something else."""
    owning: tuple[str, ...] = ()
    """Verbs that need an object."""
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """Before a phrase that is rightly said twice (if it works it works)."""


class EnglishFillers(BaseModel):
    """Words by what "like" and its kind mean beside them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    like_verbs: tuple[str, ...] = ()
    """Before "like" as a verb (I like, don't like), or fixed with it (just like, more like)."""
    resembling: tuple[str, ...] = ()
    """Verbs that take a comparison (looks like)."""
    third_person: tuple[str, ...] = ()
    """Subjects whose verb would be "likes"."""
    be: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    """Nothing can stand between one and its noun, so "like" there is empty."""
    joints: tuple[str, ...] = ()
    """Words that join clauses or hedge."""
    measuring: tuple[str, ...] = ()
    """Verbs that take an amount."""
    quantities: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    """After "it" and "you" as subjects (like you know, but: somebody like you)."""
    stressed: tuple[str, ...] = ()
    """Adverbs that are fillers only where they open a clause."""
    similes: tuple[str, ...] = ()
    """After "it's like" that compares or quotes."""
    exact: tuple[str, ...] = ()
    """After "like" that always compares (like any other, like that)."""
    not_so: tuple[str, ...] = ()
    """Before "so yeah" and "okay so" that belong to what came before (I think so, it's okay)."""


class Composure(BaseModel):
    """Wordings that cost language control: behaviour in words, never a feeling read into a person."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    hostile: tuple[str, ...]
    pleading: tuple[str, ...]
    blaming: tuple[str, ...]


class Pack(BaseModel):
    """One language's lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    fillers: Fillers
    chinese: ChineseFillers = ChineseFillers()
    english: EnglishFillers = EnglishFillers()
    breaks_zh: ChineseBreaks = ChineseBreaks()
    breaks_en: EnglishBreaks = EnglishBreaks()
    repeats: tuple[str, ...]
    """Function words whose immediate repetition is a disturbance; emphasis (快点快点, very very) is not listed."""
    repairs: tuple[str, ...]
    backchannels: tuple[str, ...]
    """Alone they take no floor, also repeated (对对对); followed by anything else they do (对，但是…)."""
    safe_words: tuple[str, ...]
    """Said alone they end all pressure at once; the first is the one to tell people."""
    not_backchannels: tuple[str, ...]
    """Made of backchannels, yet said to end the other's turn (知道了知道了)."""
    open_endings: tuple[str, ...]
    finished_endings: tuple[str, ...]
    composure: Composure
    hedges: tuple[str, ...]
    negations: tuple[str, ...]
    deferrals: tuple[str, ...]
    """Wordings that pass a question on or admit not knowing: nothing is asserted."""
    not_negations: tuple[str, ...]
    """Wordings that hold a negation but deny nothing (不仅, "not only")."""
    intensifiers: tuple[str, ...]
    """Words that make a one-character point name an assertion (很轻)."""
    comparisons: tuple[str, ...]
    """Words after which a figure belongs to somebody else (别家, "most others")."""
    connectives: tuple[str, ...]
    """Where a long stretch without punctuation may be cut."""
    ultimatums: tuple[str, ...]
    """Wordings that make a haggler's line an ultimatum."""
    price_cues: tuple[str, ...]
    stage_cues: tuple[str, ...]
    """Words that belong to the selling thread (DOMAIN §3.4)."""
    stop: tuple[str, ...]
    """Tokens without content, ignored when wordings are compared."""
    common_characters: str = ""
    """zh: characters too frequent to tell one selling point from another."""
    units: dict[str, tuple[str, float]]
    """Unit word → (dimension, factor to the dimension's base)."""


@cache
def load_pack(code: str) -> Pack:
    """Return the pack shipped for a language code."""
    text = (_FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    return Pack.model_validate(read_yaml(text))
