"""What is said of a command line that cannot be read: what was expected, what came, and where to look."""

USAGE_TEXTS: dict[str, tuple[str, str]] = {
    "usage.wrong": ("看不懂这条命令：{text}", "This command cannot be read: {text}"),
    "usage.help": ("可用的写法见：{prog} --help", "What can be written: {prog} --help"),
    "usage.of": ("{name}：{text}", "{name}: {text}"),
    "usage.unknown": (
        "没有 {given} 这个参数，请去掉或改正。",
        "there is no {given} here; leave it out or put it right.",
    ),
    "usage.missing": ("还缺 {names}，请补上。", "missing: {names}; add it."),
    "usage.choice": ("只能写 {choices} 之一，得到 {given}。", "expected one of {choices}, got {given}."),
    "usage.one_value": ("后面要写一个值，没有得到。", "expected a value after it, got none."),
    "usage.values": ("后面要写 {count} 个值，个数不对。", "expected {count} values after it, got another number."),
    "usage.some_values": ("后面至少要写一个值，没有得到。", "expected one value or more after it, got none."),
    "usage.no_value": ("后面不写值，得到 {given}。", "expected no value after it, got {given}."),
    "usage.kind.int": ("应为整数，得到 {given}。", "expected a whole number, got {given}."),
    "usage.kind.float": ("应为数字，得到 {given}。", "expected a number, got {given}."),
    "usage.kind": ("不能写 {given}。", "{given} cannot stand here."),
    "usage.together": ("不能和 {other} 一起写，请去掉一个。", "cannot stand beside {other}; leave one out."),
    "usage.one_of": ("{names} 里要写一个，没有得到。", "expected one of {names}, got none."),
    "usage.short": ("{given} 可以指 {matches}，请写全。", "{given} may mean {matches}; write it out."),
}
