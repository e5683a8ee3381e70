"""Making pocketsphinx decoders. The binding reads what they are made of from files only."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from audio.asr.pronounce import Phones
from audio.asr.sphinx_read import Decoder

_LANGUAGE = "en-us"


def model_folder() -> Path:
    """Return where the package keeps its acoustic model."""
    from pocketsphinx import get_model_path

    return Path(get_model_path(), _LANGUAGE, _LANGUAGE)


def dictionary_path() -> Path:
    """Return the package's pronouncing dictionary."""
    from pocketsphinx import get_model_path

    return Path(get_model_path(), _LANGUAGE, "cmudict-en-us.dict")


def load(config: Mapping[str, object], *, dictionary: str = "", arpa: str = "") -> Decoder:
    """Make a decoder that takes normalised cepstra: 0.03 s, or 0.5 s with the general model and dictionary.

    Args:
        config: Parameters of pocketsphinx.
        dictionary: Lines of `word PH PH`; the general dictionary if empty.
        arpa: Text of a language model; the general one if empty.

    Raises:
        RuntimeError: If pocketsphinx cannot load it.
    """
    from pocketsphinx import Decoder as Sphinx

    with tempfile.TemporaryDirectory(prefix="coach-asr-") as folder:
        features = (model_folder() / "feat.params").read_text(encoding="utf-8")
        files = {"featparams": re.sub(r"-cmn \w+", "-cmn none", features), "dict": dictionary, "lm": arpa}
        paths = {name: _write(Path(folder, name), text) for name, text in files.items() if text}
        return cast("Decoder", Sphinx(loglevel="FATAL", samprate=16_000, **paths, **config))


def _write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def entry(word: str, sounds: list[Phones]) -> str:
    """Return the lines of a pronouncing dictionary for a word, further pronunciations as `word(2)`."""
    names = [word, *(f"{word}({n})" for n in range(2, len(sounds) + 1))]
    return "".join(f"{name} {' '.join(phones)}\n" for name, phones in zip(names, sounds, strict=False))
