"""What a model that should have graded did not do, as one note for whoever reads the report."""

from __future__ import annotations

from collections.abc import Sequence

from coach.error_texts import in_chinese
from coach.score.scorecard import Text
from coach.score.wording import both


def judge_note(failed: int, requests: int, reasons: Sequence[tuple[str, int]]) -> Text:
    """Return how often a model gave no usable answer, why, and what that means for the rubric.

    Args:
        failed: Requests without one, 1 at least.
        requests: All.
        reasons: Each sentence and how often it was so.
    """
    zh = "；".join(f"{in_chinese(reason)}（{count} 次）" for reason, count in reasons)
    en = "; ".join(f"{reason} ({count}×)" for reason, count in reasons)
    rest = ("没有评到的", "What it did not grade") if failed < requests else ("所有评分项", "The whole rubric")
    return both(
        f"打分的模型 {requests} 次里有 {failed} 次没有给出可用的回答：{zh}。{rest[0]}由规则估计。",
        f"The model that grades gave no usable answer to {failed} of {requests} requests: {en}. "
        f"{rest[1]} is estimated by rules.",
    )


def not_asked(kind: str) -> Text:
    """Return that a model could not be asked at all, `kind` being the name of what went wrong."""
    return both(
        f"打分的模型没法问（{kind}），请检查地址和设置。所有评分项由规则估计。",
        f"The model that grades could not be asked ({kind}); check its address and settings. "
        "The whole rubric is estimated by rules.",
    )
