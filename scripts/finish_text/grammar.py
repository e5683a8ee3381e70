"""A grammar in a text file, and sentences drawn from it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

BOUNDARY = "/"
"""Stands between two whole clauses."""
_DEEP = 12
"""Depth of rules below which the first alternative is taken, so that every sentence ends."""
_PART = re.compile(r"<([\w]+)>|\{([\w.]+)\}|(\S+)")


@dataclass(frozen=True)
class Grammar:
    """Rules and words. `rules` maps a name to weights and alternatives, `words` a class to its words."""

    rules: dict[str, tuple[list[float], list[str]]]
    words: dict[str, list[str]]

    def sentence(self, dice: random.Random) -> list[str]:
        """Return the tokens of one sentence, `BOUNDARY` among them."""
        return self.expand("top", dice)

    def expand(self, rule: str, dice: random.Random) -> list[str]:
        """Return the tokens of something that a rule makes."""
        return self._expand(rule, dice, 0)

    def _expand(self, name: str, dice: random.Random, depth: int) -> list[str]:
        if name not in self.rules:
            return dice.choice(self.words[name]).split()
        weights, choices = self.rules[name]
        body = choices[0] if depth > _DEEP else dice.choices(choices, weights)[0]
        tokens: list[str] = []
        for rule, words, literal in _PART.findall(body):
            tokens += [literal] if literal else self._expand(rule or words, dice, depth + 1)
        return tokens


def load_grammar(path: Path, words: dict[str, list[str]]) -> Grammar:
    """Read a grammar file: `name = alternative | alternative`, an alternative may begin with `N*`, its weight."""
    rules: dict[str, tuple[list[float], list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, body = line.partition("=")
        weights, choices = [], []
        for alternative in body.split("|"):
            weight, star, rest = alternative.strip().partition("*")
            weights.append(float(weight) if star else 1.0)
            choices.append(rest.strip() if star else alternative.strip())
        rules[name.strip()] = (weights, choices)
    return Grammar(rules, words)
