#ifndef RING_H
#define RING_H

#include "page_seal.h"

// Holds a ring once more, until `page_seal_ring_release`.
void page_seal_ring_hold(page_seal_ring *ring);

#endif
