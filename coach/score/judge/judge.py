"""Asks a language model about the rubric, several times, and falls back on rules where it does not answer.

A late, failing or nonsensical model costs nothing but its items: those are estimated by rules, as without a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coach.errors import EngineError, Sentence
from coach.events import Record
from coach.language import Language, language_for
from coach.ports import ChatMessage, ChatModel
from coach.score.judge.answer import Opinion, read_answer
from coach.score.judge.prompt import Turn, prompt, prompt_hash
from coach.score.judge.rubric import Rubric, load_rubric
from coach.score.judge.verdict import nearest, settled
from coach.score.model_answer import whole_answer
from coach.score.scorecard import Evidence, JudgedItem, Scorecard, Text
from coach.score.timeline import Timeline, fold

SAMPLES = 3
"""Answers per item: one alone is nearly arbitrary in the worst case (DOMAIN §4.5)."""
LIMIT_SEC = 60.0
"""For one answer. A judge is never waited for live."""
_MOST_TOKENS = 700
"""Four items with their quotes take about 250."""
_EMPTY = Sentence("the answer was empty")
_UNUSABLE = Sentence("the answer was not in the form asked for")


@dataclass(frozen=True, slots=True)
class JudgeResult:
    """The scorecard with judged items, and how many requests went wrong."""

    card: Scorecard
    requests: int
    failed: int
    reasons: tuple[tuple[str, int], ...] = ()
    """Why requests went wrong, the most frequent first: a sentence and how often."""


class Judge:
    """One model that grades finished rehearsals.

    Args:
        chat: Answers; better of another family than the model that words the viewers.
        samples: Answers per item, 3 at least.
        limit_sec: Longest wait for one answer.
    """

    def __init__(self, chat: ChatModel, samples: int = SAMPLES, limit_sec: float = LIMIT_SEC) -> None:
        self._chat = chat
        self._samples = max(SAMPLES, samples)
        self._limit_sec = limit_sec
        self._rubric = load_rubric()

    async def judge(self, card: Scorecard, records: Sequence[Record]) -> JudgeResult:
        """Return the scorecard with the model's view of the rubric; the card's own items where it gave none."""
        language, timeline = language_for(card.locale), fold(records)
        turns = turns_of(timeline)
        names = [joined.name for joined in timeline.joined.values()]
        opinions, faults, requests = await self._opinions(turns, names, language)
        items = [self._item(item, opinions.get(item.id, []), timeline) for item in card.judged]
        engines = dict(card.versions.engines)
        if any(item.by == "model" for item in items):
            engines["judge"] = f"{self._chat.name}+{prompt_hash(self._rubric, language.code)}"
        versions = card.versions.model_copy(update={"engines": engines})
        return JudgeResult(
            card.model_copy(update={"judged": items, "versions": versions}),
            requests,
            faults.total(),
            tuple(faults.most_common()),
        )

    async def _opinions(
        self, turns: Sequence[Turn], names: Sequence[str], language: Language
    ) -> tuple[dict[str, list[Opinion]], Counter[str], int]:
        said = {turn.number: turn.text for turn in turns if turn.is_streamer}
        found: dict[str, list[Opinion]] = {name: [] for name in self._rubric.items}
        faults: Counter[str] = Counter()
        requests = 0
        for group in self._rubric.groups if said else ():
            for sample in range(self._samples):
                # Items change places from sample to sample, since models favour the first.
                order = [*group[sample % len(group) :], *group[: sample % len(group)]]
                asked = prompt(self._rubric, order, turns, language.code, names)
                told, fault = await self._answer(asked)
                answer = read_answer(told, order, said, language)
                requests += 1
                faults.update([fault] if answer is None else [])
                for name, opinion in (answer or {}).items():
                    found[name].append(opinion)
        return found, faults, requests

    async def _answer(self, messages: Sequence[ChatMessage]) -> tuple[str, str]:
        """Return what the model says, nothing where it is late or fails, and what is wrong if that is not usable."""
        try:
            told = await whole_answer(self._chat, messages, max_tokens=_MOST_TOKENS, limit_sec=self._limit_sec)
        except EngineError as error:
            return "", error.message
        return told, _UNUSABLE if told.strip() else _EMPTY

    def _item(self, item: JudgedItem, samples: Sequence[Opinion], timeline: Timeline) -> JudgedItem:
        """Return one item by the model, or as it was where fewer than half of the samples came and can be believed."""
        if 2 * sum(sample.is_sound for sample in samples) <= self._samples:
            return item
        score, unsure = settled(samples)
        best = nearest(samples, score)
        return JudgedItem(
            id=item.id,
            question=item.question,
            score=score,
            samples=[sample.score for sample in samples],
            ask_mentor=unsure,
            evidence=[_evidence(best, timeline)] if best is not None else [],
            by="model",
        )


def turns_of(timeline: Timeline) -> list[Turn]:
    """Return utterances and viewers' lines in order; numbers are those of their records."""
    spoken = [(item.start, item.seq, True, item.text) for item in timeline.worded]
    lines = [(line.start, line.seq, False, line.text) for line in timeline.lines]
    return [Turn(seq, is_streamer, text) for _, seq, is_streamer, text in sorted(spoken + lines)]


def _evidence(opinion: Opinion, timeline: Timeline) -> Evidence:
    spoken = next(item for item in timeline.worded if item.seq == opinion.turn)
    start = spoken.text.find(opinion.quote)
    return spoken.evidence(start, start + len(opinion.quote))


def question_of(name: str, rubric: Rubric) -> Text:
    """Return an item's question in both languages."""
    words = rubric.items[name].question
    return Text(zh=words.zh, en=words.en)
