"""What reading and scoring of many files says in Chinese, by its English templates; a part of `coach.error_texts`."""

from __future__ import annotations

from collections.abc import Mapping

SCORE_ZH: Mapping[str, str] = {
    # transcripts, line by line
    "not valid JSON, line skipped": "不是有效的 JSON，这一行跳过了",
    "not valid JSON, line skipped (column {column})": "不是有效的 JSON，这一行跳过了（第 {column} 列）",
    "not valid JSON, line skipped (column {column}: {reason})": (
        "不是有效的 JSON，这一行跳过了（第 {column} 列：{reason}）"
    ),
    "expected a JSON object, got {kind}, line skipped": "应为 JSON 对象，得到 {kind}，这一行跳过了",
    "a comma or a closing bracket is missing": "缺少逗号或右括号",
    "a colon is missing after the key": "键的后面缺少冒号",
    "a key in double quotes is missing": "缺少双引号里的键",
    "a value is missing; a text stands in double quotes": "缺少值；文本要加双引号",
    "something follows the end of the object": "对象结束之后还有内容",
    "a quote that is opened here is never closed": "这里的引号没有结束",
    "a control character inside a text": "文本里有控制字符",
    "seconds as a number": "秒数（数字）",
    "missing": "缺少这一项",
    "not valid JSON": "不是有效的 JSON",
    "{place}: dropped {count} bytes: {what}": "{place}：丢弃了 {count} 字节：{what}",
    "the last line was cut off while it was written": "最后一行没有写完就断了",
    "unknown type {value}": "未知的类型 {value}",
    "not as it should be ({kind}), got {value}": "不合要求（{kind}），得到 {value}",
    "expected seconds as a plain number": "应为秒数（数字）",
    "times are seconds from the start, at most {most:.0f}; got {value:.10g}, which looks like a clock time or "
    "milliseconds": "时间是从开播算起的秒数，最多 {most:.0f}；得到 {value:.10g}，像是钟点或毫秒",
    "Not a record of a rehearsal: {where}: {fault}": "不是排练记录：{where}：{fault}",
    "Not a record of a rehearsal: {fault}": "不是排练记录：{fault}",
    "{fault}, line skipped": "{fault}，这一行跳过了",
    "missing, line skipped; --role streamer takes lines without it as the streamer's": (
        "缺少这一项，这一行跳过了；加 --role streamer 就都算主播说的"
    ),
    "unknown type of viewer {kind!r}, taken as none in particular. Known: {known}": (
        "没有观众类型 {kind!r}，按没有类型处理。可用：{known}"
    ),
    " First problem: {place}: {fault}": "第一个问题：{place}：{fault}",
    "{count} more lines could not be used": "还有 {count} 行不能用",
    "some lines have no times, so times are not used; pacing is not measured": (
        "有些行没有时间，所以时间都不用，不测语速"
    ),
    "lines say when they begin but not all when they end, so times are not used; pacing is not measured": (
        "有些行只有开始时间、没有结束时间，所以时间都不用，不测语速"
    ),
    "times go back; lines were put in the order of their times": "时间有倒退，已按时间重新排序",
    "expected t1 not before t0, got {t0} to {t1}, line skipped": "t1 不能早于 t0，得到 {t0} 到 {t1}，这一行跳过了",
    "expected a cue with a line of times such as 00:01.000 --> 00:04.000, skipped": (
        "应为带时间行的字幕，例如 00:01.000 --> 00:04.000，已跳过"
    ),
    "expected times such as 00:01.000 --> 00:04.000, got {got!r}, cue skipped": (
        "时间应写成 00:01.000 --> 00:04.000，得到 {got!r}，这条字幕跳过了"
    ),
    "cannot be read as a row of a table ({reason}), skipped": "无法按表格的一行读取（{reason}），已跳过",
    "expected a time in seconds or as 0:01:23, got {got!r}, line skipped": (
        "时间应为秒数或 0:01:23 这样的写法，得到 {got!r}，这一行跳过了"
    ),
    # rehearsals
    "the recording was not measured: {reason}": "没有测量录音：{reason}",
    "Measuring a recording": "测量录音",
    "Measuring the pitch of a recording": "测量录音的音高",
    "Drawing a recording": "画录音的波形",
    "{path} is missing or empty: it holds the scenario that was played. Put it back from a copy, or score the log by "
    "another: run_coach.py score {log} --scenario ID": (
        "没有 {path}，或者它是空的：它保存着这场排练用的场景。请从备份放回来，"
        "或者用别的场景打分：run_coach.py score {log} --scenario 编号"
    ),
    # transcripts, as a whole
    "{path}: times are seconds from the start. Read so, one syllable would take {pace:.0f} s; these look like "
    "milliseconds. Divide them by 1000; in a table, columns called 'start (ms)' and 'end (ms)' do as they are": (
        "{path}：时间应为从开播算起的秒数。按秒读，一个字要说 {pace:.0f} 秒；看起来是毫秒。请除以 1000；"
        "如果是表格，把列名写成 'start (ms)' 和 'end (ms)' 就不用改数字"
    ),
    "{path}: times are seconds from the start. Read so, {pace:.0f} syllables would be said in a second; these "
    "look like minutes or hours. Turn them into seconds, or write them as 0:01:23 in a table": (
        "{path}：时间应为从开播算起的秒数。按秒读，一秒要说 {pace:.0f} 个字；看起来是分钟或小时。"
        "请换算成秒；表格里也可以写成 0:01:23"
    ),
    "{path}: expected text in UTF-8, UTF-16 or GB18030, got other bytes at {place}; save it as UTF-8": (
        "{path}：应为 UTF-8、UTF-16 或 GB18030 文本，第 {place} 字节处不是；请存成 UTF-8"
    ),
    "{path}: expected text, found a binary file": "{path}：应为文本，得到的是二进制文件",
    "{path}: nothing in it says who speaks. Give --role streamer if all of it is the streamer's, or write '主播：' or "
    "'Streamer:' and '观众：' or 'Viewer:' before the lines": (
        "{path}：看不出是谁在说话。如果全是主播说的，请加 --role streamer；"
        "否则在每行前写上“主播：”或“观众：”（'Streamer:'、'Viewer:' 也行）"
    ),
    "{path}: line {line} does not say who speaks: '{text}' (such lines: {count}). Delete what nobody said, write "
    "'主播：' or 'Streamer:', '观众：' or 'Viewer:' before the rest, or give --role for all of them": (
        "{path}：第 {line} 行没说是谁说的：“{text}”（这样的行共 {count} 行）。没人说的请删掉，其余在行前写上"
        "“主播：”或“观众：”，或用 --role 一并指定"
    ),
    "{path}: who is the streamer, who a viewer? Found {names}{more}. Say so, for example --speakers {example}; "
    "NAME=text keeps a label that names nobody as words": (
        "{path}：谁是主播，谁是观众？文件里有 {names}{more}。请说明，例如 --speakers {example}；"
        "不是人名的开头写 名称=text，按原话保留"
    ),
    " and {count} more": " 等，另有 {count} 个",
    "{path}: no column says who speaks (columns: {found}). Name one, for example --columns {example}, or give "
    "--role streamer if all of it is the streamer's": (
        "{path}：没有哪一列说明是谁在说话（列名：{found}）。请指定，例如 --columns {example}；"
        "如果全是主播说的，请加 --role streamer"
    ),
    "{path}: {places} may all be the column of '{field}'. Say which, for example --columns {field}={example}": (
        "{path}：{places} 都可能是“{field}”列。请指定一列，例如 --columns {field}={example}"
    ),
    "{path}: no column says who speaks (columns: {found}). Add one called role with streamer or viewer in it, or give "
    "--role streamer if all of it is the streamer's": (
        "{path}：没有哪一列说明是谁在说话（列名：{found}）。请加一列“角色”，写主播或观众；"
        "如果全是主播说的，请加 --role streamer"
    ),
    "{path}: the first line must name the columns; which holds the words? Found: {found}. Say so, for example "
    "--columns {example}": (
        "{path}：第一行应是列名，哪一列是说的话？列名有：{found}。请指定，例如 --columns {example}"
    ),
    "{path}: expected a column '{wanted}' for '{field}', found: {found}": (
        "{path}：应有“{wanted}”这一列（用作“{field}”），实际列名：{found}"
    ),
    "{path}: expected a scenario; give one, or put {file} beside the file": (
        "{path}：缺少场景；请指定一个，或把 {file} 放在文件旁边"
    ),
    "{path}: expected a transcript, a recording, an events.jsonl or a folder of them, found nothing there": (
        "{path}：应为文字稿、录音、events.jsonl 或放它们的目录，那里什么也没有"
    ),
    "{path}: the streamer's words are not in the language of the scenario {scenario} ({locale}); score it with a "
    "scenario in its language": "{path}：主播说的话不是场景 {scenario} 的语言（{locale}）；请用对应语言的场景打分",
    "{path}: expected lines of a transcript or of events.jsonl, found none that can be used.{first}": (
        "{path}：应为文字稿或 events.jsonl，没有一行可用。{first}"
    ),
    "{path}: expected at most {most} MB, got {size} MB": "{path}：最大 {most} MB，实际 {size} MB",
    "{path}: cannot be read: {reason}": "{path}：无法读取：{reason}",
    "{path}: expected UTF-8 text, got other bytes at {place}; save it as UTF-8": (
        "{path}：应为 UTF-8 文本，第 {place} 字节处不是；请存成 UTF-8"
    ),
    "{path}: the file is empty": "{path}：文件是空的",
    "{path}: expected one rehearsal, at most {most} lines, got {count}; cut it into rehearsals": (
        "{path}：应为一场排练，最多 {most} 行，实际 {count} 行；请按场次拆开"
    ),
    "{path}: expected one rehearsal, at most {most} characters, got {count}; cut it into rehearsals": (
        "{path}：应为一场排练，最多 {most} 个字，实际 {count} 个；请按场次拆开"
    ),
    # recordings
    "{path}: recordings cannot be transcribed here": "{path}：这里无法转写录音",
    "{path}: a recording is taken as the streamer's voice; it cannot be a viewer's": (
        "{path}：录音按主播的声音处理，不能算观众的"
    ),
    "{path}: there is speech in this recording, but no words could be read": "{path}：录音里有人说话，但没有识别出字",
    "{path}: transcribing recordings needs the voice parts. Run: uv sync --extra voice": (
        "{path}：转写录音需要语音组件。运行：uv sync --extra voice"
    ),
    "{path}: no recogniser for {language} is present. Fetch one with run_coach.py models pull, or set a server up "
    "(docs/settings.md)": (
        "{path}：没有 {language} 的语音识别。用 run_coach.py models pull 下载一个，或设置识别服务器（docs/settings.md）"
    ),
    "{path}: nobody speaks in this recording": "{path}：录音里没有人说话",
    # runs
    "{path}: scoring failed ({kind}: {reason}); please report": "{path}：打分出错（{kind}: {reason}），请反馈给我们",
    "{path}: the process that scored it was killed, perhaps for want of memory; try it alone": (
        "{path}：打分的进程被终止，可能是内存不够；请单独再试这个文件"
    ),
    "{path} is held by another run that writes into this folder; wait for it, or give another folder with --out": (
        "{path} 正由另一次打分占用；请等它结束，或用 --out 换一个目录"
    ),
    "{path} is damaged ({reason}); remove it, or start over with --fresh": (
        "{path} 已损坏（{reason}）；请删掉它，或用 --fresh 重新开始"
    ),
    "{path} could not be written: {reason}. Free space on the disk, or give another folder with --out; what is done is "
    "kept": "无法写入 {path}：{reason}。请清理磁盘空间，或用 --out 换一个目录；已完成的会保留",
    "The Ray runner needs Ray. Install it with: uv sync --extra cluster": (
        "Ray 运行方式需要 Ray。安装：uv sync --extra cluster"
    ),
    "There is no Ray cluster at {address} ({reason}). Start one with: ray start --head": (
        "{address} 没有 Ray 集群（{reason}）。启动：ray start --head"
    ),
    "Parquet files need pyarrow. Install it with: uv sync --extra parquet": (
        "Parquet 文件需要 pyarrow。安装：uv sync --extra parquet"
    ),
}
