"""The price: said and right, soon after it is asked for, and often enough from then on (DOMAIN §3.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.room.question import question_of
from coach.room.reading import prices_in
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario
from coach.score.scorecard import Evidence, Finding, Metric, Text
from coach.score.timeline import Line, Spoken, Timeline
from coach.score.wording import NO_WORDS, NOTHING_SAID, UNTIMED, both, clock, seconds

ANSWER_SEC = 20.0
"""A question for the price is answered with it within this time."""
AGAIN_SEC = 120.0
"""Once quoted, the price is said at least once in this time: who just came has not heard it."""
_BRIEF_SEC = 60.0
"""Rehearsals under this need not come to the price."""
_CENT = 0.011
_QUOTES = 3

_NO_QUESTION = both("没有观众问价格。", "No viewer asked for the price.")
_NEVER = both("整场没有报价。", "The price was never said.")
_NOT_AFTER = both("问价之后没有报价。", "The price was not said once it had been asked for.")
_ASKS = {
    "zh": re.compile(
        r"多少|几块|什么价|啥价|怎么卖|咋卖|报(?:个|一?下)?价"
        r"|价[格钱位]?(?:是(?=多少|几|什么|啥)|呢|[?？])|^[^，,。]{0,4}价[格钱]?[啊呀呢]?$"
    ),
    "en": re.compile(
        r"\bhow much(?! (?:off|cheaper|lower|less|of a|longer|more|(?:is|are) left"
        r"|(?!it|this|that|these|those|they|one|you|u|money|dollars)[a-z]+ (?:do|does|did|can|is|are|will|would))\b)"
        r"|\bwhat(?:'?s)?\b.*\b(?:prices?|costs?)\b(?! (?:match|drop|history|adjust))"
        r"|^(?:and |so |the )*(?:prices?|costs?)\b(?! (?:is|was|went|goes|has|seems|looks|match))"
        r"(?:[^?]*\?| (?:pls|plz|please))?\W*$"
        r"|\bwhat (?:is|does) (?:it|this|that|one) go(?:ing)? for\b",
        re.IGNORECASE,
    ),
}
"""How the price is asked for; what else has the word in it haggles or remarks on it ("give us a group price")."""
_ALL_OF_IT = {
    "zh": re.compile(
        r"(?:主播|老板|姐|哥|亲|宝)?(?:这[个件款]?|它)?(?:求|来|给|报|问)?(?:一?下|个)?价[钱格位]?(?:多少)?[啊呀呢吗吧嘛哈]*"
        r"|.{0,6}(?:卖|[一两二三四五][个件条双套瓶盒包袋份])多少[啊呀呢]*"
        r"|.{0,4}多少(?:钱)?一[个件条双套瓶盒包袋份斤][啊呀呢]*"
        r"|.{0,4}(?P<slang>(?:多少|几)米)(?:啊|呀|呢|拿下|到手|一[个件条双套])*"
    ),
    "en": re.compile(
        r"(?:(?:and|so|the|your|hi|hey|ok|plz|pls|please|current|live|what'?s(?: the)?) )*prices?"
        r"(?: (?:plz|pls|please|check))?"
        r"|how many (?:dollars|bucks|pounds|euros)(?: is (?:it|this|that))?",
        re.IGNORECASE,
    ),
}
"""Whole lines that ask for nothing but the price."""
_MARKS = " \t?？!！.。~～…,，"
_CLAUSES = re.compile(r"[,，.。!！;；]+|(?<=[?？])|\band\b", re.IGNORECASE)
_ELSE = frozenset({"shipping", "after_sales", "discount", "stock"})
"""Topics whose own cost or amount is asked for ("how much is the shipping")."""
_INCLUDED = re.compile(r"包邮|含|带上?运费|加上?运费|\bwith\b|\binclud|\bplus\b", re.IGNORECASE)
_FEE_ZH = re.compile(r"费用?(?:是|要|得|大概|一般)?(?:多少|几)")
_LENGTH_ZH = re.compile(r"米|\d\s*c?m\b", re.IGNORECASE)
_LESS_ZH = re.compile(r"(?:便宜|优惠|减|降|让|省|贵|高|低)[^，,]{0,3}(?:多少|几块)")
_MOST_PIECES = 10
_DRILL = both("这是单项练习，不看报价的节奏。", "This is a drill; the rhythm of the price is not looked at.")


@dataclass(frozen=True, slots=True)
class PriceSaid:
    """What became of the price."""

    metrics: list[Metric]
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question for the price and the utterance that named it next."""

    line: Line
    answer: Spoken | None

    @property
    def sec(self) -> float | None:
        """Seconds from the question to the start of the answer; 0 where it was said just before, or was being said."""
        return max(0.0, self.answer.start - self.line.end) if self.answer else None

    @property
    def is_late(self) -> bool:
        return self.sec is None or self.sec > ANSWER_SEC


def measure_price_said(timeline: Timeline, scenario: Scenario) -> PriceSaid:
    """Return the numbers and what they show. A wrong price is a fact error (`fact_errors`), not told again here."""
    reason = None if timeline.worded else NOTHING_SAID if not timeline.spoken else NO_WORDS
    quoted = _quoted(timeline, scenario)
    asked = [] if reason else _asked(timeline, scenario, quoted)
    untimed = reason or (None if timeline.is_timed else UNTIMED)
    gap = _gap(timeline, quoted) if quoted and not untimed else None
    drill = _DRILL if scenario.kind == "drill" else None
    findings: list[Finding] = []
    if not untimed and not drill and timeline.duration_sec >= _BRIEF_SEC:
        findings = [*_never(quoted), *_late(asked), *_rare(gap)]
    return PriceSaid(
        [_said(len(quoted), reason), _latency(asked, untimed), _longest(gap, untimed or drill or _NEVER)], findings
    )


def _quoted(timeline: Timeline, scenario: Scenario) -> list[Spoken]:
    """Return the utterances that name the price of the day, to be paid now."""
    return [item for item in timeline.worded if _names(item.text, scenario)]


def _names(text: str, scenario: Scenario) -> bool:
    """Return whether words name the price to be paid now, for one or for so many pieces ("two would be 98")."""
    live, sheet = scenario.product.price.live, sheet_of(scenario)
    if any(said.use == "named" and abs(said.value - live) < _CENT for said in prices_in(text, sheet)):
        return True
    numbers = [number for number in sheet.language.numbers(text) if not number.approximate]
    counted = [number.value for number in numbers if number.unit[:1] in ("", "~")]
    pieces = {value for value in counted if 1 < value <= _MOST_PIECES and value == int(value)}
    sums = [*counted, *(number.value for number in numbers if number.unit == "money")]
    return any(abs(value - count * live) < _CENT for value in sums for count in pieces)


def _asked(timeline: Timeline, scenario: Scenario, quoted: Sequence[Spoken]) -> list[_Asked]:
    """Return questions for the price, each with the utterance that named it: just before, meanwhile or next."""
    found = []
    for line in timeline.lines:
        if _asks(line.text, scenario):
            answer = next((item for item in quoted if item.end > line.end - ANSWER_SEC), None)
            found.append(_Asked(line, answer))
    return found


def _asks(text: str, scenario: Scenario) -> bool:
    """Return whether a viewer's line asks what it costs; who haggles, or finds it dear, knows the price."""
    code = sheet_of(scenario).language.code
    whole = _ALL_OF_IT[code].fullmatch(text.strip(_MARKS))
    if whole:  # 米 is money where nothing on the sheet is so long
        return not (whole.groupdict().get("slang") and _LENGTH_ZH.search(scenario.product.model_dump_json()))
    return any(_is_asked(clause.strip(), scenario, code) for clause in _CLAUSES.split(f"{text.strip()} "))


def _is_asked(clause: str, scenario: Scenario, code: str) -> bool:
    question = question_of(clause, scenario)
    if not question.about("price") or question.amount is not None or question.facts or not _ASKS[code].search(clause):
        return False
    if code == "zh" and (_LESS_ZH.search(clause) or _FEE_ZH.search(clause)):
        return False
    return _ELSE.isdisjoint(question.topics) or bool(_INCLUDED.search(clause))


@dataclass(frozen=True, slots=True)
class _Gap:
    sec: float
    before: Spoken
    """The quote after which nothing came."""
    until: float


def _gap(timeline: Timeline, quoted: Sequence[Spoken]) -> _Gap:
    ends = [*(item.start for item in quoted[1:]), timeline.end]
    gaps = [_Gap(max(0.0, end - item.end), item, end) for item, end in zip(quoted, ends, strict=True)]
    return max(gaps, key=lambda gap: gap.sec)


# --- numbers ---------------------------------------------------------------------------------------------------


def _said(count: int, reason: Text | None) -> Metric:
    return Metric(
        id="price_said",
        name=both("报出到手价", "Price said right"),
        panel="skill",
        value=None if reason else count,
        unit="×",
        verdict="none" if reason else "in_band" if count else "low",
        not_measured=reason,
        method=both("说对今天到手价的句数", "Utterances that name the price of the day as the one to pay"),
    )


def _latency(asked: Sequence[_Asked], reason: Text | None) -> Metric:
    reason = reason or (None if asked else _NO_QUESTION)
    known = [item.sec for item in asked if item.sec is not None]
    in_time = sum(not item.is_late for item in asked)
    worst = max(known, default=None)
    late = in_time < len(asked)
    return Metric(
        id="price_answer",
        name=both("问价到报价", "From price question to price"),
        panel="skill",
        value=None if reason or worst is None else round(worst, 1),
        unit="s",
        band=(0, ANSWER_SEC),
        verdict="none" if reason or worst is None else "high" if late else "in_band",
        not_measured=reason or (None if worst is not None else _NOT_AFTER),
        method=both(
            f"最慢的一次；{len(asked)} 次问价里 {in_time} 次在 {ANSWER_SEC:.0f} 秒内报了价",
            f"The slowest; {in_time} of {len(asked)} questions got the price within {ANSWER_SEC:.0f} s",
        ),
    )


def _longest(gap: _Gap | None, reason: Text) -> Metric:
    verdict: Literal["none", "high", "in_band"] = (
        "none" if gap is None else "high" if gap.sec > AGAIN_SEC else "in_band"
    )
    return Metric(
        id="price_gap",
        name=both("报价间隔", "Gap between prices"),
        panel="skill",
        value=None if gap is None else round(gap.sec, 1),
        unit="s",
        band=(0, AGAIN_SEC),
        verdict=verdict,
        not_measured=reason if gap is None else None,
        method=both(
            f"第一次报价之后，两次报价之间最长的间隔，建议不超过 {AGAIN_SEC:.0f} 秒",
            f"Longest stretch without the price after it was first said; {AGAIN_SEC:.0f} s at most",
        ),
    )


# --- what it shows ---------------------------------------------------------------------------------------------


def _never(quoted: Sequence[Spoken]) -> list[Finding]:
    if quoted:
        return []
    return [
        Finding(
            id="price.never",
            rule="price.never",
            panel="skill",
            tone="practise",
            title=both("整场没有报出到手价", "The price was never said"),
            detail=both(
                "先讲值在哪里，再把到手价完整说一遍，带上送什么。",
                "Value first, then the full price and what comes with it.",
            ),
            weight=0.6,
        )
    ]


def _late(asked: Sequence[_Asked]) -> list[Finding]:
    late = [item for item in asked if item.is_late]
    if not late:
        return []
    worst = max(late, key=lambda item: float("inf") if item.sec is None else item.sec)
    waited = (
        both("没有等到价格", "never got it")
        if worst.sec is None
        else both(f"等了 {seconds(worst.sec)} 秒", f"waited {seconds(worst.sec)} s")
    )
    return [
        Finding(
            id="price.late",
            rule="price.late",
            panel="skill",
            tone="practise",
            title=both("问价没有马上报价", "A question for the price had to wait"),
            detail=both(
                f"{len(late)} 次问价没有在 {ANSWER_SEC:.0f} 秒内得到价格，最慢的一次{waited.zh}。"
                "先报价，再讲为什么值。",
                f"{len(late)} not answered with the price within {ANSWER_SEC:.0f} s; the slowest {waited.en}. "
                "Price first, then why it is worth it.",
            ),
            evidence=[_quote(item) for item in late[:_QUOTES]],
            weight=0.5,
        )
    ]


def _quote(item: _Asked) -> Evidence:
    line = item.line
    return Evidence(quote=line.text, start=line.start, end=line.end, seq=line.seq)


def _rare(gap: _Gap | None) -> list[Finding]:
    if gap is None or gap.sec <= AGAIN_SEC:
        return []
    return [
        Finding(
            id="price.rare",
            rule="price.rare",
            panel="skill",
            tone="practise",
            title=both("报价之后太久没再报", "The price was not said again for long"),
            detail=both(
                f"{clock(gap.before.end)} 到 {clock(gap.until)} 之间有 {seconds(gap.sec)} 秒没有报价，"
                "新进来的观众不知道多少钱。",
                f"From {clock(gap.before.end)} to {clock(gap.until)} the price was not said for {seconds(gap.sec)} s; "
                "who came in then does not know it.",
            ),
            evidence=[gap.before.evidence()],
            weight=0.35,
        )
    ]
