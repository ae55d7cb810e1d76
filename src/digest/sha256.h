// SHA-256 (FIPS 180-4). Small and our own, so that the core links nothing for it. Not hardened against side channels: it names
// content, it keeps no secrets. Where the processor has instructions for it, they are used: found out when the program starts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evenkeel {

// Takes bytes piece by piece. Thread-compatible; copying it forks the stream.
class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  Sha256();
  void Update(std::string_view bytes);
  // The digest of everything so far; the stream can go on.
  Digest Finish() const;
  // The same as 64 lower-case hexadecimal digits.
  std::string FinishHex() const;

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> pending_{};
  std::size_t pending_size_ = 0;
  std::uint64_t total_bytes_ = 0;
};

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace evenkeel
