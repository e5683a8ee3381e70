"""What a browser may ask of a running rehearsal, and what it is answered: the same over data channel and HTTP."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, assert_never

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.events import MicrophoneUsed
from coach.live.microphone import device_name
from coach.live.rehearsal import LiveRehearsal
from coach.score.scorecard import Text

MAX_SAY_CHARS = 2000
"""Longest typed message."""
MAX_MESSAGE_BYTES = 16 * 1024
"""Longest data channel message read."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Since(_Message):
    """Send the records from number `seq` on, then new ones as they come. First message on a data channel."""

    type: Literal["since"]
    seq: int = Field(ge=0, le=10_000_000)


class Say(_Message):
    """Typed words of the streamer."""

    type: Literal["say"]
    text: str = Field(min_length=1, max_length=MAX_SAY_CHARS)
    id: str | None = Field(default=None, min_length=1, max_length=64)
    """Anything that no other line carries. A line whose answer was lost is sent again with its id, and taken once."""


class Pause(_Message):
    """Let the viewers wait."""

    type: Literal["pause"]


class Resume(_Message):
    """Go on."""

    type: Literal["resume"]


class End(_Message):
    """End the rehearsal; it is scored then."""

    type: Literal["end"]


class Stop(_Message):
    """End all pressure at once, as the safe word does."""

    type: Literal["stop"]


class Words(_Message):
    """What the browser's own speech recognition understood; only where the rehearsal was opened with it."""

    type: Literal["words"]
    result: int = Field(ge=0, le=2**53 - 1)
    """Numbers of results rise, also where a page is loaded anew (the page begins with its clock's milliseconds); a
    newer guess of the same result carries its number."""
    text: str = Field(max_length=MAX_SAY_CHARS)
    final: bool
    """Whether the browser will not change it again."""


class Microphone(_Message):
    """Which microphone is used from now on, and what the browser does to its sound (`getSettings`)."""

    type: Literal["microphone"]
    device: str = Field(default="", max_length=1000)
    """Anything that stays the same for the same microphone; only a hash of it is kept."""
    echo_cancellation: bool | None = None
    noise_suppression: bool | None = None
    auto_gain_control: bool | None = None


class Ping(_Message):
    """Ask for a sign of life."""

    type: Literal["ping"]
    t: float
    """Any number; comes back unchanged."""


AnyCommand: TypeAlias = Since | Say | Words | Microphone | Pause | Resume | End | Stop | Ping
Command = Annotated[AnyCommand, Field(discriminator="type")]
_COMMAND: TypeAdapter[AnyCommand] = TypeAdapter(Command)


class Pong(_Message):
    """Answer to a ping."""

    type: Literal["pong"] = "pong"
    t: float
    at: float
    """Rehearsal seconds."""


class Taken(_Message):
    """Answer to every other command, over HTTP only."""

    type: Literal["taken"] = "taken"
    at: float
    """Rehearsal seconds."""


class Refusal(_Message):
    """Answer to what is no command, and the last word on a connection the server closes."""

    type: Literal["error"] = "error"
    code: str
    message: Text


_NOT_BEGUN = Text(
    zh="排练还没有开始：语音连接建立后才开始。现在只能结束它。",
    en="The rehearsal has not begun: it begins once the microphone is connected. Until then it can only be ended.",
)


_NOT_ASKED = Text(
    zh="这场排练没有选择使用浏览器自带的语音识别。",
    en="This rehearsal was not opened with the browser's own speech recognition.",
)


def read_command(data: str | bytes) -> AnyCommand | Refusal:
    """Read one data channel message; what is not a command comes back as the refusal to send."""
    if len(data) > MAX_MESSAGE_BYTES:
        text = Text(zh="消息太长，请分开发送。", en="The message is too long; send it in parts.")
        return Refusal(code="too_long", message=text)
    try:
        return _COMMAND.validate_json(data)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]["msg"]
        text = Text(zh=f"无法识别的指令：{fault}", en=f"Not a command of this room: {fault}")
        return Refusal(code="bad_command", message=text)


def obey(rehearsal: LiveRehearsal, command: AnyCommand) -> Pong | Taken | Refusal:
    """Carry out a command, or say why not; `since` is the connection's own business and changes nothing here."""
    if isinstance(command, Say | Pause | Resume) and not rehearsal.log.records:
        return Refusal(code="not_begun", message=_NOT_BEGUN)
    at = round(rehearsal.clock.now(), 4)
    match command:
        case Words():
            if not rehearsal.hear_page(command.result, command.text, is_final=command.final):
                return Refusal(code="not_asked", message=_NOT_ASKED)
        case Ping():
            return Pong(t=command.t, at=at)
        case _:
            _carry_out(rehearsal, command)
    return Taken(at=at)


def _carry_out(rehearsal: LiveRehearsal, command: Since | Say | Microphone | Pause | Resume | End | Stop) -> None:
    match command:
        case Say():
            rehearsal.say(command.text, command.id)
        case Microphone():
            rehearsal.microphone.use(_used(command))
        case Pause():
            rehearsal.pause()
        case Resume():
            rehearsal.resume()
        case End():
            rehearsal.end()
        case Stop():
            rehearsal.stop()
        case Since():
            pass
        case _:
            assert_never(command)


def _used(command: Microphone) -> MicrophoneUsed:
    return MicrophoneUsed(
        device=device_name(command.device),
        echo_cancellation=command.echo_cancellation,
        noise_suppression=command.noise_suppression,
        auto_gain_control=command.auto_gain_control,
    )
