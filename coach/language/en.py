"""English: words are the unit."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

from coach.events import Word
from coach.language import numbers_en
from coach.language.backchannel import Backchannels
from coach.language.finish import LIMIT, load_finish
from coach.language.pack import Pack, load_pack
from coach.language.phrases import clauses, find, merged
from coach.language.spans import Ending, NumberSpan, TextSpan

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[a-z]+(?:'[a-z]+)*")
_ARABIC = re.compile(r"(?P<sign>\$)?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>%)?(?P<suffix>k\b)?", re.I)
_SPOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.I)
_PAUSE_SEC = 0.2
_BREAK = ",.;!?…—"
_QUESTION_HEAD = re.compile(
    r"^(?:who|what|when|where|why|how|which|do|does|did|can|could|will|would|is|are|was|have|has|should)\b(?:\s+\S+){3,}$"
)
_FRAGMENT = re.compile(r"\b([a-z]{1,6})-(?=[\s,.]+\1)", re.I)


class English:
    """English as streamers speak it."""

    code = "en"
    unit = "words"

    def __init__(self) -> None:
        self.pack: Pack = load_pack("en")
        pack, plain = self.pack, self.normalise
        hesitations = [*pack.fillers.filled, *pack.fillers.filled_isolated]
        self._backchannels = Backchannels(
            [plain(item) for item in pack.backchannels],
            [plain(item) for item in hesitations],
            [plain(item) for item in pack.not_backchannels],
            joint=" ",
            longest=3,
        )

    def normalise(self, text: str) -> str:
        """Return NFKC lower-case words, one space between, apostrophes and decimal points kept."""
        folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("‘", "'")
        folded = re.sub(r"(?<=\d),(?=\d{3})", "", folded)
        folded = re.sub(r"[^\w%'.]+|_|(?<!\d)\.|\.(?!\d)|(?<![a-z])'|'(?![a-z])", " ", folded)
        return " ".join(folded.split())

    def tokens(self, text: str) -> list[str]:
        """Return words."""
        return _TOKEN.findall(self.normalise(text))

    def count_units(self, text: str) -> int:
        """Return words as spoken: contractions count one, 89 two, $89.99 four."""
        return len(_SPOKEN.findall(self._spoken(text)))

    def _spoken(self, text: str) -> str:
        return _ARABIC.sub(self._read_out, unicodedata.normalize("NFKC", text))

    @staticmethod
    def _read_out(found: re.Match[str]) -> str:
        read = numbers_en.read_out(found["number"])
        whole, _, cents = found["number"].replace(",", "").partition(".")
        if found["sign"]:
            parts = [numbers_en.read_out(whole), numbers_en.read_out(cents) if cents.strip("0") else "dollars"]
            read = " ".join(parts)
        return f" {read}{' thousand' if found['suffix'] else ''}{' percent' if found['percent'] else ''} "

    def syllables(self, text: str) -> int:
        """Return an estimate: vowel groups less a silent final e, at least one a word."""
        return sum(_syllables(word) for word in _SPOKEN.findall(self._spoken(text).lower()))

    def numbers(self, text: str) -> list[NumberSpan]:
        """Return numbers in digits and words."""
        return list(numbers_en.read_numbers(text))

    def fillers(self, text: str, words: Sequence[Word] = ()) -> list[TextSpan]:
        """Return fillers: "um" anywhere, "like" only between breaks, beside a filler, doubled, or before a pause."""
        lists = self.pack.fillers
        sure = find(text, lists.filled, "F1", whole_words=True) + find(text, lists.always, "F2", whole_words=True)
        sure += [span for span in find(text, lists.filled_isolated, "F1", whole_words=True) if _is_set_off(text, span)]
        for phrase in lists.not_after:
            sure += [
                span for span in find(text, (phrase,), "F2", whole_words=True) if self._is_empty_phrase(text, span)
            ]
        paused = _paused_after(text, words)
        places = find(text, lists.positional, "F2", whole_words=True)
        sure += [span for span in places if _is_empty_word(text, span, sure, paused)]
        return merged(sure)

    def _is_empty_phrase(self, text: str, span: TextSpan) -> bool:
        """Return whether "you know" or "kind of" carries nothing between its neighbours."""
        lists, phrase = self.pack.fillers, " ".join(span.text.lower().split())
        before = " ".join(text[: span.start].lower().split())
        after = text[span.end :].lower().lstrip()
        kept_before = any(re.search(rf"(?<![\w']){re.escape(item)}$", before) for item in lists.not_after[phrase])
        kept_after = any(re.match(rf"{re.escape(item)}(?![\w'])", after) for item in lists.not_before.get(phrase, ()))
        return not kept_before and not kept_after

    def serial_openers(self, text: str) -> list[TextSpan]:
        """Return "and then" at the head of clauses."""
        found = find(text, self.pack.fillers.serial, "F2", whole_words=True)
        return [span for span in found if not text[: span.start].strip() or text[: span.start].rstrip()[-1] in _BREAK]

    def disturbances(self, text: str) -> list[TextSpan]:
        """Return repeated function words ("the the", "it has it has"), repairs and cut words ("wa- warranty")."""
        body = "|".join(re.escape(word) for word in sorted(self.pack.repeats, key=len, reverse=True))
        pattern = rf"(?<![\w'-])((?:{body})(?:\s+[a-z']+)?)(?:[,…]?\s+\1)+(?![\w'])"
        repeats = [TextSpan(hit.group(), *hit.span(), "repeat") for hit in re.finditer(pattern, text, re.I)]
        cut = [TextSpan(hit.group(), *hit.span(), "fragment") for hit in _FRAGMENT.finditer(text)]
        repairs = find(text.replace(",", " "), self.pack.repairs, "repair", whole_words=True)
        repairs = [TextSpan(text[hit.start : hit.end], hit.start, hit.end, hit.kind) for hit in repairs]
        return merged(repeats + cut + repairs)

    def is_backchannel(self, text: str) -> bool:
        """Return whether only "yeah", "uh-huh", "got it" … was said, three words at most."""
        return self._backchannels.is_one(self.normalise(text))

    def takes_floor(self, text: str, *, final: bool) -> bool:
        """Return whether more was said than "yeah" or "um"; unless final, "I" may still become "I see"."""
        return self._backchannels.takes_floor(self.normalise(text), final)

    def ending(self, text: str) -> Ending:
        """Return what the words so far look like, by their last mark or last words."""
        stripped = text.rstrip()
        if stripped.endswith((",", ":", "…", "-", "—", "...")):
            return "open"
        if stripped.endswith((".", "!", "?")):
            return "finished"
        plain = self.normalise(text)
        longest_open = _longest(plain, self.pack.open_endings)
        longest_done = _longest(plain, self.pack.finished_endings)
        if longest_open or longest_done:
            return "open" if longest_open >= longest_done else "finished"
        return "finished" if _QUESTION_HEAD.match(plain) else "unknown"

    def finished(self, text: str) -> float | None:
        """Return the log-odds that nothing follows these words; fillers never end anything."""
        fillers = (*self.pack.fillers.filled, *self.pack.fillers.always)
        if _longest(self.normalise(text), fillers):
            return -LIMIT
        return load_finish(self.code).odds(text)

    def clauses(self, text: str) -> list[TextSpan]:
        """Return the stretches between punctuation marks."""
        return clauses(text)

    def slips(self, text: str) -> list[TextSpan]:
        """Return hostile, pleading and blaming wordings."""
        lists = self.pack.composure
        return merged(
            find(text, lists.hostile, "hostile", whole_words=True)
            + find(text, lists.pleading, "pleading", whole_words=True)
            + find(text, lists.blaming, "blaming", whole_words=True)
        )


def _longest(plain: str, endings: Sequence[str]) -> int:
    return max((len(item) for item in endings if plain == item or plain.endswith(" " + item)), default=0)


def _syllables(word: str) -> int:
    plain = word.replace("'", "").replace("’", "")
    count = len(re.findall(r"[aeiouy]+", plain))
    silent = (plain.endswith("e") and not plain.endswith(("le", "ee", "ye"))) or re.search(
        r"[^td]ed$", plain
    ) is not None
    return max(1, count - (1 if silent else 0))


def _is_set_off(text: str, span: TextSpan) -> bool:
    """Return whether breaks or the text's ends stand on both sides."""
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    return (not before or before[-1] in _BREAK) and (not after or after[0] in _BREAK)


def _is_empty_word(text: str, span: TextSpan, sure: Sequence[TextSpan], paused: frozenset[int]) -> bool:
    """Return whether "like", "basically", "right" … is set off by breaks or fillers, doubled, or before a pause."""
    before, after = text[: span.start].rstrip(" "), text[span.end :].lstrip(" ")
    after_at = len(text) - len(after)
    beside_break = bool(before) and before[-1] in ",…" and bool(after) and after[0] in ",…?"
    opens = (not before or before[-1] in ".!?") and after[:1] == ","
    beside = any(other.start == after_at or other.end == len(before) for other in sure)
    doubled = re.match(rf"{re.escape(span.text)}(?![\w'])", after, re.I) is not None and span.text.lower() == "like"
    return beside_break or opens or beside or doubled or span.end in paused


def _paused_after(text: str, words: Sequence[Word]) -> frozenset[int]:
    """Return offsets in `text` after which the word times show a pause."""
    ends: set[int] = set()
    position, lowered = 0, text.lower()
    for word, following in itertools.pairwise(words):
        at = lowered.find(word.text.lower(), position)
        if at < 0:
            continue
        position = at + len(word.text)
        if following.start - word.end >= _PAUSE_SEC:
            ends.add(position)
    return frozenset(ends)


ENGLISH = English()
