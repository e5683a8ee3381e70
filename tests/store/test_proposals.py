"""What a language model proposed, in a rehearsal's folder and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import StorageError
from coach.score.proposals import Proposal, Proposals
from coach.store.proposals import PROPOSALS, read_proposals, write_proposals

PROPOSED = Proposals(model="m", prompt="0123456789ab", proposals=(Proposal(point="warm", turn=0, quote="不冷"),))


def test_what_was_written_is_read_and_nothing_is_no_fault(tmp_path: Path) -> None:
    assert read_proposals(tmp_path) is None
    write_proposals(tmp_path, PROPOSED)
    assert read_proposals(tmp_path) == PROPOSED
    assert [path.name for path in tmp_path.iterdir()] == [PROPOSALS]


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"\xff\x00", PROPOSED.model_dump_json()[:-9].encode(), b'{"model": "m", "prompt": 3}'],
    ids=["empty", "cut", "list", "binary", "half", "other"],
)
def test_a_damaged_file_is_told_in_one_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / PROPOSALS).write_bytes(raw)
    with pytest.raises(StorageError, match="is damaged; coverage is scored by rules alone") as caught:
        read_proposals(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be written"):
        write_proposals(tmp_path / "gone", PROPOSED)
