#include <sys/stat.h>

#include "contract/scratch.h"
#include "contract/worlds.h"

namespace evenkeel {
namespace {

using contract::LocalAdapters;
using contract::MakeStore;
using contract::Scratch;

struct DirectoryStore : testing::Test {
  DirectoryStore() { std::filesystem::create_directories(scratch / "site/g"); }
  std::unique_ptr<ObjectStore> Open(const std::string& path = "site") {
    return MakeStore(LocalAdapters().pages, "directory", scratch.Context("pages"), {{"path", path}});
  }
  Scratch scratch;
};

TEST_F(DirectoryStore, LookingWritesNothingAnywhere) {
  scratch.Write("site/g/a.html", "A");
  const auto before = scratch.Tree();
  auto store = Open();
  EXPECT_OK(store->List("g/", ""));
  EXPECT_OK(store->Head("g/a.html"));
  EXPECT_OK(store->Get("g/a.html"));
  EXPECT_EQ(store->Get("g/none.html").code(), Code::kNotFound);
  EXPECT_EQ(store->Replace("g/none.html", "x", "v", {"op", {}}).code(), Code::kNotFound);
  EXPECT_EQ(scratch.Tree(), before);
}

TEST_F(DirectoryStore, NothingStaysBesideThePagesAndTheModeIsKept) {
  scratch.Write("site/g/a.html", "A");
  ASSERT_EQ(chmod((scratch / "site/g/a.html").c_str(), 0640), 0);
  auto store = Open();
  ASSERT_OK(store->Replace("g/a.html", "B", store->Head("g/a.html")->version, {"op", {}}));
  ASSERT_OK(store->Create("h/new.html", "N", "text/html", {"op", {}}));
  EXPECT_EQ(scratch.environment().files().List(scratch / "site").value(), (std::vector<std::string>{"g", "h"}));
  EXPECT_EQ(scratch.environment().files().List(scratch / "site/g").value(), std::vector<std::string>{"a.html"});
  struct stat state;
  ASSERT_EQ(stat((scratch / "site/g/a.html").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0640u);
  ASSERT_EQ(stat((scratch / "site/h/new.html").c_str(), &state), 0);
  EXPECT_NE(state.st_mode & 0044, 0u) << "a new page must be readable for the web server";
  ASSERT_EQ(stat((scratch / "state").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0700u);
}

TEST_F(DirectoryStore, AChangeWithinOneClockTickIsSeen) {
  auto store = Open();
  for (int round = 0; round < 20; ++round) {
    scratch.Write("site/g/a.html", "A");
    const Version first = store->Head("g/a.html")->version;
    scratch.Write("site/g/a.html", "B");
    scratch.Write("site/g/a.html", "A");
    ASSERT_EQ(store->Replace("g/a.html", "C", first, {"op", {}}).code(), Code::kPreconditionFailed) << round;
    ASSERT_EQ(store->Delete("g/a.html", first, {"op", {}}).code(), Code::kPreconditionFailed) << round;
  }
}

TEST_F(DirectoryStore, DangerousKeysAreRefused) {
  auto store = Open();
  scratch.Write("secret.html", "secret");
  for (const std::string& key : {std::string("../secret.html"), std::string("g/../../secret.html"), std::string("/etc/passwd"), std::string(""),
                                 std::string("g//a.html"), std::string("g/"), std::string("./g"), std::string("g/a\0b", 5), std::string(1025, 'x')}) {
    EXPECT_EQ(store->Get(key).code(), Code::kInvalidArgument) << key;
    EXPECT_EQ(store->Create(key, "x", "text/html", {"op", {}}).code(), Code::kInvalidArgument) << key;
    EXPECT_EQ(store->Delete(key, "v", {"op", {}}).code(), Code::kInvalidArgument) << key;
  }
  EXPECT_EQ(scratch.Read("secret.html"), "secret");
}

TEST_F(DirectoryStore, OddKeysAreOrdinary) {
  auto store = Open();
  for (const std::string key : {"g/%2e%2e.html", "g/a b.html", "g/ü.html", "g/u\xcc\x88.html", "g/trailing.", "g/A.html", "g/\xff.html", "g/.hidden", "g/new\nline"}) {
    ASSERT_OK(store->Create(key, key, "text/html", {"op", {}}));
    EXPECT_EQ(store->Get(key)->bytes, key);
    EXPECT_EQ(store->Head(key)->operation, "op");
  }
  EXPECT_EQ(store->List("g/", "")->objects.size(), 9u);
}

TEST_F(DirectoryStore, LinksThatLeadOutAreNotFollowed) {
  scratch.Write("outside/secret.html", "secret");
  scratch.Write("site/g/real.html", "R");
  std::filesystem::create_symlink(scratch / "outside", scratch / "site/out");
  std::filesystem::create_symlink("..", scratch / "site/g/loop");
  auto store = Open();
  EXPECT_EQ(store->Get("out/secret.html").code(), Code::kPermissionDenied);
  EXPECT_EQ(store->Create("out/new.html", "x", "text/html", {"op", {}}).code(), Code::kPermissionDenied);
  EXPECT_FALSE(scratch.Exists("outside/new.html"));
  auto whole = store->List("", "");
  ASSERT_OK(whole);
  EXPECT_FALSE(whole->complete);
  EXPECT_NE(whole->why_incomplete.find("leads out"), std::string::npos) << whole->why_incomplete;
  std::filesystem::create_symlink("real.html", scratch / "site/g/alias.html");
  auto guests = store->List("g/", "");
  ASSERT_OK(guests);
  ASSERT_EQ(guests->objects.size(), 1u) << "a link to a page is not taken for a second page";
  EXPECT_EQ(guests->objects[0].key, "g/real.html");
  EXPECT_FALSE(guests->complete);
  EXPECT_NE(guests->why_incomplete.find("is no page of its own"), std::string::npos) << guests->why_incomplete;
  EXPECT_EQ(store->Get("g/alias.html")->bytes, "R");
  ASSERT_OK(store->Replace("g/alias.html", "R2", store->Head("g/alias.html")->version, {"op", {}}));
  EXPECT_EQ(scratch.Read("site/g/real.html"), "R2") << "the link stays, what it leads to is changed";
  EXPECT_TRUE(std::filesystem::is_symlink(scratch / "site/g/alias.html"));
  ASSERT_OK(store->Delete("g/alias.html", store->Head("g/alias.html")->version, {"op", {}}));
  EXPECT_EQ(scratch.Read("site/g/real.html"), "R2");
}

TEST_F(DirectoryStore, AMissingFolderIsOneClearLine) {
  auto listing = Open("sight")->List("", "");
  EXPECT_EQ(listing.code(), Code::kNotFound);
  EXPECT_NE(listing.status().message().find("sight does not exist"), std::string::npos) << listing.status().message();
  auto without = LocalAdapters().pages.at("directory").make(scratch.Context("pages"), Json::object());
  EXPECT_EQ(without.code(), Code::kInvalidArgument);
}

TEST_F(DirectoryStore, AnUnreadableFolderMakesTheListingIncomplete) {
  if (geteuid() == 0) GTEST_SKIP() << "rights do not bind root";
  scratch.Write("site/g/closed/a.html", "A");
  chmod((scratch / "site/g/closed").c_str(), 0);
  auto listing = Open()->List("g/", "");
  chmod((scratch / "site/g/closed").c_str(), 0700);
  ASSERT_OK(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_NE(listing->why_incomplete.find("closed"), std::string::npos);
}

TEST_F(DirectoryStore, APageOverTheLimitIsNamed) {
  AdapterContext context = scratch.Context("pages");
  context.limits.page_bytes = 10;
  auto store = MakeStore(LocalAdapters().pages, "directory", context, {{"path", "site"}});
  scratch.Write("site/g/big.html", "12345678901");
  auto got = store->Get("g/big.html");
  EXPECT_EQ(got.code(), Code::kLimitExceeded);
  EXPECT_NE(got.status().ToString().find("g/big.html"), std::string::npos);
  EXPECT_NE(got.status().ToString().find("page_bytes"), std::string::npos);
  EXPECT_EQ(store->List("g/", "")->objects.size(), 1u);
}

TEST_F(DirectoryStore, TheStateFolderIsNoPage) {
  auto store = Open(".");
  ASSERT_OK(store->Create("a.html", "A", "text/html", {"op", {}}));
  auto listing = store->List("", "");
  ASSERT_EQ(listing->objects.size(), 1u);
  EXPECT_EQ(listing->objects[0].key, "a.html");
}

TEST_F(DirectoryStore, WhatHidesEveryPageIsAnErrorAndNoEmptySite) {
  scratch.Write("site/g/a.html", "A");
  scratch.Write("file", "no folder");
  auto no_folder = Open("file")->List("g/", "");
  EXPECT_NE(no_folder.status().ToString().find("cannot list the folder"), std::string::npos) << no_folder.status().ToString();
  AdapterContext context = scratch.Context("pages");
  for (const char* state : {"/site/g", "/site", ""}) {
    context.state_folder = scratch.path() + state;
    auto store = MakeStore(LocalAdapters().pages, "directory", context, {{"path", "site"}});
    EXPECT_EQ(store->List("g/", "").code(), Code::kInvalidArgument) << state;
  }
  context.state_folder = scratch / "site/state";
  std::filesystem::create_directories(context.state_folder);
  EXPECT_OK(MakeStore(LocalAdapters().pages, "directory", context, {{"path", "site"}})->List("g/", ""));
}

TEST_F(DirectoryStore, AFifoDoesNotHang) {
  ASSERT_EQ(mkfifo((scratch / "site/g/pipe.html").c_str(), 0600), 0);
  auto store = Open();
  EXPECT_EQ(store->Get("g/pipe.html").code(), Code::kNotFound);
  EXPECT_TRUE(store->List("g/", "")->objects.empty());
}

TEST_F(DirectoryStore, AWriteThatFindsNoRoomLeavesThePage) {
  // /dev/full takes a name and no bytes: writes through it fail like those to a full disk.
  Files& files = scratch.environment().files();
  const Status status = files.AppendAt("/dev/full", 0, "x");
  EXPECT_FALSE(status.ok());
  EXPECT_TRUE(status.code() == Code::kUnavailable || status.code() == Code::kUnknownOutcome || status.code() == Code::kPermissionDenied) << status.ToString();
}

}  // namespace
}  // namespace evenkeel
