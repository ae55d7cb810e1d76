#include "read/label_phrases.h"

#include "read/words.h"

namespace evenkeel {
namespace {

constexpr auto kStrong = LabelStrength::kStrong;
constexpr auto kWeak = LabelStrength::kWeak;
constexpr auto kNeutral = LabelStrength::kNeutral;

constexpr LabelPhrase kBookings[] = {
    {"arr .", Role::kArrival, kStrong}, {"arriv*", Role::kArrival, kStrong}, {"embarkation", Role::kArrival, kStrong}, {"expects you", Role::kArrival, kStrong},
    {"expect you", Role::kArrival, kStrong}, {"expecting you", Role::kArrival, kStrong},
    {"be aboard", Role::kArrival, kStrong}, {"aboard no later than", Role::kArrival, kStrong}, {"dock time", Role::kArrival, kStrong}, {"treffpunkt", Role::kArrival, kStrong}, {"rendez - vous", Role::kArrival, kStrong}, {"rendezvous", Role::kArrival, kStrong}, {"be there by", Role::kArrival, kStrong}, {"be there at", Role::kArrival, kStrong},
    {"boarding", Role::kArrival, kStrong}, {"board", Role::kArrival, kStrong},
    {"check - in", Role::kArrival, kStrong}, {"check in", Role::kArrival, kStrong}, {"checkin", Role::kArrival, kStrong},
    {"be there", Role::kArrival, kStrong}, {"be here", Role::kArrival, kStrong}, {"be at", Role::kArrival, kStrong},
    {"be on the dock", Role::kArrival, kStrong}, {"meet", Role::kArrival, kStrong}, {"meet us", Role::kArrival, kStrong},
    {"meeting time", Role::kArrival, kStrong}, {"meet up", Role::kArrival, kStrong}, {"meetup", Role::kArrival, kStrong},
    {"show up", Role::kArrival, kStrong}, {"doors", Role::kArrival, kStrong}, {"doors open", Role::kArrival, kStrong},
    {"call time", Role::kArrival, kStrong}, {"dock call", Role::kArrival, kStrong}, {"crew call", Role::kArrival, kStrong}, {"captain's call", Role::kArrival, kStrong},
    {"muster", Role::kArrival, kStrong}, {"get there", Role::kArrival, kStrong}, {"gather", Role::kArrival, kStrong},
    {"gathering", Role::kArrival, kWeak}, {"come aboard", Role::kArrival, kStrong}, {"welcome aboard", Role::kArrival, kWeak},
    {"gangway", Role::kArrival, kWeak}, {"please be", Role::kArrival, kStrong}, {"aboard by", Role::kArrival, kStrong},
    {"on the dock by", Role::kArrival, kStrong}, {"at the dock by", Role::kArrival, kStrong}, {"greet you", Role::kArrival, kStrong},
    {"gangway opens", Role::kArrival, kStrong},

    {"dep .", Role::kStart, kStrong}, {"dep", Role::kStart, kWeak}, {"start", Role::kStart, kStrong}, {"starts", Role::kStart, kStrong}, {"starting", Role::kStart, kStrong},
    {"start time", Role::kStart, kStrong}, {"begin*", Role::kStart, kStrong}, {"depart*", Role::kStart, kStrong},
    {"sail", Role::kStart, kStrong}, {"sails", Role::kStart, kStrong}, {"sailing", Role::kStart, kStrong},
    {"set sail", Role::kStart, kStrong}, {"sets sail", Role::kStart, kStrong}, {"setting sail", Role::kStart, kStrong},
    {"cast off", Role::kStart, kStrong}, {"casts off", Role::kStart, kStrong}, {"casting off", Role::kStart, kStrong},
    {"cast - off", Role::kStart, kStrong}, {"leave", Role::kStart, kStrong}, {"leaves", Role::kStart, kStrong},
    {"leaving", Role::kStart, kStrong}, {"underway", Role::kStart, kStrong}, {"under way", Role::kStart, kStrong},
    {"push off", Role::kStart, kStrong}, {"shove off", Role::kStart, kStrong}, {"kickoff", Role::kStart, kWeak},
    {"lines off", Role::kStart, kStrong}, {"gangway up", Role::kStart, kStrong}, {"embark*", Role::kStart, kStrong}, {"call to order", Role::kStart, kStrong}, {"called to order", Role::kStart, kStrong}, {"pickup", Role::kStart, kStrong},
    {"pick - up", Role::kStart, kStrong}, {"pick up", Role::kStart, kWeak}, {"launch", Role::kStart, kWeak},
    {"charter", Role::kStart, kWeak}, {"cruise", Role::kStart, kWeak}, {"charter starts", Role::kStart, kStrong},
    {"sunset sail", Role::kStart, kWeak}, {"sunset sailing", Role::kStart, kWeak}, {"sunset cruise", Role::kStart, kWeak},
    {"sunset charter", Role::kStart, kWeak}, {"sunset trip", Role::kStartEnd, kNeutral}, {"sunset tour", Role::kStart, kWeak},
    {"sunset party", Role::kStartEnd, kNeutral}, {"sunset booking", Role::kStartEnd, kNeutral},

    {"ret .", Role::kEnd, kStrong}, {"ret", Role::kEnd, kWeak}, {"end", Role::kEnd, kStrong}, {"ends", Role::kEnd, kStrong}, {"ending", Role::kEnd, kStrong},
    {"end time", Role::kEnd, kStrong}, {"return", Role::kEnd, kStrong}, {"returns", Role::kEnd, kStrong},
    {"returning", Role::kEnd, kStrong}, {"back at", Role::kEnd, kStrong}, {"back at the dock", Role::kEnd, kStrong}, {"back by", Role::kEnd, kStrong},
    {"back on", Role::kEnd, kStrong}, {"back in", Role::kEnd, kStrong}, {"back to the dock", Role::kEnd, kStrong},
    {"back ashore", Role::kEnd, kStrong}, {"back", Role::kEnd, kWeak}, {"finish*", Role::kEnd, kStrong}, {"until", Role::kEnd, kWeak},
    {"till", Role::kEnd, kWeak}, {"'til", Role::kEnd, kWeak}, {"disembark*", Role::kEnd, kStrong},
    {"drop - off", Role::kEnd, kStrong}, {"dropoff", Role::kEnd, kStrong}, {"conclud*", Role::kEnd, kStrong}, {"adjourn*", Role::kEnd, kStrong},
    {"wrap up", Role::kEnd, kStrong}, {"wraps up", Role::kEnd, kStrong}, {"tie up", Role::kEnd, kStrong},
    {"ties up", Role::kEnd, kStrong}, {"dock by", Role::kEnd, kStrong}, {"docking", Role::kEnd, kWeak},
    {"back at the dock by", Role::kEnd, kStrong}, {"back on the dock by", Role::kEnd, kStrong}, {"back at dock by", Role::kEnd, kStrong},
    {"lines on", Role::kEnd, kStrong}, {"alongside", Role::kEnd, kStrong}, {"alongside at", Role::kEnd, kStrong}, {"dockside", Role::kEnd, kWeak},
    {"off the boat by", Role::kEnd, kStrong}, {"off the boat at", Role::kEnd, kStrong},
    {"home by", Role::kEnd, kStrong}, {"home at", Role::kEnd, kStrong}, {"home", Role::kEnd, kWeak}, {"home around", Role::kEnd, kStrong},
    {"ashore by", Role::kEnd, kStrong}, {"ashore at", Role::kEnd, kStrong}, {"step off", Role::kEnd, kWeak}, {"we are back", Role::kEnd, kStrong},
    {"back around", Role::kEnd, kStrong}, {"back before", Role::kEnd, kStrong}, {"back about", Role::kEnd, kStrong}, {"over by", Role::kEnd, kWeak}, {"over at", Role::kEnd, kWeak},

    {"reservations close*", Role::kCutoff, kStrong}, {"bookings close*", Role::kCutoff, kStrong}, {"booking closes", Role::kCutoff, kStrong}, {"reply", Role::kCutoff, kStrong}, {"replies", Role::kCutoff, kStrong}, {"reply by", Role::kCutoff, kStrong},
    {"rsvp*", Role::kCutoff, kStrong}, {"respond*", Role::kCutoff, kStrong}, {"response*", Role::kCutoff, kStrong},
    {"deadline", Role::kCutoff, kStrong}, {"cutoff", Role::kCutoff, kStrong}, {"cut - off", Role::kCutoff, kStrong},
    {"cut off", Role::kCutoff, kStrong}, {"upload until", Role::kCutoff, kStrong}, {"upload by", Role::kCutoff, kStrong},
    {"uploads until", Role::kCutoff, kStrong}, {"upload before", Role::kCutoff, kStrong}, {"upload", Role::kCutoff, kWeak},
    {"uploads", Role::kCutoff, kWeak}, {"uploads close", Role::kCutoff, kStrong}, {"let us know", Role::kCutoff, kStrong},
    {"confirm by", Role::kCutoff, kStrong}, {"confirm before", Role::kCutoff, kStrong}, {"no later than", Role::kCutoff, kWeak},
    {"cancel by", Role::kCutoff, kStrong}, {"cancel before", Role::kCutoff, kStrong}, {"book by", Role::kCutoff, kStrong},
    {"cancelled before", Role::kCutoff, kStrong}, {"canceled before", Role::kCutoff, kStrong}, {"cancelled by", Role::kCutoff, kStrong}, {"canceled by", Role::kCutoff, kStrong},
    {"cancellation*", Role::kCutoff, kStrong}, {"sales end*", Role::kCutoff, kStrong}, {"sale ends", Role::kCutoff, kStrong},
    {"order by", Role::kCutoff, kStrong}, {"submit by", Role::kCutoff, kStrong}, {"last call", Role::kCutoff, kWeak},
    {"answer by", Role::kCutoff, kStrong}, {"hear from you", Role::kCutoff, kStrong}, {"hear back", Role::kCutoff, kStrong}, {"answer us by", Role::kCutoff, kStrong}, {"tell us by", Role::kCutoff, kStrong}, {"sign up by", Role::kCutoff, kStrong},
    {"register by", Role::kCutoff, kStrong}, {"due", Role::kCutoff, kWeak}, {"reply until", Role::kCutoff, kStrong},
    {"replies close*", Role::kCutoff, kStrong}, {"get back to us", Role::kCutoff, kStrong}, {"late replies", Role::kCutoff, kStrong},

    {"live after", Role::kSwitch, kStrong}, {"goes live", Role::kSwitch, kStrong}, {"go live", Role::kSwitch, kStrong},
    {"page changes", Role::kSwitch, kStrong}, {"gallery opens", Role::kSwitch, kStrong}, {"photos open", Role::kSwitch, kStrong},
    {"upload opens", Role::kSwitch, kStrong}, {"uploads open", Role::kSwitch, kStrong}, {"unlocks", Role::kSwitch, kWeak},

    {"time", Role::kStartEnd, kNeutral}, {"times", Role::kStartEnd, kNeutral}, {"when", Role::kStartEnd, kNeutral},
    {"trip", Role::kStartEnd, kNeutral}, {"booking", Role::kStartEnd, kNeutral}, {"event", Role::kStartEnd, kNeutral},
    {"date & time", Role::kStartEnd, kNeutral}, {"date and time", Role::kStartEnd, kNeutral}, {"reservation", Role::kStartEnd, kNeutral},
    {"scheduled", Role::kStartEnd, kNeutral}, {"sailing hours", Role::kStartEnd, kStrong}, {"charter hours", Role::kStartEnd, kStrong}, {"sail hours", Role::kStartEnd, kStrong}, {"cruise hours", Role::kStartEnd, kStrong}, {"updated time", Role::kStartEnd, kStrong}, {"sail time", Role::kStart, kStrong}, {"party", Role::kStartEnd, kNeutral},
};

constexpr LabelPhrase kOthers[] = {
    {"office hours", Role::kUnrelated, kStrong}, {"office", Role::kUnrelated, kStrong}, {"opening hours", Role::kUnrelated, kStrong},
    {"business hours", Role::kUnrelated, kStrong}, {"opening times", Role::kUnrelated, kStrong}, {"hours", Role::kUnrelated, kWeak}, {"hours :", Role::kUnrelated, kStrong},
    {"open", Role::kUnrelated, kStrong}, {"opens", Role::kUnrelated, kStrong}, {"opening", Role::kUnrelated, kStrong},
    {"open daily", Role::kUnrelated, kStrong}, {"closes", Role::kUnrelated, kWeak}, {"closed", Role::kUnrelated, kWeak},
    {"sunset", Role::kUnrelated, kStrong}, {"sunrise", Role::kUnrelated, kStrong}, {"golden hour", Role::kUnrelated, kStrong},
    {"dusk", Role::kUnrelated, kStrong}, {"dawn", Role::kUnrelated, kStrong}, {"twilight", Role::kUnrelated, kStrong},
    {"blue hour", Role::kUnrelated, kStrong}, {"moonrise", Role::kUnrelated, kStrong}, {"moonset", Role::kUnrelated, kStrong},
    {"the sun", Role::kUnrelated, kStrong}, {"sun sets", Role::kUnrelated, kStrong}, {"sundown", Role::kUnrelated, kStrong},
    {"tide", Role::kUnrelated, kStrong}, {"tides", Role::kUnrelated, kStrong}, {"high tide", Role::kUnrelated, kStrong},
    {"low tide", Role::kUnrelated, kStrong}, {"built", Role::kUnrelated, kStrong}, {"build", Role::kUnrelated, kStrong},
    {"generated", Role::kUnrelated, kStrong}, {"updated", Role::kUnrelated, kStrong}, {"modified", Role::kUnrelated, kStrong},
    {"published", Role::kUnrelated, kStrong}, {"posted", Role::kUnrelated, kStrong}, {"created", Role::kUnrelated, kStrong},
    {"revised", Role::kUnrelated, kStrong}, {"rendered", Role::kUnrelated, kStrong}, {"deployed", Role::kUnrelated, kStrong},
    {"version", Role::kUnrelated, kStrong}, {"call", Role::kUnrelated, kWeak}, {"phone", Role::kUnrelated, kStrong},
    {"call us", Role::kUnrelated, kStrong}, {"text us", Role::kUnrelated, kStrong}, {"call or text", Role::kUnrelated, kStrong},
    {"phones", Role::kUnrelated, kStrong}, {"fax", Role::kUnrelated, kStrong}, {"parking", Role::kUnrelated, kStrong},
    {"meters", Role::kUnrelated, kStrong}, {"happy hour", Role::kUnrelated, kStrong}, {"wind", Role::kUnrelated, kStrong}, {"winds", Role::kUnrelated, kStrong}, {"shuttle", Role::kUnrelated, kStrong},
    {"bus", Role::kUnrelated, kStrong}, {"train", Role::kUnrelated, kStrong}, {"ferry", Role::kUnrelated, kStrong},
    {"flight", Role::kUnrelated, kStrong}, {"restaurant", Role::kUnrelated, kStrong}, {"cafe", Role::kUnrelated, kStrong},
    {"coffee", Role::kUnrelated, kStrong}, {"bar", Role::kUnrelated, kStrong}, {"store", Role::kUnrelated, kStrong},
    {"shop", Role::kUnrelated, kStrong}, {"noise", Role::kUnrelated, kStrong}, {"quiet hours", Role::kUnrelated, kStrong},
    {"harbor master", Role::kUnrelated, kStrong}, {"fireworks", Role::kUnrelated, kStrong}, {"weather", Role::kUnrelated, kStrong},
    {"forecast", Role::kUnrelated, kStrong}, {"previous", Role::kUnrelated, kWeak}, {"previously", Role::kUnrelated, kWeak}, {"formerly", Role::kUnrelated, kWeak},
    {"instead of", Role::kUnrelated, kWeak}, {"rather than", Role::kUnrelated, kWeak}, {"moved from", Role::kUnrelated, kStrong},
    {"changed from", Role::kUnrelated, kStrong}, {"updated from", Role::kUnrelated, kStrong}, {"delayed from", Role::kUnrelated, kStrong}, {"bumped from", Role::kUnrelated, kStrong}, {"rescheduled from", Role::kUnrelated, kStrong}, {"pushed from", Role::kUnrelated, kStrong},
    {"shifted from", Role::kUnrelated, kStrong}, {"pushed back from", Role::kUnrelated, kStrong}, {"moved up from", Role::kUnrelated, kStrong}, {"originally", Role::kUnrelated, kWeak},

    {"reviewed", Role::kUnrelated, kStrong}, {"review", Role::kUnrelated, kWeak}, {"comment*", Role::kUnrelated, kStrong},
    {"printed", Role::kUnrelated, kStrong}, {"edited", Role::kUnrelated, kStrong}, {"sent", Role::kUnrelated, kWeak}, {"received", Role::kUnrelated, kWeak},
    {"logged", Role::kUnrelated, kStrong}, {"booked on", Role::kUnrelated, kStrong}, {"last seen", Role::kUnrelated, kStrong},
    {"customer support", Role::kUnrelated, kStrong}, {"customer service", Role::kUnrelated, kStrong}, {"support", Role::kUnrelated, kStrong},
    {"help desk", Role::kUnrelated, kStrong}, {"helpdesk", Role::kUnrelated, kStrong}, {"hotline", Role::kUnrelated, kStrong},
    {"front desk", Role::kUnrelated, kStrong}, {"concierge", Role::kUnrelated, kStrong}, {"box office", Role::kUnrelated, kStrong},
    {"locked", Role::kUnrelated, kStrong}, {"trolley", Role::kUnrelated, kStrong}, {"tram", Role::kUnrelated, kStrong},
    {"metro", Role::kUnrelated, kStrong}, {"subway", Role::kUnrelated, kStrong}, {"streetcar", Role::kUnrelated, kStrong},
    {"water taxi", Role::kUnrelated, kStrong}, {"hotel", Role::kUnrelated, kStrong}, {"check - out", Role::kUnrelated, kStrong},
    {"checkout", Role::kUnrelated, kStrong}, {"on tv", Role::kUnrelated, kStrong}, {"kitchen", Role::kUnrelated, kStrong},
    {"museum", Role::kUnrelated, kStrong}, {"gift shop", Role::kUnrelated, kStrong}, {"museum hours", Role::kUnrelated, kStrong},
    {"timecode", Role::kUnrelated, kStrong}, {"old time", Role::kUnrelated, kStrong},
    {"alcohol", Role::kUnrelated, kStrong}, {"swimming", Role::kUnrelated, kStrong}, {"ball game", Role::kUnrelated, kStrong}, {"timestamp", Role::kUnrelated, kStrong}, {"quiet time", Role::kUnrelated, kStrong},
    {"hw", Role::kUnrelated, kStrong}, {"lw", Role::kUnrelated, kStrong}, {"high water", Role::kUnrelated, kStrong}, {"low water", Role::kUnrelated, kStrong},
    {"locks", Role::kUnrelated, kStrong}, {"trains", Role::kUnrelated, kStrong}, {"ferries", Role::kUnrelated, kStrong}, {"buses", Role::kUnrelated, kStrong},
    {"was born", Role::kUnrelated, kStrong}, {"were born", Role::kUnrelated, kStrong}, {"wakes up", Role::kUnrelated, kStrong}, {"gets up", Role::kUnrelated, kStrong},
    {"refund*", Role::kUnrelated, kStrong}, {"refund if cancelled", Role::kUnrelated, kStrong}, {"refund if cancelled before", Role::kUnrelated, kStrong},
    {"refund if canceled before", Role::kUnrelated, kStrong}, {"refund if you cancel before", Role::kUnrelated, kStrong}, {"on sale", Role::kUnrelated, kStrong},
    {"response from owner", Role::kUnrelated, kStrong}, {"response from the owner", Role::kUnrelated, kStrong}, {"live music", Role::kUnrelated, kStrong}, {"water temp", Role::kUnrelated, kStrong}, {"water temperature", Role::kUnrelated, kStrong},
    {"slack water", Role::kUnrelated, kStrong}, {"max ebb", Role::kUnrelated, kStrong}, {"max flood", Role::kUnrelated, kStrong},
    {"moon sets", Role::kUnrelated, kStrong}, {"moon rises", Role::kUnrelated, kStrong}, {"server time", Role::kUnrelated, kStrong}, {"last refreshed", Role::kUnrelated, kStrong},
    {"refreshed", Role::kUnrelated, kStrong}, {"session expires", Role::kUnrelated, kStrong}, {"first pitch", Role::kUnrelated, kStrong}, {"caterer*", Role::kUnrelated, kStrong},
    {"staff shift", Role::kUnrelated, kStrong}, {"crew shift", Role::kUnrelated, kStrong},
    {"cake order", Role::kUnrelated, kStrong}, {"answer emails", Role::kUnrelated, kStrong}, {"e - mails", Role::kUnrelated, kStrong}, {"emails", Role::kUnrelated, kStrong},
    {"playlist", Role::kUnrelated, kStrong}, {"jet ski*", Role::kUnrelated, kStrong}, {"kayak*", Role::kUnrelated, kStrong}, {"yoga", Role::kUnrelated, kStrong},
    {"flat rate", Role::kUnrelated, kStrong}, {"also available", Role::kUnrelated, kStrong}, {"similar tours", Role::kUnrelated, kStrong}, {"you may also like", Role::kUnrelated, kStrong},
    {"other times", Role::kUnrelated, kStrong}, {"past sail", Role::kUnrelated, kStrong}, {"past event*", Role::kUnrelated, kStrong}, {"placed on", Role::kUnrelated, kStrong},
    {"order placed", Role::kUnrelated, kStrong}, {"orders placed", Role::kUnrelated, kStrong}, {"orders placed before", Role::kUnrelated, kStrong}, {"hotel check - in", Role::kUnrelated, kStrong},
    {"uploaded at", Role::kUnrelated, kStrong},
    {"cheese board", Role::kUnrelated, kStrong}, {"charcuterie board", Role::kUnrelated, kStrong},
    {"song", Role::kUnrelated, kStrong}, {"chandlery", Role::kUnrelated, kStrong}, {"wrote", Role::kUnrelated, kStrong},
};

// French, German, Spanish, Italian and Dutch; "\x01" is any letter outside ASCII. And what timetables abbreviate.
constexpr LabelPhrase kForeign[] = {
    {"d\x01part", Role::kStart, kStrong, "départ"}, {"abfahrt", Role::kStart, kStrong}, {"ablegen", Role::kStart, kStrong}, {"salida", Role::kStart, kStrong},
    {"partenza", Role::kStart, kStrong}, {"partida", Role::kStart, kStrong}, {"vertrek", Role::kStart, kStrong}, {"beginn", Role::kStart, kStrong},
    {"d\x01" "but", Role::kStart, kStrong, "début"}, {"inicio", Role::kStart, kStrong}, {"inizio", Role::kStart, kStrong}, {"etd", Role::kStart, kStrong},
    {"headcount due", Role::kCutoff, kStrong}, {"text yes", Role::kCutoff, kStrong}, {"anmeldung bis", Role::kCutoff, kStrong}, {"bitte bis", Role::kCutoff, kStrong}, {"confirme antes", Role::kCutoff, kStrong}, {"r\x01ponse avant", Role::kCutoff, kStrong, "réponse avant"},
    {"slip lines", Role::kStart, kStrong}, {"retour", Role::kEnd, kStrong}, {"r\x01" "ckkehr", Role::kEnd, kStrong, "rückkehr"}, {"r\x01" "ckkunft", Role::kEnd, kStrong, "rückkunft"}, {"zur\x01" "ck", Role::kEnd, kStrong, "zurück"},
    {"regreso", Role::kEnd, kStrong}, {"vuelta", Role::kEnd, kWeak}, {"ritorno", Role::kEnd, kStrong}, {"rientro", Role::kEnd, kStrong}, {"terugkeer", Role::kEnd, kStrong},
    {"ende", Role::kEnd, kWeak}, {"fin", Role::kEnd, kWeak}, {"eta", Role::kEnd, kWeak},
    {"embarquement", Role::kArrival, kStrong}, {"embarque", Role::kArrival, kStrong}, {"einstieg", Role::kArrival, kStrong}, {"imbarco", Role::kArrival, kStrong},
    {"uhrzeit", Role::kStartEnd, kNeutral}, {"heure", Role::kStartEnd, kNeutral}, {"hora", Role::kStartEnd, kNeutral},
    {"\x01" "ffnungszeiten", Role::kUnrelated, kStrong, "öffnungszeiten"}, {"ge\x01" "ffnet", Role::kUnrelated, kStrong, "geöffnet"}, {"sonnenuntergang", Role::kUnrelated, kStrong},
    {"coucher du soleil", Role::kUnrelated, kStrong}, {"puesta de sol", Role::kUnrelated, kStrong}, {"tramonto", Role::kUnrelated, kStrong},
    {"heures d'ouverture", Role::kUnrelated, kStrong}, {"horaires d'ouverture", Role::kUnrelated, kStrong}, {"ouvert", Role::kUnrelated, kStrong}, {"b\x01ro", Role::kUnrelated, kStrong, "büro"}, {"bureau", Role::kUnrelated, kStrong}, {"oficina", Role::kUnrelated, kStrong},
    {"ufficio", Role::kUnrelated, kStrong}, {"kantoor", Role::kUnrelated, kStrong}, {"abierto", Role::kUnrelated, kStrong},
};

}  // namespace

std::array<std::span<const LabelPhrase>, 3> LabelPhrases() { return {kBookings, kOthers, kForeign}; }

bool IsRequestVerb(std::string_view word) {
  return Contains({"order", "book", "confirm", "cancel", "submit", "register", "pay", "send", "choose", "select", "decide", "vote", "reserve", "pre-order",
                   "preorder", "notify", "email", "tell", "answer", "sign", "fill", "finalize", "complete", "add", "request"},
                  word);
}

}  // namespace evenkeel
