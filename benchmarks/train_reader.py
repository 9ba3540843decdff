"""Fit the reader: `python -m benchmarks.train_reader` writes bot/weights/reader.onnx.

Each group of a question and its sentences competes in one softmax, together with a logit of 0
that stands for "nothing here answers": a right sentence must win where there is one, the 0
where there is none. The absolute logit thus tells whether anything answers. Needs
../shared/train and ../shared/eval/squad, and about an hour on two cores with bfloat16.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from benchmarks.export_reader import export_reader
from benchmarks.news_groups import news_groups
from benchmarks.reader_groups import RIGHT, WRONG, Candidate, Group
from benchmarks.reader_network import MASKED, Masters, ReaderNetwork, Scorer
from benchmarks.squad_groups import squad_groups
from bot.reader import WEIGHTS, OnnxReader, Reader

EPOCHS = 3
SEEDS = (4,)  # one network is fitted for each, and their weights are averaged
GROUPS_A_STEP = 12
RATE = 1.5e-4  # highest learning rate; the head's is five times that
WARM_UP = 0.1
NEGATIVES = 9  # wrong sentences a group, drawn anew each epoch
HARDEST = 15  # more than half of them from these first ones, by overlap
EMPTY = 0.12  # share of answerable groups that are shown without their answer
BCE = 0.2  # weight of judging each sentence on its own, beside the competition


def fit(network: ReaderNetwork, groups: list[Group], epochs: int, rate: float = RATE) -> None:
    """Fits the network in place; prints the mean loss as it goes."""
    scorer = Scorer(network)
    masters = Masters(network)
    head = len(list(network.head.parameters()))
    optimizer = torch.optim.AdamW(
        [
            {"params": masters.copies[:-head], "lr": rate},
            {"params": masters.copies[-head:], "lr": 5 * rate},
        ],
        weight_decay=0.01,
    )
    steps = epochs * math.ceil(len(groups) / GROUPS_A_STEP)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: _rate(at, steps))
    started, running = time.monotonic(), 1.0
    network.train()
    for step, batch in enumerate(_batches(groups, epochs)):
        loss = _loss(scorer, [_sample(group) for group in batch])
        loss.backward()  # type: ignore[no-untyped-call]
        masters.take_gradients()
        torch.nn.utils.clip_grad_norm_(masters.copies, 1.0)
        optimizer.step()
        masters.put_back()
        schedule.step()
        running += 0.05 * (loss.item() - running)
        if step % 20 == 0:
            spent = time.monotonic() - started
            print(f"step {step}/{steps} loss {running:.3f} {spent:.0f} s", flush=True)
    masters.finish(network)
    network.eval()


def _rate(step: int, steps: int) -> float:
    warm = WARM_UP * steps
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def _batches(groups: list[Group], epochs: int) -> Iterator[list[Group]]:
    for _ in range(epochs):
        order = random.sample(groups, len(groups))
        for at in range(0, len(order), GROUPS_A_STEP):
            yield order[at : at + GROUPS_A_STEP]


def _sample(group: Group) -> tuple[str, list[Candidate], int]:
    """The question, candidates drawn for this time, and where the right one is (-1: none)."""
    right = [c for c in group.candidates if c.label == RIGHT]
    wrong = sorted((c for c in group.candidates if c.label == WRONG), key=lambda c: -c.overlap)
    hard, rest = wrong[:HARDEST], wrong[HARDEST:]
    drawn = random.sample(hard, min(len(hard), NEGATIVES if not rest else NEGATIVES * 2 // 3))
    drawn += random.sample(rest, min(len(rest), NEGATIVES - len(drawn)))
    if not right or (drawn and random.random() < EMPTY):  # noqa: S311 (no secret)
        return group.question, drawn, -1
    return group.question, [random.choice(right), *drawn], 0  # noqa: S311


def _loss(scorer: Scorer, samples: list[tuple[str, list[Candidate], int]]) -> Tensor:
    pairs = [(question, c.text) for question, drawn, _ in samples for c in drawn]
    logits = scorer.logits(pairs, masked=MASKED)
    sizes = [len(drawn) for _, drawn, _ in samples]
    total = torch.zeros(())
    for own, (_, _, right) in zip(torch.split(logits, sizes), samples, strict=True):
        target = torch.zeros_like(own)
        if right == 0:
            target[0] = 1.0
        with_none = torch.cat([own, own.new_zeros(1)])
        place = own.new_tensor(right % len(with_none), dtype=torch.long)
        total = total + torch.nn.functional.cross_entropy(with_none, place)
        alone = torch.nn.functional.binary_cross_entropy_with_logits(own, target)
        total = total + BCE * alone
    return total / len(samples)


def average(networks: list[ReaderNetwork]) -> ReaderNetwork:
    """The mean of the weights of networks fitted from the same start (a "model soup").

    Wortsman et al. 2022: it is steadier than each of them, at the price of one.
    """
    states = [network.state_dict() for network in networks]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    networks[0].load_state_dict(mean)
    return networks[0]


def calibrate(reader: Reader, groups: list[Group]) -> tuple[float, float]:
    """Slope and offset that turn a logit into the log-odds that the sentence is right.

    Platt (1999), by the sentences of groups that were not fitted on; unsure ones left out.
    """
    known = [[c for c in group.candidates if c.label in (RIGHT, WRONG)] for group in groups]
    scored = [
        torch.from_numpy(reader.score(group.question, [c.text for c in own]))
        for group, own in zip(groups, known, strict=True)
    ]
    logits = torch.cat(scored)
    truth = torch.tensor([float(c.label == RIGHT) for own in known for c in own])
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=100)

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            line[0] * logits + line[1], truth
        )
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return float(line[0]), float(line[1])


def ship(network: ReaderNetwork, held_out: list[Group], target: Path) -> None:
    """Writes the network to `target` in int8, calibrated as it is run."""
    export_reader(network, target, (1.0, 0.0))
    slope, offset = calibrate(OnnxReader(target), held_out)
    export_reader(network, target, (slope, offset))
    print(f"{target}: logits times {slope:.3f} plus {offset:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--target", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    news = news_groups()
    fitted_on = [g for g in news if g.answerable and not g.held_out] + squad_groups(measured=False)
    networks = []
    for seed in chosen.seeds:
        torch.manual_seed(SEEDS[0])  # all start from the same head, or they could not be averaged
        networks.append(ReaderNetwork())
        random.seed(seed)
        fit(networks[-1], fitted_on, chosen.epochs)
    ship(average(networks), [group for group in news if group.held_out], chosen.target)


if __name__ == "__main__":
    main()
