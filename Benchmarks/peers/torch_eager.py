"""PyTorch: its tape, recorded anew each turn, in doubles."""
import numpy as np
import torch

from common import SAMPLES_W, TRASK_W1, TRASK_W2, TRASK_X, TRASK_Y, entries, evaluate

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def tensor(value):
    return torch.tensor(value, dtype=torch.float64)


def both(loss, weights):
    """The value at some weights and the slopes there."""
    weights = [w.detach().requires_grad_() for w in weights]
    E = loss(weights)
    return E.detach(), torch.autograd.grad(E, weights)


def descent(loss, rate, weights, result):
    def run(turns):
        state = [tensor(w) for w in weights]
        for _ in range(turns):
            E, slopes = both(loss, state)
            state = [w - rate * d for w, d in zip(state, slopes)]
        return result(E, state)

    return run


def chain(length):
    def loss(weights):
        z = x = weights[0]
        for _ in range(length):
            z = torch.sin(z * x) + x
        return z

    def run(turns):
        slope = tensor(0.0)
        for _ in range(turns):
            z, (slope,) = both(loss, [0.5 + 1e-7 * slope])
        return z, slope

    return lambda files: run


def scalars(files):
    inputs, rest = entries(files[0])
    functions = {"sin": torch.sin, "cos": torch.cos, "exp": torch.exp, "tanh": torch.tanh}

    def run(turns):
        x = [tensor(value) for value in inputs]
        for _ in range(turns):
            z, slopes = both(lambda x: evaluate(rest, x, functions), x)
            x = [w - 1e-9 * d for w, d in zip(x, slopes)]
        return z, *slopes

    return run


def arrays(files):
    return [torch.from_numpy(np.load(path)) for path in files]


def cross_entropy(U, Y):
    return -(Y * torch.log_softmax(U, 1)).sum() / len(Y)


def softmax(files):
    X, Y = arrays(files)
    return descent(lambda w: cross_entropy(X @ w[0], Y), 0.5, [np.zeros((X.shape[1], Y.shape[1]))],
                   lambda E, w: (E, w[0][0, 0], w[0][-1, -1]))


def net(files):
    X, Y = arrays(files[:2])
    V, W = (np.load(path) for path in files[2:])
    return descent(lambda w: cross_entropy(torch.tanh(X @ w[0] + w[1]) @ w[2] + w[3], Y), 0.5,
                   [V, np.zeros(V.shape[1]), W, np.zeros(W.shape[1])],
                   lambda E, w: (E, w[0][0, 0], w[2][-1, -1]))


def trask(files):
    X, y = tensor(TRASK_X), tensor(TRASK_Y)
    return descent(lambda w: 0.5 * ((y - torch.sigmoid(torch.sigmoid(X @ w[0]) @ w[1])) ** 2).sum(), 1.0,
                   [TRASK_W1, TRASK_W2], lambda E, w: (E, w[0][0, 0], w[1][0, 0]))


def sample_loss(w, x0, x1, y):
    h0 = torch.sigmoid(w[0] * x0 + w[1] * x1 + w[4])
    h1 = torch.sigmoid(w[2] * x0 + w[3] * x1 + w[5])
    return (torch.sigmoid(w[6] * h0 + w[7] * h1 + w[8]) - y) ** 2 / 2


def samples(batched):
    k = torch.arange(1000.0)
    x0, x1 = torch.sin(0.1 * k), torch.cos(0.37 * k)
    y = (x0 * x1 > 0) * 1.0

    def all_at_once(w):
        return sample_loss(w, x0, x1, y).sum()

    def one_by_one(w):
        return sum(sample_loss(w, *sample) for sample in zip(x0, x1, y))

    return lambda files: descent(all_at_once if batched else one_by_one, 0.001, SAMPLES_W,
                                 lambda E, w: (E, w[0], w[8]))


CASES = {
    "w1-20": chain(20), "w1-1e6": chain(1_000_000), "w2-1e3": scalars, "w2-1e5": scalars,
    "w2-1e6": scalars, "w3": softmax, "w4-32": net, "w4-512": net, "w5": trask,
    "w6": samples(False), "w6-batched": samples(True),
}
