// Pages of an SQLite database that only who has their keys can read.
//
// Each page and each page in the write-ahead log is sealed by itself, with AES-256-GCM, when it goes to the
// disk, and opened when it comes from there. SQLite leaves the last 32 bytes of each page alone
// (SQLITE_FCNTL_RESERVE_BYTES): there lie the number of the key, the nonce and the tag.
#ifndef PAGE_SEAL_H
#define PAGE_SEAL_H

#include <stdint.h>

enum {
  // The one size of pages that can be sealed.
  PAGE_SEAL_PAGE_BYTES = 4096,
  // What SQLite must leave alone at the end of each page.
  PAGE_SEAL_RESERVED_BYTES = 32,
  PAGE_SEAL_KEY_BYTES = 32,
  PAGE_SEAL_NONCE_BYTES = 12,
  PAGE_SEAL_TAG_BYTES = 16,
  // What a sealed database begins with, instead of SQLite's own word of the same length.
  PAGE_SEAL_WORD_BYTES = 16
};

// "Xiecha sealed 1" and a zero.
extern const unsigned char page_seal_word[PAGE_SEAL_WORD_BYTES];

// The keys of one database, by number; the one with the highest number seals. Safe on all threads.
typedef struct page_seal_ring page_seal_ring;

// Asked for a key that a page names and the ring does not have: adds it, where there is one by now.
typedef void (*page_seal_missing)(void *context, page_seal_ring *ring, uint32_t number);

// A ring without keys. `forget`, which may be NULL, is told when nobody needs `context` any more.
page_seal_ring *page_seal_ring_make(
    page_seal_missing missing, void *context, void (*forget)(void *context));
// Adds a key; false: there is no memory. A number that is there already stays as it is.
int page_seal_ring_add(
    page_seal_ring *ring, uint32_t number, const unsigned char key[PAGE_SEAL_KEY_BYTES]);
// Gives the ring up; the last who does wipes its keys.
void page_seal_ring_release(page_seal_ring *ring);

// Whoever seals and opens pages, one after the other, on one thread at a time.
typedef struct page_sealer page_sealer;

page_sealer *page_sealer_make(page_seal_ring *ring);
void page_sealer_free(page_sealer *sealer);

// Where a page stands: one that was moved from the one to the other does not open.
enum { PAGE_SEAL_IN_DATABASE = 1, PAGE_SEAL_IN_LOG = 2 };

// Seals the page of a number (from 1) into `sealed`, which may be where it lies; false: there is no key, SQLite's reserve is missing,
// or the cipher failed.
int page_sealer_seal(
    page_sealer *sealer, int place, uint32_t number, const unsigned char *page, unsigned char *sealed);
// Opens it where it lies; false: it was changed, moved, or its key is missing.
int page_sealer_open(page_sealer *sealer, int place, uint32_t number, unsigned char *page);

// Seals a key with another: nonce, then the sealed key, then the tag (60 bytes). `about` is bound to it.
int page_seal_wrap(
    const unsigned char by[PAGE_SEAL_KEY_BYTES], const unsigned char key[PAGE_SEAL_KEY_BYTES],
    const unsigned char *about, int about_length, unsigned char wrapped[60]);
int page_seal_unwrap(
    const unsigned char by[PAGE_SEAL_KEY_BYTES], const unsigned char wrapped[60],
    const unsigned char *about, int about_length, unsigned char key[PAGE_SEAL_KEY_BYTES]);

// From now on the database at a path, and its write-ahead log, are sealed with a ring's keys, on every
// connection of this process that is opened until `page_seal_detach`. Other databases are left alone.
// Gives SQLite's result code.
int page_seal_attach(const char *path, page_seal_ring *ring);
void page_seal_detach(const char *path, page_seal_ring *ring);

#endif
