/// The links from one part of a workbook to others (ECMA-376 part 2, relationships).
final class PartLinks: MarkupTaker {
  private struct Link {
    var id: String
    /// The last word of its type's address.
    var kind: String
    /// The part's name in the archive.
    var target: String
  }

  private var links: [Link] = []
  private let source: String

  private init(from source: String) {
    self.source = source
  }

  /// Reads the links of a part, whose name tells what relative targets begin at.
  static func read(
    _ name: String, of archive: ZipArchive, from source: String
  ) throws(WorkbookFailure) -> PartLinks {
    let links = PartLinks(from: source)
    try MarkupReader(archive.part(name), for: links).run()
    return links
  }

  /// Where the links of a part stand: beside it, in a folder.
  static func part(of name: String) -> String {
    let parts = name.split(separator: "/")
    return (parts.dropLast() + ["_rels", "\(parts.last ?? "").rels"]).joined(separator: "/")
  }

  func first(ofKind kind: String) -> String? {
    links.first { $0.kind == kind }?.target
  }

  func target(of id: String, kind: String) -> String? {
    links.first { $0.id == id && $0.kind == kind }?.target
  }

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws(WorkbookFailure) {
    guard name == "Relationship", let type = attributes.text(of: "Type"),
      let target = attributes.text(of: "Target")
    else { return }
    links.append(
      Link(
        id: attributes.text(of: "Id") ?? "",
        kind: type.split(separator: "/").last.map(String.init) ?? "", target: place(of: target)))
    if links.count > 2 * WorkbookLimits.sheets { throw WorkbookFailure(.tooLarge, "links") }
  }

  /// A target from the top where it begins with a stroke, else from the folder of the source.
  private func place(of target: String) -> String {
    var folders = target.hasPrefix("/") ? [] : source.split(separator: "/").dropLast()
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = folders.popLast() } else { folders.append(part) }
    }
    return folders.joined(separator: "/")
  }
}
