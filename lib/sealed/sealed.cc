#include "lib/sealed/sealed.h"

#include <sodium.h>

#include <stdexcept>

namespace greenroom {
namespace {

void prepare_sodium() {
  static const bool ready = sodium_init() >= 0;  // may be asked for by several threads
  if (!ready) throw std::runtime_error("libsodium found no source of random numbers");
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

BoxKeys make_box_keys() {
  prepare_sodium();
  std::string open(crypto_box_PUBLICKEYBYTES, '\0'), closed(crypto_box_SECRETKEYBYTES, '\0');
  crypto_box_keypair(bytes_of(open), bytes_of(closed));
  return {std::move(open), Secret(std::move(closed))};
}

Result<BoxKeys> box_keys_of(const Secret& words) {
  constexpr std::size_t kLeast = 32;
  constexpr std::string_view kPurpose =
      "greenroom: the keys of a sealed box";  // other uses of the words get other keys
  static_assert(kPurpose.size() >= crypto_generichash_KEYBYTES_MIN &&
                kPurpose.size() <= crypto_generichash_KEYBYTES_MAX);
  prepare_sodium();
  const std::string_view text = words.reveal();
  if (text.size() < kLeast) return user_fault("a seal key has at least 32 random characters");
  std::string seed(crypto_box_SEEDBYTES, '\0');
  crypto_generichash(bytes_of(seed), seed.size(), bytes_of(text), text.size(), bytes_of(kPurpose), kPurpose.size());
  std::string open(crypto_box_PUBLICKEYBYTES, '\0'), closed(crypto_box_SECRETKEYBYTES, '\0');
  crypto_box_seed_keypair(bytes_of(open), bytes_of(closed), bytes_of(seed));
  sodium_memzero(seed.data(), seed.size());
  return BoxKeys{std::move(open), Secret(std::move(closed))};
}

Result<std::string> seal(const Secret& message, std::string_view public_key) {
  prepare_sodium();
  if (public_key.size() != crypto_box_PUBLICKEYBYTES) return rejected("this is no public key of a sealed box");
  const std::string_view plain = message.reveal();
  std::string sealed(plain.size() + crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal(bytes_of(sealed), bytes_of(plain), plain.size(), bytes_of(public_key)) != 0)
    return rejected("this is no public key of a sealed box");
  return sealed;
}

Result<Secret> open_sealed(std::string_view sealed, const BoxKeys& keys) {
  prepare_sodium();
  if (sealed.size() < crypto_box_SEALBYTES) return rejected("the sealed message is cut off");
  std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
  const int opened = crypto_box_seal_open(bytes_of(plain), bytes_of(sealed), sealed.size(),
                                          bytes_of(std::string_view(keys.public_key)),
                                          bytes_of(std::string_view(keys.private_key.reveal())));
  if (opened != 0) return rejected("the message was sealed for somebody else");
  return Secret(std::move(plain));
}

}  // namespace greenroom
