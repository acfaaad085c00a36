"""The cases: each file here makes the programs of one, and the data that they read.

A program runs `turns` turns of value and gradient, or of the value alone. A turn begins where the
last one led to, as the steps of a training do, so that none can be left out or run beside another.
"""
import dataclasses
from typing import Callable

from . import chain, net, samples, scalars, softmax, trask


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    title: str
    bar: float
    turns: int  # of which one run consists: some tenths of a second in C
    program: Callable  # (turns, gradient, files) -> the text of a program for wl
    reference: str  # the name of the case in reference/main.c
    files: Callable = lambda folder: []  # (folder) -> paths of what the program reads
    once: Callable = None  # (files) -> one value and gradient, where that is not a turn of the program


ALL = [
    Case("w1-20", "W1/20: z = sin(z x) + x, 20 turns", 1.1, 200_000, chain.short, "chain-short"),
    Case("w1-1e6", "W1/1e6: the same, 1,000,000 turns", 1.1, 5, chain.long, "chain-long"),
    Case("w2-1e3", "W2/1e3: random list of scalars", 0.9, 10_000, scalars.program, "list",
         scalars.files(1_000), scalars.once),
    Case("w2-1e5", "W2/1e5", 0.4, 500, scalars.program, "list", scalars.files(100_000), scalars.once),
    Case("w2-1e6", "W2/1e6", 0.6, 100, scalars.program, "list", scalars.files(1_000_000), scalars.once),
    Case("w3", "W3: softmax regression 10000×500×5, steps", 1.3, 100, softmax.program, "softmax",
         softmax.files),
    Case("w4-32", "W4/32: 1797×64, tanh net with 32 hidden, steps", 0.42, 200, net.program, "net",
         net.files(32)),
    Case("w4-512", "W4/512: 512 hidden, steps", 0.48, 25, net.program, "net", net.files(512)),
    Case("w5", "W5: Trask's net, steps", 2.5, 200_000, trask.program, "trask"),
    Case("w6", "W6: 2-2-1 net, 1000 samples one at a time, epochs", 1.0, 3_000, samples.one_by_one,
         "samples"),
    Case("w6-batched", "W6 batched", 0.55, 3_000, samples.batched, "samples"),
]
