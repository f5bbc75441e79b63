import Testing

@Suite("Arrows are read from the text")
struct ModuleMapTests {
  private static func arrows(_ files: (path: String, text: String)...) -> [String] {
    map(files).arrows.map(\.description)
  }

  private static func map(_ files: [(path: String, text: String)]) -> ModuleMap {
    ModuleMap(
      name: "M", folder: "M", files: files.map { FileSketch(path: $0.path, text: $0.text) })
  }

  @Test("A type, a free function and what an extension adds are named by who uses them")
  func names() {
    let found = Self.arrows(
      ("M/A.swift", "struct A { let b: B; func go() { measure(); b.measureTwice() } }"),
      ("M/B.swift", "struct B {}"),
      ("M/B+Twice.swift", "extension B { func measureTwice() {} }"),
      ("M/Measure.swift", "func measure() {}"))
    #expect(
      found == [
        "M/A.swift names B of M/B.swift", "M/A.swift names measure of M/Measure.swift",
        "M/A.swift names measureTwice of M/B+Twice.swift", "M/B+Twice.swift names B of M/B.swift",
      ])
  }

  @Test("Comments and strings name nothing, code in a string does")
  func strings() {
    let found = Self.arrows(
      (
        "M/A.swift",
        "/// B /* B */\nlet a = \"B\" + #\"\\(B)\"# + \"\"\"\n B \"\\(C.one)\" B\n\"\"\""
      ),
      ("M/B.swift", "struct B {}"),
      ("M/C.swift", "enum C { static let one = 1 }"))
    #expect(found == ["M/A.swift names C of M/C.swift"])
  }

  @Test("A name that means something nearer, or of another type, is no arrow")
  func shadows() {
    let found = Self.arrows(
      (
        "M/A.swift",
        "struct A<B> { enum C {}; let b: B; let c: C; let d: Other.D; func e(f: Int) {} }"
      ),
      ("M/B.swift", "struct B {}"), ("M/C.swift", "struct C {}"), ("M/D.swift", "struct D {}"),
      ("M/F.swift", "private struct A {}\nfunc f() {}"))
    #expect(found.isEmpty)
  }

  @Test("A type's own file calls its extensions without an arrow to them")
  func extensions() {
    let found = Self.arrows(
      ("M/A.swift", "final class A { func go() { self.goFurther() } }"),
      ("M/A+Further.swift", "extension A { func goFurther() { go() } }"))
    #expect(found == ["M/A+Further.swift names A of M/A.swift"])
  }

  @Test("Files that name each other are a circle, folders too, through files beside them")
  func circles() {
    let map = Self.map([
      ("M/One/A.swift", "struct A { let b: B }"), ("M/Two/B.swift", "struct B { let c: C }"),
      ("M/C.swift", "struct C { let d: D }"), ("M/One/D.swift", "struct D { let e: [E] }"),
      ("M/One/E.swift", "struct E { let d: [D] }"),
    ])
    #expect(map.fileCircles.map { Set($0.map(\.name)) } == [["D", "E"]])
    #expect(map.folderCircles(in: "M/").map { $0.map(\.name) } == [["D", "B", "C"]])
    #expect(map.folderCircles(in: "M/One/").isEmpty)
  }
}
