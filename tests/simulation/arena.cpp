#include "simulation/arena.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace evenkeel::simulation {
namespace {

constexpr std::size_t kReserved = std::size_t{256} << 20;
constexpr std::size_t kGrain = 16;
constexpr std::size_t kSmallClasses = 128;  // blocks of 16, 32, … 2048 bytes
constexpr std::size_t kClasses = kSmallClasses + 32;  // then powers of two

// Stands at the beginning of the region, so that it goes back in time with the rest.
struct Header {
  char* top;
  void* free[kClasses];
};

char* region = nullptr;
bool in_use = false;

Header& header() { return *reinterpret_cast<Header*>(region); }

// A block is 8 bytes of class number and the payload; it begins at 8 modulo 16.
std::size_t ClassOf(std::size_t bytes) {
  const std::size_t whole = bytes + 8;
  if (whole <= kSmallClasses * kGrain) return (whole + kGrain - 1) / kGrain - 1;
  std::size_t number = kSmallClasses;
  for (std::size_t size = kSmallClasses * kGrain * 2; size < whole; size *= 2) ++number;
  return number;
}
std::size_t SizeOf(std::size_t number) {
  return number < kSmallClasses ? (number + 1) * kGrain : (kSmallClasses * kGrain * 2) << (number - kSmallClasses);
}

void* Allocate(std::size_t bytes) {
  const std::size_t number = ClassOf(bytes);
  if (void* block = header().free[number]) {
    std::memcpy(&header().free[number], block, sizeof(void*));
    return block;
  }
  char* block = header().top;
  header().top += SizeOf(number);
  if (header().top > region + kReserved) std::abort();
  const std::uint64_t kept = number;
  std::memcpy(block, &kept, sizeof kept);
  return block + 8;
}

void Release(void* payload) {
  std::uint64_t number = 0;
  std::memcpy(&number, static_cast<char*>(payload) - 8, sizeof number);
  std::memcpy(payload, &header().free[number], sizeof(void*));
  header().free[number] = payload;
}

bool IsOurs(const void* payload) { return region != nullptr && payload >= region && payload < region + kReserved; }

void Open() {
  if (region != nullptr) return;
  void* at = mmap(nullptr, kReserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) std::abort();
  region = static_cast<char*>(at);
  ClearArena();
}

}  // namespace

InArena::InArena() : before_(in_use) {
  Open();
  in_use = true;
}
InArena::~InArena() { in_use = before_; }
OutsideArena::OutsideArena() : before_(in_use) { in_use = false; }
OutsideArena::~OutsideArena() { in_use = before_; }

struct Picture::Piece {
  static constexpr std::size_t kBytes = 1024;
  std::size_t holders;
  Piece* next;  // of those that nobody holds
  char bytes[kBytes];
};

namespace {

using Piece = Picture::Piece;

// Memory of pieces that are no more, for the next ones: fresh pages from the system cost more than the copy.
Piece* free_pieces = nullptr;
void Hold(Piece* piece) { ++piece->holders; }
void LetGo(Piece* piece) {
  if (--piece->holders > 0) return;
  piece->next = free_pieces;
  free_pieces = piece;
}

// What the arena was when a picture was last taken or put back.
struct Latest : std::vector<Piece*> {
  ~Latest() {
    for (Piece* piece : *this) {
      if (piece != nullptr) LetGo(piece);
    }
  }
} latest;

Piece* CopyOf(const char* bytes) {
  Piece* piece = free_pieces == nullptr ? new Piece : free_pieces;
  if (piece == free_pieces) free_pieces = piece->next;
  piece->holders = 0;
  std::memcpy(piece->bytes, bytes, Piece::kBytes);
  return piece;
}

void SetLatest(std::size_t at, Piece* piece) {
  if (latest[at] == piece) return;
  Hold(piece);
  if (latest[at] != nullptr) LetGo(latest[at]);
  latest[at] = piece;
}

}  // namespace

Picture::~Picture() {
  const OutsideArena outside;
  for (Piece* piece : pieces_) LetGo(piece);
  std::vector<Piece*>().swap(pieces_);
}

void Picture::Take() {
  const OutsideArena outside;
  const std::size_t count = (static_cast<std::size_t>(header().top - region) + Piece::kBytes - 1) / Piece::kBytes;
  if (latest.size() < count) latest.resize(count, nullptr);
  pieces_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* bytes = region + i * Piece::kBytes;
    const bool is_known = latest[i] != nullptr && std::memcmp(latest[i]->bytes, bytes, Piece::kBytes) == 0;
    if (!is_known) SetLatest(i, CopyOf(bytes));
    pieces_.push_back(latest[i]);
    Hold(latest[i]);
  }
}

void Picture::PutBack() const {
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    char* bytes = region + i * Piece::kBytes;
    if (std::memcmp(pieces_[i]->bytes, bytes, Piece::kBytes) != 0) std::memcpy(bytes, pieces_[i]->bytes, Piece::kBytes);
    SetLatest(i, pieces_[i]);
  }
}

void ClearArena() {
  Open();
  header() = Header{};
  header().top = region + (sizeof(Header) + kGrain - 1) / kGrain * kGrain + 8;
}

void* Take(std::size_t bytes) {
  void* at = in_use ? Allocate(bytes) : std::malloc(bytes == 0 ? 1 : bytes);
  if (at == nullptr) throw std::bad_alloc();
  return at;
}
void Give(void* at) noexcept {
  if (IsOurs(at)) {
    Release(at);
  } else {
    std::free(at);
  }
}

}  // namespace evenkeel::simulation

void* operator new(std::size_t bytes) { return evenkeel::simulation::Take(bytes); }
void* operator new[](std::size_t bytes) { return evenkeel::simulation::Take(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept try { return evenkeel::simulation::Take(bytes); } catch (const std::bad_alloc&) {
  return nullptr;
}
void operator delete(void* at) noexcept { evenkeel::simulation::Give(at); }
void operator delete[](void* at) noexcept { evenkeel::simulation::Give(at); }
void operator delete(void* at, std::size_t) noexcept { evenkeel::simulation::Give(at); }
void operator delete[](void* at, std::size_t) noexcept { evenkeel::simulation::Give(at); }
