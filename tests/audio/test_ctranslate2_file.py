from __future__ import annotations

from pathlib import Path

import pytest

from audio.asr.ctranslate2_file import is_whole
from audio.asr.whisper_files import check_folder
from coach.errors import EngineError
from tests.audio.weights import weights

WHOLE = weights()


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (WHOLE, True),
        (weights(version=4), True),
        (weights(variables=0), True),
        (weights(version=7)[:20], True),
        (WHOLE[:-1], False),
        (WHOLE[: len(WHOLE) // 2], False),
        (WHOLE[:9], False),
        (b"", False),
        (WHOLE + b"\0", False),
        (weights(kind="TransformerSpec"), False),
        (weights(version=3), False),
        (b"<!doctype html><title>404</title>" * 20, False),
        (bytes(1000), False),
        (b"\xff" * 1000, False),
    ],
    ids=[
        "whole", "older", "no variables", "newer", "no last byte", "half", "header cut", "empty", "a byte more",
        "other kind", "too old", "a page", "zeros", "ones",
    ],
)  # fmt: skip
def test_headers_tell_whether_weights_are_whole(tmp_path: Path, data: bytes, whole: bool) -> None:
    (tmp_path / "model.bin").write_bytes(data)
    assert is_whole(tmp_path / "model.bin") is whole


def test_a_folder_with_broken_weights_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "model.bin").write_bytes(WHOLE)
    check_folder(tmp_path)
    (tmp_path / "model.bin").write_bytes(WHOLE[:-1])
    with pytest.raises(EngineError, match=r"model\.bin is damaged.*Download the model again"):
        check_folder(tmp_path)
