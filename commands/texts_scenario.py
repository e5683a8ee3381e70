"""What `scenario check`, `show` and `new` say, in Chinese and English."""

from __future__ import annotations

SCENARIO_TEXTS: dict[str, tuple[str, str]] = {
    "cmd.scenario": ("新建、检查、查看或试播场景文件", "write, check, show or simulate scenario files"),
    # check
    "cmd.scenario.check": (
        "检查场景文件：每个问题给出行列和改法；有错误退出码 1，读不到文件退出码 2",
        "check scenario files: each fault with line, column and what to write instead; exit 1 on errors, 2 where a "
        "file cannot be read",
    ),
    "arg.check.fix": ("改正可以放心改的地方，并留一份 .bak", "put right what is safe to change; keeps a .bak"),
    "arg.check.json": ("输出 JSON，供自动检查使用", "print JSON, for automatic checks"),
    "check.ok": ("{path}：没有错误", "{path}: ok"),
    "check.total": ("{files} 个文件，{faulty} 个有错误", "{files} file(s), {faulty} with errors"),
    "check.empty": ("{path}：目录里没有 .yaml 文件", "{path}: no .yaml file in this folder"),
    "check.fixed": (
        "{path}：改了 {count} 处，原文件存为 {backup}",
        "{path}: {count} put right; the file as it was is kept as {backup}",
    ),
}
