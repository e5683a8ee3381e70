"""Fixed words of reports, in both languages."""

from __future__ import annotations

from coach.score.scorecard import Evidence, Metric, NamedScore, PressureCard, Scorecard, Text, ViewerOutcome
from coach.score.wording import clock

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("练习报告", "Rehearsal report"),
    "strength": ("先说好的", "What went well"),
    "focus": ("接下来练什么", "What to practise next"),
    "no_focus": ("这次没有特别要改的，照这样再练一遍。", "Nothing stands out to change. Rehearse once more like this."),
    "no_evidence": (
        "证据不足：这次能测的太少，看不出该练什么。",
        "Not enough evidence: too little could be measured to say what to practise.",
    ),
    "why": ("为什么", "Why"),
    "better": ("可以这样说", "Try saying"),
    "drill": ("怎么练", "Drill"),
    "scores": ("三项分数", "Three scores"),
    "not_measured": ("没有测", "Not measured"),
    "panels": ("四个方面", "Four panels"),
    "knowledge": ("知识", "Knowledge"),
    "skill": ("技能", "Skill"),
    "persuasion": ("转化（练习）", "Persuasion (practice)"),
    "composure": ("从容", "Composure"),
    "compliance": ("合规", "Compliance"),
    "panel_empty": ("这个版本还没有测这一项。", "This version does not measure it yet."),
    "persuasion_note": ("见下面每位观众的结果。", "See what became of each viewer below."),
    "pace": ("语速", "Pace"),
    "coverage": ("卖点", "Selling points"),
    "point": ("卖点", "Point"),
    "state": ("结果", "Result"),
    "quote": ("原话", "As said"),
    "missing": ("还差", "Missing"),
    "hit": ("讲到", "hit"),
    "partial": ("讲了一部分", "partial"),
    "miss": ("没讲到", "missed"),
    "misstated": ("数字不一致", "misstated"),
    "viewers": ("每位观众（练习数据，不是销量预测）", "Each viewer (practice numbers, not a sales forecast)"),
    "viewer": ("观众", "Viewer"),
    "outcome": ("结果", "Outcome"),
    "lines": ("发言", "Lines"),
    "answered": ("有回应", "Answered"),
    "bought": ("下单了", "bought"),
    "lost_patience": ("等不及走了", "ran out of patience"),
    "offended": ("不高兴走了", "left after a remark"),
    "satisfied": ("满意离开", "left satisfied"),
    "stayed": ("留下了", "stayed"),
    "findings": ("看到的", "Findings"),
    "metrics": ("数字", "Figures"),
    "metric": ("指标", "Figure"),
    "value": ("数值", "Value"),
    "band": ("舒服区间", "Easy range"),
    "method": ("怎么算的", "How it is measured"),
    "pressure": ("压力时刻", "Pressure moments"),
    "happened": ("发生了什么", "What happened"),
    "said": ("你说了什么", "What you said"),
    "first_word": ("开口", "First word"),
    "back": ("回到商品", "Back to the product"),
    "never": ("没有回来", "did not come back"),
    "versions": ("方法和版本", "Method and versions"),
    "confidence": ("可信度", "Confidence"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "low": ("低", "low"),
    "seconds": ("秒", "s"),
    "at_sec": ("时间（分:秒）", "Time (min:sec)"),
    "audience": ("在线人数", "Viewers online"),
}


class Words:
    """Fixed words and values in one language."""

    def __init__(self, language: str) -> None:
        self._index = 0 if language == "zh" else 1
        self.language = language

    def __call__(self, key: str) -> str:
        """Return a fixed word; an unknown key as it is."""
        return _WORDS[key][self._index] if key in _WORDS else key

    def of(self, text: Text) -> str:
        """Return a text in this language."""
        return text.zh if self._index == 0 else text.en

    def place(self, evidence: Evidence) -> str:
        """Return when a quote was said, or nothing where that is unknown."""
        return "" if evidence.start is None else clock(evidence.start)

    def no_focus(self, card: Scorecard) -> str:
        """Return why there is nothing to practise: nothing stands out, or nothing is known."""
        return self("no_focus" if card.is_measured else "no_evidence")

    def back(self, card: PressureCard) -> str:
        """Return how long it took to come back to the product."""
        if card.return_sec is not None:
            return f"{card.return_sec:g} {self('seconds')}"
        return self("not_measured" if card.is_wordless else "never")

    def answered(self, viewer: ViewerOutcome) -> str:
        """Return how many of a viewer's lines were answered."""
        return self("not_measured") if viewer.answered is None else str(viewer.answered)

    def score(self, score: NamedScore) -> str:
        """Return a score as shown, or why there is none."""
        return f"{score.value:.0f}" if score.value is not None else self("not_measured")

    def value(self, metric: Metric) -> str:
        """Return a figure with its unit."""
        if metric.value is None:
            return self("not_measured")
        return f"{metric.value:g} {metric.unit}".strip()

    def band(self, metric: Metric) -> str:
        """Return the range without remark."""
        if metric.band is None:
            return ""
        low, high = metric.band
        return f"{low:g}" if low == high else f"{low:g}-{high:g}"
