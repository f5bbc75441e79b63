/// Which files of one module name what other files of it declare.
struct ModuleMap {
  /// One way into the next room of a folder: a subfolder, or a file that lies in the folder itself.
  struct Step: Hashable {
    let from: String
    let to: String
  }

  let name: String
  /// At most one for each pair of files, the first name in the order of the text.
  let arrows: [Arrow]
  /// Every folder of the module, itself too, as a path with a slash at its end.
  let folders: [String]

  /// - Parameters:
  ///   - name: The module's name.
  ///   - folder: Its folder, relative to the package, without a slash at the end.
  ///   - files: What its files declare.
  init(name: String, folder: String, files: [FileSketch]) {
    self.name = name
    let index = DeclarationIndex(module: name, files: files)
    arrows = files.flatMap { index.arrows(from: $0) }
    var folders: Set = [folder + "/"]
    for file in files {
      var parts = file.path.split(separator: "/").dropLast()
      while parts.joined(separator: "/").count > folder.count {
        folders.insert(parts.joined(separator: "/") + "/")
        parts = parts.dropLast()
      }
    }
    self.folders = folders.sorted()
  }

  /// Circles of files, each with the arrows that close it.
  var fileCircles: [[Arrow]] {
    let circles = Circles.of(arrows.map { ($0.from, $0.to) })
    return circles.map { circle in
      arrows.filter { circle.contains($0.from) && circle.contains($0.to) }
    }
  }

  /// The arrows between what lies side by side in a folder; each with those of files it is made of.
  func steps(in folder: String) -> [Step: [Arrow]] {
    var steps: [Step: [Arrow]] = [:]
    for arrow in arrows {
      guard let from = Self.room(of: arrow.from, in: folder),
        let to = Self.room(of: arrow.to, in: folder), from != to
      else { continue }
      steps[Step(from: from, to: to), default: []].append(arrow)
    }
    return steps
  }

  /// Circles of two or more folders that lie in one folder, each with the arrows that close it.
  ///
  /// A file that lies beside the folders can be a link of such a circle.
  func folderCircles(in folder: String) -> [[Arrow]] {
    let steps = steps(in: folder)
    let circles = Circles.of(steps.keys.map { ($0.from, $0.to) })
    return circles.filter { $0.count { $0.hasSuffix("/") } > 1 }.map { circle in
      steps.filter { circle.contains($0.key.from) && circle.contains($0.key.to) }
        .compactMap { $0.value.min { ($0.from, $0.to) < ($1.from, $1.to) } }
        .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }
  }

  private static func room(of path: String, in folder: String) -> String? {
    guard path.hasPrefix(folder) else { return nil }
    let rest = path.dropFirst(folder.count)
    guard let slash = rest.firstIndex(of: "/") else { return String(rest) }
    return String(rest[...slash])
  }
}
