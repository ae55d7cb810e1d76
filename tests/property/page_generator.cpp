#include "property/page_generator.h"

namespace evenkeel::property {
namespace {

constexpr int kDay = 24 * 60;

std::string Without(std::string text, std::string_view characters) {
  std::erase_if(text, [&](char c) { return characters.find(c) != std::string_view::npos; });
  return text;
}

}  // namespace

std::string PageGenerator::Make() {
  lower_ = Pick(3) == 0;
  line_end_ = Pick(2) ? "\n" : "\r\n";
  start_ = 7 * 60 + Pick(29) * 30;
  end_ = start_ + 60 + Pick(9) * 30;
  std::string page = One({"", "\xEF\xBB\xBF"}) + "<!DOCTYPE html>" + line_end_ + "<title>Sail</title>" + line_end_;
  page += One({"<h2>", "<p>"}) + LongDate() + line_end_;
  page += "<p>" + One({"Time: ", "Sail: ", "When: ", "Charter: "}) + Range() + "</p>" + line_end_;
  page += "<p>" + One({"Arrive by ", "Please arrive at ", "Boarding: ", "Check-in: "}) + Clock(start_ - 30) + One({".", "", ", please!"}) + "</p>" + line_end_;
  if (Pick(2)) page += "<ul><li><b>" + Clock(start_) + "</b> We cast off</li><li><b>" + Clock(end_) + "</b> Back at the dock</li></ul>" + line_end_;
  return page + Carriers() + Scripts() + Others();
}

std::string PageGenerator::Gap() { return One({" ", "", "&nbsp;", "\xC2\xA0", "&#8239;", " <b></b>"}); }

std::string PageGenerator::Clock(int minutes) {
  minutes = (minutes + kDay) % kDay;
  const std::string minute = FormatMinutes(minutes).substr(3);
  const char* const meridiem = minutes < 720 ? (lower_ ? "am" : "AM") : (lower_ ? "pm" : "PM");
  return std::to_string((minutes / 60 + 11) % 12 + 1) + ":" + minute + Gap() + meridiem;
}

std::string PageGenerator::Range() {
  const std::string dash = One({" – ", "-", "&ndash;", " to ", "\xE2\x80\x94", "&#x2013;", "\xE2\x80\x91", " &ndash;&nbsp;"});
  const std::string first = Clock(start_);
  if (Pick(4) == 0) return FormatMinutes(start_) + " – " + FormatMinutes(end_ % kDay);
  if (Pick(3) == 0 && (start_ < 720) == (end_ < 720) && end_ < kDay) return first.substr(0, first.find(':') + 3) + dash + Clock(end_);
  return first + dash + Clock(end_);
}

std::string PageGenerator::LongDate() const { return date::format("%A, %B ", date::sys_days(occasion_.date)) + std::to_string(static_cast<unsigned>(occasion_.date.day())) + date::format(", %Y", occasion_.date); }

Instant PageGenerator::At(int minutes) const {
  return zones_.ToInstant(occasion_.zone, date::local_days(occasion_.date) + std::chrono::minutes(minutes))->instant;
}

std::string PageGenerator::Offset(int minutes) const {
  const auto offset = std::chrono::duration_cast<std::chrono::minutes>(zones_.ToLocal(occasion_.zone, At(minutes))->offset).count();
  return (offset < 0 ? "-" : "+") + FormatMinutes(static_cast<int>(offset < 0 ? -offset : offset));
}

std::string PageGenerator::Local(int minutes) const {
  const LocalDateTime at = AddMinutes({occasion_.date, 0}, minutes);
  return FormatDate(*at.date) + "T" + FormatMinutes(at.minutes);
}

std::string PageGenerator::Compact(int minutes) const { return Without(FormatInstant(At(minutes)), "-:"); }

std::string PageGenerator::Carriers() {
  std::string out;
  const auto add = [&](const std::string& piece) {
    if (Pick(3) == 0) out += piece + line_end_;
  };
  add("<script type=\"application/ld+json\">{\"@type\":\"Event\",\"startDate\":\"" + Local(start_) + ":00" + Offset(start_) + "\",\"endDate\":\"" + Local(end_) + ":00" + Offset(end_) + "\"}</script>");
  add("<p><time datetime=\"" + Local(start_) + "\">" + Clock(start_) + "</time></p>");
  add("<meta property=\"og:description\" content=\"Sail " + Range() + "\">");
  add("<img src=x.jpg alt=\"Departure at " + Clock(start_) + "\">");
  add("<div data-start=\"" + FormatMinutes(start_) + "\" data-end=\"" + FormatMinutes(end_ % kDay) + "\"></div>");
  add("<a href=\"https://calendar.google.com/calendar/render?action=TEMPLATE&amp;dates=" + Compact(start_) + "/" + Compact(end_) + "\">add</a>");
  add("<div class=h-event><time class=dt-start datetime=\"" + Local(start_) + Offset(start_) + "\">then</time></div>");
  return out;
}

std::string PageGenerator::Scripts() {
  std::string out;
  const auto add = [&](const std::string& piece) {
    if (Pick(4) == 0) out += "<script>" + piece + "</script>" + line_end_;
  };
  add("const SAIL_START_UTC = \"" + FormatInstant(At(start_)) + "\";");
  add("const startsAt = " + std::to_string(At(start_).time_since_epoch().count()) + ";");
  add("const startsAt = " + std::to_string(At(start_).time_since_epoch().count()) + "000;");
  add("const booking = { start: '" + FormatMinutes(start_) + "', end: '" + FormatMinutes(end_ % kDay) + "' };");
  add("const FLIP_UTC = \"" + FormatInstant(At(end_)) + "\"; // the end of the sail");
  if (Pick(3) == 0) {
    const Instant cutoff = At(20 * 60) - std::chrono::hours(24 * 5);
    out += "<p>Reply by " + date::format("%A", date::sys_days(occasion_.date) - date::days(5)) + " 8:00 PM</p>" + line_end_;
    out += "<script>const REPLY_CUTOFF = \"" + FormatInstant(cutoff) + "\";</script>" + line_end_;
  }
  return out;
}

std::string PageGenerator::Others() {
  std::string out;
  if (Pick(2)) out += "<p>Office hours: Mon–Fri 9:00 AM – 5:00 PM, call 619-555-0130</p>" + line_end_;
  if (Pick(2)) out += "<p>Sunset " + Clock(19 * 60 + 48) + " &amp; ratio 16:9, version 4.30.2, $4.30, John 3:16</p>" + line_end_;
  if (Pick(3) == 0) out += std::string("bad \xFF bytes \x01 and </b></div> ends") + line_end_;
  if (Pick(4) == 0) out += "<!-- built 2026-05-09 16:30:07 -->" + line_end_;
  return out;
}

}  // namespace evenkeel::property
