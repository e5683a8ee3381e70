"""What a bare answer claims: "yep, it does" to "does it turn off by itself?" says that it turns off by itself."""

from __future__ import annotations

import re

_MARKS = "?？。.!！~～ "
_CALLED_ZH = r"(?:[嗯哎啊哦欸诶那，,、 ]*)"
_YES_ZH = re.compile(
    rf"^{_CALLED_ZH}(?:(?:这个|它|那)?(?:当然|肯定|绝对|必须|都|也|全都|确实)?"
    r"(?:是|对|能|会|可以|有|没错|支持|没问题|包|行|送)(?:[的啊呀哦呢滴哒]*)"
    r"|当然|必须的|那必须|肯定的|没错|对对+)(?:[，,。！!、 ]|$|放心|亲|宝|姐|哥)"
)
_NO_ZH = re.compile(
    rf"^{_CALLED_ZH}(?:这个|它|完全|根本|真的|一点都|一点也|都|绝对)*"
    r"(?:不用|不会|不需要|没有|不是|不要|不必|不含|没|不)(?:[的啊呀哦呢]*)(?:[，,。！!、 ]|$|放心|亲|宝|姐|哥)"
)
_CALLED_EN = r"^(?:(?:um|uh|oh|so|well|ah|mm|ha|haha|hey)[, ]+)*"
_SURELY_EN = "(?:sure |really |totally )?"
_SUBJECT_EN = r"(?:it|they|this|that|these|those|we|you|there|he|she)"
_YES_EN = re.compile(
    _CALLED_EN
    + r"(?:(?:yes|yep|yup|yeah|absolutely|definitely|of course|correct|exactly|totally|for sure|you bet|sure)"
    rf"(?:[, ]+(?:yes|ma'am|sir|indeed|absolutely"
    rf"|{_SUBJECT_EN} {_SURELY_EN}(?:is|are|does|do|will|can|has|have|did)))*"
    rf"|{_SUBJECT_EN} {_SURELY_EN}(?:is|are|does|do|will|can|has|have)(?:[, ]+yes)?"
    r"|(?:sure|it sure) (?:is|does|do|are|will|can)|that's right|that's it)(?:[,.!;]|$)",
    re.IGNORECASE,
)
_NO_EN = re.compile(
    _CALLED_EN + r"(?:(?:no|nope|nah|none|never|not at all|not a bit|no way)"
    r"(?:[, ]+(?:no|none|ma'am|sir|at all|not at all|whatsoever|never"
    rf"|{_SUBJECT_EN} (?:isn't|aren't|doesn't|don't|won't|can't|hasn't|haven't)))*"
    rf"|{_SUBJECT_EN} (?:isn't|aren't|doesn't|don't|won't|can't))(?:[,.!;]|$)",
    re.IGNORECASE,
)
_ASKS_EN = re.compile(
    r"^(?:.*?[,.:;] *)?(?:so |and |but |wait |um |hey |ok |okay )*"
    r"(?P<verb>is|are|was|does|do|did|can|will|would|could|has|have|should)(?P<not>n't| not)?\b\s*"
    r"(?:(?:it|this|that|they|these|those|you guys|you|we|i|there)\b\s*)?",
    re.IGNORECASE,
)
_ANY_EN = re.compile(r"^(?:really |actually |have |need |got |even |still )*(?:any |a |an )?", re.IGNORECASE)
_OPEN_EN = re.compile(r"^(?:\S+ ){0,2}(?:what|which|who|whose|when|where|why|how)\b|\bor (?!not\b)", re.IGNORECASE)
_OPEN_ZH = re.compile(r"什么|多少|多久|多大|多长|多重|几[个天年斤只]|哪|怎么|为啥|还是|谁")
_CHOICE_ZH = re.compile(r"(\w)(?:不|没)\1")
_IS_ZH = re.compile(r"是不是|是否|确定|真的")
_END_ZH = re.compile(r"[吗嘛么呢吧啊呀不没]+$")
_FIRST_ZH = re.compile(r"[，,。！!、 ]")
_ECHO = 5
"""Characters of an answer that only repeats the verb of the question (能坐 to 两百斤能坐吗)."""
_DENIABLE_ZH = re.compile(r"会|要|用|需要|能|有|含|带|得|怕")


def claim_of(question: str, answer: str, code: str) -> str | None:
    """Return the statement that a bare yes or no to a viewer's question amounts to; None where it is neither.

    Args:
        question: The viewer's line.
        answer: What was said next.
        code: Language of both.
    """
    line = question.strip(_MARKS)
    if (_OPEN_ZH if code == "zh" else _OPEN_EN).search(line):
        return None
    if code == "zh":
        return _claim_zh(line, answer)
    asked = _ASKS_EN.match(line)
    if asked is None and not question.rstrip().endswith("?"):
        return None
    rest = line[asked.end() :] if asked else line
    if _YES_EN.search(answer):
        return rest
    return f"not {_ANY_EN.sub('', rest)}" if asked and _NO_EN.search(answer) else None


def _claim_zh(line: str, answer: str) -> str | None:
    echo = _END_ZH.sub("", _FIRST_ZH.split(answer.strip(), maxsplit=1)[0].rstrip("的"))
    if 1 < len(echo) <= _ECHO and echo[0] in "不没" and echo[1:] in line:
        return _END_ZH.sub("", _CHOICE_ZH.sub(r"\1", line)).replace(echo[1:], echo, 1).replace(f"会{echo}", echo)
    if _YES_ZH.search(answer) or (1 < len(echo) <= _ECHO and echo in line):
        return _agreed_zh(line)
    return _denied_zh(line) if _NO_ZH.search(answer) else None


def _agreed_zh(line: str) -> str:
    plain = _IS_ZH.sub("", line).replace("有没有", "有")
    return _END_ZH.sub("", _CHOICE_ZH.sub(r"\1", plain))


def _denied_zh(line: str) -> str | None:
    plain = _END_ZH.sub("", _IS_ZH.sub("", line))
    for pattern, put in ((re.compile("有没有"), "没有"), (_CHOICE_ZH, r"不\1"), (_DENIABLE_ZH, r"不\g<0>")):
        if pattern.search(plain):
            return pattern.sub(put, plain, count=1).replace("不有", "没有")
    return None
