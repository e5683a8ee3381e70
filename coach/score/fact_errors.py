"""Statements that contradict the product sheet: which words, what is true, whether it was taken back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace

from coach.language.amounts import dimension_of
from coach.language.figures import Contradiction
from coach.language.misfit import Verdict
from coach.language.scope import place, scope_reader
from coach.language.sheet_line import Opposed
from coach.language.spelled import spelled
from coach.room.sheet import Sheet, sheet_of
from coach.scenario.model import Scenario, SellingPoint
from coach.score import misfits
from coach.score.corrections import Claim, Repairs, owned
from coach.score.fact_answers import answered_wrong
from coach.score.fact_extras import Extra
from coach.score.fact_sheet import FactSheet, fact_sheet
from coach.score.misread import DENYING, Meant, Misread, is_told_beside, tells_nothing
from coach.score.readings import asserts, read_at, read_of
from coach.score.rows_read import RowRead, row_of, states
from coach.score.scorecard import Evidence
from coach.score.sightings import Seen
from coach.score.slip_figures import are_of_another
from coach.score.slips import FactErrors, Slip, a_clause, called, in_time, merged, once
from coach.score.slips_shown import TAIL, SlipShown
from coach.score.timeline import LATER, Spoken, Timeline

_FREE_OF = re.compile(r"\b([a-z]{4,})[ -]free\b")
_LOOSE = frozenset({"figure", "words"})
"""Kinds of slips that rules take for a point by what stands around them."""
_TOLD = frozenset({*_LOOSE, "family", "ability"})
"""Kinds of slips that the reader may hear otherwise; prices and stock it does not know."""
_UNHEARD = 0.03
"""Under how likely words contradict the point that rules take them for they are of another thing: so were 58 of 63 such
slips (labelled talks)."""
_HEARD = 0.3
"""From how likely they do so they stay a wrong fact where the point comes across; under it 8 of 38 were one."""
_CERTAIN = 0.5
"""Under how likely such a one is to be checked."""


class FactFinder:
    """Finds what was said against the product sheet.

    Args:
        timeline: What was said.
        scenario: With the product sheet.
        seen: What each utterance says about each point.
    """

    def __init__(self, timeline: Timeline, scenario: Scenario, seen: Mapping[str, Sequence[Seen]]) -> None:
        self._seen, self._timeline = seen, timeline
        self._points = {point.id: point for point in scenario.product.selling_points}
        self._facts: FactSheet = fact_sheet(scenario)
        self._sheet: Sheet = sheet_of(scenario)
        self._meant = Meant(self._facts)
        self._shown = SlipShown(self._facts.language)
        self._free_of = frozenset(hit[1] for line in self._facts.lines for hit in _FREE_OF.finditer(line.text.lower()))
        self._scopes = scope_reader(self._facts.language.code)
        self._repairs = Repairs(self._facts.language)
        self._spoken = [(spoken, self._facts.plain(self._sheet.mend(spoken.text))) for spoken in timeline.worded]
        self._starts = [spoken.start for spoken, _ in self._spoken]
        self._line_starts = [line.start for line in timeline.lines]

    def found(self) -> FactErrors:
        """Return what the rules find, in order of time."""
        slips = [
            self._judged(at, slip) for at, (spoken, text) in enumerate(self._spoken) for slip in self._in(spoken, text)
        ]
        told = [slip for slip in slips if slip.kind == "figure" and slip.points]
        slips = self._with_misfits([*slips, *self._of_points()])
        return self._told(merged([slip for slip in slips if not _is_of_another(slip, told)]))

    def judged(
        self,
        found: FactErrors,
        wrong: Sequence[Misread],
        rows: Sequence[RowRead],
        cleared: Mapping[str, Collection[int]],
        asserted: Mapping[str, Set[int]],
        doubted: Set[str] = frozenset(),
    ) -> FactErrors:
        """Return what contradicts the sheet after its points were read.

        Args:
            found: What the rules found.
            wrong: Where the reader finds points contradicted.
            rows: Where it finds other facts of the sheet contradicted.
            cleared: Points that nothing contradicts after all, with the records of the utterances read for them.
            asserted: Records of the utterances in which the reader hears each point asserted: what seems to contradict
                it elsewhere may be of another thing.
            doubted: Points that may not be contradicted after all: what contradicts them is to be checked.
        """
        kept = [(slip, self._without(slip, cleared)) for slip in found.slips if not _is_read_otherwise(slip, cleared)]
        asked = [self._asked_back(slip, now, asserted, doubted) for slip, now in kept]
        slips = [slip for slip in asked if slip is not None]
        known = called(slips)
        points, begun = self._points, {(slip.spoken.seq, slip.start) for slip in slips}
        more = [
            self._misread(item, points[item.point])
            for item in wrong
            if (self._spoken[item.at][0].seq, item.point) not in known
            and (self._spoken[item.at][0].seq, item.start) not in begun
            and not _is_put_right(slips, self._spoken[item.at][0], item.end)
            and not self._is_of_lacking(item)
            and not self._is_of_other(item, slips)
            and not self._meant.agrees(self._spoken[item.at][1], item.start, item.end)
            and not self._meant.gives_figures(self._spoken[item.at][1], item.start, item.end, item.point)
        ]
        more += self._of_rows([row for row in rows if not self._is_of_lacking(row)], [*slips, *more])
        put_right = {slip.spoken.seq for slip in slips if slip.corrected}
        more = [slip for slip in more if not slip.doubtful or slip.spoken.seq not in put_right]
        return self._told(in_time([*slips, *more]))  # side by side: a misread clause may hold another slip

    def _asked_back(self, slip: Slip, now: Slip, asserted: Mapping[str, Set[int]], doubted: Set[str]) -> Slip | None:
        """Return a slip that stays, with whether it is to be checked; None for one that does not.

        Args:
            slip: As the rules found it.
            now: The same without points that nothing contradicts.
            asserted: As of `judged`.
            doubted: As of `judged`.
        """
        heard = self._heard(slip, asserted)
        if heard < (_UNHEARD if now.points else _HEARD):
            return None
        if now.points:
            return replace(now, doubtful=set(now.points) <= doubted)
        return replace(now, doubtful=bool(slip.points) and heard < _CERTAIN)

    def _heard(self, slip: Slip, asserted: Mapping[str, Set[int]]) -> float:
        """Return how likely the reader hears a slip's points contradicted there; 1 where no other words assert one."""
        if slip.corrected or slip.kind.partition(".")[0] not in _TOLD:
            return 1.0
        points = [self._points[point] for point in slip.points]
        elsewhere = any(asserted.get(point.id, frozenset()) - {slip.spoken.seq} for point in points)
        if not elsewhere and not is_told_beside(slip.spoken.text, slip.start, slip.end, points):
            return 1.0
        found = read_at(points, slip.spoken.text, slip.start, slip.end, self._facts.language.code)
        return max(read.misstated for read in found)

    def _without(self, slip: Slip, cleared: Mapping[str, Collection[int]]) -> Slip:
        """Return a slip without points that nothing contradicts; a figure that answers a viewer stands unread."""
        stands = slip.kind in _LOOSE and not slip.corrected and not self._is_unasked(slip.spoken)
        kept = (
            point for point in slip.points if point not in cleared or (stands and slip.spoken.seq not in cleared[point])
        )
        return replace(slip, points=tuple(kept))

    def _misread(self, item: Misread, point: SellingPoint) -> Slip:
        """Return the slip, with whether a repair after it says the point, and whether somebody should check it."""
        at, start, end = item.at, item.start, item.end
        spoken, text = self._spoken[at]
        sure = item.sure and self._meant.is_meant(text, item, point)
        truth = self._facts.point_truth(point.id)
        taken_back = any(map(asserts, read_of(point, self._put_right(at, start, end))))
        return Slip(spoken, start, end, "words", point.id, truth, (point.id,), corrected=taken_back, doubtful=not sure)

    def _is_of_other(self, item: Misread, slips: Sequence[Slip]) -> bool:
        """Return whether a stretch takes its figures from another point only: each figure belongs to one.

        Of a point without figures of that kind, other words may be what contradicts it.
        """
        spoken, text = self._spoken[item.at]
        language = self._facts.language
        figures = [one for one in spelled(text[item.start : item.end], language) if not tells_nothing(one)]
        own = {dimension_of(one.unit) for one in spelled(self._facts.point(item.point).text, language)}
        others = [slip for slip in slips if slip.spoken.seq == spoken.seq and slip.kind == "figure"]
        return bool(figures) and all(
            dimension_of(one.unit) in own
            and any(
                slip.start <= item.start + one.start < slip.end and item.point not in slip.points for slip in others
            )
            for one in figures
        )

    def _is_of_lacking(self, item: Misread | RowRead) -> bool:
        """Return whether words are of a thing that is said not to be had (红色没有，红色容易掉色)."""
        return any(item.start <= at < item.end for at in self._facts.words.lacking(self._spoken[item.at][1]))

    def _of_rows(self, rows: Sequence[RowRead], known: Sequence[Slip]) -> list[Slip]:
        """Return what only the reader finds to contradict facts beside the points, where nothing else is found."""
        told, made = {(slip.spoken.seq, slip.fact) for slip in known}, list[Slip]()
        for row in rows:
            spoken, text = self._spoken[row.at]
            if (
                (spoken.seq, row.name) in told
                or _is_within(known, spoken, row)
                or self._facts.says(text[row.start : row.end].rstrip(".。!！"))
            ):
                continue
            if not self._meant.is_row_meant(text, row.start, row.end, self._facts.row(row.name)):
                continue
            kind, truth = "figure" if row.is_figure else "words", self._facts.point_truth(row.name)
            line, language = row_of(row.name, truth), self._facts.language
            taken_back = any(states(words, line, language) for words in self._put_right(row.at, row.start, row.end))
            slip = Slip(spoken, row.start, row.end, kind, row.name, truth, corrected=taken_back, doubtful=not row.sure)
            made.append(slip)
        return made

    def _put_right(self, at: int, start: int, end: int) -> list[str]:
        """Return what is said after repairs that follow a stretch of an utterance, in it or later."""
        text = self._spoken[at][1]
        repairs = [text[place:] for place in [self._repairs.after(text, start)] if place is not None and place >= end]
        later = ((words, self._repairs.after(words)) for _, words in self._spoken[at + 1 :])
        return [*repairs, *(words[place:] for words, place in later if place is not None)]

    def _told(self, slips: list[Slip]) -> FactErrors:
        kept = a_clause(once([slip for slip in slips if not self._is_of_other_figures(slip)]))
        misstated: dict[str, list[Evidence]] = {}
        for slip in kept:
            for point in () if slip.corrected else slip.points:
                misstated.setdefault(point, []).append(slip.evidence())
        return FactErrors(
            [self._shown.error(slip) for slip in kept], [self._shown.finding(slip) for slip in kept], misstated, kept
        )

    def _is_of_other_figures(self, slip: Slip) -> bool:
        """Return whether all figures of a slip are of another thing than the lines that they seem to contradict."""
        if slip.kind.partition(".")[0] not in _LOOSE:
            return False
        points = [self._facts.point(point).text for point in slip.points]
        return are_of_another(slip.spoken.text, slip.start, slip.end, [slip.truth, *points], self._facts.language)

    def _in(self, spoken: Spoken, text: str) -> list[Slip]:
        facts = self._facts
        opposed = [*facts.words.find(text), *facts.figures.find(text), *facts.prohibitions.find(text)]
        opposed += self._answers(spoken, text)
        found = [
            Slip(spoken, item.start, item.end, item.kind, facts.fact(item), facts.truth(item), facts.points(item))
            for item in opposed
        ]
        extras = [*facts.extras.find(text), *facts.extras.repaired(text)]
        extras = [self._as_price(item) for item in extras if item.fact != "price_under" or self._is_unasked(spoken)]
        return found + [
            Slip(spoken, item.start, item.end, item.fact, item.fact, item.truth, corrected=item.corrected)
            for item in extras
        ]

    @staticmethod
    def _as_price(item: Extra) -> Extra:
        return replace(item, fact="price") if item.fact in ("price_today", "price_under") else item

    def _is_unasked(self, spoken: Spoken) -> bool:
        """Return whether no viewer just wrote or said anything: else a low price is a concession, judged there."""
        at = bisect_right(self._line_starts, spoken.start)
        return not at or spoken.start - self._timeline.lines[at - 1].end > LATER

    def _answers(self, spoken: Spoken, text: str) -> list[Opposed]:
        """Return a yes or no that answers the viewer's line right before it wrong."""
        at = bisect_right(self._line_starts, spoken.start)
        if not at or spoken.start - self._timeline.lines[at - 1].end > LATER:
            return []
        line = self._timeline.lines[at - 1]
        earlier = bisect_left(self._starts, spoken.start)
        if earlier and self._starts[earlier - 1] > line.start:
            return []
        return answered_wrong(self._facts.words, line, text, spoken.start)

    def _of_points(self) -> list[Slip]:
        return [
            Slip(
                claim.seen.spoken,
                claim.start,
                claim.wrong.number.end,
                "figure" if claim.wrong.number.value else "words",
                claim.point_id,
                self._points[claim.point_id].statement or self._points[claim.point_id].title,
                (claim.point_id,),
            )
            for claim in owned(self._seen)
            if self._stands(claim)
        ]

    def _stands(self, claim: Claim) -> bool:
        """Return whether a point's contradiction is claimed, of the point's own kind, and not taken back."""
        text, number = claim.seen.spoken.text, claim.wrong.number
        scope = self._scopes.read(place(text.lower(), number.start, number.end))
        if not scope.claimed or (
            scope.denied and (number.value or self._begins_denied(text[number.start : number.end]))
        ):
            return False
        words = text[number.start : number.end]
        if self._begins_denied(words) and self._facts.says(words):
            return False
        if not number.value and self._facts.words.leaves(text, number.start):
            return False
        if self._begins_denied(words) and words.lower().rpartition(" ")[2] in self._free_of:
            return False
        if not number.value and self._leaves_out(words, denied=scope.denied):
            return False
        line = self._facts.point(claim.point_id)
        if number.value and (
            not self._is_own_topic(claim, text) or self._facts.figures.allows(text, number.start, line)
        ):
            return False
        return not self._repairs.by_facts(claim, self._seen[claim.point_id])

    # --- the learned judge ---------------------------------------------------------------------------------------

    def _with_misfits(self, slips: Sequence[Slip]) -> list[Slip]:
        """Return slips with what only the judge of misfits finds."""
        known = called(slips)
        kept = list(slips)
        for at, (spoken, text) in enumerate(self._spoken):
            matches = [seen[at].match for seen in self._seen.values()]
            for verdict, point in self._facts.misfits.judge(text, matches):
                if verdict.probability >= misfits.CONTRADICTS and (spoken.seq, point) not in known:
                    kept += self._misfit(at, verdict, point)
        return kept

    def _misfit(self, at: int, verdict: Verdict, point: str) -> list[Slip]:
        """Return the slip that a verdict makes; a figure must be claimed as those that rules find are."""
        spoken, seen = self._spoken[at][0], self._seen[point]
        span = verdict.number
        if not self._stands(Claim(point, seen[at], Contradiction(span, 0))):
            return []
        truth = self._facts.point_truth(point)
        return [self._judged(at, Slip(spoken, span.start, span.end, "figure", point, truth, (point,)))]

    def _leaves_out(self, words: str, *, denied: bool) -> bool:
        """Return whether words deny what the sheet denies as well: 没有香精 where it says 不加香精."""
        told = DENYING[self._facts.language.code].match(words.lower())
        if denied:
            return words.lower() in self._meant.ruled_out
        return told is not None and told[1] in self._meant.ruled_out

    def _begins_denied(self, words: str) -> bool:
        """Return whether words are a denial themselves, so that a denial before them turns them round."""
        return words.lower().startswith(tuple(self._facts.language.pack.negations))

    def _is_own_topic(self, claim: Claim, text: str) -> bool:
        """Return whether no word beside a figure says that it is about another matter than the point is."""
        number, figures = claim.wrong.number, self._facts.figures
        beside = figures.about(text, number.start, number.end, number.unit)
        own = figures.topics_of(self._facts.point(claim.point_id))
        return not beside or not own or bool(beside & own)

    # --- taking back -------------------------------------------------------------------------------------------

    def _judged(self, at: int, slip: Slip) -> Slip:
        """Return a slip with whether it was taken back, in the same breath or later."""
        if slip.corrected:
            return slip
        stretches = self._repairs.stretches(self._spoken[at][1], slip.end)
        stretches += [stretch for _, text in self._spoken[at + 1 :] for stretch in self._repairs.stretches(text)]
        return replace(slip, corrected=any(self._restores(stretch, slip) for stretch in stretches))

    def _restores(self, text: str, slip: Slip) -> bool:
        """Return whether a text says what the sheet says, where a slip said otherwise."""
        if slip.kind.startswith(("family", "ability")):
            return self._facts.words.restores(slip.kind, slip.spoken.text[slip.start : slip.end], text)
        said = slip.spoken.text[slip.start : slip.end + TAIL[self._facts.language.code]]
        return self._facts.figures.restores(slip.truth, text, said)


def _is_of_another(slip: Slip, told: Sequence[Slip]) -> bool:
    """Return whether a figure is found to contradict other points, whose own it is less far off from."""
    return slip.kind == "figure" and any(
        other.spoken.seq == slip.spoken.seq and other.start == slip.start and not {*other.points} & {*slip.points}
        for other in told
    )


def _is_read_otherwise(slip: Slip, cleared: Mapping[str, Collection[int]]) -> bool:
    """Return whether a figure or a denial was read for each of its points and contradicts none.

    What names another thing than the sheet does is a wrong fact even where the point comes across.
    """
    read = all(slip.spoken.seq in cleared.get(point, ()) for point in slip.points)
    return read and slip.kind in _LOOSE and slip.fact in slip.points and not slip.corrected


def _is_within(slips: Sequence[Slip], spoken: Spoken, row: RowRead) -> bool:
    """Return whether something is found already in the clauses in which a row is contradicted, or all that is read is.

    A figure beside another is its own; words of a whole utterance may be about what was found in it.
    """
    same = [slip for slip in slips if slip.spoken.seq == spoken.seq]
    left, right = place(spoken.text, row.start, row.end).clause
    return bool(same) and (not row.is_figure or any(slip.start < right and left < slip.end for slip in same))


def _is_put_right(slips: Sequence[Slip], spoken: Spoken, end: int) -> bool:
    """Return whether an utterance holds a figure that was taken back: what is read up to it is the same slip."""
    return any(
        slip.corrected and slip.kind in _LOOSE and slip.spoken.seq == spoken.seq and slip.start < end for slip in slips
    )
