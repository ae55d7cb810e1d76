// A machine-written mention (ISO, iCalendar, epoch, Date arguments) taken to a new wall-clock value.
#include "read/bytes.h"
#include "read/placing.h"
#include "read/rewrite.h"

namespace evenkeel {
namespace {

std::string OffsetLike(std::string_view sample, std::chrono::seconds offset) {
  const long long total = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  const long long size = total < 0 ? -total : total;
  std::string text(1, total < 0 ? '-' : '+');
  text += PaddedNumber(size / 60, 2);
  if (sample.find(':') != std::string_view::npos) text += ":";
  if (sample.size() > 3) text += PaddedNumber(size % 60, 2);
  return text;
}

class InstantRewriter {
 public:
  InstantRewriter(std::string_view bytes, const Mention& mention, const ReadOptions& options) : bytes_(bytes), mention_(mention), options_(options) {}

  Rewrite Run(const MentionGoal& goal) {
    LocalDateTime target = *goal.start;
    if (!mention_.written) {  // a clock alone
      Fields(date::local_days(Date(date::year(2000), date::month(1), date::day(1))) + std::chrono::minutes(target.minutes));
      return rewrite_;
    }
    if (!target.date) target.date = mention_.ref.date;
    const LocalSeconds local(date::local_days(*target.date).time_since_epoch() + std::chrono::minutes(target.minutes) + std::chrono::seconds(mention_.second));
    if (!mention_.utc) {
      Fields(local);
      return rewrite_;
    }
    const std::optional<Placing> there = Place(local);
    if (!there) {
      rewrite_.problem = "without a zone source its instant cannot be placed";
      return rewrite_;
    }
    if (there->skipped) {
      rewrite_.problem = FormatMinutes(target.minutes) + " does not exist on " + FormatDate(*target.date) + ": the clocks skip it";
      return rewrite_;
    }
    Instants(*there);
    return rewrite_;
  }

 private:
  // In the hour that is repeated, the one with the offset that it has now.
  std::optional<Placing> Place(LocalSeconds local) const {
    if (options_.zones == nullptr) {
      if (options_.zone != "UTC") return std::nullopt;
      return Placing{Instant(local.time_since_epoch()), std::chrono::seconds(0), "UTC", false};
    }
    const std::vector<Placing> placings = PlacingsOf(*options_.zones, options_.zone, local);
    for (const Placing& placing : placings) {
      if (placing.offset == OffsetBefore()) return placing;
    }
    return placings.empty() ? std::nullopt : std::optional(placings.front());
  }

  void Instants(const Placing& there) {
    if (mention_.form == MentionForm::kEpochSeconds || mention_.form == MentionForm::kEpochMillis) return Epoch(there.instant);
    std::chrono::seconds offset = std::chrono::minutes(*mention_.offset_minutes);
    const Part* written = Find(PartKind::kOffset);
    const bool z = written == nullptr || ToLower(written->text) == "z";
    if (!z && OffsetBefore() == offset && there.offset != offset) {  // the zone's own offset follows its rules
      offset = there.offset;
      if ((offset.count() < 0) != (written->text[0] == '-') && written->glyphs[0].size() != 1) rewrite_.problem = "the offset's sign is escaped";
      ReplacePart(bytes_, *written, OffsetLike(written->text, offset), &rewrite_.edits);
    }
    Fields(LocalSeconds(there.instant.time_since_epoch() + offset));
  }

  // The zone's offset at the instant as it is written now.
  std::optional<std::chrono::seconds> OffsetBefore() const {
    if (options_.zones == nullptr || !mention_.ref.instant) return std::nullopt;
    const StatusOr<ZonedTime> zoned = options_.zones->ToLocal(options_.zone, *mention_.ref.instant);
    if (!zoned.ok()) return std::nullopt;
    return zoned->offset;
  }

  void Epoch(Instant instant) {
    const Part* part = Find(PartKind::kEpoch);
    const long long seconds = instant.time_since_epoch().count();
    std::string text = std::to_string(seconds);
    if (mention_.form == MentionForm::kEpochMillis) text += part->text.substr(part->text.size() - 3);
    // Seconds inside the minute stay.
    ReplacePart(bytes_, *part, text, &rewrite_.edits);
  }

  const Part* Find(PartKind kind) const {
    for (const Part& part : mention_.parts) {
      if (part.kind == kind) return &part;
    }
    return nullptr;
  }

  void Fields(LocalSeconds local) {
    const auto day = date::floor<date::days>(local);
    const Date calendar{date::local_days(day)};
    if (mention_.written && Find(PartKind::kYear) == nullptr && mention_.form == MentionForm::kIso && day != date::floor<date::days>(*mention_.written)) {
      rewrite_.problem = "its day stands elsewhere, and would have to change with it";
      return;
    }
    const auto clock = date::hh_mm_ss<std::chrono::seconds>(local - day);
    const bool minute_written = Find(PartKind::kMinute) != nullptr;
    for (const Part& part : mention_.parts) {
      const bool arguments = mention_.form == MentionForm::kArguments;
      const std::size_t width = arguments && part.text[0] != '0' ? 1 : part.text.size();
      switch (part.kind) {
        case PartKind::kYear: Set(part, static_cast<int>(calendar.year()), width); break;
        case PartKind::kMonth: Set(part, static_cast<int>(static_cast<unsigned>(calendar.month())) - (mention_.month_from_zero ? 1 : 0), arguments && part.text == "0" ? 1 : width); break;
        case PartKind::kDay: Set(part, static_cast<int>(static_cast<unsigned>(calendar.day())), width); break;
        case PartKind::kHour:
          Set(part, clock.hours().count(), arguments && part.text == "0" ? 1 : width);
          if (!minute_written && clock.minutes().count() != 0) rewrite_.edits.push_back({{part.glyphs.back().end, part.glyphs.back().end}, ", " + std::to_string(clock.minutes().count())});
          break;
        case PartKind::kMinute: Set(part, clock.minutes().count(), arguments && part.text == "0" ? 1 : width); break;
        case PartKind::kSecond: case PartKind::kWeekday: case PartKind::kOrdinal: case PartKind::kMeridiem: case PartKind::kPhrase: case PartKind::kOffset:
        case PartKind::kZone: case PartKind::kEpoch: break;
      }
    }
  }

  void Set(const Part& part, long long value, std::size_t width) { ReplacePart(bytes_, part, PaddedNumber(value, width), &rewrite_.edits); }

  std::string_view bytes_;
  const Mention& mention_;
  const ReadOptions& options_;
  Rewrite rewrite_;
};

}  // namespace

Rewrite RewriteInstant(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const ReadOptions& options) {
  return InstantRewriter(bytes, mention, options).Run(goal);
}

}  // namespace evenkeel
