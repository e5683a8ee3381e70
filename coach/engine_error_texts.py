"""What engines failed at during a rehearsal, and what is done instead, in Chinese; a part of `coach.error_texts`."""

from __future__ import annotations

from collections.abc import Mapping

ENGINE_ZH: Mapping[str, str] = {
    # what is done instead
    "scripted line": "改用备用台词",
    "line goes to chat": "这句改成文字",
    "the line ends early": "这句提前结束",
    "typed input stays": "还可以打字",
    "pauses are judged by words and voice alone": "停顿只凭文字和声音判断",
    "the connection is opened again": "重新连接",
    "the rehearsal goes on; what could not be written may be lost": "排练继续，没写进去的可能丢失",
    "the rehearsal goes on without a recording": "排练继续，但没有录音",
    "headphones help": "戴耳机会好些",
    "no opinion within {seconds:g} s.": "{seconds:g} 秒内没有判断。",
    # a language model's words for a viewer
    "no words within {ms} ms": "{ms} 毫秒内没有给出台词",
    "unusable words: {fault}": "台词不能用：{fault}",
    "empty answer": "回答是空的",
    "empty": "没有内容",
    "too long: at most {count} characters in one line": "太长，一行最多 {count} 个字",
    "not in Chinese": "不是中文",
    "not in English": "不是英文",
    "holds markup or a speaker's name": "带有标记或说话人的名字",
    "leaves the character": "不像这位观众说的话",
    "repeats an earlier line": "和前面的话重复",
    "concedes although the viewer has not been won": "观众还没被说服就答应了",
    "states a number that was not given: {number:g}": "说了没给过的数字：{number:g}",
    "contradicts the product sheet": "和商品卡矛盾",
    "abusive": "辱骂",
    "harsher than this scenario allows": "比这个场景允许的更难听",
    "hostile beyond what this scenario allows": "比这个场景允许的更有敌意",
}
