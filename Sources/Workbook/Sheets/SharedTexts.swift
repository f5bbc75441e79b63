/// The texts that the cells of a workbook share, in one block of memory.
final class SharedTexts: MarkupTaker {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var isText = false
  /// Inside the reading aid of East Asian characters, which is not the text.
  private var isReadingAid = false

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
    if name == "t" {
      isText = !isReadingAid
    } else if name == "rPh" {
      isReadingAid = true
    }
  }

  func end(_ name: MarkupName) {
    if name == "t" {
      isText = false
    } else if name == "rPh" {
      isReadingAid = false
    } else if name == "si" {
      ends.append(bytes.count)
    }
  }

  func text(_ piece: UnsafeBufferPointer<UInt8>) throws(WorkbookFailure) {
    guard isText else { return }
    bytes.append(contentsOf: piece)
    if bytes.count > WorkbookLimits.sharedBytes {
      throw WorkbookFailure(.tooLarge, "sharedStrings")
    }
  }

  /// A text by its number; nil where there is none.
  subscript(number: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(number) else { return nil }
    return bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }
}
