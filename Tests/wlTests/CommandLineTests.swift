import Testing

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
    #expect(try Program.wl("-e", Programs.small).output == "")
    #expect(try Program.wl("-e", Programs.small).errors == "")
  }

  @Test func `the first line of a program may name its interpreter`() throws {
    let programs = try Programs(["a.wl": "#!/usr/bin/env wl\nprint 1\n"])
    #expect(try programs.wl("a.wl").output == "1\n")
  }

  @Test func `an input gets another value`() throws {
    let programs = try Programs(["a.wl": Programs.small + "print f\n"])
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
    let programs = try Programs(["a.wl": Programs.small + "trace f to \"f.txt\"\n"])
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
    let outcome = try Program.wl("trace", "-e", Programs.small, "--format", "json")
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
