"""Which "like", "right", "I mean" of an English text carry nothing (DOMAIN §3.3).

In written text commas tell. Recognised text has none; there grammar does: "like" after a preposition, before a number,
between a clause and a new subject, or after a form of "be" is nobody's verb and compares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.language.pack import EnglishFillers, Fillers
from coach.language.phrases import find, merged
from coach.language.spans import TextSpan
from coach.language.timing import Timing

BREAK = ",.;:!?…—–"
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d[\d.,]*", re.I)
_MARK = re.compile(r"[,.;!?…—](?!\d)")
_FILLED = re.compile(r"(?<![\w'’-])(?:u+h*m+|u+h+|e+r+m?|e+hm+|h+m+|m{2,})(?![\w'’-])", re.I)
_MILLIMETRES = re.compile(r"\d\s*$")
_EMERGENCY = "ER"


@dataclass(frozen=True, slots=True)
class _Around:
    """A word or phrase with what stands beside it, in lower case; marks count as nothing."""

    before: str
    earlier: str
    after: str
    later: str
    is_marked: bool
    """Whether the text has any marks at all."""


class FillerFinder:
    """Finds them by the lists of a pack."""

    def __init__(self, lists: Fillers, english: EnglishFillers) -> None:
        self._lists = lists
        self._phrases = tuple(lists.not_after)
        sets = {name: frozenset(words) for name, words in english if isinstance(words, tuple)}
        self._verbs, self._resembling, self._be = sets["like_verbs"], sets["resembling"], sets["be"]
        self._prepositions, self._joints = sets["prepositions"], sets["joints"]
        self._measuring, self._quantities = sets["measuring"], sets["quantities"]
        self._subjects, self._stressed, self._third = sets["subjects"], sets["stressed"], sets["third_person"]
        self._similes, self._articles, self._exact = sets["similes"], sets["articles"], sets["exact"]
        self._not_so, self._predicates = sets["not_so"], sets["predicates"]

    def find(self, text: str, timing: Timing) -> list[TextSpan]:
        """Return fillers in order, classes `F1` and `F2`."""
        lists = self._lists
        filled = [TextSpan(hit.group(), *hit.span(), "F1") for hit in _FILLED.finditer(text) if _is_pause(text, hit)]
        alone = find(text, lists.filled_isolated, "F1", whole_words=True)
        sure = filled + [span for span in alone if _is_alone(text, span)]
        is_marked = bool(_MARK.search(text))
        sure += [span for span in find(text, lists.always, "F2", whole_words=True) if self._opens_anew(text, span)]
        phrases = find(text, self._phrases, "F2", whole_words=True)
        sure += [span for span in phrases if self._is_empty_phrase(text, span)]
        for span in find(text, lists.positional, "F2", whole_words=True):
            if self._is_empty_word(text, span, sure, timing) or self._is_ungoverned(text, span, is_marked):
                sure.append(span)
        return merged(sure)

    def _opens_anew(self, text: str, span: TextSpan) -> bool:
        """Return whether "so yeah" begins something: "I think so, yeah" and "it's okay so" do not."""
        before = _words_before(text, span.start)[-1:]
        return not before or before[0] not in self._not_so or _is_after_break(text, span)

    def _is_empty_phrase(self, text: str, span: TextSpan) -> bool:
        """Return whether "you know" or "I mean" carries nothing between its neighbours."""
        lists, phrase = self._lists, " ".join(span.text.lower().split())
        before = " ".join(text[: span.start].lower().replace("’", "'").split())
        after = text[span.end :].lower().lstrip()
        kept_before = any(re.search(rf"(?<![\w']){re.escape(item)}$", before) for item in lists.not_after[phrase])
        kept_after = any(re.match(rf"{re.escape(item)}(?![\w'])", after) for item in lists.not_before.get(phrase, ()))
        return not kept_before and not kept_after

    def _is_empty_word(self, text: str, span: TextSpan, sure: Sequence[TextSpan], timing: Timing) -> bool:
        """Return whether a word is set off by breaks or fillers, doubled, drawn out, or before a pause."""
        before, after = text[: span.start].rstrip(" "), text[span.end :].lstrip(" ")
        after_at = len(text) - len(after)
        name = span.text.lower()
        if name == "right" and (not before or before[-1] in ".!?"):
            return self._opens_with_right(text, span, sure)
        within = bool(before) and before[-1] in ",…" and bool(after) and after[0] in ",…?"
        opens = (not before or before[-1] in ".!?") and after[:1] == ","
        doubled = name == "like" and re.match(r"like(?![\w'])", after, re.I) is not None
        timed = span.start in timing.drawn_out or (span.end in timing.paused and after[:1] not in tuple(BREAK))
        return within or opens or doubled or timed or _is_beside(sure, after_at, len(before))

    def _opens_with_right(self, text: str, span: TextSpan, sure: Sequence[TextSpan]) -> bool:
        """Return whether "right" at the head of a sentence gathers itself: "Right, so", "Right. Um"."""
        rest = text[span.end :].lstrip(BREAK + " ")
        following = _words_after(rest, 0)[:1]
        if _is_set_off(text, span):
            begins = bool(following) and (following[0] in self._joints or self._is_subject(following[0]))
            return begins or _is_beside(sure, len(text) - len(rest), -1)
        return not _MARK.search(text) and bool(following) and self._is_subject(following[0])

    def _is_ungoverned(self, text: str, span: TextSpan, is_marked: bool) -> bool:
        """Return whether grammar has no use for the word here."""
        name = span.text.lower()
        before, after = _words_before(text, span.start), _words_after(text, span.end)
        around = _Around(
            before=before[-1] if before and not _is_after_break(text, span) else "",
            earlier=before[-2] if len(before) > 1 else "",
            after=after[0] if after and not _is_before_break(text, span) else "",
            later=after[1] if len(after) > 1 else "",
            is_marked=is_marked,
        )
        if name == "like":
            return self._is_empty_like(around)
        if name in self._stressed:
            begins = self._is_subject(around.after) or around.after == "the"
            return not is_marked and around.before not in self._be and begins and bool(around.before)
        return False

    def _is_empty_like(self, around: _Around) -> bool:
        """Return whether "like" is no verb, no comparison and no "as if"."""
        before, after = around.before, around.after
        if not before or not after or self._exact & {after, f"{after} {around.later}"}:
            return False
        if before in self._third:
            return not around.is_marked and after in self._measuring
        if before in self._verbs or before in self._resembling:
            return False
        if before == "of" and around.earlier in ("kind", "sort"):
            return False
        if before in self._be or before.endswith("'s"):
            return self._is_empty_after_be(around)
        if before in self._prepositions or after in self._stressed:
            return True
        if before in self._measuring and (after in self._articles or self._is_quantity(around)):
            return True
        if self._is_quantity(around) or (before in self._joints and after not in self._similes):
            return True
        acts = after not in ("it", "you") or around.later in self._predicates
        return not around.is_marked and self._is_subject(after) and acts

    def _is_empty_after_be(self, around: _Around) -> bool:
        """Return whether "it's like" only stalls. Written text sets that off by commas, so there it compares."""
        if around.after in self._similes or around.earlier in ("what", "how"):
            return False
        if around.after in self._articles:
            return not around.is_marked or around.later in self._quantities
        return True

    def _is_quantity(self, around: _Around) -> bool:
        words = (around.after, f"{around.after} {around.later}")
        return around.after[:1].isdigit() or any(word in self._quantities for word in words)

    def _is_subject(self, word: str) -> bool:
        return word in self._subjects or word.partition("'")[0] in self._subjects


def _is_pause(text: str, hit: re.Match[str]) -> bool:
    """Return whether the letters are a sound: 5 mm and ER are none."""
    return hit.group() != _EMERGENCY and not (
        hit.group().lower() == "mm" and _MILLIMETRES.search(text, max(0, hit.start() - 8), hit.start())
    )


def _words_before(text: str, at: int) -> list[str]:
    return _WORD.findall(text[max(0, at - 40) : at].lower().replace("’", "'"))[-2:]


def _words_after(text: str, at: int) -> list[str]:
    return _WORD.findall(text[at : at + 40].lower().replace("’", "'"))[:2]


def _is_after_break(text: str, span: TextSpan) -> bool:
    before = text[: span.start].rstrip()
    return not before or before[-1] in BREAK


def _is_before_break(text: str, span: TextSpan) -> bool:
    after = text[span.end :].lstrip()
    return not after or after[0] in BREAK


def _is_set_off(text: str, span: TextSpan) -> bool:
    """Return whether breaks or the text's ends stand on both sides."""
    return _is_after_break(text, span) and _is_before_break(text, span)


def _is_alone(text: str, span: TextSpan) -> bool:
    """Return whether nothing else is in the same breath: "Ah, sure" answers, "Ah…" stalls."""
    return _is_set_off(text, span) and text[span.end :].lstrip()[:1] != ","


def _is_beside(sure: Sequence[TextSpan], start: int, end: int) -> bool:
    return any(other.start == start or other.end == end for other in sure)
