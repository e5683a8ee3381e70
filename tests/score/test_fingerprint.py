"""A scorecard names every pack that scoring reads, whatever its format."""

from __future__ import annotations

import pytest

from coach.score.fingerprint import pack_versions


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_was_learned_is_named_with_its_version(code: str) -> None:
    versions = pack_versions(code)
    learned = ("misfit", f"language.{code}.finish", "score.about", "room.answer_weights", "language.reader")
    for name in (*learned, f"claims.{code}.senses", f"claims.{code}.weights"):
        assert versions[name].startswith("20"), name


def test_packs_of_the_other_language_are_not_named() -> None:
    assert not {name for name in pack_versions("zh") if name.startswith("claims.en")}
