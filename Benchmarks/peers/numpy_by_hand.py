"""NumPy: forward and sweep written out by hand, as a course would."""
import numpy as np

from common import SAMPLES_W, TRASK_W1, TRASK_W2, TRASK_X, TRASK_Y


def sigma(x):
    return 1 / (1 + np.exp(-x))


def chain(length):
    def run(turns):
        z = slope = 0.0
        kept = np.empty(length)
        for _ in range(turns):
            x = z = 0.5 + 1e-7 * slope
            for n in range(length):
                kept[n] = z
                z = np.sin(z * x) + x
            factors = np.cos(kept * x)
            bar, slope = 1.0, 0.0
            for n in range(length - 1, -1, -1):
                c = bar * factors[n]
                slope += bar + c * kept[n]
                bar = c * x
            slope += bar
        return z, slope

    return lambda files: run


def cross_entropy(U, Y):
    """The mean over rows, and its slope with respect to the scores."""
    U = U - U.max(axis=1, keepdims=True)
    P = np.exp(U)
    total = P.sum(axis=1, keepdims=True)
    E = (np.log(total).sum() - (Y * U).sum()) / len(Y)
    return E, (P / total - Y) / len(Y)


def softmax(files):
    X, Y = map(np.load, files)

    def run(turns):
        W = np.zeros((X.shape[1], Y.shape[1]))
        for _ in range(turns):
            E, d = cross_entropy(X @ W, Y)
            W -= 0.5 * (X.T @ d)
        return E, W[0, 0], W[-1, -1]

    return run


def net(files):
    X, Y, V0, W0 = map(np.load, files)

    def run(turns):
        V, W = V0.copy(), W0.copy()
        b, c = np.zeros(V.shape[1]), np.zeros(W.shape[1])
        for _ in range(turns):
            H = np.tanh(X @ V + b)
            E, d = cross_entropy(H @ W + c, Y)
            g = (d @ W.T) * (1 - H * H)
            W -= 0.5 * (H.T @ d)
            c -= 0.5 * d.sum(axis=0)
            V -= 0.5 * (X.T @ g)
            b -= 0.5 * g.sum(axis=0)
        return E, V[0, 0], W[-1, -1]

    return run


def trask(files):
    X, y = np.array(TRASK_X), np.array(TRASK_Y)

    def run(turns):
        W, w = np.array(TRASK_W1), np.array(TRASK_W2)
        for _ in range(turns):
            Y = sigma(X @ W)
            p = sigma(Y @ w)
            E = 0.5 * ((y - p) ** 2).sum()
            d = (p - y) * p * (1 - p)
            e = (d @ w.T) * Y * (1 - Y)
            w -= Y.T @ d
            W -= X.T @ e
        return E, W[0, 0], w[0, 0]

    return run


def samples(files):
    k = np.arange(1000)
    x0, x1 = np.sin(0.1 * k), np.cos(0.37 * k)
    y = (x0 * x1 > 0) * 1.0

    def run(turns):
        w = np.array(SAMPLES_W)
        for _ in range(turns):
            h0 = sigma(w[0] * x0 + w[1] * x1 + w[4])
            h1 = sigma(w[2] * x0 + w[3] * x1 + w[5])
            p = sigma(w[6] * h0 + w[7] * h1 + w[8])
            E = ((p - y) ** 2).sum() / 2
            g = (p - y) * p * (1 - p)
            g0, g1 = g * w[6] * h0 * (1 - h0), g * w[7] * h1 * (1 - h1)
            w -= 0.001 * np.array([g0 @ x0, g0 @ x1, g1 @ x0, g1 @ x1, g0.sum(), g1.sum(), g @ h0,
                                   g @ h1, g.sum()])
        return E, w[0], w[8]

    return run


CASES = {
    "w1-20": chain(20), "w1-1e6": chain(1_000_000), "w3": softmax, "w4-32": net, "w4-512": net,
    "w5": trask, "w6-batched": samples,
}
