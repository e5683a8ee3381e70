"""What became of the lines of a drill's viewer, who comes again and again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.room.reading import prices_in
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario
from coach.score.composure_findings import SLOW_RETURN_SEC
from coach.score.drill_seen import Seen
from coach.score.granted import BARGAINERS, granted_under_floor
from coach.score.handling import LATEST_SEC
from coach.score.scorecard import Evidence, HandledLine, Scorecard
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import both

LEAST_LINES = 2
"""Lines from which an outcome is told: one may be luck."""
_WELL = 2 / 3
"""Share of lines met well from which it worked, if none was met badly."""
_GOES_ON_SEC = 1.5
"""Talk that goes on this long past a line went on in spite of it."""
_CENT = 0.011


# --- lines of any kind -----------------------------------------------------------------------------------------


def lines_met(card: Scorecard, timeline: Timeline, types: Collection[str]) -> Seen:
    """Return whether the lines of viewers of these types were met well.

    Silence is no skill: a line that was rightly ignored counts where talk went on, back to the product.
    """
    lines = [line for line in card.handled if line.viewer_type in types]
    if len(lines) < LEAST_LINES:
        return _too_few(len(lines))
    bad = _badly(lines)
    well = [line for line in lines if line.handled == "well" and line not in bad]
    shown = [line for line in well if _is_shown(line, card, timeline)]
    needed = _WELL * len(lines)
    if len(shown) < needed <= len(well) and not bad:
        return _unshown(len(well) - len(shown), len(lines))
    figure = both(
        f"{len(lines)} 条发言里 {len(well)} 条接得好。",
        f"{len(well)} of {len(lines)} lines {'was' if len(well) == 1 else 'were'} met well.",
    )
    if len(well) >= needed and not bad:
        return Seen(True, figure, _words_after(shown[-1], timeline))
    return Seen(False, figure, _first_answer([*bad, *(line for line in lines if line not in well)]))


def _badly(lines: Sequence[HandledLine]) -> list[HandledLine]:
    return [line for line in lines if line.handled == "badly" or line.below_floor]


def _is_shown(line: HandledLine, card: Scorecard, timeline: Timeline) -> bool:
    """Return whether something that was said shows that a line was met well."""
    if line.should != "ignore":
        return True
    if _after(line, timeline) is None:
        return False
    moment = next((item for item in card.pressure if item.seq == line.seq), None)
    return moment is None or (moment.return_sec is not None and moment.return_sec <= SLOW_RETURN_SEC)


def _after(line: HandledLine, timeline: Timeline) -> Spoken | None:
    """Return the first known words that came after a line, or went on past it."""
    at = line.at
    if at is None:
        return next((item for item in timeline.worded if item.seq > line.seq), None)
    return next(
        (
            item
            for item in timeline.worded
            if item.start <= at + LATEST_SEC and (item.start >= at or item.end >= at + _GOES_ON_SEC)
        ),
        None,
    )


def _words_after(line: HandledLine, timeline: Timeline) -> Evidence | None:
    """Return the answer to a line, else what was said after it."""
    after = _after(line, timeline)
    return _answer(line) or (after.evidence() if after is not None else None)


def _answer(line: HandledLine) -> Evidence | None:
    return next((item for item in line.evidence if item.speaker == "streamer"), None)


def _first_answer(lines: Sequence[HandledLine]) -> Evidence | None:
    return next((answer for line in lines if (answer := _answer(line)) is not None), None)


def _too_few(count: int) -> Seen:
    return Seen(
        None,
        both(
            f"这样的发言只有 {count} 条，至少要 {LEAST_LINES} 条。",
            f"{count} line{'' if count == 1 else 's'} of that kind, and it takes {LEAST_LINES}.",
        ),
    )


def _unshown(count: int, total: int) -> Seen:
    return Seen(
        None,
        both(
            f"{total} 条发言里有 {count} 条之后没有听到你讲回商品：不接是对的，讲回商品才算。",
            f"after {count} of {total} lines you were not heard to go on about the product; leaving them alone is "
            "right, and going on is what shows it.",
        ),
    )


# --- bargaining ------------------------------------------------------------------------------------------------


def price_held(card: Scorecard, scenario: Scenario) -> Seen:
    """Return whether the price was held against everybody who bargained, in answers that were fit to be heard."""
    lines = [line for line in card.handled if line.below_floor or line.viewer_type in BARGAINERS]
    lost = _granted(lines, scenario) or _offered(card, scenario) or _met_badly(lines)
    if lost is not None:
        return lost
    if len(lines) < LEAST_LINES:
        return _too_few(len(lines))
    held = [line for line in lines if _holds(line, scenario)]
    figure = both(
        f"砍价的 {len(lines)} 条里回应了 {len(held)} 条，没有一次低于底价。",
        f"{len(held)} of {len(lines)} bargaining lines answered, none under the floor.",
    )
    if len(held) >= _WELL * len(lines):
        return Seen(True, figure, _answer(held[-1]))
    return Seen(False, figure, _first_answer([line for line in lines if line not in held]))


def _holds(line: HandledLine, scenario: Scenario) -> bool:
    """Return whether a line was answered: well, or at least with a price. A weak answer without one evades."""
    return line.noticed and (line.handled == "well" or (line.handled == "weak" and _has_price(line, scenario)))


def _has_price(line: HandledLine, scenario: Scenario) -> bool:
    """Return whether the answer to be quoted holds a figure that is a price."""
    answer = _answer(line)
    return answer is not None and bool(prices_in(answer.quote, sheet_of(scenario)))


def _granted(lines: Sequence[HandledLine], scenario: Scenario) -> Seen | None:
    low = [line for line in granted_under_floor(lines) if _has_price(line, scenario)]
    if not low:
        return None
    figure = both(f"{len(low)} 次答应了低于底价的价格。", f"a price under the floor was agreed to, {len(low)}×.")
    return Seen(False, figure, _answer(low[0]))


def _offered(card: Scorecard, scenario: Scenario) -> Seen | None:
    """Return a price under the floor that nobody had asked for."""
    sheet, floor = sheet_of(scenario), scenario.product.price.floor - _CENT
    low = [
        error
        for error in card.fact_errors
        if error.fact == "price"
        and error.stands
        and any(said.use == "named" and said.value < floor for said in prices_in(error.evidence.quote, sheet))
    ]
    if not low:
        return None
    figure = both(
        f"没人问，自己报了 {len(low)} 次低于底价的价格。",
        f"a price under the floor was offered unasked, {len(low)}×.",
    )
    return Seen(False, figure, low[0].evidence)


def _met_badly(lines: Sequence[HandledLine]) -> Seen | None:
    bad = _badly(lines)
    if not bad:
        return None
    figure = both(
        f"砍价的 {len(lines)} 条里有 {len(bad)} 条接得不好。",
        f"{len(bad)} of {len(lines)} bargaining lines {'was' if len(bad) == 1 else 'were'} met badly.",
    )
    return Seen(False, figure, _first_answer(bad))
