"""Examples for the model of finished words: whole sentences, and the same ones cut inside their clauses.

Sentences are made by a grammar, written for this purpose, or said by the streamers of `evals/cases/talks`; before those
stands at times what was said just before, as a recogniser without marks gives it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from coach.language import shape_en
from coach.language.finish import is_short
from scripts.finish_text.grammar import BOUNDARY, Grammar, load_grammar
from scripts.finish_text.talked import talked_sentences
from scripts.talks import UNSEEN_WRITERS

FOLDER = Path(__file__).parent
PACKS = FOLDER.parent.parent / "coach" / "language" / "packs"
LONGEST = 40
"""Words (zh: or characters) of a sentence that is used."""
CUTS = 4
"""Cuts of one sentence that become examples."""
LONE = 0.5
"""Share of cuts after the first word that are kept: people pause there seldom, and say single words often."""
UNKNOWN = 0.3
"""Share of open-class words put out of the lexicon's reach: most words of real talk are not in it."""
GARBLED, DROPPED = 0.05, 0.03
"""Share of words that a recogniser mistakes or misses."""
MARKED = 0.3
"""Share of examples with marks, as Whisper sets them: often a full stop after half a sentence too."""
TALKED = 0.3
"""Share of sentences that streamers of labelled talks say."""
WRITTEN = 0.7
"""Share of the others that are written, not made."""
BEFORE = 0.4
"""Share of talked sentences with what was said before them, where there is anything."""
PAUSED = 0.15
"""Share of the ends of a talked sentence's inner clauses that are examples of unfinished ones: people pause there, and
a clause that could stand alone looks as finished as a sentence."""
FILLED = 0.2
"""Share of sentences with a filler, somewhere inside and after the last word: neither is an end."""
_FILLERS = {
    "en": [
        "um",
        "uh",
        "er",
        "you know",
        "i mean",
        "like",
        "kind of",
        "so um",
        "and uh",
        "well uh",
        "hmm",
        "let me see",
        "what's the word",
    ],
    "zh": [
        "嗯",
        "呃",
        "那个",
        "这个",
        "就是",
        "就是说",
        "然后",
        "怎么说呢",
        "额",
        "然后那个",
        "就是那个",
        "这个这个",
        "反正就是",
    ],
}
THOUGHT = 0.5
"""Examples of thinking aloud for each answer, and nothing else: it answers nothing."""
_BEGINS = {
    "en": ["um", "uh", "oh", "hmm", "well", "okay", "ah", "so"],
    "zh": ["嗯", "呃", "哦", "啊", "那", "额", "这个"],
}
_OPEN = frozenset(("n", "ns", "a", "r", "v"))
_SYLLABLES = [
    "ba",
    "co",
    "de",
    "fi",
    "gu",
    "ha",
    "lo",
    "mi",
    "nor",
    "pel",
    "quin",
    "ras",
    "sten",
    "tor",
    "vel",
    "wick",
    "zan",
    "mor",
    "lin",
    "dra",
]
_STRANGE = "槐榕鲲煜晟荃琦骁钰岑邬蔺阙邸冀谯郓鄱泸涞潼沣彧峤珩琮瑄翊铎淇"


@dataclass(frozen=True)
class Example:
    """Words as a recogniser gives them, and whether the sentence ends with them."""

    text: str
    is_finished: bool


def load(code: str) -> Grammar:
    """Return the grammar of a language with the words of its pack."""
    pack = yaml.safe_load((PACKS / f"words_{code}.yaml").read_text(encoding="utf-8"))
    return load_grammar(FOLDER / f"{code}.txt", _words_en(pack) if code == "en" else _words_zh(pack))


def load_answers(code: str) -> Grammar:
    """Return the grammar of what is said right after a question."""
    grammar = load(code)
    answers = load_grammar(FOLDER / f"{code}_answers.txt", {})
    return Grammar(grammar.rules | answers.rules, grammar.words)


def examples(code: str, seed: int, sentences: int) -> Iterator[Example]:
    """Yield examples of so many sentences, made, written and said; the same for the same arguments."""
    grammar, dice = load(code), random.Random(f"{code}-{seed}")
    written, talked = written_sentences(code), talked_sentences(code, without=UNSEEN_WRITERS)
    known = {word for name, row in grammar.words.items() if name.partition(".")[0] in _OPEN for word in row}
    for _ in range(sentences):
        is_talked = dice.random() < TALKED
        before, tokens = dice.choice(talked) if is_talked else ((), _other(grammar, written, dice))
        if len(tokens) > LONGEST:
            continue
        before = before if dice.random() < BEFORE else ()
        tokens = [token if is_talked else _estrange(code, token, known, dice) for token in tokens]
        if dice.random() < FILLED:
            yield from _filled(code, tokens, dice)
            tokens.insert(dice.randrange(len(tokens)), dice.choice(_FILLERS[code]))
        yield from _cut(code, tokens, dice, before, PAUSED if is_talked else 0.0)


def unseen_examples(code: str, seed: int) -> Iterator[Example]:
    """Yield examples of all sentences of the writers whom this model does not learn from; one seed, one result."""
    dice = random.Random(f"{code}-unseen-{seed}")
    for before, tokens in talked_sentences(code, UNSEEN_WRITERS):
        yield from _cut(code, tokens, dice, before if dice.random() < BEFORE else ())


def _other(grammar: Grammar, written: list[list[str]], dice: random.Random) -> list[str]:
    return dice.choice(written) if dice.random() < WRITTEN else grammar.sentence(dice)


def answer_examples(code: str, seed: int, sentences: int) -> Iterator[Example]:
    """Yield examples of so many answers, short enough to be judged as such; the same for the same arguments."""
    grammar, dice = load_answers(code), random.Random(f"{code}-answers-{seed}")
    known = {word for name, row in grammar.words.items() if name.partition(".")[0] in _OPEN for word in row}
    for _ in range(sentences):
        tokens = [_estrange(code, token, known, dice) for token in grammar.sentence(dice)]
        if dice.random() < FILLED:
            yield from _filled(code, tokens, dice)
        begun = [dice.choice(_BEGINS[code])] if dice.random() < FILLED else []
        if dice.random() < THOUGHT:
            thought = [*begun, *grammar.expand("think", dice)]
            yield Example(_heard(code, thought, dice, is_finished=False), False)
        tokens = begun + tokens
        yield from (example for example in _cut(code, tokens, dice) if is_short(example.text, code))


def written_sentences(code: str) -> list[list[str]]:
    """Return the sentences of `<code>_said.txt`: words (en) or characters (zh) and the boundaries of clauses."""
    found = []
    for line in (FOLDER / f"{code}_said.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            clauses = re.split(r"[,，]\s*", line.strip().lower().rstrip(".?!。？！"))
            units = [clause.split() if code == "en" else list(clause) for clause in clauses]
            found.append([unit for clause in units for unit in (BOUNDARY, *clause)][1:])
    return found


def _filled(code: str, tokens: list[str], dice: random.Random) -> Iterator[Example]:
    """Yield the sentence with a filler after it, and after a part of it."""
    for place in (len(tokens), dice.randrange(len(tokens))):
        words = [word for word in tokens[:place] if word != BOUNDARY]
        yield Example(_joined(code, [*words, dice.choice(_FILLERS[code])]), False)


def _cut(
    code: str, tokens: list[str], dice: random.Random, before: Sequence[str] = (), paused: float = 0.0
) -> Iterator[Example]:
    words = [token for token in tokens if token != BOUNDARY]
    yield Example(_heard(code, words, dice, before, is_finished=True), True)
    places, count = [], 0
    for here, after in zip(tokens, [*tokens[1:], ""], strict=True):
        count += here != BOUNDARY
        rare = count == 1 and dice.random() > LONE
        is_inside = after not in (BOUNDARY, "") or (after == BOUNDARY and dice.random() < paused)
        if here != BOUNDARY and is_inside and not rare:
            places.append(count)
    for place in dice.sample(places, min(CUTS, len(places))):
        yield Example(_heard(code, words[:place], dice, before, is_finished=False), False)
    if code == "zh" and len(words[-1]) > 1:  # within the last word: 面|料
        yield Example(_heard(code, [*words[:-1], words[-1][:-1]], dice, before, is_finished=False), False)


def _heard(code: str, words: list[str], dice: random.Random, before: Sequence[str] = (), *, is_finished: bool) -> str:
    """Return the words as recognised: some dropped or mistaken, none of the last two so that the label stays true.

    Args:
        code: Language.
        words: Of the sentence.
        dice: Chance.
        before: What was said before it: without marks all of it is one text, with them a sentence stands alone.
        is_finished: Whether the sentence ends with the words.
    """
    kept = list(words[-2:])
    for word in reversed(words[:-2]):
        chance = dice.random()
        if chance >= DROPPED:
            kept.insert(0, dice.choice(_SYLLABLES) if chance < DROPPED + GARBLED and code == "en" else word)
    if dice.random() < MARKED:
        return _joined(code, kept) + _mark(code, dice, is_finished=is_finished)
    return _joined(code, [*before, *kept])


def _joined(code: str, words: list[str]) -> str:
    return (" " if code == "en" else "").join(words)


def _mark(code: str, dice: random.Random, *, is_finished: bool) -> str:
    marks, weights = (".!?,…", (86, 4, 8, 1, 1)) if is_finished else (".!?,…", (45, 1, 1, 38, 15))
    mark = dice.choices(marks, weights)[0]
    return mark if code == "en" else {".": "。", "!": "！", "?": "？", ",": "，"}.get(mark, mark)


def _estrange(code: str, token: str, known: set[str], dice: random.Random) -> str:
    if token not in known or dice.random() >= UNKNOWN:
        return token
    if code == "zh":
        return "".join(dice.choice(_STRANGE) for _ in token)
    ending = re.search(r"(?:ing|ed|ly|s|er|able|ful|ous)$", token)
    return "".join(dice.choices(_SYLLABLES, k=2)) + (ending.group() if ending else "")


def _words_en(pack: dict[str, Any]) -> dict[str, list[str]]:
    nouns = shape_en.words_of(pack, "nouns")
    words = {
        "n": nouns,
        "ns": [shape_en.plural(noun) for noun in nouns],
        "a": shape_en.words_of(pack, "adjectives"),
        "r": shape_en.words_of(pack, "adverbs"),
        **{name: row.split() for name, row in pack["closed"].items()},
    }
    kinds = {"t": "transitive", "i": "intransitive", "l": "linking", "dt": "ditransitive"}
    for short, name in kinds.items():
        bases = shape_en.words_of(pack, f"verbs.{name}")
        words[f"v.{short}"] = bases
        words[f"v.{short}.s"] = [shape_en.plural(base) for base in bases]
        words[f"v.{short}.d"] = [shape_en.pasts(pack, base)[0] for base in bases]
        words[f"v.{short}.n"] = [shape_en.pasts(pack, base)[1] for base in bases]
        words[f"v.{short}.g"] = [shape_en.gerund(base) for base in bases]
    return words


def _words_zh(pack: dict[str, Any]) -> dict[str, list[str]]:
    return {
        "n": pack["nouns"].split(),
        "a": pack["adjectives"].split(),
        "v.t": pack["verbs"]["transitive"].split(),
        "v.i": pack["verbs"]["intransitive"].split(),
        **{name: row.split() for name, row in pack["closed"].items() if name not in ("num", "cl")},
    }
