"""Who speaks as a mentor. The one place to put an identity in once the room knows accounts.

Until then it is a name that the page asks for once and sends along: whoever can reach the room can act as mentor.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Request

from coach.score.scorecard import Text
from web.problems import ApiProblem

HEADER = "X-Coach-Mentor"
"""Carries the name, percent-encoded UTF-8: headers know no Chinese."""
PARAMETER = "mentor"
"""The same in a query, for what the browser fetches on its own, such as a recording."""
NAME_LENGTH = 40


def mentor_name(request: Request) -> str:
    """Return the mentor's name.

    Raises:
        ApiProblem: 422 `name_needed` if there is none, or it is no name.
    """
    given = unquote(request.headers.get(HEADER, "")) or request.query_params.get(PARAMETER, "")
    seen = "".join(sign for sign in given if unicodedata.category(sign)[0] != "C" or sign.isspace())
    name = " ".join(seen.split())
    if not name or len(name) > NAME_LENGTH:
        told = Text(
            zh=f"请先写下你的名字（最多 {NAME_LENGTH} 个字），主播会看到是谁在点评。",
            en=f"Give your name first ({NAME_LENGTH} characters at most): the streamer sees who reviews.",
        )
        raise ApiProblem(422, "name_needed", told)
    return name


Mentor = Annotated[str, Depends(mentor_name)]
