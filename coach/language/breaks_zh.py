"""Where Chinese speech breaks: words said twice on the way, clauses begun anew, slips put right (DOMAIN §3.3, F4).

A repeat breaks a sentence only if the sentence goes on after it: 去，去水上乐园. What could stand alone and is said
twice is emphasis: 有的有的, 好，好. Text as recognised writes the second time with other characters of the same sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from coach.language.cut_zh import CutWord, cut_words
from coach.language.mend import sound
from coach.language.pack import ChineseBreaks
from coach.language.phrases import merged
from coach.language.spans import TextSpan

_HAN = r"[\u3400-\u9fff]"
_GAP = r"[，,、…—\s]"
_MARK = re.compile(r"[，,。！!？?；;、…—]")
_TWICE = re.compile(rf"(?=({_HAN}{{2,6}})({_GAP}{{0,4}})\1)")
_STUTTER = re.compile(rf"(?=({_HAN})({_GAP}{{0,3}})\1)")
_THERE_AND_BACK = re.compile(rf"({_HAN}{{2,4}})[，、…]+({_HAN}{{1,5}})[，、…]+\1(?={_HAN})")
_ANEW = re.compile(rf"(?:^|(?<=[，。…、]))([我你它他她这那]们?)({_HAN}{{1,2}}){_GAP}+\1{_HAN}{{0,2}}\2")
_HANGING_IS = re.compile(r"(?:^|(?<=[，。…、]))([它这那]个?|我们|这款|这个)是[，…—]+(?=[^，。！？]{1,8}是)")
_FINAL = tuple("了吧啊呢嘛哦啦呀哈呗吗")
_UNFINISHED = tuple("过到是要去给在把跟和")
_NUMERALS = r"零〇一二两三四五六七八九十百千万半几\d"
_COUNT = re.compile(f"[{_NUMERALS}]")
_COUNTED = re.compile(rf"[{_NUMERALS}]+(?![{_NUMERALS}]){_HAN}|一.")
"""七副七副 says a number again; 二百二百多 looks for it. 一件一件 is each of them."""
_LASTING = re.compile(rf"[{_NUMERALS}大好]+(?:年|天|个月|小时|分钟|周)")
_SOME = re.compile(rf"一|[{_NUMERALS}][个件条瓶盒包袋支双套份箱片]")
_LOOKED_UP = re.compile(
    r"(?:是|叫|有|在|大概)[，,…]+我(?:先|再)?[看查想翻找问](?:一下|一眼|下|看|找|查)"
    r"|我(?:先|再)?[看查翻找](?:一下|一眼|下|看|找|查)[…—]+[嗯呃]"
)
"""A clause left to look its end up: 它是，我看一下."""
_FIRST_FIGURE = re.compile(rf"(?<![{_NUMERALS}])([{_NUMERALS}])[、…—]+\1(?=[{_NUMERALS}])")
"""六、六十支."""
_LONGER_NUMBER = re.compile(
    rf"(?<![{_NUMERALS}])([{_NUMERALS}点]{{0,5}}[十百千万点\d]){_GAP}{{1,3}}(?:{_HAN}{{1,4}}是)?\1(?=[{_NUMERALS}])"
)
"""A figure broken off and said in full: 二十，二十四; 一点……它是一点六."""
_DONE_BRIEFLY = ("一下", "一遍", "一会", "一眼", "一圈")


class BreakFinder:
    """Finds them by the lists of a pack."""

    def __init__(self, lists: ChineseBreaks) -> None:
        self._lists = lists
        self._emphatic = lists.emphatic
        self._abandoned = re.compile(lists.abandoned)
        self._repair = re.compile("|".join(f"(?:{item})" for item in lists.repairs) or "(?!)")

    def find(self, text: str, fillers: Sequence[TextSpan]) -> list[TextSpan]:
        """Return repeats, restarts (`fragment`) and repairs in order; doubled fillers are fillers."""
        bare = _without(text, fillers)
        twice, single = list(_TWICE.finditer(bare)), list(_STUTTER.finditer(bare))
        found = [
            *(_span(text, hit) for hit in twice if self._is_broken(text, hit)),
            *(_span(text, hit) for hit in single if self._is_stutter(text, hit)),
            *self._same_sounds(text),
        ]
        taken = [(span.start, span.end) for span in fillers]
        found += _spans(_THERE_AND_BACK, text, "repair", self._is_turned) + _spans(_LONGER_NUMBER, text, "repeat")
        found += _spans(_FIRST_FIGURE, text, "repeat")
        found += _spans(_ANEW, text, "fragment") + _spans(_HANGING_IS, text, "fragment")
        found += _spans(_LOOKED_UP, text, "fragment") + _spans(self._abandoned, text, "fragment")
        found += _spans(self._repair, text, "repair", _has_something_before)
        return merged(span for span in found if not _is_made_of(span, taken))

    def _is_broken(self, text: str, hit: re.Match[str]) -> bool:
        """Return whether a wording said twice was no emphasis: it cannot stand alone, and something follows."""
        said, gap, start, end = hit[1], hit[2], hit.start(), _end(hit)
        if not _goes_on(text, end, bool(gap)) or said.endswith("着"):
            return False
        if self._is_emphatic(said) and not self._is_inside(text, hit):
            return False
        if said in (text[max(0, start - len(said)) : start], text[end : end + len(said)]):  # three times
            return False
        if not gap and (text[end] == said[0] or text[start - 1 : start] == said[-1]):  # 假的假的假的
            return False
        if "不" in said and len(said) == 2:  # 爱买不买不买
            return said in self._lists.modals
        if _COUNTED.fullmatch(said) or (gap and _COUNT.match(said)) or said.startswith("是"):
            return False
        words = _words_of(text, start, start + len(said))
        if not words:
            return False
        return self._is_left_open(text, hit, words) if gap else not self._is_whole(text, start, end, words)

    def _is_inside(self, text: str, hit: re.Match[str]) -> bool:
        """Return whether 可以可以 stands between a subject and a verb, where it answers nobody."""
        end = _end(hit)
        return (
            hit[1] in self._lists.modals
            and not hit[2]
            and not self._opens(text, hit.start())
            and text[hit.start() - 1] not in _FINAL
            and text[end : end + 1] not in self._lists.pronouns
        )

    def _is_left_open(self, text: str, hit: re.Match[str], words: Sequence[CutWord]) -> bool:
        """Return whether the clause before the comma was given up; a thing named again is the next one's subject."""
        if hit[1].endswith(_UNFINISHED) or hit[1][0] in self._lists.adverbs:
            return True
        return self._opens(text, hit.start()) and not (_is_thing(words[-1]) and len(words[-1].text) > 1)

    def _is_whole(self, text: str, start: int, end: int, words: Sequence[CutWord]) -> bool:
        """Return whether what is said twice is a whole predicate, or an object and then a subject."""
        if len(words) > 1 and words[0].kind.startswith("v") and _is_thing(words[-1]):  # 卖假货卖假货
            return True
        if words[-1].text == "过" and text[end : end + 1] in "就也才再":
            return True
        before = next((word for word in cut_words(text) if word.end == start), None)
        takes_object = before is not None and (before.kind.startswith("v") or before.text in self._lists.asking)
        return takes_object and _is_thing(words[-1])

    def _is_emphatic(self, said: str) -> bool:
        if said.endswith(_FINAL) or said[0] in self._lists.stressing:
            return True
        return any(said.startswith(item) or said.endswith(item) for item in self._emphatic)

    def _is_stutter(self, text: str, hit: re.Match[str]) -> bool:
        """Return whether a single character was said twice where no word doubles it."""
        char, gap, start, end = hit[1], hit[2], hit.start(), _end(hit)
        thrice = char in (text[start - 1 : start], text[end : end + 1])
        if thrice or char in "嗯呃啊哦哈" or not _goes_on(text, end, bool(gap)):
            return not thrice and not gap and text[end : end + 1] == "的" and self._is_cut_off(text, start)
        if gap:
            if set(gap) & set("、…—") and char in self._lists.pronouns + self._lists.before_comma:
                return True
            if char in self._lists.pronouns:
                return self._may_begin(text, start, char)
            return char in self._lists.adverbs or (char in self._lists.before_comma and not self._opens(text, start))
        return self._may_begin(text, start, char) and self._is_cut_off(text, start)

    def _is_cut_off(self, text: str, start: int) -> bool:
        """Return whether the first of two characters is a word by itself here, and the second goes on as a word.

        云云南 is 云 and 云南; 产品品质 is two words, 软塌塌 one. A verb said twice is done briefly (念念看), unless
        what follows speaks against it: 编编一个, 送送的.
        """
        words = cut_words(text)
        at = next((place for place, word in enumerate(words) if word.start == start), None)
        if at is None or at + 1 == len(words):
            return False
        if len(words[at].text) > 1:
            return words[at].text == 2 * text[start] and words[at + 1].text.startswith("得")
        first, second = words[at], words[at + 1]
        is_verb = first.kind in ("v", "zg", "vg", "vn", "ug")
        if len(second.text) > 1:
            if is_verb and second.text[1] == "得":
                return True
            return not is_verb and second.text not in self._lists.doubling and not _COUNT.match(first.text)
        rest = text[second.end :]
        if first.text in self._lists.functions:
            return True
        if is_verb and _LASTING.match(rest):
            return True
        if is_verb:
            described = rest.startswith("的") and first.text in self._lists.handing
            counted = bool(_SOME.match(rest)) and not rest.startswith(_DONE_BRIEFLY)
            return described or counted or rest.startswith("得")
        is_name = first.kind in ("nr", "nz", "nt", "ns")
        return first.kind[0] in "nrpcdfu" and not is_name and not rest.startswith("的")

    def _may_begin(self, text: str, at: int, char: str) -> bool:
        """Return whether a pronoun begins a clause here: in 骂你你都 the first one ends one."""
        return char not in self._lists.pronouns or self._opens(text, at) or text[:at].endswith(self._lists.joints)

    @staticmethod
    def _opens(text: str, at: int) -> bool:
        return not text[:at].rstrip(" ") or bool(_MARK.match(text, at - 1)) or text[at - 1] in "嗯呃"

    def _same_sounds(self, text: str) -> Iterator[TextSpan]:
        """Yield repeats that were written with other characters: 手机首机."""
        if _MARK.search(text) or len(text) < 6:
            return
        codes: dict[str, str] = {}
        heard = "".join(codes.setdefault(sound(char), chr(0x4E00 + len(codes))) for char in text)
        for hit in _TWICE.finditer(heard):
            size, start, end = len(hit[1]), hit.start(), _end(hit)
            said, again = text[start : start + size], text[end - size : end]
            shared = sum(left == right for left, right in zip(said, again, strict=True))
            if said == again or 2 * shared < size or len(set(hit[1])) < 2 or not _goes_on(text, end, False):
                continue
            words = _words_of(text, start, start + size)
            stressed = self._is_emphatic(said) or again in self._emphatic or set(said) & set(self._lists.stressing)
            if words and not stressed and not _COUNT.match(said) and not self._is_whole(text, start, end, words):
                yield TextSpan(text[start:end], start, end, "repeat")

    def _is_turned(self, hit: re.Match[str]) -> bool:
        return hit[1] != hit[2] and hit[1] not in self._emphatic and bool(set(hit[1]) & set(hit[2]))


def _end(hit: re.Match[str]) -> int:
    return hit.end(2) + len(hit[1])


def _span(text: str, hit: re.Match[str]) -> TextSpan:
    return TextSpan(text[hit.start() : _end(hit)], hit.start(), _end(hit), "repeat")


def _words_of(text: str, start: int, end: int) -> list[CutWord]:
    """Return the words that fill a stretch; none if one begins before it."""
    words = [word for word in cut_words(text) if start <= word.start < end]
    return words if words and words[0].start == start else []


def _is_thing(word: CutWord) -> bool:
    return word.kind.startswith("n")


def _goes_on(text: str, end: int, after_gap: bool) -> bool:
    """Return whether the sentence goes on: no mark and no final particle follows."""
    following, next_one = text[end : end + 1], text[end + 1 : end + 2]
    if after_gap and following in ("了", "过") and next_one and not _MARK.match(next_one):
        return True
    return bool(following) and not _MARK.match(following) and following not in (*_FINAL, " ", "嗯", "呃")


def _without(text: str, fillers: Sequence[TextSpan]) -> str:
    """Return the text with dots in place of fillers inside it: 还有那个还有 says 还有 twice."""
    for span in fillers:
        text = f"{text[: span.start]}{'…' * (span.end - span.start)}{text[span.end :]}"
    return text


def _is_made_of(span: TextSpan, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether a repeat consists of fillers."""
    letters = sum(not _MARK.match(char) and not char.isspace() for char in span.text)
    return sum(max(0, min(span.end, end) - max(span.start, start)) for start, end in taken) >= letters


def _has_something_before(hit: re.Match[str]) -> bool:
    """Return whether there is something to take back: more than 啊对对对."""
    return len(re.sub(r"[啊哦对嗯呃是的，,。\s]", "", hit.string[: hit.start()])) >= 2


def _spans(
    pattern: re.Pattern[str], text: str, kind: str, keep: Callable[[re.Match[str]], bool] = bool
) -> list[TextSpan]:
    hits = pattern.finditer(text)
    return [TextSpan(hit.group(), hit.start(), hit.end(), kind) for hit in hits if hit.group() and keep(hit)]
