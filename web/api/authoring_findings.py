"""Findings and plans in the form the page draws: places as JavaScript counts characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from coach.error_texts import in_chinese
from coach.errors import Sentence
from coach.scenario.finding import BrokenScenario, Finding
from coach.scenario.model import Scenario
from coach.scenario.yaml_tree import read_tree
from coach.score.scorecard import Text
from web.api.authoring_models import ArrivalMark, CheckFinding, MomentMark, Plan, StageMark, SuggestedEdit
from web.authoring import ScenarioPlan

_WORD = re.compile(r"[^\s,\[\]{}]+")
_ID_LINE = re.compile(r"^id:[ \t]*[\"']?(?P<id>[a-z0-9][a-z0-9_-]{0,63})[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def findings_of(text: str, findings: Sequence[Finding]) -> list[CheckFinding]:
    """Return findings with what to underline."""
    places = _Places(text)
    return [
        CheckFinding(
            rule=finding.rule,
            severity=finding.severity,
            line=finding.place.line,
            column=finding.place.column,
            field=finding.place.field,
            message=told(finding.message),
            suggestion=told(finding.suggestion),
            **places.range_of(finding),
            edit=places.edit_of(finding),
        )
        for finding in findings
    ]


def id_in(text: str) -> str | None:
    """Return the id a text gives itself, also where the rest of it cannot be read."""
    found = _ID_LINE.search(text)
    return found["id"] if found else None


def plan_marks(plan: ScenarioPlan, scenario: Scenario) -> Plan:
    """Return a plan as the page draws it."""
    return Plan(
        duration_sec=plan.duration_sec,
        stages=[StageMark(name=name, at_sec=at) for name, at in plan.stages],
        arrivals=[
            ArrivalMark(
                id=viewer.id,
                name=viewer.name,
                type=viewer.type,
                channel=viewer.channel,
                at_sec=plan.arrivals.get(viewer.id),
            )
            for viewer in scenario.viewers
        ],
        moments=[MomentMark.model_validate(moment, from_attributes=True) for moment in plan.moments],
        tempo=plan.tempo,
    )


def told(sentence: str) -> Text:
    """Return a sentence in both languages; files are called by their names, wherever they lie."""
    short = _without_folders(sentence)
    return Text(zh=in_chinese(short), en=str(short))


def _without_folders(sentence: str) -> str:
    if not isinstance(sentence, Sentence) or not sentence.fields:
        return sentence
    fields = {
        key: Path(value).name if key in ("file", "path") and isinstance(value, str) else _short_part(value)
        for key, value in sentence.fields.items()
    }
    return Sentence(sentence.template, **fields)


def _short_part(value: object) -> object:
    return _without_folders(value) if isinstance(value, Sentence) else value


class _Places:
    """Where things stand in a text, in UTF-16 units: a character beyond the basic plane counts twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
        self._wide = [at for at, char in enumerate(text) if ord(char) > 0xFFFF]
        try:
            tree = read_tree(text, "")
            self._ends = dict((*tree.key_spans.values(), *tree.spans.values()))
        except BrokenScenario:
            self._ends = {}

    def range_of(self, finding: Finding) -> dict[str, int]:
        """Return `start` and `end`: the key or value at the place, else the word there, else the line."""
        line = min(max(finding.place.line, 1), len(self._starts))
        start = min(self._starts[line - 1] + max(finding.place.column, 1) - 1, len(self._text))
        end = self._ends.get(start, 0)
        if end <= start:
            word = _WORD.match(self._text, start)
            end = word.end() if word else start
        return {"start": self._units(start), "end": self._units(min(end, self._line_end(start)))}

    def edit_of(self, finding: Finding) -> SuggestedEdit | None:
        """Return the edit a finding suggests."""
        edit = finding.edit
        return SuggestedEdit(start=self._units(edit.start), end=self._units(edit.end), new=edit.new) if edit else None

    def _line_end(self, start: int) -> int:
        found = self._text.find("\n", start)
        return len(self._text) if found < 0 else found

    def _units(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset)
