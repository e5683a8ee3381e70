"""The part of `doctor` that asks the servers an installation has set up whether they are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands.checks import Check
from commands.texts import Say

if TYPE_CHECKING:
    from pydantic import SecretStr

    from coach.settings import Settings

_TIMEOUT_SEC = 2.0
"""A server that takes longer to list its models answers nobody in time."""


def servers(settings: Settings, say: Say, *, ask: bool) -> Iterator[Check]:
    """Yield a line for each server that is set up.

    Args:
        settings: Where they are.
        say: Texts.
        ask: Whether to contact them.
    """
    for part, server, variable in (
        ("doctor.llm", settings.llm, "COACH_LLM"),
        ("doctor.transcription", settings.transcription, "COACH_TRANSCRIPTION"),
        ("doctor.speech", settings.speech, "COACH_SPEECH"),
    ):
        if server.base_url:
            values = {"model": server.model, "url": server.base_url}
            trouble = _trouble(server.base_url, server.api_key, variable, say) if ask else None
            key = "doctor.llm_set" if not ask else "doctor.server_answers"
            text = say(key, **values) if trouble is None else trouble
            yield Check(say(part), "ok" if trouble is None else "bad", text)
        elif part == "doctor.llm":
            yield Check(say(part), "ok", say("doctor.llm_none"))


def _trouble(url: str, key: SecretStr, variable: str, say: Say) -> str | None:
    """Ask for the list of models, which every server of that protocol has; return what is wrong."""
    import httpx2

    headers = {"Authorization": f"Bearer {key.get_secret_value()}"}
    try:
        answer = httpx2.get(f"{url.rstrip('/')}/models", headers=headers, timeout=_TIMEOUT_SEC, follow_redirects=True)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        return say("doctor.server_silent", url=url, reason=str(error) or type(error).__name__, variable=variable)
    if answer.status_code in (401, 403):
        return say("doctor.server_key", url=url, status=answer.status_code, variable=variable)
    # Some small servers have no such list and still work: only faults of their own count.
    if answer.status_code >= 500:
        return say("doctor.server_silent", url=url, reason=f"HTTP {answer.status_code}", variable=variable)
    return None
