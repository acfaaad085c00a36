"""Malformed and hostile programs: made from the examples, the same ones for the same number."""
import glob
import os
import random
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TOKEN = re.compile(rb"[ \t]+|\n|[0-9.]+(?:[eE][+-]?[0-9]+)?|\w+|\"[^\"\n]*\"|\.\.|[^\w\s]")
NUMBERS = (
    "0 -0 1 -1 2 3 1e9 1e18 9e18 1e19 1e300 1e308 1e400 1e-400 nan inf -inf 0.5 1e6 65536 "
    "2147483648 4294967296 9223372036854775807 9223372036854775808 1..2 1e").split()
SIGNS = (
    "( ) [ ] { } , ; : = == != < > <= >= + - * / ^ ** @ ' .. . .T ? ! | || && # // \" \\ $ % & "
    "-> => += ~ ` \u03b1 \u00b2 \u00b7 \u222b \u2212 \u00d7 \ufeff \u200b \U0001f600").split(" ")
WORDS = (
    "for in by repeat while if else return input rule minimize wrt at to using steps until where "
    "grad jvp vjp jacobian hessian hvp taylor diff root fixpoint map load save set show print list "
    "forward trace tangent step adjoint derive check why cost graph plot table explain "
    "zeros ones eye linspace reshape concat stack sum mean max min softmax solve inv det expm logm "
    "cholesky random seed permutation transpose pi e nan inf and or not true false").split()
COMMANDS = (
    "list forward trace tangent adjoint derive check why cost graph table explain show").split()
SHAPES = [
    "zeros({n}, {n})", "ones({n})", "eye({n})", "linspace(0, 1, {n})", "0..{n}", "1..{n} by 0.5",
    "reshape(zeros({n}), [{n}, 1])", "zeros({n}) @ zeros({n})", "zeros({n}, 1) * zeros(1, {n})",
    "zeros({n}, {n}) @ zeros({n}, {n})", "concat(zeros({n}), zeros({n}))", "random({n}, {n})",
    "expm(zeros({n}, {n}))", "solve(eye({n}), ones({n}))", "sum(exp(linspace(0, 1, {n})))",
    "jacobian(x*ones({n}), x)", "hessian(sum(linspace(0, 1, {n})^3), x)", "taylor(sin(x), x = 1, {n})",
    "det(zeros({n}, {n}))", "softmax(zeros({n}, {n}))", "map(sin, zeros({n}))",
]
LOOPS = [
    "for i in 1..{n} {{ z = z*x }}", "repeat {n} {{ z = sin(z) }}", "while z < {n} {{ z = z + 1 }}",
    "while true {{ z = z + 1 }}", "for i in 1..{n} {{ z = [z, z] }}",
    "for i in 1..{n}, j in 1..{n} {{ z = z + i*j }}",
    "for i in 1..{n} {{ for j in 1..{n} {{ for k in 1..{n} {{ z = z + 1 }} }} }}",
    "f(x) = f(x)\nz = f(1)", "f(g) = g(g)\nz = f(f)", "for i in 1..{n} {{ print i }}",
    "minimize z over x by sgd(rate = 0.1) for {n} steps", "minimize z over x by lbfgs for {n} steps",
    "F(x) = x^2 + 1\nz = root(F, {n})", "F(x) = 2*x + 1\nz = fixpoint(F, {n})",
]
NESTS = [
    ("(", "x", ")"), ("[", "1", "]"), ("sin(", "x", ")"), ("-", "x", ""), ("x^", "2", ""),
    ("if x > 0 { ", "z = 1", " }"), ("for i in 1..2 { ", "z = x", " }"), ("x + (", "1", ")"),
    ("not ", "x", ""), ("{", "1", "}"), ("f(x) = { ", "x", " }"), ("grad(", "x^9", ", x)"),
    ("x[", "0", "]"), ("", "x", "'"), ("", "x", ".T"), ("1..", "2", ""), ("a = ", "1", ""),
    ("map(sin, ", "x", ")"), ("(x, ", "1", ")"), ("x ? ", "1", ": 2"), ("print ", "1", ""),
    ("taylor(", "x", ", x = 1, 3)"), ("", "f", "'" * 3), ("rule f(x) { ", "1", " }"),
]


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Programs:
    """Hostile programs; every one comes with the data files that it reads."""

    def __init__(self):
        patterns = ("examples/*.wl", "examples/errors/*.wl", "Tests/fuzz/corpus/*.wl")
        paths = [path for name in patterns for path in sorted(glob.glob(f"{ROOT}/{name}"))]
        self.texts = [read(path) for path in paths]
        self.tokens = [token for text in self.texts for token in TOKEN.findall(text)]
        folder = f"{ROOT}/Tests/WengertLangTests/Data/fixtures"
        self.data = [(os.path.basename(path), read(path)) for path in sorted(glob.glob(f"{folder}/*"))]
        self.kinds = [
            self.soup, self.mutated, self.mutated, self.mutated, self.bytewise, self.spliced,
            self.numeric, self.nested, self.shaped, self.looped, self.loading, self.asked]

    def make(self, seed):
        """The program of a number: its kind, its bytes, its files."""
        r = random.Random(seed)
        kind = r.choice(self.kinds)
        made = kind(r)
        text, files = made if isinstance(made, tuple) else (made, {})
        return kind.__name__, text, files

    def token(self, r):
        pool = r.randrange(5)
        if pool == 0:
            return r.choice(NUMBERS).encode()
        if pool == 1:
            return r.choice(SIGNS).encode()
        if pool == 2:
            return r.choice(WORDS).encode()
        return r.choice(self.tokens)

    def soup(self, r):
        return b"".join(
            self.token(r) + (b" " if r.random() < 0.3 else b"") for _ in range(r.randint(1, 60)))

    def mutated(self, r):
        tokens = TOKEN.findall(r.choice(self.texts))
        for _ in range(r.randint(1, 6)):
            if not tokens:
                break
            i, j = r.randrange(len(tokens)), r.randrange(len(tokens))
            way = r.randrange(6)
            if way == 0:
                del tokens[i]
            elif way == 1:
                tokens.insert(j, tokens[i])
            elif way == 2:
                tokens[i], tokens[j] = tokens[j], tokens[i]
            elif way == 3:
                tokens[i] = self.token(r)
            elif way == 4:
                tokens[j:j] = tokens[i:i + r.randint(1, 20)]
            else:
                del tokens[i:i + r.randint(1, 10)]
        return b"".join(tokens)

    def bytewise(self, r):
        text = bytearray(r.choice(self.texts))
        for _ in range(r.randint(1, 12)):
            if not text:
                break
            i = r.randrange(len(text))
            way = r.randrange(6)
            if way == 0:
                text[i] = r.randrange(256)
            elif way == 1:
                del text[i]
            elif way == 2:
                text[i:i] = r.choice([b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\r", b"\xf4\x90\x80\x80"])
            elif way == 3:
                text[i] ^= 1 << r.randrange(8)
            elif way == 4:
                del text[i:]
            else:
                j = r.randrange(len(text))
                text[i:i] = text[j:j + r.randint(1, 30)]
        return bytes(text)

    def spliced(self, r):
        lines = [line for _ in range(r.randint(2, 4)) for line in r.choice(self.texts).split(b"\n")]
        first = r.randrange(len(lines))
        chosen = lines[first:first + r.randint(2, 25)]
        if r.random() < 0.3:
            r.shuffle(chosen)
        return b"\n".join(chosen)

    def numeric(self, r):
        def number(match):
            return r.choice(NUMBERS).encode() if r.random() < 0.25 else match.group()
        return re.sub(rb"[0-9]+(?:\.[0-9]+)?", number, r.choice(self.texts))

    def nested(self, r):
        text = r.choice(["1", "x", ""])
        count = r.choice([3, 50, 200, 255, 256, 257, 1000, 20_000])
        for _ in range(r.randint(1, 3)):
            front, middle, back = r.choice(NESTS)
            text = front * count + (text or middle) + back * count
        return f"x = 2\nf(x) = x^2\nz = {text}\n".encode()

    def shaped(self, r):
        lines = ["x = 2"]
        for number in range(r.randint(1, 3)):
            formula = r.choice(SHAPES).format(n=r.choice(NUMBERS + ["100", "3000", "x", "1e5", "1e7"]))
            lines.append(f"y{number} = {formula}")
        lines.append(r.choice(["print y0", "trace y0", "g = grad(sum(y0), x)", "check sum(y0)", ""]))
        return "\n".join(lines).encode()

    def looped(self, r):
        n = r.choice(NUMBERS + ["100", "1000", "1e5", "x"])
        lines = ["x = 2", "z = 1", r.choice(LOOPS).format(n=n)]
        if r.random() < 0.5:
            lines.append(r.choice(LOOPS).format(n=r.choice(NUMBERS)))
        lines.append(r.choice(["print z", "trace z", "g = grad(z, x)", "check z", "why z", ""]))
        return "\n".join(lines).encode()

    def loading(self, r):
        name, contents = r.choice(self.data)
        data = bytearray(contents)
        for _ in range(r.randint(0, 8)):
            if not data:
                break
            i = r.randrange(len(data))
            way = r.randrange(5)
            if way == 0:
                data[i] = r.choice([0, 1, 127, 128, 255, r.randrange(256)])
            elif way == 1:
                del data[i:i + r.randint(1, 40)]
            elif way == 2:
                data[i:i] = bytes(r.randrange(256) for _ in range(r.randint(1, 9)))
            elif way == 3:
                data[i:i + 8] = r.choice([b"\xff" * 8, b"\0" * 8, b"99999999", b"\x7f" + b"\xff" * 7])
            else:
                del data[i:]
        rest = r.choice(
            ["", ', "a"', ', "W1", "b1"', ", columns = 0", ", header = true", ", columns = 0..9e18"])
        text = f'x = load("{name}"{rest})\nprint sum(x)\n'
        return text.encode(), {name: bytes(data)}

    def asked(self, r):
        """A program, changed or not, with commands about it behind."""
        text = r.choice(self.texts) if r.random() < 0.5 else self.mutated(r)
        names = re.findall(rb"(?m)^(\w+) *=", text) or [b"f"]
        for _ in range(r.randint(1, 3)):
            name = r.choice(names)
            tail = r.choice([b"", b" wrt " + r.choice(names), b" full", b" rows", b" at x = 1"])
            text += b"\n" + r.choice(COMMANDS).encode() + b" " + name + tail
        return text
