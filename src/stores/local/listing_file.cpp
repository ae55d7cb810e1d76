#include "stores/local/listing_file.h"

#include "stores/local/entry_file.h"

namespace evenkeel {
namespace {

class ListingFile final : public Listing {
 public:
  ListingFile(EntryFile file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}

  StoreTraits Traits() const override { return {false, true, false, true}; }

  StatusOr<ListingPage> List() override {
    EVENKEEL_ASSIGN_OR_RETURN(auto entries, file_.List());
    ListingPage page;
    for (FileEntry& entry : entries) page.entries.push_back({std::move(entry.id), std::move(entry.attributes), std::move(entry.version)});
    return page;
  }

  StatusOr<ListingEntry> Get(std::string_view id) override {
    EVENKEEL_ASSIGN_OR_RETURN(FileEntry entry, file_.Get(id));
    return ListingEntry{entry.id, entry.attributes, entry.version};
  }

  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes& set, const Version& expected,
                                        const WriteStamp& stamp) override {
    if (set.contains("id")) return Status(Code::kInvalidArgument, "the id of a listing is never set", name_ + ":" + std::string(id));
    EVENKEEL_ASSIGN_OR_RETURN(FileEntry entry, file_.Set(id, set, expected, stamp));
    return ListingEntry{entry.id, entry.attributes, entry.version};
  }

 private:
  EntryFile file_;
  std::string name_;
};

}  // namespace

StatusOr<std::unique_ptr<Listing>> MakeListingFile(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(EntryFile file, EntryFile::From(context, settings, "listings"));
  return std::unique_ptr<Listing>(std::make_unique<ListingFile>(std::move(file), context.name));
}

}  // namespace evenkeel
