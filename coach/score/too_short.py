"""A rehearsal that ended before much could be said: what is missing from it tells nothing of the streamer."""

from __future__ import annotations

from coach.scenario.model import Scenario
from coach.score.coverage import Coverage
from coach.score.timeline import Timeline
from coach.score.wording import both

LEAST_SEC = 20.0
"""Length of a rehearsal under which its points are not scored: that of the speech that pacing needs."""
ENDED_EARLY = both(
    "这次练了不到 20 秒就结束了，说得还不够：卖点覆盖和总分先不打。",
    "This ended within 20 seconds: not enough was said to score the selling points and the whole.",
)


def if_long_enough(coverage: Coverage, timeline: Timeline, scenario: Scenario) -> Coverage:
    """Return coverage, without its score where a rehearsal ended before its points could be told.

    Drills and replayed moments are short by design and have a result of their own; a transcript is as long as it is.
    """
    replayed = timeline.started is not None and bool(timeline.started.replay_of)
    is_whole = scenario.kind == "drill" or replayed or timeline.is_transcript or not timeline.is_timed
    if is_whole or not timeline.worded or timeline.duration_sec >= LEAST_SEC:
        return coverage
    return coverage.unscored(ENDED_EARLY)
