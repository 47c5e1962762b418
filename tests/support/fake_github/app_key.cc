#include "tests/support/fake_github/app_key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "lib/base/hash.h"
#include "tests/support/fake_github/base64url.h"

namespace greenroom::testing {
namespace {

template <auto free_fn>
struct Deleter {
  template <class T>
  void operator()(T* held) const {
    free_fn(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("openssl: ") + what);
}

std::string text_of(const Memory& memory) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

AppKey make_key() {
  const Key key(EVP_RSA_gen(2048));
  const Memory secret(BIO_new(BIO_s_mem())), open(BIO_new(BIO_s_mem()));
  must(key && secret && open, "no key");
  must(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1, "no private key");
  must(PEM_write_bio_PUBKEY(open.get(), key.get()) == 1, "no public key");
  return {text_of(secret), text_of(open)};
}

std::string sign(const std::string& private_pem, const std::string& text) {
  const Memory memory(BIO_new_mem_buf(private_pem.data(), static_cast<int>(private_pem.size())));
  const Key key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
  const Digest digest(EVP_MD_CTX_new());
  must(key && digest, "not a private key");
  must(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1, "cannot sign");
  std::string signature(static_cast<std::size_t>(EVP_PKEY_size(key.get())), '\0');
  std::size_t size = signature.size();
  must(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                      reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1,
       "did not sign");
  signature.resize(size);
  return signature;
}

std::int64_t seconds(TimePoint time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

const AppKey& app_key() {
  static const AppKey key = make_key();
  return key;
}

const AppKey& foreign_app_key() {
  static const AppKey key = make_key();
  return key;
}

std::string app_jwt(const AppKey& key, const AppClaims& claims) {
  const nlohmann::json header{{"alg", claims.algorithm}, {"typ", "JWT"}};
  const nlohmann::json payload{
      {"iss", claims.issuer}, {"iat", seconds(claims.issued)}, {"exp", seconds(claims.expires)}};
  const std::string text = fake::base64url(header.dump()) + "." + fake::base64url(payload.dump());
  return text + "." + fake::base64url(sign(key.private_pem, text));
}

}  // namespace greenroom::testing
