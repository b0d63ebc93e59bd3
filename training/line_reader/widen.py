"""A shipped model as a checkpoint to go on from: `python -m training.line_reader.widen MODEL.onnx CHECKPOINT`.

The weights come out of the ONNX file. Letters that the alphabet has got since then are added with a small probability.
The checkpoint has no state of an optimiser and
no statistics of the convolutions' outputs: training measures those before its first step.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from ocr.line_reader.alphabet import CHARACTERS
from training.line_reader.network import LineNetwork, convolutions, norms, statistics

_UNLIKELY = -6.0
"""The score of a new letter, beside scores of known ones that go up to 15 or so."""


def widened(model: Path) -> LineNetwork:
    """The network of an ONNX file, with room for today's alphabet.

    Raises:
        ValueError: its letters are not the beginning of today's.
    """
    graph = onnx.load(model)
    letters = next(entry.value for entry in graph.metadata_props if entry.key == "letters")
    if not CHARACTERS.startswith(letters):
        raise ValueError(f"{model} has letters in another order")
    values = {
        entry.name: torch.from_numpy(numpy_helper.to_array(entry).copy()) for entry in graph.graph.initializer
    }
    network = LineNetwork()
    nodes = [node for node in graph.graph.node if node.op_type in ("Conv", "GRU", "MatMul", "Add")]
    seeing = [node for node in nodes if node.op_type == "Conv"]
    with torch.no_grad():
        for node, convolution, norm in zip(seeing, convolutions(network), norms(network), strict=True):
            mean, var = statistics(norm)
            convolution.weight.copy_(values[node.input[1]])
            norm.bias.copy_(values[node.input[2]])
            nn.init.ones_(norm.weight)
            mean.zero_()
            var.fill_(1 - norm.eps)
        recurrent = next(node for node in nodes if node.op_type == "GRU")
        _recurrent(network.walk, *(values[name] for name in recurrent.input[1:4]))
        dense = next(values[node.input[1]].T for node in nodes if node.op_type == "MatMul")
        bias = next(
            values[name] for node in nodes if node.op_type == "Add" for name in node.input if name in values
        )
        network.name.weight[: len(bias)] = dense
        network.name.bias[: len(bias)] = bias
        network.name.weight[len(bias) :] *= 0.1
        network.name.bias[len(bias) :] = _UNLIKELY
    return network.eval()


def _recurrent(layer: nn.GRU, into: Tensor, within: Tensor, bias: Tensor) -> None:
    """ONNX has the gates in the order update, reset, new; torch reset, update, new."""
    size = layer.hidden_size
    order = torch.from_numpy(np.r_[size : 2 * size, 0:size, 2 * size : 3 * size])
    for way, end in enumerate(("", "_reverse")):
        getattr(layer, f"weight_ih_l0{end}").copy_(into[way][order])
        getattr(layer, f"weight_hh_l0{end}").copy_(within[way][order])
        getattr(layer, f"bias_ih_l0{end}").copy_(bias[way][: 3 * size][order])
        getattr(layer, f"bias_hh_l0{end}").copy_(bias[way][3 * size :][order])


@torch.no_grad()
def measured(network: LineNetwork, lines: list[Tensor]) -> None:
    """Gives each batch norm the statistics of its inputs over those batches, and keeps what it puts out the same."""
    network.eval()
    for norm in norms(network):
        inputs: list[Tensor] = []
        handle = norm.register_forward_pre_hook(lambda _, given, kept=inputs: kept.append(given[0]))
        for batch in lines:
            network.see(batch)
        handle.remove()
        flat = torch.cat([one.transpose(0, 1).flatten(1) for one in inputs], dim=1)
        mean, var = statistics(norm)
        scale = norm.weight / torch.sqrt(var + norm.eps)
        norm.bias.add_((flat.mean(1) - mean) * scale)
        mean.copy_(flat.mean(1))
        var.copy_(flat.var(1, unbiased=False))
        norm.weight.copy_(scale * torch.sqrt(var + norm.eps))
    network.train()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_reader.widen", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("checkpoint", type=Path)
    arguments = parser.parse_args()
    arguments.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    state = {"steps": 0, "lines": 0, "seconds": 0.0}
    torch.save({"network": widened(arguments.model).state_dict(), "state": state}, arguments.checkpoint)


if __name__ == "__main__":
    main()
