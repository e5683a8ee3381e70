"""What the product needs from the outside, as protocols. Adapters implement them; fakes are in `coach.testing`.

Sample formats, everywhere: microphone side int16 mono 16 kHz in frames of 320 samples (20 ms); viewer side int16
mono 48 kHz in frames of 960 samples (20 ms).
"""

from __future__ import annotations

from coach.ports.chat_model import ChatMessage, ChatModel, ChatUsage
from coach.ports.ears import EarFrame, Ears
from coach.ports.echo import EchoCanceller
from coach.ports.keeper import (
    FindingMark,
    Keeper,
    RehearsalFiles,
    RehearsalPage,
    RehearsalQuery,
    RehearsalStore,
    RehearsalSummary,
    Sort,
)
from coach.ports.mouth import FrameSource, Mouth
from coach.ports.recognizer import HeardWord, Hearing, Hypothesis, PageRecognizer, RecognitionHints, Recognizer
from coach.ports.recorder import Recorder
from coach.ports.review import ReviewCount, ReviewEntry, ReviewIndex, SharedRehearsal
from coach.ports.sample import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, MOUTH_FRAME, MOUTH_RATE_HZ, MOUTH_SILENCE, Int16Array
from coach.ports.synthesizer import SpeechChunk, Synthesizer, VoiceSpec, WordMark
from coach.ports.turn_model import SURE, TurnModel
from coach.ports.vad import Vad, VadDecision

__all__ = [
    "EAR_FRAME",
    "EAR_RATE_HZ",
    "FRAME_SEC",
    "MOUTH_FRAME",
    "MOUTH_RATE_HZ",
    "MOUTH_SILENCE",
    "SURE",
    "ChatMessage",
    "ChatModel",
    "ChatUsage",
    "EarFrame",
    "Ears",
    "EchoCanceller",
    "FindingMark",
    "FrameSource",
    "HeardWord",
    "Hearing",
    "Hypothesis",
    "Int16Array",
    "Keeper",
    "Mouth",
    "PageRecognizer",
    "RecognitionHints",
    "Recognizer",
    "Recorder",
    "RehearsalFiles",
    "RehearsalPage",
    "RehearsalQuery",
    "RehearsalStore",
    "RehearsalSummary",
    "ReviewCount",
    "ReviewEntry",
    "ReviewIndex",
    "SharedRehearsal",
    "Sort",
    "SpeechChunk",
    "Synthesizer",
    "TurnModel",
    "Vad",
    "VadDecision",
    "VoiceSpec",
    "WordMark",
]
