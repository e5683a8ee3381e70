"""What the product sheet answers to a viewer's line."""

from __future__ import annotations

from coach.room.question import question_of
from coach.score.material import Material
from coach.score.scorecard import Finding


def answer_line(finding: Finding, material: Material) -> str:
    """Return what the sheet says to the viewer's line that a finding quotes; nothing where it does not say."""
    asked = next((item.quote for item in finding.evidence if item.speaker == "viewer"), "")
    if not asked:
        return ""
    question, product = question_of(asked, material.scenario), material.scenario.product
    for target in (*question.targets, *question.facts):
        point = material.point(target)
        if point is not None:
            return material.point_line(point)
        if target in product.facts:
            return material.say(f"{target}是{product.facts[target]}", f"{target}: {product.facts[target]}")
        if target in product.certificates:
            return material.say(f"有{target}，可以看", f"there is {target}, and you can see it")
    if question.about("price", "discount"):
        return material.price_line()
    if question.about("gift") and product.gifts:
        return material.say(f"今天送{product.gifts[0]}", f"you get {product.gifts[0]} with it today")
    return ""
