"""libopus called directly: the copy inside PyAV's wheel, or the system's.

FFmpeg, which PyAV wraps, has no call for concealment or for the copy of a lost frame in the next packet, decodes at
48 kHz only, and passes every frame to be encoded through a filter graph.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import av
import numpy as np

from coach.ports import EAR_RATE_HZ, MOUTH_FRAME, MOUTH_RATE_HZ, Int16Array

MAX_SAMPLES = 5760 // 3
"""Longest Opus packet, 120 ms, at 16 kHz."""
MAX_BYTES = 1276
"""Longest packet of one frame (RFC 6716, 3.4) and its first byte."""
VOIP = 2048
"""OPUS_APPLICATION_VOIP."""
SET_BITRATE, SET_VBR, SET_COMPLEXITY, SET_INBAND_FEC = 4002, 4006, 4010, 4012
SET_PACKET_LOSS_PERC, SET_VBR_CONSTRAINT = 4014, 4020
"""Requests of opus_encoder_ctl, numbered in opus_defines.h."""


def candidates() -> Iterator[str]:
    """Yield where the library may lie, best first."""
    package = Path(av.__file__).parent
    for pattern in ("av.libs/libopus*.so*", "av/.dylibs/libopus*.dylib", "av.libs/*opus*.dll"):
        yield from (str(path) for path in sorted(package.parent.glob(pattern)))
    if (found := find_library("opus")) is not None:
        yield found


def declared(path: str) -> Any:  # a library of C has no types of ours
    """Load a library and say what its functions take.

    Raises:
        OSError: If it cannot be loaded.
        AttributeError: If it is another library.
    """
    library = ctypes.CDLL(path)
    number, pointer = ctypes.c_int, ctypes.c_void_p
    for name, result, arguments in (
        ("opus_decoder_create", pointer, [ctypes.c_int32, number, pointer]),
        ("opus_decoder_destroy", None, [pointer]),
        ("opus_decode", number, [pointer, ctypes.c_char_p, ctypes.c_int32, pointer, number, number]),
        ("opus_encoder_create", pointer, [ctypes.c_int32, number, number, pointer]),
        ("opus_encoder_destroy", None, [pointer]),
        ("opus_encoder_ctl", number, [pointer, number]),
        ("opus_encode", ctypes.c_int32, [pointer, pointer, number, pointer, ctypes.c_int32]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class Decoder:
    """One stream of packets in, 16 kHz mono out.

    Raises:
        MemoryError: If libopus makes none.
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        fault = ctypes.c_int()
        self._state = library.opus_decoder_create(EAR_RATE_HZ, 1, ctypes.byref(fault))
        if not self._state:
            raise MemoryError(f"libopus made no decoder: error {fault.value}")
        weakref.finalize(self, library.opus_decoder_destroy, self._state)
        self._out = np.empty(MAX_SAMPLES, np.int16)
        self._out_at = self._out.ctypes.data

    def run(self, payload: bytes | None, room: int, *, copy_of_last: bool = False) -> Int16Array:
        """Return the sound of a packet, or what goes in place of one.

        Args:
            payload: None: it is lost.
            room: Most samples that may come; the number that does where the packet is lost.
            copy_of_last: Return what `payload` says about the frame before it.

        Raises:
            ValueError: If it is no Opus packet.
        """
        length = len(payload) if payload is not None else 0
        got = self._library.opus_decode(self._state, payload, length, self._out_at, room, int(copy_of_last))
        if got < 0:
            raise ValueError(f"expected an Opus packet, libopus says error {got}")
        return self._out[:got].copy()


class Encoder:
    """48 kHz mono in, one packet for each 20 ms out.

    Args:
        library: As `declared`.
        settings: Requests of opus_encoder_ctl and their values.

    Raises:
        MemoryError: If libopus makes none, or refuses a setting.
    """

    def __init__(self, library: Any, settings: dict[int, int]) -> None:
        self._library = library
        fault = ctypes.c_int()
        self._state = library.opus_encoder_create(MOUTH_RATE_HZ, 1, VOIP, ctypes.byref(fault))
        if not self._state:
            raise MemoryError(f"libopus made no encoder: error {fault.value}")
        weakref.finalize(self, library.opus_encoder_destroy, self._state)
        for request, value in settings.items():
            if (refused := library.opus_encoder_ctl(self._state, request, ctypes.c_int(value))) != 0:
                raise MemoryError(f"libopus refuses the setting {request} = {value}: error {refused}")
        self._pcm, self._packet = np.empty(MOUTH_FRAME, np.int16), np.empty(MAX_BYTES, np.uint8)
        self._pcm_at, self._packet_at = self._pcm.ctypes.data, self._packet.ctypes.data

    def run(self, pcm: Int16Array) -> bytes:
        """Return 20 ms, shape (960,), as a packet.

        Raises:
            ValueError: If libopus cannot.
        """
        self._pcm[:] = pcm
        got = self._library.opus_encode(self._state, self._pcm_at, MOUTH_FRAME, self._packet_at, MAX_BYTES)
        if got < 0:
            raise ValueError(f"libopus does not encode: error {got}")
        return self._packet[:got].tobytes()
