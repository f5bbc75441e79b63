import ArgumentParser
import Operator
import Presentation
import Program
import Reports

/// A file that a report is written to, in place of the terminal.
struct ReportOptions: ParsableArguments {
  @Option(
    help: "写成文件：csv, xlsx, html（可打印，带图） · Write a file; html prints, with charts.",
    transform: ReportOptions.format)
  var format: ReportFormat?

  @Option(help: "文件名；已有的文件不会被替换 · The file; none that is there is replaced.")
  var out: String?

  /// A format and the file.
  struct Chosen {
    let format: ReportFormat
    let path: String

    /// Writes the file and says so.
    func write(_ report: Report, on console: Console) throws -> ProgramExit {
      try ReportFile.create(path, with: try format.bytes(of: report))
      try console.done(["file": path], "已写入 \(path)", "written: \(path)")
      return .done
    }
  }

  func validate() throws { _ = try chosen() }

  private static func format(_ word: String) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: word.lowercased()) else {
      throw ValidationError(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return format
  }

  /// The file that is asked for; nil: none.
  func chosen() throws -> Chosen? {
    switch (format, out) {
    case (let format?, let out?): return Chosen(format: format, path: out)
    case (nil, nil): return nil
    default: throw ValidationError("--format, --out：两项都要写 · both or neither")
    }
  }
}
