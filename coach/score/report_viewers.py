"""Viewers: what became of each, and every line with how it was met."""

from __future__ import annotations

from coach.score.handling_reasons import way_told
from coach.score.report_frame import Row, esc, quote, row, section, soft, table, tag
from coach.score.report_mentor import beside
from coach.score.report_words import Words
from coach.score.scorecard import HandledLine, Scorecard
from coach.score.wording import clock

_KINDS = {"well": "hit", "weak": "partial", "badly": "misstated", "unanswered": ""}


def viewers(card: Scorecard, words: Words) -> str:
    """Return outcomes, then lines."""
    rows = [
        row(
            esc(viewer.name),
            esc(words(viewer.outcome)),
            f"<span class=num>{viewer.lines}</span>",
            f"<span class=num>{esc(words.answered(viewer))}</span>",
        )
        for viewer in card.viewers
    ]
    heads = (words("viewer"), words("outcome"), words("lines"), words("answered"))
    return section("viewers", words("viewers"), table(heads, rows)) + _lines(card, words)


def _lines(card: Scorecard, words: Words) -> str:
    names = {viewer.viewer_id: viewer.name for viewer in card.viewers}
    rows = [_line(line, names, soft(beside(card, f"handled.{line.seq}", words)), words) for line in card.handled]
    heads = ("", words("line"), words("treated"), words("answer_quote"))
    return section("handled", words("handled"), table(heads, rows, "lines"))


def _line(line: HandledLine, names: dict[str, str], mentors: str, words: Words) -> Row:
    answer = next((item for item in line.evidence if item.speaker == "streamer"), None)
    floor = tag(words("below_floor"), "misstated") if line.below_floor else ""
    latency = (
        f"<br><span class=soft>{line.latency_sec:g} {words('seconds')}</span>" if line.latency_sec is not None else ""
    )
    should = f"<br><span class=soft>{esc(words(f'should_{line.should}'))}</span>"
    way = way_told(line)
    should += f"<br><span class=soft>{esc(words.of(way))}</span>" if way is not None else ""
    return row(
        f"<span class=num>{clock(line.at) if line.at is not None else ''}</span>",
        f"<b>{esc(words.viewer(line.viewer_id, names))}</b><br>{esc(line.text)}",
        tag(words.handled(line), _KINDS[line.handled]) + floor + should + latency + mentors,
        quote(answer, words),
    )
