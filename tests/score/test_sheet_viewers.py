from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

from coach.events import LinePosted, Record, ViewerJoined
from coach.scenario.model import Scenario
from coach.score.formats.turn import Reading
from coach.score.sheet_viewers import with_sheet_viewers
from coach.score.transcript import transcript_of
from tests.score.batch.files import SCENARIO, job, scored
from tests.score.logs import ZH

VIEWERS = [
    {"id": "mei", "type": "haggler", "name": "小美"},
    {"id": "max-b", "type": "troll", "name": "Max B"},
    {"id": "lin1", "type": "bait", "name": "小林"},
    {"id": "lin2", "type": "friendly", "name": "小林"},
]


def known(viewer: object, text: str = "这也太一般了吧") -> tuple[str, str, bool]:
    """Return the name, the kind and whether the line tests composure."""
    lines = [{"role": "streamer", "text": "大家好"}, {"role": "viewer", "text": text, "viewer": viewer}]
    raw = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    records = transcript_of(raw, Path("a.jsonl"), Reading()).records
    found = with_sheet_viewers(records, Scenario.model_validate({**ZH, "viewers": VIEWERS}))
    [joined] = [record.event for record in found if isinstance(record.event, ViewerJoined)]
    [line] = [record.event for record in found if isinstance(record.event, LinePosted)]
    return joined.name, joined.viewer_type, line.pressure


@pytest.mark.parametrize("viewer", ["Max B", "max-b", "ＭＡＸ　ｂ", "MaxB", "@max b", "观众(Max B)", {"id": "max-b"}])
def test_a_viewer_called_as_in_the_scenario_is_of_its_kind(viewer: object) -> None:
    assert known(viewer) == ("Max B", "troll", True)


@pytest.mark.parametrize(
    ("viewer", "is_known_as"),
    [
        ({"id": "max-b", "type": "friendly"}, ("max-b", "friendly", False)),  # the file says so
        ("小林", ("小林", "", False)),  # two of that name
        ("lin1", ("小林", "bait", True)),
        ("Maxi", ("Maxi", "", False)),
        ("小美", ("小美", "haggler", False)),
    ],
)
def test_what_the_file_says_stands_and_nobody_is_guessed(viewer: object, is_known_as: tuple[str, str, bool]) -> None:
    assert known(viewer) == is_known_as


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"role": "streamer", "text": "大家好"}\n{"role": "viewer", "viewer": "大风", "text": "切，就这"}'),
        ("a.csv", "role,name,text\n主播,,大家好\n观众,大风,切，就这"),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n主播：大家好\n\n2\n00:00:03,000 --> 00:00:04,000\n大风：切，就这\n",
        ),
        ("a.txt", "主播：大家好\n大风：切，就这\n"),
    ],
)
def test_whatever_kind_of_file_names_it(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    how = job(reading=Reading("viewer"), scenario_text=SCENARIO)
    [outcome] = scored([tmp_path / name], how)
    [line] = json.loads(zlib.decompress(outcome.line))["scorecard"]["handled"]
    assert (line["viewer_type"], line["should"]) == ("troll", "ignore")


def test_records_of_a_room_stay_as_they_are() -> None:
    records = (Record(seq=0, at=0.0, event=ViewerJoined(viewer_id="x", name="小美", viewer_type="", channel="chat")),)
    assert with_sheet_viewers(records, Scenario.model_validate(ZH)) == records
