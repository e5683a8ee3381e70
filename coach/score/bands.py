"""Bands of the pack, with a scenario's overrides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.score.own_pace import OwnPace

_FOLDER = Path(__file__).parent / "packs"


class Band(BaseModel):
    """Green: no remark. Amber: a note. Outside amber: a focus candidate."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    green: tuple[float, float]
    amber: tuple[float, float]

    def moved(self, green: tuple[float, float]) -> Band:
        """Return the band around other green limits, amber edges as far outside as before."""
        below, above = self.green[0] - self.amber[0], self.amber[1] - self.green[1]
        return Band(green=green, amber=(max(0.0, green[0] - below), green[1] + above))

    @property
    def centre(self) -> float:
        """Middle of green."""
        return (self.green[0] + self.green[1]) / 2

    def around(self, centre: float) -> Band:
        """Return the band moved as a whole, so that its middle lies there."""
        by = centre - self.centre
        low, high = self.green
        below, above = self.amber
        return Band(green=(low + by, high + by), amber=(below + by, above + by))

    def fit(self, value: float) -> float:
        """Return 1 inside green, falling in a straight line: 0.5 at the amber edge, 0 as far again outside."""
        if self.green[0] <= value <= self.green[1]:
            return 1.0
        below = value < self.green[0]
        width = (self.green[0] - self.amber[0]) if below else (self.amber[1] - self.green[1])
        distance = self.green[0] - value if below else value - self.green[1]
        return max(0.0, 1.0 - 0.5 * distance / width) if width > 0 else 0.0


class _Silence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    amber: float
    red: float
    critical: float


class _ClausePause(BaseModel):
    """Seconds of silence at the end of a clause (DOMAIN §3.2)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    least: float
    normal: float
    """Up to here nobody notices."""
    deliberate: float
    """Up to here it may be meant, if fluent speech follows."""


class _Runaway(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    windows: int
    over: float
    """Times the own median."""


class _OwnPace(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    after: int
    """Rehearsals from which the own pace counts."""
    share: float
    """Share of it in the middle of the band."""


class BandPack(BaseModel):
    """The shipped defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    speaking_rate: dict[str, dict[str, Band]]
    """Units per minute, by language and stage."""
    stage_names: dict[str, tuple[str, ...]]
    fillers_per_min: Band
    dead_air_sec: _Silence
    opening_sec: float
    """Time to settle before silence counts."""
    hesitation_sec: float
    """Silence inside a clause, beside a filler or a repeat."""
    composed_pause_sec: float
    """Silence after a hostile event that counts as composed, not as dead air."""
    clause_pause: _ClausePause
    drawn_out: float
    """Times the speaker's median from which a syllable before a silence is drawn out (DOMAIN §3.3)."""
    monotone_below: float
    """Coefficient of variation of the windows under which the pace is flat (DOMAIN §3.1)."""
    monotone_windows: int
    """Windows before flatness is remarked on: three that do not overlap. This pack's own."""
    runaway: _Runaway
    number_syllables_per_sec: float
    """Fastest a price, size or date is said and still understood (DOMAIN §3.1)."""
    own_pace: _OwnPace


@cache
def load_bands() -> BandPack:
    """Return the shipped pack."""
    return BandPack.model_validate(read_yaml((_FOLDER / "bands.yaml").read_text(encoding="utf-8")))


class Bands:
    """The pack's bands for one language, with the scenario's own where it gives any.

    A scenario may name `speaking_rate`, `speaking_rate.<stage>` and `fillers_per_min`; its author outranks the
    streamer's own pace, which outranks the table.
    """

    def __init__(self, code: str, overrides: Mapping[str, tuple[float, float]], own: OwnPace | None = None) -> None:
        self.pack = load_bands()
        self._rates = self.pack.speaking_rate[code]
        self._overrides = overrides
        self.own = own if own is not None and own.rehearsals >= self.pack.own_pace.after else None
        """The streamer's pace, if it counts."""

    def rate(self, stage: str | None) -> Band:
        """Return the band of speaking rate in a stage; unknown stages and None get the general one."""
        kind = self.kind(stage)
        base = self._rates[kind]
        own = self._overrides.get(f"speaking_rate.{stage}") or self._overrides.get(f"speaking_rate.{kind}")
        own = own or self._overrides.get("speaking_rate")
        if own:
            return base.moved(own)
        return self._blended(base, kind) if self.own else base

    def _blended(self, base: Band, kind: str) -> Band:
        """Return the table's band with its middle halfway to the own pace in such a stage."""
        assert self.own is not None
        apart = base.centre - self._rates["any"].centre
        own = self.own.by_stage.get(kind, self.own.median_rate + (apart if kind != "any" else 0.0))
        share = self.pack.own_pace.share
        return base.around(round((1 - share) * base.centre + share * own, 1))

    def fillers(self) -> Band:
        """Return the band of fillers per minute."""
        own = self._overrides.get("fillers_per_min")
        return self.pack.fillers_per_min.moved(own) if own else self.pack.fillers_per_min

    def kind(self, stage: str | None) -> str:
        """Return `hook`, `explain`, `price`, `close`, `qa`, or `any` for what the pack does not know."""
        wanted = (stage or "").strip().lower()
        return next((kind for kind, names in self.pack.stage_names.items() if wanted in names), "any")
