import COpenSSL
import Glibc
import NIOCore

/// Where OpenSSL reads its records from and writes them to: two byte buffers of the pipeline.
///
/// Ciphertext is read in place from what the socket brought, and written once into what goes to the
/// socket. OpenSSL never blocks here: with nothing to read it is told to come again.
final class ByteBufferBIO {
  /// Ciphertext that came and is not yet consumed.
  private(set) var inbound = ByteBuffer()
  /// Ciphertext that is to be sent.
  var outbound = ByteBuffer()

  /// Takes what the socket brought.
  ///
  /// The first buffer is kept as it is, not copied.
  func receive(_ buffer: inout ByteBuffer) {
    if inbound.readableBytes == 0 {
      inbound = buffer
    } else {
      inbound.writeBuffer(&buffer)
    }
  }

  /// Gives the memory of a consumed buffer back.
  func releaseInbound() {
    if inbound.readableBytes == 0 { inbound = ByteBuffer() }
  }

  /// Drops what came and is not consumed.
  func discardInbound() {
    inbound = ByteBuffer()
  }

  /// Takes what is to be sent, leaving nothing.
  func takeOutbound() -> ByteBuffer? {
    guard outbound.readableBytes > 0 else { return nil }
    defer { outbound = ByteBuffer() }
    return outbound
  }

  /// An OpenSSL BIO over this object, which must outlive it; nil without memory.
  func makeBIO() -> OpaquePointer? {
    guard let method = ByteBufferBIO.method, let bio = BIO_new(method) else { return nil }
    BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
    BIO_set_init(bio, 1)
    return bio
  }

  private func read(_ destination: UnsafeMutableRawPointer, _ count: Int) -> Int {
    inbound.readWithUnsafeReadableBytes { bytes in
      let taken = min(count, bytes.count)
      guard taken > 0, let source = bytes.baseAddress else { return (0, 0) }
      memcpy(destination, source, taken)
      return (taken, taken)
    }
  }

  private func write(_ source: UnsafeRawPointer, _ count: Int) {
    outbound.writeBytes(UnsafeRawBufferPointer(start: source, count: count))
  }

  private static func owner(_ bio: OpaquePointer?) -> ByteBufferBIO? {
    BIO_get_data(bio).map { Unmanaged<ByteBufferBIO>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let retryFlags =
    BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_IO_SPECIAL | BIO_FLAGS_SHOULD_RETRY

  /// Made once and never freed: OpenSSL has some 128 numbers for BIO types in a process.
  private nonisolated(unsafe) static let method: OpaquePointer? = {
    guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "ByteBuffer")
    else { return nil }
    BIO_meth_set_read(method) { bio, destination, count in
      guard let owner = owner(bio), let destination, count > 0 else { return 0 }
      BIO_clear_flags(bio, retryFlags)
      let taken = owner.read(destination, Int(count))
      if taken > 0 { return Int32(taken) }
      BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
      return -1
    }
    BIO_meth_set_write(method) { bio, source, count in
      guard let owner = owner(bio), let source, count > 0 else { return 0 }
      BIO_clear_flags(bio, retryFlags)
      owner.write(source, Int(count))
      return count
    }
    BIO_meth_set_ctrl(method) { _, command, _, _ in
      // Flushing is the pipeline's; every other question is answered with no.
      command == BIO_CTRL_FLUSH ? 1 : 0
    }
    return method
  }()
}
