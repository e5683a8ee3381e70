"""Advice on selling points: said, said again, and what they cost."""

from __future__ import annotations

from coach.language import language_for
from coach.score.advice_told import Maker, Told
from coach.score.corrected import corrected_line
from coach.score.material import Material
from coach.score.scorecard import Finding
from coach.score.wording import both

_SHORT = {"zh": 24, "en": 60}
"""Characters of a sentence that a figure can be put behind; longer ones are told anew."""
_DRILL = both(
    "看着商品卡把这句话说三遍，第四遍不看；再练时在前两分钟里说出来。",
    "Say this line three times from the product card, a fourth time without it; next time, say it in the first two "
    "minutes.",
)


def _line(finding: Finding, material: Material) -> str:
    point = material.point(finding.id.removeprefix("coverage."))
    return material.point_line(point) if point else material.lead_line()


def _miss(finding: Finding, material: Material) -> Told:
    why = both(
        "观众只会为听到的卖点下单，这一条还没有机会被听到。",
        "Viewers can only buy what they hear; this point had no chance yet.",
    )
    return Told(why, _line(finding, material), _DRILL)


def _partial(finding: Finding, material: Material) -> Told:
    point = material.point(finding.id.removeprefix("coverage."))
    if point is not None and not point.must_facts:
        why = both(
            "只提名字，观众不知道好在哪里；再说一句它能给人带来什么。",
            "A name alone tells nobody what is good about it; say in one sentence what it does for them.",
        )
        return Told(why, _line(finding, material), _DRILL)
    why = both(
        "带上具体数字和材质，同一句话就有了证据。",
        "With the exact figure or material, the same sentence becomes evidence.",
    )
    return Told(why, _completed(finding, material) or _line(finding, material), _DRILL)


def _completed(finding: Finding, material: Material) -> str:
    """Return the streamer's own sentence with the figures it left out; other facts need the sheet's sentence."""
    point, own = material.point(finding.id.removeprefix("coverage.")), material.own_words(finding)
    if point is None or not own:
        return ""
    missing = material.unnamed(point.must_facts, own)
    language = language_for(material.scenario.locale)
    if not missing or len(own) > _SHORT[language.code] or not all(language.numbers(fact) for fact in missing):
        return ""
    return material.say(
        f"{own}，具体是{material.listed(missing)}。", f"{own}. To be exact: {material.listed(missing)}."
    )


def _misstated(finding: Finding, material: Material) -> Told:
    why = both(
        "说错一处，后面要花好几句解释，还可能引来售后。",
        "One thing told wrong costs several sentences later, and returns.",
    )
    return Told(why, corrected_line(finding, material) or _line(finding, material))


def _core(finding: Finding, material: Material) -> Told:
    point = material.point(finding.id.removeprefix("cadence.core."))
    why = both(
        "观众一般只待一两分钟，只讲一遍的卖点大多数人没听到。",
        "Most viewers stay a minute or two; what is said once is missed by most of them.",
    )
    return Told(why, material.point_line(point) if point else material.lead_line())


def _same_sentence(finding: Finding, material: Material) -> Told:
    why = both(
        "一字不差地重复，一直在的观众会觉得在放录音。",
        "Word for word again, it sounds like a recording to those who stayed.",
    )
    return Told(why, material.lead_line())


def _price(finding: Finding, material: Material) -> Told:
    why = both(
        "想买的人要先知道多少钱；价格越晚，走的人越多。",
        "Who wants to buy needs the price first; the later it comes, the more have left.",
    )
    return Told(why, material.price_line())


COVERAGE: dict[str, Maker] = {
    "cadence.core": _core,
    "cadence.same_sentence": _same_sentence,
    "price.never": _price,
    "price.late": _price,
    "price.rare": _price,
    "coverage.miss": _miss,
    "coverage.partial": _partial,
    "coverage.misstated": _misstated,
}
