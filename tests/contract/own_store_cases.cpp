// The example of a host's own database (examples/own_store) under the contract of record stores.
#include "contract/scratch.h"
#include "contract/sql.h"
#include "contract/worlds.h"
#include "own_store/sailings.h"

namespace evenkeel::contract {
namespace {

const std::map<std::string, std::string> kHouseNames = {{"id", "ref"}, {"start", "departs"}, {"page", "web"}, {"count", "sail_day"}};

// The contract's names of attributes for the house's.
class Renamed final : public RecordStore {
 public:
  explicit Renamed(std::unique_ptr<RecordStore> house) : house_(std::move(house)) {}
  StoreTraits Traits() const override { return house_->Traits(); }
  StatusOr<RecordListing> List(std::string_view cursor) override {
    EVENKEEL_ASSIGN_OR_RETURN(RecordListing listing, house_->List(cursor));
    for (Record& record : listing.records) record = Outside(std::move(record));
    return listing;
  }
  StatusOr<Record> Get(std::string_view key) override { return Outside(house_->Get(key)); }
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override {
    return Outside(house_->Update(key, Inside(set), Inside(expected_attributes), expected, stamp));
  }

 private:
  static Attributes Inside(const Attributes& attributes) {
    Attributes house;
    for (const auto& [name, value] : attributes) house[kHouseNames.count(name) > 0 ? kHouseNames.at(name) : name] = value;
    return house;
  }
  static Record Outside(Record record) {
    for (const auto& [name, house] : kHouseNames) {
      auto moved = record.attributes.extract(house);
      moved.key() = name;
      record.attributes.insert(std::move(moved));
    }
    return record;
  }
  static StatusOr<Record> Outside(StatusOr<Record> record) {
    if (!record.ok()) return record;
    return Outside(*std::move(record));
  }

  std::unique_ptr<RecordStore> house_;
};

class House final : public RecordWorld {
 public:
  House() {
    Sql(scratch_ / "house.sqlite", "CREATE TABLE sailings (ref TEXT PRIMARY KEY, booking TEXT, sail_day INTEGER, departs INTEGER, party TEXT, web TEXT, "
                                   "rev INTEGER NOT NULL, evenkeel_operation TEXT, evenkeel_rev INTEGER); "
                                   "CREATE TABLE evenkeel_fences (booking TEXT PRIMARY KEY, number INTEGER NOT NULL)");
  }
  std::unique_ptr<RecordStore> Open() override { return std::make_unique<Renamed>(house::MakeSailings(scratch_ / "house.sqlite", "house")); }
  bool OutlivesProcess() const override { return true; }
  void PutForeign(std::string_view key, std::string_view start, std::string_view page, int count) override {
    Sql(scratch_ / "house.sqlite", "INSERT INTO sailings (ref, departs, web, sail_day, rev) VALUES (" + Quoted(key) + "," + Quoted(start) + "," + Quoted(page) +
                                       "," + std::to_string(count) + ", 1) ON CONFLICT (ref) DO UPDATE SET departs = excluded.departs, web = excluded.web, "
                                       "sail_day = excluded.sail_day, rev = rev + 1");
  }

 private:
  Scratch scratch_;
};

INSTANTIATE_TEST_SUITE_P(OwnStore, RecordStoreContract, testing::Values(Case<RecordWorld>{"sailings", [] { return std::make_unique<House>(); }}),
                         NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
