// What the machine would be asked for as random, from the seed instead.
#define _GNU_SOURCE
#define OPENSSL_SUPPRESS_DEPRECATED
#include "chance.h"

#include <dlfcn.h>
#include <openssl/rand.h>
#include <stdarg.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CSimulatedMachine.h"

// Only for the thread of the simulation: what others draw, and when, no seed decides.
static _Thread_local int is_simulated;
// Each asks a stream of its own, so that what one draws does not change what the others get.
static uint64_t system_state, openssl_state, disk_state;
static int64_t drawn[3];

static void fill(uint64_t *state, void *bytes, size_t count) {
  for (size_t done = 0; done < count; done += 8) {
    uint64_t word = sim_mix(state);
    size_t left = count - done;
    memcpy((char *)bytes + done, &word, left < 8 ? left : 8);
  }
}

void sim_chance_fill(void *bytes, size_t count) {
  drawn[2] += (int64_t)count;
  fill(&disk_state, bytes, count);
}

int64_t sim_chance_drawn(int stream) { return drawn[stream]; }

// OpenSSL has a generator of its own behind the system's; it asks this instead.
static int rand_bytes(unsigned char *bytes, int count) {
  if (!is_simulated) return syscall(SYS_getrandom, bytes, count, 0) == count;
  drawn[1] += count;
  fill(&openssl_state, bytes, (size_t)count);
  return 1;
}
static int rand_status(void) { return 1; }
static const RAND_METHOD method = {
    .bytes = rand_bytes, .pseudorand = rand_bytes, .status = rand_status};

void sim_chance_start(uint64_t seed) {
  system_state = seed;
  openssl_state = ~seed;
  disk_state = seed << 32 | seed >> 32;
  is_simulated = 1;
  RAND_set_rand_method(&method);
}

ssize_t getrandom(void *bytes, size_t count, unsigned int flags) {
  if (!is_simulated) return syscall(SYS_getrandom, bytes, count, flags);
  drawn[0] += (int64_t)count;
  fill(&system_state, bytes, count);
  return (ssize_t)count;
}

int getentropy(void *bytes, size_t count) {
  if (!is_simulated) return syscall(SYS_getrandom, bytes, count, 0) == (long)count ? 0 : -1;
  return getrandom(bytes, count, 0) == (ssize_t)count ? 0 : -1;
}

// Swift's SystemRandomNumberGenerator, and OpenSSL for its first seed, ask the kernel in this way.
long syscall(long number, ...) {
  va_list arguments;
  va_start(arguments, number);
  long each[6];
  for (int place = 0; place < 6; place++) each[place] = va_arg(arguments, long);
  va_end(arguments);
  if (number == SYS_getrandom && is_simulated) {
    return getrandom((void *)each[0], (size_t)each[1], (unsigned int)each[2]);
  }
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  return real(number, each[0], each[1], each[2], each[3], each[4], each[5]);
}
