"""How events are read back."""

from __future__ import annotations

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid")
