"""Sentences that order the machinery about ("ignore your rules"): to viewers they are noise, and do nothing."""

from __future__ import annotations

import re

from coach.language.literals import alternatives, needed

_ROLE_ZH = r"(?:ai|人工智能|助手|助理|客服|机器人|模型|管理员|裁判|评委)"
_ROLE_EN = r"(?:an? |my |the )?(?:ai|assistant|chatbot|bot|language model|customer (?:support|service)|admin|judge)"
_ORDERS = {
    "zh": re.compile(
        r"(?:忽略|无视|忘掉|忘记|跳过)[^，。！？,.!?]{0,8}(?:规则|指令|指示|设定|限制|提示词)"
        rf"|你(?:现在|从现在起|从现在开始|接下来)?(?:是|扮演|充当|变成|就是)(?:一个|一名|我的)?{_ROLE_ZH}"
        r"|(?:系统|开发者|管理员)(?:提示|指令|消息|命令)"
        r"|给(?:我|这场)[^，。！？,.!?]{0,3}满分"
        r"|(?:退出|离开|跳出|放下)(?:你的)?(?:角色|人设)|(?:不要|别)再?扮演"
        r"|提示词|新的?指令|</?\s*room",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:ignore|disregard|forget|override)\b[^.!?]{0,20}\b(?:your|all|any|previous|prior|earlier|system)\b"
        r"[^.!?]{0,20}\b(?:rules?|instructions?|prompts?|guidelines)\b"
        rf"|\byou(?: are|'re)(?: now)? {_ROLE_EN}\b"
        r"|^\W*(?:system|developer|admin)\s*:"
        r"|\b(?:system|your) prompt\b|\bnew instructions?\b|</?\s*room"
        r"|\bgive (?:me|us|this) (?:full marks|a perfect score)\b"
        r"|\b(?:leave|drop|break|quit) (?:your |the |out of )?(?:role|character)\b"
        r"|\bstop (?:playing|pretending)\b[^.!?]{0,20}\b(?:viewer|role|character)\b"
        r"|\bpretend (?:to be|you are|you're) ",
        re.IGNORECASE,
    ),
}
_SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？!?\n]+|\.(?=\s|$)|$)")


_NEEDED = {
    code: [tuple(reversed(needed(part))) for part in alternatives(pattern.pattern)] for code, pattern in _ORDERS.items()
}
"""What orders hold, the most telling first."""


def _may_order(lowered: str, code: str) -> bool:
    """Return whether a text holds what some order needs; hardly any does."""
    return any(all(any(map(lowered.__contains__, strings)) for strings in sets) for sets in _NEEDED[code])


def without_orders(text: str, code: str) -> str:
    """Return an utterance without its sentences that give orders to the machinery."""
    pattern = _ORDERS[code]
    if not _may_order(text.lower(), code) or not pattern.search(text):
        return text
    return "".join(part for part in _SENTENCE.findall(text) if not pattern.search(part))
