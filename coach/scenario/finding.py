"""What is wrong or unwise in a scenario file: where, what, what to write instead, and the edit that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from coach.errors import Place, ScenarioError, Sentence

Severity = Literal["error", "warning", "info"]
SEVERITIES: dict[Severity, Sentence] = {
    "error": Sentence("error"),
    "warning": Sentence("warning"),
    "info": Sentence("note"),
}
"""An `error` fails `scenario check`; a `warning` is unwise; an `info` is worth knowing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to put in the place of other text. Offsets are characters of the whole file."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a scenario file."""

    rule: str
    severity: Severity
    place: Place
    message: Sentence
    suggestion: Sentence
    """What to write or do instead; never empty."""
    edit: Edit | None = None
    """Does what is suggested, where that is safe without asking."""

    @property
    def text(self) -> Sentence:
        """What is wrong and what to do, as one sentence."""
        return Sentence("{what}; {advice}", what=self.message, advice=self.suggestion)

    def told(self, translate: Callable[[str], str]) -> str:
        """Return it as one line, each of its sentences translated."""
        return f"{self.place}: {translate(SEVERITIES[self.severity])}: {translate(self.text)} [{self.rule}]"

    def __str__(self) -> str:
        return self.told(str)


class BrokenScenario(ScenarioError):
    """A file that cannot be used as it is; `findings` says why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = sorted(findings, key=lambda finding: (finding.place.line, finding.place.column))
        super().__init__([(finding.place, finding.text) for finding in self.findings])


def broken(rule: str, place: Place, message: str, suggestion: str, edit: Edit | None = None) -> BrokenScenario:
    """Return the error for a file with one fault that hides all others."""
    return BrokenScenario([Finding(rule, "error", place, _whole(message), _whole(suggestion), edit)])


def _whole(text: str) -> Sentence:
    return text if isinstance(text, Sentence) else Sentence(text)
