"""How much two folders of screenshots differ, picture by picture."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

CLOSE = 24
"""Steps of 256 by which a pixel may differ unseen: edges of letters are drawn a little differently each time."""
SHARE = 0.005
"""Of the pixels: a moved line of text changes more."""


def report(old: Path, new: Path) -> int:
    """Print every picture that differs, appeared or is gone; return 1 if there is one, 2 if a folder has none."""
    before, after = ({path.name: path for path in folder.glob("*.png")} for folder in (old, new))
    if not before or not after:
        print(f"expected folders with PNG files, found {len(before)} in {old} and {len(after)} in {new}")
        return 2
    lines = [f"{name}: gone" for name in sorted(before.keys() - after.keys())]
    lines += [f"{name}: new" for name in sorted(after.keys() - before.keys())]
    for name in sorted(before.keys() & after.keys()):
        share = changed(read_picture(before[name]), read_picture(after[name]))
        if share > SHARE:
            lines.append(f"{name}: {share:.1%} of the pixels differ")
    print("\n".join(lines) if lines else f"{len(after)} pictures, none differs")
    return 1 if lines else 0


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Return a picture as (height, width, 3)."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    return frame.to_ndarray(format="rgb24").astype(np.uint8)


def changed(old: NDArray[np.uint8], new: NDArray[np.uint8]) -> float:
    """Return the share of pixels that differ visibly; 1 for pictures of different sizes."""
    if old.shape != new.shape:
        return 1.0
    return float((np.abs(old.astype(np.int16) - new).max(axis=2) > CLOSE).mean())
