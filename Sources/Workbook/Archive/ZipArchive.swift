internal import CZip

/// A ZIP file, by libzip.
final class ZipArchive {
  private let archive: OpaquePointer

  init(path: String) throws(WorkbookFailure) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw WorkbookFailure(.unreadable, String(cString: zip_error_strerror(&error)))
    }
    self.archive = archive
  }

  deinit {
    zip_discard(archive)
  }

  /// Whether there is a part of a name; some programs write names in other case.
  func has(_ name: String) -> Bool {
    zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE)) >= 0
  }

  /// Opens a part.
  func part(_ name: String) throws(WorkbookFailure) -> ZipPart {
    let index = zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE))
    guard index >= 0 else { throw WorkbookFailure(.damaged, name) }
    var facts = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), 0, &facts) == 0,
      facts.valid & zip_uint64_t(ZIP_STAT_COMP_SIZE) != 0,
      let file = zip_fopen_index(archive, zip_uint64_t(index), 0)
    else { throw WorkbookFailure(.damaged, name) }
    return ZipPart(
      file, name: name, packedBytes: Int(clamping: facts.comp_size), archive: self)
  }
}

/// One part of a ZIP file, unpacked piece by piece.
final class ZipPart {
  let name: String
  private let file: OpaquePointer
  private let packedBytes: Int
  /// Kept open as long as the part is.
  private let archive: ZipArchive
  private var unpackedBytes = 0

  init(_ file: OpaquePointer, name: String, packedBytes: Int, archive: ZipArchive) {
    self.file = file
    self.name = name
    self.packedBytes = packedBytes
    self.archive = archive
  }

  deinit {
    zip_fclose(file)
  }

  /// Unpacks the next bytes into a buffer; the number, zero at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(WorkbookFailure) -> Int {
    let count = zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
    // The checksum is compared at the end, so a part that was changed is noticed too.
    guard count >= 0 else { throw WorkbookFailure(.damaged, name) }
    unpackedBytes += Int(count)
    let isBomb =
      unpackedBytes > WorkbookLimits.ratioFreeBytes
      && unpackedBytes / WorkbookLimits.packingRatio > packedBytes
    if isBomb || unpackedBytes > WorkbookLimits.partBytes {
      throw WorkbookFailure(.tooLarge, name)
    }
    return Int(count)
  }
}
