"""How words that contradict the product sheet are shown: as an error, and as a finding."""

from __future__ import annotations

import re

from coach.language import Language
from coach.language.scope import place
from coach.score.scorecard import FactError, Finding
from coach.score.slips import Slip
from coach.score.wording import both

_WEIGHT = 0.75
"""A wrong fact weighs between a misstated P0 point (0.9) and a missed one (0.7)."""
_LEFT = 0.2
"""What weighs that was put right, or is not certain."""
TAIL = {"zh": 4, "en": 14}
"""Characters after a bare figure that show what it counts."""
_LEFT_OVER = re.compile(
    r"(?:[了啊呢吧呀哦哈嘛，]+|(?:\s+(?:in|on|of|an?|the|every|each|and|or|with|for|to|at|into|per|by|that))+)\s*$",
    re.IGNORECASE,
)
"""Small words at a cut that say nothing without what follows."""
_RULES = {"family": "other_thing", "ability": "turned_round", "words": "turned_round", "gifts": "gift"}
_NO_SUCH_CLAIM = {"zh": "商品信息里没有这一条", "en": "nothing of the kind is on the sheet"}


class SlipShown:
    """Shows slips.

    Args:
        language: Of the talk.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def error(self, slip: Slip) -> FactError:
        """Return a slip as an error."""
        return FactError(
            fact=slip.fact,
            said=self._said(slip),
            truth=slip.truth or _NO_SUCH_CLAIM[self._language.code],
            corrected=slip.corrected,
            doubtful=slip.doubtful,
            evidence=slip.evidence(),
        )

    def _said(self, slip: Slip) -> str:
        """Return the words; a figure with what it counts."""
        text = slip.spoken.text
        end = slip.end
        if slip.kind in ("figure", "stock", "price"):
            limit = place(text, slip.start, slip.end).clause[1]
            end = min(limit, end + TAIL[self._language.code])
            further = [one.start for one in self._language.numbers(text) if slip.end < one.start < end]
            end = min([end, *further])  # never into the next figure
            if self._language.code == "en" and end < len(text) and " " in text[slip.end : end].strip():
                end = slip.end + text[slip.end : end].rstrip().rfind(" ")
            end = max(slip.end, slip.end + len(_LEFT_OVER.sub("", text[slip.end : end])))
        start = slip.start
        if slip.kind.partition(".")[0] in ("ability", "words"):
            start -= self._denial_before(text, slip.start)
        return text[start : max(end, slip.end)].strip() or text

    def _denial_before(self, text: str, start: int) -> int:
        """Return how long a denial right before words is: 绝对不缩水 is said, not 缩水."""
        before = text[place(text.lower(), start, start + 1).clause[0] : start]
        words = sorted(self._language.pack.negations, key=len, reverse=True)
        return next((len(word) + gap for word in words for gap in (0, 1) if _ends(before, word, gap)), 0)

    def finding(self, slip: Slip) -> Finding:
        """Return a slip as a finding."""
        kind = slip.kind.partition(".")[0]
        rule = f"facts.{_RULES.get(kind, kind)}"
        said, truth = self._said(slip), slip.truth or _NO_SUCH_CLAIM[self._language.code]
        title = both(f"“{said}”和商品信息不一致", f"“{said}” differs from the product sheet")
        detail = both(f"商品信息写的是：{truth}。", f"The sheet says: {truth}.")
        if slip.corrected:
            title = both(f"“{said}”说错后改正了", f"“{said}” was wrong, and you put it right")
        elif slip.doubtful:
            title = both(
                f"“{said}”可能和商品信息对不上，请核对", f"“{said}” may differ from the product sheet: check it"
            )
        return Finding(
            id=f"{rule}.{slip.spoken.seq}.{slip.start}",
            rule=rule,
            panel="knowledge",
            tone="practise" if slip.stands else "neutral",
            title=title,
            detail=detail,
            evidence=[slip.evidence()],
            weight=_WEIGHT if slip.stands else _LEFT,
        )


def _ends(before: str, word: str, gap: int) -> bool:
    bare = before.lower()[: len(before) - gap]
    return (
        (not gap or before[-1:] == " ")
        and bare.endswith(word)
        and (word[0] > "\x7f" or bare[: -len(word)][-1:] in ("", " "))
    )
