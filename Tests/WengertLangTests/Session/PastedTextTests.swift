import Testing

@testable import WengertLang

@Suite struct PastedTextTests {
  @Test func `lines belong together while one is open`() {
    #expect(
      PastedText.statements("a = 1\n\nb = (a\n+ 1)\n:vars\n") == ["a = 1", "b = (a\n+ 1)", ":vars"])
    #expect(PastedText.statements("f(x) = {\nx\n") == ["f(x) = {\nx\n"])
  }

  @Test func `a transcript is read without prompts and printouts`() {
    let transcript =
      "wl> a = 1\na = 1\nwl> b = (a\n  (\u{A0}+ 1)\nb = 2\nwl> c = [a,\n  [ b]\nc = [1. 2.]\n"
    #expect(PastedText.program(transcript) == "a = 1\nb = (a\n+ 1)\nc = [a,\nb]\n")
  }

  @Test func `line breaks of every kind are one, and nothing steers the terminal`() {
    #expect(
      PastedText.program("a = 1\r\nb\t= 2\rc = 3\u{1B}[31m\u{7}") == "a = 1\nb  = 2\nc = 3[31m")
  }
}
