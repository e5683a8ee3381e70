"""Whether a transcript is written in the language of the scenario it is scored by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.errors import InputError
from coach.events import Record, UtteranceHeard
from coach.scenario.model import Scenario

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ENOUGH = 20
"""Characters or words; in less, a greeting or a brand decides."""
_FOREIGN = 0.9
"""Share of the other writing from which nothing in it can be scored; borrowed words and brands stay far below."""


def refuse_other_language(path: str, scenario: Scenario, records: Iterable[Record]) -> None:
    """Refuse a talk in the other language: every selling point would be missing, and none of it the streamer's fault.

    Raises:
        InputError: If nearly all that the streamer says is in the writing of the other language.
    """
    said = [record.event.text for record in records if isinstance(record.event, UtteranceHeard)]
    if is_other_writing(said, scenario.locale):
        raise InputError(
            "{path}: the streamer's words are not in the language of the scenario {scenario} ({locale}); score it with "
            "a scenario in its language",
            path=path,
            scenario=scenario.id,
            locale=scenario.locale,
        )


def is_other_writing(texts: Iterable[str], locale: str) -> bool:
    """Return whether nearly all of what is said is in the writing of the other language than that of `locale`."""
    han = latin = 0
    for text in texts:
        han += len(_HAN.findall(text))
        latin += len(_LATIN_WORD.findall(text))
    other = latin if locale.startswith("zh") else han
    return han + latin >= _ENOUGH and other >= _FOREIGN * (han + latin)
