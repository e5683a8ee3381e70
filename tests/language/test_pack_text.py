"""Packs read by libyaml are what PyYAML's own reader makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from coach.language import pack_text

PACKS = sorted(Path(pack_text.__file__).parent.glob("packs/*_en.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_says_the_same_by_either_reader(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert pack_text.read_yaml(text) == yaml.safe_load(text)


def test_there_are_packs_to_read() -> None:
    assert PACKS
