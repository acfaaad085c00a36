import Testing

private let small = """
  x1 = 3
  x2 = 4
  z1 = add(x1, x1)
  z2 = add(z1, x2)
  f = square(z2)

  """

@Suite struct RunningPrograms {
  @Test func `a file, a pipe, a dash and -e run, one behind the other`() throws {
    let programs = try Programs(["a.wl": "x = 2\nprint x\n"])
    #expect(try programs.wl("a.wl").output == "2\n")
    #expect(try programs.wl("run", "a.wl").output == "2\n")
    #expect(try programs.wl(input: "print 3").output == "3\n")
    #expect(try programs.wl("-", input: "print 4\n").output == "4\n")
    #expect(try programs.wl("a.wl", "-e", "y = x + 1", "-e", "print y").output == "2\n3\n")
    #expect(try programs.wl("a.wl", "-", input: "print 10*x").output == "2\n20\n")
  }

  @Test func `a script prints only what it says it prints`() throws {
    #expect(try Program.wl("-e", small).output == "")
    #expect(try Program.wl("-e", small).errors == "")
  }

  @Test func `the first line of a program may name its interpreter`() throws {
    let programs = try Programs(["a.wl": "#!/usr/bin/env wl\nprint 1\n"])
    #expect(try programs.wl("a.wl").output == "1\n")
  }

  @Test func `an input gets another value`() throws {
    let programs = try Programs(["a.wl": small + "print f\n"])
    #expect(try programs.wl("a.wl").output == "100\n")
    #expect(try programs.wl("a.wl", "--set", "x1=1", "--set=x2 = 2*3").output == "64\n")
    let unknown = try programs.wl("a.wl", "--set", "x3=1")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("`--set x3` has no use"))
  }

  @Test func `numbers have as many digits as are asked for`() throws {
    #expect(try Program.wl("--digits", "3", "-e", "print pi").output == "3.14\n")
    #expect(try Program.wl("-e", "print pi", "--digits=12").output == "3.14159265359\n")
  }

  @Test func `relative paths count from the folder of the program`() throws {
    let programs = try Programs(["a.wl": small + "trace f to \"f.txt\"\n"])
    let outcome = try Program.wl("\(programs.folder)/a.wl", folder: "/")
    #expect(outcome.status == 0)
    #expect(try Program.read("\(programs.folder)/f.txt").contains("reverse"))
  }
}

@Suite struct ExitStatuses {
  @Test func `load and save count from the folder of the program, and others can read the files`()
    throws
  {
    let programs = try Programs([:])
    _ = try Program.run("/bin/mkdir", ["sub"], folder: programs.folder)
    let program = """
      W = [[1.5, 2], [3, 4]]; b = 7
      save W, b to "w.npz"
      save W to "w.npy"
      print load("w.npz", "W") == W, load("w.npy")[1, 0]

      """
    try Program.write(program, to: programs.folder + "/sub/a.wl")
    let outcome = try programs.wl("sub/a.wl")
    #expect(outcome.output == "[[1. 1.]\n [1. 1.]] 3\n", "\(outcome.errors)")
    let check = """
      import zipfile, struct
      archive = zipfile.ZipFile("sub/w.npz")
      print(archive.testzip(), archive.namelist())
      member = archive.read("W.npy")
      print(member[:6], member[10:].split(b"}")[0], struct.unpack("<4d", member[-32:]))
      print(member == open("sub/w.npy", "rb").read())
      """
    let python = try Program.run(
      "/usr/bin/env", ["python3", "-c", check], folder: programs.folder)
    #expect(
      python.output == """
        None ['W.npy', 'b.npy']
        b'\\x93NUMPY' b"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), " \
        (1.5, 2.0, 3.0, 4.0)
        True

        """, "\(python.errors)")
    let names = try Program.run("/bin/ls", ["-A", "sub"], folder: programs.folder).output
    #expect(names == "a.wl\nw.npy\nw.npz\n")
  }

  @Test func `--no-files refuses load, save and to`() throws {
    let programs = try Programs(["a.csv": "1,2\n"])
    for program in ["load(\"a.csv\")", "x = 1; save x to \"x.npy\"", "x = 1; list x to \"x.txt\""] {
      let outcome = try programs.wl("--no-files", "-e", program)
      #expect(outcome.status == 1)
      #expect(outcome.errors.hasPrefix("error[E0606]"), "\(outcome.errors)")
    }
    #expect(try Program.run("/bin/ls", ["-A"], folder: programs.folder).output == "a.csv\n")
  }

  @Test func `0 when all is well, 1 after an error, and nothing runs behind it`() throws {
    #expect(try Program.wl("-e", "print 1").status == 0)
    let outcome = try Program.wl("-e", "print 1", "-e", "print y", "-e", "print 2")
    #expect(outcome.status == 1)
    #expect(outcome.output == "1\n")
    #expect(outcome.errors.contains("error[E"))
    #expect(outcome.errors.contains("--> -e:1:7"))
  }

  @Test func `an error in a pipe is an error`() throws {
    #expect(try Program.wl(input: "x = \nprint 1\n").status == 1)
  }

  @Test func `64 for arguments that cannot be understood, with the reason`() throws {
    for arguments in [["--nope"], ["--digits", "many", "-e", "1"], ["--color", "pink"], ["fmt"]] {
      let outcome = try Program.run(Program.wl, arguments)
      #expect(outcome.status == 64, "\(arguments)")
      #expect(outcome.errors.contains("Error: "))
      #expect(outcome.output == "")
    }
  }

  @Test func `66 for a file that cannot be read, with the nearest name`() throws {
    let programs = try Programs(["slide.wl": "print 1\n"])
    let outcome = try programs.wl("silde.wl")
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("did you mean `slide.wl`?"))
    #expect(try programs.wl("slide").errors.contains("did you mean `slide.wl`?"))
    #expect(try programs.wl(".").status == 66)
    #expect(try programs.wl("slide.wl", "other.wl").output == "")
  }

  @Test func `2 when the layout is not canonical`() throws {
    let programs = try Programs(["a.wl": "x=1\n", "b.wl": "x = 1\n"])
    let outcome = try programs.wl("fmt", "--check", "a.wl", "b.wl")
    #expect(outcome.status == 2)
    #expect(outcome.output == "a.wl\n")
  }

  @Test func `Ctrl-C ends a script with 130`() throws {
    let script =
      "\"$1\" -e 'x = 1' -e 'while x > 0 { x = x + 1 }' & child=$!; sleep 0.3; "
      + "kill -INT $child; wait $child"
    // A shell without job control lets its background programs ignore Ctrl-C; bash -i does not.
    let outcome = try Program.run("/bin/bash", ["-mc", script, "bash", Program.wl])
    #expect(outcome.status == 130)
  }

  @Test func `a reader that has read enough is no error`() throws {
    let script = "\"$1\" -e 'for n in 1..100000 { print n }' | head -n 1; echo ${PIPESTATUS[0]}"
    let outcome = try Program.run("/bin/bash", ["-c", script, "bash", Program.wl])
    #expect(outcome.errors == "")
    #expect(outcome.output == "1\n141\n")
  }
}

@Suite struct Subcommands {
  @Test func `trace prints the values and the adjoints`() throws {
    let programs = try Programs(["a.wl": small + "print f\n"])
    let outcome = try programs.wl("trace", "a.wl", "--of", "f", "--wrt", "x1,x2")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("forward\n"))
    #expect(outcome.output.contains("v5 = f  = square(z2)   = 100\n"))
    #expect(outcome.output.contains("= 40\n"))
  }

  @Test func `without --of the last value is meant`() throws {
    let programs = try Programs(["a.wl": small])
    #expect(try programs.wl("list", "a.wl").output.contains("f  = square(z2)"))
    #expect(try programs.wl("forward", "a.wl", "--of", "z1").output.contains("= 6\n"))
    #expect(try programs.wl("forward", "a.wl", "--of", "z9").status == 1)
  }

  @Test func `grad prints the value and the slopes of the inputs`() throws {
    let programs = try Programs(["a.wl": small])
    #expect(try programs.wl("grad", "a.wl").output == "f = 100\ndf/dx1 = 40\ndf/dx2 = 20\n")
    let outcome = try programs.wl("grad", "a.wl", "--of", "f", "--wrt", "x2", "--set", "x1=1")
    #expect(outcome.output == "f = 36\ndf/dx2 = 12\n")
  }

  @Test(arguments: [
    "x = 2; x = x*3; y = x^2", "t = (1, 2); y = t[0]*t[1]", "x = 1; y = x; x = 3; y = y*x",
    "x = [1, 2]; x[0] = 5; y = sum(x^2)", "x = 1; y = x^2; x = 4; y += 1", "x = y = 3; f = x*y",
    "x = 3; E = (x - 1)^2; minimize E over x by sgd(rate = 0.1) for 3 steps; z = x^2",
    "f = 3; h = f*2; f = h",
  ])
  func `grad takes the inputs that check takes`(_ program: String) throws {
    let names = { (text: String) in
      text.split(separator: "\n").map { $0.prefix { $0 != " " } }.filter { $0.contains("/d") }
    }
    let check = names(try Program.wl("check", "-e", program).output)
    let outcome = try Program.wl("grad", "-e", program)
    #expect(!check.isEmpty && names(outcome.output) == check)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test func `the slopes of earlier versions and of elements are those by hand`() throws {
    let chain = try Program.wl("grad", "-e", "x = 2; x = x*3; y = x^2")
    #expect(chain.output == "y = 36\ndy/dx_1 = 36\n")
    let tuple = try Program.wl("grad", "-e", "t = (5, 2); y = t[0]*t[1]")
    #expect(tuple.output == "y = 10\ndy/dt1 = 2\ndy/dt2 = 5\n")
    let element = try Program.wl("grad", "-e", "x = [1, 2]; x[0] = 5; y = sum(x^2)")
    #expect(element.output == "y = 29\ndy/dx_1 = [0. 4.]\n")
  }

  @Test func `check says whether a gradient is right, and ends with 2 when it is not`() throws {
    let programs = try Programs([
      "a.wl": small, "b.wl": "x = 0\ny = relu(x) - relu(-x)\n", "c.wl": "x = 0\ny = relu(x)\n",
    ])
    let right = try programs.wl("check", "a.wl")
    #expect(right.status == 0)
    #expect(
      right.output
        == "df/dx1 = 40  correct to 15 digits\ndf/dx2 = 20  correct to 15 digits\n")
    let wrong = try programs.wl("check", "b.wl", "--of", "y", "--wrt", "x")
    #expect(wrong.status == 2)
    #expect(wrong.output.contains("at a kink"))
    #expect(wrong.errors.contains("E0720"))
    #expect(try programs.wl("check", "c.wl").status == 0)
    #expect(try programs.wl("check", "a.wl", "--full").output.contains("complex step 40"))
    #expect(
      try programs.wl("check", "a.wl", "--format", "json").output
        .contains("\"verdict\":\"correct\""))
  }

  @Test func `fmt rewrites, and leaves what it cannot read`() throws {
    let programs = try Programs(["a.wl": "x=1 # one\n", "b.wl": "x = (\n"])
    #expect(try programs.wl("fmt", "a.wl").status == 0)
    #expect(try Program.read("\(programs.folder)/a.wl") == "x = 1  # one\n")
    #expect(try programs.wl("fmt", "-", input: "y=2").output == "y = 2\n")
    #expect(try programs.wl("fmt", "b.wl").status == 1)
    #expect(try Program.read("\(programs.folder)/b.wl") == "x = (\n")
  }

  @Test func `who may read, write and run a file does not change when it is written again`() throws
  {
    let programs = try Programs([:])
    func mode(_ name: String) throws -> String {
      try Program.run("/usr/bin/stat", ["-c", "%a", name], folder: programs.folder).output
    }
    for wanted in ["600", "755", "640", "666"] {
      try Program.write("x=1\n", to: programs.folder + "/a.wl")
      try Program.write("7\n", to: programs.folder + "/x.csv")
      for name in ["a.wl", "x.csv"] {
        _ = try Program.run("/bin/chmod", [wanted, name], folder: programs.folder)
      }
      #expect(try programs.wl("fmt", "a.wl").status == 0)
      #expect(try programs.wl("a.wl", "-e", "save x to \"x.csv\"").status == 0)
      #expect(try Program.read(programs.folder + "/a.wl") == "x = 1\n")
      #expect(try Program.read(programs.folder + "/x.csv") == "x\n1\n")
      for name in ["a.wl", "x.csv"] { #expect(try mode(name) == wanted + "\n") }
    }
    #expect(try programs.wl("-e", "x = 1", "-e", "save x to \"new.csv\"").status == 0)
    let mask =
      try Program.run("/bin/sh", ["-c", "umask"]).output.split(separator: "\n").first ?? ""
    let allowed = 0o666 & ~(Int(mask, radix: 8) ?? 0)
    #expect(try mode("new.csv") == String(allowed, radix: 8) + "\n")
  }

  @Test func `fmt says that a file cannot be written, when that is what failed`() throws {
    // Beside a name as long as names may be there is no room for a draft.
    let name = String(repeating: "a", count: 250) + ".wl"
    let programs = try Programs([:])
    try Program.write("x=1\n", to: programs.folder + "/" + name)
    let outcome = try programs.wl("fmt", name)
    #expect(outcome.status == 73)
    #expect(outcome.errors.hasPrefix("error[E0605]"), "\(outcome.errors)")
    #expect(try Program.read(programs.folder + "/" + name) == "x=1\n")
  }

  @Test func `table prints all rows, or one`() throws {
    #expect(try Program.wl("table").output.contains("  tanh("))
    #expect(try Program.wl("table", "tanh").output.contains("tanh(x)"))
    #expect(try Program.wl("table", "tahn").status == 1)
  }

  @Test func `show prints the stages`() throws {
    #expect(try Program.wl("show", "tokens", "-e", "x = 1").output.hasPrefix("1:1 name x\n"))
    #expect(try Program.wl("show", "tree", "-e", "x = 1").output == "(= x _ 1.0)\n")
    #expect(try Program.wl("show", "list", "-e", small).output.contains("square"))
    #expect(try Program.wl("show", "plan", "-e", small).output.contains("square"))
  }

  @Test func `what cannot be written or printed as asked is refused with 64`() throws {
    let commands = [
      ["grad", "-o", "/nonexistent/q.zzz"], ["show", "tokens", "-o", "q.txt"],
      ["show", "tree", "-o", "q.txt"], ["show", "list", "--of", "x"],
      ["show", "plan", "--wrt", "x"],
    ]
    for command in commands {
      let outcome = try Program.run(Program.wl, command + ["-e", "x = 1"])
      #expect(outcome.status == 64 && outcome.output.isEmpty, "\(command)")
      #expect(outcome.errors.hasPrefix("Error: wl \(command[0])"), "\(outcome.errors)")
    }
  }

  @Test func `show writes files, and JSON where it is asked for`() throws {
    let programs = try Programs([:])
    for stage in ["list", "plan"] {
      let text = try programs.wl("show", stage, "-e", small).output
      let outcome = try programs.wl("show", stage, "-o", "q.txt", "-e", small)
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
      let file = try Program.read(programs.folder + "/q.txt")
      #expect(text == (file.hasSuffix("\n") ? file : file + "\n"))
    }
    #expect(try programs.wl("show", "list", "-o", "q.zzz", "-e", small).status == 1)
    for stage in ["tokens", "tree", "list", "plan"] {
      let outcome = try programs.wl("show", stage, "--format", "json", "-e", small)
      #expect(outcome.output.hasPrefix("{\"event\":\"report\""), "\(outcome.output)")
    }
  }

  @Test func `doctor, completions, version and help answer`() throws {
    #expect(try Program.wl("doctor").output.contains("libedit"))
    for shell in ["bash", "zsh", "fish"] {
      #expect(try Program.wl("completions", shell).output.contains("wl"))
    }
    #expect(try Program.wl("--version").output.first?.isNumber == true)
    for arguments in [["--help"], ["-h"], ["help"]] {
      let outcome = try Program.run(Program.wl, arguments)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("trace"))
    }
  }

  @Test func `grad is that of the language, whatever a program calls its names`() throws {
    let value = try Program.wl("grad", "--of", "gradient_1", "-e", "x = 3; gradient_1 = x^2")
    #expect(value.output == "gradient_1 = 9\ndgradient_1/dx = 6\n")
    let function = try Program.wl("grad", "-e", "grad(y, x) = 42; x = 3; y = x^2")
    #expect(function.output == "y = 9\ndy/dx = 6\n")
  }

  @Test(arguments: [
    ["trace", "--wrt", "x at x = 5"], ["trace", "--of", "y at x = 5"], ["grad", "--wrt", ""],
    ["check", "--wrt", "x,"], ["grad", "--of", "y, x"], ["trace", "-i"], ["grad", "-i"],
    ["show", "tokens", "--set", "x=4"],
  ])
  func `what stands for names are names, and what says nothing is refused`(
    _ arguments: [String]
  ) throws {
    let outcome = try Program.run(Program.wl, arguments + ["-e", "x = 3; y = x^2"])
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
  }

  @Test(arguments: [["--set", "x=4"], ["-i"]])
  func `table runs no program`(_ arguments: [String]) throws {
    let outcome = try Program.run(Program.wl, ["table", "mul"] + arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
  }

  @Test(arguments: ["a\"b.txt", "c\\nd.txt"])
  func `a printout goes into a file of any name`(_ name: String) throws {
    let programs = try Programs(["a.wl": "x = 2\ny = x^2\n"])
    let outcome = try programs.wl("trace", "a.wl", "-o", name)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Program.read("\(programs.folder)/\(name)").contains("reverse"))
  }

  @Test(arguments: ["list", "forward", "trace", "adjoint", "grad", "check"])
  func `the help of a command offers --wrt where the command takes it`(_ command: String) throws {
    let programs = try Programs(["a.wl": "x = 2\ny = x^2\n"])
    let takes = try programs.wl(command, "a.wl", "--wrt", "x").status == 0
    #expect(try Program.wl(command, "--help").output.contains("--wrt") == takes)
    #expect(takes == !["list", "forward"].contains(command))
  }

  @Test(arguments: ["--help", "--version", "help", "trace --help", "-e 'print 1'"])
  func `73 when the output cannot be written`(_ arguments: String) throws {
    let script = "\"$1\" \(arguments) > /dev/full"
    let outcome = try Program.run("/bin/bash", ["-c", script, "bash", Program.wl])
    #expect(outcome.status == 73)
    #expect(outcome.errors.hasPrefix("wl: standard output cannot be written"))
  }
}

@Suite struct Streams {
  @Test func `under --json standard output holds one event a line and nothing else`() throws {
    let outcome = try Program.wl("--json", "-e", "x = 3", "-e", "print x", "-e", "print y")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.first == #"{"event":"value","name":"x","value":"3"}"#)
    #expect(lines.dropFirst().first == #"{"event":"print","text":"3"}"#)
    #expect(lines[2].hasPrefix(#"{"event":"diagnostic","code":"E"#))
    #expect(lines[2].contains(#""rendered":"error[E"#))
    #expect(lines.last == #"{"event":"done","ok":false,"exit":1}"#)
  }

  @Test func `step under --json is one report, that of the trace`() throws {
    let program = "x = 2; f = x*sin(x)\n"
    let outputs = try ["step f", "trace f"].map { command in
      try Program.wl("--json", "-q", "-e", program + command).output
    }
    #expect(outputs[0].hasPrefix("{\"event\":\"report\",\"report\":{"))
    #expect(outputs[0] == outputs[1])
  }

  @Test func `a trace under --json is a report`() throws {
    let outcome = try Program.wl("trace", "-e", small, "--format", "json")
    #expect(outcome.output.hasPrefix(#"{"event":"report","report":"#))
    #expect(outcome.output.hasSuffix("{\"event\":\"done\",\"ok\":true,\"exit\":0}\n"))
  }

  @Test func `colours are for terminals, unless they are asked for`() throws {
    #expect(!(try Program.wl("-e", "print y").errors.contains("\u{1B}")))
    #expect(try Program.wl("--color", "always", "-e", "print y").errors.contains("\u{1B}[1;31m"))
  }

  @Test func `-q leaves warnings out`() throws {
    let code = "y = [1, 2, 3, 4] + [[1], [2], [3], [4]]"
    #expect(try Program.wl("-e", code).errors.contains("warning[W"))
    #expect(try Program.wl("-q", "-e", code).errors == "")
  }

  @Test func `-i goes on with lines from a pipe`() throws {
    let outcome = try Program.wl("-i", "-e", "x = 3", input: "y = x +\n1\n:vars\nquit\nz = 1\n")
    #expect(outcome.status == 0)
    #expect(outcome.output == "y = 4\n  x  3\n  y  4\n")
  }
}
