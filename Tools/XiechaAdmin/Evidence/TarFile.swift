/// Files in one, in the oldest form of a tape archive (POSIX ustar), which every system can unpack.
struct TarFile {
  private(set) var bytes: [UInt8] = []

  /// Adds a file; its name has at most 100 bytes.
  mutating func add(_ name: String, _ content: [UInt8], isProgram: Bool = false) {
    precondition(name.utf8.count <= 100, "names in an archive are short")
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      header.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
    put(name, at: 0)
    put(isProgram ? "0000755" : "0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(content.count, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0", at: 148)
    bytes += header + content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The whole, with its end.
  var archive: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
