-- How far a worker has come with what lies in order of time: Stripe's list of events, lots that end.
-- Whoever moves the next run forward is the one who goes on.
CREATE TABLE cursors (
    name TEXT NOT NULL PRIMARY KEY,
    done_until INTEGER NOT NULL,
    next_run_at INTEGER NOT NULL
) STRICT;
