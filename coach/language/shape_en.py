"""The shape of English words so far: classes of words and what the sentence still lacks, as cues for its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coach.language.pack_text import read_yaml

WINDOW = 18
"""Words looked back: recognisers give long runs without a mark, and what was said before says nothing of the end."""

_TOKEN = re.compile(r"\d[\d.,:%]*|[a-z]+(?:['-][a-z]+)*")
_SUFFIXES = (
    ("ly", "R"),
    ("ing", "VGT"),
    ("ed", "VDT"),
    *((end, "A") for end in ("ous", "ful", "able", "ible", "ive", "less", "ish", "ical")),
    *(
        (end, "N")
        for end in ("tion", "sion", "ness", "ment", "ity", "ance", "ence", "ship", "ism", "er", "or", "ss", "us")
    ),
    ("s", "NS"),
)
_AFTER_NOMINAL = frozenset({"det", "dem", "A", "prep", "num", "ord", "degree"})
_AFTER_VERBAL = frozenset(
    {"subj", "modal", "to", "do", "neg", "rel", "subja", "adv", "polite", "self", "some", "time", "conj"}
)
_VERBS = ("VW", "VT", "VI", "VL", "VDW", "VDT", "VDI", "VDL")
_FINITE = frozenset({*_VERBS, "be", "have", "do", "modal", "subjv", "subja"})
_OPENERS = frozenset(
    [
        "if",
        "when",
        "while",
        "although",
        "though",
        "unless",
        "since",
        "because",
        "whether",
        "once",
        "whenever",
        "wherever",
        "where",
    ]
)
_THINGS = frozenset({"N", "NS", "obj", "self", "some", "subj", "num", "unit", "dem"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What the last words look like."""

    fine: tuple[str, ...]
    """Closed-class words as they are, others by class."""
    coarse: tuple[str, ...]
    """Classes alone."""
    state: tuple[str, ...]
    """What the sentence has and lacks."""


def shape(text: str) -> Shape:
    """Return the shape of the last words of a text without marks."""
    words = _TOKEN.findall(text.lower().replace("’", "'"))[-WINDOW:]
    coarse = _classes(words)
    closed = _lexicon()[0]
    fine = tuple(word if word in closed else kind for word, kind in zip(words, coarse, strict=True))
    return Shape(fine, tuple(coarse), _state(words, coarse))


def _classes(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        before = found[-1] if found else "^"
        found.append(_class(word, before))
    return found


def _class(word: str, before: str) -> str:
    closed, opened = _lexicon()
    if word in closed:
        return closed[word]
    if word[0].isdigit():
        return "num"
    if word.endswith("'s"):
        return "det"
    return _choose(opened.get(word) or (_guess(word),), before)


def _guess(word: str) -> str:
    return next((kind for end, kind in _SUFFIXES if word.endswith(end) and len(word) > len(end) + 2), "N")


def _choose(kinds: tuple[str, ...], before: str) -> str:
    """Choose among a word's classes by the class before it."""
    if len(kinds) == 1:
        return kinds[0]
    wanted: tuple[str, ...]
    if before in _AFTER_NOMINAL:
        wanted = ("N", "NS", "A", "VGT", "VGI", "VGW", "VNT", "VNW")
    elif before in ("be", "have", "subjv"):
        wanted = ("VNW", "VNT", "VNI", "A", "VGW", "VGT", "VGI", "R", "N")
    elif before in _AFTER_VERBAL or before == "^":
        wanted = _VERBS
    elif before in ("N", "NS"):
        wanted = ("VDW", "VDT", "VDI", "VDL", "VW3", "VT3", "VI3", "VL3", "N", "NS")
    else:
        wanted = ("N", "NS", "A", "R")
    return next((kind for want in wanted for kind in kinds if kind == want), kinds[0])


def _state(words: list[str], kinds: list[str]) -> tuple[str, ...]:
    """Return counts of clauses begun and verbs found, the last verb and whether its object came."""
    begun, finite, last_verb, since, has_object, in_group = 1, 0, "none", 0, False, False
    for word, kind in zip(words, kinds, strict=True):
        begun += word in _OPENERS or kind == "rel"
        since += 1
        is_verb = kind in _FINITE or kind[:2] in ("VT", "VI", "VG", "VN", "VD", "VL")
        if is_verb:
            finite += (kind in _FINITE or kind in ("VT3", "VI3", "VW3", "VL3")) and not in_group
            last_verb, since, has_object = kind, 0, False
        elif kind in _THINGS:
            has_object = True
        in_group = is_verb or kind in ("to", "adv", "neg") or (in_group and kind in ("degree", "subj"))
    lack = max(-1, min(2, begun - finite))
    asks = bool(kinds) and kinds[0] in ("wh", "do", "modal", "be", "have")
    return (f"{lack}", f"{last_verb}{int(has_object)}", f"{min(since, 4)}", f"{int(asks)}", f"{_length(len(words))}")


def _length(count: int) -> int:
    return next((step for step, limit in enumerate((1, 2, 3, 4, 6, 8, 11, 15)) if count <= limit), 8)


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return closed words → class, and open words → possible classes."""
    pack = read_yaml((Path(__file__).parent / "packs" / "words_en.yaml").read_text(encoding="utf-8"))
    closed = {word: kind for kind, row in pack["closed"].items() for word in row.split()}
    opened: dict[str, list[str]] = {}
    for word, kind in _inflected(pack):
        if kind not in opened.setdefault(word, []):
            opened[word].append(kind)
    return closed, {word: tuple(kinds) for word, kinds in opened.items()}


def _inflected(pack: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for noun in words_of(pack, "nouns"):
        found += [(noun, "N"), (plural(noun), "NS")]
    for adjective in words_of(pack, "adjectives"):
        found += [(adjective, "A"), *((adjective + end, "A") for end in ("er", "est") if len(adjective) < 6)]
    found += [(adverb, "R") for adverb in words_of(pack, "adverbs")]
    for name, kind in (("ditransitive", "W"), ("transitive", "T"), ("intransitive", "I"), ("linking", "L")):
        for base in words_of(pack, f"verbs.{name}"):
            past, participle = pasts(pack, base)
            found += [(base, "V" + kind), (plural(base), f"V{kind}3"), (past, f"VD{kind}"), (participle, f"VN{kind}")]
            found.append((gerund(base), f"VG{kind}"))
    return found


def words_of(pack: dict[str, object], path: str) -> list[str]:
    """Return the words of one list of the pack, e.g. `verbs.transitive`."""
    node: object = pack
    for name in path.split("."):
        node = node[name] if isinstance(node, dict) else ""
    return str(node).split()


def pasts(pack: dict[str, object], base: str) -> tuple[str, str]:
    """Return past tense and participle of a verb."""
    for forms in words_of(pack, "irregular"):
        parts = forms.split("/")
        if parts[0] == base:
            return parts[1], parts[2]
    regular = _stem(base, doubles=True) + "ed" if not base.endswith("e") else base + "d"
    return regular, regular


def gerund(base: str) -> str:
    """Return the -ing form of a verb."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", base) is not None or base in ("begin", "forget")
    return base + (base[-1] if doubled else "") + "ing"


def plural(word: str) -> str:
    """Return a noun's plural, or a verb's third person."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", word) else "s")


def _stem(base: str, *, doubles: bool) -> str:
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "i"
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", base) is not None
    return base + base[-1] if doubles and short else base
