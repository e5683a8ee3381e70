"""Two witnesses against an echo as a table: how sure the detector is, and how far the sound stands above the echo."""

from __future__ import annotations

import pytest

from audio.echo_witness import Witness


@pytest.mark.parametrize(
    ("of_echoes", "speech", "above_db", "believed"),
    [
        (0.9, 0.55, 12.0, True),
        (0.9, 0.45, 12.0, False),
        (0.9, 0.8, 10.0, True),
        (0.9, 0.8, 6.0, False),
        (0.9, 0.97, 6.0, True),
        (0.9, 0.97, 3.0, False),
        (0.9, 0.99, -4.0, False),
        (0.3, 0.8, 6.0, True),
        (0.0, 0.55, 2.0, True),
        (0.0, 0.45, 2.0, False),
    ],
    ids=[
        "clear of the echo, likelier than not",
        "clear of the echo, a leaning",
        "stands out, likely",
        "a noise over what is left of a viewer",
        "stands out a little, sure",
        "hardly stands out, sure",
        "nothing stands out, very sure",
        "a detector that echoes rarely deceive",
        "one that they never do",
        "one that they never do, a leaning",
    ],
)
def test_a_detector_that_echoes_deceive_must_be_surer_the_less_a_sound_stands_out(
    of_echoes: float, speech: float, above_db: float, believed: bool
) -> None:
    witness = Witness()
    for _ in range(200):
        witness.hear_echo(of_echoes)
    assert witness.is_believed(speech, above_db) is believed


def test_a_detector_is_believed_until_echoes_were_seen_to_deceive_it_and_again_once_they_do_not() -> None:
    witness, opinions = Witness(), []
    for of_echoes in (0.9, 0.0):
        for _ in range(100):
            opinions.append(witness.is_believed(0.8, 6.0))
            witness.hear_echo(of_echoes)
    assert opinions[0]
    assert not opinions[100]
    assert opinions[-1]
