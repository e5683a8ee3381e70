"""How far a voice detector is to be believed while a viewer is heard beneath what the microphone picks up.

Two witnesses can tell a streamer from what is left of a viewer: how sure the detector is of a voice, and how far the
sound stands above all that can be echo. Neither is enough: the detector may know a voice in the remainder too, and a
door or a keyboard stands above it without being one. So their odds are added up, and the detector's count the less the
more it took for a voice where nobody but the viewer spoke.
"""

from __future__ import annotations

import math

CLEAR_DB = 12.0
"""Evidence (`NearEvidence.average`) where all bands stand out: even odds of the detector are enough there."""
ODDS_PER_DB = 0.5
"""Log-odds that a detector deceived by every remainder must give beyond that for each dB less: 0.95 where a sound
stands out by 6 dB. Set on synthetic voices in simulated rooms: with 0.6 some streamers over a loud echo were heard a
syllable later."""
_MEMORY_BLOCKS = 40
"""0.8 s of echo: some syllables."""
_SUREST = 1e-4
"""No opinion is surer than this leaves open."""


class Witness:
    """The detector of one microphone, and what it made of echoes."""

    def __init__(self) -> None:
        self._deceived = 0.0

    def hear_echo(self, speech: float) -> None:
        """Take its opinion (0 to 1) on a block in which nobody but viewers sounds."""
        self._deceived += (speech - self._deceived) / _MEMORY_BLOCKS

    def is_believed(self, speech: float, above_db: float) -> bool:
        """Return whether a block that is more than echo counts as speech.

        Args:
            speech: The detector's probability, 0 to 1.
            above_db: How far the sound stands above the echo, dB averaged over the bands.
        """
        likely = min(max(speech, _SUREST), 1 - _SUREST)
        wanted = ODDS_PER_DB * self._deceived * (CLEAR_DB - above_db)
        return math.log(likely / (1 - likely)) >= max(0.0, wanted)
