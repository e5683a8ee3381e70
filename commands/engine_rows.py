"""The engines of this machine as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable

from audio.engine_report import EngineReport as FoundEngine
from coach.score.scorecard import Text
from web.composition import EngineReport


def for_page(found: Iterable[FoundEngine]) -> tuple[EngineReport, ...]:
    """Return what was found, with notes in both languages."""
    return tuple(row_of(engine) for engine in found)


def row_of(engine: FoundEngine) -> EngineReport:
    """Return one of them."""
    return EngineReport(engine.port, engine.name, engine.ready, Text(zh=engine.note_zh, en=engine.note_en))
