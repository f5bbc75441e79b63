import Foundation

/// A form with a file, as `multipart/form-data` carries it (RFC 7578).
struct MultipartForm {
  /// The fields that are text.
  let fields: FormFields
  /// The file: its name without folders, and its bytes; nil where none was chosen.
  let file: (name: String, bytes: [UInt8])?

  /// Parts of a form: a token, a file, a tick or two.
  private static let parts = 16

  /// Reads the body; nil where it is no such form.
  init?(_ body: [UInt8], contentType: String) {
    guard let found = contentType.range(of: "boundary=") else { return nil }
    let boundary = contentType[found.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
    guard (1...70).contains(boundary.utf8.count) else { return nil }
    let data = Data(body)
    let mark = Data("--\(boundary)".utf8)
    var fields: [(name: String, value: String)] = []
    var file: (name: String, bytes: [UInt8])?
    var rest = data[...]
    guard let first = rest.range(of: mark) else { return nil }
    rest = rest[first.upperBound...]
    for _ in 0..<MultipartForm.parts {
      if rest.starts(with: Data("--".utf8)) {
        self.fields = FormFields(fields)
        self.file = file
        return
      }
      guard let head = rest.range(of: Data("\r\n\r\n".utf8)),
        let end = rest[head.upperBound...].range(of: Data("\r\n".utf8) + mark)
      else { return nil }
      let heading = String(decoding: rest[..<head.lowerBound], as: UTF8.self)
      let content = rest[head.upperBound..<end.lowerBound]
      rest = rest[end.upperBound...]
      guard let name = MultipartForm.value(of: "name", in: heading) else { return nil }
      if let fileName = MultipartForm.value(of: "filename", in: heading) {
        let short = fileName.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        if !short.isEmpty { file = (short, Array(content)) }
      } else {
        guard let text = String(data: content, encoding: .utf8) else { return nil }
        fields.append((name, text))
      }
    }
    return nil
  }

  /// A parameter of `Content-Disposition`: `; name="file"`.
  private static func value(of parameter: String, in heading: String) -> String? {
    guard let start = heading.range(of: "; \(parameter)=\"") else { return nil }
    return heading[start.upperBound...].split(separator: "\"", omittingEmptySubsequences: false)
      .first.map(String.init)
  }
}
