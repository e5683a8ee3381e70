"""The room's page by itself: records made here, no server behind them but the one that hands out the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.room_feed import Feed, lively
from tests.browser.conftest import NOWHERE

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHEAP = {"transform", "opacity", "visibility", "offset", "computedOffset", "easing", "composite"}
"""What an animation may change: the compositor does these alone, without laying the page out or painting it."""
ANIMATED = """() => document.getAnimations()
  .flatMap((one) => one.effect.getKeyframes()).flatMap((frame) => Object.keys(frame))"""
FORWARD = """([selector, ms]) => {
  for (const one of [...document.querySelectorAll(selector)].flatMap((moving) => moving.getAnimations()))
    one.currentTime = Math.max(one.currentTime, ms)
}"""
MOST_IN_LIST = 120
MOST_IN_LANE = 12
LONGEST_ANIMATION_MS = """() => Math.max(0, ...document.getAnimations()
  .filter((one) => one.playState === 'running').map((one) => one.effect.getComputedTiming().duration))"""


def box(of: Locator) -> dict[str, float]:
    found = of.bounding_box()
    assert found is not None
    x, y, width, height = found["x"], found["y"], found["width"], found["height"]
    return {"x": x, "y": y, "width": width, "height": height, "right": x + width, "bottom": y + height}


def speaking(feed: Feed, at: float, number: int, text: str) -> str:
    line = f"s{len(feed.records)}"
    feed.add(at, type="line_voicing", line_id=line, viewer_id=f"v{number}", text=text, intent="ask", start=at,
             pressure=False, reply_to=None, writer="scripted", cuts_in=False)  # fmt: skip
    return line


@pytest.mark.parametrize(("width", "height"), [(360, 640), (390, 844), (430, 932)])
def test_a_phone_has_comments_over_the_lower_stage_and_everything_at_the_thumb(
    open_page: OpenPage, width: int, height: int
) -> None:
    page = open_page(None, NOWHERE)
    page.set_viewport_size({"width": width, "height": height})
    feed = lively(Feed("en"), minutes=0.5)
    feed.open(page)
    expect(page.get_by_test_id("danmaku-list").locator("li").nth(12)).to_be_attached()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth && scrollY === 0")
    comments, product = box(page.get_by_test_id("danmaku-list")), box(page.get_by_test_id("product-open"))
    assert comments["y"] > height * 0.45
    assert comments["bottom"] <= product["y"]
    for name in ("camera", "pause", "stop", "end"):
        control = box(page.get_by_test_id(name))
        assert min(control["width"], control["height"]) >= 44
        assert control["y"] > height * 0.7
        assert control["right"] <= width
    newest = page.get_by_test_id("danmaku-list").locator("li").last
    newest.evaluate("(one) => Promise.all(one.getAnimations().map(({ finished }) => finished))")
    assert box(newest)["bottom"] <= comments["bottom"] + 1
    page.get_by_test_id("product-open").click()
    expect(page.get_by_test_id("product-sheet")).to_be_visible()
    expect(page.get_by_test_id("product-card")).to_contain_text("40 hours on low")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("product-card")).to_be_hidden()


def test_a_phone_held_sideways_has_stage_and_comments_side_by_side(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    page.set_viewport_size({"width": 844, "height": 390})
    lively(Feed("zh"), minutes=0.2).open(page)
    stage, comments = box(page.locator(".scene")), box(page.get_by_test_id("danmaku-list"))
    assert stage["right"] < comments["x"]
    assert stage["height"] > 200
    assert box(page.get_by_test_id("end"))["bottom"] <= 390
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_desk_has_an_upright_stage_between_product_and_comments(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    lively(Feed("en"), minutes=0.2).open(page)
    stage = box(page.locator(".scene"))
    assert stage["height"] > 1.3 * stage["width"]
    assert box(page.get_by_test_id("product-card"))["right"] < stage["x"]
    assert box(page.get_by_test_id("danmaku-list"))["x"] > stage["right"]


def test_viewers_come_speak_turn_away_buy_and_go_as_in_a_live_app(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    feed = Feed("zh")
    for number in range(3):
        feed.join(1.0, number)
    feed.open(page)
    page.get_by_test_id("help-open").click()
    page.get_by_test_id("help-panel").get_by_role("button", name="关闭").or_(
        page.get_by_test_id("help-panel").get_by_role("button", name="Close")
    ).click()
    page.get_by_test_id("language-zh").first.click()
    front = page.get_by_test_id("audience")
    expect(front.locator(".viewer")).to_have_count(3)
    expect(page.get_by_test_id("danmaku-list")).to_contain_text("小美爱省钱 和另外 2 人来了")
    feed.add(2, type="viewer_changed", viewer_id="v0", patience=90, trust=80, hostility=0, price_limit=None, reason="")
    feed.add(2, type="viewer_changed", viewer_id="v1", patience=12, trust=30, hostility=0, price_limit=None, reason="")
    line = speaking(feed, 3.0, 2, "这个颜色显黑吗，我皮肤偏黄")
    feed.hand_out()
    expect(front.locator("[data-bearing=leaning_in]")).to_contain_text("小美爱省钱：凑近了")
    expect(front.locator("[data-bearing=going]")).to_contain_text("准备离开")
    expect(front.locator(".speaking")).to_contain_text("豆豆妈")
    expect(page.get_by_test_id("speaking-caption")).to_contain_text("豆豆妈 正在说话")
    feed.add(4, type="line_voiced", line_id=line, viewer_id="v2", text="这个颜色显黑吗，我皮肤偏黄",
             heard_text="这个颜色显黑吗", cut_off=True, start=3, end=4, cut_by="streamer")  # fmt: skip
    feed.leave(5, 0, "bought")
    feed.leave(5, 1)
    feed.add(5, type="room_changed", viewers=1234, orders=3, likes=9, reason="bought", shown_price=79.0)
    feed.hand_out()
    expect(page.get_by_test_id("speaking-caption").locator("s")).to_have_text("，我皮肤偏黄")
    expect(page.get_by_test_id("voice-told")).to_have_text("豆豆妈: 这个颜色显黑吗")
    expect(page.get_by_test_id("danmaku-list").locator("[data-kind=left]").first).to_contain_text("小美爱省钱 下单了")
    expect(front.locator(".viewer")).to_have_count(1)
    expect(page.get_by_test_id("live-price")).to_have_text("¥79")
    expect(page.get_by_label("练习数字，不是销量预测")).to_contain_text("1,234")


def test_an_exam_shows_price_and_stock_only(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    Feed("en", exam=True).open(page)
    expect(page.get_by_test_id("exam-note")).to_be_visible()
    expect(page.get_by_test_id("live-badge")).to_contain_text("Exam")
    expect(page.get_by_test_id("product-card")).to_contain_text("$29")
    expect(page.get_by_test_id("floor-price")).to_have_text("Your lowest price: $26 (private: viewers do not know it)")
    expect(page.get_by_test_id("product-card")).not_to_contain_text("40 hours")


def forward(page: Page, selector: str, to_ms: float) -> None:
    """Let what moves there be this far at least."""
    page.evaluate(FORWARD, [selector, to_ms])


def test_one_cue_is_shown_and_goes_by_itself(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    feed = Feed("en")
    feed.open(page)
    expect(page.get_by_test_id("own-caption")).to_be_visible()
    expect(page.get_by_test_id("cue")).to_have_count(0)
    feed.add(9.0, type="cue_shown", text="Slower", rule="slower")
    feed.hand_out()
    expect(page.get_by_test_id("cue")).to_contain_text("Slower")
    forward(page, "[data-testid=cue]", to_ms=4000)
    expect(page.get_by_test_id("cue")).to_be_visible()
    expect(page.get_by_test_id("cue")).to_be_hidden()


def test_keys_act_never_while_typing_and_can_be_switched_off(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    feed = Feed("en")
    feed.open(page)
    typed = page.get_by_test_id("typed-input")
    expect(typed).to_be_enabled()
    page.locator("body").press("/")
    expect(typed).to_be_focused()
    page.keyboard.type("/ pml? X")
    expect(typed).to_have_value("/ pml? X")
    page.keyboard.press("Escape")
    expect(typed).not_to_be_focused()
    assert [command["type"] for command in feed.commands] == ["ping"]
    page.keyboard.press("p")
    page.keyboard.press("Shift+X")
    page.wait_for_function("() => true")
    assert [command["type"] for command in feed.commands] == ["ping", "pause", "stop"]
    page.keyboard.press("l")
    expect(page.get_by_test_id("latency-panel")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_test_id("help-panel")).to_be_visible()
    expect(page.get_by_test_id("latency-panel")).to_be_hidden()
    page.get_by_test_id("shortcuts-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.press("l")
    expect(page.get_by_test_id("latency-panel")).to_be_hidden()
    assert [command["type"] for command in feed.commands] == ["ping", "pause", "stop"]
    page.reload()
    page.get_by_test_id("help-open").click()
    expect(page.get_by_test_id("shortcuts-on")).not_to_be_checked()


def test_only_what_the_compositor_does_alone_is_animated(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    feed = lively(Feed("en"), minutes=0.2)
    feed.open(page)
    expect(page.get_by_test_id("audience").locator(".viewer").first).to_be_attached()
    seen: set[str] = set()
    for step in range(12):
        feed.join(20 + step, 40 + step)
        feed.comment(20 + step, 40 + step)
        feed.add(20 + step, type="viewer_changed", viewer_id=f"v{40 + step - 1}", patience=12, trust=9, hostility=0,
                 price_limit=None, reason="")  # fmt: skip
        feed.hand_out()
        page.wait_for_function(f"() => document.querySelectorAll('[data-kind=chat]').length >= {step + 2}")
        seen |= set(page.evaluate(ANIMATED))
    assert "transform" in seen
    assert seen <= CHEAP


def test_who_wants_no_motion_gets_none(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    page.emulate_media(reduced_motion="reduce")
    feed = lively(Feed("en"), minutes=0.3)
    feed.open(page)
    expect(page.get_by_test_id("audience").locator(".viewer").first).to_be_attached()
    for number in range(3):
        feed.comment(30.0 + number, number)
    feed.hand_out()
    expect(page.get_by_test_id("danmaku-list").locator("[data-kind=chat]").nth(8)).to_be_attached()
    assert page.locator(".lane span").count() == 0
    page.wait_for_function(f"({LONGEST_ANIMATION_MS})() < 20")


def counted(page: Page) -> dict[str, Any]:
    """Return nodes, listeners and heap after a collection of garbage."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return {name: found[name] for name in ("Nodes", "JSEventListeners", "JSHeapUsedSize", "LayoutCount")}


def at_rest(page: Page) -> dict[str, Any]:
    """Return what is counted once nothing of it changes any more: who came or went has done so, and is forgotten."""
    before: dict[str, Any] = {}
    for _ in range(40):
        now = counted(page)
        if all(now[name] == before.get(name) for name in ("Nodes", "JSEventListeners")):
            return now
        before = now
        page.wait_for_timeout(500)
    raise AssertionError(f"the page never came to rest: {before}")


def whole(records: list[dict[str, Any]], share: float) -> tuple[int, str]:
    """Return how many records make up about that share, ending with an utterance, and what it said."""
    last = max(one["seq"] for one in records[: int(len(records) * share)] if one["event"]["type"] == "utterance_heard")
    return last + 1, str(records[last]["event"]["text"])


def let_drift_off(page: Page) -> None:
    """Empty the lane above the stage, at once."""
    forward(page, ".lane span", to_ms=60_000)
    expect(page.locator(".lane span")).to_have_count(0)


def test_half_an_hour_of_a_full_room_does_not_grow_the_page(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    feed = lively(Feed("en"), minutes=30)
    own = page.get_by_test_id("own-caption")
    # Five minutes fill the list and warm everything; what is measured is the rest.
    feed.shown, text = whole(feed.records, 1 / 6)
    feed.open(page)
    expect(own).to_contain_text(text)
    let_drift_off(page)
    before = at_rest(page)
    for part in range(2, 7):
        shown, text = whole(feed.records, part / 6)
        feed.hand_out(shown)
        expect(own).to_contain_text(text)
        assert page.locator(".lane span").count() <= MOST_IN_LANE
    let_drift_off(page)
    after = at_rest(page)
    print(f"30 min, {len(feed.records)} records: {before} -> {after}")
    assert 60 < page.get_by_test_id("danmaku-list").locator("li").count() <= MOST_IN_LIST
    assert page.locator(".room *").count() < 1200
    assert after["Nodes"] <= before["Nodes"] * 1.1
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 2
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] * 1.25


def test_comments_are_read_out_by_screen_readers_only_when_asked_for(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    lively(Feed("en"), minutes=0.2).open(page)
    comments = page.get_by_test_id("danmaku-list")
    expect(comments).to_have_attribute("aria-live", "off")
    page.get_by_test_id("help-open").click()
    page.get_by_test_id("read-comments").check()
    expect(comments).to_have_attribute("aria-live", "polite")
    page.reload()
    expect(comments).to_have_attribute("aria-live", "polite")
