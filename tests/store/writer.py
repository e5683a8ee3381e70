"""A child process that keeps a rehearsal and writes records without end, until somebody kills it."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from coach.events import Record, WordsHeard
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from tests.store import examples


def main(root: Path) -> None:
    """Write until killed; `writing` on stdout says that the log grows."""
    keeper = Keeper(root / "rehearsals", SqlRehearsalStore(f"sqlite:///{root / 'coach.db'}"))
    opened = keeper.open(examples.summary("victim"), examples.SCENARIO)
    opened.append(examples.log("victim"))
    # A long text makes it likely that the kill falls in the middle of a write.
    text = "这件衬衫" * 20_000
    for seq in itertools.count(3):
        opened.append([Record(seq=seq, at=float(seq), event=WordsHeard(text=text, start=1.0))])
        if seq == 5:
            sys.stdout.write("writing\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
