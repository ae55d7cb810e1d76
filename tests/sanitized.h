// Whether this is built under the address sanitizer, where everything takes ten times as long, and what scans long texts again and again much more.
// What is repeated there for its own sake is repeated more rarely: every kEachth time. What no sanitizer sees, the other builds see.
#pragma once

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define EVENKEEL_SANITIZED true
#else
#define EVENKEEL_SANITIZED false
#endif

namespace evenkeel {
inline constexpr int kEach = EVENKEEL_SANITIZED ? 4 : 1;
}  // namespace evenkeel
