"""Recognised Chinese put right where a listed wording was meant: characters of the same sound, written wrongly.

A recogniser writes 将噪 for 降噪 and 伞号链接 for 三号链接. A stretch that sounds like a listed wording and shares
most of its characters with it is rewritten as that wording. The text keeps its length, so offsets stay true. How
characters are read is pypinyin's table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 8
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that recognisers and many speakers mix: retroflex initials, final n and ng."""


class Mender:
    """Rewrites stretches that sound like one of the wordings.

    Args:
        wordings: What may have been meant; pieces of Chinese characters, two or more.
        words: Real words that must stay although they sound like one.
    """

    def __init__(self, wordings: Iterable[str], words: Iterable[str] = ()) -> None:
        self._meant: dict[tuple[str, ...], str] = {}
        self._known: set[str] = set(words)
        for wording in wordings:
            for run in _HAN.findall(wording):
                if 2 <= len(run) <= _LONGEST:
                    self._known.add(run)
                    self._meant.setdefault(sounds(run), run)
        self._lengths = sorted({len(key) for key in self._meant}, reverse=True)

    def mend(self, text: str) -> str:
        """Return the text with the same number of characters."""
        return _HAN.sub(lambda found: self._mend_run(mend_numbers(found.group())), text)

    def _mend_run(self, run: str) -> str:
        heard = sounds(run)
        kept = list(run)
        at = 0
        while at < len(run):
            meant = self._meant_at(run, heard, at)
            if meant:
                kept[at : at + len(meant)] = meant
            at += len(meant) or 1
        return "".join(kept)

    def _meant_at(self, run: str, heard: tuple[str, ...], at: int) -> str:
        """Return the longest wording that stands here, by characters or by sound; empty if none."""
        for length in self._lengths:
            meant = self._meant.get(heard[at : at + length])
            if meant is None or len(meant) > len(run) - at:
                continue
            said = run[at : at + length]
            if said == meant or self._is_slip(said, meant):
                return meant
        return ""

    def _is_slip(self, said: str, meant: str) -> bool:
        wrong = sum(left != right for left, right in zip(said, meant, strict=True))
        return wrong <= max(1, len(meant) // 3) and said not in self._known


def mend_numbers(run: str) -> str:
    """Return a run of characters with numerals put right between numerals (七是五 → 七十五, 七十快 → 七十块)."""
    kept = list(run)
    for at in range(1, len(run)):
        if kept[at] in _NUMERALS or kept[at - 1] not in _NUMERALS or run[at - 2 : at - 1] == "第":
            continue
        following = run[at + 1 : at + 2]
        if run[at] == "快" and following not in _AFTER_QUICK:
            kept[at] = "块"
        elif following and following != "两" and following in _NUMERALS + "块元号折":
            kept[at] = _numeral_sounds().get(sound(run[at]), run[at])
    return "".join(kept)


_NUMERALS = "一二两三四五六七八九十百千"
_AFTER_QUICK = tuple("点递要乐速捷来去些")


@cache
def _numeral_sounds() -> Mapping[str, str]:
    return {sound(char): char for char in "一二三五六七八九百十"}


@cache
def sound(char: str) -> str:
    """Return the syllable of a character without tone, sounds that are often mixed made one."""
    syllable = exact_sound(char)
    for full, short in _NEAR:
        syllable = syllable.replace(full, short)
    return syllable


@cache
def exact_sound(char: str) -> str:
    """Return the syllable of a character without tone."""
    reading = _readings().get(ord(char), char).partition(",")[0]
    return "".join(mark for mark in unicodedata.normalize("NFD", reading) if mark.isalpha())


def sounds(run: str) -> tuple[str, ...]:
    """Return the syllables of a run of characters."""
    return tuple(map(sound, run))


@cache
def _readings() -> Mapping[int, str]:
    """Return code point → readings with tone marks, the usual one first.

    Only the table of single characters is loaded: the package itself reads its phrases too, three times as long.
    """
    package = find_spec("pypinyin")
    folder = (package.submodule_search_locations or [""])[0] if package else ""
    found = spec_from_file_location("pypinyin_characters", f"{folder}/pinyin_dict.py")
    if found is None or found.loader is None:
        return {}
    module = module_from_spec(found)
    found.loader.exec_module(module)
    readings: Mapping[int, str] = module.pinyin_dict
    return readings
