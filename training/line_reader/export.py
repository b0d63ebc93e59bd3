"""Writes a checkpoint as ONNX: `python -m training.line_reader.export CHECKPOINT MODEL.onnx [--temperature T]`.

The letters, the temperature and how far the training went stand in the file, so that none can part from the weights.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from ocr.line_reader.alphabet import CHARACTERS
from ocr.line_reader.geometry import HEIGHT
from training.line_reader.network import LineNetwork


class _Whole(nn.Module):
    """Lines as bytes (batch, 40, width), ink 255, to the log-probabilities of classes at each frame."""

    def __init__(self, network: LineNetwork, temperature: float) -> None:
        super().__init__()
        self.network = network
        self.temperature = temperature

    def forward(self, lines: Tensor) -> Tensor:
        scores: Tensor = self.network(lines.unsqueeze(1).float() / 255)
        return (scores / self.temperature).log_softmax(2)


def export(checkpoint: Path, model: Path, temperature: float = 1.0) -> None:
    """Writes the network of a checkpoint as ONNX, for any number of lines of any width."""
    found = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network = LineNetwork()
    network.load_state_dict(found["network"])
    whole = _Whole(network, temperature).eval()
    buffer = io.BytesIO()
    torch.onnx.export(
        whole,
        (torch.zeros(2, HEIGHT, 64, dtype=torch.uint8),),
        buffer,
        input_names=["lines"],
        output_names=["log_probabilities"],
        dynamic_axes={"lines": {0: "count", 2: "width"}, "log_probabilities": {0: "count", 1: "frames"}},
        opset_version=17,
        dynamo=False,
    )
    made = onnx.load_from_string(buffer.getvalue())
    state = found["state"]
    facts = {"letters": CHARACTERS, "temperature": f"{temperature:g}", "trained_lines": str(state["lines"])}
    for key, value in facts.items():
        entry = made.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(made)
    model.write_bytes(made.SerializeToString())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_reader.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--temperature", type=float, default=1.0, help="divides the scores: calibration")
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.model, arguments.temperature)


if __name__ == "__main__":
    main()
