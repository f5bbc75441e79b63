public import ExchangeRules

/// Where an item stands, in columns: what lists, filters and deadlines need, masked (G3).
///
/// The item as its author wrote it is the body of its `entered` event.
///
/// Numbers are those of Protos/item.proto; dates are yyyymmdd, 0 absent.
public struct StoredItem: Hashable, Sendable {
  /// Chosen by the author; a retry is the same item.
  public var id: LedgerID
  /// Assist request or service notice (S4).
  public var kind: ItemKind
  /// The information category, 1 to 11 (S3).
  public var category: Category
  /// The county that asks or notifies.
  public var from: String
  /// The county that answers.
  public var to: String
  /// The node where it was entered.
  public var enteredAt: String
  /// The place in the asked county that its address names: a village, township or the county; empty:
  /// it names none, or was entered before this was kept.
  public var askedAt = ""
  /// The township or village it was given to; empty: none.
  public var assignedTo = ""
  /// The township or village whose assignment was taken back last, nobody having been given it since;
  /// empty: none.
  ///
  /// It sees that, and owes nothing.
  public var takenFrom = ""
  /// It was put to this node's side.
  public var inbound = false
  /// It was put by this node's side.
  public var outbound = false
  /// How far it has come.
  public var state = ItemState.entered
  /// None, normal or urgent (S4.1); nil: not submitted.
  public var urgency: Urgency?
  /// The day of the event notified (S4.3).
  public var occurred: Int32 = 0
  /// The day of submission.
  public var submitted: Int32 = 0
  /// The earliest of its deadlines (S4.6).
  public var due: Int32 = 0
  /// An answer is required (S4).
  public var feedbackRequired = false
  /// The submission cycle, YYYY-MM (S5.2).
  public var cycle = ""
  /// The rules it was submitted under (G7).
  public var profile = ""
  /// Found, not found or mismatch; nil: not answered.
  public var finding: Finding?
  /// The answer is substantiated (G4).
  public var substantiated = false
  /// The person's name, masked.
  public var maskedName = ""
  /// The person's citizen ID number, masked.
  public var maskedCitizenID = ""
  /// What identifies the person here, for duplicates and traces; empty: unknown.
  public var subjectKey = ""
  /// When each state was reached first.
  public var times = Times()
  /// The events that no other follows, where the standing alone decides what comes next; empty where
  /// it does not: something is missing, or was written before events named what they follow.
  public var heads: [EventDigest] = []
  /// How many acts of this node's side have no effect, and how many steps others have taken back,
  /// since somebody last looked.
  public var withoutEffect = 0
  /// When what it says of a person was removed (G6): milliseconds since 1970; 0: it is all here.
  public var removed: Int64 = 0
  /// How many decisions this node's office owes on what the person asks for (PIPL 46, 47).
  public var toDecide = 0
  /// It is to be erased here: that was granted, and everybody has decided.
  public var toErase = false

  /// An item that has just been entered; what is not named here has its start value.
  public init(
    id: LedgerID, kind: ItemKind, category: Category, from: String, to: String, enteredAt: String
  ) {
    self.id = id
    self.kind = kind
    self.category = category
    self.from = from
    self.to = to
    self.enteredAt = enteredAt
  }

  /// What the item still needs.
  public var need: ItemNeed { state.need(feedbackRequired: feedbackRequired) }
}
