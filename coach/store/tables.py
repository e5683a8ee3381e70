"""The tables of the index. Folders hold the truth; every row can be made again from its folder."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, Float, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC; a naive one is UTC already."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        return self.process_bind_param(value, dialect)


class Base(DeclarativeBase):
    """All tables."""


class RehearsalRow(Base):
    """One rehearsal."""

    __tablename__ = "rehearsals"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scenario_id: Mapped[str] = mapped_column(String(200))
    scenario_title: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcTime(), index=True)
    duration_sec: Mapped[float | None] = mapped_column(Float(53))
    end_reason: Mapped[str | None] = mapped_column(String(40))
    scores: Mapped[dict[str, float | None]] = mapped_column(JSON)
    recovered: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(20), server_default="rehearsal", index=True)


class MarkRow(Base):
    """What a streamer marked one finding as."""

    __tablename__ = "marks"

    rehearsal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    finding_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    rule: Mapped[str] = mapped_column(String(200), index=True)
    mark: Mapped[str] = mapped_column(String(20))


class ReviewRow(Base):
    """Sharing and review of one rehearsal."""

    __tablename__ = "reviews"

    rehearsal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    shared_at: Mapped[datetime | None] = mapped_column(UtcTime(), index=True)
    """Null: in no list for mentors."""
    note: Mapped[str] = mapped_column(Text)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcTime())
    reviewed_by: Mapped[str] = mapped_column(String(200))
    comments: Mapped[int]
    unseen: Mapped[int]


class ReviewTextRow(Base):
    """One comment by author and text, so that the same words under several rehearsals show."""

    __tablename__ = "review_texts"

    rehearsal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    comment_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    text_key: Mapped[str] = mapped_column(String(64), index=True)


class ResultRow(Base):
    """What lists and trends need of one scorecard."""

    __tablename__ = "results"

    rehearsal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    facts: Mapped[str] = mapped_column(Text)
