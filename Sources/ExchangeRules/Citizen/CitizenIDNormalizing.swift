extension CitizenIDReport {
  /// The form in which two spellings of one number are equal: 18 characters where it can be read,
  /// the upgrade for a legacy number, else the typed characters in ASCII and upper case.
  public static func normalizing(_ text: some StringProtocol) -> String {
    var text = String(text)
    return text.withUTF8 { buffer in
      let typed = CitizenIDCharacters(utf8: buffer.span, keepsText: true)
      let scan = CitizenIDScan(typed, today: nil)
      return scan.isReadable ? scan.text : String(decoding: typed.text, as: UTF8.self)
    }
  }
}
