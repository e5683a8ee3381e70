"""What mentors said: beside the machine's numbers, and as a section of its own."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.drills import DRILLS
from coach.score.mentor import MentorComment, MentorDebrief, MentorFocus, MentorReview, MentorScore
from coach.score.report_frame import Row, esc, labelled, row, section, soft, table
from coach.score.report_words import Words
from coach.score.scorecard import Scorecard
from coach.score.wording import clock

_RULED = "<div class=ruled></div>"


def beside(card: Scorecard, target: str, words: Words) -> str:
    """Return a mentor's value with the machine's and the reason, as plain text; nothing where there is none."""
    score = card.mentor.score_of(target) if card.mentor else None
    if score is None:
        return ""
    return words("mentor_beside", **_values(score, words), reason=score.reason, who=score.author)


def mentor(card: Scorecard, words: Words) -> str:
    """Return all that mentors said; without a review, room to write on paper."""
    said = card.mentor
    if said is None or said.is_empty:
        return f'<section class="print-only" id="mentor"><h2>{esc(words("mentor"))}</h2>{_RULED}</section>'
    heads = (words("metric"), words("mentor_value"), words("machine_value"), words("reason"))
    body = "".join(
        [
            "".join(_focus(point, words) for point in said.focus),
            table(heads, [_score(score, card, words) for score in said.scores]),
            "".join(_comment(comment, words) for comment in said.comments),
            _debrief(said.debrief, words) if said.debrief else "",
        ]
    )
    return section("mentor", words("mentor"), body, note=_reviewed(said, words))


def mentor_lines(card: Scorecard, words: Words) -> list[tuple[str, str]]:
    """Return the same for formats of lines: what it is about, what was said; plain text."""
    said = card.mentor
    if said is None:
        return []
    rows = [(words("mentor_focus"), "; ".join(_focus_texts(point, words))) for point in said.focus]
    rows += [(named(card, score.target, words), beside(card, score.target, words)) for score in said.scores]
    rows += [(_place(item.time_sec, words), f"{item.text} ({item.author})") for item in said.comments]
    if said.debrief:
        rows.append((words("debrief"), "; ".join(_debrief_texts(said.debrief, words))))
    return rows


def named(card: Scorecard, target: str, words: Words) -> str:
    """Return what a target is called in a report."""
    kind, _, name = target.partition(".")
    if target == "score.overall":
        return words("overall")
    if kind == "score":
        return next((words.of(score.name) for score in card.scores if score.id == name), name)
    if kind == "coverage":
        return next((point.title for point in card.coverage if point.point_id == name), name)
    return next((line.text for line in card.handled if str(line.seq) == name), name)


def _values(score: MentorScore, words: Words) -> dict[str, str]:
    return {"mentor": _value(score.mentor, words), "machine": _value(score.machine, words)}


def _value(value: float | str | None, words: Words) -> str:
    if value is None:
        return words("not_measured")
    return words(value) if isinstance(value, str) else f"{value:.0f}"


def _place(time_sec: float | None, words: Words) -> str:
    return words("whole_rehearsal") if time_sec is None else clock(time_sec)


def _score(score: MentorScore, card: Scorecard, words: Words) -> Row:
    values = _values(score, words)
    return row(
        esc(named(card, score.target, words)),
        f"<b>{esc(values['mentor'])}</b>",
        esc(values["machine"]),
        f"{esc(score.reason)} <span class=soft>{esc(score.author)}</span>",
    )


def _focus(point: MentorFocus, words: Words) -> str:
    drill = DRILLS.get(point.drill_id)
    body = (
        f"<h3>{esc(point.text)}</h3>{_quote(point)}"
        + labelled(words("better"), f"<span class=say>{esc(point.better_line)}</span>" if point.better_line else "")
        + labelled(words("drill_name"), esc(words.of(drill.name)) if drill else "")
    )
    return f'<div class="card work">{soft(words("mentor_focus"))}{body}{soft(point.author)}</div>'


def _focus_texts(point: MentorFocus, words: Words) -> Sequence[str]:
    texts = [f"{point.text} ({point.author})"]
    texts += [f"{words('better')}: {point.better_line}"] if point.better_line else []
    drill = DRILLS.get(point.drill_id)
    return [*texts, f"{words('drill_name')}: {words.of(drill.name)}"] if drill else texts


def _comment(comment: MentorComment, words: Words) -> str:
    lines = "<br>".join(esc(line) for line in comment.text.splitlines())
    place = f'<span class="soft at">{esc(_place(comment.time_sec, words))}</span>'
    return f'<div class="card slim">{_quote(comment)}<p>{place} {lines}</p>{soft(comment.author)}</div>'


def _quote(item: MentorComment | MentorFocus) -> str:
    return f"<blockquote><q>{esc(item.quote)}</q></blockquote>" if item.quote else ""


def _debrief(held: MentorDebrief, words: Words) -> str:
    return labelled(words("debrief"), "<br>".join(esc(text) for text in _debrief_texts(held, words)))


def _debrief_texts(held: MentorDebrief, words: Words) -> Sequence[str]:
    drill = DRILLS.get(held.drill_id)
    texts = [f"{held.at[:10]} ({held.author})", held.note, words.of(drill.name) if drill else ""]
    return [text for text in texts if text]


def _reviewed(said: MentorReview, words: Words) -> str:
    done = said.reviewed
    return words("reviewed_by", who=done.author, day=done.at[:10]) if done else ""
