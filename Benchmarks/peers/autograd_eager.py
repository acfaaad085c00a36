"""HIPS autograd: a tape of NumPy calls, recorded anew each turn."""
import autograd.numpy as np
from autograd import value_and_grad

from common import SAMPLES_W, TRASK_W1, TRASK_W2, TRASK_X, TRASK_Y, entries, evaluate


def descent(loss, rate, weights, result):
    both = value_and_grad(loss)

    def run(turns):
        state = weights
        for _ in range(turns):
            E, slopes = both(state)
            state = tuple(w - rate * d for w, d in zip(state, slopes))
        return result(E, state)

    return run


def chain(length):
    def z(x):
        z = x
        for _ in range(length):
            z = np.sin(z * x) + x
        return z

    both = value_and_grad(z)

    def run(turns):
        slope = 0.0
        for _ in range(turns):
            value, slope = both(0.5 + 1e-7 * slope)
        return value, slope

    return lambda files: run


def scalars(files):
    inputs, rest = entries(files[0])
    functions = {"sin": np.sin, "cos": np.cos, "exp": np.exp, "tanh": np.tanh}
    both = value_and_grad(lambda x: evaluate(rest, x, functions))

    def run(turns):
        x = tuple(inputs)
        for _ in range(turns):
            z, slopes = both(x)
            x = tuple(w - 1e-9 * d for w, d in zip(x, slopes))
        return z, *slopes

    return run


def cross_entropy(U, Y):
    U = U - np.max(U, axis=1, keepdims=True)
    return np.sum(np.log(np.sum(np.exp(U), axis=1)) - np.sum(Y * U, axis=1)) / len(Y)


def softmax(files):
    X, Y = map(np.load, files)
    return descent(lambda w: cross_entropy(X @ w[0], Y), 0.5, (np.zeros((X.shape[1], Y.shape[1])),),
                   lambda E, w: (E, w[0][0, 0], w[0][-1, -1]))


def net(files):
    X, Y, V, W = map(np.load, files)
    return descent(lambda w: cross_entropy(np.tanh(X @ w[0] + w[1]) @ w[2] + w[3], Y), 0.5,
                   (V, np.zeros(V.shape[1]), W, np.zeros(W.shape[1])),
                   lambda E, w: (E, w[0][0, 0], w[2][-1, -1]))


def sigma(x):
    return 1 / (1 + np.exp(-x))


def trask(files):
    X, y = np.array(TRASK_X), np.array(TRASK_Y)
    return descent(lambda w: 0.5 * np.sum((y - sigma(sigma(X @ w[0]) @ w[1])) ** 2), 1.0,
                   (np.array(TRASK_W1), np.array(TRASK_W2)),
                   lambda E, w: (E, w[0][0, 0], w[1][0, 0]))


def sample_loss(w, x0, x1, y):
    h0 = sigma(w[0] * x0 + w[1] * x1 + w[4])
    h1 = sigma(w[2] * x0 + w[3] * x1 + w[5])
    return (sigma(w[6] * h0 + w[7] * h1 + w[8]) - y) ** 2 / 2


def samples(batched):
    k = np.arange(1000)
    x0, x1 = np.sin(0.1 * k), np.cos(0.37 * k)
    y = (x0 * x1 > 0) * 1.0

    def all_at_once(w):
        return np.sum(sample_loss(w, x0, x1, y))

    def one_by_one(w):
        return sum(sample_loss(w, *sample) for sample in zip(x0, x1, y))

    return lambda files: descent(all_at_once if batched else one_by_one, 0.001, tuple(SAMPLES_W),
                                 lambda E, w: (E, w[0], w[8]))


CASES = {
    "w1-20": chain(20), "w1-1e6": chain(1_000_000), "w2-1e3": scalars,
    "w2-1e5": scalars, "w2-1e6": scalars, "w3": softmax, "w4-32": net,
    "w4-512": net, "w5": trask, "w6": samples(False), "w6-batched": samples(True),
}
