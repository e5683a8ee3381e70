"""The few parts of the ONNX file format that a graph of our own needs: nodes, tensors and a model, as protobuf bytes.

The package onnx would do it as well; it brings a protobuf runtime and half a second of imports for a page of numbers.
Field numbers are those of onnx.proto (Apache-2.0), versions 9 of the format and 20 of the operators.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FORMAT, OPERATORS = 9, 20
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}
_FLOAT, _INT, _STRING, _INTS = 1, 2, 3, 7
_VARINT, _BYTES, _FIXED = 0, 2, 5
Value = int | float | str | Sequence[int]


@dataclass(slots=True)
class Graph:
    """A graph under construction.

    Attributes:
        nodes, tensors: What is there so far, encoded.
    """

    nodes: list[bytes] = field(default_factory=list)
    tensors: list[bytes] = field(default_factory=list)

    def constant(self, name: str, array: NDArray[np.generic]) -> str:
        """Add a tensor and return its name."""
        dims = b"".join(_number(1, size) for size in array.shape)
        kind = _number(2, _TYPES[array.dtype.name])
        self.tensors.append(dims + kind + _text(8, name) + _bytes(9, np.ascontiguousarray(array).tobytes()))
        return name

    def node(self, kind: str, inputs: Sequence[str], *outputs: str, **attributes: Value) -> str:
        """Add an operator and return its first output."""
        parts = [_text(1, name) for name in inputs] + [_text(2, name) for name in outputs] + [_text(4, kind)]
        self.nodes.append(b"".join(parts) + b"".join(_bytes(5, _attribute(*item)) for item in attributes.items()))
        return outputs[0]

    def model(self, name: str, given: tuple[str, str], found: tuple[str, str, int]) -> bytes:
        """Return the whole as a file holds it.

        Args:
            name: Of the graph.
            given: Name and type of the input, of one dimension of any size.
            found: Name, type and width of the output, (any, width).
        """
        graph = b"".join(_bytes(1, node) for node in self.nodes) + _text(2, name)
        graph += b"".join(_bytes(5, tensor) for tensor in self.tensors)
        graph += _bytes(11, _shaped(given[0], given[1], [None]))
        graph += _bytes(12, _shaped(found[0], found[1], [None, found[2]]))
        return _number(1, FORMAT) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, OPERATORS))


def _attribute(name: str, value: Value) -> bytes:
    head = _text(1, name)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, _INT)
    if isinstance(value, float):
        return head + _key(2, _FIXED) + struct.pack("<f", value) + _number(20, _FLOAT)
    if isinstance(value, str):
        return head + _text(4, value) + _number(20, _STRING)
    return head + b"".join(_number(8, item) for item in value) + _number(20, _INTS)


def _shaped(name: str, kind: str, sizes: Sequence[int | None]) -> bytes:
    dims = [_bytes(1, _text(2, "pieces") if size is None else _number(1, size)) for size in sizes]
    tensor = _number(1, _TYPES[kind]) + _bytes(2, b"".join(dims))
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _text(number: int, value: str) -> bytes:
    return _bytes(number, value.encode("utf-8"))


def _bytes(number: int, value: bytes) -> bytes:
    return _key(number, _BYTES) + _varint(len(value)) + value


def _number(number: int, value: int) -> bytes:
    return _key(number, _VARINT) + _varint(value & (1 << 64) - 1)


def _key(number: int, wire: int) -> bytes:
    return _varint(number << 3 | wire)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])
