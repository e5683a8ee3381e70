"""From the text of a clause to what an engine should read, without losing where each word stood.

Pure. Figures, prices, sizes, dates and the like are written out the way people say them, so that every engine reads
them alike (eSpeak NG drops ¥ in Chinese and says "dollar eighty nine point nine zero"; a neural voice has never seen
165/88A); emoji and faces made of marks are not read. Every spoken piece keeps the span of the written text it stands
for. The rules of each language are in `wording_zh` and `wording_en`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from audio.tts.rule import Rule

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_SAYABLE = re.compile(rf"[^\W_]|[{HAN}]|[%&+$€£¥]")
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}])"
    r"|\d+(?:[.,:]\d+)*"
    rf"|(?:(?![{HAN}])[^\W\d_])+(?:['’\-](?:(?![{HAN}])[^\W\d_])+)*"
    r"|[%&+@$€£¥]"
)
_UNREADABLE = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Cn", "Co", "Mn", "Me"})
_KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")
_READ_BY_RULES = frozenset("℃℉°￥㎡★⭐")


@dataclass(frozen=True, slots=True)
class Word:
    """One sayable word; in Chinese one character. A figure or price is one word, however many are said for it."""

    spoken_start: int
    """Characters from the start of the spoken text."""
    start: int
    """Characters from the start of the clause."""
    end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clause as the engine gets it."""

    text: str
    words: tuple[Word, ...]

    def pieces(self) -> list[str]:
        """Return what is said for each word, with the punctuation after it; joined, the spoken text from word one."""
        starts = [word.spoken_start for word in self.words] + [len(self.text)]
        return [self.text[start:end] for start, end in pairwise(starts)]


def has_han(text: str) -> bool:
    """Return whether a text has Chinese characters."""
    return re.search(f"[{HAN}]", text) is not None


def is_sayable(text: str) -> bool:
    """Return whether there is anything to read aloud."""
    return bool(_SAYABLE.search(text)) and bool(spoken(text, "zh" if has_han(text) else "en").words)


def spoken(text: str, language: str) -> Spoken:
    """Word one clause for reading aloud.

    Args:
        text: One clause.
        language: `zh` or `en`. A Chinese clause may hold English words; its figures are read in Chinese.
    """
    plain = _plain(text)
    out: list[str] = []
    words: list[Word] = []
    length = at = 0
    for rule, match in _found(plain, language):
        words.extend(_words(plain, at, match.start(), length))
        out.append(plain[at : match.start()])
        length += len(out[-1])
        said = rule.say(match)
        if said.strip() and any(char.isalnum() for char in said):
            words.append(Word(length + len(said) - len(said.lstrip()), match.start(), match.end()))
        out.append(said)
        length += len(said)
        at = match.end()
    words.extend(_words(plain, at, len(plain), length))
    out.append(plain[at:])
    return Spoken("".join(out), tuple(words))


def _found(plain: str, language: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    rules, any_rule = _rules(language)
    at = 0
    while (hit := any_rule.search(plain, at)) is not None:
        rule = rules[int((hit.lastgroup or "r0")[1:])]
        match = rule.pattern.match(plain, hit.start())
        if match is None:  # cannot be: the same pattern just matched here
            raise RuntimeError(f"rule {rule.pattern.pattern!r} does not match where it was found")
        yield rule, match
        at = max(match.end(), at + (match.end() == match.start()))


@cache
def _rules(language: str) -> tuple[Sequence[Rule], re.Pattern[str]]:
    """Return the rules of a language and one pattern that finds the next place where any of them applies."""
    from audio.tts.faces import FACES
    from audio.tts.wording_en import RULES as ENGLISH
    from audio.tts.wording_zh import RULES as CHINESE

    rules = (*FACES, *(CHINESE if language == "zh" else ENGLISH))
    joined = "|".join(f"(?P<r{number}>{rule.anonymous()})" for number, rule in enumerate(rules))
    return rules, re.compile(joined)


def _plain(text: str) -> str:
    """Fold full-width letters, digits and signs, and blank what cannot be read; keeps every character's position."""
    return "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    if "\uff01" <= char <= "\uff5e" and (char.isalnum() or char in "％＋＄＆＠／～＃－＝＊"):
        return chr(ord(char) - 0xFEE0)
    if char in _READ_BY_RULES:
        return "¥" if char == "￥" else char
    if _KANA.match(char) or (unicodedata.category(char) in _UNREADABLE and char not in "\n^`"):
        return " "
    return char


def _words(plain: str, start: int, end: int, spoken_at: int) -> list[Word]:
    """Return the words of a stretch that is read as it stands."""
    found = _TOKEN.finditer(plain, start, end)
    return [Word(spoken_at + match.start() - start, match.start(), match.end()) for match in found]
