"""Which 那个, 就是, 然后 of a Chinese text carry nothing (DOMAIN §3.3).

Marks and pauses tell where a clause begins. Text as recognised has no marks; there only the particles that end
sentences (吧, 啊, 呢 …) show where the next one begins, so less is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.language.pack import ChineseFillers, Fillers
from coach.language.phrases import find, merged
from coach.language.spans import TextSpan
from coach.language.timing import Timing

BREAK = "，,。.！!？?；;、…—～~：: \n"
_MARK = re.compile(r"[，,。！!？?；;、…—]")
_FOREHEAD = re.compile(r"(?<=[金余名面限定差总超份数税巨])额|额(?=[头外度定])")
_AGREEING = re.compile(r"嗯(?=[嗯哼呐])|(?<=嗯)嗯")
"""嗯嗯 and 嗯哼 agree with somebody; they do not stall."""
_SENTENCE_END = re.compile(
    r"[吧啊呢嘛哦啦哈呀呗]$|不(?:清楚|知道|会|行|要|用[^，]{1,2})$|没(?:关系|事|问题)$|是[^，。是]{1,12}的$|(?:大家|各位|朋友们|[早晚]上)好$|[块元\d一二三四五六七八九十百千]$"
)
_STALLING = re.compile(r"啊(?=[\u3400-\u9fff\d])(?![啊对是好真原有可行没谢哦哈呀呢吧嘛不那你怎什终找])")
"""啊 before the sentence itself, not before an answer or a cry (啊对, 啊是吗, 啊找到了)."""
_SPEAKING = re.compile(r"就是说(?=[回到起])")
_SUBJECT = re.compile(r"(?:[我你您他她咱]们?|大家)(?=[^的，。！？]{2})")
_MEASURED = re.compile(r"(?:小时|分钟|天|年|块|元|斤|克|米|厘米|[了着过]|不多|不少)$")
_ONE_OF_TWO = re.compile(
    r"[这一](?:个|边|件|款|只)[\u4e00-\u9fff]{1,4}(?:是|有|用|做|配|要|不|会|能|偏|比|[大小长短厚薄])[^。！？，,]*[，,、]?$"
)
"""A first thing pointed at, after which 那个 points at the second: 这个领口是立领，那个袖子是落肩."""


class FillerFinder:
    """Finds them by the lists of a pack."""

    def __init__(self, lists: Fillers, chinese: ChineseFillers) -> None:
        self._lists = lists
        self._referents = re.compile(chinese.referents)
        self._predicates = re.compile(chinese.predicates)
        self._copular = re.compile(chinese.copular)
        self._contrast = re.compile(f"(?:{chinese.contrasts})[^。！？]*$")
        self._pointing, self._ordering = re.compile(f"(?:{chinese.pointing})$"), re.compile(chinese.ordering)
        self._openers = tuple(lists.serial)
        self._joints = chinese.joints
        self._placed = (*lists.positional, *lists.serial)

    def find(self, text: str, timing: Timing) -> list[TextSpan]:
        """Return fillers in order, classes `F1` and `F2`."""
        lists = self._lists
        filled = [span for span in find(text, lists.filled, "F1", whole_words=False) if not _agrees(text, span)]
        filled = [span for span in filled if span.text != "唔" or _stands_alone(text, span, timing)]
        alone = find(text, lists.filled_isolated, "F1", whole_words=False)
        filled += [span for span in alone if _stands_alone(text, span, timing)]
        always = find(text, lists.always, "F2", whole_words=False)
        place = _Place(text, timing, filled)
        empty = [span for span in self._candidates(text) if self._is_empty(place, span)]
        return merged([*filled, *always, *empty])

    def _candidates(self, text: str) -> list[TextSpan]:
        spans = find(text, self._placed, "F2", whole_words=False)
        return [
            TextSpan("就是", span.start, span.end - 1, "F2") if _SPEAKING.match(text, span.start) else span
            for span in spans
        ]

    def _is_empty(self, place: _Place, span: TextSpan) -> bool:
        """Return whether a word carries nothing here, by the tests all of them share, then by its own."""
        if place.is_doubled(span) or place.is_before_filled(span):
            return True
        if span.start in place.timing.drawn_out or span.end in place.timing.paused:
            return True
        if place.hangs_on(span, self._joints) and not place.hangs_on(span, self._openers):
            return place.stalls(span) or place.is_bridge(span, self._joints)
        if not place.opens(span.start) and not place.hangs_on(span, self._openers):
            return not place.is_marked and self._is_empty_unmarked(place, span)
        return place.stalls(span) or self._opens_empty(place, span)

    def _is_empty_unmarked(self, place: _Place, span: TextSpan) -> bool:
        """Return whether a word inside a text without marks carries nothing.

        Where nobody wrote commas, 那个 stands most often where one was: unless something before or after makes it
        point. 然后 tells an order only where there was a first.
        """
        before = place.text[: span.start]
        if span.text == "那个":
            return not self._pointing.search(before) and self._opens_empty(place, span)
        if span.text in self._openers:
            return not self._ordering.search(before)
        return span.text == "就是" and place.opens_unmarked(span.start) and self._explains(place, span)

    def _opens_empty(self, place: _Place, span: TextSpan) -> bool:
        """Return whether a word at the head of a clause adds nothing to it."""
        rest = place.rest(span)
        if span.text == "那个":
            if _ONE_OF_TWO.search(place.text, 0, span.start):
                return False
            return bool(rest) and not self._predicates.match(rest) and not self._referents.match(rest)
        if span.text == "这个":
            return rest.startswith(self._lists.asking)
        if span.text in self._openers:
            return place.after_filled(span) or rest.startswith(tuple(self._lists.positional))
        if span.text == "就是说":
            return True
        return span.text == "就是" and self._explains(place, span)

    def _explains(self, place: _Place, span: TextSpan) -> bool:
        """Return whether a 就是 without a subject neither names a thing, nor contrasts, nor stresses a reason."""
        rest = place.rest(span)
        return bool(rest) and not self._copular.match(rest) and not self._contrast.search(place.text[: span.start])


class _Place:
    """One text and what stands around a place in it."""

    def __init__(self, text: str, timing: Timing, filled: Sequence[TextSpan]) -> None:
        self.text, self.timing = text, timing
        self.is_marked = bool(_MARK.search(text))
        self._starts = {span.start for span in filled}
        self._ends = {span.end for span in filled}

    def opens(self, at: int) -> bool:
        """Return whether a clause begins here: by a mark, a pause, or a filled pause."""
        before = self.text[:at].rstrip(" ")
        if not before or before[-1] in BREAK or len(before) in self.timing.paused:
            return True
        return len(before) in self._ends or (not self.is_marked and self._ended(before))

    @staticmethod
    def _ended(before: str) -> bool:
        return bool(_SENTENCE_END.search(before[-16:]))

    def opens_unmarked(self, at: int) -> bool:
        """Return whether, in text without marks, a whole clause with its own subject follows: 七小时就是我周末充."""
        whole = _SUBJECT.match(self.text, at + 2)
        return not self.is_marked and bool(whole) and bool(_MEASURED.search(self.text[:at]))

    def rest(self, span: TextSpan) -> str:
        """Return what follows."""
        return self.text[span.end :].lstrip(" ")

    def is_doubled(self, span: TextSpan) -> bool:
        """Return whether the word stands twice, marks aside."""
        after = self.text[span.end :].lstrip(BREAK)
        before = self.text[: span.start].rstrip(BREAK)
        return after.startswith(span.text) or before.endswith(span.text)

    def is_before_filled(self, span: TextSpan) -> bool:
        """Return whether 嗯, 呃 follow."""
        gap = len(self.text) - span.end - len(self.text[span.end :].lstrip(BREAK))
        return span.end + gap in self._starts

    def hangs_on(self, span: TextSpan, joints: tuple[str, ...]) -> bool:
        """Return whether a word that joins clauses stands directly before (还有那个，)."""
        return self.text[: span.start].endswith(joints)

    def is_bridge(self, span: TextSpan, joints: tuple[str, ...]) -> bool:
        """Return whether the word before is said again after it (还有那个还有)."""
        before, after = self.text[: span.start], self.rest(span)
        return any(before.endswith(joint) and after.startswith(joint) for joint in joints)

    def after_filled(self, span: TextSpan) -> bool:
        """Return whether 嗯, 呃 stand directly before."""
        return len(self.text[: span.start].rstrip(" ")) in self._ends

    def stalls(self, span: TextSpan) -> bool:
        """Return whether a comma or dots follow."""
        return self.text[span.end : span.end + 1] in tuple("，,…、—") and span.end < len(self.text)


def _agrees(text: str, span: TextSpan) -> bool:
    return bool(_AGREEING.match(text, span.start))


def _stands_alone(text: str, span: TextSpan, timing: Timing) -> bool:
    """Return whether breaks stand on both sides, or it opens the text; 金额 and 额头 never count."""
    if span.text == "额":  # written for 呃, wherever it is no part of 金额, 额头 …
        return not _FOREHEAD.match(text, span.start)
    if span.text == "啊" and _STALLING.match(text, span.start):
        return not text[: span.start].strip() or text[: span.start].rstrip()[-1] in "。！？!?…"
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    opens = not before or before in BREAK or span.start in timing.paused
    if span.text == "啊" and after in ("，", ","):  # 啊，那你 answers
        return False
    return opens and (not after or after in BREAK or span.text == after or span.end in timing.paused)
