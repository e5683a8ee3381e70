"""How long a silence must last before it is taken for the end: least delay for the cut-ins that are allowed.

The silence itself tells something only as long as a pause might still end. Let S(t) be the share of pauses inside
utterances that last longer than t. Ending after t costs t if the utterance was finished (odds o) and is a cut-in with
probability S(t) if it was not, so for a belief b = ln o the best t makes exp(b) * t / worth + S(t) least, where `worth`
is the delay that one cut-in is worth. There is one `worth` for which cut-ins are as rare as is asked for; it is found
here, once. Below some belief the best t lies behind most pauses, above it right at the beginning: in between every
hangover would be late for an answer and still cut in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

SEPARATION = 2.0
"""How well beliefs tell the two apart, as normal distributions of log-odds that lie so many deviations apart: an area
of .92 under the curve. With 1.7 or 2.3 hangovers change by less than a tenth."""
MARGIN = 2.0
"""Cut-ins are planned to be so many times rarer than allowed: beliefs about real speech err more than a normal
distribution does, and nobody knows a speaker's pauses beforehand."""
DOUBTLESS = 4.6
"""Log-odds of 99 to 1."""
_STEP_SEC = 0.01
_BELIEFS = np.arange(-8.0, 8.01, 0.05)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pauses:
    """Lengths of pauses inside utterances: log-normal, as found in five languages (Campione and Véronis 2002)."""

    median_sec: float
    spread: float
    """Standard deviation of the natural logarithm."""

    def quantile(self, share: float) -> float:
        """Return the length, s, that this share of pauses is shorter than."""
        return float(np.exp(NormalDist(np.log(self.median_sec), self.spread).inv_cdf(share)))

    def longer(self, sec: Floats) -> Floats:
        """Return the share of pauses that last longer than each of `sec`."""
        normal = NormalDist(np.log(self.median_sec), self.spread)
        return np.array([1.0 - normal.cdf(float(value)) for value in np.log(sec)])


@lru_cache(maxsize=16)
def hangover_curve(pauses: Pauses, rate: float, shortest_sec: float, longest_sec: float) -> tuple[Floats, Floats]:
    """Return beliefs (log-odds of being finished, rising) and the silence that ends an utterance at each, s.

    Args:
        pauses: Of the usual speaker.
        rate: Share of pauses inside utterances in which an end is allowed.
        shortest_sec: No end comes earlier.
        longest_sec: None comes later.
    """
    longest_sec = max(longest_sec, shortest_sec)
    times = np.arange(shortest_sec, longest_sec + _STEP_SEC / 2, _STEP_SEC)
    longer = pauses.longer(times)
    going_on = NormalDist(-(SEPARATION**2) / 2, SEPARATION)
    weights = np.array([going_on.pdf(belief) for belief in _BELIEFS])
    weights /= weights.sum()
    low, high = 0.0, 8.0  # a cut-in is worth 1 s to 50 min
    for _ in range(20):
        middle = (low + high) / 2
        best = _best(times, longer, float(np.exp(middle)))
        low, high = (middle, high) if float(weights @ longer[best]) > rate / MARGIN else (low, middle)
    return _BELIEFS, times[_best(times, longer, float(np.exp(high)))]


def _best(times: Floats, longer: Floats, worth_sec: float) -> NDArray[np.intp]:
    """Return, for each belief, which of `times` costs least."""
    cost = np.exp(_BELIEFS)[:, None] * times[None, :] / worth_sec + longer[None, :]
    return np.asarray(cost.argmin(axis=1))
