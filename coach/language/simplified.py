"""Chinese in simplified characters, whatever it was written in. A text keeps its length, so places stay true."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_TRADITIONAL = re.compile(
    "[這個們來說對時會後為過開關買賣價錢單號鏈圖體無還讓給裡錯發貨質麼樣現點線條雙紅綠藍黃顏寬長輕軟試領頭麵裝倉庫"
    "優贈謝歡進問題應該實際當請聽話講語嗎總贊場樓區車購連結訂閱氣熱鍋電機腦產廠證書級別緊張慮數據頁圍繞絲綿絨襯褲襪]"
)
"""Characters of which hardly any traditional sentence has none."""


def simplified(text: str) -> str:
    """Return the text in simplified characters, one for one."""
    if not _TRADITIONAL.search(text):
        return text
    found = _converter()(text)
    return found if len(found) == len(text) else "".join(map(_converter(), text))


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
