/* The lease and the retirement of a page, with everybody who may write at the same time.
 *
 * One booking has two pages and one record that points at one of them. Two engines with opposite plans (each keeps one page, points
 * the record at it and retires the other) run one after the other, at once, or over each other's leases, and may stop for good
 * between any two calls: a process that is never scheduled again has crashed. A write whose reply is lost may land much later. A
 * lease may run out at any moment, so a holder may go on believing in it. Around them: a program that honours leases and re-points
 * the record, an editor of page bytes who honours nothing, a person who puts a retired page back; and, only where asked for, a
 * writer who re-points the record and honours nothing.
 *
 * What is checked after every effect: the record points at a live page, a page is deleted only in the state that was backed up,
 * record writes never go back in fencing numbers.
 *
 * Switches, each a rule of the protocol that is left out, or a writer who cannot be reckoned with; every one must be caught:
 *   NO_FENCE_PAGES    who takes a lease over from someone who never gave it back does not rewrite the pages first
 *   NO_FENCE_RECORD   … or does not raise the fencing number at the record first
 *   RELEASE_UNKNOWN   a lease is given back although the reply to a delete was lost
 *   REPEAT_VERSIONS   putting a page back gives it the version it had (a hash of its content), and a rewrite gives it no new one
 *   NO_REPOINT_FIRST  retire before the record points elsewhere
 *   NO_LEASE          nobody takes a lease
 *   FOREIGN_POINTER   a writer who honours nothing re-points the record
 */
#ifndef EXPIRIES
#define EXPIRIES 1  /* how often a lease runs out */
#endif

#define NOBODY 0
#define GONE   0

byte page[2];        /* version; GONE: not there */
byte made = 3;       /* the next unique version */
bool backed[24];     /* the state of this version is in the backup */
byte pointer = 1;
byte record = 1;     /* version of the record */
byte record_fence = 0;

byte holder = NOBODY;
byte fence = 0;
bool abandoned = false;  /* its time is up, and it was not given back */

#define NEW(v) v = made; made++
#define POINTER_LIVE assert(page[pointer] != GONE)

/* A delete, and a re-pointing, that the store carries out whenever it likes. */
proctype Late(byte which; byte version) {
  atomic {
    if
    :: page[which] == version -> page[which] = GONE; POINTER_LIVE
    :: else
    fi
  }
}

proctype LatePointer(byte target; byte version; byte number) {
  atomic {
    if
    :: record == version && number >= record_fence -> pointer = target; record_fence = number; record++; POINTER_LIVE
    :: else
    fi
  }
}

inline TakeLease(me, mine, over) {
#ifdef NO_LEASE
  mine = fence;
#else
  atomic {
    (holder == NOBODY || abandoned) ->
      over = (holder != NOBODY);
      holder = me; abandoned = false;
      fence++; mine = fence
  }
#endif
}

inline GiveBack(me) {
  atomic {
    if
    :: holder == me && !abandoned -> holder = NOBODY
    :: else
    fi
  }
}

/* Part of taking a lease over: nothing that the last holder still has under way may hit what we rely on: both pages get a new version.
 * Each is read, and written back on the condition of what was read, until that succeeds. */
inline FencePage(which, version, lost) {
#if defined(NO_FENCE_PAGES) || defined(REPEAT_VERSIONS)
  skip
#else
  atomic {
    if
    :: page[which] != version -> lost = true
    :: else
    fi;
    if
    :: page[which] != GONE -> NEW(page[which]); version = page[which]
    :: else
    fi
  }
#endif
}

/* ... nor the record: from here on it refuses the last holder's number. Nothing of the record itself changes. */
inline FenceRecord(mine) {
#ifdef NO_FENCE_RECORD
  skip
#else
  atomic {
    if
    :: mine > record_fence -> record_fence = mine
    :: else
    fi
  }
#endif
}

proctype Engine(byte me; byte keep) {
  byte kept, old, seen, mine, retire;
  bool over = false, lost = false, leads_there;
  retire = 1 - keep;

  /* The plan: three reads at different moments. */
  kept = page[keep];
  old = page[retire];
  atomic { seen = record; leads_there = (pointer == keep) }
  if
  :: kept == GONE || old == GONE -> goto done
  :: else
  fi;

  TakeLease(me, mine, over);
  if
  :: over -> FenceRecord(mine); FencePage(keep, kept, lost); FencePage(retire, old, lost)
  :: else
  fi;
  if
  :: lost -> goto conflict
  :: else
  fi;

  /* back_up_page */
  atomic {
    if
    :: page[retire] == old -> backed[old] = true
    :: else -> goto conflict
    fi
  }

#ifdef NO_REPOINT_FIRST
  atomic {
    if
    :: page[retire] == old -> page[retire] = GONE; POINTER_LIVE
    :: else -> goto conflict
    fi
  }
#endif

  /* repoint_record: the page is looked at, then the record is written on its version and on the fencing number. */
  if
  :: !leads_there ->
       if
       :: page[keep] == GONE -> goto conflict
       :: else
       fi;
       if
       :: atomic {
            if
            :: record == seen && mine >= record_fence -> pointer = keep; record_fence = mine; record++; POINTER_LIVE
            :: else -> goto conflict
            fi
          }
       :: run LatePointer(keep, seen, mine);
#ifdef RELEASE_UNKNOWN
          GiveBack(me);
#endif
          goto done
       fi
  :: else
  fi;

#ifndef NO_REPOINT_FIRST
  /* retire_page: survivor, then record, then the conditional delete. */
  if
  :: page[keep] == GONE -> goto conflict
  :: else
  fi;
  if
  :: pointer == retire -> goto conflict
  :: else
  fi;
  if
  :: atomic {
       if
       :: page[retire] == old ->
            assert(backed[old]);
            page[retire] = GONE; POINTER_LIVE
       :: else -> goto conflict
       fi
     }
  :: run Late(retire, old);  /* the reply is lost: perhaps it lands, perhaps later */
#ifdef RELEASE_UNKNOWN
     GiveBack(me);
#endif
     goto done              /* the lease stays until it runs out */
  fi;
#endif

conflict:
  GiveBack(me);
done:
  skip
}

/* A publish script that asks for the lease before it re-points. It follows the same two rules: pages are fenced after a takeover,
 * and the pointer is checked before it is written. */
proctype Script(byte me) {
  byte mine, seen, target, other, version, second;
  bool over = false, lost = false;
  if
  :: target = 0
  :: target = 1
  fi;
  TakeLease(me, mine, over);
  other = 1 - target;
  version = page[target];
  second = page[other];
  if
  :: over -> FenceRecord(mine); FencePage(target, version, lost); FencePage(other, second, lost)
  :: else
  fi;
  if
  :: lost -> goto away
  :: else
  fi;
  atomic { seen = record }
  if
  :: page[target] == GONE -> goto away
  :: else
  fi;
  atomic {
    if
    :: record == seen && mine >= record_fence -> pointer = target; record_fence = mine; record++; POINTER_LIVE
    :: else
    fi
  }
away:
  GiveBack(me)
}

/* Time. */
proctype Clock() {
  byte ticks = 0;
  do
  :: ticks < EXPIRIES -> atomic { holder != NOBODY -> abandoned = true; ticks++ }
  :: break
  od
}

/* Edits a page's bytes, whatever anybody says. */
proctype Editor() {
  byte which;
  if
  :: which = 0
  :: which = 1
  fi;
  atomic {
    if
    :: page[which] != GONE -> NEW(page[which])
    :: else
    fi
  }
}

/* Puts a page back that was retired. */
proctype Restorer() {
  byte which;
  if
  :: which = 0
  :: which = 1
  fi;
  atomic {
    if
    :: page[which] == GONE ->
#ifdef REPEAT_VERSIONS
         page[which] = which + 1  /* the same bytes, the same hash */
#else
         NEW(page[which])
#endif
    :: else
    fi
  }
}

/* Honours nothing. It points only at pages that it can see, and still no protocol of ours can make that safe. */
proctype ForeignPointer() {
  if
  :: page[0] != GONE -> atomic { pointer = 0; record++ }
  :: page[1] != GONE -> atomic { pointer = 1; record++ }
  fi
}

init {
  atomic {
    page[0] = 1;
    page[1] = 2;
    run Engine(1, 0);
    run Engine(2, 1);
    run Script(3);
    run Clock();
    run Editor();
    run Restorer();
#ifdef FOREIGN_POINTER
    run ForeignPointer();
#endif
  }
}
