"""What `scenario check` says in Chinese, by its English templates; a part of `coach.error_texts`."""

from __future__ import annotations

from collections.abc import Mapping

SCENARIO_ZH: Mapping[str, str] = {
    # the frame
    "error": "错误",
    "warning": "警告",
    "note": "提示",
    "none": "一个也没有",
    "{what}; {advice}": "{what}。建议：{advice}",
    "did you mean {word!r}?": "是不是想写 {word!r}？",
    "write {right}": "写成 {right}",
    "write {key!r}": "写成 {key!r}",
    "add {example}": "补上 {example}",
    "add {meant}": "补上 {meant}",
    "known here: {known}": "这里可以写：{known}",
    "take it away": "删掉它",
    "keep one of them": "只留一个",
    "compare it with a shipped scenario": "对照自带的场景看看",
    "begin one with: run_coach.py scenario new": "新建场景用：run_coach.py scenario new",
    # the library, drawing and consent
    "No scenario is called {id!r}; did you mean {near!r}?": "没有叫 {id!r} 的场景；是不是想写 {near!r}？",
    "No scenario is called {id!r}. Known: {known}": "没有叫 {id!r} 的场景。可用：{known}",
    "the id {id!r} is already used by {file}; this file is left out": "编号 {id!r} 已被 {file} 占用，本文件不会被使用",
    "give it an id of its own": "换一个不同的编号",
    "Expected an intensity from 0 to {most}, got {intensity}.": "强度应为 0 到 {most}，得到的是 {intensity}。",
    # files
    "no such scenario file": "没有这个场景文件",
    "give the path of a .yaml file, or an id": "给出 .yaml 文件的路径，或场景编号",
    "cannot be read: {reason}": "无法读取：{reason}",
    "check who may read the file": "检查文件的读取权限",
    "the file is larger than {most} kB; a scenario has a few kB": "文件超过 {most} kB；一个场景只有几 kB",
    "keep the product, its viewers and the plan; leave everything else out": "只留商品、观众和安排，其余删掉",
    "not UTF-8 text": "不是 UTF-8 文本",
    "it seems to be {found}; save the file as UTF-8": "看起来是 {found} 编码；请另存为 UTF-8",
    "save the file as UTF-8": "请把文件另存为 UTF-8",
    "the file is empty; expected a scenario": "文件是空的，应为一个场景",
    "expected keys with values such as 'id: …', got something else": "应为“键: 值”的形式，例如 id: …，实际不是",
    "{path} is read-only, so nothing was changed. Make it writable, or fix a copy.": (
        "{path} 是只读的，没有改动。请改成可写，或修改一份副本。"
    ),
    "{path} could not be changed: {reason}. It is as it was.": "无法修改 {path}：{reason}。文件保持原样。",
    # logs of comments
    "{name}: larger than {most} MB. Cut out the hour you want.": "{name}：超过 {most} MB。请截取需要的那一段。",
    "{name}: the file is empty; expected comments, one a line.": "{name}：文件是空的；应为每行一条弹幕。",
    "{name}: no row with a text in it; {bad} rows could not be used.": "{name}：没有一行有文本；{bad} 行用不了。",
    "{name}: neither UTF-8 nor GB18030 text. Export it again as UTF-8.": (
        "{name}：不是 UTF-8 也不是 GB18030 文本。请重新导出为 UTF-8。"
    ),
    "Expected a JSON list of comments, got broken JSON: {reason}.": "应为弹幕的 JSON 列表，但 JSON 有误：{reason}。",
    "expected keys with values": "应为“键: 值”",
    "not valid JSON": "JSON 有误",
    "no text in it": "没有文本",
    "{count} cells, the others have {usual}": "只有 {count} 格，其他行有 {usual} 格",
    "{name}: no column of texts found. Name it: --column text=… (there are: {known}).": (
        "{name}：找不到文本列。请写明：--column text=…（有：{known}）。"
    ),
    "{name}: there is no column {word!r} for {role}; there are: {known}.": (
        "{name}：没有列 {word!r} 可作 {role}；有：{known}。"
    ),
    # YAML
    "not valid YAML: {problem}": "YAML 有误：{problem}",
    "compare the line with one that works; quote odd texts": "对照能用的一行；特殊的文本加引号",
    "not valid YAML: a second ': ' in one value, or a line indented more than the one above": (
        "YAML 有误：一个值里出现第二个“: ”，或这一行比上一行缩进更多"
    ),
    "put a text that holds ': ' in quotes, or align the line with the keys around it": (
        "含“: ”的文本加引号，或把这一行与上下的键对齐"
    ),
    "not valid YAML: a line without 'key: value'": "YAML 有误：这一行不是“键: 值”",
    "write a key, a colon and a space before the value": "写成：键、英文冒号、空格、值",
    "not valid YAML: a quote that is opened here is never closed": "YAML 有误：这里开始的引号没有收尾",
    "close it with the same quote at the end of the text": "在文本末尾补上同样的引号",
    "not valid YAML: a backslash inside double quotes begins something unknown": (
        "YAML 有误：双引号里的反斜杠后面不是认识的写法"
    ),
    "use single quotes around the text, or write \\\\ for a backslash": "改用单引号，或把反斜杠写成 \\\\",
    "not valid YAML: a bracket that is opened here is not closed properly": "YAML 有误：这里开始的括号没有正确收尾",
    "put a comma between values, close the bracket, and put texts with commas or colons in quotes": (
        "值之间用英文逗号，补上右括号；含逗号或冒号的文本加引号"
    ),
    "not valid YAML: a value was expected here": "YAML 有误：这里应有一个值",
    "write a value, or take the surplus comma or bracket away": "写上值，或删掉多余的逗号或括号",
    "not valid YAML: this line does not stand under the others, or text follows a closing quote": (
        "YAML 有误：这一行没有与其他键对齐，或引号后面还有文字"
    ),
    "align it with the keys around it, two spaces a level; put the whole text inside the quotes": (
        "与上下的键对齐，每级两个空格；把整句话放进引号里"
    ),
    "not valid YAML: this line does not stand under the others of its list": "YAML 有误：这一行没有与列表的其他行对齐",
    "align it with the '- ' lines above it": "与上面的“- ”行对齐",
    "not valid YAML: a list cannot begin here": "YAML 有误：列表不能从这里开始",
    "put '- ' on a new line below the key, indented by two spaces": "在键的下一行写“- ”，缩进两个空格",
    "the file is nested too deeply or holds too many values for a scenario": "嵌套太深或内容太多，不像一个场景",
    "not valid YAML: {colon!r} right after {key!r} is no separator": "YAML 有误：{key!r} 后面的 {colon!r} 不是分隔符",
    "write {right!r}, a plain colon and a space": "写成 {right!r}：英文冒号加一个空格",
    "not valid YAML: a tab at the beginning of a line": "YAML 有误：行首用了制表符",
    "indent with two spaces": "缩进用两个空格",
    "not valid YAML: a value cannot begin with {char!r}": "YAML 有误：值不能以 {char!r} 开头",
    "put the whole text in quotes": "整段文本加引号",
    "not valid YAML: a control character (U+{code})": "YAML 有误：有控制字符（U+{code}）",
    "delete it; it cannot be seen in most editors": "删掉它；多数编辑器里看不见",
    "anchors and aliases (& and *) are not allowed": "不允许使用锚点和别名（& 和 *）",
    "write the value out, or put the text in quotes": "把值完整写出来，或给文本加引号",
    "the tag {tag!r} is not allowed": "不允许使用标签 {tag!r}",
    "write a plain value, or put the text in quotes": "写普通的值，或给文本加引号",
    "the key {key!r} is already given in line {line}": "键 {key!r} 在第 {line} 行已经写过",
    "expected a simple key, got a list or mapping as key": "键应为简单的词，实际是列表或映射",
    "write 'key: value'; put a text that holds brackets in quotes": "写成“键: 值”；含括号的文本加引号",
    "expected one YAML document, got a second one after '---'": "一个文件只能有一个场景，“---”后面又有一个",
    "put each scenario into a file of its own": "每个场景放一个文件",
    # shapes and values
    "missing key {key!r}": "缺少键 {key!r}",
    "unknown key {key!r}": "未知的键 {key!r}",
    "it belongs to {place}": "它应写在 {place} 里",
    "the top of the file": "文件顶层",
    "expected one of {known}, got {value}": "应为 {known} 之一，得到 {value}",
    "write one of them": "从中选一个",
    "expected {expected}, got {value}": "应为{expected}，得到 {value}",
    "{reason}, got {value}": "{reason}，得到 {value}",
    "a whole number": "整数",
    "a number": "数字",
    "a finite number": "有限的数字",
    "true or false": " true 或 false",
    "a text": "一段文本",
    "a list": "列表",
    "a list of {count}": "一个有 {count} 项的列表",
    "a list of two numbers": "两个数字的列表",
    "keys with values": "“键: 值”",
    "a date such as 2026-11-22": "日期，例如 2026-11-22",
    "write digits alone, such as 3": "只写数字，例如 3",
    "write digits alone, such as 12 or 9.9, without currency or unit": "只写数字，例如 12 或 9.9，不带货币和单位",
    "write true or false": "写 true 或 false",
    "write one text; put it in quotes if it holds ': ' or begins with a bracket": (
        "写一段文本；含“: ”或以括号开头时加引号"
    ),
    "write [one, two], or one '- ' line for each": "写成 [甲, 乙]，或每项一行“- ”",
    "write [{value}], or one '- ' line for each": "写成 [{value}]，或每项一行“- ”",
    "write [low, high]": "写成 [下限, 上限]",
    "write 'key: value' lines below it, indented by two spaces": "在下面写“键: 值”，缩进两个空格",
    "write year-month-day, such as 2026-11-22": "写成年-月-日，例如 2026-11-22",
    "expected more than {limit:g}, got {value}": "应大于 {limit:g}，得到 {value}",
    "write a number above {limit:g}": "写一个大于 {limit:g} 的数",
    "expected at least {limit:g}, got {value}": "应不小于 {limit:g}，得到 {value}",
    "write {limit:g} or more": "写 {limit:g} 或更大",
    "expected less than {limit:g}, got {value}": "应小于 {limit:g}，得到 {value}",
    "write a number under {limit:g}": "写一个小于 {limit:g} 的数",
    "expected at most {limit:g}, got {value}": "应不大于 {limit:g}，得到 {value}",
    "write {limit:g} or less": "写 {limit:g} 或更小",
    "expected lower-case letters, digits, '-' or '_', got {value}": "应为小写字母、数字、“-”或“_”，得到 {value}",
    "choose an id in Latin letters; the name may be in any language": "编号用拉丁字母；名字可以用中文",
    "expected at most {most} characters, got {count}": "最多 {most} 个字符，现有 {count} 个",
    "shorten it to {most} characters": "缩短到 {most} 个字符以内",
    "expected at most {most} entries, got {count}": "最多 {most} 项，现有 {count} 项",
    "keep the {most} that matter most": "只留最重要的 {most} 项",
    "expected at least {least} entries, got {count}": "至少 {least} 项，现有 {count} 项",
    "expected a text, got an empty one": "应有文本，实际是空的",
    "write a text, or take the key away": "写上文本，或删掉这个键",
    # references and events
    "viewer": "观众",
    "selling point": "卖点",
    "stage": "阶段",
    "move": "动作",
    "no {what} is called {value!r}": "没有叫 {value!r} 的{what}",
    "there is none in this file: add it, or take this key away": "文件里一个也没有：先加上，或删掉这个键",
    "the id {key!r} is already used in line {line}; ids must differ": "编号 {key!r} 在第 {line} 行用过；编号不能重复",
    "expected either 'at_sec' or 'when', one of them": "'at_sec' 和 'when' 必须且只能写一个",
    "add at_sec: 60, or when: price_said": "补上 at_sec: 60，或 when: price_said",
    "a planned line needs {key!r}": "安排一句台词需要 {key!r}",
    "the kind {kind!r} needs {key!r}": "类型 {kind!r} 需要 {key!r}",
    "'viewer', who speaks": "'viewer'：谁来说",
    "'intent', what the line does, such as push": "'intent'：这句话的用意，例如 push",
    "'to', the number of viewers after it": "'to'：之后的在线人数",
    "'price', the wrong price on the card": "'price'：页面上的错误价格",
    "'when: stage' needs 'stage'": "'when: stage' 需要 'stage'",
    "add 'stage', the name of one of the stages": "补上 'stage'：某个阶段的名字",
    "'when: reading' needs 'move', what the streamer must do": "'when: reading' 需要 'move'：主播做了什么",
    "add move: shows_evidence, or another": "补上 move: shows_evidence 或其他动作",
    "expected more than {before:g}, got {until:g}": "应大于 {before:g}，得到 {until:g}",
    "let each stage end after the one before it, counted from the start": "每个阶段的结束时间从开播算起，要晚于上一个",
}
