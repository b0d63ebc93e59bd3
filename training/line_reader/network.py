"""The network: six convolutions down to one row, one recurrent layer in both directions, one class a frame for CTC."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ocr.line_reader.alphabet import CHARACTERS


def _block(into: int, out: int, stride: tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(into, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True)
    )


class LineNetwork(nn.Module):
    """Lines (batch, 1, 40, width), ink 1 on 0, to scores (batch, width / 4, classes) before the softmax.

    Plain convolutions: on a CPU they do more work a second than depthwise ones, and learn faster.
    """

    def __init__(self, hidden: int = 128) -> None:
        super().__init__()
        self.see = nn.Sequential(
            nn.Conv2d(1, 20, 5, 2, 2, bias=False),  # 20 rows
            nn.BatchNorm2d(20),
            nn.ReLU(inplace=True),
            _block(20, 40, (2, 2)),  # 10 rows, one column a frame
            _block(40, 56, (1, 1)),
            _block(56, 80, (2, 1)),  # 5 rows
            _block(80, 112, (1, 1)),
            nn.Conv2d(112, 144, (5, 3), (1, 1), (0, 1), bias=False),  # 1 row
            nn.BatchNorm2d(144),
            nn.ReLU(inplace=True),
        )
        self.walk = nn.GRU(144, hidden, batch_first=True, bidirectional=True)
        self.name = nn.Linear(2 * hidden + 144, len(CHARACTERS) + 1)

    def forward(self, lines: Tensor) -> Tensor:
        """Scores of each class at each frame."""
        seen = self.see(lines).squeeze(2).transpose(1, 2)
        walked, _ = self.walk(seen)
        scores: Tensor = self.name(torch.cat((walked, seen), dim=2))
        return scores


def convolutions(network: LineNetwork) -> list[nn.Conv2d]:
    """The convolutions, from the image on."""
    return [layer for layer in network.see.modules() if isinstance(layer, nn.Conv2d)]


def norms(network: LineNetwork) -> list[nn.BatchNorm2d]:
    """The batch norms, each after its convolution."""
    return [layer for layer in network.see.modules() if isinstance(layer, nn.BatchNorm2d)]


def statistics(norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Mean and variance that a batch norm goes by when it does not learn."""
    if norm.running_mean is None or norm.running_var is None:
        raise TypeError("a batch norm without statistics")
    return norm.running_mean, norm.running_var
