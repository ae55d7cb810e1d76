// Limits: every bound on what the library reads, in one place. Going over one is Code::kLimitExceeded with the limit's name
// and value in the message; the rest of the fleet goes on.
#pragma once

#include <cstddef>

namespace evenkeel {

// Source of the defaults: probes of gumbo 0.10.1 and nlohmann_json 3.11.2 on hostile input (tests/unit/limits_test.cpp
// shows each at its edge). Raise one only for input you trust.
struct Limits {
  std::size_t page_bytes = 4u << 20;
  std::size_t page_depth = 400;             // open elements
  std::size_t tag_attributes = 400;         // attributes on one tag
  std::size_t page_nodes = 200'000;
  std::size_t page_work = 2'000'000;        // to read one page, in bytes of text that cost as much: src/read/page_work.h has the rates
  std::size_t edit_work = 400'000;          // the same, of a page that is to be edited: it is read five times over
  std::size_t arena_bytes = 256u << 20;     // memory of one page parse
  std::size_t page_references = 20'000;     // times and dates together
  std::size_t json_bytes = 16u << 20;
  std::size_t json_depth = 64;
  std::size_t calendar_bytes = 16u << 20;
  std::size_t calendar_events = 100'000;
  std::size_t listing_entries = 5'000'000;  // resources in one store
  std::size_t text_bytes = 64u << 10;       // one attribute, title or description
  std::size_t key_bytes = 1024;             // an object key (the limit of S3)
  std::size_t run_actions = 1'000'000;

  friend bool operator==(const Limits&, const Limits&) = default;
};

}  // namespace evenkeel
