from __future__ import annotations

import pytest

from coach.room.treatment import Treatment, right_treatment


@pytest.mark.parametrize(
    ("viewer_type", "text", "treatment"),
    [
        ("haggler", "能不能再便宜点", "answer"),
        ("haggler", "加微信便宜点呗 私下转你", "refuse"),
        ("friendly", "这个颜色好看 有米色吗", "answer"),
        ("friendly", "我坚果过敏 这里面有吗", "protect"),
        ("friendly", "怀孕三个月能用吗", "protect"),
        ("impatient", "我15岁 用我妈的号能买吗", "protect"),
        ("friendly", "主播有男朋友吗", "ignore"),
        ("product_skeptic", "敏感肌能用吗 别到时候烂脸", "answer"),
        ("trust_skeptic", "差评都被你们删了吧", "answer"),
        ("angry_returner", "过敏了 脸都肿了 你们负责吗", "answer"),
        ("contrarian", "呵呵 主播都这么说", "answer"),
        ("troll", "会不会讲啊", "ignore"),
        ("troll", "几号链接", "answer"),
        ("spammer", "加我微 一手货源", "ignore"),
        ("spammer", "多少钱都不如我主页的", "ignore"),
        ("derailer", "唱首歌我就下单", "ignore"),
        ("bait", "能治痘痘吗", "refuse"),
        ("compliance_bait", "是不是全网最低", "refuse"),
        ("special_care", "老人家看不懂 怎么买啊", "protect"),
    ],
)
def test_chinese_lines(viewer_type: str, text: str, treatment: Treatment) -> None:
    assert right_treatment(viewer_type, text, "zh") == treatment


@pytest.mark.parametrize(
    ("viewer_type", "text", "treatment"),
    [
        ("haggler", "can u do $15?", "answer"),
        ("haggler", "can I venmo you and skip the app", "refuse"),
        ("friendly", "does it come in beige", "answer"),
        ("friendly", "nut allergy, ok?", "protect"),
        ("friendly", "I'm 14 can I use my mom's card", "protect"),
        ("friendly", "I'm 5'1\" 95 lb, small?", "answer"),
        ("impatient", "breastfeeding, can I use it", "protect"),
        ("price_comparer", "brand's own site is cheaper", "answer"),
        ("trust_skeptic", "you delete bad comments don't you", "answer"),
        ("troll", "your voice is giving me a headache", "ignore"),
        ("troll", "any refund?", "answer"),
        ("spammer", "cheaper link in my bio", "ignore"),
        ("derailer", "are you single", "ignore"),
        ("friendly", "are you single", "ignore"),
        ("bait", "so this cures acne right", "refuse"),
        ("special_care", "money's tight this month", "protect"),
        ("", "", "answer"),
    ],
)
def test_english_lines(viewer_type: str, text: str, treatment: Treatment) -> None:
    assert right_treatment(viewer_type, text, "en-US") == treatment
