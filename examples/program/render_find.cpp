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

void AddFound(Sheet& sheet, const Found& found, Instant now) {
  sheet.AddHeading(2, {found.title, {"  booking " + found.booking, Tone::kDim}});
  if (found.page) sheet.Add(1, {{"page: ", Tone::kDim}, {found.page->ToString(), Tone::kStrong}});
  for (const Resource& page : found.unread_pages) sheet.Add(1, {{"could not be read: ", Tone::kBad}, {page.ToString(), Tone::kStrong}});
  for (const std::string& url : found.public_urls) sheet.Add(1, {{"seen at: ", Tone::kDim}, url});
  AddFeatures(sheet, found);
  for (const Resource& page : found.other_pages) sheet.Add(1, {{"duplicate of it: ", Tone::kBad}, page.ToString()});
  constexpr std::size_t kReasonsShown = 8;  // the strongest; --json has all
  for (std::size_t i = 0; i < found.why.size() && i < kReasonsShown; ++i) sheet.Add(1, {{"because: ", Tone::kDim}, found.why[i]});
  if (found.why.size() > kReasonsShown) sheet.Add(1, {{"and " + Count(found.why.size() - kReasonsShown, "reason") + " more (--json shows them)", Tone::kDim}});
  sheet.Add(1, LeaseWords(found.lease, now));
  AddHandoff(sheet, found.handoff, 1);
}

// What to do about the one booking that fits.
Piece AnswerOf(const FindAnswer& answer) {
  const Found& found = answer.bookings.front();
  if (found.page) return {"It exists. Do not create another page: change this one.", Tone::kWarn};
  if (!found.unread_pages.empty()) {
    return {"It has a page that could not be read: " + found.unread_pages.front().ToString() + ". Do not create another.", Tone::kWarn};
  }
  if (!answer.unread.empty()) return {"The booking exists. No page of it was seen, and not everything was read: look before you create one.", Tone::kWarn};
  return {"The booking exists. It has no page yet.", Tone::kWarn};
}

void AddReserved(Sheet& sheet, const FindAnswer& answer) {
  sheet.Add(0, {{"Somebody is about to create it. Do not create another: wait, then ask again.", Tone::kWarn}});
  for (const Reservation& one : answer.reserved) {
    const std::string whose = one.guest.empty() || one.id.empty() ? one.guest + one.id : one.guest + ", " + one.id;
    sheet.Add(1, {{"reserved by ", Tone::kDim}, {one.holder, Tone::kStrong}, " until " + FormatInstant(one.until) + " for " + whose});
  }
}

void AddNoMatch(Sheet& sheet, const FindAnswer& answer, const std::optional<Reservation>& mine) {
  if (!answer.reserved.empty()) AddReserved(sheet, answer);
  if (mine) sheet.Add(0, {{"Reserved", Tone::kGood}, " for ", {mine->holder, Tone::kStrong}, " until " + FormatInstant(mine->until) + ": nobody else is told to create it before."});
  if (answer.may_hide.empty()) {
    if (!answer.reserved.empty()) return AddUnread(sheet, answer.unread);
    const bool all = answer.unread.empty();
    sheet.Add(0, {{"Nothing is known of it.", Tone::kGood}, all ? " No system has such a booking: a new page would be the first."
                                                                : " No page was left unread that could be its: a new page would be the first."});
    return AddUnread(sheet, answer.unread);
  }
  sheet.Add(0, {{"Nobody knows. Do not create a page yet: what was read has no such booking, but it may be in what was not read.", Tone::kWarn}});
  AddUnread(sheet, answer.may_hide);
  sheet.Add(0, {"Make these readable, or exclude what is no guest page in the fleet file, then ask again."});
}

}  // namespace

Sheet RenderAnswer(const FindAnswer& answer, const FindQuery& query, const std::optional<Reservation>& mine, Instant now) {
  Sheet sheet;
  sheet.title = "Find " + QueryWords(query);
  sheet.AddHeading(1, {"Find: " + QueryWords(query)});
  if (answer.bookings.empty()) {
    AddNoMatch(sheet, answer, mine);
    return sheet;
  }
  if (answer.bookings.size() == 1) {
    sheet.Add(0, {AnswerOf(answer)});
  } else {
    sheet.Add(0, {{Count(answer.bookings.size(), "booking") + " fit. Say which one with --id before you touch anything.", Tone::kWarn}});
  }
  for (const Found& one : answer.bookings) AddFound(sheet, one, now);
  AddUnread(sheet, answer.unread);
  return sheet;
}

}  // namespace evenkeel::program
