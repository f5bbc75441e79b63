import Foundation
import Presentation

/// A request on its way to an authority that is elsewhere.
struct RequestFile: Codable {
  let division: String
  private let requestData: Data
  private let certificateData: Data

  /// PKCS #10, in DER.
  var request: [UInt8] { [UInt8](requestData) }
  /// The certificate that the node has, in DER.
  var certificate: [UInt8] { [UInt8](certificateData) }

  private enum CodingKeys: String, CodingKey {
    case division
    case requestData = "request"
    case certificateData = "certificate"
  }

  init(division: String, _ request: [UInt8], _ certificate: [UInt8]) {
    self.division = division
    requestData = Data(request)
    certificateData = Data(certificate)
  }

  init(reading path: String) throws(ProgramFailure) {
    self = try SigningFile.read(path)
  }

  func write(to path: String) throws { try SigningFile.write(self, to: path) }
}

/// What an authority elsewhere has issued, on its way back.
struct SignedFile: Codable {
  let division: String
  private let certificateData: Data

  /// The certificate, in DER.
  var certificate: [UInt8] { [UInt8](certificateData) }

  private enum CodingKeys: String, CodingKey {
    case division
    case certificateData = "certificate"
  }

  init(division: String, _ certificate: [UInt8]) {
    self.division = division
    certificateData = Data(certificate)
  }

  init(reading path: String) throws(ProgramFailure) {
    self = try SigningFile.read(path)
  }

  func write(to path: String) throws { try SigningFile.write(self, to: path) }
}

/// How these files lie on the disk: JSON, bytes in Base64; nothing in them is secret.
private enum SigningFile {
  static func read<Value: Decodable>(_ path: String) throws(ProgramFailure) -> Value {
    guard let data = FileManager.default.contents(atPath: path),
      let value = try? JSONDecoder().decode(Value.self, from: data)
    else {
      throw ProgramFailure(
        .badInput, chinese: "\(path) 不是待签或已签的文件", english: "\(path) is no file of this kind")
    }
    return value
  }

  static func write(_ value: some Encodable, to path: String) throws {
    let text = try JSONOutput.text(of: value, pretty: true) + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
