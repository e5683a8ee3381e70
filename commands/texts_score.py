"""What `score` says, in Chinese and English."""

from __future__ import annotations

SCORE_TEXTS: dict[str, tuple[str, str]] = {
    "arg.score.paths": (
        "文字稿（.jsonl .csv .srt .vtt .txt）、录音（.wav .mp3 .m4a .ogg .flac .webm 等）、"
        "排练日志（events.jsonl），或其目录",
        "transcripts (.jsonl .csv .srt .vtt .txt), recordings (.wav .mp3 .m4a .ogg .flac .webm …), logs of rehearsals "
        "(events.jsonl), or folders of them",
    ),
    "arg.score.scenario": (
        "场景编号或文件；不给则用每个文件旁边的 scenario.yaml",
        "scenario id or file; default: the scenario.yaml beside each file",
    ),
    "arg.score.out": (
        "结果目录；中断后再运行同一命令会接着做（默认：打印到屏幕）",
        "folder for the results; after a stop the same command goes on (default: the screen)",
    ),
    "arg.score.format": (
        "结果格式，逗号并列：csv、jsonl（完整评分卡）、parquet、html（总览）；默认 csv",
        "comma-separated: csv, jsonl (whole scorecards), parquet, html (an overview); default csv",
    ),
    "arg.score.workers": ("并行进程数（默认 1）", "processes at a time (default 1)"),
    "arg.score.role": (
        "文件没写清是谁说的那些行，算谁的",
        "whose the lines are of which a file does not say who speaks",
    ),
    "arg.score.speakers": (
        "文件里的名字各是谁，例如 小美=streamer,阿强=viewer；不是人名的开头写 名称=text",
        "who the names in the files are, e.g. Anna=streamer,Bob=viewer; NAME=text for a label that is no name",
    ),
    "arg.score.columns": (
        "csv 各列的用途，例如 text=内容,role=角色,t0=开始；可用：text role speaker t0 t1 viewer type streamer",
        "what csv columns are, e.g. text=Said,role=Who,t0=From; of text role speaker t0 t1 viewer type streamer",
    ),
    "arg.score.streamer": (
        "路径里哪一段是主播编号：{{}} 代表编号，* 代表任意，例如 {{}}_* 或 {{}}/*",
        "where in a path the streamer's id stands: {{}} for the id, * for anything, e.g. {{}}_* or {{}}/*",
    ),
    "arg.score.fresh": ("不用以前的结果，全部重来", "forget what is done, start over"),
    "arg.score.runner": ("在哪里算：local 本机，ray 集群", "where the work is done: local, or ray for a cluster"),
    "arg.score.address": (
        "Ray 集群地址，例如 auto 或 ray://主机:10001；不给就在本机起一个",
        "of the Ray cluster, e.g. auto or ray://host:10001; default: one on this machine",
    ),
    "score.progress": ("打分", "Scoring"),
    "score.rate": ("{rate:.1f} 份/秒", "{rate:.1f}/s"),
    "score.so_far": (
        "已处理 {done}/{total}，每秒 {rate:.1f} 份，还需约 {left}",
        "{done} of {total}, {rate:.1f} a second, about {left} left",
    ),
    "score.done": ("{scored} 份已打分，结果在 {out}", "{scored} scored; results in {out}"),
    "score.unchanged": (
        "{scored} 份已打分（其中 {unchanged} 份没有变化，沿用以前的结果），结果在 {out}",
        "{scored} scored ({unchanged} of them unchanged since before); results in {out}",
    ),
    "score.stopped": (
        "已停止：{done}/{total} 份已完成并保存。再运行同一命令会接着做。",
        "Stopped: {done} of {total} are done and kept. The same command goes on from here.",
    ),
    "score.failed": ("{failed} 份无法打分", "{failed} could not be scored"),
    "score.more_problems": (
        "还有更多问题没有显示；全部在 {path}",
        "More problems are not shown; all are in {path}",
    ),
    "score.more_hidden": ("还有更多问题没有显示", "More problems are not shown"),
    "score.nothing": (
        "{path}：没有可以打分的文件",
        "{path}: nothing to score here",
    ),
    "score.bad_format": (
        "未知的结果格式 {name!r}；可用：{known}",
        "Unknown format {name!r}; known: {known}",
    ),
    "score.needs_out": (
        "{name} 要写成文件：请用 --out 指定结果目录",
        "{name} is written to a file: name a folder for the results with --out",
    ),
    "score.bad_pair": (
        "{option} 应写成 名称=值，用逗号并列，得到 {got!r}",
        "{option}: expected NAME=VALUE, comma-separated, got {got!r}",
    ),
    "score.bad_field": (
        "--columns 的左边应为 {known} 之一，得到 {got!r}",
        "--columns: expected one of {known} on the left, got {got!r}",
    ),
    "score.bad_speaker": (
        "--speakers 的右边应为 streamer、viewer 或 text，得到 {got!r}",
        "--speakers: expected streamer, viewer or text on the right, got {got!r}",
    ),
    "score.bad_streamer": (
        "--streamer 里应有一个 {{}} 代表主播编号，得到 {got!r}",
        "--streamer: expected {{}} where the streamer's id stands, got {got!r}",
    ),
    "score.address_alone": (
        "--address 只和 --runner ray 一起用",
        "--address goes with --runner ray only",
    ),
}
