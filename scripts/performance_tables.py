"""Short tables of the page on speed, from the baselines of each benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Data = Mapping[str, Any]


def turns(data: Data | None) -> str:
    """Interruptions, noises, pauses and echo."""
    if data is None:
        return _unmeasured("Pauses, noises, echo", "turns")
    found = data["summary"]
    rows = [
        ["a streamer talks over a viewer: quieter, ms", _spread(found, "duck_ms")],
        ["… silent (held), ms", _spread(found, "stop_ms")],
        ["… not noticed", _percent(found, "missed_barge_ins")],
        ["a noise or a backchannel cuts a viewer off", _percent(found, "false_stop_rate")],
        ["… back at full level after it, ms", _spread(found, "resume_ms")],
        ["a viewer speaks into a pause inside a sentence", _percent(found, "false_cut_in_rate")],
        ["… decision after a finished sentence, ms", _spread(found, "decision_ms")],
        ["own echo, or a noise with it, silences a viewer over 0.1 s", _of(found, "self_interruptions", "echo_cases")],
        ["… and cuts the line off", _of(found, "echo_cut_off", "echo_cases")],
        ["… talked over while the echo sounds: silent, ms", _spread(found, "echo_stop_ms")],
    ]
    lines = ["## Pauses, noises, echo", "", *table(["what happens", "figure"], rows), ""]
    return "\n".join([*lines, *_by_kind(found), *_answers(found), *source(data)])


def _answers(found: Data) -> list[str]:
    """Short answers to a viewer's question: with the question known, and without."""
    answers: Data = found.get("answers", {})
    if not answers:
        return []
    rows = [
        [name.replace("_", ", "), _spread(one, "decision_ms"), _percent(one, "cut_in_rate"), str(one["pauses"])]
        for name, one in sorted(answers.items())
    ]
    heads = ["a short answer right after a question", "known to be over, ms", "thinking aloud cut into", "of pauses"]
    return [*table(heads, rows), ""]


def _by_kind(found: Data) -> list[str]:
    kinds: Data = found.get("barge", {}).get("by_kind", {})
    if not kinds:
        return []
    rows = [
        [
            kind,
            str(one["n"]),
            _percent(one, "false_stop_rate"),
            _percent(one, "held_rate"),
            _number(one, "resume_p95_ms"),
            _number(one, "lost_ms"),
        ]
        for kind, one in sorted(kinds.items())
    ]
    heads = ["sound over a viewer", "n", "cut off", "held, then on at the sample", "back within, ms, p95", "lost, ms"]
    return [*table(heads, rows), ""]


def recognition(data: Data | None) -> str:
    """Errors and delay by engine and language; times of Whisper shapes."""
    if data is None:
        return _unmeasured("Recognition", "asr")
    return "\n".join(["## Recognition", "", *_recognized(data), "", *source(data)])


def recognition_known(data: Data | None) -> str:
    """The same where the engines were told the sentences; nothing where that was never kept."""
    if data is None:
        return ""
    told = "The same recordings where the engines know the sentences, as lines of the scenario:"
    return "\n".join([told, "", *_recognized(data), "", *source(data)])


def _recognized(data: Data) -> list[str]:
    rows = []
    for engine, figures in data["summary"].items():
        for language, measure in (("en", "wer"), ("zh", "cer")):
            one = figures.get(language)
            if one is not None:
                errors = f"{_percent(one, measure)} {measure.upper()}"
                rows.append([engine, language, str(one["recordings"]), errors, _spread(one, "final_delay_ms")])
    heads = ["engine", "language", "recordings", "errors", "final words after the last sample, ms"]
    return table(heads, rows)


def scale(data: Data | None) -> str:
    """Rehearsals at once, memory and the start."""
    if data is None:
        return _unmeasured("Many rehearsals, memory, start", "scale")
    found = data["summary"]
    rows = [
        [
            name.removeprefix("at_once_"),
            _spread(one, "voice_to_voice_ms"),
            _spread(one, "after_decision_ms"),
            _percent(one, "cpu_core_share"),
            _number(one["memory_mb"], "most"),
            _number(one["loop_lag_ms"], "p95"),
            f"{one['missed_replies']} of {one['turns']}",
        ]
        for name, one in found.items()
        if name.startswith("at_once_")
    ]
    heads = ["at once", "voice to voice", "without the end's silence", "core, each", "MB", "lag p95", "missed"]
    return "\n".join(
        ["## Many rehearsals, memory, start", "", *table(heads, rows), "", *_rest_of_scale(found), "", *source(data)]
    )


def _rest_of_scale(found: Data) -> list[str]:
    lines = []
    if found.get("p95_ratio") is not None:
        ratio = f"- p95 of the most against one alone, the same clips: × {found['p95_ratio']}"
        after = found.get("after_decision_p95_ratio")
        lines.append(ratio + (f"; without the silence that ends an utterance × {after}." if after else "."))
    if found.get("memory_per_rehearsal_mb") is not None:
        lines.append(f"- Memory of one rehearsal more: {found['memory_per_rehearsal_mb']} MB.")
    start = found.get("start")
    if start is not None:
        lines.append(
            f"- Ready {_spread(start, 'ready_ms')} ms after the start{_uncompiled(start)}; the first rehearsal opens "
            f"in {_spread(start, 'first_open_ms')} ms, the second in {_spread(start, 'second_open_ms')} ms "
            f"(× {start['first_open_ratio']}), one asked for at once in {start['at_once_open_ms']:.0f} ms."
        )
    return lines


def soak(data: Data | None) -> str:
    """One rehearsal that goes on and on; nothing where that was never kept."""
    if data is None:
        return ""
    one = data["summary"]["soak"]
    halves = f"{one['memory_first_half_mb']} and {one['memory_second_half_mb']} MB in its halves"
    told = (
        f"One rehearsal of {one['minutes']:g} minutes ({data['engines'].get('recognizer', '')}): {halves} once a fifth "
        f"was over, {one['memory_growth_mb_per_hour']} MB an hour; {one['missed_replies']} of {one['turns']} turns "
        "unanswered."
    )
    return "\n".join([told, "", *source(data)])


def _uncompiled(start: Data) -> str:
    """Return what the very first start took, whose modules were not compiled yet, where that was measured."""
    found = start.get("uncompiled_ready_ms")
    return f" ({found:.0f} the first time, when Python compiles)" if found is not None else ""


_SCORED = (
    ("coverage_macro_f1", "selling points, macro-F1 of hit, partial, miss, misstated", "≥ 0.85"),
    ("evidence_hit_rate", "quote from a right turn, of hits", "≥ 0.9"),
    ("misstated_recall", "misstated points found", "≥ 0.85"),
    ("compliance_precision", "compliance findings that are right", "≥ 0.95"),
    ("compliance_recall_h", "serious violations found", "≥ 0.93"),
    ("decoy_rate", "harmless wordings flagged", "≤ 0.03"),
    ("handled_accuracy", "viewers' lines: well, weak, badly, unanswered", "≥ 0.8"),
    ("handled_well_or_not", "… well or not", "≥ 0.9"),
    ("concession_recall", "prices agreed under the floor found", "1.0"),
    ("filler_error", "fillers counted, relative error", "≤ 0.1"),
    ("disturbance_rho", "repeats and repairs, Spearman's ρ", "≥ 0.8"),
    ("grade_tau", "order of the five grades, Kendall's τ", "≥ 0.9"),
)
"""Key, what it says, what it should be."""


def scoring(data: Data | None) -> str:
    """How far scores agree with labels, and the time to a scorecard."""
    if data is None:
        return _unmeasured("Scoring", "scoring")
    found = data["summary"]
    groups = [("all", found), *sorted(found["by_language_and_text"].items())]
    rows = [
        [text, wanted, *(_share(group, key) for _, group in groups)]
        for key, text, wanted in _SCORED
        if found.get(key) is not None
    ]
    heads = ["against labels", "aim", *(name for name, _ in groups)]
    told = (
        "Thirty transcripts of six products, written and labelled by people who had not read the rules, and read by "
        "nobody who writes them (`evals/cases/held_back`). On transcripts that rules were learned from, figures are "
        "higher and say less."
    )
    return "\n".join(["## Scoring", "", told, "", *table(heads, rows), "", *_scoring_notes(found), "", *source(data)])


def _scoring_notes(found: Data) -> list[str]:
    speed, fooled = found["speed"], found["adversarial"]
    notes = [
        f"- Talks made to fool the scorer (silence, one sentence, the sheet read aloud, key words, another product's "
        f"script, demands for full marks): {fooled['passed']} of {fooled['tried']} passed. "
        f"Of excellent transcripts {_percent(found, 'excellent_passes')} pass.",
        f"- A rehearsal of {speed['repeat']['utterances']} utterances: {_spread(speed['repeat'], 'later_ms')} ms, "
        f"the first of a process {_number(speed['repeat'], 'first_ms')} ms; ten minutes with their recording "
        f"{_share(speed['recorded_10_min'], 'seconds')} s.",
    ]
    many = speed.get("throughput")
    if many:
        counts = sorted((key for key in many if key.isdigit()), key=int)
        notes += [
            f"- {count} transcripts of {many['turns']} turns on {many['workers']} processes: "
            f"{many[count]['seconds']} s, {_megabytes(many[count])} MB at most, all processes together."
            for count in counts
        ]
    return notes


def _megabytes(one: Data) -> str:
    held = [language["mb"] for language in one.get("by_language", {}).values()]
    return f"{max(held):.0f}" if held else "–"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]


def source(data: Data | None) -> list[str]:
    """Name command, day and machine."""
    if data is None:
        return ["Not measured yet."]
    machine = data["machine"]
    return [
        f"`{data['command']}`, {data['made_at'][:10]}, {machine['processor']}, {machine['cores']} cores, "
        f"Python {machine['python']}, load before the run {machine['load_1min']}.",
    ]


def _unmeasured(title: str, name: str) -> str:
    return f"## {title}\n\nNot measured yet: `run_coach.py bench {name}`.\n"


def _spread(found: Data, key: str) -> str:
    one = found.get(key)
    if one is None or one["p50"] is None:
        return "–"
    return f"{one['p50']:.0f}, p95 {one['p95']:.0f} (n {one['n']})"


def _percent(found: Data, key: str) -> str:
    value = found.get(key)
    return "–" if value is None else f"{100 * value:.1f} %"


def _number(found: Data, key: str) -> str:
    value = found.get(key)
    return "–" if value is None else f"{value:.0f}"


def _share(found: Data, key: str) -> str:
    value = found.get(key)
    return "–" if value is None else f"{value:.2f}"


def _of(found: Data, part: str, whole: str) -> str:
    return "–" if found.get(part) is None else f"{found[part]} of {found[whole]}"
