"""`scenario check --fix`: safe edits at their place, a copy of the file as it was, and the difference."""

from __future__ import annotations

import difflib
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import InputError

if TYPE_CHECKING:
    from coach.scenario.finding import Finding
    from commands.scenario_check import Checked

_BOM = "\ufeff"


def fix_file(path: Path, raw: bytes, check: Callable[[str], Sequence[Finding]]) -> Checked:
    """Make the safe edits in a file.

    Args:
        path: The file.
        raw: What it holds.
        check: Returns the findings on a text.

    Raises:
        BrokenScenario: If its text cannot be told.
        InputError: If it has to be written and may not be.
    """
    from coach.scenario.encoding import encoding_name
    from coach.scenario.fix import fixed
    from commands.scenario_check import Checked

    text, recoded = _decoded(path, raw)
    result = fixed(text, check)
    done = (*recoded, *result.done)
    if not done:
        return Checked(path, result.left)
    backup = rewrite(path, raw, result.text, bom=raw.startswith(_BOM.encode()))
    was = encoding_name(raw) if recoded else ""
    return Checked(path, result.left, done, difference(text, result.text, path), was, backup)


def _decoded(path: Path, raw: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text; one in another encoding that can be told is fixed by writing it as UTF-8."""
    from coach.scenario.encoding import encoding_of, text_of
    from coach.scenario.finding import BrokenScenario

    try:
        return text_of(raw, str(path)), ()
    except BrokenScenario as error:
        found = encoding_of(raw)
        if found is None:
            raise
        return raw.decode(found), tuple(error.findings)


def difference(old: str, new: str, path: Path) -> str:
    """Return what changed, as a unified diff."""
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), f"{path} (before)", f"{path} (after)", lineterm="", n=1
    )
    return "\n".join(lines)


def rewrite(path: Path, raw: bytes, text: str, *, bom: bool = False) -> Path:
    """Replace a file in one step and return the copy of what it was.

    Raises:
        InputError: If the file may not be written, or the disk refuses; the file is then as it was.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
            raise InputError("{path} is read-only, so nothing was changed. Make it writable, or fix a copy.", path=path)
        backup = _free(target)
        backup.write_bytes(raw)
        _replace(target, (_BOM if bom else "").encode() + text.encode(), mode)
    except OSError as error:
        reason = error.strerror or error
        raise InputError("{path} could not be changed: {reason}. It is as it was.", path=path, reason=reason) from error
    return backup


def _replace(target: Path, content: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode))
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _free(target: Path) -> Path:
    """Return a name for the copy that nothing has: x.yaml.bak, x.yaml.bak2 and so on."""
    number = 1
    while (backup := target.with_name(f"{target.name}.bak{number if number > 1 else ''}")).exists():
        number += 1
    return backup
