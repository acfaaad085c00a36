import Testing

@Suite struct Subcommands {
  @Test func `trace prints the values and the adjoints`() throws {
    let programs = try Programs(["a.wl": Programs.small + "print f\n"])
    let outcome = try programs.wl("trace", "a.wl", "--of", "f", "--wrt", "x1,x2")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("forward\n"))
    #expect(outcome.output.contains("v5 = f  = square(z2)   = 100\n"))
    #expect(outcome.output.contains("= 40\n"))
  }

  @Test func `without --of the last value is meant`() throws {
    let programs = try Programs(["a.wl": Programs.small])
    #expect(try programs.wl("list", "a.wl").output.contains("f  = square(z2)"))
    #expect(try programs.wl("forward", "a.wl", "--of", "z1").output.contains("= 6\n"))
    #expect(try programs.wl("forward", "a.wl", "--of", "z9").status == 1)
  }

  @Test func `grad prints the value and the slopes of the inputs`() throws {
    let programs = try Programs(["a.wl": Programs.small])
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
      "a.wl": Programs.small, "b.wl": "x = 0\ny = relu(x) - relu(-x)\n",
      "c.wl": "x = 0\ny = relu(x)\n",
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
    #expect(try Program.wl("show", "list", "-e", Programs.small).output.contains("square"))
    #expect(try Program.wl("show", "plan", "-e", Programs.small).output.contains("square"))
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
      let text = try programs.wl("show", stage, "-e", Programs.small).output
      let outcome = try programs.wl("show", stage, "-o", "q.txt", "-e", Programs.small)
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
      let file = try Program.read(programs.folder + "/q.txt")
      #expect(text == (file.hasSuffix("\n") ? file : file + "\n"))
    }
    #expect(try programs.wl("show", "list", "-o", "q.zzz", "-e", Programs.small).status == 1)
    for stage in ["tokens", "tree", "list", "plan"] {
      let outcome = try programs.wl("show", stage, "--format", "json", "-e", Programs.small)
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
