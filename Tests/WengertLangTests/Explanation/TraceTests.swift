import Testing

@testable import WengertLang

@Suite struct TraceTests {
  @Test func `the slide's list prints as the language page has it`() throws {
    let (sketch, f) = try Sketch.slide()
    #expect(
      try sketch.trace(f) == """
        forward
          v1 = x1                = 3
          v2 = x2                = 4
          v3 = z1 = add(x1, x1)  = 6
          v4 = z2 = add(z1, x2)  = 10
          v5 = f  = square(z2)   = 100

        reverse
          a5 = df/df                                              = 1
          a4 = df/dz2 = a5 dv5/dv4             = a5 · 2 z2        = 20
          a3 = df/dz1 = a4 dv4/dv3             = a4 · 1           = 20
          a2 = df/dx2 = a4 dv4/dv2             = a4 · 1           = 20
          a1 = df/dx1 = a3 dv3/dv1 + a3 dv3/dv1 = a3 · 1 + a3 · 1 = 40

        """)
  }
}
