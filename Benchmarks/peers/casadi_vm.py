"""CasADi: the step of a case as one expression, run by its virtual machine and folded in C++."""
import casadi as ca
import numpy as np

from common import SAMPLES_W, TRASK_W1, TRASK_W2, TRASK_X, TRASK_Y, entries, evaluate

FOLD = 100


def as_it_is(step):
    return step


def looped(advance, start, result, size, kind=ca.SX, prepare=as_it_is):
    """Many turns of a state: `advance` makes the next one of its symbol."""
    state = kind.sym("state", size)
    step = prepare(ca.Function("step", [state], [advance(state)]))
    folds = {}

    def run(turns):
        if turns >= FOLD and not folds:
            folds["many"] = step.fold(FOLD)
        state = ca.DM(start)
        for _ in range(turns // FOLD):
            state = folds["many"](state)
        for _ in range(turns % FOLD):
            state = step(state)
        return result(np.array(state).reshape(-1))

    return run


def descent(loss, rate, weights, places, kind=ca.SX, prepare=as_it_is):
    """Steps of descent; the state is the weights and the loss, `places` those that are shown."""
    weights = np.concatenate([np.asarray(w, float).reshape(-1, order="F") for w in weights])

    def advance(state):
        w = state[:-1]
        E = loss(w)
        return ca.vertcat(w - rate * ca.gradient(E, state)[:-1], E)

    return looped(advance, [*weights, 0], lambda s: (s[-1], *(s[p] for p in places)), len(weights) + 1,
                  kind, prepare)


def chain(length, prepare=as_it_is):
    def advance(state):
        x = ca.SX.sym("x")
        z = x
        for _ in range(length):
            z = ca.sin(z * x) + x
        both = ca.Function("both", [x], [ca.vertcat(z, ca.gradient(z, x))])
        return both(0.5 + 1e-7 * state[1])

    return lambda files: looped(advance, [0, 0], tuple, 2, prepare=prepare)


def scalars(prepare=as_it_is):
    def make(files):
        inputs, rest = entries(files[0])
        count = len(inputs)
        functions = {"sin": ca.sin, "cos": ca.cos, "exp": ca.exp, "tanh": ca.tanh}

        def advance(state):
            x = ca.SX.sym("x", count)
            z = evaluate(rest, ca.vertsplit(x), functions)
            both = ca.Function("both", [x], [z, ca.gradient(z, x)])
            x = state[:count] - 1e-9 * state[count:2 * count]
            z, slopes = both(x)
            return ca.vertcat(x, slopes, z)

        return looped(advance, [*inputs, *[0] * (count + 1)],
                      lambda s: (s[-1], *s[count:2 * count]), 2 * count + 1, prepare=prepare)

    return make


def cross_entropy(U, Y):
    top = ca.mmax(U)
    total = ca.sum2(ca.exp(U - top))
    return (ca.sum1(ca.log(total) + top) - ca.sum1(ca.sum2(Y * U))) / Y.shape[0]


def softmax(files):
    X, Y = (ca.DM(np.load(path)) for path in files)
    D, C = X.shape[1], Y.shape[1]
    return descent(lambda w: cross_entropy(ca.mtimes(X, ca.reshape(w, D, C)), Y), 0.5,
                   [np.zeros((D, C))], (0, D * C - 1), ca.MX)


def net(prepare=as_it_is):
    def make(files):
        X, Y, V, W = (np.load(path) for path in files)
        (D, M), C, N = V.shape, Y.shape[1], len(X)
        X, Y = ca.DM(X), ca.DM(Y)
        ends = np.cumsum([0, D * M, M, M * C, C]).tolist()

        def loss(w):
            V, b, W, c = ca.vertsplit(w, ends)
            H = ca.tanh(ca.mtimes(X, ca.reshape(V, D, M)) + ca.repmat(b.T, N, 1))
            return cross_entropy(ca.mtimes(H, ca.reshape(W, M, C)) + ca.repmat(c.T, N, 1), Y)

        return descent(loss, 0.5, [V, np.zeros(M), W, np.zeros(C)], (0, ends[3] - 1), ca.MX, prepare)

    return make


def sigma(x):
    return 1 / (1 + ca.exp(-x))


def trask(prepare=as_it_is):
    def make(files):
        X, y = ca.DM(TRASK_X), ca.DM(TRASK_Y)

        def loss(w):
            p = sigma(ca.mtimes(sigma(ca.mtimes(X, ca.reshape(w[:12], 3, 4))), w[12:]))
            return ca.sumsqr(y - p) / 2

        return descent(loss, 1.0, [TRASK_W1, TRASK_W2], (0, 12), prepare=prepare)

    return make


def samples(prepare=as_it_is):
    def make(files):
        k = np.arange(1000)
        x0, x1 = np.sin(0.1 * k), np.cos(0.37 * k)
        data = ca.DM(np.vstack([x0, x1, x0 * x1 > 0]))
        w, s = ca.SX.sym("w", 9), ca.SX.sym("s", 3)
        h0 = sigma(w[0] * s[0] + w[1] * s[1] + w[4])
        h1 = sigma(w[2] * s[0] + w[3] * s[1] + w[5])
        sample = ca.Function("sample", [w, s], [(sigma(w[6] * h0 + w[7] * h1 + w[8]) - s[2]) ** 2 / 2])
        return descent(lambda w: ca.sum2(sample.map(1000)(ca.repmat(w, 1, 1000), data)), 0.001,
                       [SAMPLES_W], (0, 8), ca.MX, prepare)

    return make


CASES = {
    "w1-20": chain(20), "w1-1e6": chain(1_000_000), "w2-1e3": scalars(), "w2-1e5": scalars(),
    "w2-1e6": scalars(), "w3": softmax, "w4-32": net(), "w4-512": net(), "w5": trask(),
    "w6": samples(),
}
