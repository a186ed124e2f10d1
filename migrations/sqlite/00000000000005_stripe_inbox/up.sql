-- Events as Stripe sent them: stored and committed before Stripe is told so, applied afterwards.

CREATE TABLE stripe_inbox (
    event_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    livemode INTEGER NOT NULL,
    payload TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- 0 waiting, 1 applied, 2 ignored, 3 given up.
    status INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    -- Null once there is nothing left to do. Whoever moves it forward has claimed the event.
    next_attempt_at INTEGER,
    -- Whose purchase it is about, once that is known.
    account_id TEXT,
    purchase_id BLOB,
    -- Why it was ignored, or what went wrong last.
    note TEXT
) STRICT;

CREATE INDEX stripe_inbox_due ON stripe_inbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

CREATE INDEX stripe_inbox_of_purchase ON stripe_inbox (purchase_id) WHERE purchase_id IS NOT NULL;
