"""The few parts of the ONNX file format that graphs of our own need: nodes, tensors and a model, as protobuf bytes.

The package onnx would do it as well; it brings a protobuf runtime and half a second of imports for a page of numbers.
Field numbers are those of onnx.proto (Apache-2.0), versions 9 of the format and 20 of the operators.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FORMAT, OPERATORS = 9, 20
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}
MICROSOFT = "com.microsoft"
"""Domain of onnxruntime's own operators, version 1."""
_FLOAT, _INT, _STRING, _INTS = 1, 2, 3, 7
_VARINT, _BYTES, _FIXED = 0, 2, 5
Value = int | float | str | Sequence[int]


class Tensor(NamedTuple):
    """An input or an output of a graph."""

    name: str
    kind: str
    """As NumPy names it: `float32`, `int64`."""
    sizes: tuple[int | str, ...]
    """A name stands for any size, the same wherever it stands."""


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

    def node(
        self, kind: str, inputs: Sequence[str], *outputs: str, domain: str | None = None, **attributes: Value
    ) -> str:
        """Add an operator and return its first output.

        Args:
            kind: What ONNX calls it.
            inputs: Names.
            outputs: Names.
            domain: Whose operator it is; ONNX's own without.
            attributes: Its settings.
        """
        parts = [_text(1, name) for name in inputs] + [_text(2, name) for name in outputs] + [_text(4, kind)]
        parts += [_bytes(5, _attribute(*item)) for item in attributes.items()]
        self.nodes.append(b"".join(parts) + (_text(7, domain) if domain else b""))
        return outputs[0]

    def model(self, name: str, given: Sequence[Tensor], found: Sequence[Tensor]) -> bytes:
        """Return the whole as a file holds it.

        Args:
            name: Of the graph.
            given: Inputs.
            found: Outputs.
        """
        graph = [_bytes(1, node) for node in self.nodes] + [_text(2, name)]
        graph += [_bytes(5, tensor) for tensor in self.tensors]
        graph += [_bytes(11, _shaped(one)) for one in given] + [_bytes(12, _shaped(one)) for one in found]
        size = _key(7, _BYTES) + _varint(sum(map(len, graph)))
        versions = _bytes(8, _text(1, "") + _number(2, OPERATORS)) + _bytes(8, _text(1, MICROSOFT) + _number(2, 1))
        return b"".join([_number(1, FORMAT), size, *graph, versions])


def _attribute(name: str, value: Value) -> bytes:
    head = _text(1, name)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, _INT)
    if isinstance(value, float):
        return head + _key(2, _FIXED) + struct.pack("<f", value) + _number(20, _FLOAT)
    if isinstance(value, str):
        return head + _text(4, value) + _number(20, _STRING)
    return head + b"".join(_number(8, item) for item in value) + _number(20, _INTS)


def _shaped(one: Tensor) -> bytes:
    dims = [_bytes(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in one.sizes]
    tensor = _number(1, _TYPES[one.kind]) + _bytes(2, b"".join(dims))
    return _text(1, one.name) + _bytes(2, _bytes(1, tensor))


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
