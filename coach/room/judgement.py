"""How good an answer is, by what would have been right, and why. Pure."""

from __future__ import annotations

import re
from typing import Literal

from coach.room.answer_signs import disowns, is_cut
from coach.room.claims import claims_of
from coach.room.exchange import ON_PRODUCT, THREAD, Exchange
from coach.room.others_words import calls_wrong, leaves_to_others
from coach.room.plain_answers import is_right
from coach.room.question import answers
from coach.room.reading import MoveKind, Reading

Grade = tuple[Literal["well", "weak", "badly", "unanswered"], tuple[str, ...]]
"""How it was handled, and which rules decided."""

_SHORT = {"zh": 12, "en": 8}
"""Characters or words under which a hedge or a brush-off is all there is."""
_LONG = {"zh": 34, "en": 20}
"""Characters or words above which a reply to a troll or off topic is more than one light line (about 8 s)."""
_EXPLAINS = {"zh": 24, "en": 14}
"""Characters or words from which a reply without a fault or a hedge explains something."""
_CENT = 0.011
_CHECKS = {
    "zh": re.compile(r"确认|核实|核对|[去来]查|查一下|查清楚|[去来]问|问一下|问清楚"),
    "en": re.compile(r"\b(?:check|confirm|find out|look (?:it|that|this) up|ask (?:the|our|my))\b"),
}
"""What is not known is to be found out."""
_OWN = {"zh": re.compile(r"我|咱|马上|这就"), "en": re.compile(r"\b(?:i|i'll|we|we'll|let me|my)\b")}
"""Who finds it out is the streamer, not the viewer."""
_SOON_MIN = 10.0
"""Minutes within which a promised answer still reaches who asked."""
_REPEATED = 2
"""Words of a spammer's line that come again from which it is repeated."""
_REMEDY = {
    "zh": re.compile(
        r"换新|包换|换一|补发|补寄|重新?[发寄]|寄新|退[钱款您你]|全额退|退货|免费修|赔[您你]|[钱款]给(?:您|你)退"
    ),
    "en": re.compile(
        r"\b(?:refund\w*|replac\w+|new one|another one|re-?make|repair\w*|re-?send|swap\w*|money back|reship\w*"
        r"|ships? (?:today|tomorrow))\b"
    ),
}
"""What makes good what went wrong."""
_COMEBACK = {
    "zh": re.compile(r"总比你|比某些人|轮不到|说得好像|也不照照"),
    "en": re.compile(r"\bat least i\b|\bsays the\b|\bcoming from\b|\blook who|\btakes one to\b|\bsays who\b"),
}
"""Talking back without "you"."""
_SELF = {"zh": 3, "en": 5}
"""Words for oneself in a reply to a troll from which it is about oneself."""
_SELF_EN = frozenset({"i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "myself"})
BARE_NO = "bare_no"
"""Reason of an answer that turns a haggler down with nothing beside it: no price, no reason, no extra."""
_FAULTS: tuple[MoveKind, ...] = ("insults", "blames")
_FIRM: tuple[MoveKind, ...] = ("corrects", "holds_price", "demonstrates", "protects")
"""Moves that stand whatever hedge is beside them."""
_SUBSTANCE: tuple[MoveKind, ...] = (
    "mentions_point",
    "mentions_fact",
    "gives_price",
    "shows_evidence",
    "gives_terms",
    "offers_gift",
    "apologises",
    "acknowledges",
    "asks_viewer",
)
_RESCUE: tuple[MoveKind, ...] = ("demonstrates", "shows_evidence", "acknowledges", "corrects", "asks_viewer")
"""Moves that answer a question on a fact without telling the fact."""
_ASKING = ("friendly", "impatient")
"""Types that mean the question they ask."""
_OPINIONS = ("contrarian", "trust_skeptic", "price_comparer")
"""Types whose lines are opinions rather than questions on a fact."""
_CHALLENGING = ("contrarian", "product_skeptic", "trust_skeptic", "price_comparer")
"""Types that need something they can check; talk alone is thin."""


def judge(exchange: Exchange, reading: Reading, granted: float | None = None) -> Grade:
    """Return how good a reply is, and why.

    Args:
        exchange: The line.
        reading: Its answer.
        granted: Price a piece that the answer agrees to, if any.
    """
    faults = _faults(exchange, reading)
    if granted is not None and granted < exchange.price.floor - _CENT:
        faults.append("below_floor")
    if faults:
        return "badly", tuple(faults)
    if granted is not None and exchange.treatment == "answer":
        return "well", ("agreed",)
    grade = _by_treatment(exchange, reading)
    if grade[0] == "well" and exchange.treatment == "answer" and is_cut(reading.text, exchange.code):
        return "weak", ("cut",)
    return grade


def _by_treatment(exchange: Exchange, reading: Reading) -> Grade:
    match exchange.treatment:
        case "ignore":
            return _ignored(exchange, reading)
        case "refuse":
            return _refused(exchange, reading)
        case "protect":
            return _protected(exchange, reading)
        case _:
            return _answered(exchange, reading)


def _faults(exchange: Exchange, reading: Reading) -> list[str]:
    disowned = _disowned(exchange, reading)
    faults: list[str] = [kind for kind in _FAULTS if reading.did(kind) and not (disowned and kind == "insults")]
    if reading.did("overclaims") and not disowned and not _only_names_claim(exchange, reading):
        faults.append("overclaims")
    if exchange.treatment != "ignore":
        faults += ["dismisses"] if reading.did("dismisses") else []
        faults += ["threatens"] if reading.did("threatens") else []
    if exchange.treatment == "answer":
        faults += ["misstates"] if _misstates(exchange, reading) else []
        faults += ["contradicts"] if _contradicts(exchange, reading) else []
    return faults


def _disowned(exchange: Exchange, reading: Reading) -> bool:
    """Return whether bait is refused by calling whoever says such things a liar: no attack on the viewer."""
    bait = exchange.treatment == "refuse" and not reading.did("confirms", "pushes")
    return bait and disowns(reading.text, exchange.code)


def _only_names_claim(exchange: Exchange, reading: Reading) -> bool:
    """Return whether a claim is said only to turn it down, or past the line altogether."""
    if exchange.treatment == "ignore":
        return not exchange.says_you(reading) and not exchange.echoes(reading)
    if exchange.type == "haggler" and reading.did("holds_price"):
        return all(move.target == "price_urgency" for move in reading.of("overclaims"))
    if exchange.treatment == "refuse":
        return reading.did("refuses_claim", "protects") and not reading.did("confirms", "pushes")
    return exchange.treatment == "protect" and reading.did("refuses_claim", "declines")


def _misstates(exchange: Exchange, reading: Reading) -> bool:
    """Return whether a figure of the speaker's own is wrong: on what was asked, or on anything if nothing was.

    A figure that the viewer gave is a quotation, and a rough one is judged by `_contradicts`.
    """
    if not reading.did("misstates"):
        return False
    theirs = {span.value for span in exchange.language.numbers(exchange.question.text)}
    asked = set(exchange.asked_facts)
    text = exchange.sheet.mend(reading.text)
    return any(
        wrong.number.value and wrong.number.value not in theirs and not wrong.number.approximate
        for point in exchange.sheet.points
        if not asked or point.point.id in asked
        for wrong in point.match(text).contradictions
    )


def _contradicts(exchange: Exchange, reading: Reading) -> bool:
    """Return whether the reply differs from the sheet on what was asked, or says yes to what it rules out."""
    if reading.did("confirms") and not reading.did("denies", "declines", "corrects") and exchange.asks_ruled_out():
        return True
    return exchange.sheet.differs(exchange.asked_facts, reading.text)


# --- left alone ------------------------------------------------------------------------------------------------


def _ignored(exchange: Exchange, reading: Reading) -> Grade:
    bounded = reading.did("sets_boundary")
    if reading.did("complies") and not bounded:
        return "badly", ("complies",)
    if exchange.type == "spammer" and not bounded and _repeats_lure(exchange, reading):
        return "badly", ("repeats_lure",)
    if reading.did("reproaches"):
        return "badly", ("reproaches",)
    if reading.did("complains", "pleads", "dismisses") or _talks_of_self(exchange, reading):
        return "weak", ("complains",)
    if _snaps_back(exchange, reading):
        return "badly", ("snaps_back",)
    back = bounded or reading.did(*ON_PRODUCT, "changes_topic", "declines") or exchange.tells_sheet(reading)
    most = _LONG[exchange.code]
    if exchange.type == "derailer" and not back and exchange.units(reading) > most // 2:
        return "weak", ("chats",)
    if exchange.type == "spammer" and not bounded and exchange.echoes(reading) >= _REPEATED:
        keen = reading.did("asks_room", "calls_to_action", "hedges") or exchange.is_keen(reading)
        return "badly" if keen else "weak", ("repeats",)
    return ("well", ("light",)) if exchange.units(reading) <= most or back else ("weak", ("too_long",))


def _repeats_lure(exchange: Exchange, reading: Reading) -> bool:
    return any(claim.category == "off_platform" for claim in claims_of(reading.text, exchange.scenario))


def _snaps_back(exchange: Exchange, reading: Reading) -> bool:
    """Return whether a troll is talked back to: with "you", and nothing else in it."""
    calm = ("acknowledges", "thanks", "greets", "asks_room", "complains", *THREAD)
    back = exchange.says_you(reading) or _COMEBACK[exchange.code].search(reading.text.lower())
    return exchange.type == "troll" and bool(back) and not reading.did(*calm)


def _talks_of_self(exchange: Exchange, reading: Reading) -> bool:
    if reading.did(*ON_PRODUCT):
        return False
    if exchange.code == "zh":
        return reading.text.count("我") - reading.text.count("我们") >= _SELF["zh"]
    return sum(token in _SELF_EN for token in exchange.language.tokens(reading.text)) >= _SELF["en"]


# --- refused, protected ----------------------------------------------------------------------------------------


def _refused(exchange: Exchange, reading: Reading) -> Grade:
    hedged = reading.did("hedges")
    if _disowned(exchange, reading):
        return "well", ("refuses_claim",)
    if reading.did("refuses_claim"):
        return ("weak", ("half",)) if hedged else ("well", ("refuses_claim",))
    if calls_wrong(reading.text, exchange.code) or _keeps_to_own(exchange, reading):
        return "well", ("denies",)
    denied = reading.did("protects", "denies", "declines")
    if (reading.did("confirms") or exchange.echoes_opening(reading)) and not denied:
        return ("weak", ("unsure",)) if hedged else ("badly", ("confirms",))
    if denied:
        return ("weak", ("half",)) if hedged else ("well", ("denies",))
    evades = hedged or reading.did("deflects", "changes_topic") or exchange.units(reading) < _SHORT[exchange.code]
    evades = evades or exchange.negates(reading)
    return ("weak", ("evades",)) if evades else ("badly", ("goes_along",))


def _keeps_to_own(exchange: Exchange, reading: Reading) -> bool:
    """Return whether others' words are left to them, and what the sheet says is said of one's own."""
    return leaves_to_others(reading.text, exchange.code) and reading.did("mentions_fact", "mentions_point")


def _protected(exchange: Exchange, reading: Reading) -> Grade:
    """Care is what counts: a no, a doctor, a label, an adult. Half of it with a hedge is weak; a yes sells."""
    cares = reading.did("protects", "refuses_claim")
    agrees = reading.did("confirms") and not reading.did("declines")
    sells = agrees or reading.did("pushes", "calls_to_action")
    hedged = reading.did("hedges", "deflects")
    if cares:
        return ("weak", ("half",)) if hedged or agrees or reading.did("pushes") else ("well", ("protects",))
    if hedged and not reading.did("calls_to_action"):
        return "weak", ("unsure",)
    if reading.did("declines", "denies") and not sells:
        return "well", ("declines",)
    return "badly", (("sells",) if sells else ("no_care",))


# --- answered --------------------------------------------------------------------------------------------------


def _answered(exchange: Exchange, reading: Reading) -> Grade:
    if exchange.type == "angry_returner":
        return _complaint(exchange, reading)
    told = exchange.tells_asked(reading)
    plain = _said_plainly(exchange, reading, told)
    if plain is not None:
        return plain
    vague = _vague(exchange, reading, told)
    if vague:
        return "weak", (vague,)
    proves = reading.did(*_FIRM, "shows_evidence", "refuses_claim", "gives_price")
    if told is not True and not proves and reading.did("pushes") and exchange.type in _CHALLENGING:
        return "badly", ("assures",)
    asks = exchange.type not in _OPINIONS or exchange.question.wants_number
    if told is False and asks and not reading.did(*_RESCUE) and not _answers_plainly(exchange, reading):
        return "weak", ("untold",)
    if told or answers(reading, exchange.question) or reading.did(*_FIRM, *_SUBSTANCE):
        return "well", ("substance",)
    if exchange.units(reading) < _SHORT[exchange.code]:
        wants_less = exchange.question.amount is not None or exchange.question.about("price", "discount")
        bare = exchange.type == "haggler" and wants_less and reading.did("declines", "denies")
        return "weak", (BARE_NO if bare else "thin",)
    says = reading.did("confirms", "declines") or exchange.echoes_opening(reading)
    lasting = exchange.units(reading) >= _EXPLAINS[exchange.code]
    if exchange.type in _CHALLENGING and not says and not lasting:
        return "weak", ("no_substance",)
    return "well", ("answers",)


def _vague(exchange: Exchange, reading: Reading, told: bool | None) -> str:
    """Return what makes an answer vague, or nothing: a hedge, a referral, self-pity, no figure, half an answer."""
    measured = exchange.sheet.fact_sheet.has_amount(exchange.sheet.mend(reading.text))
    exact = (
        measured or (told and _has_number(exchange, reading)) or any(move.full for move in reading.of("gives_price"))
    )
    firm = exact or (reading.did(*_FIRM) and not reading.did("deflects"))
    passes_on = reading.did("deflects") and not reading.did("confirms", "declines")
    if (reading.did("hedges") or passes_on) and (not firm or (not measured and exchange.hedges(reading) > 1)):
        return "hedges"
    if reading.did("complains") and not firm:
        return "complains"
    wants = exchange.question.wants_number or (exchange.question.about("price") and exchange.type in _ASKING)
    if wants and not firm and not _has_number(exchange, reading):
        return "no_number"
    return "half" if _leaves_out(exchange, reading) else ""


def _said_plainly(exchange: Exchange, reading: Reading, told: bool | None) -> Grade | None:
    """Return the grade of a short answer that is plainly right or wrong, or of an honest "I'll check"; else None."""
    if exchange.type not in _OPINIONS and exchange.units(reading) < _EXPLAINS[exchange.code]:
        right = is_right(exchange.question.text, reading.text, exchange.scenario.product, exchange.code)
        if right is not None:
            return ("well", ("plain",)) if right else ("badly", ("contradicts",))
    return ("well", ("will_tell",)) if told is None and _will_tell(exchange, reading) else None


def _will_tell(exchange: Exchange, reading: Reading) -> bool:
    """Return whether an answer is promised within minutes: honest, where the sheet does not have it."""
    soon = any(number.unit == "min" and number.value <= _SOON_MIN for number in exchange.language.numbers(reading.text))
    checks = reading.did("promises_followup", "deflects") and _CHECKS[exchange.code].search(reading.text.lower())
    if not checks or not _OWN[exchange.code].search(reading.text.lower()[: checks.start()]):
        return False
    return soon and not reading.did("calls_to_action", "pushes", "dismisses")


def _leaves_out(exchange: Exchange, reading: Reading) -> bool:
    """Return whether price and link were both asked for and only one was given."""
    if not (exchange.question.about("price") and exchange.question.about("link")):
        return False
    return not (reading.did("gives_price") and reading.did("calls_to_action"))


def _answers_plainly(exchange: Exchange, reading: Reading) -> bool:
    """Return whether it says yes, no or how much in so many words, in a sentence that is long enough to mean it."""
    counted = exchange.question.wants_number and _has_number(exchange, reading)
    says = reading.did("confirms", "declines", "denies", "holds_price", "gives_price", "gives_terms")
    says = says or exchange.echoes_opening(reading) or exchange.says_yes_or_no(reading)
    return counted or (says and exchange.units(reading) >= _SHORT[exchange.code])


def _has_number(exchange: Exchange, reading: Reading) -> bool:
    return any(not number.approximate for number in exchange.language.numbers(reading.text))


def _complaint(exchange: Exchange, reading: Reading) -> Grade:
    """A complaint needs to be owned and given a way."""
    owned = reading.did("apologises", "acknowledges")
    way = reading.did("routes_service", "promises_followup", "gives_terms")
    if owned and way:
        return "well", ("owns", "routes")
    if way and not reading.did("hedges") and _REMEDY[exchange.code].search(reading.text.lower()):
        return "well", ("remedies",)
    if way and not reading.did("hedges") and exchange.units(reading) >= 2 * _SHORT[exchange.code]:
        return "well", ("routes",)
    if owned or way or exchange.refers(reading):
        return "weak", ("half",)
    return "badly", ("no_care",)
