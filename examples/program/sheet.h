// Sheet: what a verb wants to say to a person, before anybody decides whether it becomes text or HTML. Every word of it may come
// from a page or a store: the two writers make it safe, and nothing else writes for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace evenkeel::program {

enum class Tone : std::uint8_t { kPlain, kStrong, kDim, kGood, kBad, kWarn };
struct Piece {
  std::string text;
  Tone tone = Tone::kPlain;

  Piece(std::string words, Tone how = Tone::kPlain) : text(std::move(words)), tone(how) {}  // NOLINT(google-explicit-constructor)
  Piece(const char* words) : text(words) {}                                                // NOLINT(google-explicit-constructor)
};
using Words = std::vector<Piece>;

struct Heading {
  int level = 1;  // 1: the subject, 2: a booking, 3: a part of it
  Words words;
};
struct Paragraph {
  int indent = 0;  // steps of two columns
  Words words;
};
struct Row {
  std::vector<Words> cells;  // the last one is wrapped under itself
  Words below;               // on its own line under the row; may be empty
};
struct Table {
  int indent = 0;
  std::vector<Row> rows;
};
// One change of words: the old ones over the new ones.
struct Replacement {
  int indent = 0;
  std::string where;  // "line 112, text"
  std::string before;
  std::string after;
};
// A command to copy.
struct Command {
  int indent = 0;
  std::string text;
};
using Block = std::variant<Heading, Paragraph, Table, Replacement, Command>;

struct Sheet {
  std::string title;  // of the HTML document
  std::vector<Block> blocks;

  void AddHeading(int level, Words words) { blocks.push_back(Heading{level, std::move(words)}); }
  void Add(int indent, Words words) { blocks.push_back(Paragraph{indent, std::move(words)}); }
  // Leaves out a table without rows.
  void AddTable(int indent, std::vector<Row> rows);
  void AddReplacement(int indent, std::string where, std::string before, std::string after);
  void AddCommand(int indent, std::string text) { blocks.push_back(Command{indent, std::move(text)}); }
};

struct TextStyle {
  bool colour = false;
  std::size_t width = 110;  // columns
};
std::string ToText(const Sheet& sheet, const TextStyle& style);

// A whole document: escaped, self-contained, no script, nothing loaded from anywhere.
std::string ToHtml(const Sheet& sheet);

}  // namespace evenkeel::program
