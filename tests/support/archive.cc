#include "tests/support/archive.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace greenroom::testing {
namespace {

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int at = 0; at < bytes; ++at) text.push_back(static_cast<char>((value >> (8 * at)) & 0xffu));
  return text;
}

constexpr std::uint64_t kFirstOfJanuary1980 = 0x21;  // as MS-DOS counts days

// What a file's local header and its row of the central directory have in common: version, method "stored", sizes.
std::string described(const std::string& name, const std::string& content) {
  return little(20, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(kFirstOfJanuary1980, 2) +
         little(crc32(content), 4) + little(content.size(), 4) + little(content.size(), 4) + little(name.size(), 2) +
         little(0, 2);
}

std::string octal(std::uint64_t value, int digits) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%0*llo", digits, static_cast<unsigned long long>(value));
  return std::string(text.data()) + '\0';
}

std::string padded(std::string text, std::size_t size) {
  text.resize(size, '\0');
  return text;
}

// POSIX.1-1988 ustar: the checksum is counted with spaces in its own place.
std::string tar_header(const std::string& name, std::size_t size) {
  if (name.size() > 99) throw std::invalid_argument(name + " is too long for a tar header");
  const std::string before =
      padded(name, 100) + octal(0644, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(315532800, 11);
  const std::string after = padded(std::string("0") + std::string(100, '\0') + "ustar" + '\0' + "00", 356);
  std::uint64_t sum = 8 * ' ';
  for (const char c : before + after) sum += static_cast<unsigned char>(c);
  return before + octal(sum, 6) + ' ' + after;
}

std::string gzip(std::string_view bytes) {
  std::string text("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  constexpr std::size_t kBlock = 0xffff;
  for (std::size_t at = 0; at == 0 || at < bytes.size(); at += kBlock) {
    const std::string_view block = bytes.substr(at, kBlock);
    text += little(at + kBlock >= bytes.size() ? 1 : 0, 1) + little(block.size(), 2) + little(~block.size(), 2);
    text += block;
  }
  return text + little(crc32(bytes), 4) + little(bytes.size(), 4);
}

}  // namespace

std::string zip(const ArchiveFiles& files) {
  std::string archive, directory;
  for (const auto& [name, content] : files) {
    const std::string row = described(name, content);
    // Made on Unix, no comment, disk 0; the mode of a regular file that everybody may read.
    directory += "PK\x01\x02" + little(0x0314, 2) + row + little(0, 2) + little(0, 2) + little(0, 2) +
                 little(0100644ull << 16, 4) + little(archive.size(), 4) + name;
    archive += "PK\x03\x04" + row + name + content;
  }
  const std::size_t start = archive.size();
  archive += directory;
  return archive + "PK\x05\x06" + little(0, 4) + little(files.size(), 2) + little(files.size(), 2) +
         little(directory.size(), 4) + little(start, 4) + little(0, 2);
}

std::string tar_gz(const ArchiveFiles& files) {
  std::string archive;
  for (const auto& [name, content] : files) {
    archive += tar_header(name, content.size()) + content;
    archive.resize((archive.size() + 511) / 512 * 512, '\0');
  }
  return gzip(archive + std::string(1024, '\0'));
}

}  // namespace greenroom::testing
