"""What errors say in Chinese, by their English templates. `coach.errors.Sentence` keeps template and values apart.

A sentence is written in English where the error is raised and translated where it is shown, so a new error needs one
line here and nothing else; `tests/coach/test_error_texts.py` names those that have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from coach.engine_error_texts import ENGINE_ZH
from coach.errno_texts import reason_in_chinese
from coach.errors import CoachError, Sentence
from coach.scenario_error_texts import SCENARIO_ZH
from coach.scenario_lint_error_texts import SCENARIO_LINT_ZH
from coach.score_error_texts import SCORE_ZH

ZH: Mapping[str, str] = {
    **ENGINE_ZH,
    **SCENARIO_ZH,
    **SCENARIO_LINT_ZH,
    **SCORE_ZH,
    # reviews
    "Rehearsal {rehearsal_id} is not shared for review, or no longer.": (
        "排练 {rehearsal_id} 没有分享给导师，或者已经收回。"
    ),
    "This is no longer in the review; somebody has removed it.": "点评里已经没有这一条，有人删掉了它。",
    "{author} wrote this; only {author} can change it.": "这一条是{author}写的，只有{author}可以改。",
    "Somebody has changed this meanwhile. Look at it again before you change it.": (
        "这一条刚被别人改过。请先看看新的内容再改。"
    ),
    "Two focus points are there already. One or two things at a time is what people can work on: "
    "which one should give way?": ("已经有两个重点了。一次练一两件事最容易练成：要换掉哪一个？"),
    "This review holds {limit} remarks, which is the most. Take some away first.": (
        "这份点评最多 {limit} 条。请先删掉一些。"
    ),
    "The review in {path} cannot be read: {reason}.": "无法读取 {path} 里的点评：{reason}。",
    "The review in {path} is damaged, or a newer version wrote it. Move it away, or update the program.": (
        "{path} 里的点评已损坏，或由更新的版本写成。请移走这个文件，或升级程序。"
    ),
    "The review in {path} is being changed elsewhere. Try again in a moment.": (
        "{path} 里的点评正在别处修改。请稍后再试。"
    ),
    "The review in {path} cannot be changed: {reason}.": "无法修改 {path} 里的点评：{reason}。",
    # the room
    "All {limit} rehearsal places are taken. Try again in {seconds} s.": (
        "{limit} 个排练名额已满，请 {seconds} 秒后再试。"
    ),
    "Viewers may get harsh here (intensity {intensity} of 4). Agree to that, or choose an intensity up to 2.": (
        "这里的观众可能说得很难听（强度 {intensity}，共 4 级）。请先同意，或把强度调到 2 以下。"
    ),
    "Expected an engine for the words: this room does not take them from the browser.": (
        "需要一个识别引擎：这个练习室不使用浏览器的识别结果。"
    ),
    "Expected ids of scenarios under draw.products of {scenario!r}, got {product!r}, which does not exist.": (
        "{scenario!r} 的 draw.products 里要写场景编号，其中 {product!r} 不存在。"
    ),
    "Expected products in {locale} under draw.products of {scenario!r}, got {product!r}, which is in {other}.": (
        "{scenario!r} 的 draw.products 只能用 {locale} 的商品，其中 {product!r} 是 {other} 的。"
    ),
    "The scenario kept with rehearsal {rehearsal_id} can no longer be read.": (
        "排练 {rehearsal_id} 保存的场景已经无法读取。"
    ),
    "Expected the log of a rehearsal that has begun, got one without a beginning.": (
        "这份记录没有开头，不是一场已经开始的排练。"
    ),
    "Expected a rehearsal in which a viewer spoke; nothing can be played again in this one.": (
        "这场排练里没有观众说过话，没有可以重练的时刻。"
    ),
    "Expected a moment by which a viewer had spoken, got second {at:g}; the first line comes at {first:.1f} s.": (
        "第 {at:g} 秒之前还没有观众说话；第一句在第 {first:.1f} 秒。"
    ),
    # settings and start
    "Unknown setting: {names}. See docs/settings.md for the names.": "未知的设置：{names}。名称见 docs/settings.md。",
    "{first}; {rest}": "{first}；还有 {rest}",
    "{name}: {fault}": "变量 {name}：{fault}",
    "{file}:{line}: {name}: {fault}": "{file} 第 {line} 行的 {name}：{fault}",
    "expected a whole number": "应为整数",
    "expected a number": "应为数字",
    "expected true or false": "应为 true 或 false",
    "expected a path": "应为路径",
    "expected a text": "应为文字",
    'expected a list in JSON, e.g. ["one", "two"]': '应为 JSON 列表，例如 ["one", "two"]',
    "expected keys with values in JSON": "应为 JSON 的键和值",
    "there is no such setting": "没有这个设置",
    "expected one of {known}": "应为 {known} 之一",
    "expected more than {limit:g}": "应大于 {limit:g}",
    "expected {limit:g} or more": "应不小于 {limit:g}",
    "expected less than {limit:g}": "应小于 {limit:g}",
    "expected {limit:g} or less": "应不大于 {limit:g}",
    "expected at most {most} characters": "最多 {most} 个字符",
    "expected an address that begins with http:// or https://, got {value!r}": (
        "应为以 http:// 或 https:// 开头的地址，得到 {value!r}"
    ),
    "not as it should be ({kind})": "不合要求（{kind}）",
    "Wrong setting. {faults}. See docs/settings.md.": "设置有误。{faults}。见 docs/settings.md。",
    "Port {port} on {host} is in use. Stop the other program, or choose another port with --port.": (
        "{host} 的端口 {port} 已被占用。请停掉另一个程序，或用 --port 换一个端口。"
    ),
    "Port {port} may not be used without special rights. Choose one above 1023 with --port.": (
        "没有权限使用端口 {port}。请用 --port 选一个大于 1023 的端口。"
    ),
    "{host} is no address of this machine. Use --host 127.0.0.1, or 0.0.0.0 for all of its addresses.": (
        "{host} 不是这台电脑的地址。请用 --host 127.0.0.1；要监听全部地址用 0.0.0.0。"
    ),
    "{host!r} is no address of this machine ({reason}). Use --host 127.0.0.1.": (
        "{host!r} 不是这台电脑的地址（{reason}）。请用 --host 127.0.0.1。"
    ),
    "Port {port} on {host} cannot be used: {reason}.": "{host} 的端口 {port} 无法使用：{reason}。",
    "The data folder {folder} cannot be made: {reason}. Choose another with COACH_DATA_DIR.": (
        "无法建立数据目录 {folder}：{reason}。请用 COACH_DATA_DIR 换一个目录。"
    ),
    "Traces need OpenTelemetry. Install it with: uv sync --extra telemetry": (
        "链路追踪需要 OpenTelemetry。安装：uv sync --extra telemetry"
    ),
    # kept rehearsals
    "This rehearsal has no recording of the streamer: nothing was spoken, or it was not kept.": (
        "这场排练没有主播的录音：没有说话，或者录音没有保存。"
    ),
    "This rehearsal has no scorecard that can be read; score it again first.": (
        "这场排练没有可读的评分卡，请先重新打分。"
    ),
    "Expected the id of a rehearsal (letters, digits, - and _, at most 64), got {rehearsal_id!r}.": (
        "排练编号只能有字母、数字、- 和 _，最多 64 个字符，得到的是 {rehearsal_id!r}。"
    ),
    "There is no rehearsal {rehearsal_id!r} in {folder}.": "{folder} 里没有编号为 {rehearsal_id!r} 的排练。",
    "The scorecard of {rehearsal_id} cannot be read: {reason}.": "排练 {rehearsal_id} 的评分卡无法读取：{reason}。",
    "{path} is damaged; coverage is scored by rules alone. Delete the file to be rid of this warning.": (
        "{path} 已损坏；卖点只按规则评。删除这个文件就不再提醒。"
    ),
    "The marks in {path} cannot be read: {reason}.": "{path} 里的标记无法读取：{reason}。",
    "Rehearsal {rehearsal_id} is still running; end it before deleting it.": (
        "排练 {rehearsal_id} 还在进行；请先结束再删除。"
    ),
    "{path} could not be removed: {reason}.": "无法删除 {path}：{reason}。",
    "The rehearsal in {path} is being written by another process; end it there first.": (
        "{path} 里的排练正由另一个程序写入；请先在那里结束它。"
    ),
    "Expected the folder of a rehearsal with {file} in it, got {path}.": (
        "需要一个含有 {file} 的排练目录，得到的是 {path}。"
    ),
    "The rehearsal in {path} cannot be read: {reason}.": "{path} 里的排练无法读取：{reason}。",
    "{path} could not be written: {reason}. {advice}": "无法写入 {path}：{reason}。{advice}",
    "{path} cannot be written: {reason}. {advice}": "无法写入 {path}：{reason}。{advice}",
    "{path} ends before record {wanted} because an earlier write failed; record {seq} cannot follow it.": (
        "之前写入失败，{path} 停在第 {wanted} 条记录之前；第 {seq} 条接不上。"
    ),
    "{path} cannot be repaired: {reason}. {advice}": "无法修复 {path}：{reason}。{advice}",
    "The folder {path} could not be made: {reason}. {advice}": "无法建立目录 {path}：{reason}。{advice}",
    "{path} could not be opened: {reason}. {advice}": "无法打开 {path}：{reason}。{advice}",
    "Free space on the disk, or choose another data folder (COACH_DATA_DIR).": (
        "请清理磁盘空间，或换一个数据目录（COACH_DATA_DIR）。"
    ),
    "Expected a SQLite file that several threads can share, got {url!r}; name a file.": (
        "需要一个可以多线程共用的 SQLite 文件，得到的是 {url!r}；请写文件路径。"
    ),
    "The index of rehearsals ({where}) cannot be used: {reason}. Check that the place exists, is writable and has "
    "space; "
    "a damaged SQLite file can be moved away, it is made again from the rehearsals' folders.": (
        "排练目录库（{where}）无法使用：{reason}。请检查该位置存在、可写、有空间；"
        "损坏的 SQLite 文件可以移走，会按排练文件夹重新建立。"
    ),
    "The index of rehearsals ({where}) cannot be written: the file or its folder is read-only. Make it writable, or "
    "choose another data folder with COACH_DATA_DIR; a rehearsal is shown from its folder too: run_coach.py report "
    "FOLDER": (
        "排练目录库（{where}）不能写：文件或所在目录是只读的。请改成可写，或用 COACH_DATA_DIR 换一个目录；"
        "也可以直接看某场排练的目录：run_coach.py report 目录"
    ),
    "The database {name} needs a driver that is not installed ({reason}). For PostgreSQL write "
    "postgresql+psycopg://… and run: uv sync --extra postgres": (
        "数据库 {name} 需要的驱动没有安装（{reason}）。"
        "用 PostgreSQL 时请写 postgresql+psycopg://…，并运行：uv sync --extra postgres"
    ),
    "Expected a database URL such as sqlite:////path/coach.db or postgresql+psycopg://host/name, got {url!r}.": (
        "数据库地址应类似 sqlite:////path/coach.db 或 postgresql+psycopg://host/name，得到的是 {url!r}。"
    ),
    "The index of rehearsals has schema {found!r}, which this program does not know: a newer version wrote it. "
    "Update the "
    "program, or point `database_url` elsewhere.": (
        "排练目录库的版本是 {found!r}，这个程序不认识：它由更新的版本写成。请更新程序，或把 `database_url` 指到别处。"
    ),
    # transcripts and reports
    "expected a report format of {names}, got {format!r}": "报告格式应为 {names} 之一，得到的是 {format!r}",
    "expected a report language of {names}, got {language!r}": "报告语言应为 {names} 之一，得到的是 {language!r}",
    # recordings
    "{path}: no such file. Give the path of a recording (WAV, MP3, M4A, Ogg, FLAC …).": (
        "{path}：没有这个文件。请给录音的路径（WAV、MP3、M4A、Ogg、FLAC 等）。"
    ),
    "{path}: expected a recording, found a folder or device.": "{path}：应为录音文件，实际是目录或设备。",
    "{path}: the file is empty (0 bytes). Record or export it again.": (
        "{path}：文件是空的（0 字节）。请重新录制或导出。"
    ),
    "{path}: expected a recording (WAV, MP3, M4A, Ogg, FLAC …), but it does not decode: {reason}. Export it again, "
    "e.g. as 16-bit WAV.": (
        "{path}：应为录音（WAV、MP3、M4A、Ogg、FLAC 等），但无法解码：{reason}。请重新导出，例如 16 位 WAV。"
    ),
    "{path}: holds no sound: a header and nothing that decodes. Export it again.": (
        "{path}：没有声音：只有文件头，没有可解码的内容。请重新导出。"
    ),
    "{path}: cannot be read: {reason}.": "{path}：无法读取：{reason}。",
    "{path}: expected a recording, found a file with no audio track in it.": "{path}：应为录音，但文件里没有音轨。",
    "{path}: longer than {hours} hours. Cut it into parts.": "{path}：超过 {hours} 小时。请切成几段。",
    "The microphone track sent a frame that cannot be converted: {reason}": "麦克风传来的一帧声音无法转换：{reason}",
    "{path}: the viewers' sound cannot be written: {reason}.": "{path}：观众的声音无法写入：{reason}。",
    # engines and models
    "Unknown {port} {name!r}. Choose one of: {known}.": "未知的 {port} {name!r}。可选：{known}。",
    "The engine {name!r} needs {lack}{how}": "引擎 {name!r} 还需要：{lack}{how}",
    "{names}, which is not installed": "{names}（没有安装）",
    "the address of a server in {settings}__BASE_URL": "在 {settings}__BASE_URL 里填服务器地址",
    "the model that the package moonshine-voice carries, and this version of it carries none": (
        "软件包 moonshine-voice 自带的模型，而这个版本里没有"
    ),
    "a model, and there is none in the models folder. Run: run_coach.py models pull": (
        "模型，模型目录里没有。运行：run_coach.py models pull"
    ),
    "Unknown model {model_id!r}. Known: {known}.": "未知的模型 {model_id!r}。可用：{known}。",
    "{purpose} needs the Python package {module!r}, which is not installed. Run: {command}": (
        "{purpose} 需要 Python 包 {module!r}，这里没有安装。运行：{command}"
    ),
    "Sound card: the Python package 'sounddevice' is not installed. Run: uv sync --extra voice": (
        "声卡：没有安装 Python 包 'sounddevice'。运行：uv sync --extra voice"
    ),
    "Sound card: PortAudio is not installed. On Debian or Ubuntu run: sudo apt install libportaudio2": (
        "声卡：没有安装 PortAudio。Debian 或 Ubuntu 上运行：sudo apt install libportaudio2"
    ),
    "Echo cancellation needs the package livekit, which is not installed.": "回声消除需要 livekit 包，这里没有安装。",
    "The package livekit cannot be used for echo cancellation here: {reason}": (
        "livekit 包在这里不能用于回声消除：{reason}"
    ),
    "Hearing needs the package webrtcvad-wheels. Install it with: uv sync --extra voice": (
        "听声音需要 webrtcvad-wheels 包。安装：uv sync --extra voice"
    ),
    "The Silero voice detector comes with faster-whisper. Install it with: uv sync --extra voice": (
        "Silero 语音检测随 faster-whisper 提供。安装：uv sync --extra voice"
    ),
    "The Silero voice detector needs onnxruntime: uv sync --extra voice": (
        "Silero 语音检测需要 onnxruntime：uv sync --extra voice"
    ),
    "{path} is not the Silero v6 model that is expected here: {reason}": (
        "{path} 不是这里需要的 Silero v6 模型：{reason}"
    ),
    "The turn model comes with the package pipecat-ai. Install it with: uv sync --extra voice": (
        "话轮模型随 pipecat-ai 包提供。安装：uv sync --extra voice"
    ),
    "The turn model needs onnxruntime: uv sync --extra voice": "话轮模型需要 onnxruntime：uv sync --extra voice",
    "{path} is not the turn model that is expected here: {reason}": "{path} 不是这里需要的话轮模型：{reason}",
    "{path} is not the turn model that is expected here: it gives {size} numbers.": (
        "{path} 不是这里需要的话轮模型：它给出 {size} 个数。"
    ),
    "The turn model gave {probability}, which is no probability.": "话轮模型给出 {probability}，不是概率。",
    "The turn model is closed.": "话轮模型已关闭。",
    # speech to text
    "expected language 'zh' or 'en', got {language!r}.": "语言应为 'zh' 或 'en'，得到的是 {language!r}。",
    "expected language {known}, got {language!r}.": "语言应为 {known}，得到的是 {language!r}。",
    "the package moonshine-voice 0.1.0 is not installed. Install it with: uv sync --extra voice": (
        "没有安装 moonshine-voice 0.1.0 包。安装：uv sync --extra voice"
    ),
    "the model in {folder} cannot be read. Install moonshine-voice again.": (
        "无法读取 {folder} 里的模型。请重新安装 moonshine-voice。"
    ),
    "{path} is damaged. Install the package moonshine-voice again.": "{path} 已损坏。请重新安装 moonshine-voice。",
    "understands English only, not {language!r}. Type instead of speaking.": (
        "只能听英语，不能听 {language!r}。请改用打字。"
    ),
    "the recogniser is closed.": "识别引擎已关闭。",
    "the recogniser was closed.": "识别引擎被关闭了。",
    "the utterance was given up.": "这句话已放弃识别。",
    "the recogniser's process ended unexpectedly.": "识别程序意外退出。",
    "the package pocketsphinx is not installed. Install it with: uv sync --extra voice": (
        "没有安装 pocketsphinx 包。安装：uv sync --extra voice"
    ),
    "tokenizer.json is not that of a Whisper model. Download the model again.": (
        "tokenizer.json 不是 Whisper 模型的。请重新下载模型。"
    ),
    "preprocessor_config.json asks for {bands} mel bands, the model for {wanted}. Download the model again, with all "
    "its "
    "files.": "preprocessor_config.json 要 {bands} 个梅尔频带，模型要 {wanted} 个。请重新下载模型的全部文件。",
    "this model knows English only, not {language!r}. Choose one without `.en`.": (
        "这个模型只懂英语，不懂 {language!r}。请选不带 `.en` 的模型。"
    ),
    "{folder} does not run as a Whisper model on {device}: {reason}": (
        "{folder} 不能作为 Whisper 模型在 {device} 上运行：{reason}"
    ),
    "expected the folder of a model at {folder}, found {found}. {how}": "{folder} 应为模型的目录，实际：{found}。{how}",
    "{path} is damaged or not that of a Whisper model. Download the model again.": (
        "{path} 已损坏，或者不是 Whisper 模型。请重新下载模型。"
    ),
    "{folder} holds a model for another program, not converted to CTranslate2. {how}": (
        "{folder} 里是给其他程序用的模型，没有转换成 CTranslate2 格式。{how}"
    ),
    "{folder} is no whole model: {names} is missing. Copy all its files.": (
        "{folder} 里的模型不完整，缺 {names}。请复制全部文件。"
    ),
    "{path} cannot be read. Download the model again.": "{path} 无法读取。请重新下载模型。",
    "Name a folder with a Whisper model for CTranslate2 in COACH_ENGINES__WHISPER_MODEL.": (
        "请在 COACH_ENGINES__WHISPER_MODEL 里写 CTranslate2 格式的 Whisper 模型目录。"
    ),
    "a file": "一个文件",
    "nothing": "什么也没有",
    # text to speech
    "expected Piper voices for 'zh' or 'en', got {unknown}. Set COACH_PIPER__VOICES, e.g. "
    '{{"en": ["/path/voice.onnx"]}}.': (
        "Piper 声音应为 'zh' 或 'en'，得到的是 {unknown}。请设置 COACH_PIPER__VOICES，例如 "
        '{{"en": ["/path/voice.onnx"]}}。'
    ),
    "expected a voice for {language!r}, have only {have}. Set COACH_PIPER__VOICES.": (
        "需要 {language!r} 的声音，只有 {have}。请设置 COACH_PIPER__VOICES。"
    ),
    "{path}: expected a voice with eSpeak phonemes, got phoneme type {kind!r}. Use another voice.": (
        "{path}：需要用 eSpeak 音素的声音，得到的音素类型是 {kind!r}。请换一个声音。"
    ),
    "{path}: this voice reads pinyin through a further model (g2pW) that would be downloaded at its first use. Put "
    "that "
    "model at {place} and run `uv pip install 'piper-tts[zh]'`, or use a Chinese voice with eSpeak phonemes.": (
        "{path}：这个声音要通过另一个模型（g2pW）读拼音，首次使用时会下载。请把该模型放到 {place} 并运行 "
        "`uv pip install 'piper-tts[zh]'`，或改用 eSpeak 音素的中文声音。"
    ),
    "{path}: expected a Piper voice, an .onnx file with its .onnx.json beside it, and found no such file. Copy both "
    "files "
    "there or correct COACH_PIPER__VOICES.": (
        "{path}：需要 Piper 声音（.onnx 文件和旁边的 .onnx.json），没有找到。请把两个文件都复制过去，"
        "或改正 COACH_PIPER__VOICES。"
    ),
    "{path}: expected the settings of a Piper voice (JSON), but it does not read as such. Fetch the file again from "
    "where "
    "the voice came from.": "{path}：应为 Piper 声音的设置（JSON），但读不出来。请从声音的来源重新下载这个文件。",
    "{path}: the voice does not load ({fault}). Fetch both files again.": (
        "{path}：声音无法加载（{fault}）。请重新下载两个文件。"
    ),
    "{path}: the voice makes no sound. Fetch both files again.": "{path}：这个声音发不出声。请重新下载两个文件。",
    "the voice {name} failed ({fault}).": "声音 {name} 出错（{fault}）。",
    "the package piper-tts is not installed. Run: {command}": "没有安装 piper-tts 包。运行：{command}",
    "the synthesizer is closed.": "语音合成已关闭。",
    "no synthesizer for the language {language!r} on this machine": "这台电脑没有 {language!r} 的语音合成",
    "no sound within {limit_ms} ms.": "{limit_ms} 毫秒内没有声音。",
    "the package espeakng-loader is not installed. Run: {command}": "没有安装 espeakng-loader 包。运行：{command}",
    "eSpeak NG found no usable data in {data_path!r}. Run: {command}": (
        "eSpeak NG 在 {data_path!r} 里没有找到可用的数据。运行：{command}"
    ),
    "eSpeak NG could not speak (status {status}).": "eSpeak NG 无法发声（状态 {status}）。",
    "eSpeak NG has no voice {name!r}. Run: {command}": "eSpeak NG 没有声音 {name!r}。运行：{command}",
    "{path} cannot be read. Fetch both files again.": "{path}：读不出来。请重新下载两个文件。",
    "{path} is damaged or no Piper voice. Fetch both files again.": (
        "{path}：已损坏，或不是 Piper 声音。请重新下载两个文件。"
    ),
    "HF_ENDPOINT or COACH_ENGINES__HUB: expected an address that begins with http:// or https://, got {hub!r}.": (
        "HF_ENDPOINT 或 COACH_ENGINES__HUB：应是以 http:// 或 https:// 开头的地址，现在是 {hub!r}。"
    ),
    "no words within {seconds:g} s.": "{seconds:g} 秒内没有识别出文字。",
    "eSpeak NG does not load on this machine: {reason}": "eSpeak NG 在这台电脑上无法加载：{reason}",
    # servers
    "no answer within {seconds:g} s": "{seconds:g} 秒内没有回答",
    "the server refused the key; check {settings}__API_KEY": "服务器拒绝了密钥；请检查 {settings}__API_KEY",
    "the server refused the key; check the chat model's API key": "服务器拒绝了密钥；请检查语言模型的 API key",
    "the server does not know this model or path; check {settings}__MODEL and {settings}__BASE_URL": (
        "服务器不认识这个模型或路径；请检查 {settings}__MODEL 和 {settings}__BASE_URL"
    ),
    "the server does not know this model or path; check name and base URL": (
        "服务器不认识这个模型或路径；请检查模型名和地址"
    ),
    "the server asks for fewer requests": "服务器要求减少请求",
    "the server answered {status}": "服务器返回 {status}",
    "cannot reach {url}": "连不上 {url}",
    "the address answers with a page instead of the protocol; check {settings}__BASE_URL": (
        "这个地址返回的是网页，不是接口的回答；请检查 {settings}__BASE_URL"
    ),
    "the answer broke off or is unusable ({fault})": "回答中断或无法使用（{fault}）",
    "the answer was empty": "回答是空的",
    "the answer was not in the form asked for": "回答不是要求的格式",
    "the server broke off in the middle of its answer": "服务器的回答中断了",
    "unusable answer ({fault})": "回答无法使用（{fault}）",
}


def in_chinese(text: str) -> str:
    """Return a sentence in Chinese; as it is where it has none, as texts that were made in one language have."""
    template = text.template if isinstance(text, Sentence) else text
    chinese = ZH.get(template)
    if chinese is None:
        return text
    fields = text.fields if isinstance(text, Sentence) else {}
    told = {
        name: in_chinese(value)
        if isinstance(value, Sentence)
        else reason_in_chinese(value)
        if name == "reason"
        else value
        for name, value in fields.items()
    }
    return chinese.format(**told) if told else chinese


def error_text(error: CoachError, lang: Literal["zh", "en"]) -> str:
    """Return an error in the language of whoever reads it."""
    return error.told(in_chinese) if lang == "zh" else str(error)
