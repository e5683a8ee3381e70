"""What the commands say about models, engines and the sound card, in Chinese and English."""

from __future__ import annotations

VOICE_TEXTS: dict[str, tuple[str, str]] = {
    # models
    "cmd.models": (
        "语音模型：查看、下载、校验",
        "speech models: what there is, fetching it, checking it",
    ),
    "cmd.models.list": ("有哪些模型，装了哪些", "which models there are, and which are here"),
    "cmd.models.pull": (
        "下载模型；不写名字就下载推荐给这台电脑的",
        "fetch models; without a name those recommended for this machine",
    ),
    "cmd.models.verify": ("校验已有的模型", "check the models that are here"),
    "arg.models.models": ("模型名，见 list", "names of models, see list"),
    "arg.models.for": ("只要这种语言的", "only for this language"),
    "arg.models.hub": (
        "从哪里下载，例如镜像地址（默认 HF_ENDPOINT 或 COACH_ENGINES__HUB）",
        "where to fetch from, e.g. a mirror (default: HF_ENDPOINT or COACH_ENGINES__HUB)",
    ),
    "arg.models.by_hand": (
        "不下载，只列出要手工复制的文件、位置和校验值",
        "fetch nothing; say which files to copy where by hand, with checksums",
    ),
    "models.title": ("语音模型", "Speech models"),
    "models.column.model": ("模型", "model"),
    "models.column.for": ("用途", "for"),
    "models.column.size": ("大小", "size"),
    "models.column.state": ("状态", "state"),
    "models.column.note": ("说明", "note"),
    "models.licence": ("许可：{licence}", "licence: {licence}"),
    "models.use.recognizer": ("听", "hears"),
    "models.use.synthesizer": ("说", "speaks"),
    "models.advised": ("★ 推荐给这台电脑", "★ recommended here"),
    "models.state.here": ("已安装", "installed"),
    "models.state.absent": ("没有", "not here"),
    "models.state.part": ("缺 {count} 个文件", "{count} file(s) missing"),
    "models.state.odd": (
        "可用，但大小不符：{names}（{path}）",
        "usable, but of another size than stated: {names} in {path}",
    ),
    "models.other": (
        "另有 {id}：不在目录里，按 {engine} 模型使用（{languages}）",
        "Also {id}: not in the catalogue, used as a {engine} model ({languages})",
    ),
    "models.folder": ("模型目录：{path}（COACH_ENGINES__MODELS_DIR）", "Folder: {path} (COACH_ENGINES__MODELS_DIR)"),
    "models.hub": ("下载地址：{url}（HF_ENDPOINT）", "Fetched from: {url} (HF_ENDPOINT)"),
    "models.packages": (
        "先找 Python 软件源里的软件包（有的模型：{names}），再找上面的地址；自己指定了地址就只用它",
        "Packages of the Python index come first for {names}; an address of your own is the only one asked",
    ),
    "models.licences": (
        "识别引擎 faster-whisper 用 MIT 许可；语音引擎 piper-tts 用 GPL-3.0-or-later 许可。",
        "The recogniser faster-whisper is under the MIT licence, the synthesizer piper-tts under GPL-3.0-or-later.",
    ),
    "models.pulling": ("下载 {name}\n从 {source} 到 {path}", "Fetching {name}\nfrom {source} to {path}"),
    "models.fetched": ("{id}：已下载并校验", "{id}: fetched and checked"),
    "models.done": (
        "完成。下次启动时，每种语言用跟得上的模型里最好的一个，都跟不上就用最快的；"
        "run_coach.py doctor 会测出它们够不够快。",
        "Done. The next start uses, for each language, the best that keeps up here, else the quickest; "
        "run_coach.py doctor measures how quick they are.",
    ),
    "models.stopped": (
        "已停止。下载好的部分会保留，再运行一次就从这里继续。",
        "Stopped. What has come is kept; run it again to go on from there.",
    ),
    "models.fault.offline": (
        "连不上 {url}（{reason}）。检查网络，或换一个镜像：HF_ENDPOINT=https://… run_coach.py models pull",
        "No connection to {url} ({reason}). Check the network, or name a mirror: HF_ENDPOINT=https://… run_coach.py "
        "models pull",
    ),
    "models.fault.proxy": (
        "代理服务器不让访问 {url}：{reason}。检查 HTTPS_PROXY 和 NO_PROXY。",
        "The proxy did not let {url} through: {reason}. Check HTTPS_PROXY and NO_PROXY.",
    ),
    "models.fault.untrusted": (
        "{url} 的证书不可信（{reason}）。公司网络请把它的根证书写进 SSL_CERT_FILE。",
        "The certificate of {url} is not trusted ({reason}). In a company's network name its root certificate in "
        "SSL_CERT_FILE.",
    ),
    "models.fault.absent": (
        "{url} 没有这个文件（404）。镜像可能不全：换一个 HF_ENDPOINT。",
        "There is no such file at {url} (404). The mirror may lack it: try another HF_ENDPOINT.",
    ),
    "models.fault.refused": ("{url} 拒绝了请求：{reason}", "{url} refused: {reason}"),
    "models.fault.broken": (
        "从 {url} 下载时多次中断（{reason}）。已下载的部分保留着，再运行一次就继续。",
        "The download of {url} broke off again and again ({reason}). What has come is kept; run it again to go on.",
    ),
    "models.fault.checksum": (
        "{file} 校验不符：应为 sha256 {expected}，得到 {found}。文件已丢弃；{url} 可能损坏，请换一个 HF_ENDPOINT。",
        "{file} is not what it should be: expected sha256 {expected}, got {found}. It was thrown away; {url} may be "
        "damaged, try another HF_ENDPOINT.",
    ),
    "models.fault.page": (
        "{url} 返回的是网页而不是文件：可能需要先登录网络（酒店、校园网），或镜像地址写错了。",
        "{url} answered with a web page instead of the file: the network may want a login first, or the mirror's "
        "address is wrong.",
    ),
    "models.fault.space": (
        "磁盘空间不足：{path} 需要 {need_mb} MB，只剩 {free_mb} MB。请清理磁盘，或用 COACH_ENGINES__MODELS_DIR "
        "换一个目录。",
        "Not enough room on the disk: {path} needs {need_mb} MB, {free_mb} MB are free. Make room, or choose another "
        "folder with COACH_ENGINES__MODELS_DIR.",
    ),
    "models.fault.disk": (
        "{path} 不能写：{reason}。用 COACH_ENGINES__MODELS_DIR 换一个目录。",
        "{path} cannot be written: {reason}. Choose another folder with COACH_ENGINES__MODELS_DIR.",
    ),
    "models.fault.busy": (
        "{model} 正在被另一个 models pull 下载。",
        "Another models pull is fetching {model}.",
    ),
    "models.all_here": ("这些模型都已经在了。", "All of these models are here already."),
    "models.by_hand": (
        "在能上网的电脑上下载下面的文件，放进指定的目录（目录名不能改），不用别的步骤：",
        "On a machine with a network fetch these files and put them into the folders named, which must keep their "
        "names; nothing else is needed:",
    ),
    "models.by_hand_folder": ("{id} → {path}", "{id} → {path}"),
    "models.by_hand_check": (
        "放好后运行 run_coach.py models verify 校验。",
        "Then check them with run_coach.py models verify.",
    ),
    "models.other_bad": (
        "另有 {id}：不在目录里，也不能用：{fault}",
        "Also {id}: not in the catalogue, and it cannot be used: {fault}",
    ),
    "models.none": ("{path} 里还没有模型。", "There are no models in {path} yet."),
    "models.file.ok": ("正确", "ok"),
    "models.file.missing": ("缺少", "missing"),
    "models.file.size": ("大小不符", "wrong size"),
    "models.file.checksum": ("校验不符", "wrong checksum"),
    "models.verify_good": ("全部正确。", "All as it should be."),
    "models.verify_bad": (
        "{count} 个文件不对：运行 run_coach.py models pull 模型名 重新下载。",
        "{count} file(s) are not as they should be: fetch them again with run_coach.py models pull MODEL.",
    ),
    # talk
    "cmd.talk": (
        "用麦克风和音箱排练，不用浏览器",
        "rehearse through microphone and speakers, without a browser",
    ),
    "arg.talk.microphone": (
        "麦克风：编号或名称的一部分（默认：系统的）",
        "number or part of the name (default: the system's)",
    ),
    "arg.talk.speaker": (
        "音箱：编号或名称的一部分（默认：系统的）",
        "number or part of the name (default: the system's)",
    ),
    "talk.drawn": (
        "抽到的商品：{product}。有 {minutes:g} 分钟准备，然后观众进来。",
        "Your product: {product}. You have {minutes:g} minutes to prepare, then viewers come in.",
    ),
    "arg.talk.intensity": (
        "观众最多可以说得多难听，0 到 4；不会超过场景的上限",
        "how harsh viewers may get at most, 0 to 4; never beyond the scenario's cap",
    ),
    "arg.talk.consent": ("同意强度 3 和 4", "agree to intensity 3 and 4"),
    "talk.consent_needed": (
        "这场的观众可能说得很难听（强度 {intensity}，共 4 级）。同意就加 --consent，否则用 --intensity 2。",
        "Viewers may get harsh here (intensity {intensity} of 4). Add --consent if you agree, or --intensity 2.",
    ),
    "arg.talk.devices": ("列出声音设备", "list the sound devices"),
    "talk.title": ("排练：{title}（{id}）", "Rehearsal: {title} ({id})"),
    "talk.devices": ("声音设备", "Sound devices"),
    "talk.no_devices": (
        "这台电脑上没有声音设备。请接上麦克风和音箱（或耳机），或用浏览器排练：run_coach.py serve",
        "There is no sound device on this machine. Connect a microphone and speakers or headphones, or rehearse in the "
        "browser: run_coach.py serve",
    ),
    "talk.column.number": ("编号", "number"),
    "talk.column.name": ("名称", "name"),
    "talk.column.system": ("系统", "system"),
    "talk.column.microphone": ("麦克风", "microphone"),
    "talk.column.speaker": ("音箱", "speaker"),
    "talk.yes": ("可用", "yes"),
    "talk.default": ("默认", "default"),
    "talk.cards": ("麦克风：{microphone}；音箱：{speaker}", "microphone: {microphone} · speaker: {speaker}"),
    "talk.how": (
        "请开口；也可以打字后按回车。按 Ctrl-C 结束并打分。觉得难受就单独说一声“{word}”，观众立刻安静。",
        "Start talking; a typed line and Enter count too. Ctrl-C ends the rehearsal and scores it. "
        "If it gets too much, say “{word}” and nothing else: the viewers fall silent at once.",
    ),
    "talk.microphone": ("麦克风", "microphone"),
    "talk.speaker": ("音箱", "speaker"),
    "talk.microphone_gone": (
        "麦克风“{name}”停了：被拔掉或关闭了。排练到此结束，已保存。",
        "The microphone {name!r} has stopped: it was unplugged or switched off. The rehearsal ends here and is kept.",
    ),
    "talk.speaker_gone": (
        "音箱“{name}”停了：被拔掉或关闭了。排练到此结束，已保存。",
        "The speaker {name!r} has stopped: it was unplugged or switched off. The rehearsal ends here and is kept.",
    ),
    "talk.fault.silent_system": ("声音系统没有回应：{reason}", "The sound system does not answer: {reason}."),
    "talk.fault.none": (
        "这台电脑上没有{kind}。请接上一个，或用浏览器排练：run_coach.py serve",
        "There is no {kind} on this machine. Connect one, or rehearse in the browser: run_coach.py serve",
    ),
    "talk.fault.unknown": (
        "没有叫“{wanted}”的{kind}。请按编号选择：{listed}",
        "Expected one {kind}, got {wanted!r}: there is none such. Choose by number: {listed}",
    ),
    "talk.fault.several": (
        "“{wanted}”对应不止一个{kind}。请按编号选择：{listed}",
        "Expected one {kind}, got {wanted!r}: several fit. Choose by number: {listed}",
    ),
    "talk.fault.closed": (
        "打不开“{name}”：{reason}。可能被别的程序占用，或没有授权；也可用 --microphone 或 --speaker 换一个"
        "（run_coach.py talk --devices 列出全部）。",
        "{name!r} cannot be opened: {reason}. Another program may hold it: close it, allow this program to use it, or "
        "choose another with --microphone or --speaker (run_coach.py talk --devices lists them).",
    ),
    "talk.xruns": (
        "声音中断：麦克风 {heard} 次，音箱 {played} 次。请关掉其他占用电脑的程序。",
        "Sound was lost: microphone {heard} time(s), speaker {played} time(s). Close other programs that keep the "
        "machine busy.",
    ),
    # doctor
    "arg.doctor.quick": ("不测速度，不联系服务器", "measure nothing, contact no server"),
    "doctor.measuring": ("正在测各引擎的速度（约 10 秒）…", "Measuring the engines (about 10 s) …"),
    "doctor.transcription": ("识别服务器", "transcription server"),
    "doctor.speech": ("合成服务器", "speech server"),
    "doctor.server_answers": ("{model} @ {url}：有回应", "{model} at {url}: answers"),
    "doctor.server_silent": (
        "{url} 没有回应：{reason}；检查 {variable}__BASE_URL",
        "{url} does not answer: {reason}; check {variable}__BASE_URL",
    ),
    "doctor.server_key": (
        "{url} 不接受密钥（HTTP {status}）；检查 {variable}__API_KEY",
        "{url} refuses the key (HTTP {status}); check {variable}__API_KEY",
    ),
    "language.zh": ("中文", "Chinese"),
    "language.en": ("英文", "English"),
    "speed.title": ("速度", "Speed"),
    "speed.machine": ("电脑", "machine"),
    "speed.cores": ("{cores} 个处理器核心", "{cores} core(s)"),
    "speed.idle": ("{cores} 个处理器核心，负载 {load:.1f}", "{cores} core(s), load {load:.1f}"),
    "speed.busy": (
        "{cores} 个处理器核心，负载 {load:.1f}：电脑正忙，下面的数字偏慢",
        "{cores} core(s), load {load:.1f}: busy with other things, so the figures below are worse than they could be",
    ),
    "speed.vad": ("每 20 毫秒声音用 {us:.0f} 微秒：{verdict}", "{us:.0f} µs per 20 ms of sound: {verdict}"),
    "speed.echo": (
        "{name}：每 20 毫秒声音用 {us:.0f} 微秒：{verdict}",
        "{name}: {us:.0f} µs per 20 ms of sound: {verdict}",
    ),
    "speed.judges": (
        "{name}：每次停顿 {ms:.0f} 毫秒，加载 {ready:.1f} 秒：{verdict}",
        "{name}: {ms:.0f} ms a pause, loads in {ready:.1f} s: {verdict}",
    ),
    "speed.judged_late": (
        "太慢，观众的回应会迟一点；关掉其他程序，或设置 COACH_ENGINES__TURN_MODEL=off",
        "too slow, so answers come a little late; close other programs, or set COACH_ENGINES__TURN_MODEL=off",
    ),
    "speed.speaks": (
        "{name}，{language}：{first:.0f} 毫秒出第一声，每秒声音用 {share:.2f} 秒，加载 {ready:.1f} 秒：{verdict}",
        "{name}, {language}: first sound after {first:.0f} ms, {share:.2f} s per second of sound, loaded in "
        "{ready:.1f} s: {verdict}",
    ),
    "speed.hears": (
        "{name}，{language}：3 秒的话说完后 {final:.0f} 毫秒出文字，加载 {ready:.1f} 秒：{verdict}",
        "{name}, {language}: words {final:.0f} ms after the end of 3 s of speech, loaded in {ready:.1f} s: {verdict}",
    ),
    "speed.unused": ("（未使用）", "(not in use)"),
    "speed.silent": ("没有能说{language}的引擎", "nothing speaks {language}"),
    "speed.failed": ("不能运行：{error}", "does not run: {error}"),
    "speed.timeout": (
        "{name} {limit:.0f} 秒内没有完成：这台电脑跑不动",
        "{name} was not done within {limit:.0f} s: too slow on this machine",
    ),
    "speed.keeps_up": ("跟得上对话", "keeps up with a conversation"),
    "speed.late": ("勉强，回应会稍迟", "just about: answers come a little late"),
    "speed.too_slow": (
        "太慢；关掉其他程序，或换一个模型（run_coach.py models list）",
        "too slow: close other programs, or use another model (run_coach.py models list)",
    ),
}
