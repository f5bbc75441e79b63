public import FuzzTargets

/// What a neighbour tells.
public enum ExchangeTargets {
  /// Each with the folder of its corpus.
  public static let all = [
    // An event of an item.
    FuzzTarget("event", EventInput.run)
  ]
}
