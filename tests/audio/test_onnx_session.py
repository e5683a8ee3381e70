"""A network in 8 bits gives the same on every processor."""

from __future__ import annotations

import numpy as np
import pytest

from audio.onnx_session import single_threaded
from coach.onnx_graph import Graph, Tensor


def test_large_products_of_signed_weights_do_not_overflow() -> None:
    pytest.importorskip("onnxruntime")
    graph, size = Graph(), 64
    weights = graph.constant("weights", np.full((size, size), 127, dtype=np.int8))
    graph.node("DynamicQuantizeLinear", ["given"], "bytes", "step", "zero")
    graph.node("MatMulInteger", ["bytes", weights, "zero"], "products")
    graph.node("Cast", ["products"], "found", to=1)
    model = graph.model("made", [Tensor("given", "float32", (1, size))], [Tensor("found", "float32", (1, size))])
    (found,) = single_threaded(model).run(None, {"given": np.ones((1, size), dtype=np.float32)})
    # One is 255 steps; two products of 255 and 127 are more than 16 bits hold.
    assert found.tolist() == [[size * 255 * 127] * size]
