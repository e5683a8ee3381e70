"""Faces made of marks, :-) (^_^) T_T QAQ (╥﹏╥): seen, never read."""

from __future__ import annotations

from audio.tts.rule import rule

_LETTER = r"A-Za-z0-9\u4e00-\u9fff"

FACES = (
    # In brackets: at least one mark that no sentence has there, and no two letters in a row: ヾ(≧▽≦*)o, (o^^o).
    rule(
        rf"(?:(?<![{_LETTER}])[\\/oO*])?[(（](?=[^()（）]{{0,14}}[^\s{_LETTER}()（）,.，。!?！？、'\"+%&/=$€£¥@#-])"
        rf"(?:[^()（）{_LETTER},，。!?！？、]|[A-Za-z](?![A-Za-z])){{2,14}}[)）](?:[oO/\\*~](?![A-Za-z0-9]))?",
        " ",
    ),
    rule(rf"(?<![{_LETTER}])[:;=][-o']?(?:[)(\]\[/\\|*3]+|[DPpOo](?![{_LETTER}]))", " "),
    rule(
        rf"(?<![{_LETTER}])(?:[xX]D+|<3+|\^[_.\-oO]?\^;*|>[_.]*<|-[_.]+-|=[_.]+=|;[_.]*;|@[_.]+@)(?![{_LETTER}])", " "
    ),
    rule(
        r"(?<![A-Za-z])(?:T[_.\-]?T|Q[AWaw]Q|T[AaOo]T|QUQ|[oO0][rR][zZ]|OTZ|o[_.]O|O[_.]o|(?<![\d.,])0[_.]0(?!\d|\s?%))(?![A-Za-z])",
        " ",
    ),
)
"""Rules of both languages."""
