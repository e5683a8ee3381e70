"""The JSON Schema of a scorecard, for whoever reads exports."""

from __future__ import annotations

import json
from functools import cache

from coach.score.scorecard import Scorecard

SCHEMA_FILE = "docs/scorecard.schema.json"
"""Where it is kept, from the root of the repository."""


@cache
def scorecard_schema() -> dict[str, object]:
    """Return the schema; do not change it. Within one `schema_version` fields are only added."""
    schema = Scorecard.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """Return it as it stands in `SCHEMA_FILE`, with a newline at the end."""
    return json.dumps(scorecard_schema(), indent=2, ensure_ascii=False) + "\n"
