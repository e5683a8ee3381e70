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
    "models.licences": (
        "识别引擎 faster-whisper 用 MIT 许可；语音引擎 piper-tts 用 GPL-3.0-or-later 许可。",
        "The recogniser faster-whisper is under the MIT licence, the synthesizer piper-tts under GPL-3.0-or-later.",
    ),
    "models.pulling": ("下载 {names}\n从 {url} 到 {path}", "Fetching {names}\nfrom {url} to {path}"),
    "models.fetched": ("{id}：已下载并校验", "{id}: fetched and checked"),
    "models.done": (
        "完成。下次启动时自动使用；run_coach.py doctor 会测出它们在这台电脑上够不够快。",
        "Done. The next start uses them; run_coach.py doctor measures whether they are quick enough here.",
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
}
