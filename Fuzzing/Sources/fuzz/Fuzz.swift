import Glibc

/// What is fuzzed: each target takes any bytes and stops the process where a law is broken.
///
/// The environment names the one that runs: `WL_FUZZ=npy`. One program holds them all, since
/// libFuzzer's own options fill the command line.
let targets: [String: @Sendable ([UInt8]) -> Void] = [
  "syntax": SyntaxTarget.run,
  "program": ProgramTarget.run,
  "prompt": ProgramTarget.runAtPrompt,
  "npy": { LoaderTarget.run($0, "a.npy") },
  "npz": { LoaderTarget.run($0, "a.npz") },
  "safetensors": { LoaderTarget.run($0, "a.safetensors") },
  "csv": { LoaderTarget.run($0, "a.csv") },
  "json": { LoaderTarget.run($0, "a.json") },
]

let target: @Sendable ([UInt8]) -> Void = {
  let name = getenv("WL_FUZZ").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    complain("WL_FUZZ names one of \(targets.keys.sorted())")
    exit(64)
  }
  return target
}()

/// Runs the target on one input; libFuzzer calls it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// A law that a run has broken; libFuzzer keeps the input.
func broken(_ law: String) -> Never {
  complain("BROKEN LAW: \(law)")
  abort()
}

private func complain(_ text: String) {
  let line = Array((text + "\n").utf8)
  _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
