import Testing

/// One target of the manifest that is written in Swift, with what its files declare and name.
struct Module: CustomTestStringConvertible {
  let target: Manifest.Target
  let files: [FileSketch]

  var name: String { target.name }
  var testDescription: String { name }
  var imports: Set<String> { Set(files.flatMap(\.imports)) }
  var map: ModuleMap { ModuleMap(name: name, folder: target.folder, files: files) }

  /// In the order of the manifest, read once a run.
  static func all() throws -> [Module] { try loaded.get() }

  private static let loaded = Result { try load() }

  private static func load() throws -> [Module] {
    try Manifest.read().targets.compactMap { target in
      let files = try Tree.swiftFiles(under: target.folder).filter { file in
        !target.exclude.contains { file.path.hasPrefix("\(target.folder)/\($0)/") }
      }
      guard !files.isEmpty else { return nil }
      return Module(
        target: target,
        files: files.map {
          FileSketch(path: $0.path, text: $0.lines.joined(separator: "\n"))
        })
    }
  }
}
