"""Trains the line reader: `python -m training.line_reader --text FILE... --fonts DIR... --minutes M --out DIR`.

The learning rate follows one cycle over the planned time. A checkpoint is written every few minutes and after the
last step; `--resume` goes on from it, with the time that is left. `--start` takes the weights of another checkpoint,
such as `widen` makes of a shipped model. What is exported are not the last weights but their running mean.
"""

from __future__ import annotations

import argparse
import copy
import logging
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from rapidfuzz.distance import Levenshtein
from torch import Tensor, nn

from ocr.line_reader.alphabet import CHARACTERS, encode
from ocr.line_reader.geometry import FRAME
from training.line_reader.network import LineNetwork
from training.line_reader.supply import Supply, TrainingBatch, batches
from training.line_reader.widen import measured

WARM = 0.06
"""Share of the time in which the learning rate rises."""

MEAN = 0.9985
"""Of the running mean of the weights: what a step leaves of it."""

LENGTHS = ((0.0, 14), (0.12, 26), (0.45, 44), (0.75, 70))
"""The longest line from which share of the time on: short lines teach letters first."""

_log = logging.getLogger("line_reader.train")


@dataclass(slots=True)
class State:
    """How far the training has come: steps, lines, and seconds of training over all runs."""

    steps: int = 0
    lines: int = 0
    seconds: float = 0.0


def rate(progress: float, peak: float) -> float:
    """The learning rate when that share of the time is over: up a straight line, down half a cosine."""
    if progress < WARM:
        return peak * (0.05 + 0.95 * progress / WARM)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - WARM) / (1 - WARM)))))


def longest(progress: float, *, taught: bool) -> int:
    """The longest line when that share of the time is over, in code points; `taught`: of a network that can read."""
    if taught:
        return LENGTHS[-1][1]
    return next(length for share, length in reversed(LENGTHS) if progress >= share)


def as_tensor(batch: TrainingBatch, device: torch.device) -> Tensor:
    """The lines of a batch as the network takes them."""
    return (
        torch.from_numpy(batch.lines)
        .to(device)
        .unsqueeze(1)
        .float()
        .div_(255)
        .contiguous(memory_format=torch.channels_last)
    )


def loss_of(network: nn.Module, batch: TrainingBatch, device: torch.device) -> Tensor:
    """The CTC loss of a batch."""
    scores = network(as_tensor(batch, device)).log_softmax(2).transpose(0, 1)
    frames = torch.tensor([min(-(-width // FRAME), scores.shape[0]) for width in batch.widths])
    targets = torch.tensor([letter for text in batch.texts for letter in encode(text)])
    lengths = torch.tensor([len(text) for text in batch.texts])
    loss: Tensor = nn.functional.ctc_loss(scores, targets, frames, lengths, zero_infinity=True)
    return loss


def greedy(scores: Tensor) -> list[str]:
    """The likeliest class of every frame, repeats and blanks removed."""
    texts: list[str] = []
    for frames in scores.argmax(2).tolist():
        kept = [c for c, before in zip(frames, [0, *frames[:-1]], strict=True) if c not in (0, before)]
        texts.append("".join(CHARACTERS[c - 1] for c in kept))
    return texts


@torch.no_grad()
def error_rate(network: nn.Module, held: list[TrainingBatch], device: torch.device) -> float:
    """Character error rate over batches, of a network that is not in training."""
    network.eval()
    errors = letters = 0
    for batch in held:
        for read, text in zip(greedy(network(as_tensor(batch, device))), batch.texts, strict=True):
            errors += Levenshtein.distance(read.strip(), text)
            letters += len(text)
    return errors / letters


@dataclass(slots=True)
class Learner:
    """A network that learns, the running mean of its weights, its optimiser, and how far it has come."""

    network: LineNetwork
    mean: LineNetwork
    optimiser: torch.optim.Optimizer
    state: State

    def step(self, batch: TrainingBatch, learning_rate: float, device: torch.device) -> float:
        """One step down the gradient of a batch; its loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate
        loss = loss_of(self.network, batch, device)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.state.steps, self.state.lines = self.state.steps + 1, self.state.lines + len(batch.texts)
        kept = min(MEAN, self.state.steps / (self.state.steps + 20))
        with torch.no_grad():
            for mean, now in zip(
                self.mean.state_dict().values(), self.network.state_dict().values(), strict=True
            ):
                if mean.is_floating_point():
                    mean.lerp_(now, 1 - kept)
        return float(loss.item())

    def save(self, path: Path) -> None:
        """Writes a checkpoint; the one before stays whole until the new one is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        made = {
            "network": self.mean.state_dict(),
            "last": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "state": asdict(self.state),
        }
        torch.save(made, part)
        part.replace(path)


def learner(arguments: argparse.Namespace, device: torch.device, first: Iterator[TrainingBatch]) -> Learner:
    """A new network, one that goes on from its checkpoint, or one that starts with another's weights."""
    network = LineNetwork().to(device)
    network.to(memory_format=torch.channels_last)
    state, kept = State(), arguments.out / "checkpoint.pt"
    found = None
    if arguments.resume and kept.exists():
        found = torch.load(kept, map_location=device, weights_only=True)
        network.load_state_dict(found["last"])
        state = State(**found["state"])
    elif arguments.start:
        network.load_state_dict(
            torch.load(arguments.start, map_location=device, weights_only=True)["network"]
        )
        measured(network, [as_tensor(next(first), device) for _ in range(16)])
    mean = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), arguments.rate, betas=(0.9, 0.98), weight_decay=0.01)
    if found is not None:
        mean.load_state_dict(found["network"])
        optimiser.load_state_dict(found["optimiser"])
    return Learner(network.train(), mean.eval(), optimiser, state)


def train(arguments: argparse.Namespace) -> None:
    """Trains until the planned minutes are over."""
    torch.manual_seed(arguments.seed)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    device = torch.device(
        arguments.device if arguments.device != "auto" else "cuda" if torch.cuda.is_available() else "cpu"
    )
    taught = arguments.start is not None
    unseen = batches(arguments.text, arguments.fonts, arguments.seed + 999, 24, held_out=True)
    held = [next(unseen) for _ in range(8)]
    learning = learner(arguments, device, unseen)
    state, planned = learning.state, arguments.minutes * 60
    _log.info("%d parameters on %s", sum(p.numel() for p in learning.network.parameters()), device)
    supply = Supply(
        arguments.text,
        arguments.fonts,
        arguments.seed + state.steps,
        longest(state.seconds / planned, taught=taught),
    )
    saved = logged = last = time.monotonic()
    mean = 0.0
    while state.seconds < planned:
        progress = state.seconds / planned
        supply.longest.value = longest(progress, taught=taught)
        loss = learning.step(supply.next(), rate(progress, arguments.rate), device)
        now = time.monotonic()
        state.seconds, last = state.seconds + now - last, now
        mean = loss if mean == 0.0 else 0.98 * mean + 0.02 * loss
        if now - logged > 60:
            logged = now
            unseen_rate = error_rate(learning.mean, held, device)
            _log.info(
                "%5.0f s, %d steps, %d lines, up to %d letters, loss %.3f, CER in unseen fonts %.2f %%",
                state.seconds, state.steps, state.lines, supply.longest.value, mean, 100 * unseen_rate,
            )  # fmt: skip
        if now - saved > 180:
            saved = now
            learning.save(arguments.out / "checkpoint.pt")
    learning.save(arguments.out / "checkpoint.pt")
    supply.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training.line_reader", description="Train the line reader."
    )
    parser.add_argument("--text", nargs="+", type=Path, required=True, help="text files, UTF-8")
    parser.add_argument("--fonts", nargs="+", type=Path, required=True, help="folders with Thai fonts")
    parser.add_argument("--minutes", type=float, default=90, help="planned minutes of training")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument(
        "--threads", type=int, default=0, help="threads of the network on a CPU; 0: as many as cores"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2.5e-3, help="highest learning rate")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights to start with")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
