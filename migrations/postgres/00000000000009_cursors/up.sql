-- How far a worker has come with what lies in order of time: Stripe's list of events, lots that end.
-- Whoever moves the next run forward is the one who goes on.
CREATE TABLE cursors (
    name text NOT NULL PRIMARY KEY,
    done_until bigint NOT NULL,
    next_run_at bigint NOT NULL
);
