// swift-tools-version: 6.2
import PackageDescription

// A package that uses the library; run it with `swift run` in this folder.
let package = Package(
  name: "derivatives",
  dependencies: [.package(name: "wengert-lang", path: "../..")],
  targets: [
    .executableTarget(
      name: "derivatives",
      dependencies: [.product(name: "WengertLang", package: "wengert-lang")])
  ],
  swiftLanguageModes: [.v6]
)
