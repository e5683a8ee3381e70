"""Numbers out of weights files, by their documented layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.asr.ctranslate2_weights import Weights
from tests.audio.weights import floats, weights

ROWS = [[1, -2, 3], [2, 2.5, -3]]


def held(tmp_path: Path, data: bytes) -> Weights:
    (tmp_path / "model.bin").write_bytes(data)
    return Weights(tmp_path / "model.bin")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("half", [[1.5, -2], [0.25, 8]]), ("rows", ROWS), ("other", ROWS), ("all", [[1, 2], [3, -4]])],
    ids=["16 bits", "a scale a row", "by another name", "one scale"],
)
def test_numbers_are_whole_again(tmp_path: Path, name: str, wanted: list[list[float]]) -> None:
    found = held(tmp_path, floats())
    assert found.whole(name).dtype == np.float32
    np.testing.assert_allclose(found.whole(name), wanted)
    rows = found.table(name).rows(np.array([1, 0, 1]))
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, [wanted[1], wanted[0], wanted[1]])


def test_settings_are_numbers_and_what_is_missing_is_told(tmp_path: Path) -> None:
    found = held(tmp_path, floats())
    assert (found.number("heads"), "heads" in found, "other" in found, "tails" in found) == (8, True, True, False)
    with pytest.raises(KeyError, match="tails"):
        found.number("tails")


@pytest.mark.parametrize(
    "data",
    [floats(5), weights(kind="TransformerSpec"), weights(version=3), floats()[:60], b"<!doctype html>" * 9, bytes(400)],
    ids=["brain floats", "other kind", "too old", "cut", "a page", "zeros"],
)
def test_what_is_not_read_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ValueError, match="expected"):
        held(tmp_path, data)
