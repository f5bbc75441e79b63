internal import Foundation
internal import Synchronization

/// Where the ledgers of tests are: in files, or in schemas on the server that `Tools/postgresql` runs
/// beside the tests.
public enum TestStore {
  /// The folder of the server's socket; nil: ledgers are files.
  public static let server = ProcessInfo.processInfo.environment["XIECHA_TEST_POSTGRESQL"]

  /// Whether ledgers in files are sealed.
  public static let sealsFiles = ProcessInfo.processInfo.environment["XIECHA_TEST_SEALED"] != nil

  /// The places that were made, by the paths that they stand for.
  private static let places = Mutex<[String: String]>([:])

  /// The place of the ledger of a path: the path itself, or a schema of the server's database that
  /// stands for it, empty when it is asked for first.
  ///
  /// It goes with the server.
  public static func place(_ path: String) -> String {
    guard let server else { return path }
    let (place, newSchema) = places.withLock { places -> (String, String?) in
      if let known = places[path] { return (known, nil) }
      let schema = "x" + UUID().uuidString.lowercased().filter { $0 != "-" }
      let made =
        "postgresql:///postgres?host=\(server)&user=xiecha&application_name=\(schema)"
        + "&options=-csearch_path%3D\(schema)"
      places[path] = made
      return (made, schema)
    }
    if let newSchema { intrude("CREATE SCHEMA \(newSchema)", into: place) }
    return place
  }

  /// Does something to a ledger on the server behind its back.
  ///
  /// - Returns: what the server said of it; empty: nothing was wrong.
  @discardableResult
  public static func intrude(_ sql: String, into place: String) -> String {
    let process = Process()
    process.executableURL = URL(filePath: client)
    process.arguments = [
      "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command=\(sql)", place,
    ]
    process.environment = ["LC_ALL": "C"]
    let messages = Pipe()
    process.standardError = messages
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return "\(client) could not be run: \(error)"
    }
    let said = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }

  /// The newest server's own client.
  private static let client: String = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let newest = versions.max { (Int($0) ?? 0) < (Int($1) ?? 0) }
    return "\(root)/\(newest ?? "")/bin/psql"
  }()
}
