"""What stages and the things in them are called, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.scorecard import Text
from coach.score.wording import both

NAMES: dict[str, Text] = {
    "welcome": both("开场", "Welcome"),
    "hook": both("留人", "Hook"),
    "engage": both("互动", "Engage"),
    "pain": both("痛点", "Need"),
    "value": both("塑品", "Value"),
    "proof": both("信任", "Proof"),
    "price": both("报价", "Price"),
    "close": both("逼单", "Close"),
    "qa": both("答疑", "Q&A"),
    "switch": both("转品", "Switch"),
    "wrapup": both("收尾", "Wrap-up"),
}
ITEMS: dict[str, Text] = {
    "identity": both("你是谁", "who you are"),
    "theme": both("今天讲什么", "what this is about"),
    "benefit": both("有什么好处", "what is in it for them"),
    "when": both("什么时候", "when"),
    "question": both("一个答得上来的问题", "a question they can answer"),
    "scene": both("一个具体场景", "one scene"),
    "two_points": both("两个卖点", "two selling points"),
    "evidence": both("证据", "evidence"),
    "policy": both("真实的售后条款", "the true policy"),
    "exact_price": both("准确的到手价", "the exact price"),
    "included": both("包含什么", "what is included"),
    "conditions": both("条件", "the conditions"),
    "link_number": both("几号链接", "the link's number"),
    "how_to_order": both("怎么下单", "how to order"),
    "answered": both("回答", "an answer"),
    "back_to_thread": both("答完回到讲品", "the way back to the product"),
    "bridge": both("过渡", "a bridge"),
    "recap": both("回顾", "a recap"),
    "follow": both("下次见", "when to come back"),
}


def joined(texts: Sequence[Text]) -> tuple[str, str]:
    """Return several names as one list in each language."""
    return "、".join(text.zh for text in texts), ", ".join(text.en for text in texts)
