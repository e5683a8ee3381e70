"""Chinese: characters are the unit, and one character is one syllable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from coach.events import Word
from coach.language import numbers_zh
from coach.language.backchannel import Backchannels
from coach.language.breaks_zh import BreakFinder
from coach.language.fillers_zh import BREAK, FillerFinder
from coach.language.finish import LIMIT, finished_odds
from coach.language.pack import Pack, load_pack
from coach.language.phrases import clauses, find, merged
from coach.language.simplified import simplified
from coach.language.spans import Ending, NumberSpan, TextSpan
from coach.language.spoken_zh import spoken_units
from coach.language.timing import UNTIMED, timing_of

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff〇]")


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_MARK = re.compile(r"(?!(?<=\d)\.(?=\d))(?:[^\w%']|_)")
"""Whatever is neither letter nor figure, points inside numbers left out."""
_SPACES = re.compile(r"(?<![a-z]) +| +(?![a-z])")


_SPELLED = re.compile(r"(?<![a-z])[a-z](?:[\s.·_-]{1,2}[a-z]){1,5}(?![a-z])")


def _joined(found: re.Match[str]) -> str:
    return "".join(char for char in found.group() if char.isalpha())


@lru_cache(maxsize=2048)
def _normalised(text: str) -> str:
    folded = simplified(unicodedata.normalize("NFKC", text).lower())
    if folded.isalnum():  # no mark, no space: most clauses
        return folded
    folded = _SPELLED.sub(_joined, _THOUSANDS.sub("", folded))
    return _SPACES.sub("", _MARK.sub(" ", folded))


class Chinese:
    """Mandarin in simplified characters."""

    code = "zh"
    unit = "字"

    def __init__(self) -> None:
        self.pack: Pack = load_pack("zh")
        pack, plain = self.pack, self._plain
        hesitations = [*pack.fillers.filled, *pack.fillers.filled_isolated]
        self._fillers = FillerFinder(pack.fillers, pack.chinese)
        self._untimed_fillers = lru_cache(maxsize=1024)(lambda text: tuple(self._fillers.find(text, UNTIMED)))
        breaks = BreakFinder(pack.breaks_zh)
        self._untimed_breaks = lru_cache(maxsize=1024)(
            lambda text: tuple(breaks.find(text, self._untimed_fillers(text)))
        )
        self._backchannels = Backchannels(
            [plain(item) for item in pack.backchannels],
            [plain(item) for item in hesitations],
            [plain(item) for item in pack.not_backchannels],
            joint="",
            longest=6,
        )

    def normalise(self, text: str) -> str:
        """Return NFKC lower-case simplified text without punctuation; letters spelled out are a word: v x is vx."""
        return _normalised(text)

    def tokens(self, text: str) -> list[str]:
        """Return characters; Latin runs and numbers whole."""
        return _TOKEN.findall(self.normalise(text))

    def count_units(self, text: str) -> int:
        """Return characters as spoken: 99 is 九十九, ¥99 九十九块, VIP three letters; 儿化 merges."""
        return spoken_units(text)

    def syllables(self, text: str) -> int:
        """Return syllables, one a character."""
        return self.count_units(text)

    def numbers(self, text: str) -> list[NumberSpan]:
        """Return numbers in digits and characters."""
        return list(numbers_zh.read_numbers(text))

    def fillers(
        self, text: str, words: Sequence[Word] = (), usual: Mapping[str, float] | None = None
    ) -> list[TextSpan]:
        """Return fillers: 嗯 anywhere, 啊 where it stands alone, 那个 and the like where they carry nothing."""
        if not words:
            return list(self._untimed_fillers(text))
        return self._fillers.find(text, timing_of(text, words, usual or {}))

    def serial_openers(self, text: str) -> list[TextSpan]:
        """Return 然后 at the head of clauses."""
        found = find(text, self.pack.fillers.serial, "F2", whole_words=False)
        return [span for span in found if not text[: span.start].rstrip(" ") or text[span.start - 1] in BREAK]

    def disturbances(self, text: str) -> list[TextSpan]:
        """Return repeats on the way (我我, 去，去看), clauses begun anew and slips put right; 快点快点 is emphasis."""
        return list(self._untimed_breaks(text))

    def hedges(self, text: str) -> list[TextSpan]:
        """Return wordings that take certainty away, kind `F3`."""
        return find(text, self.pack.fillers.hedges, "F3", whole_words=False)

    def corrections(self, text: str) -> list[TextSpan]:
        """Return wordings that take something back: 说错了, 更正一下."""
        return find(text, self.pack.repairs, "repair", whole_words=False)

    def is_backchannel(self, text: str) -> bool:
        """Return whether only 嗯, 对, 好的 … was said, six characters at most."""
        return self._backchannels.is_one(self._plain(text))

    def takes_floor(self, text: str, *, final: bool) -> bool:
        """Return whether more was said than 嗯, 对, 呃; unless final, the beginning of such a word does not count."""
        return self._backchannels.takes_floor(self._plain(text), final)

    def _plain(self, text: str) -> str:
        return self.normalise(text).replace(" ", "")

    def ending(self, text: str) -> Ending:
        """Return what the words so far look like, by their last mark or last words."""
        stripped = text.rstrip()
        if stripped.endswith(("，", ",", "、", "：", ":", "…", "—")):
            return "open"
        if stripped.endswith(("。", "！", "？", "!", "?", ".")):
            return "finished"
        plain = self.normalise(text).replace(" ", "")
        return _longest_ending(plain, self.pack.open_endings, self.pack.finished_endings) if plain else "unknown"

    def finished(self, text: str, *, answers: bool = False) -> float | None:
        """Return the log-odds that nothing follows these words; fillers never end anything.

        Args:
            text: All words of the utterance so far.
            answers: Whether somebody has just asked something: few words may be all then.
        """
        plain = self.normalise(text)
        fillers = (*self.pack.fillers.filled, *self.pack.fillers.always)
        if plain.endswith(fillers):
            return -LIMIT
        return finished_odds(text, self.code, answers=answers)

    def clauses(self, text: str) -> list[TextSpan]:
        """Return the stretches between punctuation marks; one ending in 吗 is a question too."""
        return [span._replace(kind="question") if span.text.rstrip().endswith("吗") else span for span in clauses(text)]

    def slips(self, text: str) -> list[TextSpan]:
        """Return hostile, pleading and blaming wordings."""
        lists = self.pack.composure
        return merged(
            find(text, lists.hostile, "hostile", whole_words=False)
            + find(text, lists.pleading, "pleading", whole_words=False)
            + find(text, lists.blaming, "blaming", whole_words=False)
        )


def _longest_ending(plain: str, open_endings: Sequence[str], finished: Sequence[str]) -> Ending:
    """Return the verdict of the longest listed ending; open wins a tie."""
    if not plain.endswith((*open_endings, *finished)):
        return "unknown"
    longest_open = max((len(item) for item in open_endings if plain.endswith(item)), default=0)
    longest_done = max((len(item) for item in finished if plain.endswith(item)), default=0)
    if longest_open == longest_done == 0:
        return "unknown"
    return "open" if longest_open >= longest_done else "finished"


CHINESE = Chinese()
