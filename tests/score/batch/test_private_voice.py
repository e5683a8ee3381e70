"""A batch over rehearsal folders never takes along what lies there for the streamer alone."""

from __future__ import annotations

from pathlib import Path

from coach.events import dump_record
from coach.score.batch.find import find_files
from coach.score.batch.journal import opened
from coach.score.batch.local import score_here
from coach.score.batch.outputs import write_all
from coach.score.batch.rows import COLUMNS
from coach.score.private_voice import PrivateEvent, PrivateVoice
from coach.score.scorecard import PressureFeature
from coach.store.private_voice import PRIVATE_VOICE, write_private_voice
from tests.score.batch.files import SCENARIO, job
from tests.score.test_private_voice import rehearsal

FORMATS = ("jsonl", "csv", "html")


def test_no_output_of_a_batch_holds_it(tmp_path: Path) -> None:
    folder, out = tmp_path / "in" / "r1", tmp_path / "out"
    folder.mkdir(parents=True)
    (folder / "events.jsonl").write_bytes(b"".join(dump_record(record) + b"\n" for record in rehearsal()))
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    row = PressureFeature(id="pitch", value=41.73, unit="st", score=0.0, weight=0.03)
    kept = PrivateVoice(rehearsal_id="r1", events=[PrivateEvent(seq=1, at=2.0, features=[row])])
    write_private_voice(folder, kept)
    found = list(find_files([tmp_path / "in"]))
    assert [Path(path).name for path in found] == ["events.jsonl"]
    with opened(out) as journal:
        journal.list_files(found)
        for outcome in score_here(list(journal.tasks()), job(roots=(str(tmp_path / "in"),))):
            assert outcome.error is None
            journal.keep(outcome)
        write_all(journal, out, FORMATS, "en")
    written = [path for path in out.iterdir() if path.is_file()]
    assert {path.name for path in written} >= {f"scores.{name}" for name in FORMATS}
    for path in written:
        content = path.read_bytes()
        for trace in (b"41.73", PRIVATE_VOICE.encode(), b'"pitch"', b'"loudness"'):
            assert trace not in content, path.name
    assert not [name for name in COLUMNS if any(word in name for word in ("pitch", "loud", "voice", "acoustic"))]
