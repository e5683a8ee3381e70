"""What an answer did, in words: told where the learned judge decided how a line was handled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.language import language_for
from coach.score.scorecard import HandledLine, Text
from coach.score.wording import both

LEARNED = "learned"
"""First reason of a line on which the learned judge overruled the rules; the second is one of `WAYS`."""

WAYS: dict[str, Text] = {
    "depends": both("推给个人情况，没有给答案", "it left it to taste or circumstances and gave no answer"),
    "vague": both("说得笼统，没有具体数字", "general words, without a figure"),
    "assures_only": both("只有让人放心的话，没有能查的东西", "reassurance alone, nothing anybody could check"),
    "hints": both("嘴上不说，却用熟人的例子或暗示说了", "it said by hints or somebody's story what must not be said"),
    "blames": both("把问题推给买的人或别人", "it put the trouble on the buyer or somebody else"),
    "runs_down": both("靠贬低别家来回答", "it answered by running others down"),
    "plays_down": both("把要紧的事说轻了", "it played down what matters"),
    "sends_away": both("让人自己去看页面", "it sent the viewer off to read the page"),
    "puts_off": both("往后推，没有答", "it put the answer off"),
    "scolds": both("语气在训人", "it told the viewer off"),
    "chats": both("聊起了自己的事", "it turned into talk about oneself"),
    "elsewhere": both("讲的是别的事", "it was about something else"),
    "gives_more": both("除了价格又让了别的", "it gave more on top of the price"),
    "cut": both("话没有说完", "it stopped half-way"),
    "untold": both("问的那一点没有说出来", "it did not say the very thing that was asked"),
    "contradicts": both("跟商品资料对不上", "it does not agree with the product sheet"),
    "near_claim": both("说法接近不能说的承诺", "it comes close to a claim that must not be made"),
    "owns": both("认了问题", "it owned up"),
    "remedies": both("给了解决办法", "it offered a way to put it right"),
    "proves": both("拿出了能查的依据", "it gave something to check"),
    "fair": both("实话实说，也说了对方的好", "it was frank, and fair to others"),
    "says_no": both("把不能说的拒绝了", "it said no to what must not be said"),
    "cares": both("先顾着人", "it looked after the person first"),
    "plain": both("一句话答清楚了", "it answered plainly"),
    "substance": both("说出了问的内容", "it told what was asked"),
    "alike": both("看整句的说法", "how it is put as a whole"),
}
"""Way of `coach.room.answer_judge` → words that follow "what decided"."""
_MOST = 3
_HAN = re.compile(r"[\u4e00-\u9fff]")


def has_figure(line: HandledLine) -> bool:
    """Return whether a figure stands in the answer to a line: 一百八十克, "four minutes"."""
    said = [item.quote for item in line.evidence if item.speaker == "streamer"]
    return any(language_for("zh" if _HAN.search(text) else "en").numbers(text) for text in said)


def way_told(line: HandledLine) -> Text | None:
    """Return what the learned judge saw in an answer; None where the rules decided, or where there is no answer."""
    if line.handled == "unanswered" or LEARNED not in line.reasons[:1]:
        return None
    ways = [reason for reason in line.reasons[1:] if reason in WAYS]
    if not ways:
        return None
    return WAYS["alike" if ways[0] == "vague" and has_figure(line) else ways[0]]


def ways_told(lines: Sequence[HandledLine]) -> Text | None:
    """Return the same of several lines in one sentence."""
    ways = list(dict.fromkeys(way for line in lines if (way := way_told(line)) is not None))[:_MOST]
    if not ways:
        return None
    return both(
        f"判断依据：{'；'.join(way.zh for way in ways)}。", f"What decided: {'; '.join(way.en for way in ways)}."
    )
