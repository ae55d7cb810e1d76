#include "simulation/stores.h"

#include <utility>

#include "simulation/seat.h"
#include "simulation/state_seat.h"

namespace evenkeel::simulation {
namespace {

template <typename Listing, typename Member>
void Cut(Listing& listing, Member entries) {
  auto& list = listing.*entries;
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2), list.end());
  listing.complete = false;
  listing.why_incomplete = "simulated: the listing broke off";
}

class Pages final : public ObjectStore {
 public:
  Pages(Stage& stage, int agent) : seat_(stage, agent, Place::kPages) {}
  StoreTraits Traits() const override { return seat_.world().pages.Traits(); }
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override {
    return seat_.Read(CallKind::kList, "List", prefix, [&] { return seat_.world().pages.List(prefix, cursor); },
                      [](Fate, ObjectListing& listing) { Cut(listing, &ObjectListing::objects); });
  }
  StatusOr<ObjectInfo> Head(std::string_view key) override {
    return seat_.Read("Head", key, [&] { return seat_.world().pages.Head(key); });
  }
  StatusOr<Object> Get(std::string_view key) override {
    auto reply = seat_.Read(CallKind::kRead, "Get", key, [&] { return seat_.world().pages.Get(key); }, [&](Fate fate, Object& object) {
      if (fate != Fate::kCutBody) return;
      seat_.sim().laws().NoteLie();
      object.bytes.resize(object.bytes.size() / 2);
    });
    seat_.sim().SawResource(seat_.agent(), seat_.Name(key));
    return reply;
  }
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    return seat_.Write("Replace", key, seat_.Watched(key, stamp, expected, [key = std::string(key), bytes = std::string(bytes), expected, stamp](World& world) {
      return world.pages.Replace(key, bytes, expected, stamp);
    }));
  }
  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type, const WriteStamp& stamp) override {
    return seat_.Write("Create", key, seat_.Watched(key, stamp, "",
                                                    [key = std::string(key), bytes = std::string(bytes), type = std::string(content_type), stamp](World& world) {
                                                      return world.pages.Create(key, bytes, type, stamp);
                                                    }));
  }
  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override {
    return seat_.Write("Delete", key, seat_.Watched(key, stamp, expected, [key = std::string(key), expected, stamp](World& world) {
      return world.pages.Delete(key, expected, stamp);
    }));
  }

 private:
  Seat seat_;
};

class Records final : public RecordStore {
 public:
  Records(Stage& stage, int agent) : seat_(stage, agent, Place::kRecords) {}
  StoreTraits Traits() const override { return seat_.world().records.Traits(); }
  StatusOr<RecordListing> List(std::string_view cursor) override {
    bool stale = false;
    auto reply = seat_.Read(CallKind::kList, "List", "", [&] { return seat_.world().records.List(cursor); }, [&](Fate fate, RecordListing& listing) {
      if (fate == Fate::kCutListing) return Cut(listing, &RecordListing::records);
      stale = true;
      seat_.sim().laws().NoteLie();
      for (Record& record : listing.records) {
        const auto found = seat_.sim().records_before().entries.find(record.key);
        if (found != seat_.sim().records_before().entries.end()) record = {record.key, found->second.item, found->second.version, found->second.operation};
      }
    });
    if (stale) {
      seat_.sim().SawRecordsAsTheyWere(seat_.agent());
    } else if (reply.ok()) {
      for (const Record& record : reply->records) seat_.sim().SawResource(seat_.agent(), seat_.Name(record.key));
    }
    return reply;
  }
  StatusOr<Record> Get(std::string_view key) override {
    return seat_.Read("Get", key, [&] { return seat_.world().records.Get(key); });
  }
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override {
    return seat_.Write("Update", key,
                       seat_.Watched(key, stamp, expected, [seat = seat_, key = std::string(key), set, expected_attributes, expected, stamp](World& world) {
                         seat.sim().BeforeRecordWrite();
                         return world.records.Update(key, set, expected_attributes, expected, stamp);
                       }));
  }

 private:
  Seat seat_;
};

class Edge final : public EdgeCache {
 public:
  Edge(Stage& stage, int agent) : seat_(stage, agent, Place::kEdge) {}
  StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) override {
    // The paths of a plan are one page's: "/g/x" is of "g/x.html".
    const std::string resource = seat_.Name(paths.front().substr(1) + ".html");
    return seat_.Write("Invalidate", resource.substr(resource.find(':') + 1),
                       [seat = seat_, resource, paths, reference = std::string(reference), basis = seat_.sim().BasisOf(seat_.agent(), std::string(reference))] {
                         World& world = seat.world();
                         const Before before = seat.sim().laws().Look(resource, seat.sim().calls());
                         const std::size_t batches = world.edge.Batches().size();
                         auto reply = world.edge.Invalidate(paths, reference);
                         if (reply.ok() && world.edge.Batches().size() > batches) seat.sim().laws().CheckEffect(resource, before, basis);
                         return reply;
                       });
  }
  StatusOr<bool> WasAccepted(std::string_view reference) override {
    return seat_.Read("WasAccepted", reference, [&] { return seat_.world().edge.WasAccepted(reference); });
  }

 private:
  Seat seat_;
};

class CalendarSeat final : public Calendar {
 public:
  CalendarSeat(Stage& stage, int agent) : seat_(stage, agent, Place::kCalendar) {}
  StoreTraits Traits() const override { return seat_.world().calendar.Traits(); }
  StatusOr<EventListing> List() override {
    return seat_.Read(CallKind::kList, "List", "", [&] { return seat_.world().calendar.List(); }, [](Fate, EventListing&) {});
  }
  StatusOr<Event> Get(std::string_view uid) override {
    return seat_.Read("Get", uid, [&] { return seat_.world().calendar.Get(uid); });
  }
  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) override {
    return seat_.Write("Update", uid, seat_.Watched(uid, stamp, expected, [uid = std::string(uid), change, expected, stamp](World& world) {
      return world.calendar.Update(uid, change, expected, stamp);
    }));
  }

 private:
  Seat seat_;
};

class ListingSeat final : public Listing {
 public:
  ListingSeat(Stage& stage, int agent) : seat_(stage, agent, Place::kListing) {}
  StoreTraits Traits() const override { return seat_.world().listing.Traits(); }
  StatusOr<ListingPage> List() override {
    return seat_.Read(CallKind::kList, "List", "", [&] { return seat_.world().listing.List(); }, [](Fate, ListingPage&) {});
  }
  StatusOr<ListingEntry> Get(std::string_view id) override {
    return seat_.Read("Get", id, [&] { return seat_.world().listing.Get(id); });
  }
  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes& set, const Version& expected, const WriteStamp& stamp) override {
    return seat_.Write("RecordAttested", id, seat_.Watched(id, stamp, expected, [id = std::string(id), set, expected, stamp](World& world) {
      return world.listing.RecordAttested(id, set, expected, stamp);
    }));
  }

 private:
  Seat seat_;
};

class BoardSeat final : public TaskBoard {
 public:
  BoardSeat(Stage& stage, int agent) : seat_(stage, agent, Place::kBoard) {}
  StoreTraits Traits() const override { return seat_.world().board.Traits(); }
  std::string DoneLane() const override { return seat_.world().board.DoneLane(); }
  StatusOr<CardListing> List() override {
    return seat_.Read(CallKind::kList, "List", "", [&] { return seat_.world().board.List(); }, [](Fate, CardListing&) {});
  }
  StatusOr<Card> Get(std::string_view id) override {
    return seat_.Read("Get", id, [&] { return seat_.world().board.Get(id); });
  }
  StatusOr<Card> Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) override {
    return seat_.Write("Move", id, seat_.Watched(id, stamp, expected, [id = std::string(id), lane = std::string(lane), expected, stamp](World& world) {
      return world.board.Move(id, lane, expected, stamp);
    }));
  }

 private:
  Seat seat_;
};

}  // namespace

Fleet OpenStores(Stage& stage, int agent) {
  const FleetConfig& config = stage.scenario->config;
  Fleet fleet;
  fleet.config = config;
  fleet.pages["pages"] = std::make_unique<Pages>(stage, agent);
  fleet.records["records"] = std::make_unique<Records>(stage, agent);
  fleet.edge["edge"] = std::make_unique<Edge>(stage, agent);
  if (!config.calendars.empty()) fleet.calendars["calendar"] = std::make_unique<CalendarSeat>(stage, agent);
  if (!config.listings.empty()) fleet.listings["listing"] = std::make_unique<ListingSeat>(stage, agent);
  if (!config.boards.empty()) fleet.boards["board"] = std::make_unique<BoardSeat>(stage, agent);
  fleet.state = OpenState(stage, agent);
  fleet.zones = stage.scenario->zones.get();
  return fleet;
}

}  // namespace evenkeel::simulation
