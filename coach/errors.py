"""Every error a user may meet.

CoachError
├── InputError        what somebody gave us is not usable (exit code 2, HTTP 4xx)
│   ├── ScenarioError     a scenario file: path, line, column, field
│   ├── TranscriptError   a transcript line: path, line
│   ├── ConsentNeeded     harsh viewers were asked for without the streamer's consent
│   ├── ReviewRefused     what a mentor or streamer asked of a review cannot be done as things stand
│   └── AudioInputError   a recording or a frame
├── EngineError       an engine or a remote service failed; `retryable` says whether trying again can help
├── RoomFull          no place for another rehearsal now (HTTP 503)
├── StorageError      files or database could not be written or read
└── MissingPart       an optional part is not installed; says how to get it

Programmer errors are RuntimeError and ValueError, and are allowed to crash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class Sentence(str):
    """A sentence in English that remembers how it was made, so that it can be said in another language.

    It is an ordinary string wherever nobody asks. `coach.error_texts` holds the other languages by the template.

    Args:
        template: The sentence, `{name}` where a value goes; without values it is taken as it is, braces too.
        fields: The values. One that is a Sentence itself is translated with the whole.
    """

    template: str
    fields: dict[str, Any]

    def __new__(cls, template: str, /, **fields: object) -> Sentence:
        """Fill the template in."""
        fields = {name: value if isinstance(value, str | int | float) else str(value) for name, value in fields.items()}
        self = super().__new__(cls, template.format(**fields) if fields else template)
        self.template, self.fields = template, fields
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Return what a copy in another process is made of."""
        return (self.template,), self.fields


class CoachError(Exception):
    """Root of all errors that carry a sentence for the user.

    Args:
        text: The sentence, or its template.
        fields: Values of the template.
    """

    def __init__(self, text: str = "", /, **fields: object) -> None:
        self.text = text if isinstance(text, Sentence) and not fields else Sentence(text, **fields)
        super().__init__(self.text)

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the error for people, each of its sentences translated."""
        return translate(self.text)


class InputError(CoachError):
    """What was given cannot be used: says what was expected, what came, what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands. Lines and columns count from 1."""

    path: str
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        where = self.path
        if self.line:
            where += f":{self.line}"
            if self.column:
                where += f":{self.column}"
        return f"{where} ({self.field})" if self.field else where


class ScenarioError(InputError):
    """One or more faults in a scenario file."""

    def __init__(self, problems: list[tuple[Place, str]]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{place}: {text}" for place, text in problems))

    def told(self, translate: Callable[[str], str]) -> str:
        """Return a line for each fault; a text that is a Sentence is translated."""
        return "\n".join(f"{place}: {translate(text)}" for place, text in self.problems)


class TranscriptError(InputError):
    """A transcript that holds nothing usable."""


class ConsentNeeded(InputError):
    """The rehearsal would get harsh, and the streamer has not agreed to that."""

    def __init__(self, intensity: int) -> None:
        self.intensity = intensity
        super().__init__(
            "Viewers may get harsh here (intensity {intensity} of 4). Agree to that, or choose an intensity up to 2.",
            intensity=intensity,
        )


class ReviewRefused(InputError):
    """A change to a review that cannot be made as things stand.

    Args:
        code: Why, for programs: `not_shared`, `unknown_item`, `not_yours`, `changed`, `two_focus_points`, `too_many`.
        text: Why, for people, or its template.
        fields: Values of the template.
    """

    def __init__(self, code: str, text: str, /, **fields: object) -> None:
        self.code = code
        super().__init__(text, **fields)


class AudioInputError(InputError):
    """A recording or stream that cannot be decoded or holds no audio."""


class EngineError(CoachError):
    """An engine failed. The loop degrades; it never stalls."""

    def __init__(self, engine: str, message: str, *, retryable: bool = False, **fields: object) -> None:
        self.engine = engine
        self.retryable = retryable
        self.message = message if isinstance(message, Sentence) and not fields else Sentence(message, **fields)
        super().__init__(f"{engine}: {self.message}")

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the engine's name and what is wrong with it."""
        return f"{self.engine}: {translate(self.message)}"


class RoomFull(CoachError):
    """No place for another rehearsal; try again after `retry_after_sec`."""

    def __init__(self, limit: int, retry_after_sec: int = 30) -> None:
        self.retry_after_sec = retry_after_sec
        super().__init__(
            "All {limit} rehearsal places are taken. Try again in {seconds} s.", limit=limit, seconds=retry_after_sec
        )


class StorageError(CoachError):
    """Files or database could not be written or read."""


class MissingPart(CoachError):
    """An optional part is not installed."""
