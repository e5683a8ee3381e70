"""Broken scenario files, made from sound ones: what each is, where its fault stands, and the rule that must name it.

`⟦` in a text marks the place where the fault is told; it is taken out before the file is used.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.scenario.samples import VALID, broken

MARK = "⟦"


@dataclass(frozen=True, slots=True)
class Broken:
    """One file."""

    name: str
    content: bytes
    rule: str
    """Rule that names the fault."""
    line: int
    column: int
    """Where it is named; 0 where any place in the file will do."""


def _marked(name: str, rule: str, text: str) -> Broken:
    at = text.find(MARK)
    assert at >= 0, name
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return Broken(name, text.replace(MARK, "", 1).encode(), rule, line, column)


def _changed(name: str, rule: str, old: str, new: str) -> Broken:
    return _marked(name, rule, broken(old, new))


def _raw(name: str, rule: str, content: bytes, line: int = 0, column: int = 0) -> Broken:
    return Broken(name, content, rule, line, column)


_PRICE = "  price: {list: 20, live: 12, floor: 10, currency: USD}\n"
_BANNED = broken("  facts:", "  must_not_say: [it holds]\n  facts:")
_EVENT = "  - {at_sec: 10, viewer: ann, intent: push}"

SYNTAX = [
    _raw("empty", "empty", b"", 1, 1),
    _raw("only a comment", "empty", b"# nothing here\n", 1, 1),
    _raw("a list at the top", "not_keys", b"- id: a\n- id: b\n", 1, 1),
    _raw("a word at the top", "not_keys", b"scenario\n", 1, 1),
    _changed("full-width colon", "colon", "title: Mug", "title⟦：Mug"),
    _changed("no space after the colon", "colon", "title: Mug", "title⟦:Mug"),
    _changed("full-width colon deep inside", "colon", "  name: Blue mug", "  name⟦：Blue mug"),
    _changed("tab as indent", "tab", "  facts:", "⟦\tfacts:"),
    _changed("unclosed bracket", "syntax", "{list: 20, live: 12, floor: 10, currency: USD}", "⟦{list: 20, live: 12"),
    _changed("unclosed quote", "syntax", "title: Mug", 'title: ⟦"Mug'),
    _marked(
        "quote open until the next one",
        "syntax",
        broken("title: Mug", 'title: ⟦"Mug').replace("name: Ann", 'name: "Ann"'),
    ),
    _marked(
        "single quote open until the next one",
        "syntax",
        broken("name: Blue mug", "name: ⟦'Blue mug").replace("Holds a lot", "'Holds a lot'"),
    ),
    _marked(
        "several lines in quotes before another slip",
        "syntax",
        broken("title: Mug", 'title: "Mug,\n  large"').replace("home", "@⟦home").replace("@⟦", "⟦@"),
    ),
    _changed("text after a quote", "syntax", "title: Mug", 'title: "Mug" ⟦is it'),
    _changed("two colons in a value", "syntax", "title: Mug", "title: Mug⟦: the best"),
    _changed("a value that begins with a percent sign", "syntax", "title: Mug", "title: ⟦%50 off"),
    _changed("a value that begins with an at sign", "syntax", "title: Mug", "title: ⟦@mug"),
    _changed("bad escape", "syntax", "title: Mug", 'title: "C:⟦\\mug"'),
    _changed("wrong indent", "syntax", "intensity_cap: 2", " ⟦intensity_cap: 2"),
    _changed("list in the middle of a line", "syntax", "title: Mug", "title: ⟦- Mug"),
    _changed("a list as key", "odd_key", "title: Mug", "? ⟦[a, b]\n: 1\ntitle: Mug"),
    _changed("second document", "second_document", "goals:", "⟦---\ngoals:"),
    _changed("control character", "control_character", "title: Mug", "title: Mu⟦\x07g"),
    _changed("key twice", "duplicate_key", "title: Mug", "title: Mug\n⟦title: Cup"),
]
HOSTILE = [
    _marked("anchor", "alias", "⟦".join(["a: ", "&x 1\nb: *x\n"])),
    _marked(
        "alias bomb",
        "alias",
        "a0: ⟦&a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
    ),
    _marked("python tag", "tag", "a: ⟦!!python/object/apply:os.system [ls]\n"),
    _marked("merge key", "alias", "a: ⟦&b {c: 1}\nd:\n  <<: *b\n"),
    _raw("deep flow nesting", "too_deep", b"a: " + b"[" * 100_000, 1, 0),
    _raw("deep block nesting", "too_deep", b"".join(b"%sk:\n" % (b" " * n) for n in range(400))),
    _raw("too many values", "too_deep", b"a: [" + b"1," * 30_000 + b"1]", 1, 0),
    _raw("two megabytes", "too_large", b"# padding padding padding padding\n" * 62_000),
    _raw("two megabytes in one line", "too_large", b"title: " + b"x" * 2_000_000, 1, 0),
    _raw("zeros", "control_character", b"\0" * 4_000, 1, 1),
    _changed("an escaped control character", "control_character", "title: Mug", 'title: ⟦"M\\0ug"'),
    _raw("random bytes", "encoding", bytes(range(256)) * 40),
]
ENCODINGS = [
    _raw("latin-1", "encoding", b"id: x\ntitle: caf\xe9\n", 2, 11),
    _raw("GB18030", "encoding", broken("title: Mug", "title: 杯子，好看").encode("gb18030"), 3, 8),
    _raw("UTF-16", "encoding", VALID.encode("utf-16"), 1, 1),
]
SHAPES = [
    _changed("unknown key", "unknown_key", "category: home", "category: home\n⟦flavour: vanilla"),
    _changed("typo in a key", "unknown_key", "title: Mug", "title: Mug\n⟦autor: me"),
    _changed("key in the wrong place", "unknown_key", "title: Mug", "title: Mug\n⟦price_limit: 11"),
    _changed("typo in a key of a viewer", "unknown_key", "price_limit: 11", "⟦price_limt: 11"),
    _raw("missing price", "missing_key", broken(_PRICE, "").encode(), 7, 1),
    _raw("missing floor", "missing_key", broken("floor: 10, ", "").encode(), 9, 3),
    _raw("no viewers at all", "missing_key", VALID[: VALID.index("viewers:")].encode()),
    _changed(
        "viewers empty",
        "too_short",
        """viewers:
  - {id: ann, type: haggler, name: Ann, price_limit: 11}
  - {id: tom, type: troll, name: Tom}
events:
  - {at_sec: 10, viewer: ann, intent: push}
""",
        "viewers: ⟦[]\n",
    ),
    _changed("words for a number", "wrong_type", "list: 20", "list: ⟦twenty"),
    _changed("price with a currency", "wrong_type", "list: 20", "list: ⟦$20"),
    _changed("price in yuan", "wrong_type", "list: 20", "list: ⟦19块9"),
    _changed("not a number", "wrong_type", "list: 20", "list: ⟦.nan"),
    _changed("negative price", "out_of_range", "list: 20", "list: ⟦-3"),
    _changed("price beyond all bounds", "out_of_range", "list: 20", "list: ⟦99999999"),
    _changed("a list where keys belong", "wrong_type", "facts: {volume: 300 ml}", "facts: ⟦[volume]"),
    _changed("a text where a list belongs", "wrong_type", "aliases: [dishwasher]", "aliases: ⟦dishwasher"),
    _changed("keys where a text belongs", "wrong_type", "title: Mug", "title: ⟦{a: b}"),
    _changed("month thirteen", "wrong_type", "created: 2026-11-01", "created: ⟦2026-13-01"),
    _changed("date with slashes", "wrong_type", "created: 2026-11-01", "created: ⟦2026/11/01"),
    _changed("date in words", "wrong_type", "created: 2026-11-01", "created: ⟦last week"),
    _changed("unknown type", "not_one_of", "type: troll", "type: ⟦dragon"),
    _changed("type in another case", "not_one_of", "type: troll", "type: ⟦TROLL"),
    _changed("type in Chinese", "not_one_of", "type: troll", "type: ⟦黑粉"),
    _changed("unknown intent", "not_one_of", "intent: push", "intent: ⟦shove"),
    _changed("unknown intent of lines", "not_one_of", "name: Tom", "name: Tom, lines: {⟦opn: [hi]}"),
    _changed("unknown language", "not_one_of", "locale: en-US", "locale: ⟦fr-FR"),
    _changed("unknown currency", "not_one_of", "currency: USD", "currency: ⟦XYZ"),
    _changed("difficulty nine", "out_of_range", "intensity_cap: 2", "intensity_cap: 2\ndifficulty: ⟦9"),
    _changed("half a difficulty", "wrong_type", "intensity_cap: 2", "intensity_cap: 2\ndifficulty: ⟦2.5"),
    _changed("id with spaces", "bad_id", "id: en-mug", "id: ⟦En Mug"),
    _changed("id in Chinese", "bad_id", "id: en-mug", "id: ⟦杯子"),
    _changed("title too long", "too_long", "title: Mug", f"title: ⟦{'m' * 200}"),
    _changed("title empty", "too_short", "title: Mug", "title: ⟦''"),
    _changed("yes for a cap", "wrong_type", "intensity_cap: 2", "intensity_cap: ⟦yes please"),
    _changed("cues on", "not_one_of", "intensity_cap: 2", "intensity_cap: 2\ncues: ⟦on"),
]
REFERENCES = [
    _changed("viewer nobody knows", "unknown_reference", "viewer: ann", "viewer: ⟦zoe"),
    _changed("viewer misspelt", "unknown_reference", "viewer: ann", "viewer: ⟦anne"),
    _changed(
        "point nobody knows",
        "unknown_reference",
        _EVENT,
        "  - {when: point_covered, point: ⟦colour, viewer: ann, intent: ask}",
    ),
    _changed(
        "stage nobody knows", "unknown_reference", _EVENT, "  - {when: stage, stage: ⟦finale, viewer: ann, intent: ask}"
    ),
    _changed(
        "move nobody knows", "unknown_reference", _EVENT, "  - {when: reading, move: ⟦dances, viewer: ann, intent: ask}"
    ),
    _changed("id of a passer-by", "reserved_id", "id: tom", "id: ⟦passer-1"),
    _changed("same id twice", "duplicate_id", "id: tom", "id: ⟦ann"),
    _changed("neither time nor moment", "event_time", _EVENT, "  - ⟦{viewer: ann, intent: push}"),
    _changed("time and moment", "event_time", _EVENT, "  - ⟦{at_sec: 10, when: silence, viewer: ann, intent: push}"),
    _changed("line without intent", "event_needs", _EVENT, "  - ⟦{at_sec: 10, viewer: ann}"),
    _changed("drop to nowhere", "event_needs", _EVENT, "  - ⟦{at_sec: 10, kind: audience_drop}"),
    _changed("wrong price without a price", "event_needs", _EVENT, "  - ⟦{at_sec: 10, kind: wrong_price}"),
    _changed("reading without a move", "event_needs", _EVENT, "  - ⟦{when: reading, viewer: ann, intent: ask}"),
    _changed(
        "stages that go back",
        "stage_order",
        "viewers:\n",
        "stages: [{name: a, until_sec: 60}, {name: b, until_sec: ⟦30}]\nviewers:\n",
    ),
]
UNWISE = [
    _changed("event after the end", "event_after_end", "at_sec: 10", "at_sec: ⟦900"),
    _changed("stage nobody reaches", "stage_never", "viewers:\n", "stages: [{name: a}, ⟦{name: b}]\nviewers:\n"),
    _changed("live above list", "price_order", "live: 12", "live: ⟦25"),
    _changed("floor above live", "price_order", "floor: 10", "floor: ⟦15"),
    _changed("fact nobody wrote down", "unknown_fact", "must_facts: [300 ml]", "must_facts: [⟦500 ml]"),
    _changed(
        "point nobody can hit",
        "unreachable_point",
        "{id: safe, title: Dishwasher safe, aliases: [dishwasher]}",
        "⟦{id: safe, title: Dishwasher safe}",
    ),
    _changed("evidence that is none", "unknown_evidence", "name: Tom", "name: Tom, evidence_needed: [⟦weight]"),
    _changed("harsh line under a mild cap", "too_harsh", "name: Tom", "name: Tom, lines: {heckle: [⟦you scammer]}"),
    _changed("line that is never said", "never_said", "name: Tom", "name: Tom, lines: {heckle: [⟦go kill yourself]}"),
    _changed("line in another language", "line_language", "name: Tom", "name: Tom, lines: {heckle: [⟦太贵了]}"),
    _changed("gifts that are not there", "never_buys", "price_limit: 11", "price_limit: 11, min_gift: ⟦2"),
    _changed("no patience at all", "never_stays", "price_limit: 11", "price_limit: 11, patience: ⟦5"),
    _raw("banned wording taught", "banned_word", _BANNED.encode(), 13, 0),
    _changed("drill without a skill", "drill", "intensity_cap: 2", "intensity_cap: 2\nkind: ⟦drill"),
]

CORPUS: tuple[Broken, ...] = (*SYNTAX, *HOSTILE, *ENCODINGS, *SHAPES, *REFERENCES, *UNWISE)
"""All of them; each has an error."""
