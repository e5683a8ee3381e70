"""English: words are the unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from coach.events import Word
from coach.language import numbers_en
from coach.language.backchannel import Backchannels
from coach.language.breaks_en import BreakFinder
from coach.language.fillers_en import BREAK, FillerFinder
from coach.language.finish import LIMIT, finished_odds
from coach.language.pack import Pack, load_pack
from coach.language.phrases import clauses, find, merged
from coach.language.spans import Ending, NumberSpan, TextSpan
from coach.language.spoken_en import spoken_syllables, spoken_words
from coach.language.timing import UNTIMED, timing_of

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[a-z]+(?:'[a-z]+)*")
_QUESTION_HEAD = re.compile(
    r"^(?:who|what|when|where|why|how|which|do|does|did|can|could|will|would|is|are|was|have|has|should)\b(?:\s+\S+){3,}$"
)


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_MARK = re.compile(r"[^\w%'.]+|_|(?<!\d)\.|\.(?!\d)|(?<![a-z])'|'(?![a-z])")


_PLAIN = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "%'.")}
_EDGE = re.compile(r"(?<!\d)\.|\.(?!\d)|(?<![a-z])'|'(?![a-z])")


@lru_cache(maxsize=2048)
def _normalised(text: str) -> str:
    if text.isascii():  # the same, quicker
        plain = _THOUSANDS.sub("", text.lower()) if "," in text else text.lower()
        plain = plain.translate(_PLAIN)
        return " ".join((_EDGE.sub(" ", plain) if "." in plain or "'" in plain else plain).split())
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("‘", "'")
    return " ".join(_MARK.sub(" ", _THOUSANDS.sub("", folded)).split())


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(_normalised(text)))


class English:
    """English as streamers speak it."""

    code = "en"
    unit = "words"

    def __init__(self) -> None:
        self.pack: Pack = load_pack("en")
        pack, plain = self.pack, self.normalise
        hesitations = [*pack.fillers.filled, *pack.fillers.filled_isolated]
        self._fillers = FillerFinder(pack.fillers, pack.english)
        self._untimed_fillers = lru_cache(maxsize=1024)(lambda text: tuple(self._fillers.find(text, UNTIMED)))
        breaks = BreakFinder(pack.breaks_en)
        self._untimed_breaks = lru_cache(maxsize=1024)(
            lambda text: tuple(breaks.find(text, self._untimed_fillers(text)))
        )
        self._backchannels = Backchannels(
            [plain(item) for item in pack.backchannels],
            [plain(item) for item in hesitations],
            [plain(item) for item in pack.not_backchannels],
            joint=" ",
            longest=3,
        )

    def normalise(self, text: str) -> str:
        """Return NFKC lower-case words, one space between, apostrophes and decimal points kept."""
        return _normalised(text)

    def tokens(self, text: str) -> list[str]:
        """Return words."""
        return list(_tokens(text))

    def count_units(self, text: str) -> int:
        """Return words as spoken: contractions count one, 89 two, $89.99 four."""
        return len(spoken_words(text))

    def syllables(self, text: str) -> int:
        """Return an estimate by spelling; capitals such as USB are spelled out."""
        return spoken_syllables(text)

    def numbers(self, text: str) -> list[NumberSpan]:
        """Return numbers in digits and words."""
        return list(numbers_en.read_numbers(text))

    def fillers(
        self, text: str, words: Sequence[Word] = (), usual: Mapping[str, float] | None = None
    ) -> list[TextSpan]:
        """Return fillers: "um" anywhere, "like" and its kind only where they carry nothing."""
        if not words:
            return list(self._untimed_fillers(text))
        return self._fillers.find(text, timing_of(text, words, usual or {}))

    def serial_openers(self, text: str) -> list[TextSpan]:
        """Return "and then" at the head of clauses."""
        found = find(text, self.pack.fillers.serial, "F2", whole_words=True)
        return [span for span in found if not text[: span.start].strip() or text[: span.start].rstrip()[-1] in BREAK]

    def disturbances(self, text: str) -> list[TextSpan]:
        """Return words said twice on the way ("the the"), clauses begun anew and slips put right."""
        return list(self._untimed_breaks(text))

    def hedges(self, text: str) -> list[TextSpan]:
        """Return wordings that take certainty away, kind `F3`."""
        return find(text, self.pack.fillers.hedges, "F3", whole_words=True)

    def corrections(self, text: str) -> list[TextSpan]:
        """Return wordings that take something back: "scratch that", "i misspoke"."""
        plain = text.replace(",", " ")
        return [
            TextSpan(text[hit.start : hit.end], hit.start, hit.end, hit.kind)
            for hit in find(plain, self.pack.repairs, "repair", whole_words=True)
        ]

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

    def finished(self, text: str, *, answers: bool = False) -> float | None:
        """Return the log-odds that nothing follows these words; fillers never end anything.

        Args:
            text: All words of the utterance so far.
            answers: Whether somebody has just asked something: few words may be all then.
        """
        fillers = (*self.pack.fillers.filled, *self.pack.fillers.always)
        if _longest(self.normalise(text), fillers):
            return -LIMIT
        return finished_odds(text, self.code, answers=answers)

    def clauses(self, text: str) -> list[TextSpan]:
        """Return the stretches between punctuation marks."""
        return list(clauses(text))

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


ENGLISH = English()
