"""Words of one kind of which a product has some: naming another of the kind contradicts its sheet."""

from __future__ import annotations

import re
from functools import lru_cache

_FAMILIES: dict[str, tuple[str, ...]] = {
    "zh": (
        "棉 涤纶 化纤 氨纶 聚酯纤维 聚酯 尼龙 锦纶 莫代尔 冰丝 亚麻 羊毛 羊绒 真丝 人造棉 粘胶 腈纶 牛皮 人造革 皮革",
        "牛肉 猪肉 鸡肉 鸭肉 羊肉 鱼肉 马肉",
        "不锈钢 铸铁 铝合金 铝 陶瓷 玻璃 塑料 麦饭石 钛 铜",
        "白桃 草莓 芒果 葡萄 柠檬 原味 香草 巧克力 抹茶 榴莲",
        "蜂蜜 白砂糖 冰糖 红糖 代糖 果葡糖浆",
        "日本 韩国 德国 美国 法国 意大利 澳洲 新西兰 泰国 越南 瑞士 英国 国产",
    ),
    "en": (
        "cotton polyester nylon spandex lycra wool cashmere silk linen rayon viscose bamboo acrylic leather denim",
        "beef pork chicken turkey lamb",
        "steel aluminum copper ceramic glass plastic titanium teflon bamboo wood",
        "dropper pump tube jar spray stick",
        "colombia ethiopia brazil kenya guatemala peru honduras sumatra vietnam hawaii kona",
        "arabica robusta",
        "honey sugar stevia sucralose syrup",
        "china japan korea germany italy france canada mexico india usa america switzerland",
        "glycinate oxide citrate malate threonate sulfate",
    ),
}


@lru_cache(maxsize=512)
def other_members(text: str, sheet: str, code: str) -> frozenset[str]:
    """Return the words that a point's text rules out by naming another of their kind, those of the sheet left out.

    Args:
        text: What belongs to the point.
        sheet: Everything on the product sheet.
        code: `zh` or `en`.
    """
    found: set[str] = set()
    for family in _FAMILIES[code]:
        members = family.split()
        if any(_names(text, member, code) for member in members):
            found |= {member for member in members if not _names(sheet, member, code)}
    return frozenset(found)


def _names(text: str, word: str, code: str) -> bool:
    if code == "zh":
        return word in text
    return bool(re.search(rf"\b{word}n?\b", text.lower()))
