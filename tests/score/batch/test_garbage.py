"""How often objects that hold each other are looked for."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from coach.score.batch.garbage import seldom_collected
from tests.score.batch.files import GOOD, scored


def test_inside_it_is_seldom_and_afterwards_as_before() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_an_error_leaves_it_as_before() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="odd"), seldom_collected():
        raise ValueError("odd")
    assert gc.get_threshold() == before


def test_scoring_leaves_nothing_that_only_a_search_finds(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    scored([path])  # packs and sheets are read
    gc.collect()
    gc.disable()
    try:
        scored([path])
        assert gc.collect() == 0
    finally:
        gc.enable()
