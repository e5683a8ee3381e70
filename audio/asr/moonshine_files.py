"""Where the Moonshine model lies: in the package `moonshine-voice`, whose library is not needed and never loaded."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from coach.errors import EngineError

NAME = "moonshine"
PACKAGE = "moonshine_voice"
NEEDED = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
_FOLDER = Path("assets") / "tiny-en"


def model_folder() -> Path | None:
    """Return the folder of the English model that the package carries, None where it is missing or carries none."""
    found = find_spec(PACKAGE)
    for place in (found.submodule_search_locations or ()) if found is not None else ():
        folder = Path(place) / _FOLDER
        if all((folder / name).is_file() for name in NEEDED):
            return folder
    return None


def read_tokens(path: Path) -> list[bytes]:
    """Return the text of each token, by its number.

    The file holds for each its length in bytes, of one byte, or of two where the first has its top bit set, then
    the bytes.

    Raises:
        EngineError: If the file breaks off inside a token.
    """
    data = path.read_bytes()
    tokens: list[bytes] = []
    at = 0
    while at < len(data):
        length, at = data[at], at + 1
        if length >= _TWO_BYTES and at < len(data):
            length, at = length - _TWO_BYTES + _TWO_BYTES * data[at], at + 1
        if at + length > len(data):
            raise EngineError(NAME, "{path} is damaged. Install the package moonshine-voice again.", path=path)
        tokens.append(data[at : at + length])
        at += length
    return tokens


_TWO_BYTES = 128
