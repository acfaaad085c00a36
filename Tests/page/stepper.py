#!/usr/bin/python3
"""What the stepper page does in a browser: stepper.py NAME runs one test, stepper.py --list names them."""
import json
import os
import subprocess
import sys
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HERE = os.path.dirname(os.path.abspath(__file__))
WL = os.environ.get("WL") or os.path.join(HERE, "..", "..", "wl")
SLIDE = "x1 = 3\nx2 = 4\nz1 = add(x1, x1)\nz2 = add(z1, x2)\nf = square(z2)\n"
TESTS = {}


def test(function):
    TESTS[function.__name__.replace("_", " ")] = function
    return function


class Page:
    """A program's page in a headless browser that has no network."""

    def __init__(self, program, output, size=(1200, 800), dark=False):
        self.folder = tempfile.TemporaryDirectory(prefix="wl-page-")
        path = os.path.join(self.folder.name, "program.wl")
        self.file = os.path.join(self.folder.name, "page.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'{program}\nstep {output} to "page.html"\n')
        subprocess.run([WL, path], check=True, stdout=subprocess.DEVNULL)
        options = Options()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         f"--window-size={size[0]},{size[1]}"):
            options.add_argument(argument)
        if dark:
            options.add_argument("--blink-settings=preferredColorScheme=0")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.browser.set_page_load_timeout(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.quit()
        self.folder.cleanup()

    def open(self, place=""):
        self.browser.get("about:blank")
        start = time.perf_counter()
        self.browser.get("file://" + self.file + place)
        return time.perf_counter() - start

    def quickest(self, place):
        """The least of five openings, in seconds: what the page takes, not what else runs."""
        return min(self.open(place) for _ in range(5))

    def text(self, name):
        return self.browser.find_element(By.ID, name).text

    def press(self, *keys):
        self.browser.find_element(By.TAG_NAME, "body").send_keys(*keys)

    @property
    def step(self):
        return self.text("count")

    @property
    def place(self):
        return self.browser.execute_script("return location.hash")

    def cells(self, name):
        """The cells of the table's row of an entry."""
        for row in self.browser.find_elements(By.CSS_SELECTOR, "tbody tr"):
            cells = [cell.text for cell in row.find_elements(By.TAG_NAME, "td")]
            if cells[0].split(" ")[0] == name:
                return cells
        raise AssertionError(f"no row for {name}")

    def check_quiet(self):
        """No message of the browser, and no request but for the page itself."""
        messages = [entry["message"] for entry in self.browser.get_log("browser")]
        assert messages == [], messages
        requests = set()
        for entry in self.browser.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                requests.add(event["params"]["request"]["url"].split("#")[0])
        others = [url for url in requests if url not in ("file://" + self.file, "about:blank", "data:,")]
        assert others == [], others


@test
def keys_walk_through_the_reverse_sweep():
    with Page(SLIDE, "f") as page:
        page.open()
        assert page.step == "step 1 of 6", page.step
        assert page.text("equation").replace("\n", " ") == "a5 = df/df = 1", page.text("equation")
        page.press(Keys.ARROW_RIGHT)
        equation = page.text("equation")
        assert equation == "a4 = a5 dv5/dv4 = a5 · 2 z2 = 1 · 2 · 10 = 20", equation
        assert page.cells("z2")[1:3] == ["10", "20"], page.cells("z2")
        page.press(Keys.END)
        assert page.step == "step 6 of 6"
        assert page.cells("x1")[1:] == ["3", "40", "40"], page.cells("x1")
        assert "so far 40" in page.text("equation")
        page.press(Keys.ARROW_LEFT)
        assert page.cells("x1")[2] == "20", "the first of two contributions"
        page.press(Keys.HOME)
        assert page.step == "step 1 of 6" and page.cells("x1")[2] == ""
        page.check_quiet()


@test
def f_r_and_d_choose_the_sweep():
    with Page(SLIDE, "f") as page:
        page.open()
        page.press("f")
        assert page.text("phase") == "Forward sweep" and page.place == "#f0"
        assert page.cells("z1")[1] == "", "not computed yet"
        page.press(Keys.END)
        assert page.text("equation") == "f = square(z2) = 10^2 = 100", page.text("equation")
        page.press("d")
        assert page.text("phase") == "Forward mode, dx1 = 1"
        page.press(Keys.END)
        assert page.cells("f")[2] == "40", page.cells("f")
        page.press("r")
        assert page.place == "#r0"


@test
def the_slider_and_the_buttons_do_the_same():
    with Page(SLIDE, "f") as page:
        page.open()
        page.browser.find_element(By.ID, "next").click()
        assert page.step == "step 2 of 6"
        page.browser.find_element(By.ID, "last").click()
        assert page.step == "step 6 of 6"
        page.browser.execute_script(
            "const s = document.getElementById('slide'); s.value = 2;"
            "s.dispatchEvent(new Event('input'));")
        assert page.step == "step 3 of 6" and page.place == "#r2"
        page.press(" ")
        assert page.text("play") == "stop"
        time.sleep(1.2)
        assert page.step == "step 4 of 6", page.step
        page.press(" ")
        assert page.text("play") == "play"


@test
def a_link_leads_to_its_step():
    with Page(SLIDE, "f") as page:
        page.open("#r3")
        assert page.step == "step 4 of 6"
        page.open("#d12")
        assert page.text("phase") == "Forward mode, dx2 = 1", page.text("phase")


@test
def predict_first_hides_the_number_until_it_is_guessed():
    with Page(SLIDE, "f") as page:
        page.open("#r1")
        page.press("p")
        assert "20" not in page.text("equation").split("=")[-1], page.text("equation")
        assert page.cells("z2")[2] == ""
        field = page.browser.find_element(By.CSS_SELECTOR, "#equation input")
        field.send_keys("21", Keys.ENTER)
        assert page.text("detail") == "21 is not it: 20", page.text("detail")
        page.press(Keys.ARROW_RIGHT)
        field = page.browser.find_element(By.CSS_SELECTOR, "#equation input")
        field.send_keys("20", Keys.ENTER)
        assert page.text("detail") == "right: 20", page.text("detail")


@test
def turns_and_calls_are_entered_and_left():
    program = "g(a) = { s = a*a; sin(s) }\nx = 0.5\ny = g(x)\nz = y\nfor n in 1..4 { z = z*x + y }\n"
    with Page(program, "z") as page:
        page.open("#r0")
        assert "turn 4 of 4" in page.text("path"), page.text("path")
        page.press(Keys.ESCAPE)
        graph = page.text("graph")
        assert "turn 1 of 4" in graph and "call" in graph, graph
        box = page.browser.find_element(By.CSS_SELECTOR, '[aria-label="enter turn 2 of 4"]')
        box.send_keys(Keys.ENTER)
        assert "turn 2 of 4" in page.text("path")
        page.press(Keys.ARROW_RIGHT)
        assert "turn 4 of 4" in page.text("path"), "the view goes with the step"
        page.check_quiet()


@test
def names_and_texts_cannot_become_tags():
    with Page('x = 2\n# </script><b>bold</b>\ny = x < 3\nz = y * x\n', "z") as page:
        page.open()
        assert page.browser.find_elements(By.CSS_SELECTOR, "#program b") == []
        assert "</script><b>bold</b>" in page.text("program")
        page.check_quiet()


@test
def a_net_with_matrices_opens_at_once():
    with open(os.path.join(HERE, "net.wl"), encoding="utf-8") as file:
        program = file.read()
    with Page(program, "y") as page:
        seconds = page.quickest("#r9")
        assert seconds < 1, seconds
        assert os.path.getsize(page.file) < 60_000, os.path.getsize(page.file)
        assert "[3, 4]" in page.text("tables")
        assert len(page.browser.find_elements(By.CSS_SELECTOR, "#equation pre")) >= 1
        page.check_quiet()


@test
def a_list_of_1500_entries_opens_within_a_second():
    lines = [f"x{i} = 0.{i + 11}" for i in range(20)]
    names = [f"x{i}" for i in range(20)]
    state = 7
    for i in range(1480):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        a, b = names[-1], names[-1 - (state >> 8) % 20]
        lines.append(f"z{i} = sin({a})" if i % 3 else f"z{i} = add({a}, {b})")
        names.append(f"z{i}")
    lines.append("y = square(z1479)")
    with Page("\n".join(lines), "y") as page:
        seconds = page.quickest("#f700")
        assert seconds < 1, seconds
        assert page.text("count").startswith("step 701 of ")
        assert page.browser.find_elements(By.CSS_SELECTOR, ".map circle"), "a map shows the place"
        page.press(Keys.ARROW_RIGHT)
        assert page.text("count").startswith("step 702 of ")
        page.check_quiet()


@test
def the_page_is_dark_where_the_reader_wants_it_dark():
    def ground(page):
        page.open()
        return page.browser.execute_script("return getComputedStyle(document.body).backgroundColor")

    with Page(SLIDE, "f") as page:
        assert ground(page) == "rgb(255, 255, 255)", ground(page)
        page.browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
        assert ground(page) == "rgb(18, 23, 30)", ground(page)


@test
def what_changes_is_told_to_those_who_do_not_see_it():
    with Page(SLIDE, "f") as page:
        page.open()
        equation = page.browser.find_element(By.ID, "equation")
        assert equation.get_attribute("aria-live") == "polite"
        for tag in ("button", "input"):
            for node in page.browser.find_elements(By.TAG_NAME, tag):
                assert node.accessible_name, node.get_attribute("outerHTML")


def main():
    if sys.argv[1:] == ["--list"]:
        print("\n".join(TESTS))
    elif sys.argv[1:] == ["--all"]:
        for name, function in TESTS.items():
            function()
            print("passed:", name)
    elif len(sys.argv) == 2 and sys.argv[1] in TESTS:
        TESTS[sys.argv[1]]()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
