/// An input in two pieces, as a network may bring it.
public enum Halves {
  /// Cuts an input in two at the place that its first byte names, so that the same bytes come in
  /// other pieces; the first byte itself belongs to neither.
  public static func of(
    _ input: [UInt8]
  ) -> (first: ArraySlice<UInt8>, second: ArraySlice<UInt8>) {
    guard let place = input.first else { return ([], []) }
    let body = input.dropFirst()
    let cut = body.startIndex + Int(place) * body.count / 255
    return (body[..<cut], body[cut...])
  }
}
