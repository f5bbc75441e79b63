/// How the report on a person is written.
enum SubjectReportFormat: String, CaseIterable {
  /// A page to print.
  case html
  /// For programs.
  case json
}
