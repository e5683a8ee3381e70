"""Where English speech breaks: words said twice on the way, clauses begun anew, slips put right (DOMAIN §3.3, F4).

A clause is left hanging if its last word cannot end one ("the", "it's", "of") and a new one begins. Recognised text
has no marks: there a determiner before a subject ("this is a it's") shows the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.language.numbers_en import read_numbers
from coach.language.pack import EnglishBreaks
from coach.language.phrases import find, merged
from coach.language.spans import TextSpan

_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)*-?(?![\w'])|\d[\d.,]*\d|\d|\.{2,}|…|[—–]|--|[,;:.!?]", re.I)
_MARKS = frozenset(",;:.!?…—–") | {"--"}
_SOFT = frozenset({",", "…", "—", "–", "--"})
_CUT = re.compile(r"\b([a-z]{1,6})-(?=[\s,.]+\1)", re.I)
_STAMMER = re.compile(r"(?<![\w-])([a-z]{1,3})-(?=\1)([a-z]+)(?![\w-])", re.I)
_PREFIXES = frozenset(
    {"re", "co", "pre", "de", "no", "non", "un", "in", "on", "mid", "bi", "tri", "sub", "so", "ha", "bye", "uh", "mm"}
)
_LONGEST = 5
"""Words of the longest phrase that is said twice."""
_OBJECTS = frozenset({"it", "you", "this", "these", "those"})
_AUXILIARIES = frozenset({"do", "does", "did", "is", "was", "are", "were", "can", "will", "would", "then"})
_NO_NOUNS = frozenset({"okay", "ok", "anyway", "anyways", "whatever", "yeah"})
_WAITED = frozenset({"can't", "to", "the", "a", "please", "just", "and", "you", "don't", "oh", "no", "so"})
_GOING_ON = ("okay", "ok", "yeah")
_BE = ("is", "are", "was", "were")
_I_MEAN = re.compile(r"\bi mean\b", re.I)
_STOPPED = re.compile(r"\s*(?:\.{2,}|…|[—–]|--)")
_CLITIC = re.compile(r"'(?:s|re|m|ll|ve|d)$")


class _Word(NamedTuple):
    """One word with what stands between it and the next one."""

    text: str
    start: int
    end: int
    gap: str
    """`""`, `soft` (comma, dots, dash), `hard` (end of a sentence)."""
    filled: bool
    """Whether a filler stands between."""


class BreakFinder:
    """Finds them by the lists of a pack."""

    def __init__(self, lists: EnglishBreaks) -> None:
        self._repairs = lists.repairs
        self._doubled, self._emphatic = frozenset(lists.doubled), frozenset(lists.emphatic)
        self._determiners, self._subjects = frozenset(lists.determiners), frozenset(lists.subjects)
        self._prepositions, self._joining = frozenset(lists.prepositions), frozenset(lists.joining)
        self._restarts = frozenset(lists.restarts)
        self._owning, self._answers = frozenset(lists.owning), frozenset(lists.answers)
        self._questions, self._conditions = frozenset(lists.questions), frozenset(lists.conditions)
        self._beginnings = frozenset(lists.beginnings)

    def find(self, text: str, fillers: Sequence[TextSpan]) -> list[TextSpan]:
        """Return repeats, restarts (`fragment`) and repairs in order; doubled fillers are fillers."""
        words = _words(text, fillers)
        cut = [TextSpan(hit.group(), *hit.span(), "fragment") for hit in _CUT.finditer(text)]
        cut += [TextSpan(hit.group(), *hit.span(), "repeat") for hit in _STAMMER.finditer(text) if self._stammers(hit)]
        return merged([*self._repeated(text, words), *cut, *self._restarted(text, words), *self._repaired(text, words)])

    # --- said twice ------------------------------------------------------------------------------------------

    def _repeated(self, text: str, words: Sequence[_Word]) -> Iterator[TextSpan]:
        texts = [word.text for word in words]
        at = 0
        while at < len(words):
            near = texts[at + 1 : at + 1 + _LONGEST]
            if texts[at] not in near and f"{texts[at]}'s" not in near:
                at += 1
                continue
            again = [step for step in range(len(near), 0, -1) if near[step - 1] in (texts[at], f"{texts[at]}'s")]
            size = next((step for step in again if self._is_repeat(words, at, step)), 0)
            if size and (words[at].filled or not _holds_number(text, words[at].start, words[at + size - 1].end)):
                last = words[at + 2 * size - 1]
                yield TextSpan(text[words[at].start : last.end], words[at].start, last.end, "repeat")
                at += size
            elif 3 in again and self._is_retraced(words, at):
                yield TextSpan(text[words[at].start : words[at + 4].end], words[at].start, words[at + 4].end, "repeat")
                at += 4
            at += 1

    @staticmethod
    def _is_retraced(words: Sequence[_Word], at: int) -> bool:
        """Return whether a subject is said again after its verb was left: "the lid is, the lid is steel"."""
        first, verb, again = words[at : at + 2], words[at + 2 : at + 3], words[at + 3 : at + 5]
        left = len(again) == 2 and verb[0].gap == "soft" and (verb[0].text in _BE) is not verb[0].filled
        return left and _same(first, again)

    def _is_repeat(self, words: Sequence[_Word], at: int, size: int) -> bool:
        first, again = words[at : at + size], words[at + size : at + 2 * size]
        if len(again) < size or not _same(first, again) or any(word.gap == "hard" for word in first):
            return False
        if any(word.gap for word in (*first[:-1], *again[:-1])):
            return False
        phrase = " ".join(word.text for word in first)
        if phrase in self._emphatic or first[0].text in self._answers or first[-1].text in self._answers:
            return False
        if size == 1:
            return self._is_stutter(words, at)
        before = words[at - 1].text if at else ""
        if before in self._conditions or (before in ("yes", "no", "yeah") and not words[at - 1].gap):
            return False
        if (
            first[0].text in self._determiners and at and not words[at - 1].gap and not words[at - 1].filled
        ):  # ask the host, the host knows
            return False
        after = words[at + 2 * size : at + 2 * size + 1]
        goes_on = bool(after) and (not again[-1].gap or again[-1].filled)
        return goes_on and self._is_light(first) and not self._is_whole(first, again)

    def _is_whole(self, first: Sequence[_Word], again: Sequence[_Word]) -> bool:
        """Return whether a whole clause was said twice for emphasis: "I love it, I love it so much"."""
        last = first[-1]
        return (
            len(first) > 2
            and last.gap == "soft"
            and not (last.filled or again[-1].filled)
            and not self._is_function(last.text, final=True)
        )

    def _is_stutter(self, words: Sequence[_Word], at: int) -> bool:
        """Return whether a word that nobody doubles was said twice; a subject taken up after "um" is that pause."""
        word = words[at]
        if word.filled and _holds_number(word.text, 0, len(word.text)):
            return True
        if word.text not in self._doubled:
            return False
        if word.text in _OBJECTS and not word.filled and not self._may_begin(words, at):
            return False
        thrice = at + 2 < len(words) and words[at + 2].text == word.text
        return not (thrice and word.text in self._emphatic)

    def _may_begin(self, words: Sequence[_Word], at: int) -> bool:
        """Return whether a pronoun begins a clause here: "you use it it works" has an object, then a subject."""
        before = words[at - 1] if at else None
        return before is None or bool(before.gap) or before.text in self._joining or before.text in _AUXILIARIES

    def _is_light(self, words: Sequence[_Word]) -> bool:
        """Return whether a phrase holds a word that carries grammar only."""
        return any(self._is_function(word.text) for word in words)

    def _is_function(self, word: str, *, final: bool = False) -> bool:
        if final and word in _OBJECTS:
            return False
        return word in self._doubled or word in self._questions or bool(_CLITIC.search(word))

    def _stammers(self, hit: re.Match[str]) -> bool:
        """Return whether a word was begun twice ("th-the", "I-I"), and is none with a prefix ("re-read")."""
        first, whole = hit[1].lower(), hit[2].lower()
        return first not in _PREFIXES and (first != whole or whole in self._doubled)

    # --- begun anew ------------------------------------------------------------------------------------------

    def _restarted(self, text: str, words: Sequence[_Word]) -> Iterator[TextSpan]:
        for at, (word, after) in enumerate(pairwise(words)):
            later = words[at + 2].text if at + 2 < len(words) else ""
            before = words[at - 1].text if at else ""
            between = text[word.end : after.start]
            if word.gap == "soft":
                broken = self._is_given_up(before, word, after, bool(_STOPPED.match(between)))
            else:
                broken = not word.gap and self._collides(before, word, after, later)
            if broken or (word.filled and self._is_reworded(before, word, between)):
                start = self._clause_start(words, at)
                yield TextSpan(text[start : after.end], start, after.end, "fragment")

    def _is_given_up(self, before: str, word: _Word, after: _Word, stopped: bool) -> bool:
        """Return whether a clause was left at a comma, dots or a dash, and another one begun."""
        turns = after.text in self._restarts
        begins = after.text in self._subjects or bool(_CLITIC.search(after.text))
        if word.filled:
            hangs = self._hangs(word.text) or word.text.endswith("n't")
            return begins and hangs and not after.text.startswith(word.text)
        if stopped and ((turns and after.text not in _GOING_ON) or (begins and word.text in self._prepositions)):
            return True
        if word.text in self._joining:
            return turns and word.text == "which"
        if word.text in _BE:
            resumed = after.text.partition("'")[0] in ("it", "they", "he", "she")
            return resumed and bool(before) and before not in self._subjects and before not in self._questions
        return (turns or begins) and self._hangs(word.text)

    def _hangs(self, word: str) -> bool:
        """Return whether no clause ends with this word: a determiner, a contraction."""
        return word in self._determiners or (bool(_CLITIC.search(word)) and word.partition("'")[0] in self._beginnings)

    def _is_reworded(self, before: str, word: _Word, between: str) -> bool:
        """Return whether "I mean" takes up a clause that was left hanging ("it's a, I mean, two")."""
        hangs = self._hangs(word.text) or word.text in self._prepositions or word.text in _BE
        return hangs and bool(_I_MEAN.search(between))

    def _collides(self, before: str, word: _Word, after: _Word, later: str) -> bool:
        """Return whether two words meet that cannot stand side by side in one clause."""
        contracted = bool(_CLITIC.search(after.text)) and after.text.partition("'")[0] in self._beginnings
        turns = after.text in self._restarts
        if word.text in self._determiners:
            given_up = after.text in _NO_NOUNS or (after.text == "no" and after.gap == "soft")
            return contracted or given_up or self._is_new_subject(after, later)
        if contracted and after.text != word.text and not after.text.startswith("wh"):
            is_subject = word.text.partition("'")[0] in self._beginnings and bool(_CLITIC.search(word.text))
            filled_be = word.filled and word.text in _BE
            return word.text in self._owning or is_subject or filled_be
        if word.text in ("gonna", "wanna"):
            return after.text in self._questions or contracted or turns
        if word.text in self._questions and after.text in ("oh", "ah"):
            return True
        wants = word.text in ("have", "got") and before.endswith("n't")
        return wants and after.text == "i" and later.endswith(("n't", "'ve"))

    def _is_new_subject(self, after: _Word, later: str) -> bool:
        if after.text == "i":
            return later not in ("phone", "pad", "phones", "pads", "os")
        return after.text in ("it", "they", "i'm")

    @staticmethod
    def _clause_start(words: Sequence[_Word], at: int) -> int:
        first = at
        while first and not words[first - 1].gap and at - first < 3:
            first -= 1
        return words[first].start

    @staticmethod
    def _is_taken_back(before: _Word, after: _Word) -> bool:
        """Return whether "wait" stops the speaker: "it's ten, wait, it's five"."""
        return (
            before.gap != "hard" and after.text in ("it's", "that's", "no", "actually") and before.text not in _WAITED
        )

    # --- put right -------------------------------------------------------------------------------------------

    def _repaired(self, text: str, words: Sequence[_Word]) -> Iterator[TextSpan]:
        plain = text.replace(",", " ").replace(".", " ")
        for span in find(plain, self._repairs, "repair", whole_words=True):
            yield TextSpan(text[span.start : span.end], span.start, span.end, span.kind)
        for at in range(1, len(words) - 1):
            before, word, after = words[at - 1 : at + 2]
            if word.text == "wait" and self._is_taken_back(before, after):
                yield TextSpan(text[word.start : after.end], word.start, after.end, "repair")
            if word.text not in ("no", "sorry"):
                continue
            back = word.text == "no" and before.gap == word.gap == "soft" and before.text == after.text
            start = words[at + 2].start if after.text in ("it's", "that's") and at + 2 < len(words) else after.start
            apart = bool(before.gap) and word.text == "no"  # "Nineteen? no, twenty" answers
            if back or (not apart and before.gap != "hard" and _is_between_numbers(text, before.end, start)):
                yield TextSpan(text[word.start : after.end], word.start, after.end, "repair")


def _holds_number(text: str, start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in read_numbers(text))


def _is_between_numbers(text: str, end: int, start: int) -> bool:
    numbers = read_numbers(text)
    return any(span.end == end for span in numbers) and any(span.start == start for span in numbers)


def _same(first: Sequence[_Word], again: Sequence[_Word]) -> bool:
    """Return whether the same words stand twice; the last one may have grown: close to the skin, the skin's."""
    head = all(left.text == right.text for left, right in zip(first[:-1], again[:-1], strict=True))
    left, right = first[-1].text, again[-1].text
    grown = len(first) > 2 or first[-1].filled
    return head and (left == right or (grown and right == f"{left}'s"))


def _words(text: str, fillers: Sequence[TextSpan]) -> list[_Word]:
    """Return the words that are no fillers, each with the gap after it."""
    taken = sorted((span.start, span.end) for span in fillers)
    found: list[_Word] = []
    for hit in _TOKEN.finditer(text):
        token, nearest = hit.group(), bisect_right(taken, (hit.start(), len(text))) - 1 if taken else -1
        inside = nearest >= 0 and hit.start() < taken[nearest][1]
        if not inside and token[0] not in "….,;:!?—–-":
            found.append(_Word(token.lower().replace("’", "'"), hit.start(), hit.end(), "", False))
        elif found:
            found[-1] = _followed(found[-1], token, inside)
    return found


def _followed(word: _Word, token: str, is_filler: bool) -> _Word:
    """Return the word with one more thing after it."""
    if is_filler:
        return _Word(word.text, word.start, word.end, word.gap, True)
    soft = token in _SOFT or len(token) > 1
    gap = "soft" if soft and word.gap != "hard" else word.gap if soft else "hard"
    return _Word(word.text, word.start, word.end, gap, word.filled)
