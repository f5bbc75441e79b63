import Foundation
import Testing

/// Package.swift is the one table of imports; the package manager allows no circle in it.
@Suite("Imports are what the manifest declares")
struct ImportTests {
  /// What comes with the system or the toolchain, so that no manifest declares it.
  private static let system: Set = [
    "Dispatch", "Foundation", "Glibc", "Synchronization", "Testing", "_Concurrency",
  ]

  @Test("A target imports only what it declares", arguments: try Module.all())
  func declared(module: Module) {
    let declared = module.target.dependencies.map(\.name)
    for file in module.files {
      for imported in file.imports.subtracting(Self.system).sorted() {
        // A product may hold modules that are named after it, as GRDB holds GRDBSQLite.
        let isDeclared = declared.contains { imported.hasPrefix($0) }
        #expect(
          isDeclared, "\(file.path) imports \(imported), which Package.swift does not declare")
      }
    }
  }

  @Test("A target declares only what it imports", arguments: try Module.all())
  func imported(module: Module) throws {
    // A test may need a program to have been built; it does not import it.
    let programs = try Manifest.read().targets.filter { $0.type == "executable" }.map(\.name)
    for dependency in module.target.dependencies.map(\.name) {
      if module.target.isTest, programs.contains(dependency) { continue }
      #expect(
        module.imports.contains { $0.hasPrefix(dependency) },
        "\(module.name) declares \(dependency) in Package.swift and does not import it")
    }
  }

  @Test("Sources/README.md shows the manifest's table, each module below what it imports")
  func readme() throws {
    let text = try String(
      contentsOf: Tree.root.appending(path: "Sources/README.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let modules = Dictionary(try Module.all().map { ($0.name, $0) }) { first, _ in first }
    let targets = try Manifest.read().targets.filter { $0.folder.hasPrefix("Sources/") }
    var above: Set<String> = []
    for row in rows {
      let name = row[0].filter { $0 != "`" }
      guard let target = targets.first(where: { $0.name == name }) else {
        Issue.record("\(name) is no module")
        continue
      }
      let own = target.dependencies.filter(\.isOfThisPackage).map(\.name)
      #expect(above.isSuperset(of: own), "\(name) stands above what it imports")
      let shown = Self.cell(of: target, importing: modules[name]?.imports ?? [])
      #expect(row.last == shown, "\(name) imports: \(shown)")
      above.insert(name)
    }
    #expect(above == Set(targets.map(\.name)), "a module has no row")
  }

  @Test("Only Ledger speaks SQL")
  func statements() throws {
    for file in try Tree.swiftFiles(under: "Sources") where !file.path.contains("/Ledger/") {
      for line in file.lines {
        #expect(
          !line.contains("SELECT ") && !line.contains("INSERT INTO"), "\(file): SQL outside Ledger")
      }
    }
  }

  @Test("Only the folder of an engine names it")
  func engines() throws {
    let words = /(?i)grdb|sqlite|pragma|rowid|randomblob/
    for file in try Tree.swiftFiles(under: "Sources", "Tools")
    where !file.path.contains("/Ledger/Engines/") {
      // A file may be called something.sqlite.
      for line in file.lines where !line.contains(".sqlite") {
        #expect(!line.contains(words), "\(file) names an engine: \(line)")
      }
    }
  }

  /// What it declares, in the order of the alphabet, then what of the system it imports.
  private static func cell(of target: Manifest.Target, importing imports: Set<String>) -> String {
    let own = target.dependencies.filter(\.isOfThisPackage).map(\.name).sorted()
    let others = target.dependencies.filter { !$0.isOfThisPackage }.map(\.name).sorted()
    let groups = [own, others, imports.intersection(system).sorted()].filter { !$0.isEmpty }
    return groups.isEmpty ? "–" : groups.map { $0.joined(separator: ", ") }.joined(separator: "; ")
  }
}
