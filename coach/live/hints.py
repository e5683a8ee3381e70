"""What the streamer of a scenario is likely to say."""

from __future__ import annotations

from coach.language import Language
from coach.ports import RecognitionHints
from coach.scenario.model import Scenario


def hints_for(scenario: Scenario, language: Language) -> RecognitionHints:
    """Collect product, points, facts and names, for recognisers that can lean towards them."""
    product = scenario.product
    phrases = [product.name, *product.gifts, *(f"{key} {value}" for key, value in product.facts.items())]
    for point in product.selling_points:
        phrases += [point.title, point.statement, *point.must_facts, *point.aliases]
    names = [viewer.name for viewer in scenario.viewers]
    words = {token for text in (*phrases, *names) for token in language.tokens(text)}
    kept = tuple(dict.fromkeys(phrase for phrase in (*phrases, *names) if phrase.strip()))
    return RecognitionHints(language=language.code, phrases=kept, words=tuple(sorted(words)))
