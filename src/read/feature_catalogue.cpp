// The catalogue of features. Data: a rule names the evidence a working implementation leaves on a page. A feature may have several
// rules, each anchored on another half of it (its form, its handler): the one that finds more counts.
#include "evenkeel/reading.h"

namespace evenkeel {
namespace {

FeatureEvidence OnElement(std::string element, std::string attribute, std::string value, bool anchor = false) {
  return {FeatureEvidence::Kind::kElement, std::move(element), std::move(attribute), std::move(value), anchor};
}
FeatureEvidence InScript(std::string any, bool anchor = false) { return {FeatureEvidence::Kind::kScriptAny, {}, {}, std::move(any), anchor}; }
FeatureEvidence InText(std::string any) { return {FeatureEvidence::Kind::kText, {}, {}, std::move(any), true}; }

std::vector<FeatureRule> MakeRules() {
  return {
      {"accepted-types", "the upload field names the file types it takes", {OnElement("input", "accept", "image|video|.jpg|.png", true)}},
      {"add-to-calendar", "a link that puts the booking into the guest's calendar",
       {OnElement("a", "href", "calendar.google.com/calendar|google.com/calendar|outlook.live.com/calendar|outlook.office.com/calendar|calendar.yahoo.com|data:text/calendar|webcal:|.ics", true)}},
      {"batch-limit", "a limit on photos in one upload, and a check of it",
       {InScript("BATCH_LIMIT|batchLimit|batch_limit|MAX_FILES|maxFiles|MAX_BATCH|maxBatch|MAX_PHOTOS|maxPhotos", true), InScript("files.length|.length >|.length <|.slice(0")}},
      {"content-type-check", "files are checked for their type before they are sent",
       {InScript("image/jpeg|image/png|image/|ALLOWED_TYPES|allowedTypes", true), InScript(".type|sniff|magic|arrayBuffer")}},
      {"csrf-token", "a token against forged requests, in a field and handled by a script",
       {OnElement("*", "name", "csrf|xsrf|authenticity_token"), InScript("csrf|CSRF|Csrf|xsrf|XSRF|authenticity_token")}},
      {"event-code", "a code that ties uploads to the event", {OnElement("*", "name", "event_code|eventcode|event-code"), InScript("event_code|eventCode|EVENT_CODE")}},
      {"instagram-pull", "pictures pulled from Instagram with a token",
       {InScript("instagram|Instagram|INSTAGRAM", true), InScript("access_token|accessToken|oauth|OAuth|authorize"), InScript("hashtag|recent_media|media_url|graph.facebook|graph.instagram")}},
      {"json-ld", "structured data about the event", {OnElement("script", "type", "application/ld+json", true)}},
      {"live-after-switch", "the page changes by itself at an instant",
       {InScript("FLIP|flip|LIVE_AFTER|liveAfter|live_after|SWITCH_|switchAt|switch_at|AFTER_UTC|goLive|GO_LIVE|AFTER_SAIL|afterSail", true), InScript("Date.now()|new Date(")}},
      {"moderation-notice", "guests are told that photos are looked at first", {InText("moderat|reviewed before|we review|after review")}},
      {"multipart-upload", "files are sent as multipart form data", {OnElement("input", "type", "file", true), InScript("FormData|multipart/form-data")}},
      {"photo-upload", "guests can send photos", {OnElement("input", "type", "file", true), InScript("fetch(|XMLHttpRequest|sendBeacon|axios|$.ajax")}},
      {"photo-upload", "what sends the photos, whose form may be gone",
       {InScript("uploadPhoto|upload_photo|photoUpload|photo_upload|sendPhoto", true), InScript("fetch(|XMLHttpRequest|sendBeacon|axios|$.ajax"), OnElement("input", "type", "file")}},
      {"multipart-upload", "what sends files as multipart form data, whose form may be gone", {InScript("multipart/form-data", true), OnElement("input", "type", "file")}},
      {"reply-cutoff", "replies are refused after an instant", {InScript("CUTOFF|Cutoff|cutoff|DEADLINE|Deadline|deadline", true), InScript("Date.now()|new Date(")}},
      {"spam-guard", "a trap that people do not see, and a check of it",
       {OnElement("input", "name", "website|honeypot|hp_|homepage|trap"), InScript("honeypot|Honeypot|spam|Spam|SPAM|MIN_FILL|minFill")}},
      {"waiver-link", "a link to the waiver", {OnElement("a", "href", "waiver", true)}},
  };
}

}  // namespace

const std::vector<FeatureRule>& BuiltInFeatureRules() {
  static const std::vector<FeatureRule> rules = MakeRules();
  return rules;
}

}  // namespace evenkeel
