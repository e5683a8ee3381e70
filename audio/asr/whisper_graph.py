"""Whisper's decoder as two ONNX graphs: what the sound is to every token, and what follows tokens.

CTranslate2 reads a draft's tokens one by one, as slowly as it writes them, and rounds each row of a matrix with one
scale. Here tokens are read in one run, and every 64 numbers have a scale of their own.
"""

from __future__ import annotations

import numpy as np

from audio.asr.ctranslate2_weights import Floats, Weights
from coach.onnx_graph import MICROSOFT, Graph, Tensor

_BLOCKS = (64, 32, 16)
"""Numbers that share a scale, as many as divide the width."""
_MIDDLE, _MOST = 128, 127
"""The byte that is zero, and the largest step from it."""
_BITS = 8
_BYTES_DO = 4
"""MatMulNBits' accuracy level at which products are of bytes. Each row gets scales of its own, so that what is found
for a token hardly depends on what is read beside it."""
_EPSILON = 1e-5
"""Of Whisper's layer norms."""
_GELU = 3
"""CTranslate2's number for it."""
_SETTINGS = {"activation": _GELU, "alibi": 0, "pre_norm": 1, "scale_embeddings": 0, "start_from_zero_embedding": 0}


def layers_of(weights: Weights) -> int:
    """Return how many layers the decoder has.

    Raises:
        ValueError: If it is none that the graphs below can be.
    """
    for name, wanted in _SETTINGS.items():
        if f"decoder/{name}" in weights and weights.number(f"decoder/{name}") != wanted:
            raise ValueError(f"expected decoder/{name} to be {wanted}, got {weights.number(f'decoder/{name}')}")
    count = 0
    while f"decoder/layer_{count}/ffn/linear_0/weight" in weights:
        count += 1
    if not count:
        raise ValueError("expected a decoder, found no layer of one")
    return count


def sound_graph(weights: Weights, heads: int, layers: int) -> bytes:
    """Return what makes `k0`, `v0`, … of `sound` (frames, width): (heads, width / heads, frames) and turned."""
    made = _Layers(weights, heads)
    found = []
    for layer in range(layers):
        made.of_sound(layer)
        found += [Tensor(f"k{layer}", "float32", (heads, made.part, "t")), made.values_of_sound(layer)]
    return made.graph.model("sound", [Tensor("sound", "float32", ("t", made.width))], found)


def words_graph(weights: Weights, heads: int, layers: int) -> bytes:
    """Return what makes `scores` (m, vocabulary) of tokens.

    Besides what `sound_graph` makes it takes `words` (n, width), the tokens' vectors and places; `mask` (n, all), to be
    added; `rows` (m,), the tokens that scores are wanted for; and of the tokens before `past.k0`, `past.v0`, …
    (heads, p, width / heads). Those of all tokens are its further outputs, `all.k0`, `all.v0`, ….
    """
    made = _Layers(weights, heads)
    given = [Tensor("words", "float32", ("n", made.width)), Tensor("mask", "float32", ("n", "all"))]
    given.append(Tensor("rows", "int64", ("m",)))
    vocabulary = weights.whole("decoder/projection/weight")
    found, states = [Tensor("scores", "float32", ("m", len(vocabulary)))], "words"
    for layer in range(layers):
        states = made.through(layer, states)
        for letter in "kv":
            given.append(Tensor(f"past.{letter}{layer}", "float32", (heads, "p", made.part)))
            found.append(Tensor(f"all.{letter}{layer}", "float32", (heads, "all", made.part)))
        given += [Tensor(f"k{layer}", "float32", (heads, made.part, "t")), made.values_of_sound(layer)]
    last = made.graph.node("Gather", [states, "rows"], "last", axis=0)
    made.product("scores", made.normal("last", last, "decoder/layer_norm"), vocabulary)
    return made.graph.model("words", given, found)


class _Layers:
    def __init__(self, weights: Weights, heads: int) -> None:
        self.graph = graph = Graph()
        self._weights, self._heads = weights, heads
        self.width = len(weights.whole("decoder/layer_norm/gamma"))
        self.part = self.width // heads
        self._flat = graph.constant("flat", np.array([-1, self.width]))
        self._apart = graph.constant("apart", np.array([-1, heads, self.part]))
        self._share = graph.constant("share", np.array(self.part**-0.5, dtype=np.float32))

    def values_of_sound(self, layer: int) -> Tensor:
        """Return the shape of the values that a layer takes from the sound."""
        return Tensor(f"v{layer}", "float32", (self._heads, "t", self.part))

    def of_sound(self, layer: int) -> None:
        """Add what a layer takes from the sound."""
        both = self._times(f"decoder/layer_{layer}/attention/linear_1", "sound")
        keys, values = self._split(f"sound{layer}", both, 2)
        self.graph.node("Transpose", [keys], f"k{layer}", perm=(0, 2, 1))
        self.graph.node("Identity", [values], f"v{layer}")

    def through(self, layer: int, states: str) -> str:
        """Add one layer and return its states."""
        graph, name = self.graph, f"decoder/layer_{layer}"
        mixed = self._times(
            f"{name}/self_attention/linear_0", self.normal(f"{layer}.1", states, f"{name}/self_attention/layer_norm")
        )
        asked, keys, values = self._split(f"own{layer}", mixed, 3)
        keys = graph.node("Concat", [f"past.k{layer}", keys], f"all.k{layer}", axis=1)
        values = graph.node("Concat", [f"past.v{layer}", values], f"all.v{layer}", axis=1)
        keys = graph.node("Transpose", [keys], f"{layer}.keys", perm=(0, 2, 1))
        joined = self._attend(f"{layer}.own", asked, keys, values, masked=True)
        states = graph.node("Add", [states, self._times(f"{name}/self_attention/linear_1", joined)], f"{layer}.one")
        normal = self.normal(f"{layer}.2", states, f"{name}/attention/layer_norm")
        (asked,) = self._split(f"asked{layer}", self._times(f"{name}/attention/linear_0", normal), 1)
        joined = self._attend(f"{layer}.sound", asked, f"k{layer}", f"v{layer}", masked=False)
        states = graph.node("Add", [states, self._times(f"{name}/attention/linear_2", joined)], f"{layer}.two")
        normal = self.normal(f"{layer}.3", states, f"{name}/ffn/layer_norm")
        wide = graph.node("Gelu", [self._times(f"{name}/ffn/linear_0", normal)], f"{layer}.wide")
        return graph.node("Add", [states, self._times(f"{name}/ffn/linear_1", wide)], f"{layer}.three")

    def normal(self, name: str, states: str, weights: str) -> str:
        """Add a layer norm."""
        parts = [self._constant(f"{weights}/{part}") for part in ("gamma", "beta")]
        return self.graph.node("LayerNormalization", [states, *parts], f"{name}.normal", axis=-1, epsilon=_EPSILON)

    def product(self, name: str, states: str, matrix: Floats) -> str:
        """Add a product with a matrix (out, in) in bytes.

        Raises:
            ValueError: If its width cannot be cut into blocks.
        """
        rows, width = matrix.shape
        block = next((size for size in _BLOCKS if width % size == 0), None)
        if block is None:
            raise ValueError(f"{name}: expected a width that {_BLOCKS[-1]} divides, got {width}")
        parts = matrix.reshape(rows, width // block, block)
        scale = np.abs(parts).max(axis=-1) / _MOST + np.float32(1e-12)
        small = (np.rint(parts / scale[..., None]) + _MIDDLE).astype(np.uint8)
        given = [
            states,
            self.graph.constant(f"{name}.small", small),
            self.graph.constant(f"{name}.scale", scale.ravel()),
        ]
        sizes = {"K": width, "N": rows, "bits": _BITS, "block_size": block, "accuracy_level": _BYTES_DO}
        return self.graph.node("MatMulNBits", given, name, domain=MICROSOFT, **sizes)

    def _times(self, name: str, states: str) -> str:
        product = self.product(f"{name}.product", states, self._weights.whole(f"{name}/weight"))
        return self.graph.node("Add", [product, self._constant(f"{name}/bias")], f"{name}.sum")

    def _constant(self, name: str) -> str:
        return self.graph.constant(name, self._weights.whole(name))

    def _split(self, name: str, states: str, parts: int) -> list[str]:
        """Return states (n, parts x width) as so many of shape (heads, n, width / heads)."""
        graph, names = self.graph, [f"{name}.{part}" for part in range(parts)]
        if parts > 1:
            graph.node("Split", [states], *names, axis=-1, num_outputs=parts)
        else:
            names = [states]
        apart = [graph.node("Reshape", [one, self._apart], f"{name}.{at}.apart") for at, one in enumerate(names)]
        return [graph.node("Transpose", [one], f"{one}.turned", perm=(1, 0, 2)) for one in apart]

    def _attend(self, name: str, asked: str, keys: str, values: str, *, masked: bool) -> str:
        graph = self.graph
        near = graph.node("Mul", [graph.node("MatMul", [asked, keys], f"{name}.far"), self._share], f"{name}.near")
        if masked:
            near = graph.node("Add", [near, "mask"], f"{name}.masked")
        shares = graph.node("Softmax", [near], f"{name}.shares", axis=-1)
        joined = graph.node("MatMul", [shares, values], f"{name}.heads")
        joined = graph.node("Transpose", [joined], f"{name}.back", perm=(1, 0, 2))
        return graph.node("Reshape", [joined, self._flat], f"{name}.joined")
