"""The JSON Schema of a scenario file, so that editors complete keys and mark mistakes while an author types."""

from __future__ import annotations

import json

from coach.scenario.model import Scenario

SCHEMA_FILE = "scenarios/scenario.schema.json"
"""Where it is kept, from the root of the repository."""


def schema_text() -> str:
    """Return the schema as it stands in `SCHEMA_FILE`, with a newline at the end."""
    schema = Scenario.model_json_schema(by_alias=True)
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2, ensure_ascii=False)
        + "\n"
    )
