import Foundation
import HTTPTypes
import Hummingbird

/// The pictures of the manual: the running desk, as `Tools/desk-pages --manual` took them.
enum ManualPicture: String, CaseIterable, Sendable {
  case todo
  case item
  case answer
  case importing = "import"
  case person
  case duplicates
  case figures
  case overview
  case audit

  /// Where a page finds it.
  var path: String { "/manual/\(fileName)" }

  private var fileName: String { "\(rawValue).webp" }

  /// The picture of a path's last part; nothing but these is ever read.
  static func response(_ name: String) throws -> Response {
    guard let picture = allCases.first(where: { $0.fileName == name }),
      let file = Bundle.module.url(
        forResource: picture.fileName, withExtension: nil, subdirectory: "Manual"),
      let bytes = try? Data(contentsOf: file)
    else { throw HTTPError(.notFound) }
    return Replies.body(Array(bytes), type: "image/webp")
  }
}
