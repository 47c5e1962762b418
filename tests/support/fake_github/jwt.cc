#include "tests/support/fake_github/jwt.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"
#include "tests/support/fake_github/base64url.h"

namespace greenroom::testing::fake {
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

constexpr std::int64_t kLongest = 600;  // seconds ahead

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

bool is_signed_by(const std::string& public_pem, std::string_view text, std::string_view signature) {
  const Memory memory(BIO_new_mem_buf(public_pem.data(), static_cast<int>(public_pem.size())));
  const Key key(PEM_read_bio_PUBKEY(memory.get(), nullptr, nullptr, nullptr));
  const Digest digest(EVP_MD_CTX_new());
  if (!key || !digest) return false;
  if (EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) return false;
  return EVP_DigestVerify(digest.get(), bytes(signature), signature.size(), bytes(text), text.size()) == 1;
}

json::Value decoded(std::string_view part) {
  const auto text = from_base64url(part);
  if (!text) return nullptr;
  auto value = json::parse(*text);
  return value ? *value : json::Value();
}

std::string issuer_of(const json::Value& claims) {
  const auto& issuer = json::member(claims, "iss");
  return issuer.is_number_integer() ? std::to_string(issuer.get<std::int64_t>()) : json::text(claims, "iss");
}

}  // namespace

std::optional<std::string> fault_of_jwt(const std::string& token, const FakeGithubOptions& options, TimePoint now) {
  const char* undecodable = "A JSON web token could not be decoded";
  const auto parts = split(token, '.');
  const auto header = decoded(parts[0]), claims = decoded(parts[1]);
  const auto signature = from_base64url(parts[2]);
  if (json::text(header, "alg") != "RS256" || !claims.is_object() || !signature) return undecodable;
  const std::string_view text = std::string_view(token).substr(0, parts[0].size() + 1 + parts[1].size());
  if (!is_signed_by(options.app_public_key, text, *signature)) return undecodable;
  if (issuer_of(claims) != std::to_string(options.app_id)) return "Integration not found";
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const auto &issued = json::member(claims, "iat"), &expires = json::member(claims, "exp");
  if (!issued.is_number_integer() || issued.get<std::int64_t>() > seconds)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (!expires.is_number_integer() || expires.get<std::int64_t>() <= seconds)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the "
           "assertion "
           "expires";
  if (expires.get<std::int64_t>() > seconds + kLongest)
    return "'Expiration time' claim ('exp') is too far in the future";
  return std::nullopt;
}

}  // namespace greenroom::testing::fake
