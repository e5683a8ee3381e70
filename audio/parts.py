"""Say in a sentence what is missing where the voice packages are not installed."""

from __future__ import annotations

from importlib.util import find_spec

from coach.errors import MissingPart, Sentence

HOW_TO_GET = "uv sync --extra voice"


def is_installed(module: str) -> bool:
    """Return whether a package can be imported, without importing it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def require(module: str, purpose: str) -> None:
    """Check that a package is there before it is needed.

    Args:
        module: Import name, e.g. `av`.
        purpose: What needs it, as the subject of a sentence.

    Raises:
        MissingPart: If it is not installed; says how to get it.
    """
    if not is_installed(module):
        raise MissingPart(
            "{purpose} needs the Python package {module!r}, which is not installed. Run: {command}",
            purpose=Sentence(purpose),
            module=module,
            command=HOW_TO_GET,
        )
