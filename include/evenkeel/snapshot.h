// Snapshot: what `observe` brought back from every store, and what each thing in it claims. Input of all pure stages.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/calendar.h"
#include "evenkeel/field.h"
#include "evenkeel/fleet.h"
#include "evenkeel/listing.h"
#include "evenkeel/reading.h"
#include "evenkeel/record_store.h"
#include "evenkeel/resource.h"
#include "evenkeel/task_board.h"

namespace evenkeel {

// Where a claim stands: bytes of a page or of a text, or an attribute of a record.
struct Evidence {
  std::string text;          // as written
  std::optional<Span> span;  // in the page's bytes, or in the attribute's text
  std::size_t line = 0;      // of a page; 0: none
  std::string attribute;     // "start_time", "DTSTART", "title"; empty for pages
  std::string carrier;       // CarrierName for pages
  bool visible = true;       // a guest can see it

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

// Store + resource + version says field = value.
struct Claim {
  Resource resource;
  Version version;
  std::string field;
  Value value;
  Evidence evidence;
  std::optional<Instant> said_at;

  friend bool operator==(const Claim&, const Claim&) = default;
};

// Something that was meant to state a field and could not be understood: no claim, and not hidden either.
struct Doubt {
  std::string field;
  Evidence evidence;
  std::string why;

  friend bool operator==(const Doubt&, const Doubt&) = default;
};

// A token that ties a resource to a booking: kind as in PageIdentifier, and "page" ("STORE:KEY", a pointer to a page),
// "guest" and "date" (both weak).
struct Identifier {
  std::string kind;
  std::string value;
  std::string where;  // for people: "column booking_id", "line 42", "title"

  friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

// What one page is and says. Its bytes are not kept: a fleet has more of them than a machine has memory (PageSource).
struct PageContent {
  std::string slug;
  std::string sha256;          // of the bytes, hexadecimal; how many they are is in the reading
  Reading reading;
  std::string object_beneath;  // the first other object that lives under the slug ("g/x/photo.jpg"); empty: none was listed
};

// One resource, with what it says.
struct Observed {
  Resource resource;
  Version version;
  std::optional<Instant> modified;
  std::vector<Identifier> identifiers;
  std::vector<Claim> claims;
  std::vector<Doubt> doubts;
  // The one that fits the kind.
  std::shared_ptr<const PageContent> page;
  std::optional<Record> record;
  std::optional<Event> event;
  std::optional<ListingEntry> listing;
  std::optional<Card> card;
  Status problem;  // it exists and could not be read; no claims then
};

// What is known of a store's listing.
struct StoreState {
  std::string name;
  ResourceKind kind = ResourceKind::kPage;
  StoreTraits traits;
  bool complete = true;   // false: what is not there may exist
  std::string why_incomplete;
  std::size_t count = 0;
  Status problem;         // the store could not be read at all
};

// A person's word (`set`): the strongest claim.
struct Instruction {
  std::string booking;
  std::string field;
  std::string value;  // FormatValue
  std::string by;
  Instant at;

  friend bool operator==(const Instruction&, const Instruction&) = default;
};
// A person has said that systems may differ from what is true (`accept`), until a day is over. It is of these very words: another value, another
// truth or another system is drift as ever.
struct Acceptance {
  struct Words {
    Resource resource;
    std::string says, should;  // FormatValue

    friend auto operator<=>(const Words&, const Words&) = default;
  };
  std::string booking;
  std::string field;
  std::vector<Words> words;  // sorted; empty: withdrawn
  std::string why;
  std::string by;
  Instant at;
  Instant until;  // from then on it is drift again

  friend bool operator==(const Acceptance&, const Acceptance&) = default;
};
// What a person chose for a question (`--decide`).
struct KeptAnswer {
  std::string question;
  std::string option;
  std::string by;
  Instant at;

  friend bool operator==(const KeptAnswer&, const KeptAnswer&) = default;
};
// The memory of a retired page.
struct Tombstone {
  Resource page;
  Resource survivor;
  std::string booking;
  std::string run;
  Instant at;

  friend bool operator==(const Tombstone&, const Tombstone&) = default;
};
// What systems said of a booking before a run of ours changed it: evidence that the change itself took away.
struct FormerWords {
  struct Pointer {
    Resource record;
    Resource page;  // where it led

    friend bool operator==(const Pointer&, const Pointer&) = default;
  };
  std::string booking;
  std::string run;
  std::vector<Pointer> pointers;
  std::map<std::string, std::set<int>> times;  // field of the time group → clock times that are true no more, in minutes
  Instant at;

  friend bool operator==(const FormerWords&, const FormerWords&) = default;
};
// What protected features a page had as its booking's canonical one, whatever became of it since.
struct RememberedFeatures {
  struct Sight {
    Instant at{};     // when it was last seen with it
    std::string run;  // has a backup of the page with it; empty: none has

    friend bool operator==(const Sight&, const Sight&) = default;
  };
  Resource page;
  std::string booking;
  std::map<std::string, Sight> features;  // by name

  friend bool operator==(const RememberedFeatures&, const RememberedFeatures&) = default;
};
// A note left on a booking for the next writer.
struct Handoff {
  std::string booking;
  std::string note;
  std::string by;
  std::string run;  // empty when a person left it
  Instant at;

  friend bool operator==(const Handoff&, const Handoff&) = default;
};

// What was not read. Nothing is known of it, so nothing that is said of the fleet holds for it.
struct Unread {
  std::string store;
  std::string resource;  // the store's key of it; empty: a part of the store's listing, or all of it
  std::string why;

  friend auto operator<=>(const Unread&, const Unread&) = default;
};

struct Snapshot {
  std::vector<StoreState> stores;      // by kind, then name
  std::vector<Observed> resources;     // by resource
  std::vector<Instruction> instructions;
  std::vector<KeptAnswer> answers;      // and those given with this look
  std::vector<Acceptance> acceptances;  // those that have run out, too
  std::vector<Tombstone> tombstones;
  std::vector<FormerWords> former_words;
  std::vector<RememberedFeatures> remembered;
  std::vector<Handoff> handoffs;
  Instant taken_at;
  std::string tz_version;
};

// Pure halves of observe: what one resource claims. Exposed for hosts that do their own I/O.
Observed ObservePage(const FleetConfig& fleet, const PageStoreConfig& store, const ObjectInfo& info, std::string_view bytes, const ZoneSource& zones);
// A page that is there and was not read: what its key says of it, and why nobody knows more.
Observed UnreadPage(const FleetConfig& fleet, const PageStoreConfig& store, const ObjectInfo& info, const Status& why, const ZoneSource& zones);
Observed ObserveRecord(const FleetConfig& fleet, const RecordStoreConfig& store, Record record, const ZoneSource& zones);
Observed ObserveEvent(const FleetConfig& fleet, const StoreConfig& store, Event event, const ZoneSource& zones);
Observed ObserveListing(const FleetConfig& fleet, const StoreConfig& store, ListingEntry entry, const ZoneSource& zones);
Observed ObserveCard(const FleetConfig& fleet, const BoardConfig& store, Card card, const ZoneSource& zones);

// The raw attribute that states `value` in the same form as `old` does ("15:30", 1530, "2026-05-30T15:30:00-07:00", epoch seconds or
// milliseconds, a slug, a path or a URL; FieldMapping::form where the fleet file names one). kInvalidArgument when the form cannot hold the value.
StatusOr<Json> WriteLike(const Json& old_attribute, const FieldDefinition& field, const Value& value, const Date& date,
                         std::string_view zone, const ZoneSource& zones, std::string_view form = {});
// A record's page pointer in its own form: slug with or without .html, key, path or URL.
StatusOr<Json> WritePointerLike(const Json& old_attribute, const PageStoreConfig& pages, std::string_view slug);

// Everything that the snapshot does not hold although it may be there. Sorted; empty: all of the fleet was read.
std::vector<Unread> UnreadOf(const Snapshot& snapshot);

// How far the reading of one page store has come.
struct PageProgress {
  std::string store;
  std::size_t read = 0;     // pages, those that could not be read among them
  std::size_t listed = 0;   // at least as many as read
  bool all_listed = false;  // there are no more than `listed`

  friend bool operator==(const PageProgress&, const PageProgress&) = default;
};
// Both are called on the thread that called Observe, whatever threads read.
struct ObserveOptions {
  std::function<bool()> keep_going;                     // asked between two calls and two pages, and while others' calls are waited for
  std::function<void(const PageProgress&)> on_pages;    // after each page, and when all of a store is read
};
// Reads every store; writes to none. What cannot be read is recorded, not fatal. kUnavailable: keep_going said stop; what is under way ends
// first. A page store that may be read by several threads (StoreTraits::readers) is: while it is listed, pages are fetched and understood, at most
// four for each reader ahead of the one that is to come next. The Snapshot is the same for any number of them.
StatusOr<Snapshot> Observe(Fleet& fleet, const ObserveOptions& options = {});

// The bytes of pages that a snapshot tells of, for a plan that edits them.
class PageSource {
 public:
  virtual ~PageSource() = default;
  // Answers stand in the order of `pages`: exactly the bytes that were read (Observed::version, PageContent::sha256), or why nobody has them.
  // kPreconditionFailed: the page is another by now. kNotFound: it is gone.
  virtual std::vector<StatusOr<std::string>> Read(std::span<const Observed* const> pages) = 0;
};
// Asks the fleet's stores again, several pages of one store by one call. The fleet is borrowed. For one thread.
std::unique_ptr<PageSource> ReadFromStores(Fleet& fleet);

}  // namespace evenkeel
