"""What became of each viewer. Practice numbers, never a sales forecast."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from coach.language import Language
from coach.language.clause import content
from coach.room.passers_by import is_passer_by
from coach.room.question import answers, question_of
from coach.room.reading import read
from coach.scenario.model import Scenario
from coach.score.scorecard import HandledLine, ViewerOutcome
from coach.score.timeline import Line, Spoken, Timeline

_ANSWER_SEC = 20.0
"""A line answered later than this counts as not answered (DOMAIN §3.6)."""
_ANSWER_TURNS = 2
"""The same for transcripts without times, in utterances."""


def viewer_outcomes(
    timeline: Timeline, scenario: Scenario, language: Language, handled: Sequence[HandledLine] = ()
) -> list[ViewerOutcome]:
    """Return one row per viewer who joined or wrote, in the scenario's order; passers-by are no one's outcome.

    A line counts as answered if the reading of handled lines says that words took it up; lines it has not judged are
    looked at by themselves.
    """
    noticed = {line.seq: line.noticed for line in handled}
    order = [viewer.id for viewer in scenario.viewers]
    order += [viewer_id for viewer_id in timeline.joined if viewer_id not in order]
    order += [line.viewer_id for line in timeline.lines if line.viewer_id not in order]
    everybody = {line.viewer_id for line in timeline.lines} | set(timeline.joined)
    present = {viewer_id for viewer_id in everybody if not is_passer_by(viewer_id)}
    return [
        _row(viewer_id, timeline, scenario, language, noticed)
        for viewer_id in dict.fromkeys(order)
        if viewer_id in present and not is_passer_by(viewer_id)
    ]


def _row(
    viewer_id: str, timeline: Timeline, scenario: Scenario, language: Language, noticed: Mapping[int, bool]
) -> ViewerOutcome:
    authored, joined = scenario.viewer(viewer_id), timeline.joined.get(viewer_id)
    name = joined.name if joined else authored.name if authored else viewer_id
    lines = [line for line in timeline.lines if line.viewer_id == viewer_id]
    return ViewerOutcome(
        viewer_id=viewer_id,
        name=name,
        type=joined.viewer_type if joined else authored.type if authored else "",
        outcome=_outcome(viewer_id, timeline),
        lines=len(lines),
        answered=None
        if timeline.is_wordless
        else sum(
            noticed[line.seq] if line.seq in noticed else is_answered(line, name, timeline, scenario, language)
            for line in lines
        ),
    )


def _outcome(viewer_id: str, timeline: Timeline) -> str:
    """Return how it ended with a viewer; a transcript does not say who stays."""
    left = timeline.left.get(viewer_id)
    if left is None or left.outcome == "ended":
        return "unknown" if timeline.is_transcript else "stayed"
    return left.outcome


def is_answered(line: Line, name: str, timeline: Timeline, scenario: Scenario, language: Language) -> bool:
    """Return whether an utterance soon after the line names the viewer, takes up its words, or answers it.

    What answers a line is what answers it in the room: `coach.room.question`.
    """
    asked = content(line.text, language, keep_denied=True)
    question = question_of(line.text, scenario)
    for spoken in _soon_after(line, timeline):
        if name and name.lower() in spoken.text.lower():
            return True
        if len(asked & content(spoken.text, language, keep_denied=True)) >= min(2, max(1, len(asked))):
            return True
        if answers(read(spoken.text, scenario), question):
            return True
    return False


def _soon_after(line: Line, timeline: Timeline) -> list[Spoken]:
    worded = timeline.worded
    if not timeline.is_timed:
        first = bisect_left(worded, line.start, key=_start)
        return worded[first : first + _ANSWER_TURNS]
    soon = worded[: bisect_right(worded, line.end + _ANSWER_SEC, key=_start)]
    return [item for item in soon if item.start >= line.end or item.end > line.end + 1.0]


def _start(spoken: Spoken) -> float:
    return spoken.start
