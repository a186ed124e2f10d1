-- Work under way, and what was used: holds, debits given back, and the sums of each day.

CREATE TABLE holds (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    hold_id BLOB NOT NULL,
    reference TEXT NOT NULL,
    description TEXT,
    operation TEXT,
    variant TEXT,
    quantities TEXT,
    rate_version INTEGER,
    -- 1 reject, 2 cap, 3 cover.
    overage INTEGER NOT NULL,
    -- 1 active, 2 captured, 3 released, 4 expired.
    status INTEGER NOT NULL,
    credits INTEGER NOT NULL CHECK (credits >= 0),
    captured INTEGER NOT NULL CHECK (captured >= 0),
    -- What is still set aside, 24 bytes a lot: its id and the credits as a big-endian signed
    -- 64-bit integer.
    parts BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- The account's day on which it was made.
    day_start INTEGER NOT NULL,
    date INTEGER NOT NULL,
    -- A hold's id says its bucket, and leads here without its account.
    PRIMARY KEY (bucket, hold_id),
    UNIQUE (bucket, account_id, reference)
) STRICT;

-- Those that may be due: of one account, and of all.
CREATE INDEX holds_active ON holds (bucket, account_id, expires_at) WHERE status = 1;
CREATE INDEX holds_due ON holds (expires_at) WHERE status = 1;

CREATE TABLE refunds (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    -- The entry that was given back, once, and the entry that did.
    debit_sequence INTEGER NOT NULL,
    refund_sequence INTEGER NOT NULL,
    PRIMARY KEY (bucket, account_id, debit_sequence)
) STRICT;

CREATE TABLE usage_days (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    -- When the account's day began, and its date there in days since 1970.
    day_start INTEGER NOT NULL,
    operation TEXT NOT NULL,
    -- Empty where the operation has none.
    variant TEXT NOT NULL,
    date INTEGER NOT NULL,
    consumed INTEGER NOT NULL CHECK (consumed >= 0),
    refunded INTEGER NOT NULL CHECK (refunded >= 0),
    -- What holds made on that day still set aside. Nothing checks it here: a change is proposed as a
    -- row of its own, and one that gives back is negative.
    held INTEGER NOT NULL,
    -- Debits and captures.
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (bucket, account_id, day_start, operation, variant)
) STRICT;
