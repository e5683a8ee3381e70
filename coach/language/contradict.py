"""Words that contradict a product sheet: another thing of the same kind, an ability denied or invented.

The sheet is read once with the same eyes as the talk: which sides of each kind it names, which abilities it grants,
denies or limits. A claim of the streamer contradicts it where it names another side, or turns an ability round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coach.language.compounds import Compounds
from coach.language.fact_names import Finders, names_of
from coach.language.fact_pack import Ability, load_fact_pack
from coach.language.frames import is_framed
from coach.language.lacking import BACK_AFTER, is_lacking, turns_back
from coach.language.listed import listed_with
from coach.language.named_part import is_placed, part_of
from coach.language.scope import Place, Scope, any_of, place, scope_reader
from coach.language.sheet_line import Opposed, SheetLine, Sides, Stance
from coach.language.told_sides import is_harsher, is_whole_country, lines_of, of_part
from coach.language.word_marks import (
    HEARD_ZH,
    LIMITS,
    NAMED_BY,
    NO_IT,
    OWNS,
    SOMETIMES,
    SURELY,
    TIGHT,
    WHOLE_LIST,
    pieces,
    subject,
)

__all__ = ["Opposed", "SheetLine", "WordSheet"]


class WordSheet:
    """A product sheet made ready for words.

    Args:
        lines: Facts, certificates, selling points, the product's name.
        forbidden: Wordings that its author forbids.
        code: `zh` or `en`.
    """

    def __init__(self, lines: Sequence[SheetLine], forbidden: Sequence[str], code: str) -> None:
        self.lines, self.code = lines, code
        self._pack, self._names, self._scopes = load_fact_pack(code), names_of(code), scope_reader(code)
        self._finders = self._names.everything
        self._sides: dict[str, Sides] = defaultdict(Sides)
        self._stances: dict[str, Stance] = defaultdict(Stance)
        self._mentioned: set[str] = set()
        self._of_gifts: set[str] = set()
        self._gifts = tuple(word for line in lines if line.key == "gifts" for word in line.part)
        self._banned_sides: set[tuple[str, str]] = set()
        self._placed: set[tuple[str, int]] = set()
        """Sides with lines that deny them of one place of the product only."""
        bare: list[tuple[str, int]] = []
        for number, line in enumerate(lines):
            self._read_line(number, line, bare)
        for name, number in bare:
            stance = self._stances[name]
            if not self._pack.abilities[name].protected and not (stance.granted or stance.denied or stance.limited):
                stance.granted.append(number)
        self._compounds = Compounds(lines, code)
        self._close_lists()
        for wording in forbidden:
            self._read_forbidden(wording.lower())
        self._opened = any_of(self._pack.abilities["opened_return"].forms, code)
        self._finders = self._of_product()
        self.wordings = tuple(self._other_names())
        """Names that would contradict the sheet."""
        self.kinds = frozenset(
            form for name in self._sides for side in self._pack.families[name].sides for form in side.split("|")
        )
        """Those of the kinds of thing that the sheet names some of."""

    # --- reading the sheet -------------------------------------------------------------------------------------

    def _read_line(self, number: int, line: SheetLine, bare: list[tuple[str, int]]) -> None:
        text = line.text.lower()
        for at, form in self._family_hits(text):
            for name, side in self._names.families[form]:
                self._read_side(name, side, at, number)
        for at, form in self._ability_hits(text):
            named_only = text.startswith(line.key.lower()) and at.start < len(line.key)
            for name, sign in self._names.abilities[form]:
                ability = self._pack.abilities[name]
                if named_only and not ability.outright and not ability.undesired:
                    continue
                if line.is_point and not sign and not ability.outright and not at.around.strip():
                    bare.append((name, number))  # a must-fact or an alias: the statement says which way it is meant
                    continue
                self._take_stance(name, sign, at, number)

    def _read_side(self, name: str, side: str, at: Place, number: int) -> None:
        family, line, denied = self._pack.families[name], self.lines[number], self._scopes.read(at).denied
        if not denied:
            (self._of_gifts if line.key == "gifts" else self._mentioned).add(f"{name}:{side}")
        if line.key == "gifts" and not family.parted:
            return
        if family.frame in ("taste", "colour", "origin") and not (
            is_framed(at, family.frame, self.code) or NAMED_BY[family.frame].search(line.key.lower())
        ):
            return
        (self._sides[name].denied if denied else self._sides[name].lines)[side].append(number)
        if denied and family.parted and is_placed(at, self.code):
            self._placed.add((side, number))

    def _of_product(self) -> Finders:
        """Return finders of the names that can contradict this sheet, and of its own."""
        kinds = {*self._sides, *(name for name, _ in self._banned_sides)}
        kinds |= {name for name, family in self._pack.families.items() if family.frame == "proof"}
        abilities = {*self._stances}
        abilities |= {name for name, ability in self._pack.abilities.items() if ability.covers or ability.needs}

        def about(forms: Iterable[str]) -> list[str]:
            return [form for form in forms if abilities & {name for name, _ in self._names.abilities[form]}]

        families = [form for form, uses in self._names.families.items() if kinds & {name for name, _ in uses}]
        return Finders(families, about(self._names.outright), about(self._names.plain), self.code)

    def _close_lists(self) -> None:
        """Take what a sheet's whole list of ingredients does not name as denied."""
        for number, line in enumerate(self.lines):
            if not WHOLE_LIST[self.code].search(line.text.lower()):
                continue
            for name, ability in self._pack.abilities.items():
                stance = self._stances.get(name)
                named = stance and (stance.granted or stance.denied or stance.limited)
                if ability.ingredient and not named:
                    self._stances[name].denied.append(number)

    def _take_stance(self, name: str, sign: int, at: Place, number: int) -> None:
        ability, stance = self._pack.abilities[name], self._stances[name]
        scope = self._scopes.read(at)
        if ability.protected and not scope.denied and not self._scopes.affirms(at, "can"):
            return
        if ability.undesired and sign >= 0 and LIMITS[self.code].search(at.text[at.sentence[0] : at.sentence[1]]):
            stance.limited.append(number)
            return
        denied = (sign < 0) != (self._scopes.denies(at, ability.kind) or (scope.worried and ability.undesired))
        (stance.denied if denied else stance.granted).append(number)
        stance.subjects[number] = stance.subjects.get(number, frozenset()) | (subject(at) if denied else frozenset())

    def _read_forbidden(self, wording: str) -> None:
        for at, form in self._family_hits(wording):
            self._banned_sides |= {
                (name, side)
                for name, side in self._names.families[form]
                if len(form) > 1 and is_framed(at, self._pack.families[name].frame, self.code)
            }
        for at, form in self._ability_hits(wording):
            for name, sign in self._names.abilities[form]:
                stance, ability = self._stances[name], self._pack.abilities[name]
                named = any(form in line.text.lower() for line in self.lines)
                if ability.protected or named or stance.granted or stance.denied or stance.limited:
                    continue
                if sign >= 0 and not self._scopes.read(at).denied:
                    stance.denied.append(-1)
                elif ability.measurable:  # any other "never …" is a promise, a matter of the rules of selling
                    stance.limited.append(-1)

    def plain(self, text: str) -> str:
        """Return recognised words with 是 where 事 was heard for it; the length stays."""
        return HEARD_ZH.sub("是", text) if self.code == "zh" else text

    # --- taking back -------------------------------------------------------------------------------------------

    def restores(self, kind: str, said: str, text: str) -> bool:
        """Return whether a text puts a wrong word right: it denies it, or says what the sheet says.

        Args:
            kind: Of the contradiction, as `find` gave it.
            said: The contradicting words.
            text: What was said later, or after a repair.
        """
        lowered = text.lower()
        group, _, name = kind.partition(".")
        families = self._family_hits(lowered)
        for at, form in families if group == "family" else self._ability_hits(lowered):
            if group == "family" and any(pair[0] == name for pair in self._names.families[form]):
                right = any(f"{pair[0]}:{pair[1]}" in self._mentioned for pair in self._names.families[form])
                if right != self._scopes.read(at).denied:
                    return True
            elif (
                group == "ability"
                and name in self._pack.abilities
                and any(pair[0] == name for pair in self._names.abilities[form])
            ):
                scope = self._scopes.read(at)
                says = max(
                    (
                        self._says(self._pack.abilities[name], sign, at, scope)
                        for own, sign in self._names.abilities[form]
                        if own == name
                    ),
                    key=abs,
                )
                stance = self._stances[name]
                if (says < 0 and stance.denied) or (says > 0 and stance.granted):
                    return True
        if NO_IT[self.code].search(lowered) and any(word in lowered for word in pieces(said.lower(), self.code)):
            return True
        if self.code == "zh" and group == "ability":
            return bool(re.search(rf"(?:不|别|没)[^，。]{{0,2}}[{re.escape(said.lower())}]", lowered))
        return False

    # --- reading talk ------------------------------------------------------------------------------------------

    def find(self, text: str) -> list[Opposed]:
        """Return what in a text contradicts the sheet, in order."""
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = text
        found = [*self._other_things(lowered), *self._turned_abilities(lowered), *self._compounds.find(lowered)]
        return sorted(found, key=lambda item: (item.start, item.end))

    def _ability_hits(self, text: str) -> Iterator[tuple[Place, str]]:
        """Yield names of abilities; whole phrases first, then plain names that are no part of a phrase of the same."""
        phrases = list(self._finders.outright.find(text))
        for start, end, form in phrases:
            yield place(text, start, end), form
        for start, end, form in self._finders.plain.find(text):
            over = [phrase for left, right, phrase in phrases if left <= start < right]
            taken = {name for phrase in over for name, _ in self._names.abilities[phrase]}
            if not taken & {name for name, _ in self._names.abilities[form]}:
                yield place(text, start, end), form

    def _family_hits(self, text: str) -> Iterator[tuple[Place, str]]:
        for start, end, form in self._finders.families.find(text):
            yield place(text, start, end), form

    def lacking(self, text: str) -> frozenset[int]:
        """Return where a text names things that it says are not to be had, there or before (红色没有，红色掉色)."""
        missing: set[tuple[str, str]] = set()
        starts, said_at = set(), 0
        for at, form in self._family_hits(text.lower()):
            if turns_back(at.text[said_at : at.end + BACK_AFTER[self.code]], self.code):
                missing.clear()
            if is_lacking(at, self.code):
                said_at = at.end
                missing.update(self._names.families[form])
            if missing.intersection(self._names.families[form]):
                starts.add(at.start)
        return frozenset(starts)

    def _other_things(self, text: str) -> Iterator[Opposed]:
        lacking = self.lacking(text)
        for at, form in self._family_hits(text):
            sides = self._names.families[form]
            if at.start in lacking:
                continue
            sentence = at.text[at.sentence[0] : at.sentence[1]]
            of_gift = any(word in sentence for word in self._gifts)
            named = self._mentioned | self._of_gifts if of_gift else self._mentioned
            if any(f"{name}:{side}" in named for name, side in sides):
                yield from self._only(at, sides)
                continue
            for name, side in sides:
                if (lines := self._against_side(name, side, at)) is not None:
                    yield Opposed(at.start, at.end, f"family.{name}", lines)
                    break

    def _against_side(self, name: str, side: str, at: Place) -> tuple[int, ...] | None:
        """Return the lines that another side of a kind contradicts, None where it contradicts nothing."""
        family = self._pack.families[name]
        told = self._sides.get(name)
        banned = (name, side) in self._banned_sides
        if not (told or banned or family.frame == "proof") or not is_framed(at, family.frame, self.code):
            return None
        if told and family.rising and not is_harsher(family, side, told):
            return None
        if told and name == "origin" and self.code == "zh" and is_whole_country(family, side, told):
            return None
        if family.gentle and self._scopes.also.search(at.around) and not SURELY[self.code].search(at.around):
            return None
        affirmed = self._scopes.affirms(at, "can") or self._scopes.affirms(at, "need") or self._is_doing(at)
        if family.frame == "use" and not affirmed:
            return None
        scope = self._scopes.read(at)
        if not scope.claimed or scope.denied:
            return None
        lines = lines_of(told, side, at, self.code) if told else ()
        if self._leaves(side, lines, at):
            return None
        return of_part(lines, self.lines, at, solid=name == "body") if lines and family.parted else lines

    def leaves(self, text: str, start: int) -> bool:
        """Return whether a name there is said of a part of the product for which the sheet does not deny it."""
        for at, form in self._family_hits(text.lower()):
            for name, side in self._names.families[form] if at.start == start else ():
                if name in self._sides and self._leaves(side, tuple(self._sides[name].denied.get(side, ())), at):
                    return True
        return False

    def _leaves(self, side: str, lines: tuple[int, ...], at: Place) -> bool:
        """Return whether lines deny a side of one place only, and it is said of a part that is not named in them."""
        if not lines or any((side, number) not in self._placed for number in lines):
            return False
        part = part_of(at, self.code)
        names = (*(self.lines[number].text for number in lines), *(one.text for one in self.lines if one.key == "name"))
        return bool(part) and not any(part in name.lower() for name in names)

    def _only(self, at: Place, sides: Sequence[tuple[str, str]]) -> Iterator[Opposed]:
        """Yield a claim that one of the sheet's things is the only one (只能用明火)."""
        for name, side in sides:
            told = self._sides.get(name)
            if not told or len(told.lines) < 2 or side not in told.lines:
                continue
            before = at.before(6 if self.code == "zh" else 24)
            if not self._scopes.only.search(before) or not self._scopes.read(at).claimed:
                continue
            named = self._named_with(at, name)
            others = tuple(n for other, numbers in told.lines.items() if other not in named for n in numbers)
            if others:
                yield Opposed(at.start, at.end, f"family.{name}", tuple(dict.fromkeys(others)))
            return

    def _named_with(self, at: Place, name: str) -> set[str]:
        """Return the sides of a family that are named in one list with a place."""
        forms = listed_with(at.text, at.start, at.end, self._finders.families.find(at.text), self.code)
        return {side for form in forms for family, side in self._names.families[form] if family == name}

    def _turned_abilities(self, text: str) -> Iterator[Opposed]:
        for at, form in self._ability_hits(text):
            for name, sign in self._names.abilities[form]:
                stance = self._stance_on(name, at)
                lines = self._against_stance(self._pack.abilities[name], sign, at, stance) if stance else ()
                if lines:
                    yield Opposed(at.start, at.end, f"ability.{name}", tuple(n for n in lines if n >= 0))
                    break

    def _stance_on(self, name: str, at: Place) -> Stance | None:
        ability = self._pack.abilities[name]
        if ability.covers:
            denied = [n for other in ability.covers if other in self._stances for n in self._refused(other)]
            return Stance(denied=denied)
        if name == "returns" and self._opened.search(at.text[max(at.sentence[0], at.start - 10) : at.start]):
            return None  # what was opened may be another matter than what was not
        stance = self._stances.get(name)
        if stance is None or not (stance.granted or stance.denied or stance.limited):
            denied = [n for other in ability.needs if other in self._stances for n in self._stances[other].denied]
            return Stance(denied=denied) if denied else stance
        return stance

    def _refused(self, name: str) -> list[int]:
        """Return the lines that keep somebody from using the product."""
        ability, stance = self._pack.abilities[name], self._stances[name]
        return stance.granted if ability.outright or ability.kind == "has" else stance.denied

    def _against_stance(self, ability: Ability, sign: int, at: Place, stance: Stance) -> Sequence[int]:
        if not (stance.granted or stance.denied or stance.limited):
            return ()
        scope = self._scopes.read(at)
        if not scope.claimed:
            return ()
        says = self._says(ability, sign, at, scope)
        if says > 0 and stance.denied and (not stance.granted or (self.code == "en" and stance.denies_of(subject(at)))):
            return stance.denied
        if says >= 0:
            return ()
        if ability.undesired and not scope.absolute and SOMETIMES[self.code].search(at.around):
            return ()
        if stance.granted and not stance.denied:
            return stance.granted
        outright = ability.undesired and not stance.denied and (scope.absolute or sign < 0)
        return stance.limited if outright else ()

    def _says(self, ability: Ability, sign: int, at: Place, scope: Scope) -> int:
        """Return 1 where the stretch grants the ability, -1 where it denies it, 0 where it does neither."""
        denied = self._scopes.denies(at, ability.kind)
        if sign:
            return (-1 if sign > 0 else 0) if denied else sign
        if ability.outright:
            return 0
        if self.code == "zh" and at.end - at.start == 1 and not TIGHT.search(at.before(2)):
            return 0
        if denied or (scope.worried and ability.undesired):
            return (
                0
                if ability.kind == "can" and OWNS[self.code].search(at.before(12 if self.code == "zh" else 30))
                else -1
            )
        alone = ability.kind == "can" and self._is_doing(at)
        return int(alone or scope.worried or self._scopes.affirms(at, ability.kind))

    def _is_doing(self, at: Place) -> bool:
        """Return whether a stretch that is a whole clause tells what to do ("hot wash, tumble dry")."""
        alone = not at.around.strip()
        return self.code == "en" and alone and at.text[at.end : at.end + 1] != "?" and " " in at.text[at.start : at.end]

    def _other_names(self) -> Iterator[str]:
        """Yield names and wordings that would contradict the sheet, for putting recognised words right."""
        for name, family in self._pack.families.items():
            if name in self._sides or family.frame == "proof":
                yield from (form for side in family.sides for form in side.split("|"))
        for name in self._stances:
            ability = self._pack.abilities[name]
            yield from (*ability.forms, *ability.always, *ability.never)
