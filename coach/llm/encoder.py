"""The learned reader's encoder on onnxruntime, in 8 bits: as `coach.language.reader.net.Net`, several times faster.

A row is run by itself, so what comes out does not depend on what else is read; Python's lock is not held meanwhile.
Weights are used in 7 bits: processors without VNNI add two products of 8 bits in 16 bits, where larger ones overflow.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime

from coach.language.reader.net import Array, Weights, layers_of, whole
from coach.onnx_graph import Graph, Tensor

_ERRORS_ONLY = 3
_EPSILON = 1e-12


class OnnxEncoder:
    """The encoder.

    Args:
        weights: As of `coach.language.reader.net.Net`.
        heads: Attention heads.
    """

    def __init__(self, weights: Weights, heads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # rows are short, and rehearsals many
        options.log_severity_level = _ERRORS_ONLY
        made = graph_of(weights, heads)
        self._session = onnxruntime.InferenceSession(made, options, providers=["CPUExecutionProvider"])

    def read(self, row: Sequence[int]) -> Array:
        """Return the states (pieces, H) of one row of piece numbers."""
        states: Array = self._session.run(None, {"pieces": np.array(row, dtype=np.int64)})[0]
        return states


def graph_of(weights: Weights, heads: int) -> bytes:
    """Return the encoder as an ONNX model: `pieces` (pieces,) of int64 in, `states` (pieces, H) out."""
    graph, width = Graph(), len(weights["norm.w"])
    made = _Layers(graph, weights, heads, width)
    states = made.words()
    for layer in range(layers_of(weights)):
        states = made.through(str(layer), states)
    graph.node("Identity", [states], "states")
    given, found = Tensor("pieces", "int64", ("pieces",)), Tensor("states", "float32", ("pieces", width))
    return graph.model("reader", [given], [found])


class _Layers:
    def __init__(self, graph: Graph, weights: Weights, heads: int, width: int) -> None:
        self._graph, self._weights, self._width = graph, weights, width
        self._apart = graph.constant("apart", np.array([-1, 3, heads, width // heads]))
        self._flat = graph.constant("flat", np.array([-1, width]))
        self._share = graph.constant("share", np.array((width // heads) ** -0.5, dtype=np.float32))
        self._first = graph.constant("first", np.array([0]))

    def words(self) -> str:
        """Add what makes the first states of the pieces."""
        graph, weights = self._graph, self._weights
        word = graph.constant("word", weights["word"])
        vectors = graph.node("Gather", [word, "pieces"], "word.small")
        if "word.scale" in weights:
            scale = graph.constant("word.scale", weights["word.scale"])
            rows = graph.node("Gather", [scale, "pieces"], "word.rows")
            vectors = graph.node("Cast", [vectors], "word.cast", to=1)
            vectors = graph.node("Mul", [vectors, rows], "word.whole")
        if "up" in weights:
            vectors = graph.node("MatMul", [vectors, graph.constant("up", whole(weights, "up"))], "word.wide")
        places = graph.constant("position", whole(weights, "position"))
        size = graph.node("Shape", ["pieces"], "size")
        place = graph.node("Slice", [places, self._first, size, self._first], "place")
        return self._normal("norm", graph.node("Add", [vectors, place], "placed"))

    def through(self, layer: str, states: str) -> str:
        """Add one layer and return its states."""
        graph = self._graph
        mixed = graph.node("Reshape", [self._times(f"{layer}.qkv", states), self._apart], f"{layer}.apart")
        turned = graph.node("Transpose", [mixed], f"{layer}.turned", perm=(1, 2, 0, 3))
        names = [f"{layer}.{part}" for part in ("asked", "keys", "values")]
        graph.node("Split", [turned], *names, axis=0, num_outputs=3)
        keys = graph.node("Transpose", [names[1]], f"{layer}.across", perm=(0, 1, 3, 2))
        near = graph.node("MatMul", [names[0], keys], f"{layer}.far")
        near = graph.node("Mul", [near, self._share], f"{layer}.near")
        near = graph.node("Softmax", [near], f"{layer}.shares", axis=-1)
        joined = graph.node("MatMul", [near, names[2]], f"{layer}.heads")
        joined = graph.node("Transpose", [joined], f"{layer}.back", perm=(0, 2, 1, 3))
        joined = graph.node("Reshape", [joined, self._flat], f"{layer}.joined")
        states = graph.node("Add", [states, self._times(f"{layer}.out", joined)], f"{layer}.sum1")
        states = self._normal(f"{layer}.norm1", states)
        wide = graph.node("Gelu", [self._times(f"{layer}.wide", states)], f"{layer}.gelu", approximate="tanh")
        states = graph.node("Add", [states, self._times(f"{layer}.narrow", wide)], f"{layer}.sum2")
        return self._normal(f"{layer}.norm2", states)

    def _times(self, name: str, states: str) -> str:
        """Add a product with a matrix in 7 bits, and its bias."""
        graph, full = self._graph, whole(self._weights, name)
        scale = np.abs(full).max(axis=0, keepdims=True) / 63 + np.float32(_EPSILON)
        small = graph.constant(name, np.round(full / scale).astype(np.int8))
        graph.node("DynamicQuantizeLinear", [states], f"{name}.given", f"{name}.step", f"{name}.zero")
        product = graph.node("MatMulInteger", [f"{name}.given", small, f"{name}.zero"], f"{name}.counts")
        product = graph.node("Cast", [product], f"{name}.cast", to=1)
        steps = graph.constant(f"{name}.scale", scale[0].astype(np.float32))
        steps = graph.node("Mul", [f"{name}.step", steps], f"{name}.steps")
        product = graph.node("Mul", [product, steps], f"{name}.product")
        bias = graph.constant(f"{name}.b", whole(self._weights, f"{name}.b"))
        return graph.node("Add", [product, bias], f"{name}.sum")

    def _normal(self, name: str, states: str) -> str:
        parts = [self._graph.constant(f"{name}.{part}", whole(self._weights, f"{name}.{part}")) for part in ("w", "b")]
        return self._graph.node("LayerNormalization", [states, *parts], f"{name}.out", axis=-1, epsilon=_EPSILON)
