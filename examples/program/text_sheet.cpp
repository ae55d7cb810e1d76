// A sheet as text for a terminal or a log.
#include <algorithm>
#include <string_view>

#include "printable.h"
#include "sheet.h"

namespace evenkeel::program {
namespace {

constexpr std::size_t kStepColumns = 2;
constexpr std::size_t kCellColumnsMax = 48;   // a longer cell is shortened, unless it is the last of its row
constexpr std::size_t kLastCellColumns = 18;  // a last cell with less room than this goes on its own line

std::string_view ColourOf(Tone tone) {
  switch (tone) {
    case Tone::kPlain: return "";
    case Tone::kStrong: return "\x1b[1m";
    case Tone::kDim: return "\x1b[2m";
    case Tone::kGood: return "\x1b[32m";
    case Tone::kBad: return "\x1b[31m";
    case Tone::kWarn: return "\x1b[33m";
  }
  return "";
}

class TextWriter {
 public:
  explicit TextWriter(const TextStyle& style) : style_(style) {}

  void operator()(const Heading& heading) {
    if (!out_.empty()) out_ += '\n';
    Words words = heading.words;
    for (Piece& piece : words) {
      if (piece.tone == Tone::kPlain) piece.tone = Tone::kStrong;
    }
    if (heading.level == 3) words.push_back({":", Tone::kStrong});
    Wrap(words, 0, kStepColumns);
    if (heading.level == 1) out_ += std::string(std::min(style_.width, WidthOf(words)), '=') + "\n";
    if (heading.level == 2) out_ += std::string(std::min(style_.width, WidthOf(words)), '-') + "\n";
  }
  void operator()(const Paragraph& paragraph) {
    const std::size_t indent = Columns(paragraph.indent);
    Wrap(paragraph.words, indent, indent);
  }
  void operator()(const Table& table) {
    const std::vector<std::size_t> widths = WidthsOf(table);
    for (const Row& row : table.rows) WriteRow(row, Columns(table.indent), widths);
  }
  void operator()(const Replacement& change) {
    const std::size_t indent = Columns(change.indent);
    Wrap({{change.where, Tone::kDim}}, indent, indent);
    Wrap({{"- " + change.before, Tone::kBad}}, indent + kStepColumns, indent + 2 * kStepColumns);
    Wrap({{"+ " + change.after, Tone::kGood}}, indent + kStepColumns, indent + 2 * kStepColumns);
  }
  // Never wrapped: it is there to be copied.
  void operator()(const Command& command) {
    out_ += std::string(Columns(command.indent), ' ') + Coloured("$ ", Tone::kDim) + Coloured(Printable(command.text), Tone::kStrong) + "\n";
  }
  std::string Take() { return std::move(out_); }

 private:
  static std::size_t Columns(int steps) { return static_cast<std::size_t>(steps) * kStepColumns; }
  static std::size_t WidthOf(const Words& words) {
    std::size_t width = 0;
    for (const Piece& piece : words) width += DisplayWidth(Printable(piece.text));
    return width;
  }
  std::string Coloured(const std::string& text, Tone tone) const {
    if (!style_.colour || tone == Tone::kPlain || text.empty()) return text;
    return std::string(ColourOf(tone)) + text + "\x1b[0m";
  }

  // Breaks at blanks. `first` and `rest` are the indents of the first line and of those after it.
  void Wrap(const Words& words, std::size_t first, std::size_t rest) {
    out_ += std::string(first, ' ');
    WrapFrom(words, first, rest);
  }
  void WrapFrom(const Words& words, std::size_t column, std::size_t rest) {
    bool line_start = true;
    std::string blanks;
    for (const Piece& piece : words) {
      const std::string text = Printable(piece.text);
      std::size_t at = 0;
      while (at < text.size()) {
        const std::size_t word = std::min(text.find_first_not_of(' ', at), text.size());
        blanks += text.substr(at, word - at);
        const std::size_t end = std::min(text.find(' ', word), text.size());
        if (end == word) break;
        const std::string token = text.substr(word, end - word);
        const std::size_t width = DisplayWidth(token);
        if (!line_start && !blanks.empty() && column + blanks.size() + width > style_.width) {
          out_ += "\n" + std::string(rest, ' ');
          column = rest;
          blanks.clear();
        }
        out_ += blanks + Coloured(token, piece.tone);
        column += blanks.size() + width;
        blanks.clear();
        line_start = false;
        at = end;
      }
    }
    out_ += '\n';
  }

  static std::vector<std::size_t> WidthsOf(const Table& table) {
    std::vector<std::size_t> widths;
    for (const Row& row : table.rows) {
      for (std::size_t i = 0; i + 1 < row.cells.size(); ++i) {
        if (widths.size() <= i) widths.resize(i + 1);
        widths[i] = std::max(widths[i], std::min(WidthOf(row.cells[i]), kCellColumnsMax));
      }
    }
    return widths;
  }
  void WriteRow(const Row& row, std::size_t indent, const std::vector<std::size_t>& widths) {
    out_ += std::string(indent, ' ');
    std::size_t column = indent;
    for (std::size_t i = 0; i + 1 < row.cells.size(); ++i) {
      column += WriteCell(row.cells[i], widths[i]);
      out_ += std::string(kStepColumns, ' ');
      column += kStepColumns;
    }
    if (!row.cells.empty()) WriteLastCell(row.cells.back(), indent, column);
    if (!row.below.empty()) Wrap(row.below, indent + 2 * kStepColumns, indent + 2 * kStepColumns);
  }
  std::size_t WriteCell(const Words& cell, std::size_t width) {
    std::size_t left = width;
    for (const Piece& piece : cell) {
      const std::string text = Shorten(Printable(piece.text), left);
      out_ += Coloured(text, piece.tone);
      left -= std::min(left, DisplayWidth(text));
      if (left == 0) break;
    }
    out_ += std::string(left, ' ');
    return width;
  }
  void WriteLastCell(const Words& cell, std::size_t indent, std::size_t column) {
    if (WidthOf(cell) == 0) {
      out_.erase(out_.find_last_not_of(' ') + 1);
      out_ += '\n';
    } else if (column + std::min(WidthOf(cell), kLastCellColumns) > style_.width && column > indent) {
      out_.erase(out_.find_last_not_of(' ') + 1);
      out_ += '\n';
      Wrap(cell, indent + 2 * kStepColumns, indent + 2 * kStepColumns);
    } else {
      WrapFrom(cell, column, column);
    }
  }

  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string ToText(const Sheet& sheet, const TextStyle& style) {
  TextWriter writer(style);
  for (const Block& block : sheet.blocks) std::visit(writer, block);
  return writer.Take();
}

}  // namespace evenkeel::program
