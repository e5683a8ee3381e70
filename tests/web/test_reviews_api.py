"""A streamer shares, a mentor reviews, the streamer sees it and takes it back: over HTTP, against the real store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from coach.events import LineVoiced, LineVoicing, Record
from coach.scenario.load import LoadedScenario
from coach.score.scorecard import CoveragePoint, HandledLine, Overall, Scorecard
from coach.score.scorer import score
from tests.web.rooms import compose, open_app
from tests.web.test_api import create, finish, problem, say
from web.api.review_desk import words_at

LIN = {"X-Coach-Mentor": quote("林老师")}
WANG = {"X-Coach-Mentor": "Wang"}
SAID = "Hello and welcome, this mug is blue."


def scored(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Scorecard:
    """The product's own scorer, with one point and one line to disagree with and the recordings' place taken."""
    card = score(scenario.scenario, records)
    line = HandledLine(
        seq=7, viewer_id="joe", viewer_type="haggler", text="27?", should="answer", handled="weak", noticed=True
    )
    method = card.scores[0].method
    return card.model_copy(
        update={
            "coverage": [CoveragePoint(point_id="warm", title="Stays warm", priority="P0", state="miss")],
            "handled": [line],
            "overall": Overall(value=64.0, method=method),
        }
    )


async def rehearsed(client: httpx.AsyncClient) -> str:
    rehearsal = await create(client)
    await say(client, rehearsal, type="say", text=SAID)
    assert (await finish(client, rehearsal)).status_code == 200
    return rehearsal


async def share(client: httpx.AsyncClient, rehearsal: str, note: str = "") -> dict[str, Any]:
    answer = await client.put(f"/api/rehearsals/{rehearsal}/share", json={"note": note})
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


async def streamer_sees(client: httpx.AsyncClient, rehearsal: str) -> dict[str, Any]:
    state: dict[str, Any] = (await client.get(f"/api/rehearsals/{rehearsal}/share")).json()
    return state


async def shared_ids(client: httpx.AsyncClient, status: str = "needs") -> list[str]:
    listed = (await client.get("/api/reviews", params={"status": status})).json()
    return [item["summary"]["id"] for item in listed["items"]]


def said_seq(records: list[dict[str, Any]]) -> int:
    return next(int(record["seq"]) for record in records if record["event"]["type"] == "utterance_heard")


async def test_a_rehearsal_goes_to_mentors_only_when_it_is_shared_and_comes_back(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        url = f"/api/reviews/{rehearsal}"
        assert await shared_ids(client) == []
        assert problem(await client.get(url, headers=LIN)) == (404, "not_shared")
        state = await share(client, rehearsal, "  Was the price too late?  ")
        assert (state["note"], state["visits"]) == ("Was the price too late?", [])
        assert await shared_ids(client) == [rehearsal]
        opened = await client.get(url, headers=LIN)
        assert opened.headers["cache-control"] == "private, no-store"
        body = opened.json()
        assert body["review"]["note"] == "Was the price too late?"
        assert body["scorecard"]["rehearsal_id"] == body["summary"]["id"] == rehearsal
        assert [visit["name"] for visit in (await streamer_sees(client, rehearsal))["visits"]] == ["林老师"]
        withdrawn = (await client.delete(f"/api/rehearsals/{rehearsal}/share")).json()
        assert withdrawn["shared_at"] is None
        assert withdrawn["withdrawn_at"]
        assert await shared_ids(client) == []
        for path in ("", "/records", "/audio/streamer", "/peaks?side=viewers"):
            assert problem(await client.get(url + path, headers=LIN)) == (404, "not_shared")


async def test_a_comment_quotes_what_was_said_and_stays_with_the_streamer(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        url = f"/api/reviews/{rehearsal}"
        log = (await client.get(f"{url}/records", headers=LIN)).json()
        assert log["closed"]
        order = {"text": "Name the size here.", "time_sec": 1.5, "seq": said_seq(log["records"])}
        made = await client.post(f"{url}/comments", json=order, headers=LIN)
        assert made.status_code == 201, made.text
        (comment,) = made.json()["mentor"]["comments"]
        assert (comment["author"], comment["quote"], comment["time_sec"]) == ("林老师", SAID, 1.5)
        assert (await client.get("/api/rehearsals/unseen")).json() == {rehearsal: 1}
        card = (await client.get(f"/api/rehearsals/{rehearsal}/scorecard")).json()
        assert card["mentor"]["comments"] == [comment]
        await client.post(f"/api/rehearsals/{rehearsal}/share/seen")
        assert (await client.get("/api/rehearsals/unseen")).json() == {}
        await client.delete(f"/api/rehearsals/{rehearsal}/share")
        assert (await streamer_sees(client, rehearsal))["mentor"]["comments"] == [comment]
        assert problem(await client.post(f"{url}/comments", json=order, headers=LIN)) == (404, "not_shared")


async def test_two_mentors_do_not_overwrite_each_other(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        url = f"/api/reviews/{rehearsal}"
        made = (await client.post(f"{url}/comments", json={"text": "First."}, headers=LIN)).json()
        one = f"{url}/comments/{made['mentor']['comments'][0]['id']}"
        edit = {"text": "Second.", "revision": 1}
        assert problem(await client.put(one, json=edit, headers=WANG)) == (403, "not_yours")
        assert problem(await client.delete(one, headers=WANG)) == (403, "not_yours")
        assert (await client.put(one, json=edit, headers=LIN)).status_code == 200
        assert problem(await client.put(one, json=edit, headers=LIN)) == (409, "changed")
        assert (await client.delete(one, headers=LIN)).json()["mentor"]["comments"] == []
        assert problem(await client.delete(one, headers=LIN)) == (404, "unknown_item")
        value = {"value": 72, "reason": "The product needs this pace."}
        assert (await client.put(f"{url}/scores/score.pacing", json=value, headers=LIN)).status_code == 200
        assert problem(await client.put(f"{url}/scores/score.pacing", json=value, headers=WANG)) == (409, "changed")
        seen = {**value, "revision": 1}
        assert (await client.put(f"{url}/scores/score.pacing", json=seen, headers=WANG)).status_code == 200
        assert problem(await client.delete(f"{url}/scores/score.pacing?revision=1", headers=LIN)) == (409, "changed")
        gone = await client.delete(f"{url}/scores/score.pacing?revision=2", headers=LIN)
        assert gone.json()["mentor"]["scores"] == []


@pytest.mark.parametrize(
    ("target", "value", "machine"),
    [("score.overall", 72, 64.0), ("coverage.warm", "partial", "miss"), ("handled.7", "well", "weak")],
)
async def test_an_override_needs_a_reason_and_keeps_both_values_everywhere(
    tmp_path: Path, target: str, value: float | str, machine: float | str
) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        url = f"/api/reviews/{rehearsal}/scores/{target}"
        assert problem(await client.put(url, json={"value": value, "reason": "   "}, headers=LIN))[0] == 422
        answer = await client.put(url, json={"value": value, "reason": "Heard it at 1:02."}, headers=LIN)
        assert answer.status_code == 200, answer.text
        (kept,) = answer.json()["mentor"]["scores"]
        assert (kept["mentor"], kept["machine"], kept["reason"]) == (value, machine, "Heard it at 1:02.")
        report = f"/api/rehearsals/{rehearsal}/report"
        exported = (await client.get(report, params={"format": "json"})).json()
        assert exported["mentor"]["scores"] == [kept]
        names = {"partial": "partial", "miss": "missed", "well": "well", "weak": "weak"}
        for form in ("html", "md"):
            text = (await client.get(report, params={"format": form, "lang": "en"})).text
            assert "Heard it at 1:02." in text
            told = f"Mentor: {names.get(str(value), value)} (machine: {names.get(str(machine), '64')})"
            assert told in text, form


@pytest.mark.parametrize(
    ("target", "value", "answer"),
    [
        ("score.charm", 50, (404, "unknown_target")),
        ("coverage.none", "hit", (404, "unknown_target")),
        ("anything", 50, (404, "unknown_target")),
        ("score.pacing", "hit", (422, "invalid_value")),
        ("coverage.warm", 50, (422, "invalid_value")),
        ("handled.7", "hit", (422, "invalid_value")),
        ("score.pacing", 101, (422, "invalid_request")),
        ("score.pacing", "great", (422, "invalid_request")),
    ],
)
async def test_what_cannot_be_overridden_says_so(
    tmp_path: Path, target: str, value: float | str, answer: tuple[int, str]
) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        order = {"value": value, "reason": "Because I heard it."}
        assert problem(await client.put(f"/api/reviews/{rehearsal}/scores/{target}", json=order, headers=LIN)) == answer


async def test_the_third_focus_point_is_stopped_gently(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        url = f"/api/reviews/{rehearsal}/focus"
        for text in ("Price in the first minute", "One proof per doubt"):
            made = await client.post(url, json={"text": text, "drill_id": "hold_price"}, headers=LIN)
            assert made.status_code == 201, made.text
        points = made.json()["mentor"]["focus"]
        third = {"text": "Slower numbers", "better_line": "Twenty-nine. Two nine."}
        stopped = await client.post(url, json=third, headers=LIN)
        assert problem(stopped) == (409, "two_focus_points")
        assert "which one should give way" in stopped.json()["detail"]["message"]["en"]
        swapped = await client.post(url, json={**third, "instead_of": points[0]["id"]}, headers=WANG)
        assert [point["text"] for point in swapped.json()["mentor"]["focus"]] == [
            "Slower numbers",
            "One proof per doubt",
        ]
        edit = {"text": "Numbers slower", "revision": 1}
        mine = swapped.json()["mentor"]["focus"][0]["id"]
        assert problem(await client.put(f"{url}/{mine}", json=edit, headers=LIN)) == (403, "not_yours")
        assert (await client.put(f"{url}/{mine}", json=edit, headers=WANG)).status_code == 200
        left = await client.delete(f"{url}/{points[1]['id']}", headers=WANG)
        assert [point["text"] for point in left.json()["mentor"]["focus"]] == ["Numbers slower"]
        unknown = {"text": "x", "drill_id": "fly"}
        assert problem(await client.post(url, json=unknown, headers=LIN)) == (422, "unknown_drill")


async def test_reviewed_and_talked_through_are_marked_and_unmarked(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        url = f"/api/reviews/{rehearsal}"
        held = await client.put(f"{url}/debrief", json={"note": "Agreed.", "drill_id": "hold_price"}, headers=LIN)
        assert held.json()["mentor"]["debrief"]["drill_id"] == "hold_price"
        done = await client.put(f"{url}/reviewed", json={"reviewed": True}, headers=LIN)
        assert done.json()["mentor"]["reviewed"]["author"] == "林老师"
        assert (await shared_ids(client), await shared_ids(client, "reviewed")) == ([], [rehearsal])
        assert (await client.get("/api/reviews/count")).json() == {"needs": 0, "reviewed": 1}
        await client.put(f"{url}/reviewed", json={"reviewed": False}, headers=LIN)
        assert await shared_ids(client) == [rehearsal]
        assert (await client.delete(f"{url}/debrief", headers=LIN)).json()["mentor"]["debrief"] is None


async def test_the_same_words_elsewhere_are_hinted_at_to_mentors_alone(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsals = [await rehearsed(client), await rehearsed(client)]
        for rehearsal in rehearsals:
            await share(client, rehearsal)
            answer = await client.post(f"/api/reviews/{rehearsal}/comments", json={"text": "Good!"}, headers=LIN)
        state = answer.json()
        assert state["hints"] == {"repeated": [state["mentor"]["comments"][0]["id"]]}
        assert "hints" not in await streamer_sees(client, rehearsals[1])


async def test_a_running_or_deleted_rehearsal_is_not_shared(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        running = await create(client)
        assert problem(await client.put(f"/api/rehearsals/{running}/share", json={})) == (409, "running")
        assert problem(await client.get(f"/api/reviews/{running}", headers=LIN)) == (404, "not_shared")
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        assert (await client.delete(f"/api/rehearsals/{rehearsal}")).status_code == 204
        assert await shared_ids(client) == []
        for method, path in (("GET", ""), ("PUT", "/reviewed"), ("DELETE", "/debrief")):
            body = {"reviewed": True} if method == "PUT" else None
            gone = await client.request(method, f"/api/reviews/{rehearsal}{path}", json=body, headers=LIN)
            assert problem(gone) == (404, "not_shared")
        assert problem(await client.put(f"/api/rehearsals/{rehearsal}/share", json={})) == (404, "unknown_rehearsal")
        assert problem(await client.get("/api/rehearsals/nobody/share")) == (404, "unknown_rehearsal")


@pytest.mark.parametrize("name", ["", "   ", "%00%0a", quote("很" * 41)])
async def test_without_a_name_nothing_is_opened(tmp_path: Path, name: str) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        answer = await client.get(f"/api/reviews/{rehearsal}", headers={"X-Coach-Mentor": name})
        assert problem(answer) == (422, "name_needed")
        assert (await streamer_sees(client, rehearsal))["visits"] == []


def test_a_viewer_who_was_cut_off_is_quoted_with_what_was_heard() -> None:
    line = {"line_id": "l1", "viewer_id": "joe", "text": "Far too dear for me", "start": 1.0}
    voicing = Record(seq=3, at=1.0, event=LineVoicing(intent="push", **line))  # type: ignore[arg-type]
    voiced = Record(seq=4, at=2.0, event=LineVoiced(heard_text="Far too", cut_off=True, end=2.0, **line))  # type: ignore[arg-type]
    assert [words_at([voicing, voiced], seq) for seq in (3, 4, 5)] == ["Far too", "Far too", ""]
    assert words_at([voicing], 3) == "Far too dear for me"


@pytest.mark.parametrize(
    "order",
    [
        {"text": ""},
        {"text": "   "},
        {"text": "长" * 4001},
        {"text": "x", "time_sec": -1},
        {"text": "x", "time_sec": 1e9},
        {"text": "x", "seq": 0},
        {"text": "x", "seq": 99999},
        {"text": "x", "author": "somebody else"},
        {"note": "x"},
        [],
    ],
)
async def test_a_comment_that_is_none_is_refused(tmp_path: Path, order: Any) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        answer = await client.post(f"/api/reviews/{rehearsal}/comments", json=order, headers=LIN)
        assert problem(answer)[0] == 422
        assert (await streamer_sees(client, rehearsal))["mentor"]["comments"] == []


async def test_a_long_comment_is_kept_whole_in_every_export(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal, "看" * 1000)
        text = "<b>价格</b>\n" + "说早一点。" * 790
        made = await client.post(f"/api/reviews/{rehearsal}/comments", json={"text": text}, headers=LIN)
        assert made.json()["mentor"]["comments"][0]["text"] == text
        page = (await client.get(f"/api/rehearsals/{rehearsal}/report", params={"format": "html", "lang": "zh"})).text
        assert "&lt;b&gt;价格&lt;/b&gt;<br>" + "说早一点。" * 790 in page
        assert problem(await client.put(f"/api/rehearsals/{rehearsal}/share", json={"note": "看" * 1001}))[0] == 422


async def test_a_damaged_review_is_told_and_shared_with_nobody(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        await share(client, rehearsal)
        (tmp_path / "rehearsals" / rehearsal / "review.json").write_text("{", encoding="utf-8")
        assert problem(await client.get(f"/api/reviews/{rehearsal}", headers=LIN)) == (507, "storage")


async def test_nothing_the_voice_alone_shows_goes_to_mentors(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        (tmp_path / "rehearsals" / rehearsal / "private_voice.json").write_text('{"secret": 41.73}', encoding="utf-8")
        await share(client, rehearsal)
        for path in ("", "/records"):
            answer = await client.get(f"/api/reviews/{rehearsal}{path}", headers=LIN)
            assert answer.status_code == 200
            assert "41.73" not in answer.text
        assert (await client.get(f"/api/reviews/{rehearsal}/private-voice", headers=LIN)).status_code == 404
        recording = tmp_path / "rehearsals" / rehearsal / "streamer.ogg"
        recording.write_bytes(b"OggS")
        heard = await client.get(f"/api/reviews/{rehearsal}/audio/streamer", params={"mentor": "林老师"})
        assert (heard.status_code, heard.content) == (200, b"OggS")
        unnamed = await client.get(f"/api/reviews/{rehearsal}/audio/streamer")
        assert problem(unnamed) == (422, "name_needed")


async def test_a_zero_byte_is_left_out_of_what_people_write(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        assert (await share(client, rehearsal, "Too\0 late?"))["note"] == "Too late?"
        url = f"/api/reviews/{rehearsal}/comments"
        assert problem(await client.post(url, headers=LIN, json={"text": "\0"})) == (422, "invalid_request")


async def test_a_damaged_review_costs_the_scorecard_only_what_mentors_said(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        (tmp_path / "rehearsals" / rehearsal / "review.json").write_bytes(b"\xff{")
        card = await client.get(f"/api/rehearsals/{rehearsal}/scorecard")
        assert (card.status_code, card.json()["mentor"]) == (200, None)
        assert problem(await client.get(f"/api/rehearsals/{rehearsal}/share")) == (507, "storage")


@pytest.mark.parametrize("junk", [b"\xff\xfe\x00", b"{}"])
async def test_a_damaged_scorecard_is_a_sentence(tmp_path: Path, junk: bytes) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        (tmp_path / "rehearsals" / rehearsal / "scorecard.json").write_bytes(junk)
        answer = await client.get(f"/api/rehearsals/{rehearsal}/scorecard")
        assert problem(answer) == (409, "unreadable_scorecard")


async def test_marks_nested_beyond_reason_are_no_crash(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal = await rehearsed(client)
        (tmp_path / "rehearsals" / rehearsal / "marks.json").write_bytes(b'{"a":' * 3000)
        assert (await client.get(f"/api/rehearsals/{rehearsal}/scorecard")).status_code == 200
