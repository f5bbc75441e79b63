import RPC

/// Figures in Prometheus' text form, version 0.0.4: each with what it says and what kind it is.
struct MetricsText {
  /// What a figure does over time.
  enum Kind: String {
    /// It goes up and down.
    case gauge
    /// It only grows, until the node is started again.
    case counter
  }

  private(set) var text = ""

  /// Adds a figure, once for each of its labels' values.
  ///
  /// - Parameters:
  ///   - name: Such as `xiecha_commits_total`, with its unit.
  ///   - kind: What it does over time.
  ///   - help: What it says, in a line.
  ///   - samples: Labels and values; none where nothing is known.
  mutating func add(
    _ name: String, _ kind: Kind, _ help: String,
    _ samples: [(labels: KeyValuePairs<String, String>, value: Int64)]
  ) {
    if samples.isEmpty { return }
    begin(name, kind.rawValue, help)
    for (labels, value) in samples { add(name, labels, "\(value)") }
  }

  /// Adds how long things took, in seconds, once for each of its labels' values.
  mutating func add(
    _ name: String, _ help: String,
    _ samples: [(labels: KeyValuePairs<String, String>, histogram: LatencyHistogram)]
  ) {
    if samples.isEmpty { return }
    begin(name, "histogram", help)
    for (labels, histogram) in samples {
      let known = labels.map { (key: $0.key, value: $0.value) }
      var total: UInt64 = 0
      for (bound, count) in zip(LatencyHistogram.boundsMicroseconds, histogram.buckets) {
        total += count
        add(
          "\(name)_bucket", known + [(key: "le", value: MetricsText.seconds(UInt64(bound)))],
          "\(total)")
      }
      add("\(name)_bucket", known + [(key: "le", value: "+Inf")], "\(histogram.count)")
      add("\(name)_sum", known, MetricsText.seconds(histogram.sumMicroseconds))
      add("\(name)_count", known, "\(histogram.count)")
    }
  }

  /// Adds a figure without labels.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int64) {
    let noLabels: KeyValuePairs<String, String> = [:]
    add(name, kind, help, [(labels: noLabels, value: value)])
  }

  private mutating func begin(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func add(
    _ name: String, _ labels: some Sequence<(key: String, value: String)>, _ value: String
  ) {
    let pairs = labels.map { "\($0.key)=\"\(MetricsText.escaped($0.value))\"" }
    text +=
      pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs.joined(separator: ","))} \(value)\n"
  }

  /// Microseconds as seconds, without zeros at the end: `0.00025`.
  private static func seconds(_ microseconds: UInt64) -> String {
    let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    if rest == 0 { return "\(whole)" }
    var digits = "\(rest + 1_000_000)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
    return text
  }
}
