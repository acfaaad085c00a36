// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "wengert-lang",
  products: [
    .library(name: "WengertLang", targets: ["WengertLang"]),
    .executable(name: "wl", targets: ["wl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "WengertKernels"),
    .target(name: "WengertPages"),
    .target(
      name: "WengertLang", dependencies: ["WengertKernels", "WengertPages"], swiftSettings: strict),

    .systemLibrary(
      name: "CLibedit", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
    .target(name: "CLineEditor", dependencies: ["CLibedit"]),
    .executableTarget(
      name: "wl",
      dependencies: [
        "WengertLang", "CLineEditor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "WengertTestSupport", dependencies: ["WengertLang"], path: "Tests/Support",
      swiftSettings: strict),
    .testTarget(
      name: "WengertLangTests", dependencies: ["WengertLang", "WengertTestSupport"],
      exclude: [
        "Checking/rounding-cases.txt", "Checking/trouble-points.txt",
        "Checking/trouble-spots.txt",
        "Data/fixtures",
        "Differentiation/analytic-cases.txt",
        "Differentiation/derivative-cases.txt",
        "Differentiation/extreme-cases.txt",
        "Examples/document-numbers.txt",
        "Explanation/printouts",
        "Kernels/kernel-cases.txt",
        "Lowering/random-cases.txt",
        "Optimization/training-cases.txt",
        "Primitives/matrix-cases.txt",
        "Rendering/layout-cases.txt",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "wlTests", dependencies: ["WengertTestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// The pages of the library need a plugin that nothing else does: `make pages`.
if Context.environment["WENGERT_PAGES"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
