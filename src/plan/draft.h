// Draft: one booking's plan while it is being made. Each file of this folder adds the actions of one kind of system.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "decide/booking_view.h"
#include "evenkeel/plan.h"
#include "plan/edited_pages.h"

namespace evenkeel {

struct Draft {
  Draft(const FleetConfig& fleet_config, const Snapshot& all, const SnapshotIndex& snapshot_index, const Decision& of, EditedPages& edited_pages,
        const ZoneSource& rules);

  const FleetConfig& fleet;
  const Snapshot& snapshot;
  const SnapshotIndex& index;
  const Decision& decision;
  EditedPages& pages;
  const ZoneSource& zones;
  std::vector<const Observed*> members;   // that were read; by resource
  BookingPlan plan;
  std::map<Resource, std::string> edits;  // page → its edit_page action
  std::set<Resource> stuck_pages;         // should be edited and cannot be

  // The verdict for a field as far as a plan may show and write it; nullptr: none, open, or private.
  const Verdict* Writable(std::string_view field) const;
  std::optional<LocalDateTime> Start() const;  // the verdict, if there is one
  std::optional<Date> DecidedDate() const;
  // Claims of this resource that disagree with a verdict that may be written.
  std::vector<const Claim*> DriftOf(const Observed& observed) const;
  // Whether times that this resource says differ and are accepted: all of its times are left alone then.
  bool KeepsTimes(const Observed& observed) const;
  // What a claim should say.
  Value TargetFor(const Observed& observed, const Claim& claim) const;

  std::string Id(Verb verb, std::string_view store, std::string_view resource) const;
  // Adds an action; its approval follows from the verb, the policy and `notifies`.
  Action& Add(Verb verb, const std::string& store, const std::string& resource, Change change, std::string reason, std::string undo,
              bool notifies = false);
  void Note(std::string text);
};

// Whether the claim is the date that a start holds in itself: written with that start, and by no other write.
bool StandsInStart(const Observed& observed, const Claim& claim);
// Whether a store keeps the field to itself.
bool IsPrivate(const FleetConfig& fleet, const std::string& store, const std::string& field);
// The actions that correct the stores upstream of `store`, for the needs of an action on the copy.
std::vector<std::string> UpstreamActions(const Draft& draft, const std::string& store);

// In the order they are called. Pages come first: the others need their edits.
void PlanPages(Draft& draft);       // back_up_page, edit_page
// One page alone: a duplicate that stays for now has to tell the truth, too.
void PlanPage(Draft& draft, const Observed& page);
void PlanRecords(Draft& draft);     // repoint_record, update_record
void PlanRetirements(Draft& draft); // back_up_page, retire_page
void PlanInvalidations(Draft& draft);
void PlanListings(Draft& draft);    // manual_task
void PlanEvents(Draft& draft);      // update_event
void PlanCards(Draft& draft);       // move_card
void PlanMessages(Draft& draft);    // manual_task
void PlanHandoff(Draft& draft);     // leave_handoff

// A manual task on any store: what nobody may or can write for a person.
void AddManualTask(Draft& draft, const Observed& observed, const std::string& instruction, Attributes from, Attributes to);

// Sorts the actions so that each stands after what it needs, else by verb, store and resource.
void OrderActions(std::vector<Action>& actions);

std::vector<Brake> BrakesOf(const FleetConfig& fleet, const Snapshot& snapshot, const SnapshotIndex& index, const Plan& plan);

}  // namespace evenkeel
