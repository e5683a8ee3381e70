"""The bytes by hand, and graphs that onnxruntime takes and runs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.onnx_graph import Graph, Tensor

TABLE = np.array([[1, 2, 3], [0, -1, 4], [5, 5, -5], [0.5, 0.25, 8]], dtype=np.float32)
PIECES = [3, 0, 0, 2]


def run(graph: Graph, width: int = 3) -> NDArray[np.float32]:
    onnxruntime = pytest.importorskip("onnxruntime")
    given, found = Tensor("pieces", "int64", ("pieces",)), Tensor("states", "float32", ("pieces", width))
    model = graph.model("made", [given], [found])
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    states: NDArray[np.float32] = session.run(None, {"pieces": np.array(PIECES, dtype=np.int64)})[0]
    return states


@pytest.mark.parametrize(
    ("size", "varint"), [(0, b"\x00"), (1, b"\x01"), (127, b"\x7f"), (128, b"\x80\x01"), (16384, b"\x80\x80\x01")]
)
def test_a_length_takes_seven_bits_a_byte_the_lowest_first(size: int, varint: bytes) -> None:
    graph = Graph()
    graph.constant("a" * size, np.array([7], dtype=np.int8))
    dims, kind, name, data = b"\x08\x01", b"\x10\x03", b"\x42" + varint + b"a" * size, b"\x4a\x01\x07"
    assert graph.tensors == [dims + kind + name + data]


def test_a_negative_number_takes_ten_bytes() -> None:
    graph = Graph()
    graph.node("Softmax", ["a"], "b", axis=-1)
    minus_one = b"\x18" + b"\xff" * 9 + b"\x01"
    assert b"\x0a\x04axis" + minus_one + b"\xa0\x01\x02" in graph.nodes[0]


def test_two_nodes_run() -> None:
    graph = Graph()
    picked = graph.node("Gather", [graph.constant("table", TABLE), "pieces"], "picked")
    graph.node("Mul", [picked, graph.constant("twice", np.array(2, dtype=np.float32))], "states")
    np.testing.assert_array_equal(run(graph), TABLE[PIECES] * 2)


def test_names_and_tables_of_more_than_127_bytes_run() -> None:
    table = np.arange(4 * 300, dtype=np.float32).reshape(4, 300)
    graph = Graph()
    picked = graph.node("Gather", [graph.constant("t" * 200, table), "pieces"], "p" * 20_000)
    graph.node("Identity", [picked], "states")
    np.testing.assert_array_equal(run(graph, width=300), table[PIECES])


def test_every_kind_of_attribute_is_taken() -> None:
    graph = Graph()
    picked = graph.node("Gather", [graph.constant("table", TABLE), "pieces"], "picked")
    ones, zeros = np.ones(3, dtype=np.float32), np.zeros(3, dtype=np.float32)
    parts = [graph.constant("ones", ones), graph.constant("zeros", zeros)]
    normal = graph.node("LayerNormalization", [picked, *parts], "normal", axis=-1, epsilon=0.5)
    curved = graph.node("Gelu", [normal], "curved", approximate="tanh")
    turned = graph.node("Transpose", [curved], "turned", perm=(1, 0))
    shares = graph.node("Softmax", [turned], "shares", axis=-1)
    graph.node("Transpose", [shares], "states", perm=[1, 0])
    wanted = [gelu((x - sum(row) / 3) / math.sqrt(spread(row) + 0.5)) for row in TABLE[PIECES].tolist() for x in row]
    grown = np.exp(np.reshape(wanted, (len(PIECES), 3)))
    np.testing.assert_allclose(run(graph), grown / grown.sum(axis=0), rtol=1e-5)


def spread(row: list[float]) -> float:
    return sum((x - sum(row) / 3) ** 2 for x in row) / 3


def gelu(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
