internal import Synchronization

/// Something asked of an engine, or changed in it: a text with a name.
///
/// The text is the SQL that every engine knows. `?` stands for the next value, `?1` for the first.
/// Truth is a value of its own (``StoredValue/flag(_:)``), and so is an identity.
final class Statement: Sendable {
  private static let count = Atomic<Int>(0)

  /// What it does, for people who look at plans.
  let name: String
  /// The SQL.
  let text: String
  /// Its number: sessions find what they have prepared in an array, because looking a long text up
  /// by its hash costs a tenth of an insert.
  let place: Int
  /// The tables it looks at or changes.
  let tables: Table.Some

  /// A statement that sees everything the request did before.
  convenience init(_ name: String, _ text: String) {
    self.init(name, text, tables: Table.Some(namedIn: text))
  }

  /// A statement of what gathers changes: it may run while some are gathered, because whoever runs it
  /// has looked at them first, or is writing them.
  static func ofGathering(_ name: String, _ text: String) -> Statement {
    Statement(name, text, tables: [])
  }

  private init(_ name: String, _ text: String, tables: Table.Some) {
    self.name = name
    self.text = text
    self.tables = tables
    place = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue
  }
}

/// Statements that differ by what is asked: each is made once.
///
/// There must be few keys: what is made is kept.
final class StatementFamily<Key: Hashable & Sendable>: Sendable {
  private let make: @Sendable (Key) -> Statement
  private let made = Guarded<[Key: Statement]>([:])

  /// `make` makes the statement of a key.
  init(_ make: @escaping @Sendable (Key) -> Statement) {
    self.make = make
  }

  subscript(key: Key) -> Statement {
    made.withLock { made in
      if let statement = made[key] { return statement }
      let statement = make(key)
      made[key] = statement
      return statement
    }
  }
}
