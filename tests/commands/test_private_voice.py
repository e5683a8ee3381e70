"""A kept rehearsal with its recording: what the voice shows is measured when asked, once."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import yaml

from coach.errors import InputError
from coach.events import dump_record
from coach.ports import EAR_RATE_HZ
from coach.score.scorer import score
from coach.store.files import EVENTS, SCENARIO, SCORECARD, STREAMER_AUDIO
from coach.store.keeper import Keeper
from coach.store.private_voice import PRIVATE_VOICE
from coach.store.repository import SqlRehearsalStore
from tests.score.logs import ZH, scenario
from tests.score.test_private_voice import rehearsal

pytest.importorskip("swift_f0")
pytest.importorskip("av")

from commands.private_voice import private_voice_of
from tests.audio.test_voice_span import silence, voice

pytestmark = pytest.mark.slow


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    """Four minutes, each calm at 180 Hz and answering pressure three semitones higher."""
    kept = Keeper(tmp_path / "rehearsals", SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}"))
    folder = kept.folder("r1")
    folder.mkdir(parents=True)
    records = rehearsal()
    (folder / EVENTS).write_bytes(b"".join(dump_record(record) + b"\n" for record in records))
    (folder / SCENARIO).write_text(yaml.safe_dump(ZH, allow_unicode=True), encoding="utf-8")
    (folder / SCORECARD).write_text(score(scenario(), records).model_dump_json(), encoding="utf-8")
    raised = 180 * 2 ** (3 / 12)
    minute = [silence(1), voice(180, 22), silence(4), voice(raised, 18), voice(180, 10), silence(5)]
    with wave.open(str(folder / STREAMER_AUDIO), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(EAR_RATE_HZ)
        file.writeframes(np.concatenate(minute * 4).tobytes())
    return kept


def test_the_shift_is_measured_once_and_kept(keeper: Keeper) -> None:
    found = private_voice_of(keeper, "r1")
    shifts = [row.value for event in found.events for row in event.features if row.id == "pitch"]
    assert shifts == [pytest.approx(3.0, abs=0.3)] * 4
    assert [row.value for event in found.events for row in event.features if row.id == "loudness"] == [
        pytest.approx(0.0, abs=0.5)
    ] * 4
    (keeper.folder("r1") / STREAMER_AUDIO).unlink()
    assert private_voice_of(keeper, "r1") == found  # from the file
    keeper.store.close()


def test_what_is_missing_is_told_in_a_sentence(keeper: Keeper) -> None:
    (keeper.folder("r1") / STREAMER_AUDIO).unlink()
    with pytest.raises(InputError, match="no recording"):
        private_voice_of(keeper, "r1")
    assert not (keeper.folder("r1") / PRIVATE_VOICE).exists()
    keeper.store.close()
