// The system's OpenSSL 3, as Swift sees it.
//
// Swift imports functions and plain constants; what OpenSSL offers only as a macro with arguments
// or a cast gets a function of its own here, and nothing else does.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Options and modes whose constants Swift cannot import.
static inline uint64_t COpenSSL_OP_NO_COMPRESSION(void) { return SSL_OP_NO_COMPRESSION; }
static inline uint64_t COpenSSL_OP_NO_RENEGOTIATION(void) { return SSL_OP_NO_RENEGOTIATION; }
static inline uint64_t COpenSSL_OP_CIPHER_SERVER_PREFERENCE(void) {
  return SSL_OP_CIPHER_SERVER_PREFERENCE;
}

// Settings of a context.
static inline void COpenSSL_CTX_set_mode(SSL_CTX *context, long mode) {
  SSL_CTX_set_mode(context, mode);
}
static inline int COpenSSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}
static inline int COpenSSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_max_proto_version(context, version);
}
static inline int COpenSSL_CTX_set1_groups_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_groups_list(context, list);
}
static inline int COpenSSL_CTX_set1_sigalgs_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_sigalgs_list(context, list);
}
static inline void COpenSSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  SSL_CTX_set_session_cache_mode(context, mode);
}
static inline void COpenSSL_CTX_set_max_cert_list(SSL_CTX *context, long bytes) {
  SSL_CTX_set_max_cert_list(context, bytes);
}
static inline int COpenSSL_CTX_add0_chain_cert(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add0_chain_cert(context, certificate);
}
static inline int COpenSSL_CTX_get_ticket_keys(SSL_CTX *context, void *keys, int length) {
  return (int)SSL_CTX_get_tlsext_ticket_keys(context, keys, length);
}
static inline int COpenSSL_CTX_set_ticket_keys(SSL_CTX *context, void *keys, int length) {
  return (int)SSL_CTX_set_tlsext_ticket_keys(context, keys, length);
}
static inline long COpenSSL_CTX_get_max_cert_list(SSL_CTX *context) {
  return SSL_CTX_get_max_cert_list(context);
}
static inline int COpenSSL_get_extms_support(SSL *ssl) { return (int)SSL_get_extms_support(ssl); }

static inline int COpenSSL_MBSTRING_UTF8(void) { return MBSTRING_UTF8; }

// Keys.
static inline EVP_PKEY *COpenSSL_generate_P256(void) { return EVP_EC_gen("P-256"); }

// Parts of certificates and lists.
static inline int COpenSSL_GENERAL_NAMES_count(const GENERAL_NAMES *names) {
  return sk_GENERAL_NAME_num(names);
}
// The text of the URI at `index`, or null where the name is of another kind. Not terminated.
static inline const unsigned char *COpenSSL_GENERAL_NAMES_uri(
    const GENERAL_NAMES *names, int index, int *length) {
  const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
  if (name == NULL || name->type != GEN_URI) return NULL;
  *length = ASN1_STRING_length(name->d.uniformResourceIdentifier);
  return ASN1_STRING_get0_data(name->d.uniformResourceIdentifier);
}
static inline int COpenSSL_REVOKED_count(X509_CRL *list) {
  return sk_X509_REVOKED_num(X509_CRL_get_REVOKED(list));
}
static inline X509_REVOKED *COpenSSL_REVOKED_at(X509_CRL *list, int index) {
  return sk_X509_REVOKED_value(X509_CRL_get_REVOKED(list), index);
}
static inline int COpenSSL_X509_count(const STACK_OF(X509) *chain) { return sk_X509_num(chain); }
static inline X509 *COpenSSL_X509_at(const STACK_OF(X509) *chain, int index) {
  return sk_X509_value(chain, index);
}
// A stack with a reference of its own to each list; null where there is none.
static inline STACK_OF(X509_CRL) *COpenSSL_CRL_stack(X509_CRL **lists, int count) {
  STACK_OF(X509_CRL) *stack = count > 0 ? sk_X509_CRL_new_null() : NULL;
  for (int index = 0; stack != NULL && index < count; index++) {
    if (X509_CRL_up_ref(lists[index]) == 1) sk_X509_CRL_push(stack, lists[index]);
  }
  return stack;
}
// A stack with a reference of its own to each certificate; null where there is none.
static inline STACK_OF(X509) *COpenSSL_X509_stack(X509 **certificates, int count) {
  STACK_OF(X509) *stack = count > 0 ? sk_X509_new_null() : NULL;
  for (int index = 0; stack != NULL && index < count; index++) {
    if (X509_up_ref(certificates[index]) == 1) sk_X509_push(stack, certificates[index]);
  }
  return stack;
}
static inline void COpenSSL_X509_stack_free(STACK_OF(X509) *stack) {
  sk_X509_pop_free(stack, X509_free);
}
static inline long COpenSSL_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

// SHA-256 over three pieces, one behind the other. By the functions that OpenSSL calls deprecated: what
// it offers instead allocates and looks up its algorithm for each digest, which takes three times as
// long as hashing a node of a tree.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
static inline int COpenSSL_sha256(
    const void *first, size_t first_count, const void *second, size_t second_count,
    const void *third, size_t third_count, unsigned char *digest) {
  SHA256_CTX context;
  return SHA256_Init(&context) == 1 && SHA256_Update(&context, first, first_count) == 1
      && SHA256_Update(&context, second, second_count) == 1
      && SHA256_Update(&context, third, third_count) == 1
      && SHA256_Final(digest, &context) == 1;
}
#pragma clang diagnostic pop

#endif
