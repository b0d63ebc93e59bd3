"""The weighted mean of checkpoints: `python -m training.line_reader.average OUT CHECKPOINT=SHARE ...`.

Networks that went on from the same weights lie in one valley of the error, and their mean is better than each: it is
steadier than the last steps of either, and a mean with the weights they started from keeps what that network read well.
Batch norms are folded into the convolutions before them, because statistics of different lines have no mean.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from training.line_reader.network import LineNetwork, convolutions, norms, statistics


@torch.no_grad()
def folded(network: LineNetwork) -> dict[str, Tensor]:
    """The weights with every batch norm's scale in its convolution, and nothing but a shift left in it."""
    for convolution, norm in zip(convolutions(network), norms(network), strict=True):
        mean, var = statistics(norm)
        scale = norm.weight / torch.sqrt(var + norm.eps)
        convolution.weight.mul_(scale[:, None, None, None])
        norm.bias.sub_(mean * scale)
        norm.weight.fill_(1.0)
        mean.zero_()
        var.fill_(1 - norm.eps)
    return dict(network.state_dict())


def averaged(parts: list[tuple[Path, float]]) -> dict[str, object]:
    """A checkpoint to export or to start from: the mean by share; its lines are those of the first.

    Raises:
        ValueError: the shares do not add up to 1.
    """
    if abs(sum(share for _, share in parts) - 1) > 1e-6:
        raise ValueError("the shares must add up to 1")
    total: dict[str, Tensor] = {}
    state: object = None
    for path, share in parts:
        found = torch.load(path, map_location="cpu", weights_only=True)
        network = LineNetwork()
        network.load_state_dict(found["network"])
        state = state or found["state"]
        for name, value in folded(network.eval()).items():
            total[name] = total.get(name, torch.zeros_like(value)) + (
                value * share if value.is_floating_point() else 0
            )
    return {"network": total, "state": state}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_reader.average", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", metavar="CHECKPOINT=SHARE")
    arguments = parser.parse_args()
    pairs = [part.rsplit("=", 1) for part in arguments.parts]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(averaged([(Path(path), float(share)) for path, share in pairs]), arguments.out)


if __name__ == "__main__":
    main()
