#include "stores/local/calendar_text.h"

#include <algorithm>

namespace evenkeel {
namespace {

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

Status Refuse(std::size_t line, const std::string& why) {
  return {Code::kInvalidArgument, "line " + std::to_string(line) + ": " + why};
}

std::string Beginning(std::string_view text) {
  std::string shown;
  for (const char c : text.substr(0, 40)) shown.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c);
  return shown;
}

// The physical line that begins at `at`: its content and where the next begins.
struct PhysicalLine {
  std::string_view content;
  std::size_t next = 0;
  std::string_view ending;
};
PhysicalLine LineAt(std::string_view text, std::size_t at) {
  const std::size_t newline = text.find('\n', at);
  if (newline == std::string_view::npos) return {text.substr(at), text.size(), {}};
  const std::size_t end = newline > at && text[newline - 1] == '\r' ? newline - 1 : newline;
  return {text.substr(at, end - at), newline + 1, text.substr(end, newline + 1 - end)};
}

// Colons inside quoted parameter values do not end the head.
std::size_t EndOfHead(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i;
  }
  return std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), at_(text.starts_with("\xef\xbb\xbf") ? 3 : 0) {}

  StatusOr<CalendarText> Run() {
    while (at_ < text_.size()) {
      ContentLine line;
      EVENKEEL_ASSIGN_OR_RETURN(const bool blank, Next(line));
      if (!blank) EVENKEEL_RETURN_IF_ERROR(Take(std::move(line)));
    }
    if (!open_.empty()) return Refuse(number_, "the file ends inside " + open_.back() + "; it was cut off");
    if (!seen_calendar_) return Refuse(1, "the file is empty; a calendar begins with BEGIN:VCALENDAR");
    return std::move(result_);
  }

 private:
  // One content line with its folded parts. True: a blank line, which some programs write at the end.
  StatusOr<bool> Next(ContentLine& line) {
    line.span.begin = at_;
    line.line = ++number_;
    std::string unfolded;
    for (bool first = true;; first = false) {
      const PhysicalLine physical = LineAt(text_, at_);
      unfolded += first ? physical.content : physical.content.substr(1);
      line.ending = physical.ending;
      at_ = physical.next;
      if (!first) ++number_;
      if (at_ >= text_.size() || (text_[at_] != ' ' && text_[at_] != '\t')) break;
    }
    line.span.end = at_;
    if (unfolded.find_first_not_of(" \t") == std::string::npos) return true;
    const std::size_t end = EndOfHead(unfolded);
    if (!seen_calendar_ && Upper(unfolded) != "BEGIN:VCALENDAR") {
      return Refuse(line.line, "this is no calendar: it begins with \"" + Beginning(unfolded) + "\", not with BEGIN:VCALENDAR");
    }
    if (end == std::string::npos) return Refuse(line.line, "\"" + Beginning(unfolded) + "\" has no colon, so it is no property");
    line.head = unfolded.substr(0, end);
    line.value = unfolded.substr(end + 1);
    line.name = Upper(line.head.substr(0, line.head.find(';')));
    return false;
  }

  Status Take(ContentLine line) {
    seen_calendar_ = true;
    if (line.name == "BEGIN") return Begin(line);
    if (line.name == "END") return End(line);
    if (open_.empty()) return Refuse(line.line, "\"" + Beginning(line.name) + "\" stands outside the calendar");
    if (open_.back() == "VTIMEZONE" && line.name == "TZID") zone_ = &result_.zones[line.value];
    if (open_.back() == "VTIMEZONE" && line.name == "X-LIC-LOCATION" && zone_ != nullptr && zone_->empty()) *zone_ = line.value;
    if (IsInEvent()) result_.events.back().lines.push_back(std::move(line));
    return OkStatus();
  }

  Status Begin(const ContentLine& line) {
    if (open_.size() >= 16) return Refuse(line.line, "components are nested deeper than 16");
    open_.push_back(Upper(line.value));
    if (IsInEvent()) result_.events.push_back({{line.span.begin, line.span.end}, line.line, {}});
    return OkStatus();
  }

  Status End(const ContentLine& line) {
    if (open_.empty() || open_.back() != Upper(line.value)) {
      return Refuse(line.line, "END:" + Beginning(line.value) + " closes nothing" + (open_.empty() ? "" : "; " + open_.back() + " is open"));
    }
    if (IsInEvent()) result_.events.back().span.end = line.span.end;
    open_.pop_back();
    return OkStatus();
  }

  bool IsInEvent() const { return open_.size() == 2 && open_[0] == "VCALENDAR" && open_[1] == "VEVENT"; }

  std::string_view text_;
  std::size_t at_;
  std::size_t number_ = 0;
  bool seen_calendar_ = false;
  std::vector<std::string> open_;
  std::string* zone_ = nullptr;  // what is known of the zone whose TZID came last
  CalendarText result_;
};

}  // namespace

std::string ContentLine::Parameter(std::string_view parameter) const {
  bool quoted = false;
  std::size_t begin = head.find(';');
  for (std::size_t i = begin; i < head.size(); i = begin) {
    std::size_t end = i + 1;
    for (; end < head.size() && (quoted || head[end] != ';'); ++end) {
      if (head[end] == '"') quoted = !quoted;
    }
    const std::string_view one = std::string_view(head).substr(i + 1, end - i - 1);
    const std::size_t equals = one.find('=');
    if (equals != std::string_view::npos && Upper(one.substr(0, equals)) == parameter) {
      std::string_view found = one.substr(equals + 1);
      if (found.size() > 1 && found.front() == '"' && found.back() == '"') found = found.substr(1, found.size() - 2);
      return std::string(found);
    }
    begin = end;
  }
  return {};
}

const ContentLine* EventText::Find(std::string_view name) const {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const ContentLine& one) { return one.name == name; });
  return found == lines.end() ? nullptr : &*found;
}

StatusOr<CalendarText> ReadCalendarText(std::string_view text) {
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    return Refuse(1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n')),
                  "a NUL byte: this is no text");
  }
  return Reader(text).Run();
}

std::string EscapeText(std::string_view text) {
  std::string value;
  for (const char c : text) {
    if (c == '\n') value += "\\n";
    else if (c == '\\' || c == ';' || c == ',') value += {'\\', c};
    else if (c != '\r') value.push_back(c);
  }
  return value;
}

std::string UnescapeText(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) text.push_back(value[i]);
    else if (++i; value[i] == 'n' || value[i] == 'N') text.push_back('\n');
    else text.push_back(value[i]);
  }
  return text;
}

std::string FoldLine(const std::string& head, const std::string& value, const std::string& ending) {
  const std::string line = head + ":" + value;
  std::string folded;
  std::size_t width = 75;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = std::min(line.size(), at + width);
    // Not inside a UTF-8 sequence; one that is none is cut anywhere.
    for (std::size_t back = 0; back < 3 && end < line.size() && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80; ++back) --end;
    folded += (at == 0 ? "" : " ") + line.substr(at, end - at) + ending;
    at = end;
    width = 74;  // the blank counts
  }
  return folded;
}

}  // namespace evenkeel
