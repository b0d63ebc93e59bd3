"""Writes a checkpoint as ONNX: `python -m training.denoiser.export CHECKPOINT [--into MODEL.onnx]`.

What the letters' numbers stand for and how far a letter sees stand in the file, so that they cannot part from the
weights.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from correction.words.denoiser.features import KEEP, NUMBERS
from correction.words.denoiser.model import MODEL
from dictionaries.characters import SYMBOLS
from training.denoiser.network import DILATIONS, DenoiserNetwork


class _Odds(nn.Module):
    """The log odds of each answer against KEEP."""

    def __init__(self, network: DenoiserNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, letters: Tensor, edit_here: Tensor, edit_behind: Tensor, numbers: Tensor
    ) -> tuple[Tensor, Tensor]:
        """What the network is shown of n letters to (n, symbols) for here and behind."""
        shown = (letters.long()[None], edit_here.long()[None], edit_behind.long()[None], numbers[None])
        here, behind = self.network(*shown)
        return (here - here[..., KEEP : KEEP + 1])[0], (behind - behind[..., KEEP : KEEP + 1])[0]


def export(checkpoint: Path, model: Path) -> None:
    """Writes the network of a checkpoint as ONNX, for any number of letters."""
    found = torch.load(checkpoint, map_location="cpu", weights_only=True)
    state = found["network"]
    network = DenoiserNetwork(state["letters.weight"].shape[1])
    network.load_state_dict(state)
    buffer = io.BytesIO()
    letter = torch.zeros(64, dtype=torch.uint8)
    names = ["letters", "edit_here", "edit_behind", "numbers"]
    torch.onnx.export(
        _Odds(network).eval(),
        (letter, letter, letter, torch.zeros(64, NUMBERS)),
        buffer,
        input_names=names,
        output_names=["here", "behind"],
        dynamic_axes={name: {0: "n"} for name in (*names, "here", "behind")},
        opset_version=17,
        dynamo=False,
    )
    made = onnx.load_from_string(buffer.getvalue())
    facts = {
        "symbols": "".join(SYMBOLS),
        "reach": str(sum(DILATIONS)),
        "trained_letters": str(found["letters"]),
    }
    for key, value in facts.items():
        entry = made.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(made)
    model.write_bytes(made.SerializeToString())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.denoiser.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--into", type=Path, default=MODEL)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.into)


if __name__ == "__main__":
    main()
