// Who may change a booking, and what the last one left to be known.
#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

std::string FromNow(Instant until, Instant now) {
  const auto left = (until - now).count();
  return left < 120 ? Count(static_cast<std::size_t>(left), "second") : Count(static_cast<std::size_t>(left / 60), "minute");
}

}  // namespace

Words LeaseWords(const std::optional<Lease>& lease, Instant now) {
  if (!lease || lease->holder.empty()) return {{"leased to nobody", Tone::kDim}};
  const Piece holder = {lease->holder, Tone::kStrong};
  if (now < lease->until) {
    const std::string under = lease->run.empty() ? "" : "; " + lease->run + " works under it";
    return {{"leased to ", Tone::kWarn}, holder, {" until " + FormatInstant(lease->until) + ", " + FromNow(lease->until, now) + " from now" + under}};
  }
  Words words = {{"the lease of ", Tone::kWarn}, holder, {" ran out at " + FormatInstant(lease->until) + " and was never given back"}};
  words.push_back(lease->IsTaken(now) ? "; others may take it over in " + FromNow(lease->until + kLeaseSkew, now)
                                      : std::string("; whoever takes it over fences what is still under way"));
  return words;
}

void AddHandoff(Sheet& sheet, const std::optional<Handoff>& handoff, int indent) {
  if (!handoff) return sheet.Add(indent, {{"No handoff was left.", Tone::kDim}});
  sheet.Add(indent, {{"last handoff, " + FormatInstant(handoff->at) + " by " + handoff->by + ":", Tone::kDim}});
  AddLines(sheet, handoff->note, indent + 1);
}

Sheet RenderLease(const std::string& booking, const std::optional<Lease>& lease, Instant now) {
  Sheet sheet;
  sheet.title = "Lease of " + booking;
  Words words = {{"booking " + (lease ? lease->booking : booking) + ": "}};
  for (Piece& piece : LeaseWords(lease, now)) words.push_back(std::move(piece));
  if (lease) words.push_back({" (fence " + std::to_string(lease->fence) + ")", Tone::kDim});
  sheet.Add(0, std::move(words));
  return sheet;
}

Sheet RenderHandoff(const std::string& booking, const std::optional<Handoff>& handoff) {
  Sheet sheet;
  sheet.title = "Handoff of " + booking;
  sheet.AddHeading(2, {{"booking " + (handoff ? handoff->booking : booking)}});
  AddHandoff(sheet, handoff, 1);
  return sheet;
}

}  // namespace evenkeel::program
