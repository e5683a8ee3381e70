from __future__ import annotations

from dataclasses import dataclass

import pytest

from audio.asr.sphinx_read import reading


@dataclass
class Segment:
    word: str
    start_frame: int
    end_frame: int
    ascore: float = 1e-50
    lscore: float = 0.95
    prob: float = 1.0003


class Path:
    """A decoder that has found a path."""

    def __init__(self, *segments: Segment) -> None:
        self.segments = segments

    def start_utt(self) -> None: ...
    def process_cep(self, data: bytes, no_search: bool, full_utt: bool) -> None: ...
    def end_utt(self) -> None: ...
    def seg(self) -> tuple[Segment, ...] | None:
        return self.segments or None


def test_fillers_and_pronunciation_numbers_are_not_words() -> None:
    names = ["<s>", "the(2)", "<sil>", "[NOISE]", "++BREATH++", "end(10)", "</s>"]
    words = reading(Path(*(Segment(name, 10 * n, 10 * n + 9) for n, name in enumerate(names)))).words
    assert [word.text for word in words] == ["the", "end"]
    assert [time for word in words for time in (word.start_sec, word.end_sec)] == pytest.approx([0.1, 0.2, 0.5, 0.6])
    assert all(word.confidence == 1.0 for word in words)


def test_words_of_an_utterance_that_goes_on_claim_no_confidence() -> None:
    path = Path(Segment("a", 0, 9))
    assert [word.confidence for word in reading(path, is_over=False).words] == [None]
    assert [word.confidence for word in reading(path).words] == [1.0]


def test_a_score_that_underflowed_counts_as_very_improbable_and_never_raises() -> None:
    fine, underflowed = Path(Segment("a", 0, 9)), Path(Segment("a", 0, 9, ascore=0.0))
    assert reading(underflowed).score < reading(fine).score
