// The layer between SQLite and its own file system that seals what is written and opens what is read.
//
// It is the default of the process once the first database is attached, and passes every file on as it is
// but the databases that are attached and their write-ahead logs. A sealed database needs that log: a
// rollback journal would hold pages in clear, so none is opened.
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "page_seal.h"
#include "ring.h"

enum {
  // The write-ahead log: 32 bytes, then frames of a header, with the page's number first, and a page.
  LOG_HEADER_BYTES = 32,
  FRAME_HEADER_BYTES = 24,
  FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_SEAL_PAGE_BYTES
};

typedef struct attached {
  struct attached *next;
  char *path;  // whole, as SQLite hands it to the layer
  page_seal_ring *ring;
} attached;

typedef struct {
  sqlite3_file base;
  page_sealer *sealer;  // NULL: the file is passed on as it is
  int place;
  // Where the last frame's header was written, and the page that it announces; log only.
  sqlite3_int64 header_at;
  uint32_t announced;
  // The page that a write has begun and the next will end, as far as it came; log only.
  sqlite3_int64 begun_at;
  int begun_bytes;
  unsigned char begun[PAGE_SEAL_PAGE_BYTES];
} file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static attached *all;
static sqlite3_vfs *under;

static sqlite3_file *real(sqlite3_file *each) { return (sqlite3_file *)((file *)each + 1); }
static int below_read(sqlite3_file *each, void *bytes, int count, sqlite3_int64 offset) {
  return real(each)->pMethods->xRead(real(each), bytes, count, offset);
}
static int below_write(sqlite3_file *each, const void *bytes, int count, sqlite3_int64 offset) {
  return real(each)->pMethods->xWrite(real(each), bytes, count, offset);
}

static int did_not_open(int code, uint32_t number) {
  sqlite3_log(code, "page %u of a sealed database does not open", number);
  return code;
}

// Reads and opens one page of the database; SHORT_READ and zeros where the file ends before it.
static int read_page(file *file, unsigned char *page, sqlite3_int64 at) {
  uint32_t number = (uint32_t)(at / PAGE_SEAL_PAGE_BYTES) + 1;
  int outcome = below_read(&file->base, page, PAGE_SEAL_PAGE_BYTES, at);
  if (outcome == SQLITE_IOERR_SHORT_READ) memset(page, 0, PAGE_SEAL_PAGE_BYTES);
  if (outcome != SQLITE_OK) return outcome;
  if (page_sealer_open(file->sealer, file->place, number, page)) return SQLITE_OK;
  return did_not_open(SQLITE_IOERR_DATA, number);
}

static int read_database(file *file, unsigned char *bytes, int count, sqlite3_int64 offset) {
  unsigned char page[PAGE_SEAL_PAGE_BYTES];
  while (count > 0) {
    int skipped = (int)(offset % PAGE_SEAL_PAGE_BYTES);
    int taken = PAGE_SEAL_PAGE_BYTES - skipped < count ? PAGE_SEAL_PAGE_BYTES - skipped : count;
    int is_whole = taken == PAGE_SEAL_PAGE_BYTES;
    int outcome = read_page(file, is_whole ? bytes : page, offset - skipped);
    if (outcome == SQLITE_IOERR_SHORT_READ) memset(bytes, 0, (size_t)count);
    if (outcome != SQLITE_OK) return outcome;
    if (!is_whole) memcpy(bytes, page + skipped, (size_t)taken);
    bytes += taken;
    offset += taken;
    count -= taken;
  }
  return SQLITE_OK;
}

static int write_database(
    file *file, const unsigned char *bytes, int count, sqlite3_int64 offset) {
  unsigned char sealed[PAGE_SEAL_PAGE_BYTES];
  // Never seen of SQLite, which writes whole pages of the size that the ledger has.
  if (offset % PAGE_SEAL_PAGE_BYTES || count % PAGE_SEAL_PAGE_BYTES) return SQLITE_IOERR_WRITE;
  for (int done = 0; done < count; done += PAGE_SEAL_PAGE_BYTES) {
    uint32_t number = (uint32_t)((offset + done) / PAGE_SEAL_PAGE_BYTES) + 1;
    if (!page_sealer_seal(file->sealer, file->place, number, bytes + done, sealed)) {
      sqlite3_log(SQLITE_IOERR_WRITE, "page %u cannot be sealed", number);
      return SQLITE_IOERR_WRITE;
    }
    int outcome = below_write(&file->base, sealed, PAGE_SEAL_PAGE_BYTES, offset + done);
    if (outcome != SQLITE_OK) return outcome;
  }
  return SQLITE_OK;
}

static uint32_t page_number(const unsigned char *header) {
  return (uint32_t)header[0] << 24 | (uint32_t)header[1] << 16 | (uint32_t)header[2] << 8
      | header[3];
}

// Reads the page of the frame that begins at `at`. `trusts`: SQLite takes it without looking at the
// frame's checksum; else what does not open is read as zeros, and the checksum says that the log ends.
static int read_frame(file *file, unsigned char *page, sqlite3_int64 at, int trusts) {
  unsigned char frame[FRAME_BYTES];
  int outcome = below_read(&file->base, frame, FRAME_BYTES, at);
  if (outcome != SQLITE_OK) return outcome;
  uint32_t number = page_number(frame);
  int opened = page_sealer_open(file->sealer, file->place, number, frame + FRAME_HEADER_BYTES);
  if (!opened && trusts) return did_not_open(SQLITE_IOERR_DATA, number);
  memcpy(page, frame + FRAME_HEADER_BYTES, PAGE_SEAL_PAGE_BYTES);
  return SQLITE_OK;
}

static int read_log(file *file, unsigned char *bytes, int count, sqlite3_int64 offset) {
  sqlite3_int64 within = (offset - LOG_HEADER_BYTES) % FRAME_BYTES;
  if (count == PAGE_SEAL_PAGE_BYTES && offset > LOG_HEADER_BYTES && within == FRAME_HEADER_BYTES) {
    return read_frame(file, bytes, offset - FRAME_HEADER_BYTES, 1);
  }
  if (count == FRAME_BYTES && offset >= LOG_HEADER_BYTES && within == 0) {
    int outcome = below_read(&file->base, bytes, FRAME_HEADER_BYTES, offset);
    if (outcome != SQLITE_OK) return outcome;
    return read_frame(file, bytes + FRAME_HEADER_BYTES, offset, 0);
  }
  // Headers are in clear. Nothing else is read of a log.
  if (offset + count <= LOG_HEADER_BYTES || (within == 0 && count <= FRAME_HEADER_BYTES)) {
    return below_read(&file->base, bytes, count, offset);
  }
  return SQLITE_IOERR_READ;
}

static int write_log_page(file *file, const unsigned char *page, sqlite3_int64 at) {
  unsigned char header[FRAME_HEADER_BYTES], sealed[PAGE_SEAL_PAGE_BYTES];
  uint32_t number = file->announced;
  if (file->header_at != at - FRAME_HEADER_BYTES) {
    // A page of the same transaction that is written once more: its header stands already.
    int outcome = below_read(&file->base, header, FRAME_HEADER_BYTES, at - FRAME_HEADER_BYTES);
    if (outcome != SQLITE_OK) return outcome;
    number = page_number(header);
  }
  if (!page_sealer_seal(file->sealer, file->place, number, page, sealed)) {
    sqlite3_log(SQLITE_IOERR_WRITE, "page %u cannot be sealed", number);
    return SQLITE_IOERR_WRITE;
  }
  return below_write(&file->base, sealed, PAGE_SEAL_PAGE_BYTES, at);
}

static int write_log(file *file, const unsigned char *bytes, int count, sqlite3_int64 offset) {
  if (offset < LOG_HEADER_BYTES) {
    if (offset + count > LOG_HEADER_BYTES) return SQLITE_IOERR_WRITE;
    return below_write(&file->base, bytes, count, offset);
  }
  int within = (int)((offset - LOG_HEADER_BYTES) % FRAME_BYTES);
  if (within + count <= FRAME_HEADER_BYTES) {
    int is_whole = within == 0 && count == FRAME_HEADER_BYTES;
    file->header_at = is_whole ? offset : 0;
    file->announced = is_whole ? page_number(bytes) : 0;
    return below_write(&file->base, bytes, count, offset);
  }
  if (within < FRAME_HEADER_BYTES || within + count > FRAME_BYTES) return SQLITE_IOERR_WRITE;
  if (within == FRAME_HEADER_BYTES && count == PAGE_SEAL_PAGE_BYTES) {
    return write_log_page(file, bytes, offset);
  }
  // Where a disk may tear what it does not write, SQLite repeats the last frame until a sector is full,
  // syncs within it, and writes the rest: none of it counts, so the whole page is written with the rest.
  int had = within - FRAME_HEADER_BYTES;
  if (had > 0 && (file->begun_at + had != offset || file->begun_bytes != had)) {
    return SQLITE_IOERR_WRITE;
  }
  memcpy(file->begun + had, bytes, (size_t)count);
  file->begun_at = offset - had;
  file->begun_bytes = had + count;
  if (file->begun_bytes < PAGE_SEAL_PAGE_BYTES) return SQLITE_OK;
  file->begun_bytes = 0;
  return write_log_page(file, file->begun, file->begun_at);
}

static int layer_read(sqlite3_file *each, void *bytes, int count, sqlite3_int64 offset) {
  file *opened = (file *)each;
  if (!opened->sealer) return below_read(each, bytes, count, offset);
  return opened->place == PAGE_SEAL_IN_LOG ? read_log(opened, bytes, count, offset)
                                           : read_database(opened, bytes, count, offset);
}

static int layer_write(sqlite3_file *each, const void *bytes, int count, sqlite3_int64 offset) {
  file *opened = (file *)each;
  if (!opened->sealer) return below_write(each, bytes, count, offset);
  return opened->place == PAGE_SEAL_IN_LOG ? write_log(opened, bytes, count, offset)
                                           : write_database(opened, bytes, count, offset);
}

static int layer_close(sqlite3_file *each) {
  file *opened = (file *)each;
  int outcome = real(each)->pMethods->xClose(real(each));
  page_sealer_free(opened->sealer);
  opened->sealer = NULL;
  return outcome;
}

// The rest is the file system's own.
static int layer_truncate(sqlite3_file *each, sqlite3_int64 size) {
  return real(each)->pMethods->xTruncate(real(each), size);
}
static int layer_sync(sqlite3_file *each, int flags) {
  return real(each)->pMethods->xSync(real(each), flags);
}
static int layer_size(sqlite3_file *each, sqlite3_int64 *size) {
  return real(each)->pMethods->xFileSize(real(each), size);
}
static int layer_lock(sqlite3_file *each, int level) {
  return real(each)->pMethods->xLock(real(each), level);
}
static int layer_unlock(sqlite3_file *each, int level) {
  return real(each)->pMethods->xUnlock(real(each), level);
}
static int layer_reserved(sqlite3_file *each, int *result) {
  return real(each)->pMethods->xCheckReservedLock(real(each), result);
}
static int layer_control(sqlite3_file *each, int operation, void *argument) {
  return real(each)->pMethods->xFileControl(real(each), operation, argument);
}
static int layer_sector(sqlite3_file *each) {
  return real(each)->pMethods->xSectorSize(real(each));
}
static int layer_characteristics(sqlite3_file *each) {
  return real(each)->pMethods->xDeviceCharacteristics(real(each));
}
static int layer_shm_map(sqlite3_file *each, int page, int size, int extend, void volatile **map) {
  return real(each)->pMethods->xShmMap(real(each), page, size, extend, map);
}
static int layer_shm_lock(sqlite3_file *each, int offset, int count, int flags) {
  return real(each)->pMethods->xShmLock(real(each), offset, count, flags);
}
static void layer_shm_barrier(sqlite3_file *each) {
  real(each)->pMethods->xShmBarrier(real(each));
}
static int layer_shm_unmap(sqlite3_file *each, int deletes) {
  return real(each)->pMethods->xShmUnmap(real(each), deletes);
}

// Version 2: no memory-mapped pages, which nobody could open.
static const sqlite3_io_methods methods = {
    2,             layer_close,   layer_read,        layer_write,    layer_truncate,
    layer_sync,    layer_size,    layer_lock,        layer_unlock,   layer_reserved,
    layer_control, layer_sector,  layer_characteristics,
    layer_shm_map, layer_shm_lock, layer_shm_barrier, layer_shm_unmap,
    NULL,          NULL};

// The ring of the database that a file belongs to, held once more; NULL: it is not attached.
static page_seal_ring *ring_of(const char *name, const char *ending) {
  if (!name) return NULL;
  size_t length = strlen(name), cut = strlen(ending);
  if (length < cut || strcmp(name + length - cut, ending) != 0) return NULL;
  page_seal_ring *ring = NULL;
  pthread_mutex_lock(&lock);
  for (attached *each = all; each && !ring; each = each->next) {
    if (strlen(each->path) == length - cut && strncmp(each->path, name, length - cut) == 0) {
      page_seal_ring_hold(ring = each->ring);
    }
  }
  pthread_mutex_unlock(&lock);
  return ring;
}

static int layer_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *each, int flags, int *flags_out) {
  (void)vfs;
  file *opened = (file *)each;
  memset(opened, 0, sizeof(file) + (size_t)under->szOsFile);
  page_seal_ring *ring = NULL;
  if (flags & SQLITE_OPEN_MAIN_DB) ring = ring_of(name, "");
  if (flags & SQLITE_OPEN_WAL) ring = ring_of(name, "-wal");
  if (flags & SQLITE_OPEN_MAIN_JOURNAL && (ring = ring_of(name, "-journal"))) {
    page_seal_ring_release(ring);
    return SQLITE_CANTOPEN;
  }
  if (ring) {
    opened->place = flags & SQLITE_OPEN_WAL ? PAGE_SEAL_IN_LOG : PAGE_SEAL_IN_DATABASE;
    opened->sealer = page_sealer_make(ring);
    page_seal_ring_release(ring);
    if (!opened->sealer) return SQLITE_NOMEM;
  }
  int outcome = under->xOpen(under, name, real(each), flags, flags_out);
  if (real(each)->pMethods) {
    opened->base.pMethods = &methods;
  } else {
    page_sealer_free(opened->sealer);
    opened->sealer = NULL;
  }
  return outcome;
}

static int layer_delete(sqlite3_vfs *vfs, const char *name, int syncs) {
  (void)vfs;
  return under->xDelete(under, name, syncs);
}
static int layer_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
  (void)vfs;
  return under->xAccess(under, name, flags, result);
}
static int layer_full_path(sqlite3_vfs *vfs, const char *name, int count, char *out) {
  (void)vfs;
  return under->xFullPathname(under, name, count, out);
}
static int layer_randomness(sqlite3_vfs *vfs, int count, char *out) {
  (void)vfs;
  return under->xRandomness(under, count, out);
}
static int layer_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return under->xSleep(under, microseconds);
}
static int layer_time(sqlite3_vfs *vfs, double *days) {
  (void)vfs;
  return under->xCurrentTime(under, days);
}
static int layer_error(sqlite3_vfs *vfs, int count, char *out) {
  (void)vfs;
  return under->xGetLastError(under, count, out);
}
static int layer_time64(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
  (void)vfs;
  return under->xCurrentTimeInt64(under, milliseconds);
}

static sqlite3_vfs layer = {
    .iVersion = 2,
    .zName = "xiecha-sealed",
    .xOpen = layer_open,
    .xDelete = layer_delete,
    .xAccess = layer_access,
    .xFullPathname = layer_full_path,
    .xRandomness = layer_randomness,
    .xSleep = layer_sleep,
    .xCurrentTime = layer_time,
    .xGetLastError = layer_error,
    .xCurrentTimeInt64 = layer_time64,
};

// Puts the layer over what is the default now; the lock is held.
static int start(void) {
  if (under) return SQLITE_OK;
  int outcome = sqlite3_initialize();
  if (outcome != SQLITE_OK) return outcome;
  sqlite3_vfs *found = sqlite3_vfs_find(NULL);
  if (!found) return SQLITE_ERROR;
  under = found;
  layer.szOsFile = (int)sizeof(file) + under->szOsFile;
  layer.mxPathname = under->mxPathname;
  outcome = sqlite3_vfs_register(&layer, 1);
  if (outcome != SQLITE_OK) under = NULL;
  return outcome;
}

// The whole path, as SQLite hands it to the layer; NULL: there is none.
static char *whole(const char *path) {
  char *out = malloc((size_t)under->mxPathname + 1);
  // A link that was followed is told as a success of its own.
  int outcome = out ? under->xFullPathname(under, path, under->mxPathname + 1, out) : SQLITE_NOMEM;
  if (outcome == SQLITE_OK || outcome == SQLITE_OK_SYMLINK) return out;
  free(out);
  return NULL;
}

int page_seal_attach(const char *path, page_seal_ring *ring) {
  pthread_mutex_lock(&lock);
  int outcome = start();
  attached *made = outcome == SQLITE_OK ? calloc(1, sizeof(attached)) : NULL;
  if (made) made->path = whole(path);
  if (made && made->path) {
    page_seal_ring_hold(made->ring = ring);
    made->next = all;
    all = made;
  } else if (outcome == SQLITE_OK) {
    free(made);
    outcome = SQLITE_CANTOPEN;
  }
  pthread_mutex_unlock(&lock);
  return outcome;
}

void page_seal_detach(const char *path, page_seal_ring *ring) {
  pthread_mutex_lock(&lock);
  char *name = under ? whole(path) : NULL;
  for (attached **each = &all; name && *each; each = &(*each)->next) {
    attached *found = *each;
    if (found->ring != ring || strcmp(found->path, name) != 0) continue;
    *each = found->next;
    free(found->path);
    free(found);
    page_seal_ring_release(ring);
    break;
  }
  free(name);
  pthread_mutex_unlock(&lock);
}
