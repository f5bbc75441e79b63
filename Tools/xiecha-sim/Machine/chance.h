#ifndef SIM_CHANCE_H
#define SIM_CHANCE_H

#include <stddef.h>
#include <stdint.h>

// SplitMix64 (Steele, Lea, Flood 2014).
static inline uint64_t sim_mix(uint64_t *state) {
  uint64_t mixed = (*state += 0x9E3779B97F4A7C15u);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

// Fills from the seed's stream.
void sim_chance_fill(void *bytes, size_t count);

#endif
