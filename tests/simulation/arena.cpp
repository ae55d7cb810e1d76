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

// Memory of pictures that are no more, for the next ones: fresh pages from the system cost more than the copy.
std::vector<std::vector<char>>& Pool() {
  static std::vector<std::vector<char>> pool;
  return pool;
}

Picture::~Picture() {
  const OutsideArena outside;
  if (bytes_.capacity() > 0) Pool().push_back(std::move(bytes_));
}

void Picture::Take() {
  const OutsideArena outside;
  if (bytes_.capacity() == 0 && !Pool().empty()) {
    bytes_ = std::move(Pool().back());
    Pool().pop_back();
  }
  bytes_.assign(region, header().top);
}
void Picture::PutBack() const { std::memcpy(region, bytes_.data(), bytes_.size()); }

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
