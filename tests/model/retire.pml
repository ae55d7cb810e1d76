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
 *   RELEASE_SHARED    of two processes of one run, one gives the lease back although the other may be in the middle of a write
 *
 * TWO_PROCESSES: in the place of the script, a second process of the first run. Both carry out the same plan, under one lease and
 * one number. It is searched for its own, and must have no error.
 */
#ifdef RELEASE_SHARED
#define TWO_PROCESSES
#endif
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
bool shared = false;     /* more than one process works under it */
bool unfenced = false;   /* it was taken over, and that is not fenced yet: whoever joins fences too */

bool planned = false;    /* the plan of the first run: what its processes found when it was made */
byte plan_kept, plan_old, plan_seen;
bool plan_leads_there;

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
    if
    :: holder == NOBODY || abandoned ->
         over = (holder != NOBODY);
         holder = me; abandoned = false; shared = false;
         fence++; mine = fence; unfenced = over
#ifdef TWO_PROCESSES
    :: holder == me && !abandoned -> shared = true; mine = fence; over = unfenced
#endif
    fi
  }
#endif
}

/* What one process did not finish, another that shares the lease may be doing. */
inline GiveBack(me, mine, finished) {
  atomic {
    if
#if defined(TWO_PROCESSES) && !defined(RELEASE_SHARED)
    :: holder == me && mine == fence && !abandoned && (finished || !shared) -> holder = NOBODY
#else
    :: holder == me && mine == fence && !abandoned -> holder = NOBODY
#endif
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

inline Fenced(mine) {
  atomic {
    if
    :: mine == fence -> unfenced = false
    :: else
    fi
  }
}

proctype Engine(byte me; byte keep) {
  byte kept, old, seen, mine, retire;
  bool over = false, lost = false, finished = false, leads_there;
  retire = 1 - keep;

  /* The plan: three reads at different moments. */
#ifdef TWO_PROCESSES
  if
  :: atomic { me == 1 && planned -> kept = plan_kept; old = plan_old; seen = plan_seen; leads_there = plan_leads_there; goto lease }
  :: else
  fi;
#endif
  kept = page[keep];
  old = page[retire];
  atomic {
    seen = record; leads_there = (pointer == keep);
#ifdef TWO_PROCESSES
    if
    :: me == 1 && !planned -> planned = true; plan_kept = kept; plan_old = old; plan_seen = seen; plan_leads_there = leads_there
    :: me == 1 && planned -> kept = plan_kept; old = plan_old; seen = plan_seen; leads_there = plan_leads_there
    :: else
    fi
#endif
  }
lease:
  if
  :: kept == GONE || old == GONE -> goto done
  :: else
  fi;

  TakeLease(me, mine, over);
  if
  :: over -> FenceRecord(mine); FencePage(keep, kept, lost); FencePage(retire, old, lost); Fenced(mine)
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
#ifdef TWO_PROCESSES
            :: record != seen && pointer == keep -> skip  /* looked: the other process had done it */
#endif
            :: else -> goto conflict
            fi
          }
       :: run LatePointer(keep, seen, mine);
#ifdef RELEASE_UNKNOWN
          GiveBack(me, mine, false);
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
            page[retire] = GONE; finished = true; POINTER_LIVE
       :: else -> goto conflict
       fi
     }
  :: run Late(retire, old);  /* the reply is lost: perhaps it lands, perhaps later */
#ifdef RELEASE_UNKNOWN
     GiveBack(me, mine, false);
#endif
     goto done              /* the lease stays until it runs out */
  fi;
#endif

conflict:
  GiveBack(me, mine, finished);
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
  :: over -> FenceRecord(mine); FencePage(target, version, lost); FencePage(other, second, lost); Fenced(mine)
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
  GiveBack(me, mine, false)
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
#ifdef TWO_PROCESSES
    run Engine(1, 0);
#else
    run Script(3);
#endif
    run Clock();
    run Editor();
    run Restorer();
#ifdef FOREIGN_POINTER
    run ForeignPointer();
#endif
  }
}
