"""The layers of the model as an ONNX graph whose matrices are integers of eight bits.

Vectors of words come in, the sum of the last layer's vectors over all tokens goes out. One text at a time: a graph
without a mask runs its attention more than twice as fast, and the processor is busy with one text already.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tradewind_server.models.local.e5.weights import Weights

CONTRIB = "com.microsoft"
OPSET, CONTRIB_OPSET, IR_VERSION = 17, 1, 10
LARGEST = 127
PRECISE = frozenset({"l4.fo"})
"""What goes into this matrix holds single numbers far beyond all others, which drown the rest in eight bits. Kept in
floats it costs 3 % of the speed and takes two thirds of the whole error away (measured against the package's engine)."""


class Graph:
    """Collects the nodes and constants of a graph."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def multiply(self, source: str, tensors: list[str], width: int, out: str) -> str:
        """``source`` times the matrices, side by side, plus their biases. Each row of a matrix has a scale of its own."""
        matrix = np.concatenate([self._weights.matrix(f"{name}.w", width) for name in tensors])
        bias = np.concatenate([self._weights.vector(f"{name}.b") for name in tensors])
        if PRECISE.issuperset(tensors):
            product = self.node("MatMul", [source, self.constant(f"{out}.matrix", matrix.T)], [f"{out}.product"])
            return self.node("Add", [product, self.constant(f"{out}.bias", bias)], [out])
        scales = np.abs(matrix).max(axis=1) / LARGEST
        integers = np.round(matrix / scales[:, None]).astype(np.int8)
        inputs = [
            source,
            self.constant(f"{out}.matrix", integers.T),
            self.constant(f"{out}.scales", scales.astype(np.float32)),
            self.constant(f"{out}.zeros", np.zeros(len(matrix), np.int8)),
            self.constant(f"{out}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, [out], CONTRIB)

    def normalise(self, source: str, tensor: str, out: str, beside: str | None = None) -> str:
        """Layer normalisation. Adding ``beside`` first in a node of its own is several times faster than the fused one."""
        if beside is not None:
            source = self.node("Add", [source, beside], [f"{out}.sum"])
        inputs = [
            source,
            self.constant(f"{out}.scale", self._weights.vector(f"{tensor}.w")),
            self.constant(f"{out}.shift", self._weights.vector(f"{tensor}.b")),
        ]
        return self.node("LayerNormalization", inputs, [out], axis=-1, epsilon=self._weights.shape.epsilon)


def build(weights: Weights) -> bytes:
    """The graph, serialised. Takes some seconds, and the ``onnx`` package."""
    from onnx import TensorProto, helper

    shape = weights.shape
    graph = Graph(weights)
    state = graph.normalise("words", "emb.ln", "layer0")
    graph.constant("thirds", np.full(3, shape.width, np.int64))
    for number in range(shape.layers):
        layer = f"l{number}"
        three = graph.multiply(state, [f"{layer}.q", f"{layer}.k", f"{layer}.v"], shape.width, f"{layer}.qkv")
        parts = [f"{layer}.query", f"{layer}.key", f"{layer}.value"]
        graph.node("Split", [three, "thirds"], parts, axis=-1)
        attention = graph.node("MultiHeadAttention", parts, [f"{layer}.seen"], CONTRIB, num_heads=shape.heads)
        output = graph.multiply(attention, [f"{layer}.ao"], shape.width, f"{layer}.attention")
        state = graph.normalise(state, f"{layer}.aln", f"{layer}.middle", output)
        inner = graph.multiply(state, [f"{layer}.fi"], shape.width, f"{layer}.inner")
        active = graph.node("Gelu", [inner], [f"{layer}.active"], CONTRIB)
        output = graph.multiply(active, [f"{layer}.fo"], shape.inner, f"{layer}.outer")
        state = graph.normalise(state, f"{layer}.oln", f"{layer}.out", output)
    graph.node("ReduceMean", [state], ["mean"], axes=[1], keepdims=0)
    words = helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", shape.width])
    mean = helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, shape.width])
    whole = helper.make_graph(graph.nodes, "e5", [words], [mean], graph.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, CONTRIB_OPSET)]
    model = helper.make_model(whole, opset_imports=opsets, producer_name="tradewind")
    model.ir_version = IR_VERSION
    return bytes(model.SerializeToString())
