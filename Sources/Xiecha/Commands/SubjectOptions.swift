import ArgumentParser
import ExchangeRules

/// What is known of a person, as options of `xiecha explain` (S1).
struct SubjectOptions: ParsableArguments {
  @Flag(help: "现孕 · Currently pregnant.")
  var pregnant = false

  @Option(help: "出生日期 · Her birth date, YYYY-MM-DD.")
  var born: String?

  @Option(help: "最近生育日期 · The day of her last birth.")
  var lastBirth: String?

  @Option(help: "婚育证明 · Certificate: valid, nonconforming, none.")
  var certificate: CertificateWord?

  @Option(help: "避孕措施 · Contraception: long-acting, other, none.")
  var contraception: ContraceptionWord?

  /// The facts; nil where nothing was said of her.
  func facts() throws -> SubjectFacts? {
    guard pregnant || born != nil || lastBirth != nil || certificate != nil || contraception != nil
    else { return nil }
    return SubjectFacts(
      birthDate: try SubjectOptions.day("--born", born), currentlyPregnant: pregnant,
      lastBirth: try SubjectOptions.day("--last-birth", lastBirth),
      certificate: certificate?.status ?? .unknown,
      contraception: contraception?.contraception ?? .unknown)
  }

  static func day(_ option: String, _ text: String?) throws -> CivilDate? {
    guard let text else { return nil }
    guard let date = CivilDate(text) else {
      throw ValidationError("\(option) \(text)：YYYY-MM-DD")
    }
    return date
  }

  /// The words of `--certificate`.
  enum CertificateWord: String, ExpressibleByArgument, CaseIterable {
    case valid, nonconforming, none

    var status: CertificateStatus {
      switch self {
      case .valid: .valid
      case .nonconforming: .nonConforming
      case .none: .none
      }
    }
  }

  /// The words of `--contraception`.
  enum ContraceptionWord: String, ExpressibleByArgument, CaseIterable {
    case longActing = "long-acting"
    case other, none

    var contraception: Contraception {
      switch self {
      case .longActing: .longActing
      case .other: .other
      case .none: .none
      }
    }
  }
}
