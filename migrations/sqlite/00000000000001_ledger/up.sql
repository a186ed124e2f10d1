-- Who owns credits, and what: totals, lots, and the append-only entries that explain them.
-- Amounts are micro-credits, instants are microseconds since 1970 UTC.

CREATE TABLE accounts (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    balance INTEGER NOT NULL CHECK (balance BETWEEN 0 AND 9000000000000000),
    held INTEGER NOT NULL CHECK (held BETWEEN 0 AND balance),
    frozen INTEGER NOT NULL CHECK (frozen BETWEEN 0 AND balance),
    debt INTEGER NOT NULL CHECK (debt >= 0),
    -- The number of entries so far, and the hash of the last one.
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    last_hash BLOB NOT NULL,
    -- How often the row has changed.
    version INTEGER NOT NULL,
    -- No active hold ends before this; null when there is none.
    holds_due_at INTEGER,
    -- How much may be owed for admitted work.
    overdraft_limit INTEGER NOT NULL CHECK (overdraft_limit >= 0),
    -- The calendar of cycles and days: a zone by its IANA name, the day of the month on which a
    -- cycle begins, since when both are in force, and when the cycle had begun that ran then.
    zone TEXT NOT NULL,
    anchor_day INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    calendar_since INTEGER NOT NULL,
    cycle_start INTEGER NOT NULL,
    -- When its auto-recharge is to be looked at: as soon as less than this is available, and at this
    -- instant. Both null where none waits.
    recharge_below INTEGER,
    recharge_due_at INTEGER,
    -- A JSON array of the limits on use; most accounts have none.
    limits TEXT NOT NULL,
    -- Of which of them the owner was told that they leave too little, and until when.
    limits_told TEXT NOT NULL,
    -- Low balance: a JSON array of thresholds in micro-credits, and the lowest of them that was fallen
    -- below and has not recovered.
    low_thresholds TEXT NOT NULL,
    low_below INTEGER,
    -- Where its owner hears of what, as far as it is not the usual: a bit for each kind of notice.
    feed_choices INTEGER NOT NULL,
    mail_choices INTEGER NOT NULL,
    -- The number of notices so far.
    notices INTEGER NOT NULL CHECK (notices >= 0),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (bucket, account_id)
) STRICT;

CREATE TABLE lots (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    lot_id BLOB NOT NULL,
    source INTEGER NOT NULL,
    purchase_id BLOB,
    priority INTEGER NOT NULL,
    granted INTEGER NOT NULL CHECK (granted > 0),
    remaining INTEGER NOT NULL,
    held INTEGER NOT NULL CHECK (held >= 0),
    -- Kept from use while its payment is disputed.
    frozen INTEGER NOT NULL CHECK (frozen >= 0),
    consumed INTEGER NOT NULL CHECK (consumed >= 0),
    expired INTEGER NOT NULL CHECK (expired >= 0),
    clawed INTEGER NOT NULL CHECK (clawed >= 0),
    granted_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > granted_at),
    -- How many days before its end its owner was told of it last.
    reminded_days INTEGER,
    PRIMARY KEY (bucket, account_id, lot_id),
    -- One purchase grants its credits once, and its bonus once.
    UNIQUE (bucket, account_id, purchase_id, source),
    CHECK (granted = remaining + consumed + expired + clawed),
    CHECK (held + frozen <= remaining)
) STRICT;

-- Whose lots end next. It names no column that changes.
CREATE INDEX lots_by_end ON lots (expires_at, lot_id);

CREATE TABLE entries (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    kind INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    held_change INTEGER NOT NULL,
    debt_change INTEGER NOT NULL,
    balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
    available_after INTEGER NOT NULL CHECK (available_after >= 0),
    -- 32 bytes a lot: its id, then two changes as big-endian signed 64-bit integers: of what remains,
    -- and of what is held (of a freeze or a thaw: of what is frozen).
    lots BLOB NOT NULL,
    -- The work it was about: what, how much of it (a JSON object), and by which rate.
    operation TEXT,
    variant TEXT,
    quantities TEXT,
    rate_version INTEGER,
    purchase_id BLOB,
    hold_id BLOB,
    -- Of a refund, the sequence of what it gives back.
    refunds INTEGER,
    reference TEXT,
    description TEXT,
    actor TEXT,
    -- The platform's own notes, a JSON object.
    metadata TEXT,
    created_at INTEGER NOT NULL,
    -- SHA-256 over this entry and the hash of the one before it.
    hash BLOB NOT NULL,
    PRIMARY KEY (bucket, account_id, sequence)
) STRICT;

-- An entry's id says its bucket and its instant, and leads to it through this.
CREATE INDEX entries_by_instant ON entries (bucket, created_at);

-- A debit's reference (kind 4) is used once for ever; the same index finds all entries about it.
CREATE UNIQUE INDEX entries_by_reference ON entries
    (bucket, account_id, reference, (CASE WHEN kind = 4 THEN 4 END));

-- What was granted for a purchase and what became of that: few entries have one, so no debit pays for it.
CREATE INDEX entries_of_purchase ON entries (purchase_id) WHERE purchase_id IS NOT NULL;
