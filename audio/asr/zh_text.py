"""Chinese as this product writes it: simplified characters, full-width marks, no spaces between characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_HAN = r"\u3400-\u9fff"
_MARKS = {",": "，", "?": "？", "!": "！", ";": "；", ":": "："}


def tidy(text: str) -> str:
    """Return recognised Chinese in one form, whatever form the model chose.

    這款產品, 好嗎? becomes 这款产品，好吗？
    """
    text = simplified(text)
    text = re.sub(rf"(?<=[{_HAN}])\s*([,?!;:])", lambda found: _MARKS[found[1]], text)
    return re.sub(rf"(?<=[{_HAN}，。？！；：、])\s+|\s+(?=[{_HAN}，。？！；：、])", "", text).strip()


def simplified(text: str) -> str:
    """Return text in simplified characters; unchanged where OpenCC is not installed."""
    return _converter()(text)


@cache
def _converter() -> Callable[[str], str]:
    try:
        from opencc import OpenCC
    except ImportError:
        return str
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
