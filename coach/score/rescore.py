"""What changed between two scorecards of one rehearsal, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict, Field

from coach.score.scorecard import Finding, Scorecard, Text
from coach.score.wording import both


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberChange(_Value):
    """A score or a figure that differs."""

    id: str
    name: Text
    panel: str = ""
    """Empty for scores."""
    before: float | None
    after: float | None


class WordChange(_Value):
    """A verdict that differs: of a selling point, of a viewer's line, of the pass rule, of a drill."""

    id: str
    name: str
    before: str
    """Empty where it was not there."""
    after: str


class FocusChange(_Value):
    """Other things to practise next."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    """Ids of findings."""
    was: tuple[Text, ...]
    now: tuple[Text, ...]
    """Their titles."""


class FindingChange(_Value):
    """A finding that is gone or new."""

    id: str
    rule: str
    title: Text


class NotesChange(_Value):
    """Other notes on what engines failed at."""

    gone: tuple[Text, ...]
    new: tuple[Text, ...]


class Reason(_Value):
    """One difference in what scored."""

    what: str
    """`scorer`, `code`, `scenario`, a pack's id, `weight:NAME`, `engine:NAME`, `compared_with` or `marks`."""
    before: str
    after: str


class Rescore(_Value):
    """Old and new scorecard of one rehearsal, side by side."""

    rehearsal_id: str
    scenario_title: str
    scores: list[NumberChange] = Field(default_factory=list)
    """Overall first."""
    figures: list[NumberChange] = Field(default_factory=list)
    verdicts: list[WordChange] = Field(default_factory=list)
    gone: list[FindingChange] = Field(default_factory=list)
    new: list[FindingChange] = Field(default_factory=list)
    focus: FocusChange | None = None
    """The focus points, where they differ."""
    notes: NotesChange | None = None
    """The notes on engines, where they differ."""
    reasons: list[Reason] = Field(default_factory=list)
    note: Text | None = None
    """What the reasons leave open."""

    @property
    def is_changed(self) -> bool:
        """Whether anything a streamer reads differs."""
        numbers, findings = self.scores or self.figures, self.gone or self.new
        return bool(numbers or self.verdicts or findings or self.focus or self.notes)


def compare(old: Scorecard, new: Scorecard) -> Rescore:
    """Return what differs. Texts alone do not count, as a reworded advice is no change of judgement; notes do."""
    reasons = list(_reasons(old, new))
    changed = Rescore(
        rehearsal_id=new.rehearsal_id,
        scenario_title=new.scenario_title,
        scores=list(_scores(old, new)),
        figures=list(_figures(old, new)),
        verdicts=[*_passed(old, new), *_drill(old, new), *_points(old, new), *_lines(old, new)],
        gone=[_finding(item) for item in old.findings if item.id not in _ids(new)],
        new=[_finding(item) for item in new.findings if item.id not in _ids(old)],
        focus=_focus(old, new),
        notes=_notes(old, new),
        reasons=reasons,
    )
    return changed.model_copy(update={"note": _note(changed)})


def _ids(card: Scorecard) -> set[str]:
    return {finding.id for finding in card.findings}


def _finding(item: Finding) -> FindingChange:
    return FindingChange(id=item.id, rule=item.rule, title=item.title)


def _scores(old: Scorecard, new: Scorecard) -> Iterator[NumberChange]:
    was = old.overall.value if old.overall else None
    now = new.overall.value if new.overall else None
    if was != now:
        yield NumberChange(id="overall", name=both("总分", "Overall"), before=was, after=now)
    before = {score.id: score.value for score in old.scores}
    for score in new.scores:
        if before.get(score.id) != score.value:
            yield NumberChange(id=score.id, name=score.name, before=before.get(score.id), after=score.value)


def _figures(old: Scorecard, new: Scorecard) -> Iterator[NumberChange]:
    was = {(item.panel, item.id): item for item in old.metrics}
    now = {(item.panel, item.id): item for item in new.metrics}
    for key in dict.fromkeys([*now, *was]):
        before, after = was.get(key), now.get(key)
        one = after or before
        values = (before.value if before else None, after.value if after else None)
        if one is not None and values[0] != values[1]:
            yield NumberChange(id=one.id, name=one.name, panel=one.panel, before=values[0], after=values[1])


def _passed(old: Scorecard, new: Scorecard) -> Iterator[WordChange]:
    was, now = (_pass_word(card) for card in (old, new))
    if was != now:
        yield WordChange(id="passed", name="pass", before=was, after=now)


def _pass_word(card: Scorecard) -> str:
    if card.overall is None or card.overall.passed is None:
        return ""
    return "passed" if card.overall.passed else "not_passed"


def _drill(old: Scorecard, new: Scorecard) -> Iterator[WordChange]:
    was, now = ("" if card.drill is None else str(card.drill.state) for card in (old, new))
    told = new.drill or old.drill
    if told is not None and was != now:
        yield WordChange(id="drill", name=told.drill_id, before=was, after=now)


def _points(old: Scorecard, new: Scorecard) -> Iterator[WordChange]:
    titles = {point.point_id: point.title for point in [*old.coverage, *new.coverage]}
    was = {point.point_id: str(point.state) for point in old.coverage}
    now = {point.point_id: str(point.state) for point in new.coverage}
    yield from _words("coverage", titles, was, now)


def _lines(old: Scorecard, new: Scorecard) -> Iterator[WordChange]:
    titles = {str(line.seq): line.text for line in [*old.handled, *new.handled]}
    was = {str(line.seq): _met(line.handled, line.below_floor) for line in old.handled}
    now = {str(line.seq): _met(line.handled, line.below_floor) for line in new.handled}
    yield from _words("line", titles, was, now)


def _met(handled: str, below_floor: bool) -> str:
    return "below_floor" if below_floor else handled


def _words(
    kind: str, titles: Mapping[str, str], was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[WordChange]:
    for key, title in titles.items():
        if was.get(key, "") != now.get(key, ""):
            yield WordChange(id=f"{kind}.{key}", name=title, before=was.get(key, ""), after=now.get(key, ""))


def _focus(old: Scorecard, new: Scorecard) -> FocusChange | None:
    before, after = (tuple(point.finding_id for point in card.focus) for card in (old, new))
    was, now = (tuple(point.title for point in card.focus) for card in (old, new))
    return FocusChange(before=before, after=after, was=was, now=now) if before != after else None


def _notes(old: Scorecard, new: Scorecard) -> NotesChange | None:
    gone = tuple(note for note in old.notes if note not in new.notes)
    come = tuple(note for note in new.notes if note not in old.notes)
    return NotesChange(gone=gone, new=come) if gone or come else None


def _reasons(old: Scorecard, new: Scorecard) -> Iterator[Reason]:
    was, now = old.versions, new.versions
    yield from _differing("", {"scorer": was.scorer, "code": was.code}, {"scorer": now.scorer, "code": now.code})
    yield from _differing("", was.packs, now.packs)
    weights = ({name: f"{value:g}" for name, value in item.weights.items()} for item in (was, now))
    yield from _differing("weight:", *weights)
    yield from _differing("engine:", was.engines, now.engines)
    yield from _differing("", {"compared_with": old.compared_with}, {"compared_with": new.compared_with})
    yield from _differing("", {"marks": _marks(old)}, {"marks": _marks(new)})


def _marks(card: Scorecard) -> str:
    return ", ".join(f"{name}={mark}" for name, mark in sorted(card.marks.items()))


def _differing(prefix: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Reason]:
    for name in dict.fromkeys([*was, *now]):
        before, after = was.get(name, ""), now.get(name, "")
        if before != after:
            yield Reason(what=f"{prefix}{name}", before=before, after=after)


def _note(changed: Rescore) -> Text | None:
    """Return what the list of reasons does not tell by itself."""
    if changed.is_changed and not changed.reasons:
        return both(
            "版本都一样，结果却不同：日志、录音或场景文件在打分之后改过。",
            "All versions are the same and yet the result differs: log, recording or scenario were changed after it "
            "was scored.",
        )
    if changed.reasons and not changed.is_changed:
        return both("版本变了，对这场排练没有影响。", "Versions differ; for this rehearsal that changes nothing.")
    return None
