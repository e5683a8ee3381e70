"""Pure scoring: records in, scorecard out."""

from __future__ import annotations

from coach.score.scorer import score

__all__ = ["score"]
