"""How harsh a rehearsal may get, and the streamer's word that it may. Nobody is met with hostility unasked."""

from __future__ import annotations

from dataclasses import replace

from coach.errors import ConsentNeeded, InputError
from coach.scenario.load import LoadedScenario

CONSENT_FROM = 3
"""Intensity from which the streamer must have agreed: mockery ends there, insults begin (DOMAIN §3.6)."""
MOST = 4


def agreed(loaded: LoadedScenario, *, intensity: int | None, consent: bool) -> LoadedScenario:
    """Return the scenario as harsh as it may be: never beyond its author's cap, nor beyond what was asked for.

    Args:
        loaded: As the author wrote it.
        intensity: Wished cap, 0 to 4; None: the author's.
        consent: Whether the streamer agreed to intensity 3 and 4.

    Raises:
        InputError: If the intensity is none.
        ConsentNeeded: If it would be 3 or 4 and the streamer has not agreed.
    """
    if intensity is not None and not 0 <= intensity <= MOST:
        raise InputError("Expected an intensity from 0 to {most}, got {intensity}.", most=MOST, intensity=intensity)
    scenario = loaded.scenario
    cap = scenario.intensity_cap if intensity is None else min(intensity, scenario.intensity_cap)
    if cap >= CONSENT_FROM and not consent:
        raise ConsentNeeded(cap)
    if cap == scenario.intensity_cap:
        return loaded
    return replace(loaded, scenario=scenario.model_copy(update={"intensity_cap": cap}))
