from __future__ import annotations

import pytest

from tests.data import audio_clip, manifest, needs_test_data


@needs_test_data
def test_every_clip_of_the_manifest_is_there() -> None:
    for clip in manifest():
        assert audio_clip(clip.name).stat().st_size > 44


@needs_test_data
def test_a_wrong_name_is_an_error_and_not_a_skip() -> None:
    with pytest.raises(FileNotFoundError, match="no recording"):
        audio_clip("en/nobody_said_this.wav")
