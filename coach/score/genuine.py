"""Is this talk to viewers at all? Reading the sheet aloud, listing key words or saying one sentence again is not.

Shares that nobody who talks to viewers comes near; each is a metric, and over its limit it stops a pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from coach.language import Language, language_for
from coach.scenario.model import Product, Scenario
from coach.score.scorecard import Evidence, Finding, Metric, Text
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import NO_WORDS, NOTHING_SAID, both, shorten

_RUN = {"zh": 4, "en": 3}
"""Tokens in a row (characters, words) that talk in one's own words rarely shares with a sheet."""
_CLAUSE_CHARS = {"zh": 6, "en": 16}
"""Normalised characters an utterance needs before repeating it means anything."""
_SAME = 85
"""Ratio from which one utterance repeats another."""
LIMITS = {"read_aloud_share": 0.4, "repeated_share": 0.4}
LEAST_SMALL_WORDS = {"zh": 0.2, "en": 0.38}
"""Share of function words. Talk has a third (zh) to a half (en); sheets and lists of key words have far less."""
LEAST_UNITS = {"zh": 120, "en": 80}
"""Characters or words below which there is too little to pass on: about half a minute of talk."""
_SMALL_ZH = frozenset(
    "的了是在有和也就都很这那我你它他她们个不没吧吗呢啊嘛呀哦着过得地给把被让跟对从到要会能可以还又再才但所因为如果什么怎哪说看来去想"
)
_SMALL_EN = (
    "what which who how when where about like into over them me him her us been being were am would could should may "
    "might must because though while i'm that's you're we're they're don't doesn't isn't can't won't i've i'll you'll "
    "let let's go going want know see look say said now well okay also too more much only even still right"
)


@dataclass(frozen=True, slots=True)
class Genuine:
    """How the talk was made."""

    metrics: list[Metric]
    findings: list[Finding]
    blockers: list[Text]
    """Why it cannot pass, if it cannot."""


def measure_genuine(timeline: Timeline, scenario: Scenario, language: Language) -> Genuine:
    """Return the shares of read, repeated and listed talk, and what follows from them."""
    worded = timeline.worded
    if not worded:
        return Genuine([], [], [NO_WORDS if timeline.spoken else NOTHING_SAID])
    read = _read_aloud(worded, scenario.product, language)
    again = _repeated(worded, language)
    small = _small_words(worded, language)
    units = sum(language.count_units(item.text) for item in worded)
    faults = [
        fault
        for fault, found in (
            ("too_little", units < LEAST_UNITS[language.code]),
            ("read_aloud", read.share > LIMITS["read_aloud_share"]),
            ("repeated", again.share > LIMITS["repeated_share"]),
            ("word_list", units >= LEAST_UNITS[language.code] and small < LEAST_SMALL_WORDS[language.code]),
        )
        if found
    ]
    quotes = {"read_aloud": read.quotes, "repeated": again.quotes}
    return Genuine(
        metrics=[_metric("read_aloud_share", read.share), _metric("repeated_share", again.share)],
        findings=[_finding(fault, quotes.get(fault) or [_longest(worded)]) for fault in faults],
        blockers=[_TEXTS[fault][1] for fault in faults],
    )


@dataclass(frozen=True, slots=True)
class _Share:
    share: float
    quotes: list[Evidence]


def _read_aloud(worded: Sequence[Spoken], product: Product, language: Language) -> _Share:
    """Return the share of tokens inside runs that the sheet has too, whatever order its lines are read in."""
    size = _RUN[language.code]
    sheet = _sheet_runs(product.model_dump_json(), language.code, size)
    total, read, quotes = 0, 0, list[Evidence]()
    for item in worded:
        tokens = language.tokens(item.text)
        inside = {at + step for at in range(len(tokens)) if _run(tokens, at, size) in sheet for step in range(size)}
        total, read = total + len(tokens), read + len(inside)
        if len(inside) > len(tokens) / 2:
            quotes.append(item.evidence())
    return _Share(read / total if total else 0.0, quotes[:3])


def _run(tokens: Sequence[str], at: int, size: int) -> tuple[str, ...]:
    return tuple(tokens[at : at + size])


@lru_cache(maxsize=64)
def _sheet_runs(product: str, code: str, size: int) -> frozenset[tuple[str, ...]]:
    """Return every run of tokens in the texts of a product sheet."""
    sheet, language = Product.model_validate_json(product), language_for(code)
    points = [text for point in sheet.selling_points for text in (point.statement, point.title, *point.must_facts)]
    facts = [f"{name} {value}" for name, value in sheet.facts.items()]
    texts = [sheet.name, *points, *facts, *sheet.certificates, *sheet.gifts]
    read = [language.tokens(text) for text in texts]
    return frozenset(_run(tokens, at, size) for tokens in read for at in range(len(tokens) - size + 1))


def _repeated(worded: Sequence[Spoken], language: Language) -> _Share:
    """Return the share of talk that says an earlier utterance again; short calls (来，上链接) are left out."""
    least, seen, total, again, quotes = _CLAUSE_CHARS[language.code], list[str](), 0, 0, list[Evidence]()
    for item in worded:
        normal = language.normalise(item.text)
        if len(normal) < least:
            continue
        total += len(normal)
        if any(fuzz.ratio(normal, other, score_cutoff=_SAME) for other in seen):
            again += len(normal)
            quotes.append(item.evidence())
        else:
            seen.append(normal)
    return _Share(again / total if total else 0.0, quotes[:3])


def _small_words(worded: Sequence[Spoken], language: Language) -> float:
    tokens = [token for item in worded for token in language.tokens(item.text)]
    small = _SMALL_ZH if language.code == "zh" else small_words()
    return sum(token in small for token in tokens) / len(tokens) if tokens else 0.0


@cache
def small_words() -> frozenset[str]:
    """Return the function words of English."""
    return frozenset(language_for("en").pack.stop) | frozenset(_SMALL_EN.split())


def _longest(worded: Sequence[Spoken]) -> Evidence:
    item = max(worded, key=lambda item: len(item.text))
    return item.evidence(0, len(shorten(item.text)))


_TEXTS = {
    "too_little": (
        both("说得太少", "Too little was said"),
        both("说得太少，不够判断是否通过。", "Too little was said to judge a pass on."),
    ),
    "read_aloud": (
        both("像在念商品卡", "This reads like the product sheet"),
        both(
            "大部分是照着商品卡念的；用自己的话讲给观众听才算通过。",
            "Most of it is the product sheet word for word; tell viewers in your own words to pass.",
        ),
    ),
    "repeated": (
        both("同样的话说了太多遍", "The same sentences again and again"),
        both(
            "同样的句子占了很大一部分，不算讲解，不能通过。",
            "A large part is the same sentences again; that is not yet a presentation and does not pass.",
        ),
    ),
    "word_list": (
        both("只有关键词，没有句子", "Key words, not sentences"),
        both(
            "只是把关键词列了出来，没有讲成句子，不能通过。",
            "Key words were listed without sentences around them; that does not pass.",
        ),
    ),
}
_METRICS = {
    "read_aloud_share": (
        both("照念商品卡", "Read from the sheet"),
        both(
            "和商品卡连着四个字以上相同的部分占全部说话的比例；超过 40% 不能通过",
            "Share of the talk in runs of three words or more that stand in the sheet; over 40% does not pass",
        ),
    ),
    "repeated_share": (
        both("重复的句子", "Repeated sentences"),
        both(
            "与前面某句几乎相同的句子占全部说话的比例；超过 40% 不能通过",
            "Share of the talk in utterances nearly the same as an earlier one; over 40% does not pass",
        ),
    ),
}


def _metric(name: str, share: float) -> Metric:
    title, method = _METRICS[name]
    limit = 100 * LIMITS[name]
    return Metric(
        id=name,
        name=title,
        panel="skill",
        value=round(100 * share, 1),
        unit="%",
        band=(0.0, limit),
        verdict="high" if 100 * share > limit else "in_band",
        method=method,
    )


def _finding(fault: str, quotes: Sequence[Evidence]) -> Finding:
    title, detail = _TEXTS[fault]
    return Finding(
        id=f"genuine.{fault}",
        rule=f"genuine.{fault}",
        panel="skill",
        tone="practise",
        title=title,
        detail=detail,
        evidence=list(quotes),
        weight=0.8 if fault != "too_little" else 0.5,
    )
