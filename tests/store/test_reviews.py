"""Sharing and review in the folder, in the index, and back from the folder."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.errors import ReviewRefused, StorageError
from coach.score.mentor import MentorComment, MentorFocus, MentorReviewed, MentorScore
from coach.store import review_changes as changes
from coach.store.keeper import Keeper
from coach.store.recover import recover
from coach.store.repository import SqlRehearsalStore
from coach.store.review_file import REVIEW, ReviewFile, read_review
from coach.store.reviews import Reviews, mentor_of, text_key
from tests.store import examples

START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def pass_minutes(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def reviews(keeper: Keeper, hands: Hands) -> Reviews:
    for name in ("r1", "r2"):
        keeper.open(examples.summary(name, state="scored"), examples.SCENARIO).close()
    return Reviews(keeper, hands)


def comment(name: str = "c1", text: str = "看这里", author: str = "林老师", **more: object) -> MentorComment:
    values = {"id": name, "text": text, "author": author, "at": START.isoformat(), **more}
    return MentorComment.model_validate(values)


def point(name: str, author: str = "林老师") -> MentorFocus:
    return MentorFocus(id=name, text=f"练{name}", author=author, at=START.isoformat())


def score(value: float | str = 72.0, revision: int = 0, target: str = "score.pacing") -> MentorScore:
    return MentorScore(
        target=target,
        mentor=value,
        machine=64.0,
        reason="节奏是商品需要的",
        revision=revision,
        author="林老师",
        at="2026",
    )


def refused(change: Callable[[], object]) -> str:
    with pytest.raises(ReviewRefused) as caught:
        change()
    return caught.value.code


def test_a_shared_rehearsal_is_listed_and_a_withdrawn_one_is_nowhere(reviews: Reviews) -> None:
    index = reviews.keeper.store.reviews
    reviews.share("r1", "第三分钟？")
    (listed,) = index.shared(reviewed=False, limit=9)
    assert (listed.summary.id, listed.entry.note) == ("r1", "第三分钟？")
    assert (index.count().needs, index.count().reviewed) == (1, 0)
    reviews.change("r1", lambda review: changes.commented(review, comment()))
    reviews.withdraw("r1")
    assert list(index.shared(reviewed=False, limit=9)) == []
    assert index.count().needs == 0
    assert refused(lambda: reviews.read_shared("r1")) == "not_shared"
    assert refused(lambda: reviews.visit("r1", "林老师")) == "not_shared"
    assert refused(lambda: reviews.change("r1", lambda review: changes.commented(review, comment()))) == "not_shared"
    assert [item.text for item in reviews.read("r1").mentor.comments] == ["看这里"]


def test_those_that_wait_longest_come_first_and_reviewed_ones_newest_first(reviews: Reviews, hands: Hands) -> None:
    index = reviews.keeper.store.reviews
    reviews.share("r2", "")
    hands.pass_minutes(1)
    reviews.share("r1", "")
    assert [item.summary.id for item in index.shared(reviewed=False, limit=9)] == ["r2", "r1"]
    assert [item.summary.id for item in index.shared(reviewed=False, limit=1)] == ["r2"]
    for name in ("r2", "r1"):
        hands.pass_minutes(1)
        done = MentorReviewed(author="林老师", at=reviews.moment())
        reviews.change(name, lambda review, done=done: changes.concluded(review, done))  # type: ignore[misc]
    assert [item.summary.id for item in index.shared(reviewed=True, limit=9)] == ["r1", "r2"]
    assert index.shared(reviewed=True, limit=9)[0].entry.reviewed_by == "林老师"


def test_sharing_again_after_a_withdrawal_asks_for_a_new_look(reviews: Reviews) -> None:
    reviews.share("r1", "")
    done = MentorReviewed(author="林老师", at=reviews.moment())
    reviews.change("r1", lambda review: changes.concluded(review, done))
    assert reviews.share("r1", "还有一个问题").mentor.reviewed == done
    reviews.withdraw("r1")
    again = reviews.share("r1", "")
    assert (again.mentor.reviewed, again.withdrawn_at) == (None, None)


def test_a_visit_is_told_once_in_half_an_hour_and_by_name(reviews: Reviews, hands: Hands) -> None:
    reviews.share("r1", "")
    for minutes, name in ((0, "林老师"), (10, "林老师"), (1, "王老师"), (40, "林老师")):
        hands.pass_minutes(minutes)
        reviews.visit("r1", name)
    assert [(visit.name, visit.at[11:16]) for visit in reviews.read("r1").visits] == [
        ("林老师", "08:00"),
        ("王老师", "08:11"),
        ("林老师", "08:51"),
    ]


def test_what_the_streamer_has_not_seen_is_counted(reviews: Reviews, hands: Hands) -> None:
    reviews.share("r1", "")
    unseen = reviews.keeper.store.reviews.unseen
    assert unseen() == {}
    reviews.change("r1", lambda review: changes.commented(review, comment(at=reviews.moment())))
    assert unseen() == {"r1": 1}
    hands.pass_minutes(1)
    reviews.look("r1")
    assert unseen() == {}
    hands.pass_minutes(1)
    edited = comment(text="看那里", at=reviews.moment())
    reviews.change("r1", lambda review: changes.comment_changed(review, edited))
    assert unseen() == {"r1": 1}


def test_two_writers_lose_nothing(reviews: Reviews) -> None:
    reviews.share("r1", "")

    def write(author: str) -> None:
        other = Reviews(reviews.keeper, reviews.now)
        for number in range(10):
            made = comment(f"{author}{number}", author=author)
            other.change("r1", lambda review, made=made: changes.commented(review, made))  # type: ignore[misc]

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reviews.read("r1").mentor.comments) == 20


def test_the_same_words_under_two_rehearsals_show_and_only_those(reviews: Reviews) -> None:
    for name, text in (("r1", "很好！"), ("r2", "很好"), ("r2", "价格说得早一点")):
        reviews.share(name, "")
        made = comment(text, text=text)
        reviews.change(name, lambda review, made=made: changes.commented(review, made))  # type: ignore[misc]
    repeated = reviews.keeper.store.reviews.repeated
    assert sorted(repeated("r1")) == ["很好！"]
    assert sorted(repeated("r2")) == ["很好"]
    assert text_key("a", "Good!") == text_key("a", " good ")
    assert text_key("a", "good") != text_key("b", "good")


def test_a_lost_index_is_made_again_and_deleting_takes_all(reviews: Reviews, tmp_path: Path) -> None:
    reviews.share("r1", "请看")
    (reviews.keeper.folder("r1") / "events.jsonl").write_bytes(b"")
    fresh = Keeper(reviews.keeper.root, SqlRehearsalStore(f"sqlite:///{tmp_path / 'other.db'}"))
    recover(fresh, examples.score)
    (listed,) = fresh.store.reviews.shared(reviewed=False, limit=9)
    assert (listed.summary.id, listed.entry.note) == ("r1", "请看")
    assert fresh.delete("r1")
    assert list(fresh.store.reviews.shared(reviewed=False, limit=9)) == []
    assert refused(lambda: Reviews(fresh).read_shared("r1")) == "not_shared"
    assert refused(lambda: Reviews(fresh).share("r1", "")) == "not_shared"
    fresh.store.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"share": {"at": 3}}'])
def test_a_damaged_file_is_shared_with_nobody_and_never_overwritten(reviews: Reviews, text: str) -> None:
    path = reviews.keeper.folder("r1") / REVIEW
    path.write_text(text, encoding="utf-8")
    for attempt in (
        lambda: reviews.read_shared("r1"),
        lambda: reviews.share("r1", ""),
        lambda: mentor_of(path.parent),
    ):
        with pytest.raises(StorageError, match="damaged"):
            attempt()
    assert path.read_text(encoding="utf-8") == text


def test_a_rehearsal_without_review_has_nothing_to_show(reviews: Reviews) -> None:
    folder = reviews.keeper.folder("r1")
    assert mentor_of(folder) is None
    reviews.share("r1", "")
    assert mentor_of(folder) is None
    assert read_review(folder).share is not None


# What can be done, as steps.


def test_comments_stand_in_the_order_of_their_times() -> None:
    review = ReviewFile()
    for name, time_sec in (("late", 90.0), ("whole", None), ("early", 3.0)):
        review = changes.commented(review, comment(name, time_sec=time_sec))
    assert [item.id for item in review.mentor.comments] == ["whole", "early", "late"]


def test_only_who_wrote_a_comment_changes_it_and_only_the_version_seen() -> None:
    review = changes.commented(ReviewFile(), comment())
    edited = changes.comment_changed(review, comment(text="再看这里", at="2026-11-26T09:00:00+00:00"))
    (kept,) = edited.mentor.comments
    assert (kept.text, kept.revision, kept.at, kept.edited_at) == (
        "再看这里",
        2,
        START.isoformat(),
        "2026-11-26T09:00:00+00:00",
    )
    assert refused(lambda: changes.comment_changed(edited, comment(text="旧的"))) == "changed"
    assert refused(lambda: changes.comment_changed(review, comment(author="王老师"))) == "not_yours"
    assert refused(lambda: changes.comment_removed(review, "c1", "王老师")) == "not_yours"
    assert refused(lambda: changes.comment_removed(review, "c9", "林老师")) == "unknown_item"
    assert changes.comment_removed(review, "c1", "林老师").mentor.comments == []


def test_a_third_focus_point_is_refused_and_a_swap_is_not() -> None:
    review = changes.focused(changes.focused(ReviewFile(), point("a"), None), point("b"), None)
    assert refused(lambda: changes.focused(review, point("c"), None)) == "two_focus_points"
    assert [item.id for item in changes.focused(review, point("c"), "a").mentor.focus] == ["c", "b"]
    assert refused(lambda: changes.focused(review, point("c"), "gone")) == "unknown_item"
    assert [item.id for item in changes.focus_removed(review, "a").mentor.focus] == ["b"]
    assert refused(lambda: changes.focus_changed(review, point("a", author="王老师"))) == "not_yours"


def test_two_mentors_who_override_one_score_do_not_overwrite_each_other_unseen() -> None:
    first = changes.overridden(ReviewFile(), score())
    assert refused(lambda: changes.overridden(first, score(80.0))) == "changed"
    second = changes.overridden(first, score(80.0, revision=1))
    assert [(item.mentor, item.revision) for item in second.mentor.scores] == [(80.0, 2)]
    assert refused(lambda: changes.override_removed(second, "score.pacing", 1)) == "changed"
    assert changes.override_removed(second, "score.pacing", 2).mentor.scores == []
    assert refused(lambda: changes.override_removed(ReviewFile(), "score.pacing", 1)) == "unknown_item"


def test_a_review_has_an_end() -> None:
    full = ReviewFile()
    for number in range(changes.COMMENT_LIMIT):
        full = changes.commented(full, comment(str(number)))
    assert refused(lambda: changes.commented(full, comment("more"))) == "too_many"
