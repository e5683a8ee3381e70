"""What all types of viewers do alike: take offence, close a deal, lose hope. A type adds what is its own."""

from __future__ import annotations

from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import (
    Deal,
    Reaction,
    ViewerState,
    hurt,
    is_affordable,
    open_state,
)
from coach.scenario.model import Intent

THREAD: tuple[MoveKind, ...] = (
    "mentions_point",
    "mentions_fact",
    "gives_price",
    "calls_to_action",
    "shows_evidence",
    "demonstrates",
    "gives_terms",
    "offers_gift",
)
"""Moves that go back to selling."""
SUBSTANCE: tuple[MoveKind, ...] = (
    *THREAD,
    "holds_price",
    "concedes",
    "refuses_claim",
    "corrects",
    "routes_service",
    "protects",
    "declines",
)
"""Moves that say something to a question."""
FEEDING: tuple[MoveKind, ...] = ("insults", "blames", "pleads", "complains", "threatens")
"""Moves that give an attacker what it wants."""
CHARS_PER_SEC = {"zh": 4.2, "en": 14.5}
"""Speech in the middle of the pace bands of DOMAIN §3.1: 250 characters, 150 words a minute."""
_IN_PASSING_SEC = 1.5
"""A point named in less convinces nobody. A design default."""
_FILLS: tuple[MoveKind, ...] = ("deflects", "hedges", "concurs", "confirms", "addresses", "greets", "thanks")
"""Moves that by themselves answer nothing."""
ANSWER_SEC, KEY_FACT_SEC = 15.0, 10.0
"""A reply longer than this has left the thread; the key fact is due, and the product back, in ten (DOMAIN §3.7)."""
_ROUNDS = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
"""Utterances that must have spoken to a viewer before anything convinces it, by difficulty. A design default."""
_SLIGHTS: tuple[tuple[MoveKind, float, float, bool], ...] = (
    ("dismisses", -9, -9, True),
    ("threatens", -5, -8, False),
    ("pleads", -2, -4, False),
    ("complains", -2, -3, False),
    ("hedges", -1, -3, True),
)
"""Move short of an insult, patience and trust it costs, whether only if aimed at the viewer. Design defaults."""
_DODGED = -5.0
"""Patience and trust that a question put off costs."""
_PIECE, _HALF_WON = 9, 45.0
"""Lines after which a viewer stops asking, and trust from which it then stays. Design defaults."""
_GIVES_UP = {1: 2, 2: 3, 3: 3, 4: 4, 5: 5}
"""Tries without a bite after which one who only wants a stage falls silent, by difficulty. A design default."""


class Manners:
    """Rules of a viewer that minds its manners; a type overrides `weigh` and `wants`."""

    profile: Profile

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Open with the profile's numbers where the author gave none."""
        open_state(state, self.profile, deal)

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Be hurt, close an agreed deal, or weigh what was said."""
        if (hurtful := hurt(state, reading, aimed)) is not None:
            return hurtful
        if sulks(state, reading):
            return Reaction("resents")
        state.answered += aimed
        if state.agreed:
            return close(state, reading, deal)
        slight(state, reading, aimed)
        if state.settled:
            return self.after(state, reading, aimed, deal)
        return self.weigh(state, reading, aimed, deal)

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Take an utterance while the viewer still wants something."""
        raise NotImplementedError

    def after(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Take an utterance once what it wanted is settled: listen, and warm to what is new or meant for it."""
        new = [move.target for move in reading.of("mentions_point") if state.first(f"after{move.target}")]
        if new or (aimed and reading.did(*SUBSTANCE)):
            state.move(patience=2, trust=2)
        if reading.did("calls_to_action") and self.is_won(state, deal):
            return agree(state, deal, "calls_to_action")
        return Reaction("answered" if aimed else "")

    def is_won(self, state: ViewerState, deal: Deal) -> bool:
        """Return whether a settled viewer would buy after all."""
        return False

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Open, then ask."""
        return "ask" if state.opened else "open"

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Nobody answered: trust goes down and irritation up."""
        state.move(patience=-6, trust=-4, hostility=0.4)
        return Reaction("ignored")

    def bears_silence(self) -> bool:
        """Dead air costs patience."""
        return False


def sulks(state: ViewerState, reading: Reading) -> bool:
    """Return whether an insult still rankles, so that nothing said gets through; an apology ends it."""
    if reading.did("apologises"):
        state.sulks_for = 0
    state.sulks_for = max(0, state.sulks_for - 1)
    return state.sulks_for > 0


def slight(state: ViewerState, reading: Reading, aimed: bool) -> None:
    """Let cost what is no insult and yet no way to treat a viewer."""
    if aimed and dodges(reading):
        state.move(patience=_DODGED, trust=_DODGED)
    for kind, patience, trust, only_aimed in _SLIGHTS:
        if reading.did(kind) and (aimed or not only_aimed):
            state.move(patience=patience, trust=trust)


def dodges(reading: Reading) -> bool:
    """Return whether an utterance puts a question off and says nothing to it."""
    return reading.did("deflects") and not reading.did(*SUBSTANCE)


def says_nothing(reading: Reading) -> bool:
    """Return whether an utterance leaves a question as open as it was: put off, or a mumble."""
    says = [move for move in reading.moves if move.kind not in _FILLS]
    return dodges(reading) or (not says and is_brief(reading))


def has_talked_enough(state: ViewerState, deal: Deal) -> bool:
    """Return whether a viewer has been spoken to often enough to make up its mind."""
    return state.answered >= _ROUNDS[deal.difficulty]


def close(state: ViewerState, reading: Reading, deal: Deal) -> Reaction:
    """Order, as agreed, once the streamer says where or names the price again."""
    if reading.did("calls_to_action", "gives_price") and is_affordable(state, deal):
        return Reaction("calls_to_action" if reading.did("calls_to_action") else "gives_price", "buy", "bought")
    return Reaction()


def agree(state: ViewerState, deal: Deal, reason: str) -> Reaction:
    """Say yes if the price is right; else be content and stay a listener."""
    if is_affordable(state, deal):
        state.agreed = True
        state.move(trust=8, patience=10)
        return Reaction(reason, "accept")
    return settle(state, reason, "soften")


def settle(state: ViewerState, reason: str, wish: Intent | None) -> Reaction:
    """What it came for is dealt with: nothing presses it any more, and it stays to watch."""
    state.settled = True
    state.waiting_since = None
    state.move(patience=12, hostility=-1.0)
    return Reaction(reason, wish)


def in_turn(state: ViewerState, *intents: Intent) -> Intent | None:
    """Return what a viewer says unprompted: its first line, its order, nothing once settled, else these by turns."""
    if not state.opened:
        return "open"
    if state.agreed:
        return "buy"
    return None if state.settled else intents[state.lines % len(intents)]


def has_said_its_piece(state: ViewerState) -> bool:
    """Return whether a viewer has gone on about it as long as anybody does."""
    return state.lines >= _PIECE


def think_it_over(state: ViewerState) -> Reaction:
    """Stop asking: stay and watch if half convinced, else go."""
    if state.trust >= _HALF_WON:
        return settle(state, "thinks_it_over", "soften")
    return walks_off("thinks_it_over")


def content(state: ViewerState, reason: str, wish: Intent = "thank") -> Reaction:
    """What it came for is dealt with, and it goes its way without a grudge."""
    settle(state, reason, wish)
    return Reaction(reason, wish, "satisfied")


def walks_off(reason: str) -> Reaction:
    """Go without a deal."""
    return Reaction(reason, "leave", "lost_patience")


def bored(state: ViewerState, deal: Deal, reason: str, wish: Intent | None = None) -> Reaction:
    """Get nothing out of it once more, and fall silent after so many times: it stays, and says no more."""
    state.starved += 1
    if state.starved >= _GIVES_UP[deal.difficulty]:
        return settle(state, reason, None)
    return Reaction(reason, wish)


def is_brief(reading: Reading) -> bool:
    """Return whether an utterance is over before it has said anything: a word or two in passing."""
    return not is_long(reading, _IN_PASSING_SEC)


def is_long(reading: Reading, seconds: float) -> bool:
    """Return whether an utterance takes longer to say than a reply should."""
    chinese = any("\u4e00" <= char <= "\u9fff" for char in reading.text)
    return len(reading.text) > seconds * CHARS_PER_SEC["zh" if chinese else "en"]


def new_values(state: ViewerState, reading: Reading) -> list[str]:
    """Return the kinds of value (`gift`, `point`, `terms`) an utterance adds for the first time, and credit them."""
    found = [("gift", f"gift{move.target}") for move in reading.of("offers_gift")]
    if is_brief(reading):
        return [kind for kind, key in found if state.first(key)]
    found += [("evidence", "evidence") for _ in reading.of("shows_evidence")]
    found += [("demo", "demo") for _ in reading.of("demonstrates")]
    found += [("point", f"point{move.target}") for move in reading.of("mentions_point") if move.full]
    found += [("terms", "terms") for _ in reading.of("gives_terms")]
    return [kind for kind, key in found if state.first(key)]


def gifts_named(state: ViewerState) -> int:
    """Return how many different gifts the viewer has been offered."""
    return sum(value.startswith("gift") for value in state.valued)
