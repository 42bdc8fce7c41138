title: an experiment is excluded only without real data and real users, for a while, and allows nothing
covers: R-063

on 2026-05-11 09:00
patel claims sandbox "Tone with customers": "real calls, real agents"
  real_data: yes
  real_users: yes
  until: 2026-06-11 09:00
  => refused sandbox.not_excluded
     it affects real users
     it processes real data
patel claims sandbox "Tone with old calls": "calls of last year"
  real_data: yes
  until: 2026-06-11 09:00
  => refused sandbox.not_excluded
     it processes real data
patel claims sandbox "Tone": "invented calls, three colleagues"
  until: 2027-06-11 09:00
  => refused time.wrong_order
patel claims sandbox "Tone": "invented calls, three colleagues"
  until: 2026-06-11 09:00
  => exclusion claimed
entries sandbox_exclusion
  => Tone: open
verdict on tone-v1 in production
  => deny
     no release names this digest for this environment
on 2026-06-12 09:00
entries sandbox_exclusion
  => Tone: open, overdue
chen ends sandbox "Tone": "I think so"
  => refused actor.not_permitted
patel ends sandbox "Tone": "it becomes a release"
  => exclusion ended
entries sandbox_exclusion
  => Tone: closed
