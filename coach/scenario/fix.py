"""Makes the edits that findings suggest, at their place, so that comments and layout stay as they are. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coach.scenario.finding import Edit, Finding

_ROUNDS = 12
"""A fault may hide others, so checking and fixing go on; each round must change something."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text after fixing."""

    text: str
    done: tuple[Finding, ...]
    """What has been put right, with places in the text as it was then."""
    left: tuple[Finding, ...]
    """What is still there."""


def fixed(text: str, check: Callable[[str], Sequence[Finding]]) -> Fixed:
    """Return a text with all safe edits made.

    Args:
        text: The whole file.
        check: Returns the findings on a text.
    """
    seen = {text}
    done: list[Finding] = []
    findings = check(text)
    for _ in range(_ROUNDS):
        chosen = _apart(findings)
        new = edited(text, [finding.edit for finding in chosen if finding.edit])
        if new in seen:
            break
        seen.add(new)
        text, done = new, [*done, *chosen]
        findings = check(text)
    return Fixed(text, tuple(done), tuple(findings))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that do not overlap."""
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with edits that touch no two of the same characters."""
    chosen: list[Finding] = []
    free = 0
    for finding in sorted((one for one in findings if one.edit), key=lambda one: one.edit.start if one.edit else 0):
        if finding.edit and finding.edit.start >= free:
            chosen.append(finding)
            free = max(finding.edit.end, finding.edit.start + 1)
    return chosen
