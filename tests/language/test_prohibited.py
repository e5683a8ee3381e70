"""What a sheet rules out, or has in one place only, in words of its own. The products are in no set."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.prohibited import Prohibitions
from coach.language.sheet_line import SheetLine

SHEETS = {
    "zh": [
        SheetLine("清洁", "清洁：不要用硬毛刷刷镜面；免水洗，不用擦"),
        SheetLine("加绒", "加绒：只在手掌加绒"),
    ],
    "en": [
        SheetLine("use", "use: do not pull the strap over the buckle, no breaking in needed"),
        SheetLine("glue", "glue: cork lining under the arch only"),
    ],
}


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("zh", "拿硬毛刷刷一刷镜面就亮了", True),
        ("zh", "别拿硬毛刷刷镜面", False),
        ("zh", "用完一定要擦", True),
        ("zh", "用完不用擦", False),
        ("zh", "里里外外都加绒的", True),
        ("zh", "手掌那里加绒", False),
        ("en", "just pull the strap right over the buckle", True),
        ("en", "never pull the strap over the buckle", False),
        ("en", "what if you pull the strap over the buckle?", False),
        ("en", "there's cork all over the lining", True),
        ("en", "cork under the arch", False),
    ],
)
def test_what_the_sheet_rules_out(code: str, text: str, found: bool) -> None:
    assert bool(Prohibitions(SHEETS[code], language_for(code)).find(text)) is found
