from __future__ import annotations

import pytest

from coach.errors import ConsentNeeded, InputError
from coach.scenario.consent import agreed
from coach.scenario.load import LoadedScenario, parse_scenario
from tests.scenario.samples import broken


def scenario(cap: int) -> LoadedScenario:
    return parse_scenario(broken("intensity_cap: 2", f"intensity_cap: {cap}"))


@pytest.mark.parametrize(
    ("cap", "wished", "consent", "becomes"),
    [
        (2, None, False, 2),
        (2, 4, False, 2),
        (4, 2, False, 2),
        (4, 0, False, 0),
        (4, None, True, 4),
        (4, 3, True, 3),
        (4, None, False, None),
        (3, 4, False, None),
    ],
)
def test_nobody_meets_more_than_was_agreed(cap: int, wished: int | None, consent: bool, becomes: int | None) -> None:
    if becomes is None:
        with pytest.raises(ConsentNeeded, match="up to 2"):
            agreed(scenario(cap), intensity=wished, consent=consent)
    else:
        assert agreed(scenario(cap), intensity=wished, consent=consent).scenario.intensity_cap == becomes


def test_what_is_no_intensity_is_refused() -> None:
    with pytest.raises(InputError, match="0 to 4, got 5"):
        agreed(scenario(2), intensity=5, consent=True)
