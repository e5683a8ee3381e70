"""Fixed words of the overview, in both languages."""

from __future__ import annotations

from coach.score.compliance import CATEGORY_NAMES

WORDS: dict[str, tuple[str, str]] = {
    "title": ("批量评分总览", "Scoring overview"),
    "files": ("份数", "files"),
    "scored": ("已打分", "scored"),
    "failed": ("无法打分", "not scored"),
    "with_problems": ("有几行没用上", "with lines left out"),
    "passed": ("达到场景要求", "met the scenario's pass rule"),
    "hours": ("总时长（小时）", "hours of talk"),
    "spread": ("分数分布", "How the scores spread"),
    "overall": ("总分", "Overall"),
    "pacing": ("节奏", "Pacing"),
    "coverage": ("卖点覆盖", "Coverage"),
    "composure": ("从容", "Composure"),
    "measured": (
        "测到 {count} 份，平均 {mean:.0f}，中间一半 {low:.0f}–{high:.0f}",
        "{count} measured, mean {mean:.0f}, middle half {low:.0f}–{high:.0f}",
    ),
    "not_measured": ("未测量", "not measured"),
    "weakest": ("讲得最少的卖点", "Points that came across least"),
    "point": ("卖点", "Point"),
    "must": ("必讲", "must be said"),
    "scenario": ("场景", "Scenario"),
    "result": ("结果", "Results"),
    "share_hit": ("讲清楚", "came across"),
    "hit": ("讲到", "hit"),
    "partial": ("讲了一部分", "partial"),
    "miss": ("漏讲", "missed"),
    "misstated": ("讲错", "misstated"),
    "focus": ("最常见的练习重点", "What most need to practise"),
    "what": ("练什么", "What"),
    "count": ("份数", "Files"),
    "lines": ("条数", "Lines"),
    "compliance": ("合规", "Compliance"),
    "compliance_sum": (
        "严重 {H} 处，警告 {M} 处，提示 {L} 处；讲错事实 {facts} 处；低于底价让步 {floor} 次",
        "Blocking: {H}. Warnings: {M}. Remarks: {L}. Fact errors: {facts}. Concessions below the floor price: {floor}.",
    ),
    "first_of": (
        "。相同的合在一起，共 {kinds} 种，这里是前 {shown} 种。",
        " Equal ones are counted together: the first {shown} of {kinds} are shown.",
    ),
    "times": ("次数", "Times"),
    "more_files": ("另有 {count} 份", "and {count} more"),
    "more_findings": ("合规另有 {count} 处", "Compliance findings not shown here: {count}"),
    "worst_findings": ("最严重的合规问题", "Worst compliance findings"),
    "term": ("用词", "Words"),
    "kind": ("类别", "Kind"),
    "quote": ("原话", "As said"),
    "instead": ("可以这样说", "Allowed instead"),
    "file": ("文件", "File"),
    "handling": ("观众发言的应对", "Handling of viewers' lines"),
    "handled_well": ("处理得好", "well"),
    "handled_weak": ("处理得一般", "weak"),
    "handled_badly": ("处理得不好", "badly"),
    "unanswered": ("没有回应", "unanswered"),
    "share": ("占比", "Share"),
    "trend": ("每位主播的走势（总分）", "Trend of each streamer (overall)"),
    "streamer": ("主播", "Streamer"),
    "mean": ("平均", "Mean"),
    "last": ("最近一次", "Latest"),
    "change": ("后三分之一减前三分之一", "Last third less first third"),
    "line": ("走势", "Line"),
    "more_streamers": ("另有 {count} 位主播，见 csv 或 parquet", "{count} more streamers: see the csv or parquet file"),
    "no_streamers": (
        "没有主播编号。用 --streamer、csv 的“主播”列，或每位主播一个文件夹。",
        "No streamer ids. Use --streamer, a csv column 'streamer', or a folder for each streamer.",
    ),
    "worst_files": ("最需要看的文件", "Files to look at first"),
    "errors": ("无法打分的文件（前 {count} 个）", "Files that could not be scored (first {count})"),
    "nothing": ("没有", "None"),
    "h_count": ("严重合规", "Blocking findings"),
    "floor": ("破底价", "Below floor"),
    "contents": ("内容", "Contents"),
    "versions": ("打分程序 {scorer}", "Scorer {scorer}"),
    "practice": (
        "练习数据，不是销量预测。每个数字的依据见 jsonl 里的评分卡。",
        "Practice numbers, not a sales forecast. The evidence of each number is on its scorecard in the jsonl file.",
    ),
}


class OverviewWords:
    """Fixed words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.index = 0 if language == "zh" else 1

    def __call__(self, key: str, **values: object) -> str:
        """Return a fixed word with its values."""
        text = WORDS[key][self.index]
        return text.format(**values) if values else text

    def category(self, name: str) -> str:
        """Return what a category of compliance findings is called; an unknown one as it is."""
        known = CATEGORY_NAMES.get(name)
        return name if known is None else (known.zh, known.en)[self.index]

    def of(self, text: dict[str, str]) -> str:
        """Return one language of a text of a scorecard."""
        return text["zh" if self.index == 0 else "en"]
