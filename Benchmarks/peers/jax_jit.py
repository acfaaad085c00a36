"""JAX: the whole loop compiled, so that nothing of Python is left in a turn."""
import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np

from common import SAMPLES_W, TRASK_W1, TRASK_W2, TRASK_X, TRASK_Y, entries, evaluate


def loop(turn, start):
    """So many turns of a function of a state, compiled once for any number of them."""
    compiled = jax.jit(lambda state, turns: jax.lax.fori_loop(0, turns, lambda _, s: turn(s), state))
    return lambda turns: jax.tree.map(np.asarray, compiled(start, turns))


def descent(loss, rate, weights, result):
    """Steps of descent at a rate, from weights; what is shown is made of the loss and the weights."""
    def turn(state):
        E, slopes = jax.value_and_grad(loss)(state[1])
        return E, jax.tree.map(lambda w, d: w - rate * d, state[1], slopes)

    run = loop(turn, (0.0, jax.tree.map(jnp.asarray, weights)))
    return lambda turns: result(*run(turns))


def chain(length):
    def z(x):
        return jax.lax.scan(lambda z, _: (jnp.sin(z * x) + x, None), x, None, length=length)[0]

    return lambda files: loop(lambda s: jax.value_and_grad(z)(0.5 + 1e-7 * s[1]), (0.0, 0.0))


def scalars(files):
    inputs, rest = entries(files[0])
    functions = {"sin": jnp.sin, "cos": jnp.cos, "exp": jnp.exp, "tanh": jnp.tanh}
    both = jax.value_and_grad(lambda x: evaluate(rest, x, functions))

    def turn(state):
        x = [w - 1e-9 * d for w, d in zip(state[0], state[2])]
        return x, *both(x)

    run = loop(turn, (inputs, 0.0, [0.0] * len(inputs)))

    def result(turns):
        _, z, slopes = run(turns)
        return z, *slopes

    return result


def cross_entropy(U, Y):
    return -(Y * jax.nn.log_softmax(U)).sum() / len(Y)


def softmax(files):
    X, Y = (jnp.asarray(np.load(path)) for path in files)
    return descent(lambda W: cross_entropy(X @ W, Y), 0.5, np.zeros((X.shape[1], Y.shape[1])),
                   lambda E, W: (E, W[0, 0], W[-1, -1]))


def net(files):
    X, Y, V, W = (jnp.asarray(np.load(path)) for path in files)

    def loss(weights):
        V, b, W, c = weights
        return cross_entropy(jnp.tanh(X @ V + b) @ W + c, Y)

    return descent(loss, 0.5, (V, np.zeros(V.shape[1]), W, np.zeros(W.shape[1])),
                   lambda E, w: (E, w[0][0, 0], w[2][-1, -1]))


def trask(files):
    X, y = jnp.array(TRASK_X), jnp.array(TRASK_Y)

    def loss(weights):
        p = jax.nn.sigmoid(jax.nn.sigmoid(X @ weights[0]) @ weights[1])
        return 0.5 * ((y - p) ** 2).sum()

    return descent(loss, 1.0, (np.array(TRASK_W1), np.array(TRASK_W2)),
                   lambda E, w: (E, w[0][0, 0], w[1][0, 0]))


def sample_loss(w, x0, x1, y):
    h0 = jax.nn.sigmoid(w[0] * x0 + w[1] * x1 + w[4])
    h1 = jax.nn.sigmoid(w[2] * x0 + w[3] * x1 + w[5])
    return (jax.nn.sigmoid(w[6] * h0 + w[7] * h1 + w[8]) - y) ** 2 / 2


def samples(batched):
    k = jnp.arange(1000.0)
    x0, x1 = jnp.sin(0.1 * k), jnp.cos(0.37 * k)
    y = (x0 * x1 > 0) * 1.0

    def all_at_once(w):
        return sample_loss(w, x0, x1, y).sum()

    def one_by_one(w):
        return jax.lax.scan(lambda E, s: (E + sample_loss(w, *s), None), 0.0, (x0, x1, y))[0]

    return lambda files: descent(all_at_once if batched else one_by_one, 0.001, np.array(SAMPLES_W),
                                 lambda E, w: (E, w[0], w[8]))


CASES = {
    "w1-20": chain(20), "w1-1e6": chain(1_000_000), "w2-1e3": scalars, "w2-1e5": scalars,
    "w2-1e6": scalars, "w3": softmax, "w4-32": net, "w4-512": net, "w5": trask,
    "w6": samples(False), "w6-batched": samples(True),
}
