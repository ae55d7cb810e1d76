// Arena: memory that can be copied and put back. While it is in use, operator new of this program takes from it, so that a world, the
// engine's machines in it and everything they point to are one region of bytes: a copy of the region is a copy of the whole state,
// and putting it back (at the same address) is going back in time. One thread only.
#pragma once

#include <cstddef>
#include <vector>

namespace evenkeel::simulation {

// Everything allocated in its scope stands in the arena. Scopes nest.
class InArena {
 public:
  InArena();
  ~InArena();
  InArena(const InArena&) = delete;
  InArena& operator=(const InArena&) = delete;

 private:
  bool before_;
};

// The other way round: for what has to outlive a return to an earlier state.
class OutsideArena {
 public:
  OutsideArena();
  ~OutsideArena();
  OutsideArena(const OutsideArena&) = delete;
  OutsideArena& operator=(const OutsideArena&) = delete;

 private:
  bool before_;
};

// The bytes of the arena at one moment, in pieces. A step changes few of them: pictures share those that are equal, so that many stay in the
// processor's cache, and only what differs is copied.
class Picture {
 public:
  struct Piece;

  Picture() = default;
  Picture(Picture&&) = default;
  Picture& operator=(Picture&&) = delete;
  ~Picture();
  void Take();
  void PutBack() const;

 private:
  std::vector<Piece*> pieces_;
};

// Forgets everything in the arena; nothing may point into it any more.
void ClearArena();

}  // namespace evenkeel::simulation
