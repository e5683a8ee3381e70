"""A sentence said wrong, put right: the streamer's own words with the sheet's fact in them."""

from __future__ import annotations

from collections.abc import Sequence

from coach.language import language_for
from coach.score.material import Material
from coach.score.scorecard import FactError, Finding


def corrected_line(finding: Finding, material: Material) -> str:
    """Return the corrected sentence, or what is true as a line of its own; nothing where no error is known."""
    error = error_of(finding, material)
    if error is None:
        return ""
    own = material.own_words(finding)
    if own.count(error.said) == 1 and is_same_figure(error.said, error.truth, material):
        return own.replace(error.said, error.truth) + material.say("。", ".")
    if error.fact == "price":
        return material.price_line()
    point = material.point(error.fact)
    if point is not None:
        return material.point_line(point)
    facts = material.scenario.product.facts
    if error.fact in facts:
        told = facts[error.fact]
        return material.say(
            f"我更正一下，{error.fact}：{told}。", f"Let me put that right. {error.fact.capitalize()}: {told}."
        )
    return material.say(
        "刚才有一句我说得不准，以商品信息为准。", "One thing I said was not right; the product page is what counts."
    )


def is_same_figure(said: str, truth: str, material: Material) -> bool:
    """Return whether both are one figure with the same words around it, so that one can stand for the other."""
    language = language_for(material.scenario.locale)
    rest = []
    for text in (said, truth):
        numbers = language.numbers(text)
        if len(numbers) != 1:
            return False
        rest.append((text[: numbers[0].start] + text[numbers[0].end :]).strip().lower())
    return rest[0] == rest[1]


def error_of(finding: Finding, material: Material) -> FactError | None:
    """Return the error behind a finding."""
    return error_among(finding, material.fact_errors)


def error_among(finding: Finding, errors: Sequence[FactError]) -> FactError | None:
    """Return the error behind a finding: quoted in its title and said in one of its records, else named by its id."""
    seqs = {item.seq for item in finding.evidence if item.seq is not None}
    said = [item for item in errors if item.evidence.seq in seqs]
    quoted = [item for item in said if f"“{item.said}”" in finding.title.zh]
    named = [item for item in errors if finding.id.endswith(f".{item.fact}")]
    return next(iter([*quoted, *(item for item in named if item in said), *said, *named]), None)
