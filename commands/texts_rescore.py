"""What `rescore` says, in Chinese and English."""

from __future__ import annotations

RESCORE_TEXTS: dict[str, tuple[str, str]] = {
    "cmd.rescore": (
        "按现在的规则给以前的排练重新打分，说明哪里变了、为什么；加 --write 才保存",
        "score old rehearsals by today's rules and say what changed and why; kept only with --write",
    ),
    "arg.rescore.rehearsals": ("排练编号或排练目录", "ids or folders of rehearsals"),
    "arg.rescore.all": ("所有打过分的排练，从最早的开始", "all scored rehearsals, the oldest first"),
    "arg.rescore.write": (
        "保存新的评分卡；旧的留在旁边（scorecard.1.json、scorecard.2.json…）",
        "keep the new scorecards; the old ones stay beside them (scorecard.1.json, scorecard.2.json …)",
    ),
    "arg.rescore.format": ("text 或 json", "text or json"),
    "rescore.which": (
        "要给哪些排练重新打分？写编号或目录，或者用 --all，二选一。",
        "Which rehearsals? Name ids or folders, or use --all; one of the two.",
    ),
    "rescore.total": ("重新打分 {count} 场，{changed} 场有变化。", "{count} scored again, {changed} with changes."),
    "rescore.not_written": ("没有保存；要保存请加 --write。", "Nothing was written; add --write to keep the new ones."),
}
