"""What `scenario check`, `show` and `new` say, in Chinese and English."""

from __future__ import annotations

SCENARIO_TEXTS: dict[str, tuple[str, str]] = {
    "cmd.scenario": ("新建、检查、查看或试播场景文件", "write, check, show or simulate scenario files"),
    "cmd.scenario.schema": (
        "输出场景文件的 JSON Schema，给编辑器或别的程序用",
        "print the JSON schema of scenario files, for editors and other programs",
    ),
    # check
    "cmd.scenario.check": (
        "检查场景文件：每个问题给出行列和改法；有错误退出码 1，读不到文件退出码 2",
        "check scenario files: each fault with line, column and what to write instead; exit 1 on errors, 2 where a "
        "file cannot be read",
    ),
    "arg.check.fix": ("改正可以放心改的地方，并留一份 .bak", "put right what is safe to change; keeps a .bak"),
    "arg.check.json": ("输出 JSON，供自动检查使用", "print JSON, for automatic checks"),
    "check.ok": ("{path}：没有错误", "{path}: ok"),
    "check.total": ("{files} 个文件，{faulty} 个有错误", "{files} file(s), {faulty} with errors"),
    "check.empty": ("{path}：目录里没有 .yaml 文件", "{path}: no .yaml file in this folder"),
    "scenario.faulty": (
        "场景有 {count} 个错误，照样使用，结果可能不准。第一个：{first} 全部列出：run_coach.py scenario check {path}",
        "The scenario has {count} error(s); it is used as it is, and results may be off. The first: {first} "
        "All of them: run_coach.py scenario check {path}",
    ),
    "scenario.most_looked_at": (
        "已检查 {count} 个不同的场景，后面的只使用、不再检查",
        "{count} different scenarios have been looked at; those after them are used without",
    ),
    "check.recoded": (
        "{path}：原来是 {encoding} 编码，已改存为 UTF-8",
        "{path}: it was {encoding} and is UTF-8 now",
    ),
    "check.fixed": (
        "{path}：改了 {count} 处，原文件存为 {backup}",
        "{path}: {count} put right; the file as it was is kept as {backup}",
    ),
    # new
    "cmd.scenario.new": (
        "新建场景：回答几个问题或给参数，写出带说明、能直接试播的文件；也可以从真实弹幕记录生成",
        "write a new scenario from a few answers or flags: it plays at once; or from a log of real comments",
    ),
    "arg.new.id": ("编号（也是文件名）", "its id, which names the file too"),
    "arg.new.locale": ("语言（默认随界面语言）", "language (default: that of the output)"),
    "arg.new.category": ("品类，例如 home", "trade, such as home"),
    "arg.new.type": (
        "观众类型，逗号隔开，例如 haggler,troll（默认随技能或难度）",
        "types of viewers with commas, such as haggler,troll (default: by skill or difficulty)",
    ),
    "arg.new.skill": ("练哪项技能，例如 hold_price", "skill it trains, such as hold_price"),
    "arg.new.difficulty": ("难度 1 到 5（默认 2）", "difficulty 1 to 5 (default 2)"),
    "arg.new.minutes": ("多少分钟（默认 5，单项训练 3）", "length in minutes (default 5; a drill 3)"),
    "arg.new.title": ("标题", "title"),
    "arg.new.success": ("做到什么算成功，一句话", "what success looks like, in a sentence"),
    "arg.new.from_log": (
        "从弹幕记录生成：CSV（任意分隔符，UTF-8 或 GB18030）或 JSONL",
        "build it from a log of comments: CSV (any delimiter, UTF-8 or GB18030) or JSON Lines",
    ),
    "arg.new.column": (
        "记录里的列名或序号：text=… time=… user=…",
        "columns of the log, by name or number: text=… time=… user=…",
    ),
    "arg.new.out": (
        "写到哪个文件或目录（默认 scenarios/语言/品类/）",
        "file or folder to write (default: scenarios/LANGUAGE/TRADE/)",
    ),
    "arg.new.yes": ("不提问，没给的用默认值", "ask nothing; what is not given takes its default"),
    "arg.new.force": ("文件已存在也写，原文件留 .bak", "write over a file that exists; keeps a .bak"),
    "new.no_terminal": (
        "这里不能提问：输入不是终端。请给参数，例如 --type haggler --skill hold_price，或用 --yes 全用默认值。",
        "Nobody can be asked here: the input is no terminal. Give flags, such as --type haggler --skill hold_price, or "
        "--yes to take every default.",
    ),
    "new.given_up": ("没有回答，什么也没写。", "No answer, so nothing was written."),
    "new.choose": ("请输入 1 到 {most} 之间的数字", "Type a number from 1 to {most}"),
    "new.ask.learner": ("谁来练？（输入数字）", "Who is learning? (a number)"),
    "new.ask.types": (
        "面对谁？（数字或名字，逗号隔开；直接回车按技能和难度选）",
        "Whom do they face? (numbers or names with commas; Enter: by skill and difficulty)",
    ),
    "new.ask.skill": (
        "练哪一项？（数字或自己写；直接回车表示不限）",
        "Which skill? (a number or your own word; Enter: none in particular)",
    ),
    "new.ask.success": ("做到什么算成功？（一句话，可不写）", "What does success look like? (a sentence, or Enter)"),
    "new.ask.category": ("卖什么品类？", "Which trade?"),
    "new.ask.title": ("标题？", "Title?"),
    "new.title.zh": ("我的第一个场景", "我的第一个场景"),
    "new.title.en": ("My first scenario", "My first scenario"),
    "new.bad_type": ("没有观众类型 {got!r}；可用：{known}", "There is no type of viewer {got!r}; known: {known}"),
    "new.bad_skill": (
        "没有技能 {got!r}{meant}；可用：{known}。自己的技能要同时用 --types 写明观众类型。",
        "unknown skill {got!r}{meant}. Known: {known}. A skill of your own needs its viewers: --types",
    ),
    "new.meant": ("（是不是想写 {word}？）", " (did you mean {word}?)"),
    "new.bad_id": (
        "编号 {got!r} 里没有可用的字符；请用小写字母、数字和“-”。",
        "The id {got!r} has no usable character; use lower-case letters, digits and '-'.",
    ),
    "new.exists": (
        "{path} 已经存在，没有改动；换个编号，或加 --force 覆盖（会留 .bak）。",
        "{path} exists and was left alone; choose another id, or --force to write over it (keeps a .bak).",
    ),
    "new.same_id": (
        "编号 {id!r} 已被 {path} 使用；换一个编号。",
        "The id {id!r} is already used by {path}; choose another.",
    ),
    "new.unwritable": (
        "{path}：无法写入：{reason}。用 --out 换个地方。",
        "{path}: cannot be written: {reason}. Choose another place with --out.",
    ),
    "new.kept": ("原文件存为 {path}", "The file as it was is kept as {path}"),
    "new.written": ("已写入 {path}。接下来：", "Written to {path}. Next:"),
    "new.todo": (
        "标着 TODO 的地方（商品、价格、卖点）要你来写。",
        "What is marked TODO (product, prices, selling points) is left for you to write.",
    ),
    "log.unreadable": ("{path}：无法读取：{reason}。", "{path}: cannot be read: {reason}."),
    "log.bad_column": (
        "--column 应为 text=列名、time=列名 或 user=列名，得到 {got!r}",
        "Expected --column text=NAME, time=NAME or user=NAME, got {got!r}",
    ),
    "log.read": ("读到 {count} 条弹幕（{columns}）", "{count} comments read ({columns})"),
    "log.bad": ("{count} 行用不了：{rows}", "{count} rows could not be used: {rows}"),
    "log.row": ("第 {row} 行 {why}", "row {row}: {why}"),
    "log.types": ("归类：{types}；其余 {rest} 条没有归类", "By type: {types}; {rest} could not be told"),
    "log.left_out": (
        "没有放进场景的类型：{types}（想要请写进 --types）",
        "Types left out of the scenario: {types} (name those you want with --types)",
    ),
    "log.other_language": (
        "{path}：里面的弹幕不是 {locale} 的语言，什么也没写。请加 --locale {other}，或换一份记录。",
        "{path}: its comments are not in the language of {locale}, so nothing was written. Add --locale {other}, or "
        "give another log.",
    ),
    "log.no_times": (
        "记录里没有能用的时间：时刻按默认安排。",
        "No usable times in the log: moments are planned by default.",
    ),
}
