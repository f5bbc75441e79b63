// Keys by number, and one page at a time.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "page_seal.h"
#include "ring.h"

const unsigned char page_seal_word[PAGE_SEAL_WORD_BYTES] = "Xiecha sealed 1";
static const unsigned char sqlite_word[PAGE_SEAL_WORD_BYTES] = "SQLite format 3";

// How a page ends: what SQLite sees as zeros.
enum {
  BODY_BYTES = PAGE_SEAL_PAGE_BYTES - PAGE_SEAL_RESERVED_BYTES,
  NONCE_AT = BODY_BYTES + 4,
  TAG_AT = NONCE_AT + PAGE_SEAL_NONCE_BYTES,
  // SQLite never uses the page at this place of a file, where it takes its locks; it can be a hole.
  LOCK_PAGE = 0x40000000 / PAGE_SEAL_PAGE_BYTES + 1,
  KEYS_AT_MOST = 4096
};

typedef struct {
  uint32_t number;
  unsigned char bytes[PAGE_SEAL_KEY_BYTES];
} key;

struct page_seal_ring {
  atomic_int holders;
  pthread_mutex_t lock;
  key *keys;  // by number
  int count;
  atomic_uint newest;  // its number; 0: there is none
  page_seal_missing missing;
  void *context;
  void (*forget)(void *context);
};

page_seal_ring *page_seal_ring_make(
    page_seal_missing missing, void *context, void (*forget)(void *context)) {
  page_seal_ring *ring = calloc(1, sizeof(page_seal_ring));
  if (!ring) return NULL;
  atomic_init(&ring->holders, 1);
  atomic_init(&ring->newest, 0);
  pthread_mutex_init(&ring->lock, NULL);
  ring->missing = missing;
  ring->context = context;
  ring->forget = forget;
  return ring;
}

void page_seal_ring_hold(page_seal_ring *ring) { atomic_fetch_add(&ring->holders, 1); }

void page_seal_ring_release(page_seal_ring *ring) {
  if (!ring || atomic_fetch_sub(&ring->holders, 1) != 1) return;
  if (ring->keys) OPENSSL_cleanse(ring->keys, (size_t)ring->count * sizeof(key));
  free(ring->keys);
  pthread_mutex_destroy(&ring->lock);
  if (ring->forget) ring->forget(ring->context);
  free(ring);
}

// The place of a key in the order of numbers; -1: it is not there. The lock is held.
static int place_of(page_seal_ring *ring, uint32_t number) {
  for (int place = ring->count - 1; place >= 0; place--) {
    if (ring->keys[place].number == number) return place;
  }
  return -1;
}

int page_seal_ring_add(
    page_seal_ring *ring, uint32_t number, const unsigned char bytes[PAGE_SEAL_KEY_BYTES]) {
  int added = 1;
  pthread_mutex_lock(&ring->lock);
  if (place_of(ring, number) < 0) {
    // A new place, so that no old one stays behind unwiped as `realloc` would leave it.
    key *grown = ring->count < KEYS_AT_MOST ? calloc((size_t)ring->count + 1, sizeof(key)) : NULL;
    if (grown) {
      int place = ring->count;
      while (place > 0 && ring->keys[place - 1].number > number) place--;
      if (ring->keys) {
        memcpy(grown, ring->keys, (size_t)place * sizeof(key));
        memcpy(grown + place + 1, ring->keys + place, (size_t)(ring->count - place) * sizeof(key));
        OPENSSL_cleanse(ring->keys, (size_t)ring->count * sizeof(key));
        free(ring->keys);
      }
      grown[place].number = number;
      memcpy(grown[place].bytes, bytes, PAGE_SEAL_KEY_BYTES);
      ring->keys = grown;
      ring->count++;
      atomic_store(&ring->newest, ring->keys[ring->count - 1].number);
    } else {
      added = 0;
    }
  }
  pthread_mutex_unlock(&ring->lock);
  return added;
}

// Copies a key; false: it is not there.
static int find(page_seal_ring *ring, uint32_t number, unsigned char bytes[PAGE_SEAL_KEY_BYTES]) {
  for (int attempt = 0;; attempt++) {
    pthread_mutex_lock(&ring->lock);
    int place = place_of(ring, number);
    if (place >= 0) memcpy(bytes, ring->keys[place].bytes, PAGE_SEAL_KEY_BYTES);
    pthread_mutex_unlock(&ring->lock);
    if (place >= 0) return 1;
    if (attempt > 0 || !ring->missing) return 0;
    ring->missing(ring->context, ring, number);
  }
}

struct page_sealer {
  page_seal_ring *ring;
  EVP_CIPHER_CTX *sealing, *opening;
  // The numbers of the keys that these are set up for; 0: none.
  uint32_t sealing_key, opening_key;
  // The nonces: random for each sealer, then counted.
  unsigned char nonce[PAGE_SEAL_NONCE_BYTES];
  uint32_t counted;
};

page_sealer *page_sealer_make(page_seal_ring *ring) {
  page_sealer *sealer = calloc(1, sizeof(page_sealer));
  if (!sealer) return NULL;
  page_seal_ring_hold(ring);
  sealer->ring = ring;
  sealer->sealing = EVP_CIPHER_CTX_new();
  sealer->opening = EVP_CIPHER_CTX_new();
  if (sealer->sealing && sealer->opening) return sealer;
  page_sealer_free(sealer);
  return NULL;
}

void page_sealer_free(page_sealer *sealer) {
  if (!sealer) return;
  EVP_CIPHER_CTX_free(sealer->sealing);
  EVP_CIPHER_CTX_free(sealer->opening);
  page_seal_ring_release(sealer->ring);
  free(sealer);
}

static void put32(unsigned char *at, uint32_t word) {
  for (int byte = 0; byte < 4; byte++) at[byte] = (unsigned char)(word >> (24 - 8 * byte));
}
static uint32_t get32(const unsigned char *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

// What is bound to a page beside its bytes: where it stands.
enum { ABOUT_BYTES = 5 };
static void about(unsigned char bytes[ABOUT_BYTES], int place, uint32_t number) {
  bytes[0] = (unsigned char)place;
  put32(bytes + 1, number);
}

// The first bytes of a database say what it is, in clear.
static int clear_bytes(uint32_t number) { return number == 1 ? PAGE_SEAL_WORD_BYTES : 0; }

static int is_zero(const unsigned char *bytes, int count) {
  for (int place = 0; place < count; place++) {
    if (bytes[place]) return 0;
  }
  return 1;
}

// Sets a cipher up for a key, where it is not yet.
static int set_key(
    page_seal_ring *ring, EVP_CIPHER_CTX *cipher, uint32_t *current, uint32_t number, int seals) {
  if (*current == number) return 1;
  unsigned char bytes[PAGE_SEAL_KEY_BYTES];
  if (!find(ring, number, bytes)) return 0;
  int done = EVP_CipherInit_ex(cipher, EVP_aes_256_gcm(), NULL, bytes, NULL, seals) == 1;
  OPENSSL_cleanse(bytes, sizeof bytes);
  *current = done ? number : 0;
  return done;
}

static int next_nonce(page_sealer *sealer) {
  if (sealer->counted == 0 && RAND_bytes(sealer->nonce, PAGE_SEAL_NONCE_BYTES - 4) != 1) return 0;
  put32(sealer->nonce + PAGE_SEAL_NONCE_BYTES - 4, sealer->counted++);
  return 1;
}

int page_sealer_seal(
    page_sealer *sealer, int place, uint32_t number, const unsigned char *page,
    unsigned char *sealed) {
  if (!is_zero(page + BODY_BYTES, PAGE_SEAL_RESERVED_BYTES)) return 0;
  int clear = clear_bytes(number), length;
  if (clear > 0 && memcmp(page, sqlite_word, PAGE_SEAL_WORD_BYTES) != 0) return 0;
  uint32_t newest = atomic_load(&sealer->ring->newest);
  if (newest == 0 || !next_nonce(sealer)) return 0;
  if (!set_key(sealer->ring, sealer->sealing, &sealer->sealing_key, newest, 1)) return 0;
  unsigned char where[ABOUT_BYTES];
  about(where, place, number);
  memcpy(sealed, page_seal_word, (size_t)clear);
  put32(sealed + BODY_BYTES, sealer->sealing_key);
  memcpy(sealed + NONCE_AT, sealer->nonce, PAGE_SEAL_NONCE_BYTES);
  EVP_CIPHER_CTX *cipher = sealer->sealing;
  return EVP_EncryptInit_ex(cipher, NULL, NULL, NULL, sealer->nonce) == 1
      && EVP_EncryptUpdate(cipher, NULL, &length, where, ABOUT_BYTES) == 1
      && EVP_EncryptUpdate(cipher, sealed + clear, &length, page + clear, BODY_BYTES - clear) == 1
      && EVP_EncryptFinal_ex(cipher, sealed + clear + length, &length) == 1
      && EVP_CIPHER_CTX_ctrl(
             cipher, EVP_CTRL_AEAD_GET_TAG, PAGE_SEAL_TAG_BYTES, sealed + TAG_AT) == 1;
}

int page_sealer_open(page_sealer *sealer, int place, uint32_t number, unsigned char *page) {
  uint32_t key_number = get32(page + BODY_BYTES);
  if (key_number == 0) {
    return number == LOCK_PAGE && place == PAGE_SEAL_IN_DATABASE
        && is_zero(page, PAGE_SEAL_PAGE_BYTES);
  }
  int clear = clear_bytes(number), length;
  if (clear > 0 && memcmp(page, page_seal_word, PAGE_SEAL_WORD_BYTES) != 0) return 0;
  if (!set_key(sealer->ring, sealer->opening, &sealer->opening_key, key_number, 0)) return 0;
  unsigned char where[ABOUT_BYTES];
  about(where, place, number);
  EVP_CIPHER_CTX *cipher = sealer->opening;
  int opened = EVP_DecryptInit_ex(cipher, NULL, NULL, NULL, page + NONCE_AT) == 1
      && EVP_DecryptUpdate(cipher, NULL, &length, where, ABOUT_BYTES) == 1
      && EVP_DecryptUpdate(cipher, page + clear, &length, page + clear, BODY_BYTES - clear) == 1
      && EVP_CIPHER_CTX_ctrl(
             cipher, EVP_CTRL_AEAD_SET_TAG, PAGE_SEAL_TAG_BYTES, page + TAG_AT) == 1
      && EVP_DecryptFinal_ex(cipher, page + clear + length, &length) == 1;
  if (!opened) {
    // What did not open is nothing that anybody should read.
    memset(page, 0, PAGE_SEAL_PAGE_BYTES);
    return 0;
  }
  memcpy(page, sqlite_word, (size_t)clear);
  memset(page + BODY_BYTES, 0, PAGE_SEAL_RESERVED_BYTES);
  return 1;
}

int page_seal_wrap(
    const unsigned char by[PAGE_SEAL_KEY_BYTES], const unsigned char bytes[PAGE_SEAL_KEY_BYTES],
    const unsigned char *about, int about_length, unsigned char wrapped[60]) {
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
  unsigned char *sealed = wrapped + PAGE_SEAL_NONCE_BYTES;
  int length, done = cipher && RAND_bytes(wrapped, PAGE_SEAL_NONCE_BYTES) == 1
      && EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, by, wrapped) == 1
      && EVP_EncryptUpdate(cipher, NULL, &length, about, about_length) == 1
      && EVP_EncryptUpdate(cipher, sealed, &length, bytes, PAGE_SEAL_KEY_BYTES) == 1
      && EVP_EncryptFinal_ex(cipher, sealed + length, &length) == 1
      && EVP_CIPHER_CTX_ctrl(
             cipher, EVP_CTRL_AEAD_GET_TAG, PAGE_SEAL_TAG_BYTES, sealed + PAGE_SEAL_KEY_BYTES) == 1;
  EVP_CIPHER_CTX_free(cipher);
  return done;
}

int page_seal_unwrap(
    const unsigned char by[PAGE_SEAL_KEY_BYTES], const unsigned char wrapped[60],
    const unsigned char *about, int about_length, unsigned char bytes[PAGE_SEAL_KEY_BYTES]) {
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
  const unsigned char *sealed = wrapped + PAGE_SEAL_NONCE_BYTES;
  int length, done = cipher
      && EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, by, wrapped) == 1
      && EVP_DecryptUpdate(cipher, NULL, &length, about, about_length) == 1
      && EVP_DecryptUpdate(cipher, bytes, &length, sealed, PAGE_SEAL_KEY_BYTES) == 1
      && EVP_CIPHER_CTX_ctrl(
             cipher, EVP_CTRL_AEAD_SET_TAG, PAGE_SEAL_TAG_BYTES,
             (void *)(sealed + PAGE_SEAL_KEY_BYTES)) == 1
      && EVP_DecryptFinal_ex(cipher, bytes + length, &length) == 1;
  EVP_CIPHER_CTX_free(cipher);
  return done;
}
