// The adapters `manual`, `json` and `log`.
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "stores/local/ledger.h"

namespace evenkeel {
namespace {

using contract::LocalAdapters;
using contract::MakeStore;
using contract::Scratch;

struct EntryFile : testing::Test {
  std::unique_ptr<Listing> Market(Json settings = Json::object()) {
    settings["path"] = "market.json";
    return MakeStore(LocalAdapters().listings, "manual", scratch.Context("market"), settings);
  }
  std::unique_ptr<TaskBoard> Board(Json settings = Json::object()) {
    settings["path"] = "state.json";
    return MakeStore(LocalAdapters().boards, "json", scratch.Context("board"), settings);
  }
  Scratch scratch;
};

TEST_F(EntryFile, EveryOtherByteStays) {
  scratch.Write("market.json", "{\r\n\t\"version\" : 3, \"listings\":[\r\n\t{ \"id\":\"a\",\"start\" : \"16:30\" , \"price\":1.50e2, \"title\": \"A \\u2013 \\\"b\\\"\" },\r\n"
                               "\t{ \"start\": \"10:00\", \"id\": \"b\" } ], \"x\": [ ] }");
  auto store = Market();
  ASSERT_OK(store->RecordAttested("a", {{"start", "15:30"}}, store->Get("a")->version, {"op", {}}));
  EXPECT_EQ(scratch.Read("market.json"),
            "{\r\n\t\"version\" : 3, \"listings\":[\r\n\t{ \"id\":\"a\",\"start\" : \"15:30\" , \"price\":1.50e2, \"title\": \"A \\u2013 \\\"b\\\"\" },\r\n"
            "\t{ \"start\": \"10:00\", \"id\": \"b\" } ], \"x\": [ ] }");
  ASSERT_OK(store->RecordAttested("b", {{"end", "13:00"}}, store->Get("b")->version, {"op", {}}));
  EXPECT_NE(scratch.Read("market.json").find("{ \"start\": \"10:00\", \"id\": \"b\", \"end\": \"13:00\" } ]"), std::string::npos) << scratch.Read("market.json");
}

TEST_F(EntryFile, MistakesInTheFileAreOneClearLine) {
  const auto refuse = [&](const std::string& text, const std::string& word) {
    scratch.Write("market.json", text);
    auto listing = Market()->List();
    EXPECT_EQ(listing.code(), Code::kInvalidArgument) << text;
    EXPECT_NE(listing.status().ToString().find(word), std::string::npos) << listing.status().ToString();
    EXPECT_NE(listing.status().ToString().find("market.json"), std::string::npos) << listing.status().ToString();
  };
  EXPECT_EQ(Market()->List().code(), Code::kNotFound);
  refuse("{ \"listings\": [\n  { \"id\": \"a\", } ] }", "line 2");
  refuse("{ \"listings\": [ { \"id\": \"a\" }, { \"id\": \"a\" } ] }", "id a");
  refuse("{ \"listings\": [ { \"id\": \"a\" }, { \"start\": \"x\" } ] }", "entry 2");
  refuse("{ \"offers\": [] }", "listings");
  refuse("[]", "listings");
}

TEST_F(EntryFile, OtherShapesByAMapping) {
  scratch.Write("state.json", "{ \"tasks\": [ { \"key\": 7, \"column\": \"doing\", \"name\": \"move\" } ] }");
  auto board = Board({{"list", "tasks"}, {"fields", {{"id", "key"}, {"lane", "column"}, {"title", "name"}}}, {"done_lane", "finished"}});
  auto card = board->Get("7");
  ASSERT_OK(card);
  EXPECT_EQ(card->title, "move");
  ASSERT_OK(board->Move("7", board->DoneLane(), card->version, {"op", {}}));
  EXPECT_EQ(scratch.Read("state.json"), "{ \"tasks\": [ { \"key\": 7, \"column\": \"finished\", \"name\": \"move\" } ] }");
}

TEST_F(EntryFile, LookingWritesNothing) {
  scratch.Write("market.json", "{ \"listings\": [ { \"id\": \"a\" } ] }");
  scratch.Write("state.json", "{ \"cards\": [ { \"id\": \"a\" } ] }");
  const auto before = scratch.Tree();
  EXPECT_OK(Market()->List());
  EXPECT_OK(Board()->List());
  EXPECT_EQ(Board()->Move("none", "done", "v", {"op", {}}).code(), Code::kNotFound);
  auto log = MakeStore(LocalAdapters().edge, "log", scratch.Context("cdn"), {{"path", "log.jsonl"}});
  EXPECT_FALSE(*log->WasAccepted("r"));
  EXPECT_EQ(scratch.Tree(), before);
}

TEST_F(EntryFile, AVersionOfOursNeverComesBack) {
  scratch.Write("state.json", "{ \"cards\": [ { \"id\": \"a\", \"lane\": \"x\" } ] }");
  auto board = Board();
  const Version first = board->Get("a")->version;
  ASSERT_OK(board->Move("a", "y", first, {"op", {}}));
  ASSERT_OK(board->Move("a", "x", board->Get("a")->version, {"op", {}}));
  EXPECT_NE(board->Get("a")->version, first);
  EXPECT_EQ(board->Move("a", "z", first, {"op", {}}).code(), Code::kPreconditionFailed);
}

// What a process leaves that is killed between its note and its write.
TEST_F(EntryFile, AWriteThatNeverHappenedChangesNoVersion) {
  const std::string text = "{ \"cards\": [ { \"id\": \"a\", \"lane\": \"x\" } ] }";
  scratch.Write("state.json", text);
  auto board = Board();
  const Version first = board->Get("a")->version;
  Ledger ledger(scratch.Context("board"));
  {
    const auto lock = ledger.Lock();
    ASSERT_OK(lock);
    ASSERT_OK(ledger.Announce("a", {"op", {}}, *scratch.environment().files().StatSettled(scratch / "state.json")));
  }
  EXPECT_EQ(board->Get("a")->version, first);
  ASSERT_OK(board->Move("a", "y", first, {"op", {}}));
  scratch.Write("state.json", text);  // somebody takes it back
  EXPECT_NE(board->Get("a")->version, first);
}

TEST(LogEdge, OneLinePerBatchAndATornTailIsCut) {
  Scratch scratch;
  auto log = MakeStore(LocalAdapters().edge, "log", scratch.Context("cdn"), {{"path", "log.jsonl"}});
  ASSERT_OK(log->Invalidate({"/g/a", "/g/a.html"}, "r1"));
  std::ofstream(scratch / "log.jsonl", std::ios::app) << "{\"at\":\"2026-";
  EXPECT_TRUE(*log->WasAccepted("r1"));
  ASSERT_OK(log->Invalidate({"/g/b"}, "r2"));
  const std::string text = scratch.Read("log.jsonl");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  const std::size_t second = text.find('\n') + 1;
  const Json line = Json::parse(text.substr(second));
  EXPECT_EQ(line["paths"], Json({"/g/b"}));
  EXPECT_EQ(line["reference"], "r2");
  EXPECT_TRUE(line["at"].is_string());
}

}  // namespace
}  // namespace evenkeel
