"""What `scenario simulate` says, in Chinese and English."""

from __future__ import annotations

SIMULATE_TEXTS: dict[str, tuple[str, str]] = {
    "cmd.scenario.simulate": (
        "让脚本主播试播一个场景：不用声音和模型，几秒看出观众会怎样",
        "let scripted streamers play a scenario: no sound, no model, seconds to see what the viewers do",
    ),
    "arg.simulate.streamer": (
        "哪种主播（默认 all）：skilled 熟练、flustered 慌乱、silent 冷场、rude 粗鲁、banned_claims 乱承诺",
        "which streamer (default all): skilled, flustered, silent, rude, banned_claims",
    ),
    "arg.simulate.seeds": ("每种主播试几场（默认 10）", "rehearsals per streamer (default 10)"),
    "arg.simulate.workers": ("同时用几个进程（默认：处理器数）", "processes at once (default: processors)"),
    "arg.simulate.difficulty": ("难度 1 到 5（默认按场景）", "difficulty 1 to 5 (default: the scenario's)"),
    "arg.simulate.json": ("输出 JSON", "print JSON"),
    "arg.simulate.transcript": ("再打印每种主播第一场的经过", "also print the first rehearsal of each streamer"),
    "arg.simulate.watch": (
        "文件一改就重新试播，按 Ctrl-C 结束",
        "play again whenever the file changes; end with Ctrl-C",
    ),
    "simulate.title": (
        "{title}（{id}，难度 {difficulty}，{minutes:g} 分钟，每种主播 {seeds} 场，种子 0 到 {last}）",
        "{title} ({id}, difficulty {difficulty}, {minutes:g} min, {seeds} rehearsals each, seeds 0 to {last})",
    ),
    "simulate.column.streamer": ("主播", "streamer"),
    "simulate.column.kept": ("停留", "kept"),
    "simulate.column.resolved": ("化解", "resolved"),
    "simulate.column.intent": ("意愿", "intent"),
    "simulate.column.bought": ("下单", "bought"),
    "simulate.column.satisfied": ("满意走", "satisfied"),
    "simulate.column.lost": ("流失", "lost"),
    "simulate.column.offended": ("气走", "offended"),
    "simulate.column.lines": ("弹幕/语音", "chat/voice"),
    "simulate.streamer.skilled": ("熟练", "skilled"),
    "simulate.streamer.flustered": ("慌乱", "flustered"),
    "simulate.streamer.silent": ("冷场", "silent"),
    "simulate.streamer.rude": ("粗鲁", "rude"),
    "simulate.streamer.banned_claims": ("乱承诺", "banned claims"),
    "simulate.note": (
        "练习数字，不是销售预测。停留：观众留下的时间占整场的比例，捣乱的不算；化解：提出的异议有多少被好好回应、人没有因此走掉；"
        "意愿：下单算 1，满意走算一半，还在的按耐心乘信任。人数是每场平均，弹幕/语音是每分钟条数。",
        "Practice numbers, no sales forecast. Kept: share of the time viewers stayed, troublemakers left out. "
        "Resolved: objections handled well, the viewer not walking out on it. Intent: bought 1, satisfied half, those "
        "still here patience times trust. Viewers per rehearsal; chat/voice: lines a minute.",
    ),
    "simulate.ordered": (
        "顺序正常：熟练的主播留住的观众和购买意愿都最多。",
        "In order: the skilled streamer keeps most viewers and most intent to buy.",
    ),
    "simulate.unordered": (
        "顺序不对：{better} 在{measure}上不如 {worse}。这个场景可能教错东西，检查观众的耐心、证据和价格上限。",
        "Out of order: {better} does worse than {worse} in {measure}. This scenario may teach the wrong thing; look at "
        "the viewers' patience, evidence and price limits.",
    ),
    "simulate.rules": (
        "{what}：{count} 处，例如 {example}",
        "{what}: {count}, for instance {example}",
    ),
    "simulate.rule.repeated": ("重复的话", "lines said twice"),
    "simulate.rule.promises": ("超出观众状态的让步", "concessions beyond a viewer's state"),
    "simulate.rule.breaches": ("超过强度上限的话", "lines hotter than the intensity cap"),
    "simulate.watching": ("等待 {path} 改动……", "waiting for {path} to change ..."),
}
