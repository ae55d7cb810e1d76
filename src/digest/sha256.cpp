#include "digest/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "digest/sha256_blocks.h"

namespace evenkeel {
namespace {

// FIPS 180-4, section 5.3.3.
constexpr Sha256State kInitialState = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::uint32_t LoadBigEndian(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

// Section 6.2.2, step 1.
std::array<std::uint32_t, 64> Schedule(const std::uint8_t* block) {
  std::array<std::uint32_t, 64> w;
  for (std::size_t t = 0; t < 16; ++t) w[t] = LoadBigEndian(block + 4 * t);
  for (std::size_t t = 16; t < 64; ++t) {
    const std::uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ (w[t - 15] >> 3);
    const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ (w[t - 2] >> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  return w;
}

void CompressOne(Sha256State& state, const std::uint8_t* block) {
  const auto w = Schedule(block);
  auto v = state;
  for (std::size_t t = 0; t < 64; ++t) {
    const std::uint32_t s1 = std::rotr(v[4], 6) ^ std::rotr(v[4], 11) ^ std::rotr(v[4], 25);
    const std::uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    const std::uint32_t t1 = v[7] + s1 + choice + kSha256Constants[t] + w[t];
    const std::uint32_t s0 = std::rotr(v[0], 2) ^ std::rotr(v[0], 13) ^ std::rotr(v[0], 22);
    const std::uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    v = {t1 + s0 + majority, v[0], v[1], v[2], v[3] + t1, v[4], v[5], v[6]};
  }
  for (std::size_t i = 0; i < 8; ++i) state[i] += v[i];
}

Sha256Compress Compressor() {
  static const Sha256Compress compressor = HardwareSha256() != nullptr ? HardwareSha256() : &PortableSha256;
  return compressor;
}

}  // namespace

void PortableSha256(Sha256State& state, const std::uint8_t* blocks, std::size_t count) {
  for (; count > 0; --count, blocks += kSha256Block) CompressOne(state, blocks);
}

Sha256::Sha256() : state_(kInitialState) {}

void Sha256::Update(std::string_view bytes) {
  total_bytes_ += bytes.size();
  while (!bytes.empty()) {
    if (const std::size_t blocks = bytes.size() / kSha256Block; pending_size_ == 0 && blocks > 0) {
      Compressor()(state_, reinterpret_cast<const std::uint8_t*>(bytes.data()), blocks);
      bytes.remove_prefix(blocks * kSha256Block);
      continue;
    }
    const std::size_t taken = std::min(bytes.size(), pending_.size() - pending_size_);
    std::memcpy(pending_.data() + pending_size_, bytes.data(), taken);
    pending_size_ += taken;
    bytes.remove_prefix(taken);
    if (pending_size_ == pending_.size()) {
      Compressor()(state_, pending_.data(), 1);
      pending_size_ = 0;
    }
  }
}

Sha256::Digest Sha256::Finish() const {
  Sha256 last = *this;  // padding must not enter the stream, which may go on
  const std::uint64_t bits = total_bytes_ * 8;
  std::array<char, 2 * kSha256Block> padding{'\x80'};
  const std::size_t before_length = (pending_size_ < 56 ? 56 : 120) - pending_size_;
  for (std::size_t i = 0; i < 8; ++i) padding[before_length + i] = static_cast<char>(bits >> (56 - 8 * i) & 0xff);
  last.Update({padding.data(), before_length + 8});
  Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(last.state_[i / 4] >> (24 - 8 * (i % 4)) & 0xff);
  }
  return digest;
}

std::string Sha256::FinishHex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(64);
  for (const std::uint8_t byte : Finish()) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256 stream;
  stream.Update(bytes);
  return stream.FinishHex();
}

}  // namespace evenkeel
