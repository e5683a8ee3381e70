"""A pressure event in behaviour words, and what to do next time. Never a feeling."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.score.scorecard import HandledLine, PressureCard, PressureFeature, Text
from coach.score.wording import both, seconds

_NOTABLE = 60.0
"""A feature under this many points is worth an own piece of advice."""
_RATE_SHOWN = 12.0
"""Changes of rate within the dead band are not mentioned, %."""

_NEXT = {
    "language_control": both(
        "换一句短的：“收到，咱们接着看”，然后马上说下一个卖点。",
        'One short line instead: "Noted, back to it", then the next selling point at once.',
    ),
    "return": both(
        "下次先接一句，10 秒内说出一个卖点、价格或链接。",
        "Next time, one line of answer, then a selling point, the price or the link within 10 seconds.",
    ),
    "latency": both(
        "听完停一拍，最多三秒，再开口。",
        "Hear it out, take one beat of up to three seconds, then speak.",
    ),
    "disturbances": both(
        "第一句说短，说完整，再说第二句。",
        "Make the first sentence short, finish it, then start the second.",
    ),
    "rate": both("回答按平时的速度说，数字后停半拍。", "Answer at your usual rate, half a beat after each figure."),
    "silence": both(
        "备好一句垫话，卡住时就说它。",
        "Keep one bridge line ready for the moment you stop in mid-sentence.",
    ),
    "hostile_share": both(
        "回一句就够，下一句给正在等的观众。",
        "One sentence is enough; give the next one to a viewer who waits.",
    ),
}
_GO_ON = both(
    "这种话不用接：10 秒内接着说一个卖点、价格或链接。",
    "No answer is due here: go on with a selling point, the price or the link within 10 seconds.",
)
_TAKE_UP = both(
    "这句在等你回答，却没有接到。先接一句，再讲商品。",
    "This line waited for an answer and got none. One line of answer first, then the product.",
)
_KEEP = both("就这样做。", "Keep doing this.")
_MEND = both("稳住了，但这句话本身要改，见问题清单。", "You kept steady; the words need mending: see the findings.")


def behaviour(card: PressureCard) -> Text | None:
    """Return what was done, in the streamer's own numbers: `rate +22%, two restarts, back after 14 s`."""
    rows = {row.id: row for row in card.features}
    parts = [part for part in (_rate(rows), _breaks(rows), _stops(rows), _slips(card), _back(card, rows)) if part]
    if not parts:
        return None
    return both("，".join(part.zh for part in parts) + "。", ", ".join(part.en for part in parts) + ".")


def next_action(card: PressureCard, line: HandledLine | None = None) -> Text | None:
    """Return one thing to do at the next event of this sort, by what cost most.

    Args:
        card: The event with its features.
        line: What became of the viewer's line, so that the advice is not against it; None where it was no line.
    """
    if card.score is None:
        return None
    if card.gate:
        return _NEXT[card.gate]
    weak = [row for row in card.features if row.id in _NEXT and row.weight and (row.score or 0.0) < _NOTABLE]
    worst = max(weak, key=lambda row: row.weight * (100.0 - (row.score or 0.0)), default=None)
    if is_passed_over(line) and (worst is None or worst.id == "return"):
        return _TAKE_UP
    if worst is None:
        return _KEEP
    return _GO_ON if worst.id == "return" and is_left_alone(line) else _NEXT[worst.id]


def is_passed_over(line: HandledLine | None) -> bool:
    """Return whether a line waited for an answer and got none."""
    return line is not None and line.should != "ignore" and line.handled == "unanswered"


def is_left_alone(line: HandledLine | None) -> bool:
    """Return whether a line is best left alone."""
    return line is not None and line.should == "ignore"


def with_faults(cards: Sequence[PressureCard], at_fault: Collection[int]) -> list[PressureCard]:
    """Return moments of which none is praised whose answer is found fault with elsewhere.

    Args:
        cards: The moments.
        at_fault: Records whose words break a rule, are untrue or met a viewer badly.
    """
    return [
        card.model_copy(update={"next": _MEND})
        if card.next == _KEEP and card.said and card.said.seq in at_fault
        else card
        for card in cards
    ]


def _rate(rows: dict[str, PressureFeature]) -> Text | None:
    row = rows.get("rate")
    if row is None or row.value is None or abs(row.value) < _RATE_SHOWN:
        return None
    return both(f"语速 {row.value:+.0f}%", f"rate {row.value:+.0f}%")


def _breaks(rows: dict[str, PressureFeature]) -> Text | None:
    count = rows["disturbances"].count if "disturbances" in rows else None
    if not count:
        return None
    return both(f"重复或改口 {count} 处", f"{count} restart{'s' if count > 1 else ''} or repeats")


def _stops(rows: dict[str, PressureFeature]) -> Text | None:
    count = rows["hesitations"].count if "hesitations" in rows else None
    if not count:
        return None
    return both(f"句中停顿 {count} 次", f"{count} stop{'s' if count > 1 else ''} in mid-sentence")


def _slips(card: PressureCard) -> Text | None:
    if not card.slips:
        return None
    return both(
        "说了" + "、".join(f"“{slip}”" for slip in card.slips), "said " + ", ".join(f"“{s}”" for s in card.slips)
    )


def _back(card: PressureCard, rows: dict[str, PressureFeature]) -> Text | None:
    if card.return_sec is not None:
        sec = seconds(card.return_sec)
        return both(f"{sec} 秒后回到商品", f"back on the product after {sec} s")
    return both("没有回到商品", "not back on the product") if "return" in rows else None
