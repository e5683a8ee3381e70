"""Rubric items: asked of a language model where one is set up, estimated by rules where none is."""

from __future__ import annotations

from coach.score.judge.judge import Judge, JudgeResult
from coach.score.judge.rules import judged_by_rules

__all__ = ["Judge", "JudgeResult", "judged_by_rules"]
