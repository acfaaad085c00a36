#!/usr/bin/env python3
"""Checks the files that printouts are written to, for every printout of every example.

Each function that begins with `test_` is a test: `documents.py --list` names them and
`documents.py NAME` runs one. $WL is the program. The LaTeX is compiled, the MathML is read as XML,
checked against what MathML Core allows and shown in a browser, the JSON is held to its schema.
"""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WL = os.environ.get("WL", os.path.join(ROOT, ".build/release/wl"))
WORDS = "list|forward|trace|tangent|derive"
COMMAND = re.compile(rf"^({WORDS}) +[^=\n]*$|^({WORDS}) .* (at|wrt) .*$")
NOTATIONS = ["standard", "names", "labels", "delta", "leibniz", "bar"]
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def programs():
    """The examples, without those of mistakes."""
    found = sorted(glob.glob(os.path.join(ROOT, "examples", "**", "*.wl"), recursive=True))
    return [path for path in found if "/errors/" not in path]


def printouts(suffix, folder):
    """Runs every example with each of its printouts written to a file; returns the files.

    JSON is the same in all notations.
    """
    written = []
    for number, path in enumerate(programs()):
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        source, count = [], 0
        for line in lines:
            command = line.split("#")[0].rstrip()
            if not COMMAND.match(command) or " to \"" in command:
                source.append(line)
                continue
            word = command.split()[0]
            notations = NOTATIONS if word in ("trace", "forward") else ["standard", "bar"]
            notations = ["standard"] if suffix == ".json" else notations
            for notation in notations if " notation " not in command else [None]:
                target = os.path.join(folder, f"{number}-{count}{suffix}")
                told = command if notation is None else f"{command} notation {notation}"
                source.append(f'{told} to "{target}"')
                written.append(target)
                count += 1
        if count == 0:
            continue  # It only prints, and may train for a while.
        # Beside the example, so that the files it reads are found.
        copy = os.path.join(os.path.dirname(path), f".documents-{os.getpid()}.wl")
        try:
            with open(copy, "w", encoding="utf-8") as file:
                file.write("\n".join(source) + "\n")
            run = subprocess.run([WL, copy], capture_output=True, text=True, timeout=120)
        finally:
            os.remove(copy)
        assert run.returncode == 0, f"{path}: {run.stderr}"
    missing = [path for path in written if not os.path.exists(path)]
    assert not missing, missing
    assert len(written) > 10, "hardly any printouts were found"
    return written


def test_latex_compiles_and_fits():
    with tempfile.TemporaryDirectory() as folder:
        head, bodies = "", []
        for path in printouts(".tex", folder):
            with open(path, encoding="utf-8") as file:
                head, rest = file.read().split("\\begin{document}")
            bodies.append(f"% {path}\n" + rest.split("\\end{document}")[0])
        with open(os.path.join(folder, "all.tex"), "w", encoding="utf-8") as file:
            file.write(head + "\\begin{document}\n")
            file.write("\\clearpage\n".join(bodies) + "\\end{document}\n")
        run = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"], cwd=folder,
            capture_output=True, timeout=300)
        log = run.stdout.decode("utf-8", "replace")
        assert run.returncode == 0, log[-3000:]
        wide = re.findall(r"Overfull \\hbox.*\n.*", log)
        assert not wide, "\n".join(wide[:20])


# What MathML Core has, with the number of children where it is fixed.
ELEMENTS = {
    "math": None, "mrow": None, "mi": 0, "mn": 0, "mo": 0, "mtext": 0, "mspace": 0, "msup": 2,
    "msub": 2, "mfrac": 2, "msqrt": None, "mover": 2, "mtable": None, "mtr": None, "mtd": None,
}
INSIDE = {"mtr": "mtable", "mtd": "mtr"}


def check_mathml(element, parent, path):
    name = element.tag.removeprefix(MATHML)
    assert name in ELEMENTS, f"{path}: <{name}>"
    count = ELEMENTS[name]
    assert count is None or len(element) == count, f"{path}: <{name}> has {len(element)} parts"
    assert INSIDE.get(name, parent) == parent, f"{path}: <{name}> in <{parent}>"
    if name == "mtable":
        assert all(child.tag == MATHML + "mtr" for child in element), path
    if name == "mtr":
        assert all(child.tag == MATHML + "mtd" for child in element), path
    if count == 0 and name != "mspace":
        assert (element.text or "").strip() or name == "mtext", f"{path}: <{name}> is empty"
    elif name not in ("mi", "mn", "mo", "mtext"):
        assert not (element.text or "").strip(), f"{path}: loose text in <{name}>"
    for child in element:
        assert not (child.tail or "").strip(), f"{path}: loose text behind <{child.tag}>"
        check_mathml(child, name, path)


def test_mathml_is_valid():
    with tempfile.TemporaryDirectory() as folder:
        count = 0
        for path in printouts(".html", folder):
            with open(path, encoding="utf-8") as file:
                page = ElementTree.fromstring(file.read().replace("<!DOCTYPE html>", ""))
            for formula in page.iter(MATHML + "math"):
                count += 1
                check_mathml(formula, None, path)
        assert count > 500, count


PROBE = """
<script>
const found = [...document.querySelectorAll("math")];
const boxes = found.map((formula) => formula.getBoundingClientRect());
const fractions = [...document.querySelectorAll("mfrac")].map((fraction) => {
  const [above, below] = [...fraction.children].map((part) => part.getBoundingClientRect());
  return above.bottom <= below.top + 1 && above.width > 0 && below.width > 0;
});
document.body.innerHTML = "<p id='result'></p>";
document.getElementById("result").textContent = JSON.stringify({
  formulas: found.length, empty: boxes.filter((box) => box.width < 2 || box.height < 2).length,
  fractions: fractions.length, flat: fractions.filter((stacked) => !stacked).length,
});
</script>
"""


def test_mathml_shows_in_a_browser():
    with tempfile.TemporaryDirectory() as folder:
        pages = printouts(".html", folder)
        body = ""
        for path in pages:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            body += text.split("<body>")[1].split("</body>")[0]
        page = os.path.join(folder, "all.html")
        with open(page, "w", encoding="utf-8") as file:
            file.write('<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>')
            file.write(body + PROBE + "</body></html>")
        run = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
             f"--user-data-dir={folder}/profile", "file://" + page],
            capture_output=True, text=True, timeout=240)
        match = re.search(r'<p id="result">(.*?)</p>', run.stdout)
        assert match, run.stdout[:500] + run.stderr[-2000:]
        result = json.loads(match.group(1))
        assert result["formulas"] > 500 and result["fractions"] > 100, result
        assert result["empty"] == 0 and result["flat"] == 0, result


def test_json_keeps_to_its_schema():
    import jsonschema
    with open(os.path.join(ROOT, "docs/reference/printouts.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert not validator.is_valid({"kind": "trace", "of": "f"})
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in printouts(".json", folder):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            printout = json.loads(text)
            # The validator is slow: of what thousands of turns wrote the ends will do.
            for key in ("entries", "forward", "reverse", "tangents"):
                if len(text) > 200_000 and len(printout.get(key, [])) > 60:
                    printout[key] = printout[key][:30] + printout[key][-30:]
            errors = list(validator.iter_errors(printout))
            assert not errors, f"{path}: {errors[0].message[:500]}"
            checked += 1
    assert checked > 10


def test_markdown_has_whole_tables():
    with tempfile.TemporaryDirectory() as folder:
        for path in printouts(".md", folder):
            with open(path, encoding="utf-8") as file:
                lines = file.read().split("\n")
            assert lines[0].startswith("# "), path
            for line in lines:
                if line.startswith("|"):
                    assert len(re.findall(r"(?<!\\)\|", line)) == 4, f"{path}: {line}"


TESTS = {name[5:]: test for name, test in list(globals().items()) if name.startswith("test_")}

if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(TESTS))
    else:
        for name in sys.argv[1:]:
            TESTS[name]()
