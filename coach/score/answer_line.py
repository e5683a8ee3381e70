"""What the product sheet answers to a viewer's line, or to what the streamer already said to it."""

from __future__ import annotations

import re

from coach.room.question import Question, question_of
from coach.room.reading import read
from coach.score.material import Material
from coach.score.scorecard import Finding

_DEAR = re.compile(
    r"[太好真这]么?贵|[有是]点(?:儿|小)?贵|贵了|嫌贵|买不起"
    r"|\b(?:expensive|pricey|steep|overpriced|too much|can't afford)\b"
)
"""A price that is found too high."""
_ASKS = re.compile(r"[?？]|[吗呢么]|能不能|可不可以|怎么|几天|\b(?:how|can|could|do|does|what|when|is|are)\b")
"""What makes a line about returns a question on them, not a complaint."""
_DOUBTS = frozenset({"evidence", "identity", "comparison", "after_sales"})
"""Topics of lines that doubt rather than ask for a fact."""
_TERMS = {"zh": "退换货和质保是怎么样的", "en": "what are the returns and the warranty"}


def answer_line(finding: Finding, material: Material) -> str:
    """Return what the sheet says to the viewer's line that a finding quotes; nothing where it does not say.

    Where the line asks for none of it, it is what the sheet says on what the streamer told or showed for an answer.
    """
    asked = _quoted(finding, "viewer")
    if not asked:
        return ""
    question = question_of(asked, material.scenario)
    return _asked_line(question, material) or _told_line(question, _quoted(finding, "streamer"), material)


def apology_line(finding: Finding, material: Material) -> str:
    """Return what to say to a complaint that a finding quotes; nothing where there is none."""
    asked = _quoted(finding, "viewer")
    if not asked or _ASKS.search(asked.lower()) or not question_of(asked, material.scenario).about("after_sales"):
        return ""
    return material.say(
        "对不起，让你久等了。订单号发给店铺客服，我盯着，今天给你答复。",
        "I'm sorry, that's on us. Send support your order number, and you'll have an answer today.",
    )


def _quoted(finding: Finding, speaker: str) -> str:
    return next((item.quote for item in finding.evidence if item.speaker == speaker), "")


def _asked_line(question: Question, material: Material) -> str:
    for name in (*question.targets, *question.facts):
        line = _named_line(name, material)
        if line:
            return line
    gifts = material.scenario.product.gifts
    if question.about("link"):
        return material.say("小黄车里点开就能拍，", "It's in the cart right here. ") + material.price_line()
    if question.about("price", "discount") or _DEAR.search(question.text.lower().replace("’", "'")):
        return material.price_line()
    if question.about("gift") and gifts:
        return material.say(f"今天送{gifts[0]}", f"you get {gifts[0]} with it today")
    return _proof_line(material) if question.about("evidence", "identity") else ""


def _told_line(question: Question, said: str, material: Material) -> str:
    """Return what the sheet says on what an answer told; nothing where whoever spoke did not know."""
    if question.wants_number or not set(question.topics) <= _DOUBTS:
        return ""  # a plain question on what the sheet does not tell
    reading = read(said, material.scenario) if said else None
    if reading is None or reading.did("hedges", "deflects"):
        return ""
    for move in (*reading.of("mentions_point"), *reading.of("mentions_fact")):
        line = _named_line(move.target, material)
        if line:
            return line
    return _proof_line(material) if reading.did("shows_evidence", "demonstrates") else ""


def _named_line(name: str, material: Material) -> str:
    """Return a selling point, a fact or a certificate of the sheet as one line."""
    product, point = material.scenario.product, material.point(name)
    if point is not None:
        return material.point_line(point)
    if name in product.facts:
        return material.say(f"{name}是{product.facts[name]}", f"{name}: {product.facts[name]}")
    if name in product.certificates:
        return material.say(f"有{name}，可以看", f"there is {name}, and you can see it")
    return ""


def _proof_line(material: Material) -> str:
    """Return what of the sheet can be checked: a certificate, else what the buyer gets if it does not hold."""
    scenario = material.scenario
    terms = question_of(_TERMS[scenario.language], scenario)
    listed = (*scenario.product.certificates, *terms.facts, *terms.targets)
    return next((line for name in listed if (line := _named_line(name, material))), "")
