#include "stores/local/board_file.h"

#include "evenkeel/json.h"
#include "stores/local/entry_file.h"

namespace evenkeel {
namespace {

Card CardOf(const FileEntry& entry) {
  const auto text = [&](const char* name) -> std::string {
    const auto found = entry.attributes.find(name);
    if (found == entry.attributes.end() || found->second.is_null()) return {};
    return found->second.is_string() ? found->second.get<std::string>() : DumpJson(found->second);
  };
  return {entry.id, text("lane"), text("title"), text("booking"), text("slug"), entry.version};
}

class BoardFile final : public TaskBoard {
 public:
  BoardFile(EntryFile file, std::string done_lane, std::string name)
      : file_(std::move(file)), done_lane_(std::move(done_lane)), name_(std::move(name)) {}

  StoreTraits Traits() const override { return {false, true, false, true}; }
  std::string DoneLane() const override { return done_lane_; }

  StatusOr<CardListing> List() override {
    EVENKEEL_ASSIGN_OR_RETURN(const auto entries, file_.List());
    CardListing listing;
    for (const FileEntry& entry : entries) listing.cards.push_back(CardOf(entry));
    return listing;
  }

  StatusOr<Card> Get(std::string_view id) override {
    EVENKEEL_ASSIGN_OR_RETURN(const FileEntry entry, file_.Get(id));
    return CardOf(entry);
  }

  StatusOr<Card> Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) override {
    if (lane.empty()) return Status(Code::kInvalidArgument, "a card needs a lane", name_ + ":" + std::string(id));
    EVENKEEL_ASSIGN_OR_RETURN(const FileEntry entry, file_.Set(id, {{"lane", lane}}, expected, stamp));
    return CardOf(entry);
  }

 private:
  EntryFile file_;
  std::string done_lane_, name_;
};

}  // namespace

StatusOr<std::unique_ptr<TaskBoard>> MakeBoardFile(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(EntryFile file, EntryFile::From(context, settings, "cards"));
  std::string done_lane = "done";
  if (const auto named = settings.find("done_lane"); named != settings.end()) {
    if (!named->is_string() || named->get<std::string>().empty()) return Status(Code::kInvalidArgument, "\"done_lane\" must name a lane", context.name);
    done_lane = named->get<std::string>();
  }
  return std::unique_ptr<TaskBoard>(std::make_unique<BoardFile>(std::move(file), std::move(done_lane), context.name));
}

}  // namespace evenkeel
