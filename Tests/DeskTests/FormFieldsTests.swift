import Testing

@testable import XiechaDesk

@Suite("Fields of a form")
struct FormFieldsTests {
  @Test("What was encoded is read as it was")
  func roundTrip() throws {
    let fields = FormFields([("name", "王 &=+%<é"), ("name", "2"), ("empty", "")])
    #expect(try #require(FormFields(encoded: fields.encoded)) == fields)
  }

  @Test("A plus is a space, a name without a value is empty, the first value counts")
  func reading() throws {
    let fields = try #require(FormFields(encoded: "a=1+2&b&a=3"))
    #expect(fields["a"] == "1 2")
    #expect(fields.all("a") == ["1 2", "3"])
    #expect(fields.has("b") && fields["b"] == "" && !fields.has("c"))
  }

  @Test(
    "What is no text, and more fields than a form has, is refused",
    arguments: [
      "a=%ff", "a=%zz", String(repeating: "a&", count: DeskLimits.formFields + 1),
    ])
  func refused(_ text: String) { #expect(FormFields(encoded: text) == nil) }

  @Test("A place in a list is read back, and nothing else is a place")
  func places() {
    #expect(ListPlace.read(ListPlace.text([0, 255, 16])) == [0, 255, 16])
    for text in ["0", "zz", String(repeating: "0", count: 130), "00\u{661}0"] {
      #expect(ListPlace.read(text).isEmpty)
    }
  }
}
