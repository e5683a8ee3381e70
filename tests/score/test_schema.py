"""The published schema of scorecards."""

from __future__ import annotations

import json
from pathlib import Path

from coach.score.schema import SCHEMA_FILE, schema_text, scorecard_schema

ROOT = Path(__file__).resolve().parents[2]


def test_the_file_in_the_repository_is_the_schema_of_today() -> None:
    assert (ROOT / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_fields_say_what_they_mean() -> None:
    schema = json.loads(json.dumps(scorecard_schema()))
    assert "Id of the rehearsal" in schema["properties"]["compared_with"]["description"]
    assert schema["$defs"]["Metric"]["properties"]["unit"]["description"].startswith("e.g.")
    assert "Seconds after the event" in schema["$defs"]["RecoveryBin"]["properties"]["start"]["description"]
