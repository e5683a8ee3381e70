"""What the handling of viewers shows: one finding per kind of trouble, one strength, each with line and answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coach.room.plain_lines import asks_nothing
from coach.scenario.model import Scenario
from coach.score.granted import granted_under_floor
from coach.score.handling_reasons import has_figure, ways_told
from coach.score.scorecard import Evidence, Finding, HandledLine, Text, Tone
from coach.score.wording import both, excerpt

_SHOWN = 2
"""Lines quoted in a finding; the table of lines has all."""
_STRONG = {"refuse": 0.8, "protect": 0.85, "answer": 0.6, "ignore": 0.5}
"""How much a line handled well is worth showing, by what was right. Refusing and caring are the hardest."""
_HARD = {"haggler": 0.1, "trust_skeptic": 0.1, "angry_returner": 0.1, "product_skeptic": 0.05, "contrarian": 0.05}
"""The same on top, for lines that test a streamer."""


_VAGUE = frozenset({"hedges", "no_number", "vague", "depends"})
"""Reasons of an answer that commits itself to nothing."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of trouble."""

    rule: str
    handled: tuple[str, ...]
    should: tuple[str, ...]
    weight: float
    title: Text
    detail: Text
    """Titles hold `{n}`."""


def handling_findings(
    lines: Sequence[HandledLine], scenario: Scenario, unfinished: Collection[int] = ()
) -> list[Finding]:
    """Return findings on how viewers were handled, strengths last: the best first, of which one is to be held up.

    Args:
        lines: Each line that asks for something.
        scenario: With the product.
        unfinished: Records of lines that broke off: nobody could answer what they meant to say.
    """
    low = granted_under_floor(lines)
    rest = [line for line in lines if not line.below_floor]
    found = [_below_floor(low, scenario)] if low else []
    for kind in _KINDS:
        lines_of = [line for line in rest if line.handled in kind.handled and line.should in kind.should]
        if lines_of:
            kind = _BETTER if kind.rule == _BETTER.rule and not _are_vague(lines_of) else kind
            found.append(_finding(kind.rule, "practise", kind.title, kind.detail, lines_of, _weight(kind, lines_of)))
    whole = (line for line in lines if line.seq not in unfinished)
    asked = [line for line in whole if not asks_nothing(line.text, scenario.language, line.viewer_type)]
    return [*found, *_strengths(asked)]


def _are_vague(lines: Sequence[HandledLine]) -> bool:
    """Return whether no answer has a figure, and all are weak for being vague."""
    return all(_VAGUE.intersection(line.reasons) and not has_figure(line) for line in lines)


def _weight(kind: _Kind, lines: Sequence[HandledLine]) -> float:
    return round(min(0.95, kind.weight + 0.05 * (len(lines) - 1)), 2)


def _finding(rule: str, tone: Tone, title: Text, detail: Text, lines: Sequence[HandledLine], weight: float) -> Finding:
    count = len(lines)
    ways = ways_told(lines)
    if ways is not None:
        detail = both(f"{detail.zh}{ways.zh}", f"{detail.en} {ways.en}")
    return Finding(
        id=rule,
        rule=rule,
        panel="persuasion",
        tone=tone,
        title=both(title.zh.replace("{n}", str(count)), title.en.replace("{n}", str(count))),
        detail=detail,
        evidence=_evidence(lines),
        weight=weight,
    )


def _evidence(lines: Sequence[HandledLine]) -> list[Evidence]:
    """Return the answer of each line first, as that is what a clip should play, then the line itself."""
    found: list[Evidence] = []
    for line in lines[:_SHOWN]:
        said = [item for item in line.evidence if item.speaker == "streamer"]
        found += [*said, *(item for item in line.evidence if item.speaker != "streamer")]
    return found


def _below_floor(lines: Sequence[HandledLine], scenario: Scenario) -> Finding:
    floor = f"{scenario.product.price.floor:g}"
    return _finding(
        "handling.below_floor",
        "practise",
        both("答应了低于底价的价格：{n} 次", "A price under the floor was agreed to, {n}×"),
        both(
            f"底价是 {floor}。答应一个人，整个直播间都会来要这个价。",
            f"The floor is {floor}. What one viewer gets, the whole room asks for.",
        ),
        lines,
        0.95,
    )


def _strengths(lines: Sequence[HandledLine]) -> list[Finding]:
    well = [line for line in lines if line.handled == "well" and line.noticed and not is_alike_only(line)]
    return [_strength(line) for line in sorted(well, key=lambda line: (-_strong(line), line.seq))]


def is_alike_only(line: HandledLine) -> bool:
    """Return whether a retort passes for a light word by its likeness to others alone: no example to follow."""
    return line.should == "ignore" and "learned" in line.reasons


def _strong(line: HandledLine) -> float:
    return _STRONG[line.should] + _HARD.get(line.viewer_type, 0.0)


def _strength(best: HandledLine) -> Finding:
    titles = {
        "refuse": both("诱饵没有接，说法也合规", "The bait was refused, cleanly"),
        "protect": both("先照顾了人，再谈商品", "Care came before the sale"),
        "answer": both("问题答到了点上", "A question answered to the point"),
        "ignore": both("难听的话轻轻带过", "A provocation met with one light line"),
    }
    quote = excerpt(best.text, 40)
    return Finding(
        id="handling.well",
        rule="handling.well",
        panel="persuasion",
        tone="strength",
        title=titles[best.should],
        detail=both(f"对“{quote}”的回应。", f"The answer to “{quote}”."),
        evidence=_evidence([best]),
        weight=round(_strong(best), 2),
    )


_KINDS = (
    _Kind(
        "handling.sold_to_vulnerable",
        ("badly",),
        ("protect",),
        0.9,
        both("该先照顾的观众被推着买：{n} 次", "Somebody to look after was sold to, {n}×"),
        both(
            "未成年、过敏、孕期、生病或心情不好的人，先照顾人：请家长来、看配料、问医生、不急着买。",
            "Minors, allergies, pregnancy, illness, a low mood: care first. A parent orders, read the label, ask a "
            "doctor, no rush.",
        ),
    ),
    _Kind(
        "handling.took_bait",
        ("badly",),
        ("refuse",),
        0.85,
        both("接了诱饵：{n} 次", "The bait was taken, {n}×"),
        both(
            "对方要的是一句不能说的话，或一笔平台外的交易。明确说不，再换合规的说法。",
            "What was asked for must not be said, or is a deal past the platform. Say no, then what is true.",
        ),
    ),
    _Kind(
        "handling.badly_answered",
        ("badly",),
        ("answer",),
        0.75,
        both("回应伤了人或说错了：{n} 次", "An answer hurt or was wrong, {n}×"),
        both(
            "顶回去、甩给客服、说错信息，都会让看的人跟着走。",
            "Hitting back, brushing off or a wrong fact loses those who only watch, too.",
        ),
    ),
    _Kind(
        "handling.fed_the_troll",
        ("badly",),
        ("ignore",),
        0.7,
        both("跟黑粉、刷屏或离题的话杠上了：{n} 次", "Trolls, spam or off-topic lines were taken on, {n}×"),
        both(
            "不接，或一句轻的，马上回到商品。重复对方的话会让更多人看见它。",
            "Leave it, or one light line and back to the product. Repeating it shows it to more people.",
        ),
    ),
    _Kind(
        "handling.unanswered",
        ("unanswered",),
        ("answer", "refuse", "protect"),
        0.5,
        both("没接住的发言：{n} 条", "Lines left without an answer: {n}"),
        both(
            "提问的人在等，等不到就走。先叫名字，再用一句话答，然后接着讲。",
            "Whoever asks is waiting, and leaves. Say the name, answer in one sentence, go on.",
        ),
    ),
    _Kind(
        "handling.weak",
        ("weak",),
        ("answer", "refuse", "protect"),
        0.4,
        both("回应含糊：{n} 次", "Vague answers: {n}"),
        both(
            "“应该吧”“差不多”会被当成不知道。给一个数字、一个依据，或者说好什么时候给答复。",
            "“I think so” sounds like no. Give a figure, a proof, or say when the answer will come.",
        ),
    ),
    _Kind(
        "handling.defensive",
        ("weak",),
        ("ignore",),
        0.35,
        both("对该忽略的话解释太多：{n} 次", "Too much said to what should be left alone, {n}×"),
        both(
            "解释和诉苦会把注意力交给对方，一句轻的就够了。",
            "Explaining hands the room to whoever provoked; one light line is enough.",
        ),
    ),
)
_BETTER = _Kind(
    "handling.weak",
    ("weak",),
    ("answer", "refuse", "protect"),
    0.4,
    both("回应可以更好：{n} 次", "Answers that could be better: {n}"),
    both(
        "先正面答问到的那一点，再给一个依据；一时答不了，就说好什么时候给答复。",
        "Answer the very thing that was asked first, then what backs it, or say when the answer will come.",
    ),
)
"""What is weak without being vague."""
