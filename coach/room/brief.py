"""What a language model is told about one line, built from a viewer's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.events import Channel
from coach.language import Language
from coach.room.pack import LinePack
from coach.room.request import LineBrief, Turn
from coach.room.slots import bid, say_price
from coach.room.viewer import Deal, ViewerState
from coach.scenario.model import Intent, Scenario, ViewerType

MAX_CHARS = {("zh", "chat"): 28, ("zh", "voice"): 44, ("en", "chat"): 90, ("en", "voice"): 130}
"""Danmaku are short; a spoken line lasts about eight seconds at most."""
_CONCEDING: tuple[Intent, ...] = ("accept", "buy")
_ABOUT_ANOTHER: tuple[Intent, ...] = ("echo", "pile_on", "praise")
_OWN: dict[ViewerType, tuple[str, ...]] = {"bait": ("claim",), "angry_returner": ("complaint",)}
_ENOUGH, _THIN = 45.0, 20.0
"""Patience above which a viewer is patient, below which it is nearly gone."""
_TRUSTS, _DISTRUSTS = 60.0, 30.0


def line_brief(
    state: ViewerState,
    intent: Intent,
    channel: Channel,
    scenario: Scenario,
    deal: Deal,
    language: Language,
    pack: LinePack,
    slots: Mapping[str, str],
    recent: Sequence[Turn],
    avoid: Sequence[str],
) -> LineBrief:
    """Return the brief of one line."""
    spec = state.spec
    known = pack.types.get(spec.type)
    persona = " ".join(part for part in (known.persona if known else "", spec.name, spec.style) if part)
    return LineBrief(
        language=language.code,
        persona=persona,
        intent=intent,
        instruction=pack.instructions[intent],
        product=_product(scenario),
        state=_state(state, intent, pack, slots),
        intensity_cap=scenario.intensity_cap,
        max_chars=MAX_CHARS[(language.code, channel)],
        may_concede=intent in _CONCEDING,
        allowed_numbers=_numbers(state, scenario, deal, language, recent),
        scenario=scenario,
        recent=tuple(recent),
        avoid=tuple(avoid),
    )


def _product(scenario: Scenario) -> str:
    product, price = scenario.product, scenario.product.price
    said = [say_price(value, price.currency, scenario.language, spoken=False) for value in (price.list, price.live)]
    facts = [f"{name}: {value}" for name, value in product.facts.items()]
    return "; ".join([product.name, f"{said[1]} ({said[0]})", *facts, *product.gifts])


def _state(state: ViewerState, intent: Intent, pack: LinePack, slots: Mapping[str, str]) -> str:
    words = pack.states
    parts = [words["patient" if state.patience > _ENOUGH else "wearing" if state.patience > _THIN else "nearly_gone"]]
    parts.append(
        words["trusting" if state.trust >= _TRUSTS else "unsure" if state.trust >= _DISTRUSTS else "distrusting"]
    )
    told = [name for name in ("limit", "need", *_OWN.get(state.spec.type, ())) if slots[name]]
    told += ["cut_off"] if state.cut_off_at is not None else []
    told += ["other"] if intent in _ABOUT_ANOTHER and slots["other"] else []
    told += [f"care_{state.spec.care}"] if state.spec.care else []
    return "; ".join([*parts, *(words[name].format_map(slots) for name in told)])


def _numbers(
    state: ViewerState, scenario: Scenario, deal: Deal, language: Language, recent: Sequence[Turn]
) -> tuple[float, ...]:
    """Return what may be stated: list and live price, what was offered, the viewer's bid, facts, numbers just said."""
    price = scenario.product.price
    allowed = {price.list, price.live}
    if deal.offered is not None:
        allowed.add(deal.offered)
    if state.price_limit is not None:
        allowed.add(bid(state))
    texts = [*scenario.product.facts.values(), *(turn.text for turn in recent)]
    allowed.update(span.value for text in texts for span in language.numbers(text))
    return tuple(sorted(allowed))
