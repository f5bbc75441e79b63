import Foundation

/// A row of the table.
struct Row {
  var name: String
  var arrangement: String
  var requestsPerSecond: Double
  var p50: Double
  var p99: Double
  var clientCPU: Double
  var serverCPU: Double

  static let heading = """
    | c×f | program | requests/s | xiecha ÷ it | p50 µs | p99 µs | client CPU µs | server CPU µs |
    |---|---|---|---|---|---|---|---|
    """

  func line(beside own: Row) -> String {
    let ratio = own.requestsPerSecond / requestsPerSecond
    let numbers = [p50, p99, clientCPU, serverCPU].map { String(format: "%.1f", $0) }
    return "| \(arrangement) | \(name) | \(Int(requestsPerSecond)) | "
      + String(format: "%.2f", ratio) + " | " + numbers.joined(separator: " | ") + " |"
  }
}
