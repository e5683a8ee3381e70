"""What the commands say to people, in Chinese and English."""

from __future__ import annotations

import locale
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias, cast, get_args

from coach.errno_texts import reason_in_chinese
from coach.error_texts import error_text, in_chinese
from coach.errors import CoachError
from commands.texts_moves import MOVE_TEXTS
from commands.texts_rescore import RESCORE_TEXTS
from commands.texts_scenario import SCENARIO_TEXTS
from commands.texts_score import SCORE_TEXTS
from commands.texts_show import SHOW_TEXTS
from commands.texts_simulate import SIMULATE_TEXTS
from commands.texts_usage import USAGE_TEXTS
from commands.texts_voice import VOICE_TEXTS

Lang: TypeAlias = Literal["zh", "en"]

TEXTS: dict[str, tuple[str, str]] = {
    **VOICE_TEXTS,
    **SIMULATE_TEXTS,
    **RESCORE_TEXTS,
    **SCENARIO_TEXTS,
    **SCORE_TEXTS,
    **SHOW_TEXTS,
    **MOVE_TEXTS,
    **USAGE_TEXTS,
    # the command line
    "about": (
        "直播带货陪练：对着浏览器开口练，观众会还价、质疑、起哄；练完给一张有依据的评分卡。不写命令就是 serve。",
        "A practice room for live-commerce streamers: talk to a haggler, a troll and a skeptic, then read a scorecard "
        "with evidence. Without a command: serve.",
    ),
    "arg.lang": ("输出语言；默认跟随系统", "language of the output; default: the system's"),
    "cmd.serve": ("启动练习室（网页）", "start the practice room (web page)"),
    "cmd.demo": (
        "不用浏览器和麦克风，完整演示一场排练",
        "a whole rehearsal without browser or microphone",
    ),
    "cmd.doctor": ("检查这台电脑缺什么、怎么补", "check what this machine lacks, and how to get it"),
    "cmd.score": ("给已有的文字稿或排练日志打分", "score transcripts or logs of rehearsals"),
    "cmd.report": ("查看一场排练的评分卡", "the scorecard of one rehearsal"),
    "cmd.recover": ("收尾崩溃时没结束的排练", "close and score what a crash left behind"),
    "cmd.bench": ("测速与对比（工程师用）", "benchmarks, for engineers"),
    "bench.benchmark": ("哪一项；各项参数见 bench 名称 --help", "which one; its own arguments: bench NAME --help"),
    "bench.arguments": ("该项的参数", "arguments of that benchmark"),
    "bench.missing": (
        "需要 {folder} 里的基准程序，这里没有。请在完整的代码库里运行。",
        "Expected the benchmarks in {folder}, found none. Run this in a whole checkout.",
    ),
    # arguments
    "arg.expected": ("应为 {low:g} 到 {high:g} 之间的数，得到 {got!r}", "expected {low:g} to {high:g}, got {got!r}"),
    "arg.host": ("监听地址（默认 127.0.0.1）", "address to listen on (default 127.0.0.1)"),
    "arg.port": ("端口（默认 8000；0 表示任选空闲端口）", "port (default 8000; 0 picks a free one)"),
    "arg.open": ("启动后打开浏览器", "open the browser once it runs"),
    "arg.demo.scenario": (
        "场景编号或文件；默认选一个该语言的场景",
        "scenario id or file; default: one of the language",
    ),
    "arg.exposure": (
        "压力多大：calm 没有找茬和突发，easy 难度减一、压力减半，full 按场景写的来",
        "how much pressure: calm none, easy a level less and half of it, full as written",
    ),
    "arg.replay": ("重练这场排练里的一个时刻（配合 --at）", "play one moment of this rehearsal again (with --at)"),
    "arg.replay_at": ("那个时刻，排练的第几秒", "the moment, in seconds of that rehearsal"),
    "replay.half": (
        "重练要同时给出 --replay 和 --at，并且不再另选场景。",
        "To play a moment again, give both --replay and --at, and no scenario.",
    ),
    "arg.demo.audio": (
        "主播的真人录音，可给多个，依次播放（默认用合成语音）",
        "recordings of a human streamer, played in turn (default: a synthetic voice)",
    ),
    "arg.demo.seconds": ("最多排练多少秒", "longest the rehearsal may take, s"),
    "arg.demo.out": ("把日志、录音和评分卡另存到这个目录", "also copy log, recordings and scorecard here"),
    "arg.paths": ("文件或目录", "files or folders"),
    "arg.ref": ("场景编号或文件", "scenario id or file"),
    "arg.rehearsal": (
        "排练编号、排练目录，或 latest（最近一场）",
        "id or folder of a rehearsal, or `latest`",
    ),
    "arg.report.format": ("格式：md、html 或 json", "format: md, html or json"),
    "arg.report.out": ("写到文件（默认：屏幕）", "write to a file (default: the screen)"),
    "arg.report.rescore": (
        "按现在的规则重新打分再显示；要保存请用 rescore --write",
        "show it scored by today's rules; `rescore --write` keeps that",
    ),
    "arg.report.judge": (
        "让 COACH_JUDGE__BASE_URL 上的模型按评分项打分（只显示，不保存）",
        "have the model at COACH_JUDGE__BASE_URL grade the rubric (shown, not kept)",
    ),
    "report.no_judge": (
        "没有设置打分的模型：请设置 COACH_JUDGE__BASE_URL 和 COACH_JUDGE__MODEL；不设置时评分项由规则估计",
        "expected a model that grades, found none: set COACH_JUDGE__BASE_URL and COACH_JUDGE__MODEL; "
        "without one, rules estimate the rubric",
    ),
    # serve
    "serve.url": ("练习室：{url}", "Practice room: {url}"),
    "serve.stop": ("按 Ctrl-C 停止。", "Press Ctrl-C to stop."),
    "serve.public": (
        "注意：{host} 可能让局域网里的其他人也能打开练习室；浏览器只允许 https 或本机地址使用麦克风。",
        "Note: with {host} others on the network may open the room; browsers allow the microphone only on https or "
        "on this machine's own address.",
    ),
    "serve.ui_building": ("正在构建网页（只在第一次）…", "Building the page (first start only) …"),
    "serve.fetching": (
        "正在下载中文语音识别 {name}（{size} MB，只需一次）；练习室可以先用。"
        "不想下载：COACH_ENGINES__FETCH_HEARING=false",
        "Fetching speech recognition for Chinese, {name} ({size} MB, once); the room is open meanwhile. "
        "To do without: COACH_ENGINES__FETCH_HEARING=false",
    ),
    "serve.fetch_here": (
        "{name} 已就绪：新的排练能听懂中文了。",
        "{name} is ready: new rehearsals understand Chinese.",
    ),
    "serve.fetch_failed": (
        "没有下载到 {name}（{reason}）。中文可以打字；下次启动会再试，或运行 run_coach.py models pull {name}",
        "{name} could not be fetched ({reason}). Chinese can be typed; the next start tries again, or run "
        "run_coach.py models pull {name}",
    ),
    "serve.fetch_unusable": (
        "{name} 已下载，但在这台电脑上不能用：{reason} 运行 run_coach.py doctor 可以看到各部分的情况。",
        "{name} was fetched, and does not work on this machine: {reason} run_coach.py doctor tells how each part is.",
    ),
    "serve.fetch_unusable_note": (
        "下载到的中文语音识别在这台电脑上不能用，可以打字；原因见 run_coach.py doctor",
        "the fetched Chinese speech recognition does not work on this machine; typing does. Why: run_coach.py doctor",
    ),
    "serve.engines": ("引擎", "Engines"),
    "table.part": ("部件", "part"),
    "table.engine": ("引擎", "engine"),
    "table.state": ("状态", "state"),
    "table.note": ("说明", "note"),
    "state.ready": ("就绪", "ready"),
    "state.missing": ("没有", "none"),
    "port.vad": ("语音检测", "voice detector"),
    "port.recognizer": ("语音识别", "speech to text"),
    "port.synthesizer": ("语音合成", "text to speech"),
    "port.echo": ("回声消除", "echo canceller"),
    "port.turn_model": ("话轮判断", "turn model"),
    "port.recorder": ("录音", "recorder"),
    "port.chat_model": ("台词", "words"),
    # recover
    "recover.none": ("没有需要收尾的排练。", "Nothing to recover."),
    "recover.closed": (
        "上次没有正常结束的排练 {id}（{title}）已收尾并打分。",
        "Rehearsal {id} ({title}) was cut off by a crash; it is closed and scored now.",
    ),
    "recover.closed_unscored": (
        "上次没有正常结束的排练 {id}（{title}）已收尾，但没能打分。",
        "Rehearsal {id} ({title}) was cut off by a crash; it is closed, but could not be scored.",
    ),
    "recover.scored": (
        "排练 {id}（{title}）缺评分卡，已补打分。",
        "Rehearsal {id} ({title}) had no scorecard; it is scored now.",
    ),
    "recover.listed": (
        "排练 {id}（{title}）重新列入目录。",
        "Rehearsal {id} ({title}) is in the list again.",
    ),
    "recover.lost": (
        "排练 {id}（{title}）的文件夹不见了，已标记为结束。",
        "The folder of rehearsal {id} ({title}) is gone; it is marked as ended.",
    ),
    "recover.failed": ("排练 {id} 无法恢复。", "Rehearsal {id} could not be recovered."),
    # report
    "report.running": (
        "排练 {id} 还没有评分卡：它可能还在进行；崩溃留下的排练用 run_coach.py recover 收尾。",
        "Rehearsal {id} has no scorecard yet: it may still be running; what a crash left is closed by "
        "run_coach.py recover.",
    ),
    "report.unscored": (
        "排练 {id} 已经结束，但没有评分卡：运行 run_coach.py recover 补打分；只看不保存：report {id} --rescore",
        "Rehearsal {id} has ended and has no scorecard: run_coach.py recover scores it; report {id} --rescore only "
        "shows it.",
    ),
    "report.unscored_folder": (
        "{path} 里没有评分卡：用 run_coach.py rescore {path} --write 打分；只看不保存：report {path} --rescore",
        "There is no scorecard in {path}: make one with run_coach.py rescore {path} --write; report {path} --rescore "
        "only shows it.",
    ),
    "report.none": (
        "还没有排练；先运行 run_coach.py 或 run_coach.py demo。",
        "There is no rehearsal yet; run run_coach.py or run_coach.py demo first.",
    ),
    "report.damaged": (
        "{path} 已损坏；用 run_coach.py rescore --write 重新打分。",
        "{path} is damaged; score again with run_coach.py rescore --write.",
    ),
    "out.unwritable": ("{path}：无法写入：{reason}。", "{path}: cannot be written: {reason}."),
    "report.written": ("已写入 {path}", "Written to {path}"),
    # demo
    "demo.title": ("演示：{title}（{id}）", "Demo: {title} ({id})"),
    "demo.engines": (
        "听：{recognizer}；说：{synthesizer}；台词：{chat}",
        "hears: {recognizer} · speaks: {synthesizer} · words: {chat}",
    ),
    "demo.synthetic": (
        "没有给录音：主播用合成语音代替。识别引擎对合成语音的识别很差，下面的文字和分数不能说明真人的效果；"
        "想看真实效果请用 --audio 给一段真人录音。",
        "No recording given: a synthetic voice plays the streamer. Recognisers understand synthetic speech poorly, so "
        "the words and scores below say little about a human; give a human recording with --audio for a fair picture.",
    ),
    "demo.cut_short": (
        "{path}：文件不完整，结尾缺失；只播放现有的部分。",
        "{path}: the file ends early, before the length its header states; what is there is played.",
    ),
    "demo.no_voice": (
        "没有录音，也没有这种语言的合成语音：请用 --audio 给一段录音，或设置 COACH_ENGINES__SYNTHESIZER=auto。",
        "There is neither a recording nor a voice for this language: give a recording with --audio, or set "
        "COACH_ENGINES__SYNTHESIZER=auto.",
    ),
    "demo.deaf": (
        "没有能听{language}的识别引擎：观众只会按时间表说话。",
        "No recogniser for {language} on this machine: viewers will only follow their plan.",
    ),
    "demo.deaf_typed": (
        "这台电脑没有能听{language}的识别引擎：演示把主播的话当作打字输入交给观众。",
        "No recogniser for {language} on this machine: the demo hands the streamer's sentences over as typed text.",
    ),
    "demo.no_scenario": ("没有可用的场景。", "There is no usable scenario."),
    "demo.length": ("全长约 {seconds:.0f} 秒，实时播放。", "About {seconds:.0f} s, in real time."),
    "demo.copied": ("日志、录音和评分卡已复制到 {path}", "Log, recordings and scorecard copied to {path}"),
    "demo.kept": ("排练 {id} 保存在 {path}", "Rehearsal {id} is kept in {path}"),
    "demo.unscored": (
        "这场排练没有评分卡，原因见上面的提示。",
        "This rehearsal has no scorecard; see the messages above.",
    ),
    "line.streamer": ("主播", "streamer"),
    "line.no_words": ("（听到声音，没有听出文字）", "(voice heard, no words understood)"),
    "line.chat": ("弹幕", "chat"),
    "line.voice": ("语音", "aloud"),
    "line.ducked": ("观众压低音量：主播可能在说话", "turned down: the streamer may be talking"),
    "line.held": ("观众停下：主播在说话", "silent, keeps the place: the streamer is talking"),
    "line.resumed": ("恢复音量：没有人打断", "turned up again: nobody interrupted"),
    "line.cut_off": ("被打断，只听到：“{heard}”", "cut off; heard only: “{heard}”"),
    "line.stopped": ("没有说完，只听到：“{heard}”", "stopped early; heard only: “{heard}”"),
    "line.heard_nothing": ("被打断，一个字也没听到", "cut off before a word was heard"),
    "line.left": ("离开（{outcome}）", "left ({outcome})"),
    "line.room": (
        "在线 {viewers} · 下单 {orders} · 点赞 {likes}",
        "{viewers} watching · {orders} orders · {likes} likes",
    ),
    "line.engine_failed": ("{engine} 出错：{error} → {fallback}", "{engine} failed: {error} → {fallback}"),
    "line.model_used": (
        "语言模型 {model}：{requests} 次请求，{tokens} 个 token{cost}",
        "language model {model}: {requests} requests, {tokens} tokens{cost}",
    ),
    "room.pile_on": ("有人带头起哄", "a pile-on begins"),
    "room.raid": ("一群人冲进来刷屏", "a crowd raids the room"),
    "room.raid_over": ("刷屏的人散了", "the raid is over"),
    "room.link_failure": ("商品链接打不开了", "the link fails"),
    "room.link_restored": ("商品链接恢复了", "the link works again"),
    "room.zero_orders": ("开始一单都没有", "orders stop coming in"),
    "room.orders_back": ("又有订单了", "orders come in again"),
    "room.wrong_price": ("商品卡上的价格错了：{price}", "wrong price on the card: {price}"),
    "room.price_corrected": ("价格已当场更正", "the price was put right"),
    "room.price_reset": ("价格恢复了，没有人更正", "the price is right again; nobody had put it right"),
    "line.stage": ("阶段：{name}", "stage: {name}"),
    "line.paused": ("暂停", "paused"),
    "line.resumed_room": ("继续", "goes on"),
    "line.started": ("开始", "begins"),
    "line.ended": ("结束（{reason}）", "ends ({reason})"),
    "line.timed.answer": ("回应用时 {ms} 毫秒", "answered after {ms} ms"),
    "line.timed.duck": ("{ms} 毫秒后压低音量", "turned down after {ms} ms"),
    "line.timed.stop": ("{ms} 毫秒后停止说话", "silent after {ms} ms"),
    "outcome.bought": ("已下单", "bought"),
    "outcome.lost_patience": ("没耐心了", "lost patience"),
    "outcome.offended": ("被冒犯", "offended"),
    "outcome.satisfied": ("满意", "satisfied"),
    "outcome.ended": ("走了", "moved on"),
    "reason.safe_word": ("主播叫停", "stopped by the safe word"),
    "reason.streamer": ("主播结束", "ended by the streamer"),
    "reason.time": ("时间到", "time is up"),
    "reason.disconnected": ("断线", "connection lost"),
    "reason.stopped": ("程序停止", "program stopped"),
    "reason.crashed": ("崩溃", "crash"),
    "reason.failed": ("出错", "failure"),
    # doctor
    "doctor.title": ("检查结果", "What was found"),
    "doctor.python": ("Python", "Python"),
    "doctor.voice": ("语音部件", "voice parts"),
    "doctor.web": ("网页部件", "web parts"),
    "doctor.packages_missing": ("缺 {names}；运行 uv sync", "missing: {names}; run uv sync"),
    "doctor.packages_ok": ("齐全", "all there"),
    "doctor.node": ("Node（构建网页）", "Node (builds the page)"),
    "doctor.node_missing": (
        "没有 Node 20.19 以上，网页无法构建；运行 uv sync，或安装 Node",
        "no Node ≥ 20.19, so the page cannot be built: run uv sync, or install Node",
    ),
    "doctor.page_built": ("已构建", "built"),
    "doctor.page_unbuilt": ("尚未构建；第一次 serve 时会构建", "not built yet; the first serve builds it"),
    "doctor.page": ("网页", "page"),
    "doctor.data": ("数据目录", "data folder"),
    "doctor.data_bad": (
        "{path} 不能写：{reason}；设置 COACH_DATA_DIR 换一个目录",
        "{path} cannot be written: {reason}; choose another with COACH_DATA_DIR",
    ),
    "doctor.data_low": ("{path} 只剩 {free:.1f} GB", "{path}: only {free:.1f} GB left"),
    "doctor.data_ok": ("{path}，剩余 {free:.0f} GB", "{path}, {free:.0f} GB free"),
    "doctor.database": ("数据库", "database"),
    "doctor.database_ok": ("{count} 场排练", "{count} rehearsal(s)"),
    "doctor.port": ("端口", "port"),
    "doctor.port_free": ("{port} 空闲", "{port} is free"),
    "doctor.port_room": ("{port}：练习室正在运行", "{port}: the practice room is running there"),
    "doctor.scenarios": ("场景", "scenarios"),
    "doctor.scenarios_ok": ("{count} 个可用", "{count} usable"),
    "doctor.scenarios_bad": (
        "{count} 个可用，{broken} 个有问题；运行 run_coach.py scenario check",
        "{count} usable, {broken} broken: run run_coach.py scenario check",
    ),
    "doctor.scenarios_gone": (
        "{count} 个可用；COACH_SCENARIO_DIRS 里的目录不存在：{folders}",
        "{count} usable; COACH_SCENARIO_DIRS names folders that do not exist: {folders}",
    ),
    "doctor.settings": ("设置", "settings"),
    "doctor.llm": ("语言模型", "language model"),
    "doctor.llm_none": (
        "没有设置；观众用写好的台词。可设置 COACH_LLM__BASE_URL",
        "none set; viewers use scripted lines. Set COACH_LLM__BASE_URL to use one",
    ),
    "doctor.llm_set": ("{model} @ {url}（未联网检查）", "{model} at {url} (not contacted)"),
    "doctor.good": ("一切就绪。", "All that is needed is there."),
    "doctor.bad": ("有必需的部件坏了或缺少，见上表。", "Something that is needed is broken or missing; see the table."),
    "mark.ok": ("好", "ok"),
    "mark.note": ("注意", "note"),
    "mark.bad": ("坏", "broken"),
    # errors
    "error.package": (
        "这台电脑没有安装 Python 包 {name!r}。运行：uv sync",
        "The Python package {name!r} is not installed. Run: uv sync",
    ),
    "error": ("错误：{text}", "Error: {text}"),
}


class Say:
    """Gives texts in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in.

        Raises:
            KeyError: If there is no such text or a value is missing.
        """
        zh, en = TEXTS[key]
        if self.lang == "zh" and "reason" in values:
            values["reason"] = reason_in_chinese(values["reason"])
        return (zh if self.lang == "zh" else en).format(**values)

    def error(self, error: Exception) -> str:
        """Return what an error says, in this language where there is a wording for it."""
        return error_text(error, self.lang) if isinstance(error, CoachError) else str(error)

    def sentence(self, text: str) -> str:
        """Return a sentence that was made as an error, in this language where there is a wording for it."""
        return in_chinese(text) if self.lang == "zh" else text


def language_of(arguments: Sequence[str]) -> Lang:
    """Return the language asked for by `--lang`, else the system's, else English."""
    for here, following in pairwise([*arguments, ""]):
        name, _, value = here.partition("=")
        asked = value or following
        if name == "--lang" and asked in get_args(Lang):
            return cast(Lang, asked)
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
