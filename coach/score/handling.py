"""What the streamer made of each viewer's line: answered, ignored, refused, protected; how well and how soon.

The room's own reading (`coach.room.handling`) comes first, so viewers and scorecard mostly agree on what a good answer
is; the learned reader, which the live room has no time for, settles it (`answers_read`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from coach.language import language_for
from coach.room.answered import Answered
from coach.room.calling import begins_with
from coach.room.exchange import Exchange
from coach.room.handling import ANSWER_SEC, Following, Handling, handling
from coach.room.plain_lines import asks_nothing, is_sign
from coach.room.treatment import Treatment, right_treatment, viewer_type_of
from coach.scenario.model import Scenario
from coach.score.answers_read import reread
from coach.score.crowds import Apart, told_apart
from coach.score.handling_findings import handling_findings
from coach.score.handling_metrics import handling_metrics
from coach.score.scorecard import Evidence, FactError, Finding, HandledLine, Metric, Text
from coach.score.timeline import Line, Spoken, Timeline
from coach.score.wording import NO_WORDS, NOTHING_SAID

LATEST_SEC = 45.0
"""An answer that begins later than this is taken for talk about something else. A design default."""
LATEST_TURNS = 3
"""The same for transcripts without times, in utterances."""
_GOES_ON_SEC = 1.5
"""Talk that goes on this long past a line may take it up before it ends."""
_OVERLAP_SEC = 0.3
"""Words begun this little before a line's end can still answer it."""
_OTHER_FIGURES = frozenset({"haggler", "price_comparer"})
"""Types to whom one talks of sums for several packs, or of others' goods: on labelled answers not one of the errors of
fact found there was the speaker's own and not known to the rules, eight of eight were such figures."""
_UNKEPT = frozenset({"overclaims", "sells_to_minors"})
"""Reasons of an answer that keeps nobody from harm."""
_CLOSING = frozenset({"greet", "buy", "leave", "thank", "accept", "praise", "soften"})
"""Intents of lines that ask for nothing: no answer to them is no fault."""


@dataclass(frozen=True, slots=True)
class Handlings:
    """All lines, and what they show."""

    lines: list[HandledLine]
    metrics: list[Metric]
    findings: list[Finding]


def measure_handling(timeline: Timeline, scenario: Scenario, errors: Sequence[FactError] = ()) -> Handlings:
    """Return how each line was handled. The same records always give the same result.

    Args:
        timeline: The rehearsal.
        scenario: Its product and viewers.
        errors: What was said against the sheet; an answer that holds one that stands is a bad one.
    """
    reason: Text | None = None
    if not timeline.worded:
        reason = NO_WORDS if timeline.spoken else NOTHING_SAID
    lines = [] if reason else _Room(timeline, scenario, errors).lines()
    language = language_for(scenario.locale)
    unfinished = {line.seq for line in timeline.lines if line.unfinished or language.ending(line.text) == "open"}
    findings = handling_findings(lines, scenario, unfinished)
    return Handlings(lines, handling_metrics(lines, reason, timed=timeline.is_timed), findings)


class _Room:
    """The lines of one rehearsal with who said them."""

    def __init__(self, timeline: Timeline, scenario: Scenario, errors: Sequence[FactError]) -> None:
        self._timeline, self._timed = timeline, timeline.is_timed
        self._worded = timeline.worded
        self._starts = [item.start for item in self._worded]
        self._line_starts = [line.start for line in timeline.lines]
        self._longest = max((item.end - item.start for item in self._worded), default=0.0)
        self._unheard = [item.start for item in timeline.unheard] if self._timed else []
        self._wrong = {item.evidence.seq for item in errors if item.stands}
        self._scenario = scenario
        self._names = {line.viewer_id: self._who(line.viewer_id)[1] for line in timeline.lines}
        self._names |= {viewer_id: joined.name for viewer_id, joined in timeline.joined.items()}
        self._agreed: dict[str, float | None] = {}
        self._apart = Apart()

    def lines(self) -> list[HandledLine]:
        """Return each line that asks for something, in order."""
        counted = [line for line in self._timeline.lines if self._counts(line)]
        self._tell_apart(counted)
        told = [(line, self._handled(line)) for line in counted]
        return [row for line, row in told if not self._needs_none(line, row)]

    def _tell_apart(self, counted: Sequence[Line]) -> None:
        """Find what was said to others or to nobody, where several lines waited at once or a thought was finished."""
        waiting = [line for line in counted if self._waits(line)]
        self._apart = told_apart(waiting, self._after, self._next_start, self._exchange)

    def _waits(self, line: Line) -> bool:
        asks_none = asks_nothing(line.text, self._scenario.language, self._who(line.viewer_id)[0])
        return self._should(line) != "ignore" and (line.pressure or not asks_none)

    def _should(self, line: Line) -> Treatment:
        return right_treatment(self._who(line.viewer_id)[0], line.text, self._scenario.language)

    def _exchange(self, line: Line) -> Exchange:
        viewer_type, name = self._who(line.viewer_id)
        return Exchange(line.text, viewer_type, self._should(line), self._scenario, name, self._others(line))

    def _next_start(self, line: Line) -> float:
        """Return where the next line begins; infinity after the last."""
        later = bisect_right(self._line_starts, line.start)
        return self._line_starts[later] if later < len(self._line_starts) else inf

    def _needs_none(self, line: Line, row: HandledLine) -> bool:
        """Return whether what was said after a line is no answer, for it asks nothing or speech was not heard.

        A kind word to a hello counts; whatever follows a show of hands was not said to it.
        """
        code = self._scenario.language
        may = row.handled in ("unanswered", "weak") or (row.handled == "well" and is_sign(line.text))
        if may and not line.pressure and asks_nothing(line.text, code, row.viewer_type):
            return True
        reached = (line.end - _OVERLAP_SEC <= start <= line.end + LATEST_SEC for start in self._unheard)
        return row.handled == "unanswered" and any(reached)

    def _counts(self, line: Line) -> bool:
        # Whatever is said next breaks a silence; how one is met that is meant to hurt counts.
        remarks = line.intent == "silence" and not line.pressure
        return bool(line.text.strip()) and line.intent not in _CLOSING and not remarks

    def _who(self, viewer_id: str) -> tuple[str, str]:
        """Return a viewer's type and name."""
        joined, authored = self._timeline.joined.get(viewer_id), self._scenario.viewer(viewer_id)
        if joined:
            return viewer_type_of(joined.viewer_type), joined.name
        return (authored.type, authored.name) if authored else ("", viewer_id)

    def _handled(self, line: Line) -> HandledLine:
        viewer_type, should = self._who(line.viewer_id)[0], self._should(line)
        passed = self._apart.passed.get(line.seq, ())
        after = [item for item in self._after(line) if item.seq not in passed]
        result = self._ruled(line, after)
        if passed and not result.is_sure and not result.below_floor:
            after, result = self._with_faults(line, after, result)
        result = reread(
            Answered(line.text, viewer_type, should, self._said(line, after, result)), result, self._scenario
        )
        may_misstate = should == "answer" and viewer_type not in _OTHER_FIGURES
        if may_misstate and self._wrong.intersection(after[index].seq for index in result.answered_by):
            result = replace(result, handled="badly", reasons=tuple(dict.fromkeys((*result.reasons, "misstates"))))
        self._agreed[line.viewer_id] = result.agreed or self._agreed.get(line.viewer_id)
        return self._row(line, viewer_type, should, result, after)

    def _ruled(self, line: Line, after: Sequence[Spoken]) -> Handling:
        viewer_type, name = self._who(line.viewer_id)
        return handling(
            line.text,
            viewer_type,
            self._should(line),
            [Following(item.text, item.start, item.end) for item in after],
            self._scenario,
            said_at=line.end,
            name=name,
            others=self._others(line),
            agreed=self._agreed.get(line.viewer_id),
            within=LATEST_SEC,
        )

    def _with_faults(self, line: Line, after: list[Spoken], own: Handling) -> tuple[list[Spoken], Handling]:
        """Return the answer of a line without a sure one: a grave word to it counts, whoever else is answered by it."""
        exchange = self._exchange(line)
        bargains = exchange.type in ("haggler", "bait") or exchange.question.about("discount")
        is_left = own.handled == "unanswered"
        for item in (item for item in self._after(line) if item.seq in self._apart.passed[line.seq]):
            ruled = self._ruled(line, [item])
            if (ruled.below_floor and bargains) or (is_left and not _UNKEPT.isdisjoint(ruled.reasons)):
                return [item], ruled
        return after, own

    def _said(self, line: Line, after: Sequence[Spoken], ruled: Handling) -> tuple[str, ...]:
        """Return what may answer a line, for the reader: a sure answer with what follows it.

        Else it is what was said up to the next line, or after that where it came at once, but to nobody else.
        """
        until = self._apart.until.get(line.seq) or self._next_start(line)
        if ruled.is_sure and ruled.answered_by:
            found = after[ruled.answered_by[0] :]
            return tuple(item.text for item in found if item.start < until) or (found[0].text,)
        others, code = self._others(line), self._scenario.language
        found = [item for item in after if not begins_with(others, item.text, code)]
        return tuple(item.text for item in found if item.start < until) or tuple(item.text for item in found)

    def _others(self, line: Line) -> list[str]:
        """Return the names of everybody but who said a line."""
        return [name for other, name in self._names.items() if other != line.viewer_id]

    def _row(self, line: Line, viewer_type: str, should: str, result: Handling, after: Sequence[Spoken]) -> HandledLine:
        timed = self._timed
        answers = [after[index] for index in result.answered_by]
        latency = max(0.0, answers[0].start - line.end) if timed and answers else None
        due = timed and should != "ignore"
        return HandledLine.model_validate(
            {
                "seq": line.seq,
                "at": round(line.end, 2) if timed else None,
                "viewer_id": line.viewer_id,
                "viewer_type": viewer_type,
                "text": line.text,
                "should": should,
                "handled": result.handled,
                "noticed": bool(answers),
                "latency_sec": None if latency is None else round(latency, 1),
                "in_time": (latency is not None and latency <= ANSWER_SEC) if due else None,
                "below_floor": result.below_floor,
                "reasons": list(result.reasons),
                "evidence": [self._asked(line), *(item.evidence() for item in answers)],
            }
        )

    def _asked(self, line: Line) -> Evidence:
        timed = self._timed
        start, end = (line.start, line.end) if timed else (None, None)
        return Evidence(quote=line.text.strip(), start=start, end=end, speaker="viewer", seq=line.seq)

    def _after(self, line: Line) -> list[Spoken]:
        """Return the utterances that can answer a line, in order."""
        if not self._timed:
            first = bisect_left(self._starts, line.start)
            return self._worded[first : first + LATEST_TURNS]
        latest = line.end + LATEST_SEC
        first = bisect_left(self._starts, line.end - _OVERLAP_SEC - self._longest)
        return [
            item
            for item in self._worded[first : bisect_right(self._starts, latest)]
            if item.heard.utterance_id != line.reply_to
            and (
                line.end - _overlap(line, item) <= item.start <= latest
                or (item.start < line.end and item.end >= line.end + _GOES_ON_SEC)
            )
        ]


def _overlap(line: Line, item: Spoken) -> float:
    """Return how little before a line's end an utterance may begin to answer it; two texts are there at once."""
    return 0.0 if item.heard.source == "typed" and not line.aloud else _OVERLAP_SEC
