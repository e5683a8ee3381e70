"""Scripted fakes for every port, public. A script says what happens; what it did not foresee fails the test.

`assert_complete()` fails if steps of a script were not used.
"""

from __future__ import annotations

from coach.testing.engines import Answer, ScriptedChat, ScriptedRecognizer, ScriptedSynthesizer, ScriptedTurnModel
from coach.testing.keeping import MemoryFiles, MemoryKeeper, MemoryRecorder
from coach.testing.script import ScriptError
from coach.testing.sound import LOUD, LevelVad, ManualClock, MemoryMouth, Say, ScriptedEars, ScriptedEcho

__all__ = [
    "LOUD",
    "Answer",
    "LevelVad",
    "ManualClock",
    "MemoryFiles",
    "MemoryKeeper",
    "MemoryMouth",
    "MemoryRecorder",
    "Say",
    "ScriptError",
    "ScriptedChat",
    "ScriptedEars",
    "ScriptedEcho",
    "ScriptedRecognizer",
    "ScriptedSynthesizer",
    "ScriptedTurnModel",
]
