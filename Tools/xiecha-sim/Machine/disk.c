// Disks that remember what was not synced, and lose it when they die.
//
// A layer over SQLite's own file system: the bytes stand in real files (on a file system in memory, for
// speed), so that whatever reads them finds them. Beside each file the layer keeps what its writes have
// replaced since the last sync. When the disk dies, that decides what the file holds afterwards.
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CSimulatedMachine.h"
#include "chance.h"

enum { DISKS_AT_MOST = 64, SECTOR_BYTES = 512 };

// What a write or a truncation has replaced.
typedef struct undo {
  struct undo *before;
  int64_t offset, size_before;
  int length;
  unsigned char *old;  // `length` bytes; zero where the file had none
} undo;

typedef struct image {
  struct image *next;
  char *path;
  int disk;
  undo *last;
} image;

typedef struct {
  char *folder;
  int is_dead;
  int64_t dies_after;  // writes; -1: not by itself
  int fault;
  int64_t faulty_writes;
  sim_disk_counts counts;
} disk;

typedef struct {
  sqlite3_file base;
  image *image;  // NULL: a temporary file, which nobody misses
} file;

static disk disks[DISKS_AT_MOST];
static int disk_count;
static image *images;
static sqlite3_vfs *under;

static sqlite3_file *real(sqlite3_file *each) { return (sqlite3_file *)((file *)each + 1); }
static disk *disk_of(sqlite3_file *each) {
  image *image = ((file *)each)->image;
  return image ? &disks[image->disk] : NULL;
}
static int is_dead(sqlite3_file *each) {
  disk *disk = disk_of(each);
  return disk && disk->is_dead;
}

static void forget(image *image) {
  while (image->last) {
    undo *each = image->last;
    image->last = each->before;
    free(each->old);
    free(each);
  }
}

static int disk_at(const char *path) {
  for (int place = 0; place < disk_count; place++) {
    size_t length = strlen(disks[place].folder);
    if (strncmp(path, disks[place].folder, length) == 0 && path[length] == '/') return place;
  }
  return -1;
}

static image *image_at(const char *path) {
  for (image *each = images; each; each = each->next) {
    if (strcmp(each->path, path) == 0) return each;
  }
  int place = disk_at(path);
  if (place < 0) return NULL;
  image *made = calloc(1, sizeof(image));
  made->path = strdup(path);
  made->disk = place;
  made->next = images;
  return images = made;
}

// Keeps what the next `length` bytes from `offset` replace.
static void remember(sqlite3_file *each, int64_t offset, int length) {
  image *image = ((file *)each)->image;
  undo *made = calloc(1, sizeof(undo));
  made->offset = offset;
  made->length = length;
  made->old = calloc(1, length > 0 ? (size_t)length : 1);
  sqlite3_int64 size = 0;
  real(each)->pMethods->xFileSize(real(each), &size);
  made->size_before = size;
  if (length > 0 && offset < size) {
    int there = size - offset < length ? (int)(size - offset) : length;
    real(each)->pMethods->xRead(real(each), made->old, there, offset);
  }
  made->before = image->last;
  image->last = made;
}

// Counts a write; what becomes of it: SQLITE_OK, or why it fails. `tears`: the disk dies in its middle.
static int next_write(sqlite3_file *each, int failure, int *tears) {
  disk *disk = disk_of(each);
  *tears = 0;
  if (!disk) return SQLITE_OK;
  if (disk->is_dead) return failure;
  disk->counts.writes++;
  if (disk->dies_after >= 0 && disk->dies_after-- == 0) {
    disk->is_dead = 1;
    *tears = 1;
    return failure;
  }
  if (disk->faulty_writes > 0) {
    disk->faulty_writes--;
    disk->counts.faults++;
    return disk->fault == SIM_FAULT_FULL ? SQLITE_FULL : failure;
  }
  return SQLITE_OK;
}

static int disk_close(sqlite3_file *each) { return real(each)->pMethods->xClose(real(each)); }

static int disk_read(sqlite3_file *each, void *bytes, int count, sqlite3_int64 offset) {
  if (is_dead(each)) return SQLITE_IOERR_READ;
  return real(each)->pMethods->xRead(real(each), bytes, count, offset);
}

static int disk_write(sqlite3_file *each, const void *bytes, int count, sqlite3_int64 offset) {
  int tears, outcome = next_write(each, SQLITE_IOERR_WRITE, &tears);
  if (outcome != SQLITE_OK && !tears) return outcome;
  int written = count;
  if (tears) {
    uint64_t word;
    sim_chance_fill(&word, sizeof(word));
    written = (int)(word % (uint64_t)(count / SECTOR_BYTES + 1)) * SECTOR_BYTES;
  }
  if (((file *)each)->image && written > 0) remember(each, offset, written);
  int below = written > 0 ? real(each)->pMethods->xWrite(real(each), bytes, written, offset) : 0;
  return outcome == SQLITE_OK ? below : outcome;
}

static int disk_truncate(sqlite3_file *each, sqlite3_int64 size) {
  int tears, outcome = next_write(each, SQLITE_IOERR_TRUNCATE, &tears);
  if (outcome != SQLITE_OK) return outcome;
  if (((file *)each)->image) {
    sqlite3_int64 before = 0;
    real(each)->pMethods->xFileSize(real(each), &before);
    remember(each, size, before > size ? (int)(before - size) : 0);
  }
  return real(each)->pMethods->xTruncate(real(each), size);
}

static int disk_sync(sqlite3_file *each, int flags) {
  (void)flags;
  int tears, outcome = next_write(each, SQLITE_IOERR_FSYNC, &tears);
  if (outcome != SQLITE_OK) return outcome;
  disk *disk = disk_of(each);
  if (!disk) return SQLITE_OK;
  disk->counts.syncs++;
  forget(((file *)each)->image);
  // The files are in memory: there is nothing below to be synced.
  return SQLITE_OK;
}

static int disk_size(sqlite3_file *each, sqlite3_int64 *size) {
  if (is_dead(each)) return SQLITE_IOERR_FSTAT;
  return real(each)->pMethods->xFileSize(real(each), size);
}
static int disk_lock(sqlite3_file *each, int level) {
  return real(each)->pMethods->xLock(real(each), level);
}
static int disk_unlock(sqlite3_file *each, int level) {
  return real(each)->pMethods->xUnlock(real(each), level);
}
static int disk_reserved(sqlite3_file *each, int *result) {
  return real(each)->pMethods->xCheckReservedLock(real(each), result);
}
static int disk_control(sqlite3_file *each, int operation, void *argument) {
  return real(each)->pMethods->xFileControl(real(each), operation, argument);
}
static int disk_sector(sqlite3_file *each) {
  (void)each;
  return SECTOR_BYTES;
}
// None that SQLite could build on: what is written may be torn anywhere.
static int disk_characteristics(sqlite3_file *each) {
  (void)each;
  return 0;
}
static int disk_shm_map(sqlite3_file *each, int page, int size, int extend, void volatile **map) {
  return real(each)->pMethods->xShmMap(real(each), page, size, extend, map);
}
static int disk_shm_lock(sqlite3_file *each, int offset, int count, int flags) {
  return real(each)->pMethods->xShmLock(real(each), offset, count, flags);
}
static void disk_shm_barrier(sqlite3_file *each) {
  real(each)->pMethods->xShmBarrier(real(each));
}
static int disk_shm_unmap(sqlite3_file *each, int deletes) {
  return real(each)->pMethods->xShmUnmap(real(each), deletes);
}

static const sqlite3_io_methods methods = {
    2,            disk_close,           disk_read,     disk_write,    disk_truncate,
    disk_sync,    disk_size,            disk_lock,     disk_unlock,   disk_reserved,
    disk_control, disk_sector,          disk_characteristics,
    disk_shm_map, disk_shm_lock,        disk_shm_barrier,             disk_shm_unmap,
    NULL,         NULL};

static int vfs_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *each, int flags, int *flags_out) {
  (void)vfs;
  file *opened = (file *)each;
  opened->base.pMethods = NULL;
  opened->image = name ? image_at(name) : NULL;
  if (is_dead(each)) return SQLITE_CANTOPEN;
  memset(real(each), 0, (size_t)under->szOsFile);
  int outcome = under->xOpen(under, name, real(each), flags, flags_out);
  if (outcome == SQLITE_OK || real(each)->pMethods) opened->base.pMethods = &methods;
  return outcome;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int syncs) {
  (void)vfs;
  int place = disk_at(name);
  if (place >= 0 && disks[place].is_dead) return SQLITE_IOERR_DELETE;
  image *image = image_at(name);
  if (image) forget(image);
  return under->xDelete(under, name, syncs);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
  (void)vfs;
  int place = disk_at(name);
  if (place >= 0 && disks[place].is_dead) return SQLITE_IOERR_ACCESS;
  return under->xAccess(under, name, flags, result);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int count, char *out) {
  (void)vfs;
  return under->xFullPathname(under, name, count, out);
}
static int vfs_randomness(sqlite3_vfs *vfs, int count, char *out) {
  (void)vfs;
  sim_chance_fill(out, (size_t)count);
  return count;
}
// Who waits for a lock waits for somebody on the same thread: there is nobody.
static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return microseconds;
}
static int vfs_time(sqlite3_vfs *vfs, double *days) {
  (void)vfs;
  return under->xCurrentTime(under, days);
}
static int vfs_error(sqlite3_vfs *vfs, int count, char *out) {
  (void)vfs;
  return under->xGetLastError(under, count, out);
}
static int vfs_time64(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
  (void)vfs;
  return under->xCurrentTimeInt64(under, milliseconds);
}

static sqlite3_vfs layer = {
    .iVersion = 2,
    .zName = "xiecha-sim",
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
    .xGetLastError = vfs_error,
    .xCurrentTimeInt64 = vfs_time64,
};

int sim_disk_start(void) {
  if (under) return SQLITE_OK;
  under = sqlite3_vfs_find(NULL);
  if (!under) return SQLITE_ERROR;
  layer.szOsFile = (int)sizeof(file) + under->szOsFile;
  layer.mxPathname = under->mxPathname;
  return sqlite3_vfs_register(&layer, 1);
}

int sim_disk_add(const char *folder) {
  if (disk_count == DISKS_AT_MOST) return -1;
  disks[disk_count].folder = strdup(folder);
  disks[disk_count].dies_after = -1;
  return disk_count++;
}

void sim_disk_die(int place) { disks[place].is_dead = 1; }
void sim_disk_die_after(int place, int64_t writes) { disks[place].dies_after = writes; }
int sim_disk_is_dead(int place) { return disks[place].is_dead; }
void sim_disk_fail(int place, int fault, int64_t writes) {
  disks[place].fault = fault;
  disks[place].faulty_writes = writes;
}
sim_disk_counts sim_disk_count(int place) { return disks[place].counts; }

// Takes back the sectors of a write that the crash has lost: the newest writes first, so that of each
// sector some version stays that it once had.
static void take_back(int descriptor, undo *each, uint64_t *chance, int share, disk *disk) {
  for (int begin = 0; begin < each->length; begin += SECTOR_BYTES) {
    if ((int)(sim_mix(chance) % 100) < share) continue;
    int length = each->length - begin < SECTOR_BYTES ? each->length - begin : SECTOR_BYTES;
    if (pwrite(descriptor, each->old + begin, (size_t)length, each->offset + begin) == length) {
      disk->counts.lost_sectors++;
    }
  }
}

void sim_disk_recover(int place, uint64_t seed, int share) {
  disk *disk = &disks[place];
  for (image *image = images; image; image = image->next) {
    if (image->disk != place || !image->last) continue;
    int descriptor = open(image->path, O_RDWR | O_CLOEXEC);
    int64_t size = -1;
    for (undo *each = image->last; descriptor >= 0 && each; each = each->before) {
      take_back(descriptor, each, &seed, share, disk);
      size = each->size_before;
    }
    // Where all is lost, the file is as long as it was.
    if (descriptor >= 0 && share == 0 && size >= 0 && ftruncate(descriptor, size) != 0) abort();
    if (descriptor >= 0) close(descriptor);
    forget(image);
  }
  disk->is_dead = 0;
  disk->dies_after = -1;
  disk->faulty_writes = 0;
}
