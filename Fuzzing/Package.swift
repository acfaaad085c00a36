// swift-tools-version: 6.2
import PackageDescription

// The fuzzers, beside the library so that its own build knows nothing of them: `make fuzz-targets`.
let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "wengert-lang", path: "..")],
  targets: [
    .target(name: "CFuzzClock"),
    .executableTarget(
      name: "fuzz",
      dependencies: ["CFuzzClock", .product(name: "WengertLang", package: "wengert-lang")]),
  ],
  swiftLanguageModes: [.v6]
)
