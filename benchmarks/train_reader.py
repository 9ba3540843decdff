"""Fit the reader: `python -m benchmarks.train_reader` writes bot/weights/reader.onnx.

Each group of a question and its sentences competes in one softmax, together with a logit of 0
that stands for "nothing here answers": a right sentence must win where there is one, the 0
where there is none. The absolute logit thus tells whether anything answers.

1. One network sees many questions made by rule (`made_groups`), once.
2. Copies of it, one a seed, see the real questions several times, in another order each.
3. Their weights are averaged, calibrated and written in int8.

Needs ../shared/train and ../shared/eval/squad, and about an hour of one core with bfloat16.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from benchmarks.export_reader import export_reader
from benchmarks.made_groups import made_groups
from benchmarks.news_groups import fitted_articles, news_groups
from benchmarks.reader_groups import RIGHT, UNSURE, WRONG, Candidate, Group
from benchmarks.reader_network import MASKED, Masters, ReaderNetwork, Scorer
from benchmarks.squad_groups import squad_groups
from bot.reader import WEIGHTS, OnnxReader, Reader

EPOCHS = 3
SEEDS = (4, 5)  # one network is fitted for each, and their weights are averaged
GROUPS_A_STEP = 12
RATE = 1.5e-4  # highest learning rate; the head's is five times that
WARM_UP = 0.1
NEGATIVES = 8  # wrong sentences a group, drawn anew each epoch
HARDEST = 15  # more than half of them from these first ones, by overlap
EMPTY = 0.12  # share of answerable groups that are shown without their answer
BCE = 0.2  # weight of judging each sentence on its own, beside the competition
POSITIVES = 2  # right sentences a group, and as many unsure ones
MADE = 9000  # groups with questions made by rule, seen once, before the real ones
# A group without a right sentence is fitted on when an unsure one shares this much.
LIKELY = 0.12
WORTH = {RIGHT: 1.0, UNSURE: 0.3, WRONG: 0.0}  # prior weight of a sentence being the right one

Drawn = tuple[str, list[Candidate]]


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


def _useful(group: Group) -> bool:
    """Whether some sentence of the group is likely enough to be right."""
    unsure = [c.overlap for c in group.candidates if c.label == UNSURE]
    return group.answerable or max(unsure, default=0.0) >= LIKELY


def _batches(groups: list[Group], epochs: int) -> Iterator[list[Group]]:
    for _ in range(epochs):
        order = random.sample(groups, len(groups))
        for at in range(0, len(order), GROUPS_A_STEP):
            yield order[at : at + GROUPS_A_STEP]


def _sample(group: Group) -> Drawn:
    """Candidates drawn for this time; an answerable group is now and then shown without any."""
    right = _some([c for c in group.candidates if c.label == RIGHT], POSITIVES)
    right += _some([c for c in group.candidates if c.label == UNSURE], POSITIVES)
    wrong = sorted((c for c in group.candidates if c.label == WRONG), key=lambda c: -c.overlap)
    hard, rest = wrong[:HARDEST], wrong[HARDEST:]
    drawn = _some(hard, NEGATIVES if not rest else NEGATIVES * 2 // 3)
    drawn += _some(rest, NEGATIVES - len(drawn))
    if drawn and random.random() < EMPTY:  # noqa: S311 (no secret)
        right = []
    return group.question, right + drawn


def _some(candidates: list[Candidate], most: int) -> list[Candidate]:
    return random.sample(candidates, min(len(candidates), most))


def _loss(scorer: Scorer, samples: list[Drawn]) -> Tensor:
    pairs = [(question, c.text) for question, drawn in samples for c in drawn]
    logits = scorer.logits(pairs, masked=MASKED)
    total = torch.zeros(())
    sizes = [len(drawn) for _, drawn in samples]
    for own, (_, drawn) in zip(torch.split(logits, sizes), samples, strict=True):
        total = total + _competition(own, drawn) + BCE * _alone(own, drawn)
    return total / len(samples)


def _competition(own: Tensor, drawn: list[Candidate]) -> Tensor:
    """Minus the log of the probability that a right sentence is chosen, or that none is.

    Several may be right, the unsure ones less so: their probabilities are added up, so that
    the fit itself finds out which of them answer (marginal likelihood, Min et al. 2019).
    """
    worth = own.new_tensor([WORTH[c.label] for c in drawn])
    every = torch.logsumexp(torch.cat([own, own.new_zeros(1)]), 0)
    if not bool(worth.any()):
        return every
    return every - torch.logsumexp(own[worth > 0] + worth[worth > 0].log(), 0)


def _alone(own: Tensor, drawn: list[Candidate]) -> Tensor:
    """Each sentence judged by itself; the unsure ones are left out."""
    sure = [at for at, c in enumerate(drawn) if c.label != UNSURE]
    target = own.new_tensor([float(drawn[at].label == RIGHT) for at in sure])
    return torch.nn.functional.binary_cross_entropy_with_logits(own[sure], target)


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
    real = [g for g in news if not g.held_out and _useful(g)] + squad_groups(measured=False)
    torch.manual_seed(chosen.seeds[0])
    random.seed(chosen.seeds[0])
    common = ReaderNetwork()
    fit(common, made_groups(fitted_articles(), MADE), epochs=1)
    networks = []
    for seed in chosen.seeds:
        random.seed(seed)
        networks.append(copy.deepcopy(common))
        fit(networks[-1], real, chosen.epochs)
    ship(average(networks), [group for group in news if group.held_out], chosen.target)


if __name__ == "__main__":
    main()
