"""Malformed and hostile programs: made from the examples, the same ones for the same number."""
import glob
import os
import random
import re

import datafiles

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

LONG = [
    "+", "-", "(", "[", "{", "'", "\"", "#", ";", ",", ".", "..", "=", "x ", "2x", "x'", "\u201c", "\uff9e",
    "\u00b2", "x+", "x*", "x^", "-x", "f(", "[1,", "1,", "1e", "9", "0", "if x {} ", "else ", "elif x {} ",
    "a=", "x.", "x.T", "x[0]", "(x)", "^2", "<1", "..1", "%", "\\", "$", "\t", "\r", "\0", "{x}", "x{",
    "not ", "print ", "for i in 1..2 {", "rule f(x) = x {", "x;", "1 2 ", "np.", ":", "@", "//", "'' ",
    "minimize x over ", "grad(x, ", "E0302 ", "f'(", "x and ", "1_0", "0x"]
GROWTHS = [
    "z = (1, 1)\nrepeat {n} {{ z = (z, z) }}", "z = [1]\nrepeat {n} {{ z = concat(z, z) }}",
    "x = 2\nz = x\nfor i in 1..{n} {{ z = z*x + z }}\ng = grad(grad(grad(z, x), x), x)\nprint g",
    "f(n) = {{ if n < 1 {{ 1 }} else {{ f(n - 1) }} }}\nprint f({n})", "f(x) = g(x)\ng(x) = f(x)\nf(1)",
    "x = 1\n" + "f(x) = x + x\n" + "x = f(x)\n" * 70 + "print x\nlist x",
    "x = 2\nprint " + "sin(" * 150 + "x" + ")" * 150, "z = zeros({n})\nz = z @ z",
    "x = 1\ny = jacobian(zeros({n}) * x, x)", "print 1..{n}", "x = 1..{n}\nprint sum(x)",
    "x = zeros({n}, {n})\nprint x", "print eye({n})", "x = ones({n})\nplot x over 0..1",
    "s = \"a\"\nrepeat {n} {{ print s }}", "print \"{{1:.{n}f}}\"", "print \"{{1:{n}d}}\"",
    "set digits {n}\nprint pi", "set memory {n}\nx = zeros(1000)", "set entries {n}\nx = 1",
    "x = 2\ntaylor(exp(sin(x)), x = 1, {n})", "permutation({n})", "seed({n})\nrandn({n})",
    "x = 1\n" + "".join(f"f{k}(x) = f{k - 1}(f{k - 1}(x))\n" if k else "f0(x) = x + 1\n"
                         for k in range(40)) + "print f39(x)",
    "x = 2\nhessian(x^{n}, x)", "x = 2\nprint x^^{n}", "x = ones({n})\ncheck sum(x^3)",
    "x = ones({n})\nerrors sum(x)", "x = 1\nroot(f, {n})", "one_hot([1, 2], {n})", "tril(ones({n}, 3))",
    "reshape(1..6, [{n}, -1])", "x = 1..6\nprint x[0..{n}]", "x = 1..6\nprint x[{n}]", "repeat {n} {{}}",
    "for i in 1..{n} by 1e-300 {{ print i }}", "print 0..1 by 1e-{n}", "linspace(0, 1, {n})[-1]",
    "minimize E over w by adam for {n} steps", "random({n}, {n})", "tile([1, 2], {n})",
]
# What stands where a data file is looked for: see `fuzz.py`.
PLACES = [
    ("link", "a.csv"), ("link", "nowhere"), ("link", "/dev/zero"), ("link", "/proc/self/mem"),
    ("folder",), ("locked", b"1,2\n"), ("pipe",), ("link", "."), ("link", "/dev/null"), ("link", "p.wl")]


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Programs:
    """Hostile programs; every one comes with the data files that it reads."""

    def __init__(self):
        paths = sorted(glob.glob(f"{ROOT}/examples/**/*.wl", recursive=True))
        self.texts = [read(path) for path in paths]
        self.tokens = [token for text in self.texts for token in TOKEN.findall(text)]
        folder = f"{ROOT}/Tests/WengertLangTests/Data/fixtures"
        self.data = [(os.path.basename(path), read(path)) for path in sorted(glob.glob(f"{folder}/*"))]
        self.bomb = datafiles.bomb(100)
        self.kinds = [
            self.soup, self.mutated, self.mutated, self.mutated, self.bytewise, self.spliced,
            self.numeric, self.nested, self.shaped, self.looped, self.loading, self.loading,
            self.asked, self.named, self.encoded, self.long, self.grown, self.asked_for_pictures]

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
        """A data file that is spoiled, made up, a bomb, or no file at all."""
        way = r.randrange(20)
        if way < 8:
            name, contents = r.choice(self.data)
            contents = datafiles.spoiled(r, contents)
        elif way < 17:
            name, contents = datafiles.made(r)
        elif way == 17:
            name, contents = "a.npz", self.bomb
        else:
            name = r.choice(["a.csv", "a.npy", "a.json"])
            contents = r.choice(PLACES)
        rest = r.choice(
            ["", "", ', "a"', ', "W1", "b1"', ", columns = 0", ", header = true",
             ", columns = 0..9e18", ", columns = \"x\"", ', ""'])
        after = r.choice(["print sum(x)", "print x", "y = x @ x", 'save x to "b.csv"', "show x", ""])
        text = f'x = load("{name}"{rest})\n{after}\n'
        return text.encode(), {name: contents}

    def asked(self, r):
        """A program, changed or not, with commands about it behind."""
        text = r.choice(self.texts) if r.random() < 0.5 else self.mutated(r)
        names = re.findall(rb"(?m)^(\w+) *=", text) or [b"f"]
        for _ in range(r.randint(1, 3)):
            name = r.choice(names)
            tail = r.choice([b"", b" wrt " + r.choice(names), b" full", b" rows", b" at x = 1"])
            text += b"\n" + r.choice(COMMANDS).encode() + b" " + name + tail
        return text

    def named(self, r):
        """Names, strings and comments of every length."""
        length = r.choice([1, 2, 63, 64, 255, 256, 257, 1000, 65535, 65536, 300_000])
        letter = r.choice(["a", "\u03b1", "_", "a_1", "\u0301", "\U0001d465", "x'"])
        name = (letter * length)[:length]
        forms = [
            "{0} = 1\nprint {0}", "f({0}) = {0}^2\nprint f'(2)", "x = 1\n{0} = x\ntrace {0}",
            "print \"{0}\"", "# {0}\nprint 1", "x = {0}", "print \"{{{0}}}\"", "{0}", "explain {0}",
            "x = load(\"{0}\")", "save x to \"{0}.csv\"", "{0}({0}, {0} = {0})", "rule {0}(a) = a {{}}",
            "x = 1; {0} = x; {1} = {0}; graph {1}; derive {1} wrt x"]
        return r.choice(forms).format(name, "b" + name).encode("utf-8", errors="replace")

    def encoded(self, r):
        """A program in an encoding that is none, or in several."""
        text = r.choice(self.texts).decode("utf-8", errors="replace")
        way = r.randrange(6)
        if way == 0:
            return text.encode(r.choice(["utf-16", "utf-16-be", "utf-32", "utf-8-sig", "utf-7"]))
        if way == 1:
            return text.encode("latin-1", errors="replace").replace(b"?", bytes([r.randrange(128, 256)]))
        if way == 2:
            return text.replace("\n", r.choice(["\r", "\r\n", "\x0b", "\x85", "\u2028", "\0"])).encode()
        if way == 3:
            half = len(text) // 2
            return text[:half].encode() + text[half:].encode("utf-16-le")
        if way == 4:
            return r.randbytes(r.choice([1, 10, 1000, 100_000]))
        return text.replace(" ", r.choice(["\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e"])).encode()

    def long(self, r):
        """One line, or one run of one sign, of many thousands."""
        count = r.choice([1000, 50_000, 300_000])
        unit = r.choice(LONG)
        head, tail = r.choice([("x = 2\ny = ", ""), ("", ""), ("print ", "1"), ("x = [", "1]")])
        return f"{head}{unit * (count // len(unit))}{tail}\n".encode("utf-8", errors="replace")

    def grown(self, r):
        """Values and lists that double, and functions that call themselves."""
        n = r.choice(["10", "30", "60", "1000", "1e9"])
        return r.choice(GROWTHS).format(n=n).encode()

    def asked_for_pictures(self, r):
        """Files that are asked for, to places where none can be."""
        text = r.choice([b"x = 2\nf = sin(x)^2", b"x = [1, 2]\nf = sum(x^2)"])
        place = r.choice(["a.svg", "a.png", "a.html", "a.tex", "", "/", "/dev/full", "/dev/null/a.svg",
                          "n/a.svg", "a" * 300 + ".svg", "a.npy", "\0.svg", "..", "a.json"])
        line = r.choice(["graph f to", "plot f over -1..1 to", "step f to", "save f to", "trace f to",
                         "derive f wrt x to", "table f to"])
        return text + f'\n{line} "{place}"\n'.encode(), {"a.json": b"{}"}
