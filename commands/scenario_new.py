"""`scenario new`: a scenario from a few answers, from flags, or from the comments of a real live room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from coach.errors import InputError
from commands.arguments import within
from commands.compose import ROOT
from commands.console import complain, line
from commands.texts import Say

if TYPE_CHECKING:
    from coach.room.draft import Draft
    from coach.scenario.model import Locale, ViewerType

_OK = 0
_FLAGS = ("id", "locale", "category", "type", "skill", "difficulty", "minutes", "title", "success", "from_log", "out")
_DIFFICULTY_OF_LEARNER = (1, 2, 4)
"""First time on air, some shows, experienced (DOMAIN §3.6: the ladder)."""
_CATEGORIES = ("apparel", "beauty", "food", "home", "electronics", "health")
_DRILL_MINUTES, _MINUTES = 3.0, 5.0


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare its arguments."""
    parser.add_argument("id", nargs="?", metavar="ID", help=say("arg.new.id"))
    parser.add_argument("--locale", choices=("zh-CN", "en-US"), help=say("arg.new.locale"))
    parser.add_argument("--category", metavar="NAME", help=say("arg.new.category"))
    parser.add_argument("--type", "--types", metavar="TYPE,…", help=say("arg.new.type"))
    parser.add_argument("--skill", metavar="NAME", help=say("arg.new.skill"))
    parser.add_argument("--difficulty", type=within(int, 1, 5, say), metavar="1-5", help=say("arg.new.difficulty"))
    parser.add_argument("--minutes", type=within(float, 1, 60, say), metavar="N", help=say("arg.new.minutes"))
    parser.add_argument("--title", metavar="TEXT", help=say("arg.new.title"))
    parser.add_argument("--success", metavar="TEXT", help=say("arg.new.success"))
    parser.add_argument("--from-log", type=Path, metavar="FILE", help=say("arg.new.from_log"))
    parser.add_argument("--column", nargs="+", default=[], metavar="text=NAME", help=say("arg.new.column"))
    parser.add_argument("--out", type=Path, metavar="PATH", help=say("arg.new.out"))
    parser.add_argument("--yes", action="store_true", help=say("arg.new.yes"))
    parser.add_argument("--force", action="store_true", help=say("arg.new.force"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Write the file and say what to do next; exit 0."""
    from commands.scenario_log import from_log

    given = any(getattr(options, name) is not None for name in _FLAGS)
    asking = not options.yes and options.from_log is None and sys.stdin.isatty()
    if not given and not options.yes and not asking:
        raise InputError(say("new.no_terminal"))
    draft = _draft(options, say, asking=asking)
    if options.from_log is not None:
        draft = from_log(draft, options.from_log, options.column, say)
    path = _path(draft, options.out)
    _refuse_to_overwrite(path, draft, say, force=options.force)
    _write(path, draft, say)
    return _OK


# --- answers -------------------------------------------------------------------------------------------------


def _draft(options: argparse.Namespace, say: Say, *, asking: bool) -> Draft:
    from coach.clock import wall_time
    from coach.room.draft import Draft, draft_pack

    locale: Locale = options.locale or ("zh-CN" if say.lang == "zh" else "en-US")
    pack = draft_pack("zh" if locale == "zh-CN" else "en")
    answers = _Answers(say) if asking else None
    learner, difficulty = _learner(options, pack["learners"], answers)
    types = _types(options.type, say) if options.type else answers.types(pack["viewers"]) if answers else ()
    if options.skill:
        skill = _skill(options.skill, list(pack["skills"]), say, own=bool(types))
    else:
        skill = answers.skill(pack["skills"]) if answers else ""
    success = options.success or (answers.text("new.ask.success", "") if answers else "")
    category = options.category or (answers.text("new.ask.category", "home") if answers else "home")
    alone = len(types or pack["skills"].get(skill, {}).get("types", ())) == 1
    minutes = options.minutes or (_DRILL_MINUTES if skill and alone else _MINUTES)
    named = pack["skills"].get(skill, {}).get("title") or success or say(f"new.title.{locale[:2]}")
    title = options.title or (answers.text("new.ask.title", named) if answers else named)
    draft = Draft(
        id=_id(options.id, locale, skill or category, say),
        locale=locale,
        title=" ".join(title.split())[:80] or named,
        category=_id(category, "", "home", say),
        created=wall_time().date(),
        types=types,
        skill=_id(skill, "", "", say).replace("-", "_") if skill else "",
        difficulty=difficulty,
        minutes=minutes,
        learner=learner,
        success=" ".join(success.split()),
        todo=options.from_log is not None,
    )
    return draft


def _learner(options: argparse.Namespace, learners: Sequence[str], answers: _Answers | None) -> tuple[str, int]:
    if options.difficulty is not None or answers is None:
        return "", options.difficulty or 2
    number = answers.choose("new.ask.learner", learners, default=1)
    return learners[number], _DIFFICULTY_OF_LEARNER[number]


def _types(text: str, say: Say) -> tuple[ViewerType, ...]:
    """Return the types of a list with commas; near words count.

    Raises:
        InputError: If one is none.
    """
    from coach.scenario.guess import meant
    from coach.scenario.model import ViewerType as Types

    known = get_args(Types)
    found: list[ViewerType] = []
    for word in text.replace("，", ",").replace("、", ",").split(","):
        if word.strip():
            kind = meant(word.strip(), known)
            if kind is None:
                raise InputError(say("new.bad_type", got=word.strip(), known=", ".join(known)))
            found.append(cast("ViewerType", kind))
    return tuple(dict.fromkeys(found))


def _skill(text: str, known: Sequence[str], say: Say, *, own: bool) -> str:
    """Return a skill as the pack spells it, or the author's own word where that can make a drill.

    Args:
        text: As given.
        known: Skills that bring their viewers with them.
        say: Words the fault.
        own: Whether a skill of the author's own will do: its viewers are told.

    Raises:
        InputError: If it is neither, or a typo of one that is known.
    """
    from coach.scenario.guess import near, slug

    word = slug(text).replace("-", "_")
    close = near(word, known)
    if word in known or (own and word and close is None):
        return word
    meant = say("new.meant", word=close) if close else ""
    raise InputError(say("new.bad_skill", got=text, meant=meant, known=", ".join(known)))


def _id(text: str | None, locale: str, default: str, say: Say) -> str:
    from coach.scenario.guess import slug

    prefix = f"{locale[:2]}-" if locale else ""
    if text is None:
        return f"{prefix}my-{slug(default) or 'scenario'}"
    found = slug(text)
    if not found:
        if locale:
            raise InputError(say("new.bad_id", got=text))
        return default or "other"
    return found


class _Answers:
    """Asks on the terminal; Enter takes what stands in brackets."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def text(self, question: str, default: str) -> str:
        """Return an answer in words."""
        shown = f" [{default}]" if default else ""
        complain(self._say(question) + shown)
        try:
            return input("> ").strip() or default
        except EOFError as error:
            raise InputError(self._say("new.given_up")) from error

    def choose(self, question: str, choices: Sequence[str], default: int) -> int:
        """Return the number, from 0, of one of several."""
        for number, choice in enumerate(choices, start=1):
            complain(f"  {number} {choice}")
        while True:
            answer = self.text(question, str(default + 1))
            if answer.isdigit() and 1 <= int(answer) <= len(choices):
                return int(answer) - 1
            complain(self._say("new.choose", most=len(choices)))

    def types(self, known: dict[str, dict[str, str]]) -> tuple[ViewerType, ...]:
        """Return types by number or by name; none leaves them to the difficulty."""
        names = list(known)
        complain("\n".join(f"  {number} {known[name]['label']} ({name})" for number, name in enumerate(names, 1)))
        while True:
            answer = self.text("new.ask.types", "")
            words = answer.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
            named = [names[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(names) else word for word in words]
            try:
                return _types(",".join(named), self._say)
            except InputError as error:
                complain(self._say.error(error))

    def skill(self, known: dict[str, dict[str, str]]) -> str:
        """Return a skill by number or in the author's word; empty if none in particular."""
        names = list(known)
        complain("\n".join(f"  {number} {known[name]['title']} ({name})" for number, name in enumerate(names, 1)))
        while True:
            answer = self.text("new.ask.skill", "")
            if answer.isdigit() and 0 < int(answer) <= len(names):
                return names[int(answer) - 1]
            try:
                return _skill(answer, names, self._say, own=True) if answer else ""
            except InputError as error:
                complain(self._say.error(error))


# --- the file ------------------------------------------------------------------------------------------------


def _path(draft: Draft, out: Path | None) -> Path:
    name = f"{draft.id}.yaml"
    if out is None:
        return ROOT / "scenarios" / draft.locale / draft.category / name
    return out / name if out.is_dir() or out.suffix not in (".yaml", ".yml") else out


def _refuse_to_overwrite(path: Path, draft: Draft, say: Say, *, force: bool) -> None:
    from coach.settings import load_settings
    from commands.compose import library

    if path.exists() and not force:
        raise InputError(say("new.exists", path=path))
    for loaded in library(load_settings()).all():
        if loaded.scenario.id == draft.id and Path(loaded.name).resolve() != path.resolve():
            raise InputError(say("new.same_id", id=draft.id, path=loaded.name))


def _write(path: Path, draft: Draft, say: Say) -> None:
    from coach.room.draft import draft_text
    from commands.scenario_check import schema_from
    from commands.scenario_fix import rewrite

    text = draft_text(draft, schema_from(path))
    if path.exists():
        complain(say("new.kept", path=rewrite(path, path.read_bytes(), text)))
    else:
        _create(path, text, say)
    if draft.todo:
        line(say("new.todo"))
    line(say("new.written", path=path))
    for verb in ("check --fix", "show", "simulate --watch"):
        word, _, flag = verb.partition(" ")
        line(f"  uv run run_coach.py scenario {word} {path}" + (f" {flag}" if flag else ""))


def _create(path: Path, text: str, say: Say) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise InputError(say("new.unwritable", path=path, reason=error.strerror or error)) from error
