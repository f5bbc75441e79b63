import Hummingbird
import NIOCore

/// What goes with a request through the desk.
struct DeskContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection: ended where a body takes too long.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  var maxUploadSize: Int { DeskLimits.uploadBytes }
}
