"""What tells that something happened that a script did not foresee."""

from __future__ import annotations


class ScriptError(AssertionError):
    """Something happened that the script did not foresee, or a step was not used."""
