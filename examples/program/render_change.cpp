// What one action changes, old over new.
#include <algorithm>
#include <utility>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

constexpr std::size_t kHashDigitsShown = 12;

std::string JsonWords(const Json& value) { return value.is_string() ? value.get<std::string>() : DumpJson(value); }

std::string ShortHash(const std::string& hash) {
  const std::size_t begin = hash.starts_with("sha256:") ? 7 : 0;
  return hash.substr(begin, kHashDigitsShown) + "…";
}

// One value over another on one line; long ones as a small diff. An empty `before` was not stated.
void AddValue(Sheet& sheet, const std::string& name, const std::string& before, const std::string& after, int indent) {
  constexpr std::size_t kShortColumns = 40;
  const std::string old = before.empty() ? "(not stated)" : before;
  if (DisplayWidth(old) > kShortColumns || DisplayWidth(after) > kShortColumns) return sheet.AddReplacement(indent, name, old, after);
  sheet.Add(indent, {{name + ": ", Tone::kDim}, {old, Tone::kBad}, " → ", {after, Tone::kGood}});
}

void AddAttributes(Sheet& sheet, const Attributes& from, const Attributes& to, int indent) {
  for (const auto& [name, value] : to) {
    const auto old = from.find(name);
    if (old != from.end() && old->second == value) continue;
    AddValue(sheet, name, old == from.end() ? "" : JsonWords(old->second), JsonWords(value), indent);
  }
}

// Wraps one optional member of an event.
template <typename T, typename Show>
void AddMember(Sheet& sheet, const char* name, const std::optional<T>& from, const std::optional<T>& to, int indent, Show show) {
  if (to && from != to) AddValue(sheet, name, from ? show(*from) : "", show(*to), indent);
}

struct ChangeWriter {
  Sheet& sheet;
  int indent;

  void operator()(const BackUpPage& change) const {
    sheet.Add(indent, {{"keeps its exact bytes (SHA-256 " + ShortHash(change.sha256) + ") as backup " + change.blob, Tone::kDim}});
  }
  void operator()(const EditPage& change) const {
    for (const EditNote& note : change.moved) {
      sheet.AddReplacement(indent, "line " + std::to_string(note.line) + ", " + Label(note.carrier) + ", " + Label(note.role), note.text, note.becomes);
    }
    std::size_t bytes = 0;
    for (const Edit& edit : change.edits) bytes += edit.span.size();
    sheet.Add(indent, {{Count(change.edits.size(), "place") + ", " + Count(bytes, "byte") + " replaced; every other byte of the page stays as it is", Tone::kDim}});
  }
  void operator()(const SetAttributes& change) const { AddAttributes(sheet, change.from, change.to, indent); }
  void operator()(const RetirePage& change) const {
    const std::string survivor = change.survivor.ToString();
    sheet.Add(indent, {change.redirect ? "leaves a small page that leads a guest with the old link to " + survivor
                                       : "deletes it; " + survivor + " stays, and the bytes are kept as backup " + change.backup});
  }
  void operator()(const InvalidatePaths& change) const {
    for (const std::string& path : change.paths) sheet.Add(indent, {"drops the cached copies of " + path});
  }
  void operator()(const UpdateEvent& change) const {
    const std::string zone = change.to.zone.empty() ? "" : " " + change.to.zone;
    const auto time = [&](const LocalDateTime& value) { return ShowValue(Value(value), std::nullopt) + zone; };
    const auto text = [](const std::string& value) { return value; };
    AddMember(sheet, "start", change.from.start, change.to.start, indent, time);
    AddMember(sheet, "end", change.from.end, change.to.end, indent, time);
    AddMember(sheet, "summary", change.from.summary, change.to.summary, indent, text);
    AddMember(sheet, "description", change.from.description, change.to.description, indent, text);
    AddMember(sheet, "status", change.from.status, change.to.status, indent, text);
  }
  void operator()(const ManualTask& change) const {
    sheet.Add(indent, {{change.instruction, Tone::kStrong}});
    AddAttributes(sheet, change.from, change.to, indent);
  }
  void operator()(const MoveCard& change) const { AddValue(sheet, "lane", change.from_lane, change.to_lane, indent); }
  void operator()(const LeaveHandoff& change) const {
    sheet.Add(indent, {{"note for the next writer:", Tone::kDim}});
    AddLines(sheet, change.note, indent + 1);
  }
};

}  // namespace

std::string VerbWords(Verb verb) {
  switch (verb) {
    case Verb::kBackUpPage: return "back up the page";
    case Verb::kEditPage: return "edit the page";
    case Verb::kRepointRecord: return "point the record to the right page";
    case Verb::kUpdateRecord: return "update the record";
    case Verb::kRetirePage: return "retire the page";
    case Verb::kInvalidatePaths: return "clear the edge cache";
    case Verb::kUpdateEvent: return "update the calendar event";
    case Verb::kManualTask: return "a person's task";
    case Verb::kMoveCard: return "move the card";
    case Verb::kLeaveHandoff: return "leave a handoff";
  }
  return "";
}

void AddLines(Sheet& sheet, const std::string& text, int indent) {
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) sheet.Add(indent, {text.substr(at, end - at)});
    at = end + 1;
  }
}

void AddChange(Sheet& sheet, const Action& action, int indent) { std::visit(ChangeWriter{sheet, indent}, action.change); }

}  // namespace evenkeel::program
