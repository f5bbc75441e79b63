import HTTPTypes
import Hummingbird
import NIOCore

/// What the desk answers.
enum Replies {
  static func page(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    body(Array(text.utf8), type: "text/html; charset=utf-8", status: status)
  }

  static func body(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = type
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A file to be kept; the name has no sign that a header could not hold.
  static func file(_ bytes: [UInt8], type: String, name: String) -> Response {
    var response = body(bytes, type: type)
    response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    return response
  }

  /// On to another page, with GET.
  static func go(to path: String) -> Response {
    var headers = HTTPFields()
    headers[.location] = path
    return Response(status: .seeOther, headers: headers)
  }
}
