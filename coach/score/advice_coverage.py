"""Advice on selling points."""

from __future__ import annotations

from coach.score.advice_told import Maker, Told
from coach.score.corrected import corrected_line
from coach.score.material import Material
from coach.score.scorecard import Finding
from coach.score.wording import both

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
    why = both(
        "带上具体数字和材质，同一句话就有了证据。",
        "With the exact figure or material, the same sentence becomes evidence.",
    )
    return Told(why, _completed(finding, material) or _line(finding, material), _DRILL)


def _completed(finding: Finding, material: Material) -> str:
    """Return the streamer's own sentence with the facts it left out."""
    point, own = material.point(finding.id.removeprefix("coverage.")), material.own_words(finding)
    if point is None or not own:
        return ""
    missing = [fact for fact in point.must_facts if fact.lower() not in own.lower()]
    if not missing:
        return ""
    return material.say(
        f"{own}，具体是{material.listed(missing)}。", f"{own}. To be exact: {material.listed(missing)}."
    )


def _misstated(finding: Finding, material: Material) -> Told:
    why = both(
        "数字说错一次，后面要花好几句解释，还可能引来售后。",
        "One wrong figure costs several sentences later, and returns.",
    )
    return Told(why, corrected_line(finding, material) or _line(finding, material))


COVERAGE: dict[str, Maker] = {
    "coverage.miss": _miss,
    "coverage.partial": _partial,
    "coverage.misstated": _misstated,
}
