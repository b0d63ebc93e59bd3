"""The network: dilated convolutions over letters, written as products of matrices."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from correction.words.denoiser.features import KEEP, NUMBERS
from dictionaries.characters import SYMBOLS

WIDTH = 128
DILATIONS = (1, 2, 4, 8, 16, 1, 2, 4)


class ConvolutionBlock(nn.Module):
    """Three letters, further apart in each block, added to what is known of the middle one."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.even = nn.LayerNorm(width)
        self.look = nn.Linear(3 * width, width)

    def forward(self, known: Tensor) -> Tensor:
        """What is known of each letter (batch, n, width), once more."""
        reach, even = self.dilation, self.even(known)
        wide = nn.functional.pad(even, (0, 0, reach, reach))
        around = torch.cat([wide[:, : -2 * reach], even, wide[:, 2 * reach :]], -1)
        return known + torch.relu(self.look(around))


class DenoiserNetwork(nn.Module):
    """What is shown of (batch, n) letters to scores (batch, n, symbols) of what belongs here and behind."""

    def __init__(self, width: int = WIDTH, dilations: tuple[int, ...] = DILATIONS) -> None:
        super().__init__()
        self.letters = nn.Embedding(len(SYMBOLS), width)
        self.edit_here = nn.Embedding(len(SYMBOLS), width)
        self.edit_behind = nn.Embedding(len(SYMBOLS), width)
        self.numbers = nn.Linear(NUMBERS, width)
        self.blocks = nn.ModuleList(ConvolutionBlock(width, dilation) for dilation in dilations)
        self.even = nn.LayerNorm(width)
        self.here = nn.Linear(width, len(SYMBOLS))
        self.behind = nn.Linear(width, len(SYMBOLS))
        with torch.no_grad():  # nearly all letters are right: begin with that
            for table in (self.letters, self.edit_here, self.edit_behind):
                table.weight.mul_(0.3)
            for head in (self.here, self.behind):
                head.weight.mul_(0.1)
                head.bias.fill_(-5.0)
                head.bias[KEEP] = 5.0

    def forward(
        self, letters: Tensor, edit_here: Tensor, edit_behind: Tensor, numbers: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The scores before softmax."""
        known = self.letters(letters) + self.edit_here(edit_here) + self.edit_behind(edit_behind)
        known = known + self.numbers(numbers)
        for block in self.blocks:
            known = block(known)
        known = self.even(known)
        return self.here(known), self.behind(known)
