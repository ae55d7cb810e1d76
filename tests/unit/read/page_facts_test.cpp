// Features, identifiers, statements, redirects, encodings.
#include <algorithm>

#include "read_file.h"
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using PageFacts = ReadingTest;

std::string FeatureState(const Reading& reading, std::string_view name) {
  for (const Feature& feature : reading.features) {
    if (feature.name == name) return feature.complete ? "complete" : "partial";
  }
  return "none";
}

TEST_F(PageFacts, TheReadmeNamesEveryFeature) {
  const std::string readme = ReadFile(EVENKEEL_SOURCE_DIR "/README.md");
  for (const FeatureRule& rule : BuiltInFeatureRules()) EXPECT_THAT(readme, testing::HasSubstr("`" + rule.name + "`"));
}

TEST_F(PageFacts, FeaturesNeedTheirEvidence) {
  EXPECT_EQ(FeatureState(Read("<p>Share your photos and upload them with your CSRF token!</p>"), "photo-upload"), "none") << "words are no feature";
  const std::string form = "<form enctype='multipart/form-data'><input type=file name=p></form>";
  EXPECT_EQ(FeatureState(Read(form), "photo-upload"), "partial") << "a form with no handler";
  const std::string handler = "<script>f.onsubmit = () => fetch('/u', {body: new FormData(f)})</script>";
  EXPECT_EQ(FeatureState(Read(form + handler), "photo-upload"), "complete");
  EXPECT_EQ(FeatureState(Read(form + "<script>// fetch( is gone</script>"), "photo-upload"), "partial") << "a comment is no evidence";
  EXPECT_EQ(FeatureState(Read("<script>function uploadPhoto(f) { return fetch('/photos', {method: 'POST', body: f}); }</script>"), "photo-upload"), "partial") << "a handler with no form";
  EXPECT_EQ(FeatureState(Read("<script>function reply(f) { return fetch('/reply', {method: 'POST', body: new FormData(f)}); }</script>"), "photo-upload"), "none");
  EXPECT_EQ(FeatureState(Read("<a href='https://x.com/waiver?c=1'>w</a>"), "waiver-link"), "complete");
}

TEST_F(PageFacts, FleetsAddRules) {
  options_.extra_features.push_back({"tip-jar", "a tip jar", {{FeatureEvidence::Kind::kElement, "a", "href", "tips.example", true}}});
  EXPECT_EQ(FeatureState(Read("<a href='https://tips.example/x'>Tip</a>"), "tip-jar"), "complete");
}

TEST_F(PageFacts, Identifiers) {
  const Reading reading = Read(R"(<link rel="canonical" href="https://q.com/g/2026-05-30-jon-sunset.html"><body data-guest-code="S2FJLN"><input type=hidden name=booking_id value=xhqgmdh>
    <a href="/waiver?code=S2FJLN&amp;listing_id=bs-77">w</a><script>const BOOKING_ID = "xhqgmdh";</script><p>Guest code: S2FJLN. Booking confirmed.</p>)");
  std::vector<std::string> found;
  for (const PageIdentifier& id : reading.identifiers) found.push_back(id.kind + "=" + id.value);
  EXPECT_THAT(found, testing::ElementsAre("canonical=https://q.com/g/2026-05-30-jon-sunset.html", "slug=2026-05-30-jon-sunset", "code=S2FJLN", "booking=xhqgmdh", "code=S2FJLN",
                                          "listing=bs-77", "booking=xhqgmdh", "code=S2FJLN"));
}

TEST_F(PageFacts, ACodeAloneIsTheGuests) {
  const Reading reading = Read("<p>Code OKO777</p><p>Welcome! Your code: S2FJLN.</p><p>Promo code SAVE20</p><p>Event code JON530</p><p>Dress code: smart</p>"
                               "<p>Code of conduct</p><p>Code 92106</p><script>const dispatchCode = 'DC00DC'; let reservation_code = \"RR11RR\";</script>");
  std::vector<std::string> found;
  for (const PageIdentifier& id : reading.identifiers) found.push_back(id.kind + "=" + id.value);
  EXPECT_THAT(found, testing::ElementsAre("code=OKO777", "code=S2FJLN", "code=DC00DC", "code=RR11RR"));
}

TEST_F(PageFacts, Statements) {
  const Reading reading = Read("<p>Captain: Gene Ward</p><p>Crew – Ann Lee and Bob Roe</p><dl><dt>Guests</dt><dd>10</dd></dl><p>Party of 6</p><p>up to 12 guests</p><p>The captain’s platter</p>");
  std::vector<std::string> found;
  for (const Statement& statement : reading.statements) found.push_back(statement.field + "=" + statement.text);
  EXPECT_THAT(found, testing::ElementsAre("captain=Gene Ward", "crew=Ann Lee and Bob Roe", "guest_count=10", "guest_count=6"));
}

TEST_F(PageFacts, Redirects) {
  EXPECT_EQ(Read("<meta http-equiv=refresh content='0; url=/g/new.html'><p>Moved.</p>").redirect_to, "/g/new.html");
  EXPECT_EQ(Read("<!-- evenkeel:redirect to=/g/new --><p>Moved.</p>").redirect_to, "/g/new");
  EXPECT_EQ(Read("<p>4:30 PM</p>").redirect_to, "");
}

TEST_F(PageFacts, RefusesWhatIsNoPage) {
  using std::string_literals::operator""s;
  for (const std::string& bytes : {"\xFF\xFE<\0p\0>\0"s, "<\0p\0>\0x\0<\0/\0p\0>\0"s, "\x89PNG\r\n\x1A\nxx"s, "\xFF\xD8\xFF\xE0"s, "GIF89a..."s, "%PDF-1.7"s, "PK\x03\x04zip"s, "\x1F\x8Bgz"s}) {
    EXPECT_EQ(ReadPage(bytes, options_).code(), Code::kInvalidArgument) << bytes;
  }
  EXPECT_TRUE(ReadPage("<p>a\0b \xFF 4:30 PM</p>"s, options_).ok()) << "stray NUL and bytes are fine";
  EXPECT_EQ(Read("\xEF\xBB\xBF<body data-booking=xhqgmdh><p>4:30 PM").identifiers.size(), 1u) << "after a byte order mark too";
}

}  // namespace
}  // namespace evenkeel
