#!/usr/bin/env python3
"""What the prompt does on a terminal: prompt.py NAME runs one test, prompt.py --list names them."""
import json
import os
import signal
import stat
import subprocess
import time

from terminal import *

TESTS = {}


def test(function):
    TESTS[function.__name__.replace("_", " ")] = function
    return function


@test
def a_banner_a_prompt_and_ctrl_d(home):
    with home.terminal() as t:
        t.ready()
        assert t.lines[0].startswith("wl 1.") and ":help" in t.lines[0], t.lines
        assert len(t.lines) == 2
        t.wait("a terminal that leaves every key to wl", lambda: t.modes() == (False, False, False))
        t.leave()
    with home.terminal("-q") as t:
        t.ready()
        assert t.lines == ["wl>"], t.lines


@test
def the_tour_has_eight_steps_and_leaves_the_session_as_it_was(home):
    with home.terminal("-q", rows=40, columns=100) as t:
        t.run("x1 = 7")
        t.type(":tour" + ENTER)
        for number in range(1, 8):
            t.expect_in(f"{number} of 8  ")
            t.wait("the pause", lambda: t.line.startswith("-- Enter goes on"))
            t.type(ENTER)
        t.expect_in("8 of 8  ")
        t.run("x1")
        t.expect("wl> x1", "7", "wl>")
        t.run(":vars")
        t.expect("wl> :vars", "  x1  7", "wl>")


@test
def the_tour_ends_at_q(home):
    with home.terminal("-q", rows=40) as t:
        t.ready()
        t.type(":tour" + ENTER)
        t.wait("the pause", lambda: t.line.startswith("-- Enter goes on"))
        assert any("wl> z1 = add(x1, x1)" in line for line in t.lines), t.lines
        assert "z1 = 6" in t.lines
        t.type("q")
        t.ready()
        assert not any("2 of 8" in line for line in t.lines), t.lines


@test
def explain_completes_and_suggests(home):
    with home.terminal("-q", rows=40, columns=100) as t:
        t.ready()
        t.type("explain checkp" + TAB)
        t.expect("wl> explain checkpointing")
        t.type(ctrl("u") + ":explain sigmiod" + ENTER)
        t.expect_in("did you mean `sigmoid`?")
        t.run("explain E0302")
        t.expect_in("mend it")


@test
def bindings_answer_with_their_values(home):
    with home.terminal("-q") as t:
        t.run("x1 = 3")
        t.run("z1 = add(x1, x1)")
        t.expect("wl> x1 = 3", "x1 = 3", "wl> z1 = add(x1, x1)", "z1 = 6", "wl>")
        t.run("z1 * 2")
        t.expect("wl> z1 * 2", "12", "wl>")


@test
def the_prompt_is_coloured_and_its_width_is_right(home):
    with home.terminal("-q") as t:
        t.ready()
        assert b"\x1b[1;34m" in t.bytes
        t.type("x" * 75)
        t.expect("wl> " + "x" * 75)
        t.type("yz" + ctrl("a"))
        t.wait("the end in the next row", lambda: t.lines[-1] == "z")
        t.expect_cursor(4)
    with home.terminal("-q", environment={"NO_COLOR": "1"}) as t:
        t.ready()
        assert b"\x1b[1;34m" not in t.bytes


@test
def a_statement_of_several_lines_is_edited_as_one(home):
    with home.terminal("-q") as t:
        t.run("x = 3")
        t.type("z = (x" + ENTER)
        t.expect("wl> z = (x", "  (")
        t.expect_cursor(4)
        t.type("+ 4)")
        t.type(UP)
        t.expect_cursor(8)
        t.type(ctrl("e") + BACKSPACE + "10")
        t.expect("wl> z = (10", "  ( + 4)")
        t.type(ENTER)
        t.expect("  ( + 4)", "z = 14", "wl>")


@test
def the_lines_of_a_statement_are_joined_and_walked_through(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type("z = [1," + ENTER + "2")
        t.expect("wl> z = [1,", "  [ 2")
        t.type(LEFT + BACKSPACE)
        t.expect("wl> z = [1,2")
        t.type(ENTER)
        t.expect("wl> z = [1,", "  [ 2")
        t.type(LEFT)
        t.expect_cursor(11)
        t.type(DELETE)
        t.expect("wl> z = [1,2")
        t.type(ctrl("e") + "]" + ENTER)
        t.expect("z = [1. 2.]", "wl>")


@test
def what_is_open_stands_before_the_line(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type("f(x) = {" + ENTER + "y = (x" + ENTER + "+ 1)" + ENTER + "y *" + ENTER + "y" + ENTER)
        t.expect("wl> f(x) = {", "  { y = (x", "  ( + 1)", "  { y *", "  { y", "  {")
        t.type("}" + ENTER)
        t.ready()
        t.run("f(2)")
        t.expect("9", "wl>")
        t.type("a = 1 +" + ENTER)
        t.expect("wl> a = 1 +", "  +")
        t.type("2" + ENTER)
        t.expect("a = 3", "wl>")


@test
def two_empty_lines_or_a_command_end_what_is_left_open(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type("z = add(1, 2" + ENTER * 3)
        t.expect("1 | z = add(1, 2", "  |        ^ opened here", "wl>")
        t.type("for i in 1..3 {" + ENTER + ":quit" + ENTER)
        t.expect("1 | for i in 1..3 {", "  |               ^ opened here", "wl>")


@test
def alt_enter_begins_a_line(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type("a = 1\x1b\rb = 2" + ENTER)
        t.expect("wl> a = 1", "    b = 2", "a = 1", "b = 2", "wl>")


@test
def letters_beyond_ascii_work_in_every_locale(home):
    for language in ("C.UTF-8", "C", "POSIX"):
        with home.terminal("-q", environment={"LANG": language}) as t:
            t.ready()
            t.type("β = 2")
            t.expect("wl> β = 2")
            t.expect_cursor(9)
            t.type(LEFT * 4 + BACKSPACE + "γ" + ENTER)
            t.expect("wl> γ = 2", "γ = 2", "wl>")
            t.type('print "日本é"')
            t.expect_cursor(4 + 8 + 5)
            t.type(BACKSPACE * 3 + '"' + ENTER)
            t.wait("a wide letter", lambda: [line[:1] for line in t.lines[-2:]] == ["日", "w"])


@test
def ctrl_c_gives_up_what_is_typed(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type("x = (1 +" + ENTER + "2" + ctrl("c"))
        t.expect("wl> x = (1 +", "  ( 2", "wl>")
        t.run("y = 1")
        t.expect("y = 1", "wl>")
        t.leave()
    assert home.read_history() == "y = 1\n"


@test
def ctrl_c_stops_work_and_keeps_the_state(home):
    with home.terminal("-q") as t:
        t.run("x = 1")
        for _ in range(2):
            t.ready()
            t.type("while x > 0 { x = x + 1 }" + ENTER)
            time.sleep(0.5)
            t.type(ctrl("c"))
            t.expect_in("interrupted")
            t.ready()
        t.run("x")
        t.expect("wl> x", "1", "wl>")
        # What changed nothing is no step.
        t.run(":undo")
        t.expect_in("took back x = 1")


TRAINING = (
    "A = ones(80, 80); w = 1; E = 1e-9*sum((A @ A*w - 240)^2)\n"
    "minimize E over w by sgd(rate = 1e-9) for 2000000 steps\n")


@test
def training_shows_how_it_gets_on_and_ctrl_c_keeps_the_weights(home):
    with home.terminal() as t:
        for line in TRAINING.splitlines()[:1]:
            t.run(line)
        t.ready()
        t.type(TRAINING.splitlines()[1] + ENTER)
        t.wait("a bar", lambda: any("/2000000  " in line and " left" in line for line in t.lines))
        t.type(ctrl("c"))
        t.expect_in("training ended after")
        t.ready()
        assert not any(" left" in line for line in t.lines), t.lines
        t.run("w > 1")
        t.expect("wl> w > 1", "1", "wl>")
        t.run("len(E_history) < 2000000 and max(E_history) < inf and E < E_history[0]")
        t.expect("1", "wl>")
        t.run(":undo")
        t.run("w")
        t.expect("wl> w", "1", "wl>")


@test
def a_program_goes_on_with_the_weights_that_ctrl_c_left(home):
    home.write("a.wl", TRAINING + 'print "went on", w > 1, len(E_history) < 2000000\n')
    with home.terminal("a.wl") as t:
        t.wait("a bar", lambda: any(" left" in line for line in t.lines))
        t.type(ctrl("c"))
        t.expect_in("went on 1 1")
        assert not any(" left" in line for line in t.lines), t.lines
        t.ended(130)


@test
def training_is_told_as_events_and_never_as_a_bar_in_a_pipe(home):
    home.write("a.wl", TRAINING)
    pipes = dict(cwd=home.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with subprocess.Popen([WL, "--json", "a.wl"], **pipes) as told:
        while True:
            event = json.loads(told.stdout.readline())
            if event["event"] == "progress":
                break
        assert event["steps"] == 2000000 and 0 < event["step"] < 2000000, event
        assert event["value"] > 0 and event["seconds"] >= 1, event
        told.send_signal(signal.SIGINT)
        rest, errors = told.communicate(timeout=PATIENCE)
        events = [json.loads(line)["event"] for line in rest.splitlines()]
        assert "diagnostic" in events and events[-1] == "done" and errors == b"", (events, errors)
        assert told.returncode == 130
    with subprocess.Popen([WL, "a.wl"], **pipes) as plain:
        time.sleep(2.5)
        plain.send_signal(signal.SIGINT)
        output, errors = plain.communicate(timeout=PATIENCE)
        assert output == b"" and b"training ended after" in errors, (output, errors)
        assert b"\r" not in errors and b" left" not in errors, errors


def interrupted(home, name, seconds):
    """The lines that a program prints which Ctrl-C reaches after some seconds."""
    pipes = dict(cwd=home.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with subprocess.Popen([WL, name], **pipes) as told:
        time.sleep(seconds)
        told.send_signal(signal.SIGINT)
        output, errors = told.communicate(timeout=PATIENCE)
    assert told.returncode == 130, (told.returncode, output, errors)
    assert b"training ended after" in errors and b"error" not in errors, errors
    return output.decode().splitlines()


@test
def ctrl_c_leaves_the_weights_of_whole_steps_whatever_trains(home):
    start = "set digits 17\nW = 5; v = [1, 2]\nE = (W - 1)^2 + sum((v - 3)^2)\n"
    end = '\nprint "went on", len(E_history), W, v, E_history[len(E_history) - 1], E\n'
    for name in ["sgd", "momentum", "rmsprop", "adam"]:
        for clause in ["", "every 100000 print step"]:
            plan = "plain" if name == "rmsprop" else "lean"
            training = f"set plan {plan}\n{start}minimize E over W, v by {name}(rate = 1e-8) for "
            home.write("a.wl", f"{training}100000000 steps {clause}{end}")
            left = interrupted(home, "a.wl", 0.7)[-1]
            taken = left.split()[2]
            assert left.startswith("went on") and 0 < int(taken) < 100000000, (name, clause, left)
            home.write("b.wl", f"{training}{taken} steps{end}")
            again = subprocess.run([WL, "b.wl"], cwd=home.path, capture_output=True, text=True)
            assert again.stdout.splitlines() == [left], (name, clause, left, again.stdout)


@test
def ctrl_c_never_leaves_half_a_step(home):
    # Most of a step is spent on writing over weights and what the optimizer remembers.
    start = "set digits 17\nw = ones(3000000)\nE = sum((w - 2)^2)\n"
    end = "\nprint len(E_history), w[0], w[1500000], w[2999999], min(w) == max(w), E\n"
    for name, seconds in [("sgd", 0.6), ("sgd", 0.9), ("momentum", 0.7), ("adam", 0.8)]:
        training = f"{start}minimize E over w by {name}(rate = 1e-4) for "
        home.write("a.wl", f"{training}100000 steps{end}")
        left = interrupted(home, "a.wl", seconds)[-1]
        home.write("b.wl", f"{training}{left.split()[0]} steps{end}")
        again = subprocess.run([WL, "b.wl"], cwd=home.path, capture_output=True, text=True)
        assert again.stdout.splitlines() == [left] and " 1 " in left, (name, left, again.stdout)


@test
def save_writes_the_steps_that_training_took(home):
    with home.terminal("-q", columns=120) as t:
        t.run("w = 5; E = (w - 1)^2")
        t.ready()
        t.type("minimize E over w by sgd(rate = 1e-9) for 1e8 steps every 1e7 print step" + ENTER)
        t.expect_in("0")
        time.sleep(0.3)
        t.type(ctrl("c"))
        t.expect_in("E = 15.")
        t.ready()
        t.run('save w, E_history to "here.npz"')
        t.ready()
        t.run(":save a.wl")
        t.ready()
        t.leave()
    saved = open(os.path.join(home.path, "a.wl")).read()
    home.write("b.wl", saved + """
there, history = load("here.npz", "w", "E_history")
print len(history) > 0, there == w, len(history) == len(E_history), max(abs(history - E_history)) == 0
""")
    again = subprocess.run([WL, "b.wl"], cwd=home.path, capture_output=True, text=True)
    assert again.stdout.splitlines()[-1] == "1 1 1 1", (saved, again)
    assert " every 1e7 print step\n" in saved and "1e8" not in saved, saved


@test
def ctrl_c_in_a_function_says_that_save_writes_all_its_steps(home):
    with home.terminal(columns=120) as t:
        t.run("f(w) = { E = (w - 1)^2; minimize E over w by sgd(rate = 1e-9) for 1e8 steps; w }")
        t.ready()
        t.type("w = f(5)" + ENTER)
        time.sleep(0.5)
        t.type(ctrl("c"))
        t.expect_in("`:save` writes the function as it is, with all 100000000 steps")
        t.expect_in("w = ")
        t.leave()


@test
def a_long_line_is_cut_to_the_terminal_around_what_is_wrong_in_it(home):
    with home.terminal("-q", columns=60) as t:
        t.type("y = " + "1 + " * 30 + "q" + ENTER)
        t.expect_in("no such name")
        mark = next(k for k, line in enumerate(t.lines) if "^ no such name" in line)
        assert t.lines[mark - 1].startswith("1 | …"), t.lines
        assert t.lines[mark - 1][t.lines[mark].index("^")] == "q", t.lines
        t.leave()


@test
def arrays_answer_with_their_rows_below_each_other(home):
    with home.terminal("-q") as t:
        t.run("Wx = [[1, 2], [3, 4]]")
        t.expect_in("Wx = [[1. 2.]")
        t.expect_in("      [3. 4.]]")
        t.leave()


@test
def a_pasted_block_runs_statement_by_statement(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type(PASTE + "a = 1\nb = (a\n  + 2)\nc = a + b\n" + PASTED)
        t.expect(
            "wl> a = 1", "    b = (a", "  (   + 2)", "    c = a + b", "a = 1", "b = 3", "c = 4", "wl>")
        t.run(":undo")
        t.run(":vars")
        t.expect("no names yet", "wl>")
        t.type(UP + UP + UP)
        t.expect("wl> a = 1", "    b = (a", "  (   + 2)", "    c = a + b")


@test
def a_pasted_block_without_an_end_waits_for_enter(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type(PASTE + "a = 1\nb = 2" + PASTED)
        t.expect("wl> a = 1", "    b = 2")
        t.type("0" + ENTER)
        t.expect("a = 1", "b = 20", "wl>")


@test
def a_pasted_block_stops_at_the_first_error(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type(PASTE + "a = 1\nb = q\nc = 2\nd = 3\n" + PASTED)
        t.expect_in("2 statements behind the error did not run")
        t.ready()
        t.run(":vars")
        t.expect("wl> :vars", "  a  1", "wl>")


@test
def a_pasted_transcript_loses_its_prompts_and_printouts(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type(PASTE + "wl> a = 1\ra = 1\rwl> b = (a\r  (\u00a0+ 2)\rb = 3\rwl> :vars\r" + PASTED)
        t.expect(
            "wl> a = 1", "    b = (a", "  ( + 2)", "    :vars", "a = 1", "b = 3", "  a  1", "  b  3",
            "wl>")


@test
def a_long_paste_is_read_at_once(home):
    with home.terminal("-q") as t:
        t.ready()
        block = "".join(f"x{n} = {n}\n" for n in range(400))
        t.type(PASTE + block + PASTED)
        t.expect("x398 = 398", "x399 = 399", "wl>")


@test
def the_history_survives(home):
    with home.terminal("-q") as t:
        t.run("a = 1")
        t.run("a = 1")
        t.run(" b = 2")
        t.type("z = (a" + ENTER + "+ 1)" + ENTER)
        t.ready()
        t.run('print "back\\\\slash"')
        t.child.kill(9)
    assert home.read_history() == 'a = 1\nz = (a\\n+ 1)\nprint "back\\\\\\\\slash"\n', home.read_history()
    assert stat.S_IMODE(os.stat(home.history).st_mode) == 0o600
    with home.terminal("-q") as t:
        t.ready()
        t.type(UP)
        t.expect('wl> print "back\\\\slash"')
        t.type(UP)
        t.expect("wl> z = (a", "  ( + 1)")
        t.type(UP + UP)
        t.expect("wl> a = 1")
        t.type(DOWN + BACKSPACE + "2)" + ENTER)
        t.expect_in("not defined")


@test
def prompts_side_by_side_keep_each_others_history(home):
    with home.terminal("-q") as first, home.terminal("-q") as second:
        for number in range(3):
            first.run(f"a = {number}")
            second.run(f"b = {number}")
        first.leave()
        second.leave()
    assert home.read_history() == "a = 0\nb = 0\na = 1\nb = 1\na = 2\nb = 2\n"


@test
def the_history_is_cut_to_ten_thousand_entries(home):
    home.write("state/wl/history", "".join(f"x = {n}\n" for n in range(12000)))
    with home.terminal("-q") as t:
        t.ready()
        t.type(UP)
        t.expect("wl> x = 11999")
    lines = home.read_history().splitlines()
    assert (len(lines), lines[0]) == (10000, "x = 2000")


@test
def ctrl_r_searches_the_history(home):
    home.write("state/wl/history", "alpha = 1\nbeta = 2\ngamma = 3\n")
    with home.terminal("-q") as t:
        t.ready()
        t.type(ctrl("r") + "alp")
        t.expect_in("alpha = 1")
        t.type("\x1b")
        t.type(ENTER)
        t.expect("alpha = 1", "wl>")


@test
def tab_completes_operations_names_and_commands(home):
    with home.terminal("-q") as t:
        t.run("length = 3")
        t.type("leng" + TAB)
        t.expect("wl> length")
        t.type(ctrl("c"))
        t.ready()
        t.type("softp" + TAB)
        t.expect("wl> softplus(")
        t.type("leng" + TAB)
        t.expect("wl> softplus(length")
        t.type(ctrl("c"))
        t.ready()
        t.type(":un" + TAB)
        t.expect("wl> :undo")
        t.type(ctrl("c"))


@test
def tab_shows_choices_with_descriptions(home):
    with home.terminal("-q") as t:
        t.ready()
        t.type("sin" + TAB)
        t.expect_in("sinh")
        t.wait("a description", lambda: any("sine" in line.lower() for line in t.lines))
        t.expect("wl> sin")
        t.expect_cursor(7)
        t.type("h(0)" + ENTER)
        t.expect("0", "wl>")


@test
def tab_completes_inside_statements_of_several_lines(home):
    with home.terminal("-q") as t:
        t.run("length = 3")
        t.type("a = (length" + ENTER + "+ cosh(0) +" + ENTER + "1)" + UP + RIGHT * 3 + TAB)
        t.expect_in("hyperbolic cosine")
        t.expect("wl> a = (length", "  ( + cosh(0) +", "  ( 1)")
        t.expect_cursor(9)
        t.type(ENTER)
        t.expect("a = 5", "wl>")


@test
def tab_completes_files_and_settings(home):
    home.write("slides/lecture.wl", "q = 7\n")
    with home.terminal("-q") as t:
        t.ready()
        t.type(":load sl" + TAB)
        t.expect("wl> :load slides/")
        t.type(TAB + ENTER)
        t.expect("wl> :load slides/lecture.wl", "q = 7", "wl>")
        t.type(":set dig" + TAB + "3" + ENTER)
        t.ready()
        t.type("set dig" + TAB + "4" + ENTER)
        t.ready()
        t.run("pi")
        t.expect("3.142", "wl>")


@test
def undo_goes_back_one_submission_at_a_time(home):
    with home.terminal("-q") as t:
        t.run("a = 1")
        t.run("b = 2")
        t.run("b = 3")
        t.run(":undo")
        t.expect("took back b = 3", "wl>")
        t.run("b")
        t.expect("2", "wl>")
        t.run("set digits 3")
        t.run("pi")
        t.expect("3.14", "wl>")
        t.run(":undo 3")
        t.run(":vars")
        t.expect("no names yet", "wl>")
        t.run(":undo")
        t.expect_in("nothing to take back")


@test
def programs_are_loaded_saved_and_forgotten(home):
    home.write("a.wl", 'x = 3\nprint "hello"\n')
    with home.terminal("-q") as t:
        t.run(":load a.wl")
        t.expect_in("hello")
        t.run("y = 2*x")
        t.run(":save b.wl")
        t.expect("wrote b.wl", "wl>")
        t.run(":reset")
        t.run(":vars")
        t.expect("no names yet", "wl>")
        t.run(":load b.wl")
        t.run("y")
        t.expect("6", "wl>")
        t.run(":load none.wl")
        t.expect_in("cannot be read")


@test
def commands_work_with_and_without_a_colon_and_by_their_first_letters(home):
    with home.terminal("-q") as t:
        t.run("x = 2")
        t.run("f = x^2")
        for command in ("trace f", ":trace f", ":tr f", ":tr"):
            t.run(command)
            t.expect_in("reverse")
            t.child.send(ctrl("l"))
            t.wait("a clear screen", lambda: t.lines == ["wl>"])
        t.run(":list")
        t.expect_in("f = pow(x, 2)")
        t.run("y = 1")
        t.run(":list f")
        t.run(":time f")
        t.expect_in("took ")
        t.run(":s")
        t.expect_in("could be several")
        t.run(":lod a")
        t.expect_in("did you mean `:load`?")


@test
def help_is_there_and_habits_get_an_answer(home):
    with home.terminal("-q", rows=60) as t:
        t.run(":help")
        t.expect_in(":undo")
        t.run("?tanh")
        t.expect_in("hyperbolic tangent")
        t.run("tanh?")
        t.run(":help undo")
        t.expect_in("take back")
        t.run("?tanhh")
        t.expect_in("did you mean `?tanh`?")
        t.run("whos")
        t.expect("that is `:vars` here", "wl>")
        t.run("\\d")
        t.expect("that is `:vars` here", "wl>")
        t.run("?")
        t.run("help")
        t.ready()
        t.type("quit()" + ENTER)
        t.ended(0)


@test
def step_waits_for_enter(home):
    with home.terminal("-q", rows=40) as t:
        t.run("x = 2")
        t.run("f = x^2")
        t.type("step f" + ENTER)
        t.expect_in("-- Enter goes on, q stops --")
        shown = len(t.lines)
        t.type(ENTER)
        t.wait("another line", lambda: len(t.lines) > shown and t.line.startswith("--"))
        t.type("q")
        t.ready()
        assert not any("q stops" in line for line in t.lines), t.lines
        t.run("f")
        t.expect("4", "wl>")


@test
def a_dumb_terminal_is_read_line_by_line(home):
    with home.terminal("-q", environment={"TERM": "dumb"}) as t:
        t.ready()
        t.type("x = (1 +\r")
        t.expect("wl> x = (1 +", "  (")
        t.type("2)\r")
        t.expect("  ( 2)", "x = 3", "wl>")
        assert b"\x1b" not in t.bytes
        t.type("y = (" + ctrl("c"))
        t.wait("a fresh prompt", lambda: t.line == "wl>")
        t.leave()


@test
def the_terminal_is_given_back_when_wl_is_ended(home):
    for name in ("SIGTERM", "SIGHUP"):
        with home.terminal("-q") as t:
            t.ready()
            t.signal(name)
            while t.pump():
                pass
            t.child.wait()
            assert t.child.signalstatus is not None
            assert t.bytes.rstrip().endswith(b"\x1b[?2004l"), t.bytes[-40:]


@test
def a_wider_window_takes_longer_lines(home):
    with home.terminal("-q", columns=60) as t:
        t.ready()
        t.screen.resize(30, 100)
        t.child.setwinsize(30, 100)
        time.sleep(0.2)
        t.type("a = " + "1 + " * 20 + "2")
        t.expect("wl> a = " + "1 + " * 20 + "2")
        t.type(ENTER)
        t.expect("a = 22", "wl>")


@test
def ctrl_z_goes_back_to_the_shell(home):
    child = pexpect.spawn(
        "/bin/bash", ["--norc", "--noprofile", "-i"], timeout=PATIENCE, cwd=home.path,
        env=dict(os.environ, PS1="shell> ", HOME=home.path, TERM="xterm-256color"))
    try:
        child.expect("shell> ")
        child.sendline(f"'{WL}' -q")
        child.expect("wl>")
        child.send("x = 4" + ctrl("z"))
        child.expect("Stopped")
        child.expect("shell> ")
        child.sendline("stty -a | tr ' ' '\\n' | grep -x echo; fg")
        child.expect("[\r\n]echo\r\n")
        child.expect("x = 4")
        child.send("2" + ENTER)
        child.expect("x = 42")
        child.send(ctrl("d"))
        child.expect("shell> ")
    finally:
        child.close(force=True)


run_tests(TESTS)
