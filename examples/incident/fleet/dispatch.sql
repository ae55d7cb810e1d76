-- The dispatch table of the example fleet. It becomes a database with
--   sqlite3 dispatch.sqlite < dispatch.sql
BEGIN;

CREATE TABLE "jada-crew-dispatch" (
  guest_code    TEXT NOT NULL PRIMARY KEY,
  booking_id    TEXT NOT NULL,
  date          TEXT NOT NULL,
  start_time    TEXT NOT NULL,
  guest_name    TEXT NOT NULL,
  page_slug     TEXT,
  boatsetter_id TEXT,
  captain       TEXT,
  crew          TEXT,
  guest_count   INTEGER,
  status        TEXT NOT NULL,
  updated_at    TEXT NOT NULL
);

INSERT INTO "jada-crew-dispatch" VALUES
  ('S2FJLN', 'xhqgmdh', '2026-05-30', '15:30', 'Jonathan', '2026-05-30-jonathan-afternoon', 'jonathan-crew-booking',
   'Marisol Reyes', 'Tom Alder, Inez Park', 10, 'confirmed', '2026-05-20T17:42:10Z'),
  ('MRC8LV', 'mrclvca', '2026-08-15', '17:30', 'Moreau', '2026-08-15-moreau-anniversary.html', 'moreau-crew-booking',
   'Marisol Reyes', 'Inez Park, Tom Alder', 14, 'confirmed', '2026-07-02T20:05:44Z'),
  ('P4WHAL', 'pzkwlem', '2027-02-20', '10:00', 'Priya', '2027-02-20-priya-morning', 'priya-whales-booking',
   'Dana Kowalski', 'Rafael Ito', 4, 'confirmed', '2026-11-03T18:21:09Z'),
  ('P9GOLD', 'pzrtung', '2027-02-20', '15:30', 'Priya', '2027-02-20-priya-golden-hour', 'priya-golden-booking',
   'Marisol Reyes', 'Inez Park', 8, 'confirmed', '2026-11-03T18:24:51Z'),
  ('KF7SPR', 'kfrsprn', '2027-05-15', '11:00', 'Okafor', '2027-05-15-okafor-spring', NULL,
   'Marisol Reyes', 'Rafael Ito, Tom Alder', 12, 'confirmed', '2026-11-09T22:13:37Z'),
  ('M7PXRA', 'qmtdkzh', '2027-06-12', '09:00', 'Delacroix', '2027-06-12-delacroix-morning', 'delacroix-crew-booking',
   'Marisol Reyes', 'Tom Alder', 5, 'confirmed', '2026-10-28T16:40:02Z'),
  ('HRK2BY', 'hrkbayq', '2027-06-19', '14:00', 'Haruki', 'https://queenofsandiego.com/g/2027-06-19-haruki-afternoon', 'haruki-crew-booking',
   'Dana Kowalski', 'Inez Park', 9, 'confirmed', '2026-11-12T19:55:30Z'),
  ('WTK5SB', 'wtksunb', '2027-06-26', '18:00', 'Whitaker', '2027-06-26-whitaker-sunset', NULL,
   'Dana Kowalski', 'Tom Alder', 6, 'confirmed', '2026-11-10T21:30:18Z'),
  ('CST3LN', 'cstlnch', '2027-07-10', '12:30', 'Castellano', '2027-07-10-castellano-lunch', NULL,
   'Dana Kowalski', 'Inez Park, Rafael Ito', 7, 'confirmed', '2026-11-14T17:08:26Z');

COMMIT;
