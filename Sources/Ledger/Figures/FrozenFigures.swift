public import ExchangeRules

/// A county's figures of a closed cycle, as of the day on which it closed.
public struct FrozenFigures: Sendable, Hashable {
  /// The county.
  public var county: DivisionCode
  /// From 1; a later correction makes the next one.
  public var version: Int
  /// When it was frozen: milliseconds since 1970.
  public var frozen: Int64
  /// The version of the definitions that it goes by.
  public var rules: String
  /// Over the identities that each figure counts (``FigureDigest``), 32 bytes.
  public var digest: [UInt8]
  /// The figures.
  public var figures: CycleFigures
}

/// How it lies in its rows.
struct FrozenRow: Sendable {
  var cycle: Int32
  var county: String
  var version: Int
  var frozen: Int64
  var rules: String
  var digest: [UInt8]
  /// The counts of all measures in their order, 8 bytes each, big-endian.
  var counts: [UInt8]

  static let columns = Columns(
    .figureVersion,
    readingFrom: FrozenRow(
      cycle: 0, county: "", version: 0, frozen: 0, rules: "", digest: [], counts: []),
    [
      Column("cycle", \.cycle), Column("county", \.county), Column("version", \.version),
      Column("frozen", \.frozen), Column("rules", \.rules), Column("digest", \.digest),
      Column("counts", \.counts),
    ])
}

extension FrozenRow {
  init(_ frozen: FrozenFigures) {
    self.init(
      cycle: frozen.figures.cycle.month.yyyymm, county: "\(frozen.county)",
      version: frozen.version, frozen: frozen.frozen, rules: frozen.rules,
      digest: frozen.digest,
      counts: FigureMeasure.allCases.reduce(into: []) { counts, measure in
        counts.append(bigEndian: Int64(frozen.figures[measure]))
      })
  }

  /// The figures that the row has; nil where it has none of this cycle.
  func figures(of cycle: SubmissionCycle) -> FrozenFigures? {
    guard let code = DivisionCode(county),
      counts.count == FigureMeasure.allCases.count * MemoryLayout<Int64>.size
    else { return nil }
    var figures = CycleFigures(cycle, asOf: cycle.receiptCycle.last)
    for (place, measure) in FigureMeasure.allCases.enumerated() {
      let bytes = counts[place * 8..<place * 8 + 8]
      figures[measure] = Int(bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) })
    }
    return FrozenFigures(
      county: code, version: version, frozen: frozen, rules: rules, digest: digest,
      figures: figures)
  }
}
