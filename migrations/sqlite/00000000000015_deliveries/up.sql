-- What goes out of the house: each notice on its way to the owner's mailbox or to a system of the
-- platform's, where those are, and how far it has come.

CREATE TABLE deliveries (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    -- The notice.
    number INTEGER NOT NULL,
    -- A webhook endpoint; zero: the owner's mailbox.
    target BLOB NOT NULL,
    delivery_id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    -- 0 waiting, 1 delivered, 2 given up.
    status INTEGER NOT NULL,
    -- Since it was made or ordered again.
    attempts INTEGER NOT NULL,
    -- Null once there is nothing left to do. Whoever moves it forward has claimed the delivery.
    next_attempt_at INTEGER,
    -- When the notice was given.
    created_at INTEGER NOT NULL,
    attempted_at INTEGER,
    -- What was answered last, or what went wrong.
    answer_status INTEGER,
    answer TEXT,
    PRIMARY KEY (bucket, account_id, number, target),
    UNIQUE (bucket, delivery_id)
) STRICT;

CREATE INDEX deliveries_due ON deliveries (target, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- What the account has waiting for the same target goes out in its order.
CREATE INDEX deliveries_waiting ON deliveries (bucket, account_id, target, number)
    WHERE next_attempt_at IS NOT NULL;

CREATE INDEX deliveries_by_time ON deliveries (created_at, delivery_id);

-- Dead letters first of all.
CREATE INDEX deliveries_by_status ON deliveries (status, created_at, delivery_id);

-- Where the platform's own systems are sent what happens. Their secrets are not here: they follow from
-- the id, the generation and the service's signing key.
CREATE TABLE webhook_endpoints (
    endpoint_id BLOB NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    -- A bit for each kind of notice; null: all, those to come included.
    kinds INTEGER,
    description TEXT,
    -- Null while it is sent something; 1 switched off, 2 failed for too long, 3 said that it is gone.
    disabled_because INTEGER,
    -- Since when nothing has got through.
    failing_since INTEGER,
    -- Whether its owner is still to be told that it was disabled.
    is_untold INTEGER NOT NULL,
    secret_generation INTEGER NOT NULL,
    -- Until when the secret before is good too.
    previous_until INTEGER,
    -- Whoever made it: this account is told.
    owner TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Where an account's owner is written to, and in which language.
CREATE TABLE contacts (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    email TEXT,
    locale TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (bucket, account_id)
) STRICT;
