"""What a speaker calls a lie of his own, had he said it: 我要说绝对不缩水，那是骗人的. Pure.

"That is a lie" is an attack where it is said of somebody else's words. Of a claim that the speaker refuses to make it
is honesty. English has no such wordings on its lists.
"""

from __future__ import annotations

import re

_SAID = r"(?:再|也|现在|这么|跟你们?|跟大家|给你们?|对你们?|向你们?|随便|乱|硬){0,3}(?:说|讲|保证|承诺|答应|告诉|吹)"
_SOMEBODY = "他|她|别人|别家|人家|网上|对面|隔壁|同行|有人|谁"
"""Words that name whoever else the lie may be of."""
_OWN_ZH = re.compile(
    rf"(?:不敢|不能|不会|不想|没法|不好|要是我?|如果我?|我要|若是?我?|我也?可以){_SAID}"
    rf"(?:(?!{_SOMEBODY}).){{0,16}}?((?:那|这)(?:就|才|可|都|不就)?(?:是|叫)(?:在)?.{{0,3}})"
)
"""What the speaker does not or would say, and what that would be."""


def own_lies(flat: str, code: str) -> list[tuple[int, int]]:
    """Return where a flat text (zh: characters only) says what the speaker's own words would have been."""
    return [found.span(1) for found in _OWN_ZH.finditer(flat)] if code == "zh" else []
