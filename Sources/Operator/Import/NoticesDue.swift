public import ExchangeProtos
public import ExchangeRules

/// The notices that an item calls for at the place of residence (S4.4).
///
/// A notice that is in the category called for is itself that notice.
public enum NoticesDue {
  /// The notices that are due at a division: none unless she lives there.
  public static func notices(of item: Item, at division: String) -> [NoticeEvent] {
    guard let subject = item.subject, let category = item.category,
      let residence = DivisionCode(subject.residence?.code ?? "")?.county,
      residence == DivisionCode(division)?.county
    else { return [] }
    let offer = NoticeOffer(
      category: category, certificate: subject.certificate, contraception: subject.contraception)
    var notices = offer.notices
    // An assist request about her pregnancy tells nobody of it yet.
    if subject.currentlyPregnant, !notices.contains(.pregnancy) { notices.append(.pregnancy) }
    let isNotice = item.kind == .serviceNotice
    return notices.sorted { $0.rawValue < $1.rawValue }
      .filter { !isNotice || $0.category != category }
  }
}
