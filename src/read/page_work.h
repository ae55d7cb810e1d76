// What it costs to read a page, counted before it is read: in bytes of plain text that would cost as much. The rates are measured (text
// 0.1 µs a byte in a Release build), so that Limits::page_work and Limits::edit_work hold a page to a time without a clock.
#pragma once

#include <cstddef>

namespace evenkeel {

class PageWork {
 public:
  void Text(std::size_t bytes) { eighths_ += 8 * bytes; }
  void Raw(std::size_t bytes) { eighths_ += 4 * bytes; }     // inside script and style
  void Markup(std::size_t bytes) { eighths_ += bytes; }      // inside a tag or a comment
  void Nodes(std::size_t count) { eighths_ += 200 * count; }
  void Attributes(std::size_t count) { eighths_ += 40 * count; }
  void References(std::size_t count) { eighths_ += 480 * count; }  // times and dates
  void Json(std::size_t bytes) { eighths_ += 3 * bytes; }
  void Strings(std::size_t bytes) { eighths_ += 160 + 8 * bytes; }  // one attribute, string, comment or description that may hold times
  std::size_t total() const { return eighths_ / 8; }

 private:
  std::size_t eighths_ = 0;
};

}  // namespace evenkeel
