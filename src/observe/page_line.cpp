#include "observe/page_line.h"

#include <utility>

namespace evenkeel {

bool PageLine::Add(ObjectInfo info) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return stopped_ || waiting_.size() < listed_max_; });
  if (stopped_) return false;
  waiting_.push_back(std::move(info));
  ++listed_;
  work_.notify_one();
  return true;
}

void PageLine::EndListing() {
  const std::lock_guard lock(mutex_);
  all_listed_ = true;
  work_.notify_all();
  ready_.notify_all();
}

std::optional<PageLine::Place> PageLine::Begin() {
  std::unique_lock lock(mutex_);
  // The page that is to be taken next always has its place, so that nobody waits for somebody who waits.
  work_.wait(lock, [&] { return IsOver() || (!waiting_.empty() && begun_ < taken_ + ahead_max_); });
  if (IsOver()) return std::nullopt;
  Place place{begun_++, std::move(waiting_.front())};
  waiting_.pop_front();
  room_.notify_one();
  if (IsOver()) work_.notify_all();
  return place;
}

void PageLine::End(std::size_t number, std::optional<Observed> page) {
  const std::lock_guard lock(mutex_);
  done_.emplace(number, std::move(page));
  if (number == taken_) ready_.notify_all();
}

PageLine::Part PageLine::Take(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto is_ready = [&] { return grief_ != nullptr || (!done_.empty() && done_.begin()->first == taken_) || (all_listed_ && taken_ == listed_); };
  ready_.wait_for(lock, patience, is_ready);
  if (grief_ != nullptr) std::rethrow_exception(grief_);
  Part part;
  while (!done_.empty() && done_.begin()->first == taken_) {
    part.pages.push_back(std::move(done_.begin()->second));
    done_.erase(done_.begin());
    ++taken_;
  }
  part.listed = listed_;
  part.all_listed = all_listed_;
  part.is_last = all_listed_ && taken_ == listed_;
  if (!part.pages.empty()) work_.notify_all();
  return part;
}

void PageLine::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  room_.notify_all();
  work_.notify_all();
}

void PageLine::Fail(std::exception_ptr grief) {
  const std::lock_guard lock(mutex_);
  if (grief_ == nullptr) grief_ = std::move(grief);
  stopped_ = true;
  room_.notify_all();
  work_.notify_all();
  ready_.notify_all();
}

bool PageLine::IsStopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

}  // namespace evenkeel
