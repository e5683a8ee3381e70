"""A viewer's line as it appears in the chat."""

from __future__ import annotations

from coach.events import LinePosted
from coach.room.request import LineRequest


def posted(request: LineRequest, text: str, writer: str) -> LinePosted:
    """Return the event of a line that appears as danmaku."""
    return LinePosted(
        line_id=request.line_id,
        viewer_id=request.viewer_id,
        text=text,
        intent=request.intent,
        pressure=request.pressure,
        reply_to=request.reply_to,
        writer=writer,
    )
