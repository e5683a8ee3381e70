"""Advice where there was hardly any talk, or none to viewers: nothing said, too little, read, repeated, listed."""

from __future__ import annotations

from coach.score.advice_told import Maker, Told
from coach.score.material import Material
from coach.score.scorecard import Finding
from coach.score.wording import both


def _nothing(finding: Finding, material: Material) -> Told:
    why = both("第一句最难，说出来后面就顺了。", "The first sentence is the hardest; the rest follows it.")
    drill = both(
        "把这一句说出口三遍，大声一点。不用完美。", "Say this one line aloud three times. It need not be perfect."
    )
    return Told(why, _welcome(material), drill)


def _welcome(material: Material) -> str:
    name, line = material.scenario.product.name, material.lead_line()
    return material.say(
        f"欢迎新来的朋友，今天给大家看的是{name}：{line}", f"Welcome in! Today I have the {name}: {line}"
    )


def _too_little(finding: Finding, material: Material) -> Told:
    why = both(
        "说得多一点，观众才有东西可听，你也才看得出进步。",
        "With more said, viewers have something to stay for, and you can see yourself improve.",
    )
    return Told(why, _welcome(material))


def _read_aloud(finding: Finding, material: Material) -> Told:
    why = both(
        "商品卡是写给你看的；观众听的是这件东西对自己有什么用。",
        "The product card is written for you; viewers listen for what the thing does for them.",
    )
    line = material.lead_line()
    return Told(
        why,
        material.say(
            f"我自己用下来最喜欢的一点：{line.rstrip('。')}。你们平时会在意这个吗？",
            f"What I like best about it myself: {line.rstrip('.')}. Is that something you care about?",
        ),
    )


def _repeated(finding: Finding, material: Material) -> Told:
    why = both(
        "重复是为了新来的人，但换一种说法，老观众才留得住。",
        "Recaps are for newcomers; told another way, they keep those who stayed.",
    )
    points = material.scenario.product.selling_points
    line = material.point_line(points[min(1, len(points) - 1)])
    return Told(
        why, material.say(f"刚才说过了，换个角度：{line}", f"You've heard that one, so from another side: {line}")
    )


def _word_list(finding: Finding, material: Material) -> Told:
    why = both(
        "关键词是骨架；加上“因为”和“所以”，观众才听得懂好在哪里。",
        "Key words are bones; with a because and a so, viewers hear why it is good.",
    )
    return Told(why, material.lead_line())


GENUINE: dict[str, Maker] = {
    "start.nothing_said": _nothing,
    "genuine.too_little": _too_little,
    "genuine.read_aloud": _read_aloud,
    "genuine.repeated": _repeated,
    "genuine.word_list": _word_list,
}
