"""Small folders of transcripts to score."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import yaml

from coach.score.batch.job import Job, Outcome, Task
from coach.score.batch.local import score_here
from coach.score.formats.turn import Reading
from tests.score.logs import ZH

GOOD = json.dumps({"t0": 0, "t1": 9, "role": "streamer", "text": "这件很透气，55%亚麻"}, ensure_ascii=False)
OTHER = json.dumps({"t0": 0, "t1": 9, "role": "streamer", "text": "整件只有180克，很轻"}, ensure_ascii=False)
SCENARIO = yaml.safe_dump(ZH, allow_unicode=True)


def folder(path: Path) -> Path:
    """Two that can be scored, one of them with a broken line, one that cannot, and a file of another kind."""
    (path / "deep").mkdir(parents=True)
    (path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    (path / "deep" / "b.jsonl").write_text(GOOD + "\nbroken", encoding="utf-8")
    (path / "c.jsonl").write_text("broken", encoding="utf-8")
    (path / "picture.png").write_bytes(b"x")
    return path


def job(**more: object) -> Job:
    """A job for the linen shirt."""
    return Job(**{"scenario_text": SCENARIO, "reading": Reading(), "version": "1", **more})  # type: ignore[arg-type]


def scored(paths: Iterable[Path | str], how: Job | None = None) -> list[Outcome]:
    """Score in this process."""
    return list(score_here([Task(str(path)) for path in paths], how or job()))
