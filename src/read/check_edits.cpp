// The second opinion: both pages parsed anew, compared piece by piece.
#include <algorithm>

#include "evenkeel/edit.h"
#include "read/edit_plan.h"
#include "read/stream.h"

namespace evenkeel {
namespace {

Status Differs(const std::string& what) { return Status(Code::kInternal, "the edited page must not be written: " + what); }

Status CompareTrees(std::string_view before, std::string_view after, const Edits& edits, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const PageStream old_stream, FeedFromGumbo(before, options.limits, options.keep_going));
  EVENKEEL_ASSIGN_OR_RETURN(const PageStream new_stream, FeedFromGumbo(after, options.limits, options.keep_going));
  if (old_stream.pieces.size() != new_stream.pieces.size()) return Differs("its tree has another number of nodes");
  for (std::size_t i = 0; i < old_stream.pieces.size(); ++i) {
    const StreamPiece& a = old_stream.pieces[i];
    const StreamPiece& b = new_stream.pieces[i];
    if (a.kind != b.kind || a.name != b.name || a.attribute_count != b.attribute_count) return Differs("node " + std::to_string(i) + " is another");
    if (a.span.empty() != b.span.empty()) return Differs("node " + std::to_string(i) + " lost its place");
    if (a.span.empty()) continue;
    // An insertion at the very start of a text belongs to the text; one in front of a tag belongs to what ends there.
    const bool tag = a.kind != PieceKind::kText && a.kind != PieceKind::kRaw;
    if (MapForward(edits.edits, a.span.begin, tag) != b.span.begin) return Differs("node " + std::to_string(i) + " begins elsewhere");
    for (std::size_t k = 0; k < a.attribute_count; ++k) {
      if (old_stream.attributes[a.first_attribute + k].name != new_stream.attributes[b.first_attribute + k].name) return Differs("an attribute has another name");
    }
  }
  return OkStatus();
}

Status CompareFeatures(const Reading& before, const Reading& after) {
  for (const Feature& feature : before.features) {
    const bool kept = std::any_of(after.features.begin(), after.features.end(),
                                  [&](const Feature& now) { return now.name == feature.name && now.complete >= feature.complete; });
    if (!kept) return Differs("the feature " + feature.name + " is gone");
  }
  return OkStatus();
}

const EditNote* FindNote(const std::vector<EditNote>& notes, Span span) {
  for (const EditNote& note : notes) {
    if (note.span == span) return &note;
  }
  return nullptr;
}

Status CompareReadings(const Reading& before, const Reading& after, const Edits& edits) {
  if (before.times.size() != after.times.size()) return Differs("it mentions another number of times");
  for (std::size_t i = 0; i < before.times.size(); ++i) {
    const TimeReference& a = before.times[i];
    const TimeReference& b = after.times[i];
    const std::string where = "“" + a.text + "” in line " + std::to_string(a.line);
    if (MapForward(edits.edits, a.span.begin, false) != b.span.begin) return Differs(where + " stands elsewhere");
    if (a.role != b.role || a.carrier != b.carrier) return Differs(where + " is read as " + std::string(RoleName(b.role)) + " now");
    if (const EditNote* moved = FindNote(edits.moved, a.span)) {
      if (b.text != moved->becomes) return Differs(where + " reads “" + b.text + "” instead of “" + moved->becomes + "”");
    } else if (a.text != b.text || a.start != b.start || a.end != b.end) {
      return Differs(where + " was not to change, but reads “" + b.text + "”");
    }
  }
  return OkStatus();
}

}  // namespace

Status CheckEdits(std::string_view before, std::string_view after, const Edits& edits, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string expected, ApplyEdits(before, edits.edits));
  if (expected != after) return Differs("bytes outside the edits changed");
  EVENKEEL_ASSIGN_OR_RETURN(const Reading old_reading, ReadPage(before, options));
  EVENKEEL_ASSIGN_OR_RETURN(const Reading new_reading, ReadPage(after, options));
  if (old_reading.engine == "gumbo") EVENKEEL_RETURN_IF_ERROR(CompareTrees(before, after, edits, options));
  EVENKEEL_RETURN_IF_ERROR(CompareFeatures(old_reading, new_reading));
  return CompareReadings(old_reading, new_reading, edits);
}

}  // namespace evenkeel
