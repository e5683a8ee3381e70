"""Which servers an installation sends something to, for the page that tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from audio.engine_report import EngineReport
    from coach.settings import Settings
    from web.composition import Sends, Sent


def sends(settings: Settings, engines: Iterable[EngineReport]) -> tuple[Sends, ...]:
    """Return what is set up, by host alone: an address may hold a key or a password."""
    from web.composition import Sends

    in_use = {(engine.port, engine.name.partition(" ")[0]) for engine in engines}
    addresses: dict[Sent, str | None] = {
        "transcription": settings.transcription.base_url if ("recognizer", "openai") in in_use else None,
        "speech": settings.speech.base_url if ("synthesizer", "openai") in in_use else None,
        "chat_model": settings.llm.base_url,
        "judge": settings.judge.base_url,
        "proposals": settings.judge.base_url if settings.judge.proposes_coverage else None,
        "telemetry": settings.telemetry.endpoint,
        "database": settings.database_url,
    }
    hosts = {what: urlsplit(address).hostname for what, address in addresses.items() if address}
    return tuple(Sends(what, host) for what, host in hosts.items() if host)
