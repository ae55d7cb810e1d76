#include "match/rules.h"

#include "evenkeel/booking.h"

namespace evenkeel {

const std::vector<MatchRule>& MatchRules() {
  static const std::vector<MatchRule> rules = {
      {"booking id", weight::kBookingId, "both state the same booking id: in a column, in the page's markup, in an event's X- property, on a card"},
      {"own", weight::kOwn, "the record or page that the booking is named after"},
      {"page pointer", weight::kPointer, "a record's page pointer or a card's slug leads to the page, and their booking ids and codes do not contradict"},
      {"code", weight::kCode, "both state the same guest code, and no booking ids contradict"},
      {"listing id", weight::kListing, "both state the same listing id, and no booking ids or codes contradict"},
      {"other identifier", weight::kOtherId, "both state the same value of another field that identifies, or the same card id"},
      {"redirect", weight::kRedirect, "a page that only redirects leads to the booking's page"},
      {"tombstone", weight::kTombstone, "the page was retired in favour of the booking's page"},
      {"former pointer", weight::kFormerPointer, "a record pointed to the page until a run of ours re-pointed it, and nothing else names the page"},
      {"identifier named in a text", weight::kNamedInText, "an event or a card names the identifier as such: 'booking #x', 'code x', an X- property, its UID"},
      {"code in a text", weight::kCodeInText, "a whole token of an event or a card is the identifier, and it has letters and digits: no accident"},
      {"word in a text", weight::kWordInText, "a whole token is the identifier, it could be a word or a number, and the dates agree"},
      {"date and guest, alone", weight::kDateAndGuestAlone, "an event or listing names the guest on the booking's date, and no other booking fits; pages never join by this"},
      {"shared identifier", weight::kSharedId, "a code or listing id that several bookings share: asked about"},
      {"names two bookings", weight::kNamesTwo, "it names more than one booking and joins none of them: asked about"},
      {"canonical link", weight::kCanonicalLink, "a page's canonical link or slug leads to the booking's page; templates are copied with it: asked about"},
      {"date, guest and time", weight::kDateGuestAndTime, "date and guest fit and the starts agree, and nothing else ties them: asked about"},
      {"date and guest", weight::kDateAndGuest, "date and guest fit and nothing else ties them: asked about"},
  };
  return rules;
}

}  // namespace evenkeel
