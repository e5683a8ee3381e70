"""The JSON Schema of a scenario file, so that editors complete keys and mark mistakes while an author types."""

from __future__ import annotations

import json
from typing import Any, get_args

from coach.scenario.keys_zh import KEYS_ZH
from coach.scenario.model import Intent, Scenario
from coach.scenario.moves import MOVES

SCHEMA_FILE = "scenarios/scenario.schema.json"
"""Where it is kept, from the root of the repository."""


def schema_text() -> str:
    """Return the schema as it stands in `SCHEMA_FILE`, with a newline at the end.

    Every key has its meaning in English and Chinese; moves and intents, which are texts and keys to YAML, are listed
    so that editors offer them.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    models: dict[str, Any] = {"Scenario": schema, **schema["$defs"]}
    for name, meanings in KEYS_ZH.items():
        for key, chinese in meanings.items():
            spec = models[name]["properties"][key]
            spec["description"] = f"{spec['description']}\n{chinese}"
    _offer_moves(models["ScenarioEvent"]["properties"]["move"])
    _offer_intents(models["ScenarioViewer"]["properties"]["lines"])
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2, ensure_ascii=False)
        + "\n"
    )


def _offer_moves(spec: dict[str, Any]) -> None:
    spec["anyOf"] = [{"enum": list(MOVES), "type": "string"}, {"type": "null"}]


def _offer_intents(spec: dict[str, Any]) -> None:
    """List the intents as properties: editors complete these, not the names of `propertyNames`."""
    spec["properties"] = dict.fromkeys(get_args(Intent), spec["additionalProperties"])
    spec["additionalProperties"] = False
    spec.pop("propertyNames", None)
