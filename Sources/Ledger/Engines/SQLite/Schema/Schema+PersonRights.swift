internal import GRDB

extension Schema {
  /// What a person asks for about an item (PIPL 46, 47): how many decisions this node's office owes,
  /// and that the item is to be erased here.
  static let personRights = """
    ALTER TABLE item ADD COLUMN to_decide INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE item ADD COLUMN to_erase INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX item_to_decide ON item (due) WHERE to_decide > 0;
    CREATE INDEX item_to_erase ON item (to_erase) WHERE to_erase AND removed = 0;
    """

  /// Lets an event ask and decide: two more numbers.
  @Sendable static func takeNumbersOfRights(_ database: Database) throws {
    try widen("item_event", "kind BETWEEN 1 AND 11", to: "kind BETWEEN 1 AND 13", database)
  }
}
