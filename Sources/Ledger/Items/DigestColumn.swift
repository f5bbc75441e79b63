internal import ExchangeRules

extension Column {
  /// Digests of events, one behind the other.
  init(_ name: String, digests field: WritableKeyPath<Record, [EventDigest]>) {
    self.init(
      name, field, store: { .blob($0.flatMap(\.bytes)) },
      load: { row, place in
        let bytes = row.blob(place)
        guard bytes.count % EventDigest.byteCount == 0 else { return nil }
        return stride(from: 0, to: bytes.count, by: EventDigest.byteCount).compactMap {
          EventDigest(bytes[$0..<$0 + EventDigest.byteCount])
        }
      })
  }
}
