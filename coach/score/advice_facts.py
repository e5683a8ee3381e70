"""Advice on what contradicts the product sheet."""

from __future__ import annotations

from coach.score.advice_told import Told
from coach.score.corrected import corrected_line, error_of
from coach.score.material import Material
from coach.score.scorecard import Finding
from coach.score.wording import both


def facts_advice(finding: Finding, material: Material) -> Told:
    """Return advice for a `facts.*` rule."""
    error = error_of(finding, material)
    if error is not None and error.fact == "price":
        why = both(
            "报错价要么亏钱，要么失信；当场改口只要一句话。",
            "A wrong price costs money or trust; putting it right at once costs one sentence.",
        )
    else:
        why = both(
            "观众会拿你说的跟收到的对比；说错的那一句会变成退货理由。",
            "Viewers compare what you said with what arrives; the wrong sentence becomes the reason for a return.",
        )
    return Told(why, corrected_line(finding, material) or material.lead_line())
