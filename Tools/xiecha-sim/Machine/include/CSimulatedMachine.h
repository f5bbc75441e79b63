// The machine under a simulated network: its clock, its chance and its disks.
//
// Linked into a program, it stands in the place of what the C library, Swift, OpenSSL and SQLite would
// ask the real machine for. So the product's own code runs on it unchanged.
#ifndef CSIMULATEDMACHINE_H
#define CSIMULATEDMACHINE_H

#include <stdint.h>

// Clock, of the thread that starts it. Nanoseconds; the wall clock is `epoch` + monotonic.
void sim_clock_start(int64_t epoch_nanoseconds, int64_t monotonic_nanoseconds);
void sim_clock_set(int64_t monotonic_nanoseconds);
int64_t sim_clock_now(void);
// Of the real machine: for what a run has cost, never for what happens in it.
int64_t sim_real_nanoseconds(void);

// Chance. Identities, salts, nonces and key material from here on follow from the seed.
void sim_chance_start(uint64_t seed);
// Bytes drawn by the system's callers (0), OpenSSL (1) and the disks (2).
int64_t sim_chance_drawn(int stream);

// Disks. All files that SQLite opens under a disk's folder belong to it.
enum {
  SIM_FAULT_NONE = 0,
  SIM_FAULT_IO = 1,
  SIM_FAULT_FULL = 2,
};
typedef struct {
  int64_t writes;  // writes, truncations and syncs
  int64_t syncs;
  int64_t lost_sectors;  // of 512 bytes, that crashes took back
  int64_t faults;  // calls that failed because they were told to
} sim_disk_counts;

// Makes it SQLite's default; 0 when that worked.
int sim_disk_start(void);
// A disk of files under a folder; its number, or -1 when there are too many.
int sim_disk_add(const char *folder);
// From now on nothing reaches the disk and nothing comes from it.
void sim_disk_die(int disk);
// The same, in the middle of the write that comes after so many.
void sim_disk_die_after(int disk, int64_t writes);
int sim_disk_is_dead(int disk);
// The next so many writes fail, for a reason.
void sim_disk_fail(int disk, int fault, int64_t writes);
// After all of its files were closed: what was not synced is lost, kept or torn, sector by sector, as
// the seed says; `share` of 0 loses all of it, 100 keeps all of it. Then it can be opened again.
void sim_disk_recover(int disk, uint64_t seed, int share_percent);
sim_disk_counts sim_disk_count(int disk);

#endif
