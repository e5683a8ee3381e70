"""The nets that read points and claims in English beside the reader: `scripts/train_reader.py english`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.reader_base_en import LAYERS
from scripts.reader_rows import QUESTIONS, Rows, Whole
from scripts.reader_work import first_weights, packed, padding

Array = NDArray[np.float32]
ENGLISH = Path(__file__).resolve().parents[1] / "coach" / "language" / "reader" / "english"
_EPOCHS, _RATE, _PIECES = 2, 2e-4, 6144
_THEN = {"claim": 1.0, "answer": 2.0, "point": 0.2}
"""How often what reads English claims reads what it learns from, after the points; a part is drawn once."""
_THEN_RATE = 1.5e-4
_FILES = {"english.npz": "weights.npz", "claims.npz": "claims.npz"}
"""What `english` writes, and what it is shipped as."""
_NO_POINT = ("claim", "answer", "below")
"""Questions that what reads points is not asked."""


def english(work: Path, out: Path, start: Path | None, steps: int) -> None:
    """Train what reads points in English from its base, then the layers that read claims, and write both.

    Args:
        work: Folder that `prepare --english` wrote.
        out: Where to write.
        start: Reader that has learned points, which then are left out; its vocabulary is that of `work`.
        steps: Most steps of either; 0: as many as there are.
    """
    from scripts.reader_net import Net, Plan, Table, fit

    _check_english(work)
    found = Rows.load(work / "rows.npz")
    table = Table(found, padding(work))
    labelled = np.flatnonzero(found.weight > 0)
    out.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        (out / name).unlink(missing_ok=True)  # what another run left is not of this one
    net = Net(_learned(start, work) if start else first_weights(work), LAYERS, learned=start is not None)
    if start is None:
        points = labelled[found.question[labelled] == QUESTIONS.index("point")]
        fit(net, Plan(LAYERS, _EPOCHS, _RATE, _PIECES), table, points, steps=steps)
        kept = {name: weight for name, weight in net.arrays().items() if name.removesuffix(".b") not in _NO_POINT}
        np.savez_compressed(out / "english.npz", allow_pickle=False, **packed(kept))
    chosen = _often(found, labelled, _THEN)
    fit(net, Plan(LAYERS, 1, _THEN_RATE, _PIECES), table, chosen, steps=steps)
    kept = {name: weight for name, weight in net.arrays().items() if name[0].isdigit() or name in ("claim", "claim.b")}
    np.savez_compressed(out / "claims.npz", allow_pickle=False, **packed(kept))


def _often(found: Rows, among: Whole, times: Mapping[str, float]) -> Whole:
    """Return rows as often as is said for their question: what is over a whole number is drawn."""
    chance, chosen = np.random.default_rng(1), list[Whole]()
    for question, share in times.items():
        here = among[found.question[among] == QUESTIONS.index(question)]
        chosen += [here] * int(share)
        chosen.append(here[chance.random(len(here)) < share % 1])
    return np.concatenate(chosen)


def _learned(start: Path, work: Path) -> dict[str, Array]:
    """Return the weights of an English reader of the vocabulary of the folder `work`."""
    from coach.language.reader.net import whole

    _check_pieces(start, work)
    with np.load(start / "weights.npz") as held:
        return {name: whole(held, name) for name in held.files if not name.endswith(".scale")}


def _check_english(work: Path) -> None:
    if not (work / "pieces.txt").is_file():
        raise SystemExit(f"expected a folder that `prepare --english` wrote, found no pieces.txt in {work}")


def _check_pieces(reader: Path, work: Path) -> None:
    pieces = [folder / "pieces.txt" for folder in (reader, work)]
    if not pieces[0].is_file() or pieces[0].read_text(encoding="utf-8") != pieces[1].read_text(encoding="utf-8"):
        raise SystemExit(f"expected the pieces of {work} in {reader}, found others; train without --start")


def ship_english(work: Path, trained: Path, folder: Path) -> None:
    """Write what reads English from what `english` wrote: with `--start`, only the layers that read claims."""
    _check_english(work)
    if not (trained / "claims.npz").is_file():
        raise SystemExit(f"expected claims.npz in {trained}, which `english` writes last, found none")
    if not (trained / "english.npz").is_file():
        _check_pieces(folder, work)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pieces.txt").write_text((work / "pieces.txt").read_text(encoding="utf-8"), encoding="utf-8")
    for name, shipped in _FILES.items():
        if (trained / name).is_file():
            with np.load(trained / name) as held:
                np.savez(folder / shipped, allow_pickle=False, **{key: held[key] for key in held.files})
