"""Claims found in one utterance: rules, guards, the sheet's proof and the learned opinion put together. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from coach.language.aside import is_compared_with, is_named_only, is_of_former
from coach.language.claims.buyers import asks_buyers
from coach.language.claims.evidence import SheetProof
from coach.language.claims.flat import Flat, flatten
from coach.language.claims.guards import guards
from coach.language.claims.learned.opinion import KEPT, OF_THE_SHEET, SURE, Held, Implied, Opinion
from coach.language.claims.pets import is_of_pets
from coach.language.claims.rule import Category, Rule, Severity
from coach.language.claims.scan import Hit, scanner
from coach.language.reader.asked import Said

_RANK = {"H": 0, "M": 1, "L": 2}
_CLAUSE = {"zh": re.compile(r"[，。？]"), "en": re.compile(r" [,.?] ")}
_BREATH = {"zh": 8, "en": 24}
"""Characters between two wordings of a category up to which they are one, with no end of a sentence between."""
_REMARK = {"zh": 20, "en": 60}
"""The same between claims, over ends of sentences: who calls a viewer three names in a row is told so once."""
_STOPS = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_QUOTES = re.compile(r"“[^”]{1,80}”|「[^」]{1,80}」|『[^』]{1,80}』|\"[^\"]{1,80}\"")
_READ_OUT = 0.6
"""Share of words from which a passage is read out from the product sheet."""
_HARMLESS = -3.0
"""Log-odds (95 to 5) under which words that the sheet forbids are harmless as they are said."""
_CALLS = frozenset({"fake_data"})
"""What a call to who has bought may sound like: numbers made up."""
_ADVERBS = frozenset({"never", "always", "actually", "really", "instantly", "permanently", "completely", "totally"})
_HISSES = re.compile(r"(?:ss|sh|ch|x|zz)$")
"""How an English verb ends that takes `es`."""
_FIGURES = frozenset({"stock", "list_price", "list_again"})
"""Proofs that a figure is held against."""
_LONGEST_CLAUSE = 60
"""Characters of a clause quoted where a text has no marks."""


class Claim(NamedTuple):
    """Words that a rule forbids or warns of, said as the speaker's own; or named in order to turn them down.

    Attributes:
        term: Exact words of the text.
        start, end: Where they stand in the text.
        clause: Where the clause around them stands.
        turned_down: `denied`, `quoted` or `asked` where they are not the speaker's own claim; `cleared` where the sheet
            proves them; `doubted` where the learned opinion finds nothing wrong, or another kind of thing; empty for a
            violation.
    """

    rule: Rule
    category: Category
    severity: Severity
    term: str
    start: int
    end: int
    clause: tuple[int, int]
    turned_down: str = ""


@lru_cache(maxsize=1024)
def find_claims(
    text: str,
    proof: SheetProof,
    platform: str = "generic",
    today: date | None = None,
    read: str | None = None,
    *,
    line: str = "",
    strict: bool = False,
) -> tuple[Claim, ...]:
    """Return the claims in an utterance in order of place, those that are turned down or proven marked as such.

    Args:
        text: What was said, clean or as a recogniser hears it.
        proof: What the product's sheet proves and forbids.
        platform: Where it is said.
        today: The day it is said; None for all rules without an end.
        read: The text as it is to be read, of the same length, where parts of it do not count.
        line: The viewer's line right before it.
        strict: Whether weak wordings count too.
    """
    scan = scanner(proof.code)
    made = scan.ready(text, read)
    if strict and not scan.has_weak(made.flat, proof, platform, today):
        return find_claims(text, proof, platform, today, read, line=line, strict=False)
    claims = by_rule(made, proof, platform, today, strict=strict)
    held = [held_of(claim, made) for claim in claims]
    opinion = Opinion(made, Said(read or text, line), proof.code, proof.category, held, proof.share)
    kept = [
        claim if claim.turned_down or claim.rule.certain else _weighed(claim, item, opinion, made, proof)
        for claim, item in zip(claims, held, strict=True)
    ]
    implied = [
        item
        for item in opinion.implied()
        if item.rule.holds(proof.category, platform, today)
        and not scan.is_allowed_on(platform, item.rule.category, made.flat, item.start, item.end)
        and not (item.rule.category == "minors" and is_of_pets(made.flat[slice(*item.clause)], proof.code))
    ]
    whole = [_whole(claim, opinion, made) for claim in _with_implied(kept, implied, made, proof)]
    return tuple(_joined(sorted(whole, key=attrgetter("start")), made, _same_remark(proof.code)))


def _whole(claim: Claim, opinion: Opinion, made: Flat) -> Claim:
    """Return a claim with all the words that it is made in, as the learned opinion hears it."""
    if claim.turned_down or claim.category in OF_THE_SHEET:
        return claim
    flat = [bisect_right(made.places, at) - 1 for at in (claim.start, claim.end - 1)]
    start, end = made.cut(*opinion.told(flat[0], flat[1] + 1))
    start, end = min(start, claim.start), max(end, claim.end)
    clause = (min(start, claim.clause[0]), max(end, claim.clause[1]))
    return claim._replace(term=made.text[start:end], start=start, end=end, clause=clause)


def held_of(claim: Claim, made: Flat) -> Held:
    """Return a claim as the learned opinion is told of it."""
    return Held(bisect_right(made.places, claim.start) - 1, claim.category, claim.turned_down)


def _with_implied(kept: list[Claim], implied: list[Implied], made: Flat, proof: SheetProof) -> list[Claim]:
    """Return claims of rules with those that no wording names."""
    own = [item for item in implied if not _is_of_sheet(item, made.flat, proof)]
    # What a rule quotes already is not told again for being meant as well.
    more = [claim for item in own if not _is_told(claim := _implied(item, made), kept)]
    calls = asks_buyers(made.text, proof.code)
    return [*kept, *(claim for claim in more if not (calls and claim.category in _CALLS))]


def _is_of_sheet(item: Implied, flat: str, proof: SheetProof) -> bool:
    """Return whether words are read out from the sheet, or urge with its true stock, told right before."""
    start, end = item.clause
    if proof.share(flat[start:end]) >= _READ_OUT:
        return True
    words = flat[max(0, start - _LONGEST_CLAUSE) : end]
    return item.rule.category == "price_urgency" and proof.names_stock(words)


def _is_told(claim: Claim, kept: list[Claim]) -> bool:
    return any(
        (other.category == claim.category or (claim.category, other.category) == ("disparage", "insult"))
        and not other.turned_down
        and other.start < claim.end
        and claim.start < other.end
        for other in kept
    )


def _weighed(claim: Claim, held: Held, opinion: Opinion, made: Flat, proof: SheetProof) -> Claim:
    """Return a claim as the learned opinion leaves it; where it doubts a rule, what the sheet forbids may stand.

    Just the sheet's words are to be looked at unless surely harmless; among more words they are judged as any.
    """
    found = _doubted(claim, opinion.odds(held))
    if not found.turned_down:
        return found
    odds = opinion.odds(held._replace(category="own"))
    for start, end in (made.cut(hit.start, hit.end) for hit in _own(made.flat, proof)):
        if claim.start <= start and end <= claim.end:
            told = _forbidden(claim, made, start, end, proof.code)
            is_all = (start, end) == (claim.start, claim.end)
            return told._replace(severity="M") if is_all and _HARMLESS <= odds < KEPT else _doubted(told, odds)
    return found


def _forbidden(claim: Claim, made: Flat, start: int, end: int, code: str) -> Claim:
    """Return the claim that is left of another one's words where only the sheet forbids them."""
    rule = OWN[code]
    term = made.text[start:end]
    return claim._replace(rule=rule, category="own", severity=rule.severity, term=term, start=start, end=end)


def _doubted(claim: Claim, odds: float) -> Claim:
    if odds < KEPT:
        return claim._replace(turned_down="doubted")
    return claim._replace(severity="M") if odds < SURE and claim.severity == "H" else claim


def _implied(item: Implied, made: Flat) -> Claim:
    start, end = made.cut(item.start, item.end)
    clause = made.cut(*item.clause)
    return Claim(item.rule, item.rule.category, item.severity, made.text[start:end], start, end, clause)


def by_rule(
    made: Flat, proof: SheetProof, platform: str = "generic", today: date | None = None, *, strict: bool = False
) -> list[Claim]:
    """Return the claims that the rules find in a text made ready."""
    scan = scanner(proof.code)
    hits = [
        *(_whole_figure(hit, made.flat, proof) for hit in scan.hits(made.flat, proof, platform, today, strict=strict)),
        *(hit for hit in _own(made.flat, proof) if not scan.is_usual(hit, made.flat)),
    ]
    claims = [claim for hit in _longest(hits) if (claim := _judged(hit, made, proof)).term]
    return _joined(claims, made, _same_breath(proof.code))


def _whole_figure(hit: Hit, flat: str, proof: SheetProof) -> Hit:
    """Return a hit with all of the figure that it begins in: a hundred and «seventy left» is no claim of seventy."""
    if _FIGURES.isdisjoint(hit.rule.cleared_by):
        return hit
    begun = (one.start for one in proof.language.numbers(flat) if one.start < hit.start < one.end)
    return hit._replace(start=next(begun, hit.start))


def _longest(hits: list[Hit]) -> list[Hit]:
    """Return hits without those that overlap a longer or a graver one; of one category, overlapping ones are one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_weight):
        near = [other for other in kept if hit.start < other.end and other.start < hit.end]
        if not near:
            kept.append(hit)
        elif len(near) == 1 and near[0].rule.category == hit.rule.category:
            kept.remove(near[0])
            rule = min(near[0].rule, hit.rule, key=_gravity)
            kept.append(Hit(rule, min(near[0].start, hit.start), max(near[0].end, hit.end)))
    return sorted(kept, key=lambda item: item.start)


def _gravity(rule: Rule) -> tuple[int, bool]:
    return _RANK[rule.severity], not rule.certain


def _weight(hit: Hit) -> tuple[bool, int, int, int]:
    return hit.rule.weak or hit.rule.category == "own", hit.start - hit.end, _RANK[hit.rule.severity], hit.start


def _judged(hit: Hit, made: Flat, proof: SheetProof) -> Claim:
    begin, finish = _clause(made.flat, hit, proof.code)
    rule, flat = hit.rule, made.flat
    start, end = made.cut(hit.start, hit.end)
    down: str = "quoted" if _in_quotes(made.text, start, end) else ""
    down = down or guards(proof.code).turned_down(flat, hit.start, hit.end, rule.guards) or ""
    down = down or _set_aside(rule, made.text.lower(), start, end, proof.code)
    severity = rule.severity
    if not down and rule.cleared_by:
        if proof.clears(rule.cleared_by, flat[hit.start : hit.end], flat[begin:finish]):
            down = "cleared"
        elif rule.unproven and not proof.can_tell(rule.cleared_by):
            severity = rule.unproven
    return Claim(rule, rule.category, severity, made.text[start:end], start, end, made.cut(begin, finish), down)


def _set_aside(rule: Rule, text: str, start: int, end: int, code: str) -> str:
    """Return what sets words aside that were only named: echoed and turned down, quoted, another thing's."""
    if ("debunked" in rule.guards or "told" in rule.guards) and is_named_only(
        text, start, end, code, claim=rule.category != "insult"
    ):
        return "debunked"
    if rule.category == "own" and code == "zh" and is_compared_with(text, start, end):
        return "quoted"
    if rule.category == "price_urgency" and is_of_former(text, start, code):
        return "quoted"
    return ""


def _in_quotes(text: str, start: int, end: int) -> bool:
    """Return whether words stand inside quotation marks: somebody else's, or named and not said."""
    return any(found.start() < start and end < found.end() for found in _QUOTES.finditer(text))


def _joined(claims: list[Claim], made: Flat, is_one: Callable[[str], bool]) -> list[Claim]:
    """Return claims in order of place with those of one category made one that belong together by what is between."""
    kept: list[Claim] = []
    for claim in claims:
        place = next((place for place, last in enumerate(kept) if _is_of(last, claim, made.text, is_one)), None)
        if place is None:
            kept.append(claim)
            continue
        last = kept[place]
        graver = min(last, claim, key=lambda item: (_RANK[item.severity], not item.rule.certain))
        end = max(last.end, claim.end)
        clause = (min(last.clause[0], claim.clause[0]), max(last.clause[1], claim.clause[1]))
        kept[place] = graver._replace(term=made.text[last.start : end], start=last.start, end=end, clause=clause)
    return kept


def _is_of(last: Claim, claim: Claim, text: str, is_one: Callable[[str], bool]) -> bool:
    is_alike = last.category == claim.category and not last.turned_down and not claim.turned_down
    return is_alike and is_one(text[last.end : claim.start])


def _same_breath(code: str) -> Callable[[str], bool]:
    return lambda between: len(between) <= _BREATH[code] and not _STOPS.search(between)


def _same_remark(code: str) -> Callable[[str], bool]:
    return lambda between: len(between) <= _REMARK[code]


def _clause(flat: str, hit: Hit, code: str) -> tuple[int, int]:
    """Return where the clause around a hit begins and ends."""
    marks = [found.span() for found in _CLAUSE[code].finditer(flat)]
    begin = max((end for _, end in marks if end <= hit.start), default=0)
    finish = min((start for start, _ in marks if start >= hit.end), default=len(flat))
    begin, finish = max(begin, hit.start - _LONGEST_CLAUSE), min(finish, hit.end + _LONGEST_CLAUSE)
    if code == "en":  # whole words
        begin = flat.find(" ", begin) if 0 < begin < hit.start and flat[begin - 1] != " " else begin
        finish = flat.rfind(" ", hit.end, finish + 1) if finish < len(flat) and flat[finish] != " " else finish
    return begin, max(finish, hit.end)


def _own(flat: str, proof: SheetProof) -> Iterator[Hit]:
    """Yield what the sheet itself forbids."""
    for wanted in _flat_wordings(proof.banned, proof.code):
        at = flat.find(wanted)
        while at >= 0:
            if proof.code == "zh" or (flat[at - 1] == " " and flat[at + len(wanted) :][:1] == " "):
                yield Hit(OWN[proof.code], at, at + len(wanted))
            at = flat.find(wanted, at + 1)


@lru_cache(maxsize=64)
def _flat_wordings(wordings: tuple[str, ...], code: str) -> tuple[str, ...]:
    """Return what a sheet forbids, as it is looked for."""
    flat = [wanted for wording in wordings if (wanted := flatten(wording, code).flat.strip())]
    return tuple(dict.fromkeys(form for wanted in flat for form in (_forms(wanted) if code == "en" else (wanted,))))


def _forms(wanted: str) -> tuple[str, ...]:
    """Return an English wording with its verb in both forms: `lasts forever` forbids `last forever` as well.

    The verb is taken to be the first word, or the one after an adverb: `never tarnishes` forbids `never tarnish`.
    """
    words = wanted.split(" ")
    verb = min(int(words[0] in _ADVERBS), len(words) - 1)
    return wanted, " ".join([*words[:verb], _other_form(words[verb]), *words[verb + 1 :]])


def _other_form(verb: str) -> str:
    if _HISSES.search(verb):
        return f"{verb}es"
    if not verb.endswith("s"):
        return f"{verb}s"
    return verb[:-2] if verb.endswith("es") and _HISSES.search(verb[:-2]) else verb[:-1]


def _own_rule(rewrite: str) -> Rule:
    return Rule.model_validate(
        {
            "id": "sheet.must_not_say",
            "category": "own",
            "severity": "H",
            "source": "product.must_not_say",
            "why": {
                "zh": "这款商品的资料里写明不能这样说。",
                "en": "This product's own sheet says not to say this.",
            },
            "rewrite": rewrite,
            "wordings": [],
        }
    )


OWN = {
    "zh": _own_rule("{name}能讲的是资料上有的：{point}。"),
    "en": _own_rule("What I can tell you about the {name} is what's on the sheet: {point}."),
}
