// One clock for everything in the process. Before sim_clock_start the real one answers.
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "CSimulatedMachine.h"

// Only for the thread of the simulation: threads that Dispatch has for itself wait for real time.
static _Thread_local int is_simulated;
static int64_t epoch, monotonic;

void sim_clock_start(int64_t epoch_nanoseconds, int64_t monotonic_nanoseconds) {
  epoch = epoch_nanoseconds;
  monotonic = monotonic_nanoseconds;
  is_simulated = 1;
}

void sim_clock_set(int64_t monotonic_nanoseconds) { monotonic = monotonic_nanoseconds; }

int64_t sim_clock_now(void) { return monotonic; }

static int64_t nanoseconds_of(const struct timespec *time) {
  return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

int64_t sim_real_nanoseconds(void) {
  struct timespec time;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
  return nanoseconds_of(&time);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  // What a process has computed is no time of day.
  if (!is_simulated || clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID) {
    return (int)syscall(SYS_clock_gettime, clock, time);
  }
  int isWall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
  int64_t now = isWall ? epoch + monotonic : monotonic;
  time->tv_sec = now / 1000000000;
  time->tv_nsec = now % 1000000000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  result->tv_sec = now.tv_sec;
  result->tv_usec = now.tv_nsec / 1000;
  return 0;
}
