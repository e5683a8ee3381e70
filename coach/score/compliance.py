"""What was said that law or platform forbid, with a way to say it; and claims that were named to turn them down.

The packs of `coach.language.claims` decide, as they do for the viewers of the live room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from coach.events import Record
from coach.language.claims import Claim
from coach.language.reader.asked import Said
from coach.language.scope import place, scope_reader
from coach.room.claims import claims_in_talk
from coach.scenario.model import Scenario
from coach.score.compliance_rewrite import rewritten
from coach.score.coverage import word_confidence
from coach.score.disclosure import missing_disclosure
from coach.score.engine_faults import hears_too_little
from coach.score.scorecard import ComplianceFinding, Finding, Metric, Severity, Text
from coach.score.timeline import Spoken, Timeline, fold
from coach.score.units import counted
from coach.score.wording import NO_WORDS, NOTHING_SAID, both

_WEIGHTS: dict[str, float] = {"H": 0.95, "M": 0.5, "L": 0.2}
_REFUSED = frozenset({"denied", "told", "debunked"})
_NO_CLAIMS = frozenset({"insult", "induce", "disparage"})
"""Words to viewers and about rivals: who leaves the worst unsaid has not kept to what is allowed."""
_REFUSES = {
    "zh": re.compile(r"不|没|无|非|别|假的|违规|违法"),
    "en": re.compile(
        r"\b(?:not|no|nope|never|none|nothing|nobody|neither|nor|cannot|isn|\w+n['’]t|myth|lie|false)\b", re.I
    ),
}
_ORDERS = {
    "zh": re.compile(r"^(?:[^，。]{0,4}(?:千万|记得|请|你们?|大家))?(?:别|不要)(?!信|听|当真|指望|以为|说|讲|吹)"),
    "en": re.compile(
        r"^(?:(?:so|and|but|just|please|guys|folks|also)[, ]+)*(?:don['’]t|do not|never) "
        r"(?!(?:believe|expect|trust|think|say|call|claim|listen|fall)\b)",
        re.I,
    ),
}
"""What tells a viewer how to treat the thing ("don't put it in a lake"); it turns down no claim."""
_QUOTED = 80
"""Characters of a clause that are quoted."""
CATEGORY_NAMES = {
    "absolute": both("绝对化用语", "Superlative or rank claim"),
    "medical": both("医疗用语", "Medical claim"),
    "cosmetic": both("化妆品功效", "Cosmetic effect"),
    "food_health": both("食品功效", "Health effect of food"),
    "promise": both("保证和承诺", "Promise that cannot be kept"),
    "price_urgency": both("虚假价格或紧迫感", "Invented price or urgency"),
    "off_platform": both("站外引流", "Leading off the platform"),
    "induce": both("诱导互动", "Forced interaction"),
    "disparage": both("贬低同行", "Running others down"),
    "counterfeit": both("仿冒和假授权", "Copies and false licences"),
    "insult": both("冒犯或威胁观众", "Insulting or threatening viewers"),
    "superstition": both("迷信", "Superstition"),
    "minors": both("未成年人", "Minors and infants"),
    "fake_data": both("数据造假", "Fake reviews or numbers"),
    "origin": both("产地和天然", "Origin and natural claims"),
    "disclosure": both("没有说明利益关系", "Paid relationship not told"),
    "own": both("商品资料禁止的说法", "Ruled out by the product sheet"),
}
"""What each category is called."""


def heading_of(finding: ComplianceFinding) -> Text:
    """Return what a finding is headed by: the words that carry the problem; its kind where none do, or all."""
    term = finding.term.strip()
    if term in ("", finding.evidence.quote.strip()) and finding.category in CATEGORY_NAMES:
        return CATEGORY_NAMES[finding.category]
    return both(term, term)


@dataclass(frozen=True, slots=True)
class Compliance:
    """All findings, and what they show."""

    entries: list[ComplianceFinding]
    metrics: list[Metric] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def measure_compliance(timeline: Timeline, scenario: Scenario) -> Compliance:
    """Return what was said against the rules. The same records always give the same result."""
    reason: Text | None = None
    if not timeline.worded:
        reason = NO_WORDS if timeline.spoken else NOTHING_SAID
    found = _claims(timeline, scenario)
    made = [(item, claim) for item, claims in zip(timeline.worded, found, strict=True) for claim in claims]
    entries = list(_entries(made, scenario))
    absent = None if hears_too_little(timeline) else missing_disclosure(timeline, scenario)
    entries += [absent] if absent else []
    metrics = [_count(level, entries, reason, word_confidence(timeline)) for level in ("H", "M")]
    return Compliance(entries, metrics, [*map(_finding, entries), *_turned_down(made, scenario.language)])


def read_claims_ahead(records: Sequence[Record], scenario: Scenario) -> None:
    """Read the utterances of a log for claims; the readings are kept, and whoever scores it then has them at hand."""
    _claims(fold(records), scenario)


def _claims(timeline: Timeline, scenario: Scenario) -> list[tuple[Claim, ...]]:
    """Return the claims of each utterance with words."""
    names = tuple(joined.name for joined in timeline.joined.values())
    asked = timeline.asked_before()
    said = [Said(item.text, lines[-1] if lines else "") for item, lines in zip(timeline.worded, asked, strict=True)]
    return claims_in_talk(said, scenario, names, _day(timeline))


def _day(timeline: Timeline) -> date | None:
    """Return the day of the rehearsal; None where the record does not say."""
    try:
        return date.fromisoformat(timeline.started.started_at[:10]) if timeline.started else None
    except ValueError:
        return None


def _entries(made: list[tuple[Spoken, Claim]], scenario: Scenario) -> Iterator[ComplianceFinding]:
    count: dict[tuple[int, str], int] = {}
    for item, claim in made:
        if claim.turned_down:
            continue
        key = (item.seq, claim.rule.id)
        count[key] = count.get(key, 0) + 1
        yield ComplianceFinding(
            id=f"compliance.{claim.rule.id}.{item.seq}.{count[key]}",
            rule=f"compliance.{claim.rule.id}",
            category=claim.category,
            severity=claim.severity,
            term=claim.term,
            evidence=item.evidence(*_clause(claim, item.text)),
            why=both(claim.rule.why.zh, claim.rule.why.en),
            rewrite=rewritten(claim.rule.rewrite, claim.term, scenario),
            source=claim.rule.source,
        )


def _clause(claim: Claim, text: str) -> tuple[int, int]:
    """Return the clause around a claim, cut so that the claim stays inside."""
    start, end = claim.clause
    if end - start <= _QUOTED or end <= start:
        return start, max(end, claim.end)
    first = max(start, claim.start - _QUOTED // 4)
    last = max(claim.end, min(end, first + _QUOTED))
    # Never in the middle of a word; Chinese has no spaces and is cut anywhere.
    while start < first < claim.start and text[first - 1].isascii() and text[first - 1] != " ":
        first += 1
    while claim.end < last < end and text[last].isascii() and text[last] != " ":
        last -= 1
    return first, last


def _finding(entry: ComplianceFinding) -> Finding:
    name = CATEGORY_NAMES[entry.category]
    detail_zh = f"“{entry.term}”：{entry.why.zh}" if entry.term else entry.why.zh
    detail_en = f"“{entry.term}”: {entry.why.en}" if entry.term else entry.why.en
    return Finding(
        id=entry.id,
        rule=entry.rule,
        panel="compliance",
        tone="neutral" if entry.severity == "L" else "practise",
        title=name,
        detail=both(detail_zh, detail_en),
        evidence=[entry.evidence],
        weight=_WEIGHTS[entry.severity],
    )


def _turned_down(made: list[tuple[Spoken, Claim]], code: str) -> list[Finding]:
    """Return the strength of naming what must not be claimed of the product, in order not to claim it.

    Words to viewers are no such claim, and who breaks another rule in the same breath kept to nothing.
    """
    broken = {item.seq for item, claim in made if not claim.turned_down}
    seen: dict[int, tuple[Spoken, tuple[int, int]]] = {}
    for item, claim in made:
        is_refused = claim.turned_down in _REFUSED and claim.severity == "H" and claim.category not in _NO_CLAIMS
        refusal = _refusal(claim, item.text, code) if is_refused and item.seq not in broken else None
        if refusal:
            seen.setdefault(item.seq, (item, refusal))
    if not seen:
        return []
    count = len(seen)
    return [
        Finding(
            id="compliance.turned_down",
            rule="compliance.turned_down",
            panel="compliance",
            tone="strength",
            title=both("守住了红线", "You kept to what is allowed"),
            detail=both(
                f"{count} 次主动说明不能这么讲，观众更信你。",
                f"{counted(count, 'time')} you said what cannot be claimed; that earns trust.",
            ),
            evidence=[item.evidence(*refusal) for item, refusal in seen.values()],
            weight=min(0.8, 0.5 + 0.1 * count),
        )
    ]


def _refusal(claim: Claim, text: str, code: str) -> tuple[int, int] | None:
    """Return the words that turn a claim down: its clause, or all to the end of its sentence; None if none there do."""
    start, end = _clause(claim, text)
    at = place(text.lower(), claim.start, claim.end)
    if claim.category == "price_urgency" and scope_reader(code).is_of_others(at):
        return None  # a rival's price, with the worst left unsaid
    if _ORDERS[code].search(text[start:end].strip()):
        return None
    stop = place(text, claim.start, claim.end).sentence[1]
    if text[stop : stop + 1] in ("?", "？"):  # asked back, and turned down after it
        stop = place(text, stop + 1, stop + 1).sentence[1]
    further = min(stop, start + _QUOTED)
    return next(((start, last) for last in (end, further) if _REFUSES[code].search(text[start:last])), None)


def _count(level: Severity, entries: list[ComplianceFinding], reason: Text | None, confidence: str) -> Metric:
    names = {"H": both("严重违规", "Serious findings"), "M": both("一般违规", "Lesser findings")}
    methods = {
        "H": both("会被平台拦下或处罚的说法，规则包逐句查", "What a platform or the law would stop, by the rule packs"),
        "M": both("要当心、要有依据的说法，规则包逐句查", "What needs care or proof, by the rule packs"),
    }
    return Metric.model_validate(
        {
            "id": f"compliance_{level.lower()}",
            "name": names[level],
            "panel": "compliance",
            "value": None if reason else sum(entry.severity == level for entry in entries),
            "unit": "×",
            "not_measured": reason,
            "method": methods[level],
            "confidence": confidence,
        }
    )
