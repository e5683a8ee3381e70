"""What is said for what is written, as tables; and that every word keeps its place in the written text."""

from __future__ import annotations

import pytest

from audio.tts.wording import is_sayable, spoken

CHINESE = [
    # prices
    ("¥89", "八十九元"),
    ("¥89.90", "八十九点九元"),
    ("￥１２８", "一百二十八元"),
    ("89元", "八十九元"),
    ("89块9", "八十九块九"),
    ("¥89-99", "八十九到九十九元"),
    ("¥1.5万", "一点五万元"),
    ("$14.50", "十四点五美元"),
    ("9.9包邮", "九块九包邮"),
    ("1,299", "一千二百九十九"),
    ("1000000元", "一百万元"),
    ("5折", "五折"),
    ("8.5折", "八五折"),
    ("95折", "九五折"),
    # shares and ratios
    ("55%亚麻", "百分之五十五亚麻"),
    ("5%-10%", "百分之五到百分之十"),
    ("1/2", "二分之一"),
    ("1:1", "一比一"),
    ("2倍", "两倍"),
    ("2.5倍", "二点五倍"),
    # sizes and measures
    ("180克", "一百八十克"),
    ("500ml", "五百毫升"),
    ("1.5L", "一点五升"),
    ("2kg", "两公斤"),
    ("50-60℃", "五十到六十度"),
    ("-5℃", "零下五度"),
    ("165/88A", "一六五 八八A"),
    ("XXL码", "X X L码"),
    ("3XL", "三 XL"),
    ("160*230", "一百六十乘二百三十"),
    ("155 90斤", "一百五十五 九十斤"),
    # ranges, dates, times
    ("10-15天", "十到十五天"),
    ("2026-11-22", "二零二六年十一月二十二日"),
    ("2024款", "二零二四款"),
    ("11月22日", "十一月二十二日"),
    ("双11", "双十一"),
    ("618大促", "六一八大促"),
    ("20:30", "二十点半"),
    ("8:05", "八点零五分"),
    ("2点半", "两点半"),
    # counting
    ("2件", "两件"),
    ("12个", "十二个"),
    ("第2个", "第二个"),
    ("买2送1", "买二送一"),
    ("3号链接", "三号链接"),
    ("10w人", "十万人"),
    ("007", "零零七"),
    # numbers that are no counts
    ("13812345678", "幺三八幺二三四五六七八"),
    ("400-800-1234", "四零零八零零幺二三四"),
    ("iPhone15", "iPhone 十五"),
    ("RTX4090", "RTX 四零九零"),
    ("A4纸", "A 四纸"),
    ("USB3.0", "USB三点零"),
    # danmaku
    ("666", "六六六"),
    ("666块", "六百六十六块"),
    ("88", "拜拜"),
    ("88块", "八十八块"),
    ("2333", "哈哈哈"),
    ("555块", "五百五十五块"),
    ("哈哈哈哈哈哈哈哈", "哈哈哈哈"),
    ("好的???", "好的？"),
    ("真的吗？！？！", "真的吗？"),
    ("贵。。。", "贵，"),
    ("(╥﹏╥)", " "),
    ("好看ヾ(≧▽≦*)o", "好看  "),
    ("T_T", " "),
    ("(白色)有吗", "(白色)有吗"),
    ("@小美", " 小美"),
    ("ＵＳＢ接口", "USB接口"),
    ("https://a.example/b?c=1", "网址"),
    ("买1+1", "买一加一"),
    ("100%棉", "百分之百棉"),
    ("89元/件", "八十九元每件"),
    ("1.5L/瓶", "一点五升每瓶"),
    ("11.11再买", "双十一再买"),
    ("No.1", "第一"),
    ("yyds", "永远的神"),
    ("0元购", "零元购"),
    ("59我就拍 多一块都不要", "五十九我就拍，多一块都不要"),
    ("我们的 CloudSync Pro 支持", "我们的 CloudSync Pro 支持"),
    ("2块5", "两块五"),
    ("8点05", "八点零五"),
]
ENGLISH = [
    ("$14.50", "fourteen dollars fifty"),
    ("$1", "one dollar"),
    ("$1,299", "one thousand two hundred ninety nine dollars"),
    ("$5.05", "five dollars and five cents"),
    ("$0.99", "ninety nine cents"),
    ("$89.00", "eighty nine dollars"),
    ("¥89.9", "eighty nine point nine yuan"),
    ("$10-15", "ten to fifteen dollars"),
    ("$5k", "five thousand dollars"),
    ("50% off", "fifty percent off"),
    ("5-10%", "five to ten percent"),
    ("10-12 days", "ten to twelve days"),
    ("1/2", "one half"),
    ("3/4", "three quarters"),
    ("24/7", "twenty four seven"),
    ("50/50", "fifty fifty"),
    ("2x", "two times"),
    ("1kg", "one kilo"),
    ("500 ml", "five hundred milliliters"),
    ("1.5L", "one point five liters"),
    ("95 lb", "ninety five pounds"),
    ("5'1\"", "five foot one"),
    ("XXL", "X X L"),
    ("165/88A", "one sixty five eighty eight A"),
    ("link #3", "link number three"),
    ("No. 3", "number three"),
    ("1st", "first"),
    ("22nd", "twenty second"),
    ("8pm", "eight P M"),
    ("8:05pm", "eight oh five P M"),
    ("2026", "twenty twenty six"),
    ("2005", "two thousand five"),
    ("2026-11-22", "November twenty second, twenty twenty six"),
    ("555-1234", "five five five one two three four"),
    ("iPhone15", "iPhone fifteen"),
    ("RTX4090", "RTX forty ninety"),
    ("-5°C", "minus five degrees Celsius"),
    ("0.5", "zero point five"),
    ("9.99 on another app", "nine ninety nine on another app"),
    ("9.05", "nine oh five"),
    ("12.00", "twelve"),
    ("9.99%", "nine point nine nine percent"),
    ("4.75 kg", "four point seven five kilos"),
    ("1,000,000", "one million"),
    ("100+", "one hundred plus"),
    ("e-mail", "e-mail"),
    ("can u pls", "can you please"),
    ("sooooo nice", "so nice"),
    ("cooool", "cool"),
    ("what?!?!", "what?"),
    ("nice 😀!", "nice  !"),
    ("ok :-)", "ok  "),
    ("(^_^)", " "),
    ("(really)", "(really)"),
    ("R&D (a & b)", "R and D (a and b)"),
    ("https://x.example/y", "the web address"),
    ("brand.com", "brand dot com"),
    ("wait—what", "wait, what"),
    ("$5 - maybe", "five dollars, maybe"),
    ("5/each", "five per each"),
    ("red/blue", "red blue"),
    ("omg bc", "O M G because"),
    ("e-mail - now", "e-mail, now"),
    ("a\x00b\ud800c", "a b c"),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese_is_said_the_way_live_rooms_say_it(text: str, expected: str) -> None:
    assert spoken(text, "zh").text == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_is_said_the_way_live_rooms_say_it(text: str, expected: str) -> None:
    assert spoken(text, "en").text == expected


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "价格¥89.90，55%棉", ["价", "格", "¥89.90", "55%", "棉"]),
        ("zh", "3号链接S23 2件😀", ["3", "号", "链", "接", "S23", "2", "件"]),
        ("zh", "我们的CloudSync Pro", ["我", "们", "的", "CloudSync", "Pro"]),
        ("en", "It's $89.90, 95 lb, #3?", ["It's", "$89.90", "95 lb", "#3"]),
        ("en", "sooo good T_T 亚麻", ["sooo", "good", "亚", "麻"]),
    ],
)
def test_worded_pieces_keep_the_span_of_the_text_they_stand_for(language: str, text: str, words: list[str]) -> None:
    said = spoken(text, language)
    assert [text[word.start : word.end] for word in said.words] == words
    assert "".join(said.pieces()) == said.text[said.words[0].spoken_start :]


@pytest.mark.parametrize("text", ["", "  ", "😀👍🏽", "……", "?!", "(╥﹏╥)", "T_T", ":)", "---", "\n", "ヾ"])
def test_nothing_sayable(text: str) -> None:
    assert not is_sayable(text)


@pytest.mark.parametrize("text", ["好", "ok", "5", "50%", "¥9", "a😀"])
def test_sayable(text: str) -> None:
    assert is_sayable(text)
