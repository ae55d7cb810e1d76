// Tokens that name a booking, wherever they stand: fields, attributes, meta, scripts, URLs, labelled text.
#include <algorithm>
#include <set>

#include "read/bytes.h"
#include "read/features.h"
#include "read/json_scan.h"
#include "read/words.h"

namespace evenkeel {
namespace {

// The kind an identifier's name means; empty when it means none.
std::string_view KindOfName(std::string_view name) {
  const std::string compact = CompactName(name);
  const std::string_view n = compact;
  if (Contains({"booking", "bookingid", "bookingnumber", "bookingref", "bookingkey", "reservationid", "reservationnumber", "bookingno"}, n)) return "booking";
  if (Contains({"code", "guestcode", "bookingcode", "confirmationcode", "reservationcode", "dispatchcode", "guestid", "accesscode"}, n)) return "code";
  if (Contains({"listing", "listingid", "boatsetterid", "boatsetterlisting", "marketplaceid", "getmyboatid"}, n)) return "listing";
  if (Contains({"card", "cardid", "taskid", "kanbancard", "kanbanid"}, n)) return "card";
  if (Contains({"slug", "pageslug"}, n)) return "slug";
  return {};
}

bool IsIdentifier(std::string_view value) {
  if (value.size() < 3 || value.size() > 80) return false;
  for (const char c : value) {
    if (!IsAlnum(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return IsAlnum(value[0]) && !Contains({"true", "false", "null", "undefined", "none"}, ToLower(value));
}

// A word of running text that can only be a code: it has a digit, is all capitals, or cannot be said.
bool LooksCoined(std::string_view value) {
  bool digit = false;
  bool vowel = false;
  bool lower = false;
  for (const char c : value) {
    digit = digit || IsDigit(c);
    lower = lower || (c >= 'a' && c <= 'z');
    vowel = vowel || Contains({"a", "e", "i", "o", "u", "y"}, ToLower(std::string_view(&c, 1)));
  }
  return value.size() >= 4 && (digit || !vowel || (!lower && value.size() >= 5));
}

class IdentifierFinder {
 public:
  explicit IdentifierFinder(const Page& page) : page_(page) {}

  std::vector<PageIdentifier> Find() {
    for (const Element& element : page_.elements) {
      if (!element.clone) FromElement(element);
    }
    for (const RawBlock& raw : page_.raws) {
      if (raw.kind == PieceKind::kRaw && raw.element != kNone && page_.elements[raw.element].name == "script") FromScript(raw);
    }
    for (const Flow& flow : page_.flows) {
      for (PageIdentifier& found : FindTextIdentifiers(flow.text)) found_.push_back(std::move(found));
    }
    FromLabelFlows();
    return std::move(found_);
  }

 private:
  void Add(std::string_view kind, std::string_view value, Span span) {
    if (kind.empty() || !IsIdentifier(value)) return;
    found_.push_back({std::string(kind), std::string(value), span, 0});
  }

  void FromElement(const Element& element) {
    for (std::size_t i = 0; i < element.attribute_count; ++i) {
      const StreamAttribute& attribute = page_.stream.attributes[element.first_attribute + i];
      if (attribute.value.empty()) continue;
      if (attribute.name.substr(0, 5) == "data-") {
        Add(KindOfName(std::string_view(attribute.name).substr(5)), attribute.value.In(page_.bytes), attribute.value);
      } else if (attribute.name == "href" || attribute.name == "action" || attribute.name == "src") {
        FromUrl(attribute.value, element.name == "a");
      }
    }
    if (element.name == "input") FromNamed(element, "value");
    if (element.name == "meta") {
      FromNamed(element, "content");
      if (page_.AttributeValue(element, "property") == "og:url") FromPageUrl(element, "content", "");
    }
    if (element.name == "link" && ToLower(page_.AttributeValue(element, "rel")) == "canonical") FromPageUrl(element, "href", "canonical");
  }

  void FromNamed(const Element& element, std::string_view value_name) {
    const StreamAttribute* value = page_.FindAttribute(element, value_name);
    if (value == nullptr) return;
    std::string name = page_.AttributeValue(element, "name");
    if (name.empty()) name = page_.AttributeValue(element, "property");
    Add(KindOfName(name), value->value.In(page_.bytes), value->value);
  }

  void FromPageUrl(const Element& element, std::string_view attribute_name, std::string_view kind) {
    const StreamAttribute* attribute = page_.FindAttribute(element, attribute_name);
    if (attribute == nullptr || attribute->value.empty()) return;
    if (!kind.empty()) found_.push_back({std::string(kind), page_.AttributeValue(element, attribute_name), attribute->value, 0});
    AddSlug(attribute->value, true);
  }

  // The last segment of a path, without ".html".
  void AddSlug(Span url, bool always) {
    const std::string_view bytes = url.In(page_.bytes);
    std::size_t end = std::min(bytes.find_first_of("?#"), bytes.size());
    while (end > 0 && bytes[end - 1] == '/') --end;
    if (end > 11 && bytes.substr(end - 11, 11) == "/index.html") end -= 11;
    const std::size_t slash = bytes.rfind('/', end == 0 ? 0 : end - 1);
    const std::size_t begin = slash == std::string_view::npos || slash >= end ? 0 : slash + 1;
    if (begin >= 2 && bytes.substr(begin - 2, 2) == "//" && bytes.find("://") == begin - 3) return;  // a host alone
    if (end > begin + 5 && bytes.substr(end - 5, 5) == ".html") end -= 5;
    const std::string_view slug = bytes.substr(begin, end - begin);
    const bool dated = slug.size() > 10 && IsDigit(slug[0]) && slug[4] == '-' && slug[7] == '-';
    if (always || dated) Add("slug", slug, {url.begin + begin, url.begin + end});
  }

  void FromUrl(Span url, bool link) {
    if (url.size() > 8192) return;
    const std::string_view bytes = url.In(page_.bytes);
    if (bytes.substr(0, 5) == "data:") return;
    if (link) AddSlug(url, false);
    std::size_t at = bytes.find('?');
    while (at != std::string_view::npos && at < bytes.size()) {
      std::size_t first = at + 1;
      if (bytes.substr(first, 4) == "amp;") first += 4;
      const std::size_t last = std::min(bytes.find_first_of("&#", first), bytes.size());
      const std::size_t sign = first + std::min(bytes.substr(first, last - first).find('='), last - first);
      if (sign < last) Add(KindOfName(bytes.substr(first, sign - first)), bytes.substr(sign + 1, last - sign - 1), {url.begin + sign + 1, url.begin + last});
      at = last;
    }
  }

  void FromScript(const RawBlock& raw) {
    if (!raw.script) return FromJson(raw.span);
    const std::vector<ScriptToken>& tokens = raw.tokens;
    for (std::size_t i = 2; i < tokens.size(); ++i) {
      if (tokens[i].kind != ScriptTokenKind::kString || tokens[i - 1].kind != ScriptTokenKind::kMark) continue;
      const char sign = page_.bytes[tokens[i - 1].span.begin];
      const bool named = tokens[i - 2].kind == ScriptTokenKind::kName || tokens[i - 2].kind == ScriptTokenKind::kString;
      const std::string_view value = tokens[i].span.In(page_.bytes);
      if ((sign == '=' || sign == ':') && named) Add(KindOfName(tokens[i - 2].span.In(page_.bytes)), value, tokens[i].span);
      if (value.find("?") != std::string_view::npos && value.find('=') != std::string_view::npos) FromUrl(tokens[i].span, false);
    }
  }

  void FromJson(Span span) {
    constexpr std::size_t kDepth = 64;
    (void)ScanJson(page_.bytes, span, false, kDepth, [&](const JsonString& value) {
      if (value.path.empty() || value.number) return;
      const std::string& key = value.path.back();
      const bool own = value.path.size() == 1 && key == "identifier";
      Add(own ? "booking" : KindOfName(key), value.span.In(page_.bytes), value.span);
    });
  }

  // <dt>Booking</dt><dd>#xhqgmdh</dd>
  void FromLabelFlows() {
    for (std::size_t f = 1; f < page_.flows.size(); ++f) {
      const GlyphText& label = page_.flows[f - 1].text;
      if (label.size() > 40) continue;
      const std::string_view kind = KindOfName(label.fold);
      if (kind.empty()) continue;
      const GlyphText& text = page_.flows[f].text;
      std::size_t at = 0;
      while (at < text.size() && (text.fold[at] == ' ' || text.fold[at] == '#')) ++at;
      std::size_t end = at;
      while (end < text.size() && (IsAlnum(text.fold[end]) || text.fold[end] == '-' || text.fold[end] == '_')) ++end;
      const std::string value = text.ascii.substr(at, end - at);
      if ((at > 0 && text.fold[at - 1] == '#') || LooksCoined(value)) Add(kind, value, text.Raw(at, end));
    }
  }

  const Page& page_;
  std::vector<PageIdentifier> found_;
};

// "Code OKO777", "Your code: OKO777": a code alone is the guest's. "Promo code", "dress code", "event code" are other things, so nothing
// but these may stand before it, and the value must have letters and digits both.
bool IsBareCode(const TokenView& view, std::size_t i) {
  if (view.Fold(i) != "code") return false;
  const bool is_part = view.Has(i - 1) && (view.IsMark(i - 1, '-') || view.IsMark(i - 1, '_'));
  return i == 0 || (view[i - 1].kind == TokenKind::kMark && !is_part) || view.IsAnyOf(i - 1, {"your", "my", "with"});
}

bool MixesLettersAndDigits(std::string_view value) {
  return value.size() >= 5 && std::any_of(value.begin(), value.end(), IsDigit) && std::any_of(value.begin(), value.end(), [](char c) { return IsAlnum(c) && !IsDigit(c); });
}

std::string_view KindOfLabel(const TokenView& view, std::size_t i, std::size_t* next) {
  const std::string two = std::string(view.Fold(i)) + std::string(view.Fold(i + 1));
  if (const std::string_view kind = KindOfName(two); !kind.empty()) {
    *next = i + 2;
    return kind;
  }
  *next = i + 1;
  return view.IsAnyOf(i, {"booking", "listing", "card", "reservation"}) ? KindOfName(view.Fold(i) == "reservation" ? "booking" : view.Fold(i)) : std::string_view();
}

}  // namespace

std::vector<PageIdentifier> FindTextIdentifiers(const GlyphText& text) {
  std::vector<PageIdentifier> found;
  const TokenView view(text);
  for (std::size_t i = 0; i + 1 < view.size(); ++i) {
    const bool bare = IsBareCode(view, i);
    if (!bare && !view.IsAnyOf(i, {"booking", "guest", "listing", "card", "reservation", "confirmation", "boatsetter", "access"})) continue;
    std::size_t next = i + 1;
    const std::string_view kind = bare ? "code" : KindOfLabel(view, i, &next);
    if (kind.empty()) continue;
    while (view.IsMark(next, ':') || view.IsMark(next, '#') || view.IsMark(next, '"') || view.IsAnyOf(next, {"is", "no", "number", "id"})) {
      ++next;
    }
    if (!view.Has(next) || view[next].kind == TokenKind::kMark) continue;
    const std::size_t begin = view[next].begin;
    std::size_t end = begin;
    while (end < text.size() && (IsAlnum(text.fold[end]) || text.fold[end] == '_' || (text.fold[end] == '-' && end + 1 < text.size() && IsAlnum(text.fold[end + 1])))) ++end;
    const std::string value = text.ascii.substr(begin, end - begin);
    if (bare && !MixesLettersAndDigits(value)) continue;
    if (!IsIdentifier(value) || WeekdayOf(view.Fold(next)) || MonthOf(view.Fold(next))) continue;
    const bool word = value.size() > 1 && !LooksCoined(value);
    const bool hash = begin > 0 && text.fold[begin - 1] == '#';
    if (word && !hash) continue;
    found.push_back({std::string(kind), value, text.Raw(begin, end), 0});
  }
  return found;
}

std::vector<PageIdentifier> FindIdentifiers(const Page& page) { return IdentifierFinder(page).Find(); }

}  // namespace evenkeel
