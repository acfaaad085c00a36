import Testing
import WengertTestSupport

@testable import WengertLang

/// What `save` writes: read back to the bit, and as NumPy writes it.
@Suite struct SaveTests {
  static let formats = [".csv", ".tsv", ".json", ".npy", ".npz", ".safetensors"]

  static let shapes = [[], [1], [7], [3, 4], [1, 5], [5, 1], [2, 3, 4], [0], [0, 3], [2, 0]]

  /// Numbers of every size, with the odd ones among them.
  private static func numbers(_ count: Int, seed: UInt64) -> [Double] {
    let odd = [0, -0.0, .infinity, -.infinity, .nan, 5e-324, -2.5e-310, 1.7976931348623157e308]
    var state = seed
    return (0..<count).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if index % 3 == 2 { return odd[Int(state >> 33) % odd.count] }
      let number = Double(bitPattern: state)
      return number.isFinite ? number : 0.1
    }
  }

  private static func array(_ extents: [Int], name: String?, seed: UInt64) -> DataArray {
    let shape = Shape(extents)
    return DataArray(name: name, shape: shape, elements: numbers(shape.count, seed: seed))
  }

  private static func bits(_ array: DataArray) -> [UInt64] { array.elements.map(\.bitPattern) }

  @Test(arguments: formats, shapes)
  func `what is saved is read back to the bit`(_ ending: String, _ extents: [Int]) throws {
    let format = try DataFormat.named(by: "x" + ending)
    let isTable = format.takesColumns
    guard !isTable || (extents.count <= 2 && !extents.contains(0)) else {
      #expect(throws: DataError.self) {
        try format.write([Self.array(extents, name: "W", seed: 1)])
      }
      return
    }
    // Nested arrays cannot say how long the rows are that they do not have.
    guard ending != ".json" || extents != [0, 3] else { return }
    for seed in UInt64(1)...20 {
      let array = Self.array(extents, name: "W", seed: seed)
      let read = try format.read(try format.write([array]), DataRequest(path: "x" + ending))
      #expect(read.count == 1)
      #expect(Self.bits(read[0]) == Self.bits(array))
      let column = extents.count == 2 ? extents : [extents.first ?? 1, 1]
      #expect(read[0].shape == Shape(isTable ? column : extents))
    }
  }

  @Test(arguments: [".csv", ".json"], [-Double.nan, Double(nan: 7, signaling: false)])
  func `text tells nothing of nan but that it is none`(_ ending: String, _ nan: Double) throws {
    let format = try DataFormat.named(by: "x" + ending)
    let array = DataArray(name: nil, shape: Shape([2]), elements: [1, nan])
    let bytes = try format.write([array])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text == (ending == ".json" ? "[1.0, \"nan\"]\n" : "column0\n1\nnan\n"))
    let read = try format.read(bytes, DataRequest(path: "x" + ending))
    #expect(read[0].elements[0] == 1 && read[0].elements[1].isNaN)
    #expect(JSON.number(nan).text == "\"nan\"")
  }

  @Test(arguments: [".json", ".npz", ".safetensors"])
  func `several arrays are read back by their names`(_ ending: String) throws {
    let format = try DataFormat.named(by: "x" + ending)
    let arrays = [
      Self.array([3, 2], name: "W1", seed: 3), Self.array([], name: "é \"q\"\\", seed: 4),
      Self.array([4], name: "b", seed: 5),
    ]
    let names = ["b", "é \"q\"\\", "W1"]
    let read = try format.read(try format.write(arrays), DataRequest(names: names))
    #expect(read.map(\.name) == names)
    for array in arrays {
      #expect(read.first { $0.name == array.name }.map(Self.bits) == Self.bits(array))
    }
  }

  @Test(arguments: [".json", ".npz", ".safetensors"])
  func `of two arrays with one name none is taken`(_ ending: String) throws {
    let format = try DataFormat.named(by: "x" + ending)
    let bytes = try format.write([1, 2].map { Self.array([2], name: "a", seed: $0) })
    let error = #expect(throws: DataError.self) {
      try format.read(bytes, DataRequest(path: "x" + ending, names: ["a"]))
    }
    #expect(["E0618", "E0623"].contains(error?.diagnostic.code))
  }

  @Test(arguments: ["f8.npy", "f8-scalar.npy", "f8-vector.npy", "f8-empty.npy"])
  func `arrays are written as NumPy writes them, byte by byte`(_ file: String) throws {
    let bytes = try #require(Folder.bytes(LoadTests.folder + "/" + file))
    let array = try NPY.read(bytes, DataRequest(path: file))
    #expect(NPY.write(array) == bytes)
  }

  @Test func `a program saves names, tuples and formulas, and stays as it was`() {
    var session = Session(files: FileAccess { _ throws(FileAccess.Failure) in [] })
    var files: [(path: String, contents: [UInt8])] = []
    let isDone = session.run(
      """
      W = [[1, 2]]
      Ws = (W, 3)
      save W, Ws to "w.json"
      save 2*W to "sub/w.csv"
      f = sum(W)
      """, name: "test"
    ) { event in
      if case .file(let path, let contents, _) = event { files.append((path, contents)) }
    }
    #expect(isDone)
    #expect(files.map(\.path) == ["w.json", "sub/w.csv"])
    let json = "{\"W\": [[1.0, 2.0]],\n \"Ws_0\": [[1.0, 2.0]],\n \"Ws_1\": 3.0}\n"
    #expect(String(decoding: files[0].contents, as: UTF8.self) == json)
    #expect(String(decoding: files[1].contents, as: UTF8.self) == "2,4\n")
    #expect(session.names.map(\.name) == ["W", "Ws", "f"])
  }
}
