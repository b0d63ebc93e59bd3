"""Trains the network.

    python -m training.denoiser --text NEWS --official LAW... --without FILES... --out DIR

First the folds and their language models are made, a minute; then the network learns for so many minutes, the
learning rate following one cycle. A checkpoint is written every few minutes; `--resume` goes on from it.
"""

from __future__ import annotations

import argparse
import logging
import math
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from training.denoiser.folds import folds, make_folds
from training.denoiser.measure import Held, held_back
from training.denoiser.network import DenoiserNetwork
from training.denoiser.supply import LENGTH, DenoiserBatch, DenoiserSupply

PEAK_RATE = 3e-3
WARM = 0.04
"""Share of the time in which the learning rate rises."""
SAMPLES = 48
EDGE = 12
"""Letters at either end of a sample that see too little to be learned from."""

_log = logging.getLogger("denoiser.train")


def rate(progress: float) -> float:
    """The learning rate when that share of the time is over: up a straight line, down half a cosine."""
    if progress < WARM:
        return PEAK_RATE * (0.05 + 0.95 * progress / WARM)
    return PEAK_RATE * (0.005 + 0.995 * 0.5 * (1 + math.cos(math.pi * (progress - WARM) / (1 - WARM))))


def tensors(batch: DenoiserBatch) -> tuple[Tensor, ...]:
    """What the network takes and what it is to answer."""
    whole = (batch.letters, batch.edit_here, batch.edit_behind)
    answers = (batch.here, batch.behind)
    return (
        *(torch.from_numpy(part.astype("int64")) for part in whole),
        torch.from_numpy(batch.numbers),
        *(torch.from_numpy(part.astype("int64")) for part in answers),
    )


def loss_of(network: nn.Module, *batch: Tensor) -> Tensor:
    """Cross entropy of both answers."""
    *shown, here, behind = batch
    inner = slice(EDGE, LENGTH - EDGE)
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(*shown)
    loss: Tensor = sum(
        nn.functional.cross_entropy(score[:, inner].float().flatten(0, 1), answer[:, inner].flatten())
        for score, answer in zip(scores, (here, behind), strict=True)
    )
    return loss


def train(arguments: argparse.Namespace) -> None:
    """Trains until the planned minutes are over."""
    torch.manual_seed(arguments.seed)
    tune = arguments.out / "tune.npy"
    if not tune.exists():
        make_folds(arguments.text, arguments.official, arguments.without, arguments.out)
    held = held_back(tune)
    network = DenoiserNetwork(arguments.width)
    optimiser = torch.optim.AdamW(network.parameters(), PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    kept = arguments.out / "checkpoint.pt"
    seconds, letters = 0.0, 0
    if arguments.resume and kept.exists():
        found = torch.load(kept, weights_only=True)
        network.load_state_dict(found["network"])
        optimiser.load_state_dict(found["optimiser"])
        seconds, letters = found["seconds"], found["letters"]
    _log.info("%d parameters", sum(p.numel() for p in network.parameters()))
    step = torch.compile(loss_of) if arguments.compile else loss_of
    supply = DenoiserSupply(folds(arguments.out), SAMPLES, arguments.seed + letters)
    planned = arguments.minutes * 60
    last = shown = time.monotonic()
    mean = 0.0
    while seconds < planned:
        for group in optimiser.param_groups:
            group["lr"] = rate(seconds / planned)
        batch = tensors(supply.next())
        loss = step(network, *batch)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        letters += batch[0].numel()
        mean = loss.item() if mean == 0.0 else 0.995 * mean + 0.005 * loss.item()
        now = time.monotonic()
        seconds, last = seconds + now - last, now
        if now - shown > arguments.every:
            shown = now
            save(kept, network, optimiser, seconds, letters)
            _log.info(
                "%5.0f s, %.1f million letters, loss %.5f, %s",
                seconds,
                letters / 1e6,
                mean,
                measure(network, held),
            )
            last = time.monotonic()
    save(kept, network, optimiser, seconds, letters)
    supply.close()
    _log.info("end: %s", measure(network, held))


@torch.no_grad()
def measure(network: nn.Module, held: Held) -> str:
    """How good the network is on text held back."""
    network.eval()
    here, behind = network(*tensors(held.batch)[:4])
    network.train()
    return held.judge(here.log_softmax(-1).numpy(), behind.log_softmax(-1).numpy())


def save(
    path: Path, network: nn.Module, optimiser: torch.optim.Optimizer, seconds: float, letters: int
) -> None:
    """Writes a checkpoint; the one before stays whole until the new one is."""
    part = path.with_suffix(".part")
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict()}
    torch.save({**state, "seconds": seconds, "letters": letters}, part)
    part.replace(path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.denoiser", description=__doc__)
    parser.add_argument("--text", nargs="+", type=Path, required=True, help="news; .xz or plain")
    parser.add_argument("--official", nargs="*", type=Path, default=[], help="laws and notices")
    parser.add_argument("--without", nargs="*", type=Path, default=[], help="texts that are measured on")
    parser.add_argument("--minutes", type=float, default=120, help="planned minutes of training")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=180, help="seconds between checkpoints")
    parser.add_argument("--compile", action="store_true", help="needs a C++ compiler, a quarter faster")
    parser.add_argument("--out", type=Path, required=True, help="folder for folds and checkpoint")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
