-- The figures as they are counted with: whole öre. The view of each table, without `_ore` in its name, gives kronor:
-- a whole number where the amount is whole, else an exact text such as '1500000.50', never a binary fraction.

CREATE TABLE ledger (
  title TEXT,               -- what the ledger is called
  currency TEXT NOT NULL    -- its one currency; an öre is a hundredth of it
) STRICT;

CREATE TABLE goals (
  position INTEGER PRIMARY KEY, -- the order of the files
  id TEXT NOT NULL UNIQUE,      -- the key in the file
  name TEXT NOT NULL,           -- the goal
  number INTEGER,               -- its number while it is valid
  valid_from TEXT,              -- a date, which may be partial: 2016, 2016-03
  valid_until TEXT,             -- likewise
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  owner TEXT NOT NULL,          -- the record it is written in: itself
  marks TEXT NOT NULL           -- JSON: field -> [line, column, end column]; "" is the record's key
) STRICT;

CREATE TABLE agencies (
  position INTEGER PRIMARY KEY, -- the order of the files
  id TEXT NOT NULL UNIQUE,      -- the key in the file, which lines give as their recipient
  name TEXT NOT NULL,           -- the name in Swedish
  kind TEXT NOT NULL,           -- agency, programme, organisation, group …
  name_en TEXT,                 -- the name in English
  abbreviation TEXT,            -- the short name
  org_number TEXT,              -- organisation number: 202100-1234
  county_code TEXT,             -- of a county administrative board
  run_by TEXT REFERENCES agencies (id), -- the agency that runs a programme
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  owner TEXT NOT NULL,          -- the record it is written in: itself
  marks TEXT NOT NULL           -- JSON: field -> [line, column, end column]; "" is the record's key
) STRICT;

CREATE TABLE agency_members (
  agency_id TEXT NOT NULL REFERENCES agencies (id), -- the group
  position INTEGER NOT NULL,    -- from 0
  member_id TEXT NOT NULL REFERENCES agencies (id), -- who belongs to it
  PRIMARY KEY (agency_id, position)
) STRICT;

CREATE TABLE sources (
  position INTEGER PRIMARY KEY, -- the order of the files
  id TEXT NOT NULL UNIQUE,      -- the key in the file, which figures name
  title TEXT NOT NULL,          -- the document's title
  kind TEXT NOT NULL,           -- press release, appropriation letter, budget bill …
  publisher TEXT,               -- who published it
  published TEXT,               -- a date, which may be partial
  reference TEXT,               -- its number at the publisher
  url TEXT,                     -- its address
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  owner TEXT NOT NULL,          -- the record it is written in: itself
  marks TEXT NOT NULL           -- JSON: field -> [line, column, end column]; "" is the record's key
) STRICT;

CREATE TABLE lines_ore (
  position INTEGER PRIMARY KEY, -- the order of the files
  id TEXT NOT NULL UNIQUE,      -- the path of keys: uo13-2024/3-1
  parent_id TEXT REFERENCES lines_ore (id), -- the line it is nested in
  of_id TEXT REFERENCES lines_ore (id), -- the line it breaks down from elsewhere (`of`)
  depth INTEGER NOT NULL,       -- how many lines it is nested in
  level TEXT NOT NULL,          -- appropriations, assignments and grants, commitments: never add across levels
  kind TEXT NOT NULL,           -- area, appropriation, item, assignment, grant, commitment
  year INTEGER,                 -- the budget year; empty for a period
  first_year INTEGER NOT NULL,  -- the first year of a period, else the year
  last_year INTEGER NOT NULL,   -- the last year of a period, else the year
  code TEXT,                    -- its own code: ap.12
  full_code TEXT,               -- the codes around it as well: UO13 3:1 ap.12
  title TEXT NOT NULL,          -- what the money is for
  recipient TEXT REFERENCES agencies (id), -- who gets it or disposes of it
  stage TEXT NOT NULL,          -- planned, proposed, decided
  counted INTEGER NOT NULL,     -- 1, or 0 for lines that are shown and enter no sum
  in_sum INTEGER NOT NULL,      -- 1 where its total enters the sum of its year and level; others lie inside such lines
  gender_marker INTEGER,        -- 0, 1, 2; empty: not screened. Never multiply money by it
  decided TEXT,                 -- a date, which may be partial
  base_ore INTEGER,             -- before top-ups: the number printed or exactly derived
  base_low_ore INTEGER,         -- the least that it may be; empty when unbounded or not known
  base_high_ore INTEGER,        -- the most that it may be
  base_stated TEXT,             -- the words of the source; empty when derived
  base_how TEXT,                -- stated, calculated (asserted in the file), derived, sum
  base_way TEXT,                -- how it is derived: total - top-ups
  top_ups_ore INTEGER,          -- all its top-ups together
  top_ups_low_ore INTEGER,      -- the least
  top_ups_high_ore INTEGER,     -- the most
  top_ups_stated TEXT,          -- the words of the source
  top_ups_how TEXT,             -- stated, calculated, derived, sum
  top_ups_way TEXT,             -- how they are derived; 'none': there are none
  total_ore INTEGER,            -- base + top-ups; where that is not known, what the line enters sums with
  total_low_ore INTEGER,        -- the least
  total_high_ore INTEGER,       -- the most
  total_stated TEXT,            -- the words of the source
  total_how TEXT,               -- stated, calculated, derived, sum
  total_way TEXT,               -- how it is derived
  partial TEXT,                 -- what the total lacks: base not stated, a top-up not stated
  summed_ore INTEGER,           -- what it adds to that sum, also where the total is a derived range; see sums_ore
  outcome_ore INTEGER,          -- what was spent
  outcome_low_ore INTEGER,      -- the least
  outcome_high_ore INTEGER,     -- the most
  outcome_stated TEXT,          -- the words of the source
  outcome_how TEXT,             -- stated, calculated
  parts_are TEXT NOT NULL,      -- complete: its parts must sum to it; partial: they must fit in it
  parts_are_written INTEGER NOT NULL, -- 1 where the file says so, 0 where it is the default
  not_known_then INTEGER NOT NULL, -- 1 where a ledger cut to a date keeps it only for what lies in it
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  owner TEXT NOT NULL,          -- the record it is written in
  marks TEXT NOT NULL           -- JSON: field -> [line, column, end column]; "" is the record's key
) STRICT;

CREATE INDEX lines_by_year ON lines_ore (year);

CREATE TABLE line_parts (
  line_id TEXT NOT NULL REFERENCES lines_ore (id), -- the line
  position INTEGER NOT NULL,    -- from 0
  part_id TEXT NOT NULL REFERENCES lines_ore (id), -- a part written inside it
  PRIMARY KEY (line_id, position)
) STRICT;

CREATE TABLE line_goals (
  line_id TEXT NOT NULL REFERENCES lines_ore (id), -- the line
  position INTEGER NOT NULL,    -- from 0
  goal_id TEXT NOT NULL REFERENCES goals (id), -- a goal it serves, in the ledger's own classification
  PRIMARY KEY (line_id, position)
) STRICT;

CREATE TABLE line_sources (
  line_id TEXT NOT NULL REFERENCES lines_ore (id), -- the line
  position INTEGER NOT NULL,    -- from 0
  source_id TEXT NOT NULL, -- a source of the whole line; 'calculated': asserted in the file
  PRIMARY KEY (line_id, position)
) STRICT;

CREATE INDEX lines_by_source ON line_sources (source_id);

CREATE TABLE claims_ore (
  position INTEGER PRIMARY KEY, -- the order of the files
  id TEXT NOT NULL UNIQUE,      -- the key in the file
  title TEXT NOT NULL,          -- what the claim is about
  year INTEGER NOT NULL,        -- the budget year
  amount_ore INTEGER,           -- the number printed
  amount_low_ore INTEGER,       -- the least; empty when unbounded
  amount_high_ore INTEGER,      -- the most
  amount_stated TEXT,           -- the words of the source
  amount_how TEXT NOT NULL,     -- stated, calculated
  about TEXT,                   -- the terms that select the lines it is about
  coverage TEXT NOT NULL,       -- partial: what is recorded must not exceed it; complete: must agree
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  owner TEXT NOT NULL,          -- the record it is written in: itself
  marks TEXT NOT NULL           -- JSON: field -> [line, column, end column]; "" is the record's key
) STRICT;

CREATE TABLE claim_sources (
  claim_id TEXT NOT NULL REFERENCES claims_ore (id), -- the claim
  position INTEGER NOT NULL,    -- from 0
  source_id TEXT NOT NULL, -- its id; who makes it
  PRIMARY KEY (claim_id, position)
) STRICT;

CREATE TABLE figures_ore (
  id INTEGER PRIMARY KEY,       -- a number of its own
  line_id TEXT REFERENCES lines_ore (id), -- the line that states it, or
  claim_id TEXT REFERENCES claims_ore (id), -- the claim that states it
  role TEXT NOT NULL,           -- base, top-up, total, outcome, claimed; restated: the same total in other words
  number_ore INTEGER,           -- the number printed; empty for a range
  low_ore INTEGER,              -- the least that it leaves possible; empty when unbounded
  high_ore INTEGER,             -- the most
  low_open INTEGER NOT NULL,    -- 1 where the least is not itself possible
  high_open INTEGER NOT NULL,   -- 1 where the most is not itself possible: drygt 600 mnkr is below 700
  sense TEXT NOT NULL,          -- exact, about, above, below, least, most, range, rounded
  words TEXT,                   -- as written in the file
  own_words TEXT,               -- the source's own wording where the file keeps it
  how TEXT NOT NULL,            -- stated, calculated; derived: worked out for a ledger cut to a date
  decided TEXT,                 -- a date, which may be partial
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  "column" INTEGER NOT NULL,    -- from this column on, counted from 1
  end_column INTEGER NOT NULL,  -- up to this one, not included
  owner TEXT NOT NULL           -- the record it is written in
) STRICT;

CREATE INDEX figures_by_line ON figures_ore (line_id);

CREATE TABLE figure_sources (
  figure_id INTEGER NOT NULL REFERENCES figures_ore (id), -- the figure
  position INTEGER NOT NULL,    -- from 0
  source_id TEXT NOT NULL, -- a source that states it, or 'calculated'
  PRIMARY KEY (figure_id, position)
) STRICT;

CREATE TABLE top_ups_ore (
  id INTEGER PRIMARY KEY,       -- a number of its own
  line_id TEXT NOT NULL REFERENCES lines_ore (id), -- the line that it is added to
  figure_id INTEGER REFERENCES figures_ore (id), -- its figure; empty where no source states it
  from_line_id TEXT REFERENCES lines_ore (id), -- another line whose total is the amount
  amount_ore INTEGER,           -- the number printed or exactly derived; below zero for a reduction
  amount_low_ore INTEGER,       -- the least
  amount_high_ore INTEGER,      -- the most
  amount_stated TEXT,           -- the words of the source
  decided TEXT,                 -- a date, which may be partial
  counts_from TEXT NOT NULL,    -- the day from which it counts in a ledger as of a day
  counts_from_by TEXT NOT NULL, -- what that rests on: decided, source (the earliest date of its sources), year
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  "column" INTEGER NOT NULL,    -- from this column on, counted from 1
  end_column INTEGER NOT NULL,  -- up to this one, not included
  owner TEXT NOT NULL           -- the record it is written in
) STRICT;

CREATE TABLE top_up_sources (
  top_up_id INTEGER NOT NULL REFERENCES top_ups_ore (id), -- the top-up
  position INTEGER NOT NULL,    -- from 0
  source_id TEXT NOT NULL, -- a source that states it, or 'calculated'
  PRIMARY KEY (top_up_id, position)
) STRICT;

CREATE TABLE sums_ore (
  year INTEGER NOT NULL,        -- the budget year
  level TEXT NOT NULL,          -- appropriations, assignments and grants, commitments
  total_ore INTEGER,            -- what its lines come to, every krona once: the sum that `ledger summary` prints
  total_low_ore INTEGER,        -- the least
  total_high_ore INTEGER,       -- the most
  lines INTEGER NOT NULL,       -- how many counted lines
  not_stated INTEGER NOT NULL,  -- how many of them have no amount
  not_stated_inside INTEGER NOT NULL, -- how many of those lie in a summed line, so that the sum misses nothing
  partial INTEGER NOT NULL,     -- how many enter with less than their total
  PRIMARY KEY (year, level)
) STRICT;

CREATE TABLE acceptances (
  id INTEGER PRIMARY KEY,       -- a number of its own
  line_id TEXT REFERENCES lines_ore (id), -- the line that has it, or
  claim_id TEXT REFERENCES claims_ore (id), -- the claim that has it
  check_id TEXT NOT NULL,       -- the check whose finding is left to stand
  reason TEXT NOT NULL,         -- why it stands
  source TEXT,                  -- who published the discrepancy
  until TEXT,                   -- a date, which may be partial
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  "column" INTEGER NOT NULL,    -- from this column on, counted from 1
  end_column INTEGER NOT NULL,  -- up to this one, not included
  owner TEXT NOT NULL           -- the record it is written in
) STRICT;

CREATE TABLE initiatives (
  position INTEGER PRIMARY KEY, -- the order of the files
  id TEXT NOT NULL UNIQUE,      -- the key in the file
  title TEXT NOT NULL,          -- what it is called
  kind TEXT NOT NULL,           -- inquiry, directive, programme, strategy, co-operation …
  reference TEXT,               -- its number: SOU 2024:1
  body TEXT,                    -- who carries it out
  lead TEXT,                    -- who leads it
  decided TEXT,                 -- a date, which may be partial, as all dates here
  published TEXT,               -- when it was published
  due TEXT,                     -- when it is to report
  consultation_until TEXT,      -- the last day to answer
  runs_from TEXT,               -- its first day
  runs_until TEXT,              -- its last day, as first decided; see initiative_extensions
  note TEXT,                    -- a remark in the file
  file TEXT NOT NULL,           -- where it is written
  line INTEGER NOT NULL,        -- on which line of the file
  owner TEXT NOT NULL,          -- the record it is written in: itself
  marks TEXT NOT NULL           -- JSON: field -> [line, column, end column]; "" is the record's key
) STRICT;

CREATE TABLE initiative_details (
  initiative_id TEXT NOT NULL REFERENCES initiatives (id), -- the initiative
  position INTEGER NOT NULL,    -- from 0
  field TEXT NOT NULL,          -- a field as the file names it, those with a column in `initiatives` among them
  value TEXT NOT NULL,          -- its value
  place_in_list INTEGER,        -- from 0 in a list; empty for a single value
  PRIMARY KEY (initiative_id, position)
) STRICT;

CREATE TABLE initiative_agencies (
  initiative_id TEXT NOT NULL REFERENCES initiatives (id), -- the initiative
  position INTEGER NOT NULL,    -- from 0
  agency_id TEXT NOT NULL REFERENCES agencies (id), -- an agency that takes part
  PRIMARY KEY (initiative_id, position)
) STRICT;

CREATE TABLE initiative_sources (
  initiative_id TEXT NOT NULL REFERENCES initiatives (id), -- the initiative
  position INTEGER NOT NULL,    -- from 0
  source_id TEXT NOT NULL REFERENCES sources (id), -- who says so
  PRIMARY KEY (initiative_id, position)
) STRICT;

CREATE TABLE initiative_extensions (
  initiative_id TEXT NOT NULL REFERENCES initiatives (id), -- the initiative
  position INTEGER NOT NULL,    -- from 0
  extended TEXT NOT NULL,       -- when that was decided
  runs_until TEXT NOT NULL,     -- its last day since then
  source_id TEXT NOT NULL REFERENCES sources (id), -- who says so
  PRIMARY KEY (initiative_id, position)
) STRICT;

CREATE TABLE duplicates (
  id INTEGER PRIMARY KEY,       -- a number of its own
  what TEXT NOT NULL,           -- the top-level key: allocations, agencies …
  name TEXT NOT NULL,           -- the id that stands a second time
  file TEXT NOT NULL,           -- where the second one is written
  line INTEGER NOT NULL,        -- on which line of the file
  "column" INTEGER NOT NULL,    -- from this column on, counted from 1
  end_column INTEGER NOT NULL,  -- up to this one, not included
  owner TEXT NOT NULL,          -- the record it is written in
  first_file TEXT NOT NULL,     -- where the first one is written, which holds
  first_line INTEGER NOT NULL,  -- on which line of the file
  first_column INTEGER NOT NULL, -- from this column on
  first_end_column INTEGER NOT NULL, -- up to this one, not included
  first_owner TEXT NOT NULL     -- the record it is written in
) STRICT;

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,       -- a number of its own
  check_id TEXT NOT NULL,       -- the check: `ledger explain CHECK`
  severity TEXT NOT NULL,       -- error, warning
  message TEXT NOT NULL,        -- what was found
  help TEXT,                    -- what to do
  file TEXT NOT NULL,           -- where
  line INTEGER NOT NULL,        -- on which line of the file
  "column" INTEGER NOT NULL,    -- from this column on, counted from 1
  end_column INTEGER NOT NULL,  -- up to this one, not included
  owner TEXT NOT NULL,          -- the line, claim or other record that stands there
  text TEXT                     -- that line of the file
) STRICT;

CREATE TABLE finding_notes (
  finding_id INTEGER NOT NULL REFERENCES findings (id), -- the finding
  position INTEGER NOT NULL,    -- from 0
  kind TEXT,                    -- the kind of a hint: missing-part, unit-slip …; empty for a related place
  message TEXT NOT NULL,        -- what stands there, or the likely cause
  file TEXT,                    -- where; empty when not known
  line INTEGER,                 -- on which line of the file
  "column" INTEGER,             -- from this column on, counted from 1
  end_column INTEGER,           -- up to this one, not included
  owner TEXT,                   -- the record that stands there
  text TEXT,                    -- that line of the file
  PRIMARY KEY (finding_id, position)
) STRICT;

CREATE VIEW lines AS SELECT
  l.id,                         -- the path of keys: uo13-2024/3-1
  coalesce(l.parent_id, l.of_id) AS parent, -- the line it lies in
  l.depth,                      -- how many lines it is nested in
  l.level,                      -- appropriations, assignments and grants, commitments: never add across levels
  l.year,                       -- the budget year; empty for a period
  l.first_year,                 -- the first year of a period, else the year
  l.last_year,                  -- the last year of a period, else the year
  l.kind,                       -- area, appropriation, item, assignment, grant, commitment
  l.code,                       -- its own code: ap.12
  l.full_code,                  -- the codes around it as well: UO13 3:1 ap.12
  l.title,                      -- what the money is for
  l.recipient,                  -- the id of who gets it or disposes of it
  coalesce(a.name, l.recipient) AS recipient_name, -- the name of that agency
  a.org_number,                 -- its organisation number
  (SELECT group_concat(goal_id, ';') FROM line_goals WHERE line_id = l.id) AS goals, -- the goals it serves, see line_goals
  l.gender_marker,              -- 0, 1, 2; empty: not screened. Never multiply money by it
  l.stage,                      -- planned, proposed, decided
  l.counted,                    -- 1, or 0 for lines that are shown and enter no sum
  l.in_sum,                     -- 1 where its total enters the sum of its year and level; others lie inside such lines
  kronor(l.base_ore) AS base,   -- before top-ups, in kronor: the number printed or exactly derived
  kronor(l.base_low_ore) AS base_low, -- the least that it may be
  kronor(l.base_high_ore) AS base_high, -- the most that it may be
  l.base_stated,                -- the words of the source; empty when derived
  l.base_how,                   -- stated, calculated (asserted in the file), derived, sum
  l.base_ore,                   -- the same in öre
  kronor(l.top_ups_ore) AS top_ups, -- all its top-ups together
  kronor(l.top_ups_low_ore) AS top_ups_low, -- the least
  kronor(l.top_ups_high_ore) AS top_ups_high, -- the most
  l.top_ups_stated,             -- the words of the source
  l.top_ups_how,                -- stated, calculated, derived, sum
  l.top_ups_ore,                -- the same in öre
  kronor(l.total_ore) AS total, -- base + top-ups; where that is not known, what the line enters sums with
  kronor(l.total_low_ore) AS total_low, -- the least
  kronor(l.total_high_ore) AS total_high, -- the most
  l.total_stated,               -- the words of the source
  l.total_how,                  -- stated, calculated, derived, sum
  l.total_ore,                  -- the same in öre
  l.partial,                    -- what the total lacks: base not stated, a top-up not stated
  kronor(l.summed_ore) AS summed, -- what it adds to the sum of its year and level; what two such lines share: see sums
  l.summed_ore,                 -- the same in öre
  kronor(l.outcome_ore) AS outcome, -- what was spent
  kronor(l.outcome_low_ore) AS outcome_low, -- the least
  kronor(l.outcome_high_ore) AS outcome_high, -- the most
  l.outcome_stated,             -- the words of the source
  l.outcome_ore,                -- the same in öre
  l.decided,                    -- a date, which may be partial
  (SELECT group_concat(source_id, ';') FROM line_sources WHERE line_id = l.id) AS source, -- its own sources; see figures
  l.note,                       -- a remark in the file
  l.file,                       -- where it is written
  l.line                        -- on which line of the file
FROM lines_ore AS l LEFT JOIN agencies AS a ON a.id = l.recipient;

CREATE VIEW top_ups AS SELECT
  t.line_id,                    -- the line that it is added to
  l.year,                       -- the budget year of that line
  l.title,                      -- what the money is for
  l.recipient,                  -- the id of who gets it
  kronor(t.amount_ore) AS amount, -- in kronor: the number printed or exactly derived; below zero for a reduction
  kronor(t.amount_low_ore) AS amount_low, -- the least
  kronor(t.amount_high_ore) AS amount_high, -- the most
  t.amount_stated,              -- the words of the source; empty when derived
  t.amount_ore,                 -- the same in öre
  t.from_line_id,               -- another line whose total is the amount
  t.decided,                    -- a date, which may be partial
  t.counts_from,                -- the day from which it counts in a ledger as of a day
  t.counts_from_by,             -- what that rests on: decided, source (the earliest date of its sources), year
  (SELECT group_concat(source_id, ';') FROM top_up_sources WHERE top_up_id = t.id) AS source, -- who states it
  t.note,                       -- a remark in the file
  t.file,                       -- where it is written
  t.line                        -- on which line of the file
FROM top_ups_ore AS t JOIN lines_ore AS l ON l.id = t.line_id;

CREATE VIEW claims AS SELECT
  id,                           -- the key in the file
  title,                        -- what the claim is about
  year,                         -- the budget year
  kronor(amount_ore) AS amount, -- in kronor: the number printed
  kronor(amount_low_ore) AS amount_low, -- the least
  kronor(amount_high_ore) AS amount_high, -- the most
  amount_stated,                -- the words of the source
  amount_ore,                   -- the same in öre
  about,                        -- the terms that select the lines it is about
  coverage,                     -- partial: what is recorded must not exceed it; complete: must agree
  (SELECT group_concat(source_id, ';') FROM claim_sources WHERE claim_id = claims_ore.id) AS source, -- who makes it
  note,                         -- a remark in the file
  file,                         -- where it is written
  line                          -- on which line of the file
FROM claims_ore;

CREATE VIEW figures AS SELECT
  line_id,                      -- the line that states it, or
  claim_id,                     -- the claim that states it
  role,                         -- base, top-up, total, outcome, claimed; restated: the same total in other words
  kronor(number_ore) AS number, -- in kronor: the number printed; empty for a range
  kronor(low_ore) AS low,       -- the least that it leaves possible; empty when unbounded
  kronor(high_ore) AS high,     -- the most
  number_ore,                   -- the number in öre
  sense,                        -- exact, about, above, below, least, most, range, rounded
  coalesce(own_words, words) AS stated, -- the words of the source
  how,                          -- stated, calculated; derived: worked out for a ledger cut to a date
  (SELECT group_concat(source_id, ';') FROM figure_sources WHERE figure_id = figures_ore.id) AS source, -- who states it
  decided,                      -- a date, which may be partial
  note,                         -- a remark in the file
  file,                         -- where it is written
  line,                         -- on which line of the file
  "column"                      -- from this column on, counted from 1
FROM figures_ore;

CREATE VIEW sums AS SELECT
  year,                         -- the budget year
  level,                        -- appropriations, assignments and grants, commitments
  kronor(total_ore) AS total,   -- in kronor: what its lines come to, every krona once, as `ledger summary` prints it
  kronor(total_low_ore) AS total_low, -- the least
  kronor(total_high_ore) AS total_high, -- the most
  total_ore,                    -- the same in öre
  lines,                        -- how many counted lines
  not_stated,                   -- how many of them have no amount
  not_stated_inside,            -- how many of those lie in a summed line, so that the sum misses nothing
  partial                       -- how many enter with less than their total
FROM sums_ore;
