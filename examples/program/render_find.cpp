#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

std::string QueryWords(const FindQuery& query) {
  std::string words = query.date ? FormatDate(*query.date) : "any date";
  if (!query.guest.empty()) words += ", guest " + query.guest;
  if (!query.id.empty()) words += ", identifier " + query.id;
  return words;
}

void AddFeatures(Sheet& sheet, const Found& found) {
  std::string complete, partial;
  for (const Feature& feature : found.features) {
    std::string& list = feature.complete ? complete : partial;
    list += (list.empty() ? "" : ", ") + feature.name;
  }
  if (!complete.empty()) sheet.Add(1, {{"it can: ", Tone::kDim}, complete});
  if (!partial.empty()) sheet.Add(1, {{"only in part: ", Tone::kWarn}, partial});
}

void AddFound(Sheet& sheet, const Found& found) {
  sheet.AddHeading(2, {found.title, {"  booking " + found.booking, Tone::kDim}});
  if (found.page) {
    sheet.Add(1, {{"page: ", Tone::kDim}, {found.page->ToString(), Tone::kStrong}});
  } else {
    sheet.Add(1, {{"It has no page yet.", Tone::kWarn}});
  }
  for (const std::string& url : found.public_urls) sheet.Add(1, {{"seen at: ", Tone::kDim}, url});
  AddFeatures(sheet, found);
  for (const Resource& page : found.other_pages) sheet.Add(1, {{"duplicate of it: ", Tone::kBad}, page.ToString()});
  constexpr std::size_t kReasonsShown = 8;  // the strongest; --json has all
  for (std::size_t i = 0; i < found.why.size() && i < kReasonsShown; ++i) sheet.Add(1, {{"because: ", Tone::kDim}, found.why[i]});
  if (found.why.size() > kReasonsShown) sheet.Add(1, {{"and " + Count(found.why.size() - kReasonsShown, "reason") + " more (--json shows them)", Tone::kDim}});
  if (!found.handoff) {
    sheet.Add(1, {{"No handoff was left.", Tone::kDim}});
    return;
  }
  sheet.Add(1, {{"last handoff, " + FormatInstant(found.handoff->at) + " by " + found.handoff->by + ":", Tone::kDim}});
  AddLines(sheet, found.handoff->note, 2);
}

}  // namespace

Sheet RenderFound(const std::vector<Found>& found, const FindQuery& query) {
  Sheet sheet;
  sheet.title = "Find " + QueryWords(query);
  sheet.AddHeading(1, {"Find: " + QueryWords(query)});
  if (found.empty()) {
    sheet.Add(0, {{"Nothing is known of it.", Tone::kGood}, " No system has such a booking: a new page would be the first."});
  } else if (found.size() == 1) {
    sheet.Add(0, {found[0].page ? Piece("It exists. Do not create another page: change this one.", Tone::kWarn) : Piece("The booking exists.", Tone::kWarn)});
  } else {
    sheet.Add(0, {{Count(found.size(), "booking") + " fit. Say which one with --id before you touch anything.", Tone::kWarn}});
  }
  for (const Found& one : found) AddFound(sheet, one);
  return sheet;
}

}  // namespace evenkeel::program
