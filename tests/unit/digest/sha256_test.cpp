#include "digest/sha256.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "digest/sha256_blocks.h"

namespace evenkeel {
namespace {

// The examples of FIPS 180-4 (csrc.nist.gov, "Cryptographic Standards and Guidelines: Example Values") and NIST's long message.
TEST(Sha256, NistExamples) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// SHA256ShortMsg.rsp: one byte with the high bit set, which a signed char would spoil.
TEST(Sha256, HighBytes) { EXPECT_EQ(Sha256Hex("\xd3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"); }

TEST(Sha256, PiecesOfAnySizeAreTheSameStream) {
  const std::string bytes(257, 'x');
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string_view message(bytes.data(), length);
    Sha256 stream;
    for (std::size_t at = 0; at < length; at += 7) stream.Update(message.substr(at, 7));
    ASSERT_EQ(stream.FinishHex(), Sha256Hex(message)) << length;
  }
}

TEST(Sha256, TheProcessorsInstructionsDoWhatTheTextSays) {
  const Sha256Compress hardware = HardwareSha256();
  if (hardware == nullptr) GTEST_SKIP() << "this processor has no instructions for SHA-256";
  std::mt19937 random(1);
  for (std::size_t count = 0; count < 9; ++count) {
    std::vector<std::uint8_t> blocks(count * kSha256Block);
    for (std::uint8_t& byte : blocks) byte = static_cast<std::uint8_t>(random());
    Sha256State expected;
    for (std::uint32_t& word : expected) word = static_cast<std::uint32_t>(random());
    Sha256State state = expected;
    PortableSha256(expected, blocks.data(), count);
    hardware(state, blocks.data(), count);
    EXPECT_EQ(state, expected) << count << " blocks";
  }
}

TEST(Sha256, FinishDoesNotEndTheStream) {
  Sha256 stream;
  stream.Update("a");
  EXPECT_EQ(stream.FinishHex(), Sha256Hex("a"));
  stream.Update("bc");
  EXPECT_EQ(stream.FinishHex(), Sha256Hex("abc"));
}

}  // namespace
}  // namespace evenkeel
