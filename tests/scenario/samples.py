"""A small valid scenario as text, to be broken on purpose."""

from __future__ import annotations

VALID = """\
id: en-mug
locale: en-US
title: Mug
category: home
created: 2026-11-01
intensity_cap: 2
product:
  name: Blue mug
  price: {list: 20, live: 12, floor: 10, currency: USD}
  facts: {volume: 300 ml}
  selling_points:
    - {id: big, title: Holds a lot, statement: It holds 300 ml, must_facts: [300 ml]}
    - {id: safe, title: Dishwasher safe, aliases: [dishwasher]}
viewers:
  - {id: ann, type: haggler, name: Ann, price_limit: 11}
  - {id: tom, type: troll, name: Tom}
events:
  - {at_sec: 10, viewer: ann, intent: push}
goals:
  - {id: coverage, kind: coverage, pass: 70}
"""


def broken(old: str, new: str) -> str:
    """Return the valid text with one change; the old text must be there."""
    assert VALID.count(old) == 1, old
    return VALID.replace(old, new)
