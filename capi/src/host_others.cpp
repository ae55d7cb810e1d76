// Edge caches, calendars, listings and boards of the host.
#include "host_stores.h"
#include "store_documents.h"

namespace evenkeel::capi {
namespace {

Event OneEvent(const Json& json, Status& status) { return EventFrom(json, "event", status); }
ListingEntry OneEntry(const Json& json, Status& status) { return EntryFrom(json, "listing", status); }
Card OneCard(const Json& json, Status& status) { return CardFrom(json, "card", status); }

Status Wanted(const char* what) { return Status(Code::kInvalidArgument, std::string("must be ") + what); }

class HostEdge final : public EdgeCache {
 public:
  HostEdge(Host host, const ek_edge_cache& table) : host_(std::move(host)), table_(table) {}

  StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) override {
    const std::vector<ek_view> views = ViewsOf(paths);
    return AskFor(host_, Effect::kWrites, host_.name,
                  [&](ek_reply* reply) { table_.invalidate(host_.get(), {views.data(), views.size()}, ViewOf(reference), reply); },
                  [](const Json& json, Status& status) {
                    if (!json.is_string()) status = Wanted("a text");
                    return json.is_string() ? json.get<std::string>() : std::string();
                  });
  }
  StatusOr<bool> WasAccepted(std::string_view reference) override {
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.was_accepted(host_.get(), ViewOf(reference), reply); },
                  [](const Json& json, Status& status) {
                    if (!json.is_boolean()) status = Wanted("true or false");
                    return json.is_boolean() && json.get<bool>();
                  });
  }
  StatusOr<std::size_t> CountInProgress() override {
    if (table_.count_in_progress == nullptr) return EdgeCache::CountInProgress();
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.count_in_progress(host_.get(), reply); }, [](const Json& json, Status& status) {
      if (!json.is_number_unsigned()) status = Wanted("a whole number that is not negative");
      return json.is_number_unsigned() ? json.get<std::size_t>() : 0;
    });
  }
  StatusOr<std::optional<std::string>> Serve(std::string_view path) override {
    if (table_.serve == nullptr) return EdgeCache::Serve(path);
    ek_reply reply;
    const Status status = Ask(host_, Effect::kReads, host_.Resource(path), reply, [&](ek_reply* to) { table_.serve(host_.get(), ViewOf(path), to); });
    if (status.code() == Code::kNotFound) return std::optional<std::string>();
    EVENKEEL_RETURN_IF_ERROR(status);
    return std::optional<std::string>(std::move(reply.bytes));
  }
  std::vector<Check> Examine() override {
    if (table_.examine == nullptr) return EdgeCache::Examine();
    auto checks = AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.examine(host_.get(), reply); },
                         [&](const Json& json, Status& status) { return ChecksFrom(json, host_.name, status); });
    if (checks.ok()) return *std::move(checks);
    return {{host_.name, "the cache says how it is", false, checks.status().message()}};
  }

 private:
  Host host_;
  ek_edge_cache table_;
};

class HostCalendar final : public Calendar {
 public:
  HostCalendar(Host host, const ek_calendar& table) : host_(std::move(host)), table_(table) {}

  StoreTraits Traits() const override { return TraitsOf(table_.promises); }
  StatusOr<EventListing> List() override {
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.list(host_.get(), reply); }, [](const Json& json, Status& status) {
      const Listed listed = ListedFrom(json, "events", status);
      return EventListing{ItemsFrom(json, "events", EventFrom, status), listed.complete, listed.why_incomplete};
    });
  }
  StatusOr<Event> Get(std::string_view uid) override {
    return AskFor(host_, Effect::kReads, host_.Resource(uid), [&](ek_reply* reply) { table_.get(host_.get(), ViewOf(uid), reply); }, OneEvent);
  }
  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) override {
    const std::string text = DumpJson(ChangeOfEvent(change));
    const ek_stamp with = StampOf(stamp);
    return AskFor(host_, Effect::kWrites, host_.Resource(uid),
                  [&](ek_reply* reply) { table_.update(host_.get(), ViewOf(uid), ViewOf(text), ViewOf(expected), &with, reply); }, OneEvent);
  }

 private:
  Host host_;
  ek_calendar table_;
};

class HostListing final : public Listing {
 public:
  HostListing(Host host, const ek_listing& table) : host_(std::move(host)), table_(table) {}

  StoreTraits Traits() const override { return TraitsOf(table_.promises); }
  StatusOr<ListingPage> List() override {
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.list(host_.get(), reply); }, [](const Json& json, Status& status) {
      const Listed listed = ListedFrom(json, "listings", status);
      return ListingPage{ItemsFrom(json, "listings", EntryFrom, status), listed.complete, listed.why_incomplete};
    });
  }
  StatusOr<ListingEntry> Get(std::string_view id) override {
    return AskFor(host_, Effect::kReads, host_.Resource(id), [&](ek_reply* reply) { table_.get(host_.get(), ViewOf(id), reply); }, OneEntry);
  }
  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes& set, const Version& expected, const WriteStamp& stamp) override {
    if (table_.record_attested == nullptr) return Status(Code::kUnimplemented, "the marketplace can be read itself; nothing is recorded for it", host_.name);
    const std::string text = DumpJson(ObjectOf(set));
    const ek_stamp with = StampOf(stamp);
    return AskFor(host_, Effect::kWrites, host_.Resource(id),
                  [&](ek_reply* reply) { table_.record_attested(host_.get(), ViewOf(id), ViewOf(text), ViewOf(expected), &with, reply); }, OneEntry);
  }

 private:
  Host host_;
  ek_listing table_;
};

class HostBoard final : public TaskBoard {
 public:
  HostBoard(Host host, const ek_task_board& table) : host_(std::move(host)), table_(table), done_lane_(TextOf(table.done_lane)) {
    if (done_lane_.empty()) done_lane_ = "done";
  }

  StoreTraits Traits() const override { return TraitsOf(table_.promises); }
  std::string DoneLane() const override { return done_lane_; }
  StatusOr<CardListing> List() override {
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.list(host_.get(), reply); }, [](const Json& json, Status& status) {
      const Listed listed = ListedFrom(json, "cards", status);
      return CardListing{ItemsFrom(json, "cards", CardFrom, status), listed.complete, listed.why_incomplete};
    });
  }
  StatusOr<Card> Get(std::string_view id) override {
    return AskFor(host_, Effect::kReads, host_.Resource(id), [&](ek_reply* reply) { table_.get(host_.get(), ViewOf(id), reply); }, OneCard);
  }
  StatusOr<Card> Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) override {
    const ek_stamp with = StampOf(stamp);
    return AskFor(host_, Effect::kWrites, host_.Resource(id),
                  [&](ek_reply* reply) { table_.move(host_.get(), ViewOf(id), ViewOf(lane), ViewOf(expected), &with, reply); }, OneCard);
  }

 private:
  Host host_;
  ek_task_board table_;
  std::string done_lane_;
};

}  // namespace

std::unique_ptr<EdgeCache> MakeHostStore(Host host, const ek_edge_cache& table) { return std::make_unique<HostEdge>(std::move(host), table); }
std::unique_ptr<Calendar> MakeHostStore(Host host, const ek_calendar& table) { return std::make_unique<HostCalendar>(std::move(host), table); }
std::unique_ptr<Listing> MakeHostStore(Host host, const ek_listing& table) { return std::make_unique<HostListing>(std::move(host), table); }
std::unique_ptr<TaskBoard> MakeHostStore(Host host, const ek_task_board& table) { return std::make_unique<HostBoard>(std::move(host), table); }

}  // namespace evenkeel::capi
