// Plan: the smallest safe set of changes, as data. What `apply` does is described wholly by it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "evenkeel/edit.h"
#include "evenkeel/verdict.h"

namespace evenkeel {

enum class Approval : std::uint8_t { kAuto, kApprove, kManual };
std::string_view ApprovalName(Approval approval);

// The changes, one type a verb. Values in them are exactly what is written.
struct BackUpPage {        // back_up_page
  std::string blob;        // name of the backup in the state store
  std::string sha256;      // of the bytes to be backed up
  friend bool operator==(const BackUpPage&, const BackUpPage&) = default;
};
struct EditPage {          // edit_page
  std::vector<Edit> edits;
  std::string before_sha256;
  std::string after_sha256;
  std::vector<EditNote> moved;  // for people
  friend bool operator==(const EditPage&, const EditPage&) = default;
};
struct SetAttributes {     // repoint_record, update_record
  Attributes from;
  Attributes to;
  friend bool operator==(const SetAttributes&, const SetAttributes&) = default;
};
struct RetirePage {        // retire_page
  bool redirect = false;   // false: deleted
  std::string redirect_bytes;
  Resource survivor;
  std::string backup;      // blob that holds its bytes
  std::string sha256;
  friend bool operator==(const RetirePage&, const RetirePage&) = default;
};
struct InvalidatePaths {   // invalidate_paths
  std::vector<std::string> paths;
  friend bool operator==(const InvalidatePaths&, const InvalidatePaths&) = default;
};
struct UpdateEvent {       // update_event
  EventChange from;
  EventChange to;
  friend bool operator==(const UpdateEvent&, const UpdateEvent&) = default;
};
inline constexpr std::string_view kMessagesStore = "messages";  // of a manual task that tells people; its resource is "BOOKING/AUDIENCE"
struct ManualTask {        // manual_task
  std::string instruction;  // in plain words, with the exact new values
  Attributes from;
  Attributes to;            // what the store records when the task is attested
  friend bool operator==(const ManualTask&, const ManualTask&) = default;
};
struct MoveCard {          // move_card
  std::string from_lane;
  std::string to_lane;
  friend bool operator==(const MoveCard&, const MoveCard&) = default;
};
struct LeaveHandoff {      // leave_handoff
  std::string note;
  friend bool operator==(const LeaveHandoff&, const LeaveHandoff&) = default;
};
using Change = std::variant<BackUpPage, EditPage, SetAttributes, RetirePage, InvalidatePaths, UpdateEvent, ManualTask, MoveCard, LeaveHandoff>;

enum class Verb : std::uint8_t {
  kBackUpPage, kEditPage, kRepointRecord, kUpdateRecord, kRetirePage, kInvalidatePaths, kUpdateEvent, kManualTask, kMoveCard, kLeaveHandoff
};
std::string_view VerbName(Verb verb);  // "back_up_page"

struct Action {
  std::string id;       // stable: "retire_page-3f9a2c1b", from verb, booking and resource
  Verb verb = Verb::kBackUpPage;
  std::string store;
  std::string resource; // the store's key of it
  Approval approval = Approval::kAuto;
  std::string reason;
  std::vector<std::string> needs;  // ids, sorted: these must be done first
  Version precondition;            // version the target must still have; empty: none (backups check sha256, invalidations nothing)
  Change change;
  std::string undo;                // in words; how is in the change itself (from, backup)

  friend bool operator==(const Action&, const Action&) = default;
};

struct BookingPlan {
  std::string booking;
  std::string title;               // for people: "2026-05-30 Jonathan"
  std::optional<Resource> canonical;
  std::string why_canonical;
  std::vector<Resource> duplicates;
  std::vector<Verdict> verdicts;
  std::vector<Action> actions;     // in the order of execution
  std::vector<Question> questions;
  std::vector<std::string> notes;
  // Why nobody can say that this booking's systems agree, which a person must make readable first: a page of it that could not be read, or
  // changed while the plan was made, a pointer to a page that was not seen in an incomplete listing. One sentence each.
  std::vector<std::string> unproven;
  // Protected features that a page of the booking had and none has now, sorted. Whoever applies the plan in spite of that (override
  // `features`) gives them up: they are forgotten.
  std::vector<std::string> lost_features;
};

// What an override lifts. names: retire_count retire_share edit_count edit_share plan_age vanished incomplete_listing unfinished_run
// clock_jump features
struct Brake {
  std::string name;
  std::string why;  // the figures and the limit

  friend bool operator==(const Brake&, const Brake&) = default;
};

struct Plan {
  std::string hash;         // "sha256:…" of the canonical document without made_at and hash
  Instant made_at;
  std::string fleet;        // FleetConfig::fingerprint
  std::string tz_version;
  std::string zone;
  std::vector<BookingPlan> bookings;  // by key; those with nothing to do, to ask, to note or to make readable are left out
  std::vector<Brake> brakes;          // that stop apply without an override
  std::vector<Unread> unread;         // of the whole fleet: the plan says nothing about it

  bool CanChangeAnything() const;  // an automatic or approvable action is in it
  bool WaitsForPeople() const;     // a manual task, a question, a lost feature or an unproven booking is in it
};

// Plans every decision. Pure: no clock (made_at is snapshot.taken_at), the same input gives the same bytes. `pages` is asked for the pages that may be
// edited, a few at a time. One that it does not have is not edited, nothing that needs it is planned, and its booking is unproven.
StatusOr<Plan> MakePlan(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions, PageSource& pages, const ZoneSource& zones);

}  // namespace evenkeel
