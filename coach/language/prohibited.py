"""What a sheet tells people not to do, or says is not needed, in its own words: told to do it, viewers do it wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from coach.language import Language
from coach.language.clause import content
from coach.language.scope import place, scope_reader
from coach.language.sheet_line import Opposed, SheetLine

_NOT = {
    "zh": re.compile(
        r"(?:不要|不可以?|不能|不得|切勿|请勿|勿|禁止|严禁|避免|忌|不宜|(?<![类特区级分个识性告])别|无需|不用|不需要?)([^，。；、,;（(]{2,12})"
    ),
    "en": re.compile(
        r"\b(?:do not|don't|never|avoid|must not|should not|no need to|not to be)\s+([^,.;()，]+)"
        r"|\bno\s+([^,.;()]+?)\s+(?:needed|required|necessary)"
    ),
}
_ONLY_THERE = {
    "zh": re.compile(r"(?:仅|只)(?:在|限)|局部"),
    "en": re.compile(r"\b(?:under|on|in|at) [^,.;]{3,40} only\b|\bonly (?:under|on|in|at)\b"),
}
_ALL_OVER = {
    "zh": re.compile(r"全身都|到处都|整个都|处处都|里里外外都|每个地方都|浑身都"),
    "en": re.compile(r"\b(?:all over|everywhere on it|top to bottom|all the way around|every inch)\b"),
}
"""What a sheet has in one place only, and how talk says that it is everywhere."""
_NEEDLESS_ZH = re.compile(
    r"(?:不用|无需|不需要?|不必)(?:再|另外|单独|额外)?([\u4e00-\u9fff]{1,2})(?=[，,。；、\s)）]|$)"
)
_NEED_ZH = r"(?:一定要|必须|需要|还要|还得|得|要)(?:再|用|拿|好好|先|把)?[^，。不没别]{{0,4}}{}"
"""What a sheet says is not needed (不用洗), and how talk says that it is."""
_SHARE = 0.65
"""Share of a prohibition's words that must be said together."""
_LEAST = {"zh": 2, "en": 2}


class Prohibitions:
    """A product sheet's prohibitions made ready.

    Args:
        lines: Facts and selling points.
        language: Of all of these.
    """

    def __init__(self, lines: Sequence[SheetLine], language: Language) -> None:
        self._language, self._code = language, language.code
        self._scopes = scope_reader(language.code)
        self._content = lru_cache(maxsize=1024)(lambda text: content(text, language, keep_denied=True))
        self._told: list[tuple[frozenset[str], int]] = []
        self._only = [
            (content(f"{'' if line.is_point else line.key} {line.text}".lower(), language), number)
            for number, line in enumerate(lines)
            if _ONLY_THERE[self._code].search(line.text.lower())
        ]
        self._needless: list[tuple[re.Pattern[str], int]] = []
        for number, line in enumerate(lines):
            for hit in _NEEDLESS_ZH.finditer(line.text) if self._code == "zh" else ():
                self._needless.append((re.compile(_NEED_ZH.format(re.escape(hit[1]))), number))
            for hit in _NOT[self._code].finditer(line.text.lower()):
                words = content(next(group for group in hit.groups() if group), language, keep_denied=True)
                if len(words) >= _LEAST[self._code]:
                    self._told.append((words, number))

    def find(self, text: str) -> list[Opposed]:
        """Return clauses of a text that tell people to do what the sheet rules out."""
        if not self._told and not self._needless and not self._only:
            return []
        found: dict[tuple[int, int], list[int]] = {}
        for start, end in self._stretches(text.lower()) if self._told else ():
            said = self._content(text[start:end].lower())
            told = [
                (words & said, number)
                for words, number in self._told
                if len(words & said) >= max(_LEAST[self._code], len(words) * _SHARE)
            ]
            if told and self._is_told(text.lower(), start, end, told[0][0]):
                found[start, end] = [number for _, number in told]
        for hit in _ALL_OVER[self._code].finditer(text.lower()):
            at = place(text.lower(), *hit.span())
            clause = content(text[at.clause[0] : at.clause[1]].lower(), self._language)
            numbers = [number for words, number in self._only if words & clause]
            if numbers and self._is_told(text.lower(), *at.clause, frozenset()):
                found[hit.span()] = numbers
        for pattern, number in self._needless:
            for hit in pattern.finditer(text):
                scope = self._scopes.read(place(text.lower(), hit.end() - 1, hit.end()))
                if scope.claimed and not scope.denied:
                    found[hit.span()] = [number]
        return [
            Opposed(start, end, "prohibited", tuple(dict.fromkeys(numbers))) for (start, end), numbers in found.items()
        ]

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        for span in self._language.clauses(text):
            yield span.start, span.end

    def _is_told(self, text: str, start: int, end: int, words: frozenset[str]) -> bool:
        """Return whether the clause is said as something to do: nothing in it denies, asks or supposes."""
        whole = end
        while text[whole : whole + 1] == "、":  # a list: what is said of it stands at its end
            whole = next((at for at in range(whole + 1, len(text)) if text[at] in "、，。；！"), len(text))
        if _ANY_DENIAL[self._code].search(text[start:whole]):
            return False
        places = [at for at in (text.find(word, start, end) for word in words) if at >= 0]
        first, last = min(places, default=start), max(places, default=end - 1)
        scopes = [self._scopes.read(place(text, at, at + 1)) for at in (first, last)]
        return all(scope.claimed and not scope.denied for scope in scopes)


_ANY_DENIAL = {
    "zh": re.compile(r"不|没|别|勿|无|禁|避免|吗|？|如果|要是"),
    "en": re.compile(
        r"\b(?:not|no|never|don't|can't|won't|isn't|away|out of|skip|stay|avoid|without|if|instead"
        r"|shouldn't|doesn't|cannot)\b|\?"
    ),
}
