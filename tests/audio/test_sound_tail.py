from __future__ import annotations

import numpy as np
import pytest

from audio.sound_tail import SoundTail


@pytest.mark.parametrize("sizes", [[1] * 40, [3, 5, 2, 7, 10, 1, 9], [10, 10, 10], [25, 4, 11], [0, 6, 0, 6]])
def test_the_last_samples_are_kept_in_order(sizes: list[int]) -> None:
    tail, said = SoundTail(10), np.zeros(10, np.float32)
    for size in sizes:
        block = np.arange(len(said), len(said) + size, dtype=np.float32)
        said = np.concatenate((said, block))
        tail.append(block)
        assert tail.latest.tolist() == said[-10:].tolist()
    assert len(tail) == 10


def test_what_is_cleared_is_silence_and_goes_on() -> None:
    tail = SoundTail(4)
    tail.append(np.ones(3, np.float32))
    tail.clear()
    assert tail.latest.tolist() == [0, 0, 0, 0]
    tail.append(np.ones(1, np.float32))
    assert tail.latest.tolist() == [0, 0, 0, 1]
