#include "apply/journal.h"

#include <gtest/gtest.h>

#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel {
namespace {

constexpr Instant kNow{std::chrono::seconds(1'780'000'000)};
const std::string kRun = "run-0123456789ab";

class JournalTest : public ::testing::Test {
 protected:
  void Write(const std::string& run, int lines) {
    auto journal = Journal::Read(state_, run);
    ASSERT_TRUE(journal.ok());
    for (int i = 0; i < lines; ++i) {
      ASSERT_TRUE(
          journal->Append(state_, i == 0 ? entry::kStarted : entry::kIntent, kNow, {{"action", "a" + std::to_string(i)}}).ok());
      while (journal->HeadIsBehind()) ASSERT_TRUE(journal->WriteHead(state_).ok());
    }
  }
  std::string Bytes() { return state_.Snapshot().journals.at(kRun); }
  void SetBytes(const std::string& bytes) {
    auto contents = state_.Snapshot();
    contents.journals[kRun] = bytes;
    state_.Restore(contents);
  }
  std::vector<std::string> Lines() {
    std::vector<std::string> lines;
    std::string bytes = Bytes();
    for (std::size_t at = 0, end; (end = bytes.find('\n', at)) != std::string::npos; at = end + 1)
      lines.push_back(bytes.substr(at, end - at));
    return lines;
  }
  void SetLines(const std::vector<std::string>& lines) {
    std::string bytes;
    for (const std::string& line : lines) bytes += line + "\n";
    SetBytes(bytes);
  }
  Status Problem() { return Journal::Read(state_, kRun).status(); }

  MemoryStateStore state_;
};

TEST_F(JournalTest, ALineIsCanonicalWhateverItHolds) {
  auto journal = Journal::Read(state_, kRun);
  const Json nested = {{"hash", std::string(64, '0')}, {"kind", "a \"kind\":"}};
  const Json body = {{"action", "\\\"hash\\"}, {"conflict", nested}, {"detail", "{\"hash\":\"" + std::string(64, '0') + "\",["}, {"plan", nested}};
  ASSERT_TRUE(journal->Append(state_, entry::kStarted, kNow, body).ok());
  const std::string line = Lines().back();
  EXPECT_EQ(line, DumpJson(Json::parse(line)));
  Json unsigned_line = Json::parse(line);
  unsigned_line.erase("hash");
  EXPECT_EQ(journal->entries().back().hash, Sha256Hex(DumpJson(unsigned_line)));
  EXPECT_TRUE(Problem().ok()) << Problem().ToString();
}

TEST_F(JournalTest, ReadAgainSeesWhatWasAddedAndWhatWasChanged) {
  Write(kRun, 2);
  auto journal = Journal::Read(state_, kRun);
  Write(kRun, 2);
  ASSERT_TRUE(journal->ReadAgain(state_).ok());
  ASSERT_EQ(journal->entries().size(), 4u);
  EXPECT_FALSE(journal->HeadIsBehind());
  EXPECT_TRUE(journal->Append(state_, entry::kIntent, kNow, {{"action", "a9"}}).ok()) << "it goes on from the last line";
  std::vector<std::string> lines = Lines();
  lines[1].replace(lines[1].find("a1"), 2, "a2");
  SetLines(lines);
  EXPECT_NE(journal->ReadAgain(state_).message().find("line 2 was changed"), std::string::npos) << "a line that it knew already";
}

TEST_F(JournalTest, ReadsBackWhatWasAppended) {
  Write(kRun, 3);
  auto journal = Journal::Read(state_, kRun);
  ASSERT_TRUE(journal.ok()) << journal.status().ToString();
  ASSERT_EQ(journal->entries().size(), 3u);
  EXPECT_EQ(journal->entries()[2].kind, entry::kIntent);
  EXPECT_EQ(journal->entries()[2].body["action"], "a2");
  EXPECT_EQ(journal->entries()[2].at, kNow);
  EXPECT_EQ(journal->entries()[2].body["prev"], journal->entries()[1].hash);
  EXPECT_FALSE(journal->HeadIsBehind());
}

TEST_F(JournalTest, ARunWithoutJournalIsEmpty) {
  auto journal = Journal::Read(state_, kRun);
  ASSERT_TRUE(journal.ok());
  EXPECT_TRUE(journal->empty());
}

TEST_F(JournalTest, EveryFlippedByteIsFound) {
  Write(kRun, 3);
  const std::string bytes = Bytes();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int bit : {0, 3, 5}) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      SetBytes(flipped);
      EXPECT_FALSE(Problem().ok()) << "byte " << i << " bit " << bit;
    }
  }
}

TEST_F(JournalTest, EveryDroppedRepeatedAndSwappedLineIsFound) {
  Write(kRun, 5);
  const std::vector<std::string> lines = Lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> changed = lines;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
    SetLines(changed);
    EXPECT_FALSE(Problem().ok()) << "dropped " << i;
    changed = lines;
    changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    SetLines(changed);
    EXPECT_FALSE(Problem().ok()) << "repeated " << i;
    if (i == 0) continue;
    changed = lines;
    std::swap(changed[i], changed[i - 1]);
    SetLines(changed);
    EXPECT_FALSE(Problem().ok()) << "swapped " << i;
  }
}

TEST_F(JournalTest, EveryCutIsFoundAndTheMessageCountsTheLines) {
  Write(kRun, 4);
  const std::string bytes = Bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    SetBytes(bytes.substr(0, size));
    EXPECT_FALSE(Problem().ok()) << size;
  }
  SetBytes("");
  EXPECT_NE(Problem().message().find("4 of its 4 lines are gone"), std::string::npos) << Problem().ToString();
}

TEST_F(JournalTest, ATornTailThatNobodyWasPromisedIsLeftOut) {
  Write(kRun, 2);
  SetBytes(Bytes() + "{\"action\":\"half");
  auto journal = Journal::Read(state_, kRun);
  ASSERT_TRUE(journal.ok()) << journal.status().ToString();
  EXPECT_EQ(journal->entries().size(), 2u);
  EXPECT_GT(journal->torn_bytes(), 0u);
  ASSERT_TRUE(journal->Append(state_, entry::kStopped, kNow, Json::object()).ok());
  EXPECT_EQ(Journal::Read(state_, kRun)->entries().size(), 3u);
}

TEST_F(JournalTest, ARewrittenTailWithAValidChainIsFoundByTheHead) {
  Write(kRun, 3);
  std::vector<std::string> lines = Lines();
  Json last = Json::parse(lines[2]);
  last["action"] = "something else";
  last.erase("hash");
  last["hash"] = Sha256Hex(DumpJson(last));
  lines[2] = DumpJson(last);
  SetLines(lines);
  EXPECT_NE(Problem().message().find("rewritten"), std::string::npos) << Problem().ToString();
}

TEST_F(JournalTest, AnotherRunsJournalIsNamed) {
  Write("run-ffffffffffff", 2);
  auto contents = state_.Snapshot();
  contents.journals[kRun] = contents.journals["run-ffffffffffff"];
  state_.Restore(contents);
  EXPECT_NE(Problem().message().find("run-ffffffffffff"), std::string::npos) << Problem().ToString();
}

TEST_F(JournalTest, AMissingHeadIsFound) {
  Write(kRun, 3);
  auto contents = state_.Snapshot();
  contents.documents.clear();
  state_.Restore(contents);
  EXPECT_FALSE(Problem().ok());
}

TEST_F(JournalTest, AHeadOneBehindIsWhatACrashLeaves) {
  Write(kRun, 2);
  auto journal = Journal::Read(state_, kRun);
  ASSERT_TRUE(journal->Append(state_, entry::kStopped, kNow, Json::object()).ok());
  auto again = Journal::Read(state_, kRun);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->HeadIsBehind());
  ASSERT_TRUE(again->WriteHead(state_).ok());
  EXPECT_FALSE(Journal::Read(state_, kRun)->HeadIsBehind());
}

TEST_F(JournalTest, OfTwoWritersOneIsRefused) {
  Write(kRun, 1);
  auto first = Journal::Read(state_, kRun), second = Journal::Read(state_, kRun);
  EXPECT_TRUE(first->Append(state_, entry::kStopped, kNow, Json::object()).ok());
  EXPECT_EQ(second->Append(state_, entry::kStopped, kNow, Json::object()).code(), Code::kPreconditionFailed);
  // The slower one's head never takes back what the faster one's says.
  while (first->HeadIsBehind()) ASSERT_TRUE(first->WriteHead(state_).ok());
  second = Journal::Read(state_, kRun);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->entries().size(), 2u);
}

TEST_F(JournalTest, ADamagedHeadIsNamed) {
  Write(kRun, 2);
  for (const Json& head : {Json::array(), Json{{"hash", "x"}}, Json{{"count", "two"}}, Json{{"count", -2}}}) {
    auto contents = state_.Snapshot();
    contents.documents.at({"head", kRun}).value = head;
    state_.Restore(contents);
    EXPECT_NE(Problem().message().find("head document is damaged"), std::string::npos) << head.dump();
  }
}

TEST_F(JournalTest, ALineOfAnotherFormIsNoEntry) {
  Write(kRun, 1);
  const Json good = Json::parse(Lines()[0]);
  for (const auto& [name, value] : std::map<std::string, Json>{{"seq", "0"}, {"seq2", -1}, {"kind", 7}, {"at", "yesterday"}}) {
    Json line = good;
    line[name.substr(0, 4) == "seq2" ? "seq" : name] = value;
    SetLines({line.dump()});
    EXPECT_NE(Problem().message().find("is not a journal entry"), std::string::npos) << name;
  }
  for (const char* line : {"[]", "7", "{}", "null"}) {
    SetLines({line});
    EXPECT_NE(Problem().message().find("is not a journal entry"), std::string::npos) << line;
  }
}

// Each line is whole and has its number; that it is not from here, the hash of the line before tells.
TEST_F(JournalTest, ALineOfAnotherJournalWithTheSameNumberIsFound) {
  Write(kRun, 1);
  const std::string first = Lines()[0];
  auto other = Journal::Read(state_, "run-ffffffffffff");
  ASSERT_TRUE(other->Append(state_, entry::kStarted, kNow, {{"action", "other"}}).ok());
  ASSERT_TRUE(other->Append(state_, entry::kIntent, kNow, Json::object()).ok());
  SetLines({first, other->entries()[1].line});
  EXPECT_NE(Problem().message().find("another journal's"), std::string::npos) << Problem().ToString();
}

TEST_F(JournalTest, ASecondFirstLineIsFound) {
  Write(kRun, 1);
  auto other = Journal::Read(state_, "run-ffffffffffff");
  ASSERT_TRUE(other->Append(state_, entry::kStarted, kNow, {{"action", "other"}}).ok());
  SetLines({Lines()[0], other->entries()[0].line});
  EXPECT_NE(Problem().message().find("repeated or swapped"), std::string::npos) << Problem().ToString();
}

TEST_F(JournalTest, AHeadOfNoLinesPromisesNone) {
  Write(kRun, 2);
  auto contents = state_.Snapshot();
  contents.documents.at({"head", kRun}).value = {{"count", 0u}};
  state_.Restore(contents);
  EXPECT_EQ(Journal::Read(state_, kRun)->entries().size(), 2u);
}

// Words of an operating system, or of a person at a keyboard: a journal that cannot be read again would be worse.
TEST_F(JournalTest, BytesThatNoTextHoldsAreReplacedAndTheLineIsGood) {
  auto journal = Journal::Read(state_, kRun);
  ASSERT_TRUE(journal->Append(state_, entry::kStarted, kNow, {{"by", "Ren\xe9"}, {"deep", {{"a", Json::array({"\xff", "}\"{"})}}}}).ok());
  auto again = Journal::Read(state_, kRun);
  ASSERT_TRUE(again.ok()) << again.status().ToString();
  EXPECT_EQ(again->entries()[0].body, journal->entries()[0].body);
  EXPECT_EQ(again->entries()[0].body["by"], "Ren\xEF\xBF\xBD");
}

TEST_F(JournalTest, WhatIsReadAgainMayHaveChangedInTheMiddle) {
  Write(kRun, 3);
  auto journal = Journal::Read(state_, kRun);
  std::vector<std::string> lines = Lines();
  lines[1][lines[1].find("a1")] = 'b';
  SetLines(lines);
  EXPECT_EQ(journal->ReadAgain(state_).code(), Code::kInvalidArgument);
  EXPECT_EQ(journal->entries().size(), 1u) << "what still stands";
}

TEST_F(JournalTest, AHeadThatSomebodyElseTookAwayIsWrittenAnew) {
  Write(kRun, 1);
  auto journal = Journal::Read(state_, kRun);
  ASSERT_TRUE(journal->Append(state_, entry::kStopped, kNow, {{"finished", true}}).ok());
  ASSERT_TRUE(state_.DeleteDocument("head", kRun, state_.GetDocument("head", kRun)->version).ok());
  for (int i = 0; i < 3 && journal->HeadIsBehind(); ++i) ASSERT_TRUE(journal->WriteHead(state_).ok());
  EXPECT_EQ(state_.GetDocument("head", kRun)->value.at("finished"), true);
  // One that says nothing we understand is written over.
  ASSERT_TRUE(journal->Append(state_, entry::kStopped, kNow, Json::object()).ok());
  ASSERT_TRUE(state_.PutDocument("head", kRun, {{"count", "many"}}, state_.GetDocument("head", kRun)->version).ok());
  for (int i = 0; i < 3 && journal->HeadIsBehind(); ++i) ASSERT_TRUE(journal->WriteHead(state_).ok());
  EXPECT_EQ(state_.GetDocument("head", kRun)->value.at("count"), 3u);
}

}  // namespace
}  // namespace evenkeel
