"""All figures with their bands, all observations with the streamer's marks, and how everything was measured."""

from __future__ import annotations

from coach.score.report_frame import Row, esc, labelled, quote, row, section, soft, table, tag
from coach.score.report_words import Words
from coach.score.scorecard import Finding, Mark, Metric, Panel, Scorecard, Versions

_PANELS: tuple[Panel, ...] = ("knowledge", "skill", "persuasion", "composure", "compliance")
_MARKS = {"useful": "hit", "not_useful": "", "wrong": "misstated"}


def metrics(card: Scorecard, words: Words) -> str:
    """Return every figure, by panel."""
    heads = (words("metric"), words("value"), words("band"), words("method"), words("confidence"))
    groups = [(name, [metric for metric in card.metrics if metric.panel == name]) for name in _PANELS]
    body = "".join(
        f"<h3>{words(name)}</h3>"
        + table(heads, [_metric(metric, words) for metric in found if metric.value is not None], "figures")
        + "".join(soft(text) for text in words.unmeasured(found))
        for name, found in groups
        if found
    )
    return section("metrics", words("metrics"), body)


def _metric(metric: Metric, words: Words) -> Row:
    verdict = words.verdict(metric)
    aside = f"<br><span class=soft>{esc(verdict)}</span>" if verdict else ""
    return row(
        esc(words.of(metric.name)),
        f"<span class=num>{esc(words.value(metric))}</span>{aside}",
        f"<span class=num>{esc(words.band(metric))}</span>",
        f"<span class=soft>{esc(words.of(metric.method))}</span>",
        esc(words(metric.confidence)),
    )


def findings(card: Scorecard, words: Words) -> str:
    """Return all observations."""
    return section(
        "findings",
        words("findings"),
        "".join(_finding(found, card.marks.get(found.id), words) for found in card.findings),
        note=words("flag"),
    )


def _finding(found: Finding, mark: Mark | None, words: Words) -> str:
    tone = {"strength": "good", "practise": "work", "neutral": ""}[found.tone]
    said = quote(found.evidence[0], words) if found.evidence else ""
    marked = labelled(words("marked"), tag(words(mark), _MARKS[mark])) if mark else ""
    body = f"<h4>{esc(words.of(found.title))}</h4><p>{esc(words.of(found.detail))}</p>{said}{marked}"
    return f'<div class="card slim {tone}">{body}</div>'


def method(card: Scorecard, words: Words) -> str:
    """Return formulas, versions and the order of trust."""
    told = [(item.name, item.method) for item in card.scores]
    formulas = "".join(soft(f"{words.of(name)}: {words.of(how)}") for name, how in told)
    if card.overall is not None:
        formulas = soft(f"{words('overall')}: {words.of(card.overall.method)}") + formulas
    return section("method", words("versions"), soft(words("trust")) + formulas + soft(versions(card.versions, words)))


def versions(found: Versions, words: Words) -> str:
    """Return what produced the numbers, in one paragraph."""
    parts = [f"{words('scorer')} {found.scorer}" + (f" ({words('code')} {found.code})" if found.code else "")]
    weights = {words.weight(name): f"{value:g}" for name, value in found.weights.items()}
    for name, values in (("packs", found.packs), ("engines", found.engines), ("weights", weights)):
        if values:
            parts.append(f"{words(name)}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    return ". ".join(parts)
