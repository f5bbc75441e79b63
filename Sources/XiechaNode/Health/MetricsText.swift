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
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    for (labels, value) in samples {
      let pairs = labels.map { "\($0.key)=\"\(MetricsText.escaped($0.value))\"" }
      text +=
        pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs.joined(separator: ","))} \(value)\n"
    }
  }

  /// Adds a figure without labels.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int64) {
    let noLabels: KeyValuePairs<String, String> = [:]
    add(name, kind, help, [(labels: noLabels, value: value)])
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
