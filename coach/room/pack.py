"""The room's packs: how moves are worded, how viewers word their lines. Versioned YAML beside this file."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.scenario.model import Intent

_FOLDER = Path(__file__).parent / "packs"


class _Pack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Self:
        """Return itself: it cannot change, so copies of an audience share it."""
        return self


class MovePack(_Pack):
    """Wordings of the streamer's moves; matched after normalising, apostrophes gone."""

    guards: tuple[str, ...]
    """Words just before a wording that turn it round."""
    not_guards: tuple[str, ...]
    """Wordings that hold a guard but do not turn anything round."""
    measures: tuple[str, ...]
    """Words after a number that make it a count, not a price."""
    price_before: tuple[str, ...]
    """Words before a bare number that make it a price."""
    anchor_before: tuple[str, ...]
    """Words before a price that was or is elsewhere, not the one to pay."""
    asked_before: tuple[str, ...]
    """Words before a price that a viewer asked for."""
    price_after: tuple[str, ...]
    """Words after a bare number that make it a price."""
    refused_after: tuple[str, ...]
    """Words after a price that turn it down."""
    less_before: tuple[str, ...]
    """Words before an amount that is taken off."""
    give_words: tuple[str, ...]
    """Words that show something is being granted now."""
    yes_openings: tuple[str, ...]
    """Openings that say yes."""
    no_openings: tuple[str, ...]
    """Openings that say no."""
    fillers: tuple[str, ...]
    """What may stand before such an opening."""
    terms: tuple[str, ...] = ()
    """zh: short words that recognisers get wrong and readings need."""
    moves: dict[str, tuple[str, ...]]
    """Move → wordings; those with signs are patterns on flat text."""


class Subject(BaseModel):
    """Something that product sheets give as a fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    asks: tuple[str, ...]
    """Wordings of viewers' lines."""
    names: tuple[str, ...]
    """Words in the names that sheets give such a fact."""
    says: tuple[str, ...] = ()
    """Words of talk about it."""


class TopicPack(_Pack):
    """What viewers ask about, and what answers to it say."""

    asks: dict[str, tuple[str, ...]]
    """Topic → wordings of viewers' lines."""
    tells: dict[str, tuple[str, ...]]
    """Topic → wordings of answers; weak evidence, for whether the topic was taken up at all."""
    subjects: dict[str, Subject] = {}
    """What a question is after, beside the topics."""


class TreatmentPack(_Pack):
    """What a viewer's line itself says about how to treat it."""

    protect: tuple[str, ...]
    refuse: tuple[str, ...]
    ignore: tuple[str, ...]
    plain_question: tuple[str, ...]
    """Questions that deserve an answer whoever asks."""


class TypePack(_Pack):
    """What one type of viewer says: `packs/lines_<code>/<type>.yaml`."""

    persona: str
    """Who that is, in a sentence."""
    phrases: dict[str, tuple[str, ...]] = {}
    """What this type is on about where the scenario does not say: fills `{claim}` and `{complaint}`. Kind of care (or
    `any`) → wordings."""
    lines: dict[str, tuple[str, ...]]
    """Intent → templates with `{slots}`; with a level of hostility at its end (`heckle_2`) only from that level up."""


class LinePack(_Pack):
    """Viewers' scripted lines and what a language model is told."""

    types: dict[str, TypePack]
    """Viewer type → its persona and lines."""
    instructions: dict[str, str]
    """Intent → what the line must do."""
    states: dict[str, str]
    """Words for the state of a viewer."""
    fallback: dict[Intent, tuple[Intent, ...]]
    """Intent → intents to take a line from when its own pool is used up."""
    faults: dict[str, tuple[str, ...]]
    """Wordings no viewer may use: `character`, `service`, `concede`, `never`, `sexual`, `threat`, `trait`, `harsh`."""
    conditional: tuple[str, ...]
    """Words that make a promise to buy conditional, hence no concession."""


@cache
def move_pack(code: str) -> MovePack:
    """Return the wordings of moves for `zh` or `en`."""
    return MovePack.model_validate(_read(f"moves_{code}"))


@cache
def topic_pack(code: str) -> TopicPack:
    """Return what viewers ask about for `zh` or `en`."""
    return TopicPack.model_validate(_read(f"topics_{code}"))


@cache
def treatment_pack(code: str) -> TreatmentPack:
    """Return the wordings that decide on treatment for `zh` or `en`."""
    return TreatmentPack.model_validate(_read(f"treatment_{code}"))


@cache
def line_pack(code: str) -> LinePack:
    """Return the line pools for `zh` or `en`."""
    folder = _FOLDER / f"lines_{code}"
    types = {path.stem: _read(f"lines_{code}/{path.stem}") for path in sorted(folder.glob("*.yaml"))}
    return LinePack.model_validate({**_mapping(_read(code)), "types": types})


def pack_versions(code: str) -> dict[str, str]:
    """Return id → version of the packs a rehearsal in this language uses."""
    lines = line_pack(code)
    return {
        pack.id: pack.version
        for pack in (
            move_pack(code),
            topic_pack(code),
            treatment_pack(code),
            lines,
            *lines.types.values(),
        )
    }


def _read(name: str) -> object:
    return read_yaml((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def _mapping(data: object) -> dict[str, object]:
    return dict(data) if isinstance(data, dict) else {}
