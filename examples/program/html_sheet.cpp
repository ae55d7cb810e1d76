// A sheet as one self-contained HTML document.
#include <algorithm>
#include <string_view>

#include "printable.h"
#include "sheet.h"

namespace evenkeel::program {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;border-top:1px solid #ccd4dc;padding-top:1rem;margin-top:2rem}h3{font-size:1rem;margin-bottom:.2rem}"
    "p{margin:.3rem 0}table{border-collapse:collapse;margin:.3rem 0}td{padding:.1rem .8rem .1rem 0;vertical-align:top}"
    "pre{background:#f3f5f7;padding:.4rem .7rem;margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}"
    "del,ins{display:block;text-decoration:none;font-family:ui-monospace,monospace;white-space:pre-wrap;padding:0 .5rem}"
    "del{background:#fdeaea}ins{background:#e8f6ea}.dim{color:#5b6875}.good{color:#17692a}.bad{color:#a31515}.warn{color:#8a5a00}"
    ".i1{margin-left:1.2rem}.i2{margin-left:2.4rem}.i3{margin-left:3.6rem}.i4{margin-left:4.8rem}";

// Text and attribute values alike.
std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string_view ClassOf(Tone tone) {
  switch (tone) {
    case Tone::kPlain: return "";
    case Tone::kStrong: return "strong";
    case Tone::kDim: return "dim";
    case Tone::kGood: return "good";
    case Tone::kBad: return "bad";
    case Tone::kWarn: return "warn";
  }
  return "";
}

std::string Inline(const Words& words) {
  std::string out;
  for (const Piece& piece : words) {
    const std::string text = Escaped(piece.text);
    if (piece.tone == Tone::kPlain) {
      out += text;
    } else if (piece.tone == Tone::kStrong) {
      out += "<strong>" + text + "</strong>";
    } else {
      out += "<span class=\"" + std::string(ClassOf(piece.tone)) + "\">" + text + "</span>";
    }
  }
  return out;
}

std::string Class(int indent) { return indent > 0 ? " class=\"i" + std::to_string(indent < 4 ? indent : 4) + "\"" : ""; }

struct HtmlWriter {
  std::string out;

  void operator()(const Heading& heading) {
    const std::string level = std::to_string(heading.level);
    out += "<h" + level + ">" + Inline(heading.words) + "</h" + level + ">\n";
  }
  void operator()(const Paragraph& paragraph) { out += "<p" + Class(paragraph.indent) + ">" + Inline(paragraph.words) + "</p>\n"; }
  void operator()(const Table& table) {
    std::size_t columns = 1;
    for (const Row& row : table.rows) columns = std::max(columns, row.cells.size());
    out += "<table" + Class(table.indent) + ">\n";
    for (const Row& row : table.rows) {
      out += "<tr>";
      for (const Words& cell : row.cells) out += "<td>" + Inline(cell) + "</td>";
      out += "</tr>\n";
      if (!row.below.empty()) out += "<tr><td></td><td colspan=\"" + std::to_string(columns) + "\">" + Inline(row.below) + "</td></tr>\n";
    }
    out += "</table>\n";
  }
  void operator()(const Replacement& change) {
    out += "<div" + Class(change.indent) + "><span class=\"dim\">" + Escaped(change.where) + "</span><del>− " + Escaped(change.before) +
           "</del><ins>+ " + Escaped(change.after) + "</ins></div>\n";
  }
  void operator()(const Command& command) { out += "<pre" + Class(command.indent) + "><code>" + Escaped(command.text) + "</code></pre>\n"; }
};

}  // namespace

std::string ToHtml(const Sheet& sheet) {
  HtmlWriter writer;
  for (const Block& block : sheet.blocks) std::visit(writer, block);
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>" +
         Escaped(sheet.title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n" + writer.out + "</body>\n</html>\n";
}

}  // namespace evenkeel::program
