// One fuzz_<name> program: libFuzzer's entry for the target that the build names.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const greenroom::fuzz::Target& target = greenroom::fuzz::target_named(GREENROOM_FUZZ_TARGET);
  target.run(target.name, {reinterpret_cast<const char*>(data), size});
  return 0;
}
