"""What the pressure events show."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from coach.score.composure_words import is_left_alone, is_passed_over
from coach.score.scorecard import Evidence, Finding, HandledLine, Metric, PressureCard, Text
from coach.score.wording import both, clock, excerpt, seconds

SLOW_RETURN_SEC = 25.0
_GOOD_SCORE = 80.0
_ANSWER_FIRST = both("先接一句，再接上正在讲的卖点。", "One line of answer, then pick the point up again.")
_GO_ON = both("不用接它，接着讲正在讲的卖点。", "Leave it alone and go on with the point you were making.")


def composure_findings(cards: Sequence[PressureCard], handled: Sequence[HandledLine]) -> list[Finding]:
    """Return slips, the slowest return, and the steadiest answer; nobody is praised for a line passed over."""
    lines = {line.seq: line for line in handled}
    found = [_slip(card) for card in cards if card.slips]
    slow = [card for card in cards if card.score is not None and not card.slips and _is_slow(card)]
    if slow:
        slowest = max(slow, key=lambda card: (card.return_sec is None, card.return_sec or 0.0))
        found.append(_slow(slowest, lines.get(slowest.seq)))
    good = [card for card in cards if card.score is not None and card.score >= _GOOD_SCORE and not _is_slow(card)]
    good = [card for card in good if not is_passed_over(lines.get(card.seq))]
    if good:
        found.append(_good(max(good, key=lambda card: card.score or 0.0)))
    return found


def _is_slow(card: PressureCard) -> bool:
    return card.return_sec is None or card.return_sec > SLOW_RETURN_SEC


def _slip(card: PressureCard) -> Finding:
    words_zh = "、".join(f"“{slip}”" for slip in card.slips)
    words_en = ", ".join(f"“{slip}”" for slip in card.slips)
    return Finding(
        id=f"composure.slip.{card.seq}",
        rule="composure.language",
        panel="composure",
        tone="practise",
        title=both(f"{clock(card.at)} 的回应里有{words_zh}", f"Words to swap at {clock(card.at)}: {words_en}"),
        detail=both(
            "这类话会让其他观众替对方说话。换成一句短的，再回到商品。",
            "Wording like this turns other viewers to the other side. One short line, then back to the product.",
        ),
        evidence=[card.said] if card.said else [],
        weight=0.85,
    )


def _slow(card: PressureCard, line: HandledLine | None) -> Finding:
    if card.return_sec is None:
        title = both(
            f"{clock(card.at)} 之后没有回到商品", f"After {clock(card.at)} the talk did not come back to the product"
        )
    else:
        title = both(
            f"{clock(card.at)} 之后 {seconds(card.return_sec)} 秒才回到商品",
            f"{seconds(card.return_sec)} s to come back to the product after {clock(card.at)}",
        )
    advice = _GO_ON if is_left_alone(line) else _ANSWER_FIRST
    return Finding(
        id=f"composure.return.{card.seq}",
        rule="composure.return",
        panel="composure",
        tone="practise",
        title=title,
        detail=both(
            f"当时：“{excerpt(card.what, 40)}”。{advice.zh}", f"What happened: “{excerpt(card.what, 60)}”. {advice.en}"
        ),
        evidence=[card.said or _line(card)],
        weight=0.6,
    )


def _line(card: PressureCard) -> Evidence:
    speaker = "viewer" if card.viewer_id else "room"
    return Evidence.model_validate({"quote": card.what, "start": card.at, "speaker": speaker, "seq": card.seq})


def _good(card: PressureCard) -> Finding:
    back = card.return_sec or 0.0
    return Finding(
        id=f"composure.back.{card.seq}",
        rule="composure.back",
        panel="composure",
        tone="strength",
        title=both(f"{clock(card.at)} 接得稳", f"A steady answer at {clock(card.at)}"),
        detail=both(
            f"“{excerpt(card.what, 40)}”之后 {seconds(back)} 秒就回到了商品。",
            f"Back on the product {seconds(back)} s after “{excerpt(card.what, 60)}”.",
        ),
        evidence=[card.said] if card.said else [],
        weight=0.8,
    )


def composure_metrics(cards: Sequence[PressureCard], reason: Text | None) -> list[Metric]:
    """Return the median return and answer times, and how many events had language control."""
    scored = [card for card in cards if card.score is not None]
    back = [card.return_sec for card in scored if card.return_sec is not None]
    latency = [card.answer_latency_sec for card in scored if card.answer_latency_sec is not None]
    none = reason or both("没有这样的事件", "There was no such event")
    steady = sum(not card.slips for card in scored)
    return [
        _metric(
            "return_median",
            both("回到商品", "Back to the product"),
            back,
            none,
            both(
                f"压力事件到下一句卖点、价格或流程用语的中位数；{len(scored) - len(back)} 次没有回来",
                f"Median from pressure event to the next point, price or stage words; "
                f"{len(scored) - len(back)} never came back",
            ),
        ),
        _metric(
            "first_word",
            both("开口时间", "Time to first word"),
            latency,
            none,
            both(
                "压力事件到下一句话的中位数；3 秒以内的停顿是从容；当时正在说话的不算",
                "Median to the next utterance; up to 3 s is a composed pause; left out where you were already talking",
            ),
        ),
        Metric(
            id="language_control",
            name=both("用语稳定", "Language control"),
            panel="composure",
            value=round(100 * steady / len(scored), 1) if scored else None,
            unit="%",
            not_measured=None if scored else none,
            method=both(
                "没有攻击、哀求、责怪用语的压力事件占比",
                "Share of pressure events without hostile, pleading or blaming words",
            ),
            confidence="medium",
        ),
    ]


def _metric(name_id: str, name: Text, values: Sequence[float], none: Text, method: Text) -> Metric:
    return Metric(
        id=name_id,
        name=name,
        panel="composure",
        value=round(median(values), 1) if values else None,
        unit="s",
        not_measured=None if values else none,
        method=method,
        confidence="medium",
    )
