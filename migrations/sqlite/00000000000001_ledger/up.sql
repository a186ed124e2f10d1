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
    held INTEGER NOT NULL CHECK (held BETWEEN 0 AND remaining),
    consumed INTEGER NOT NULL CHECK (consumed >= 0),
    expired INTEGER NOT NULL CHECK (expired >= 0),
    clawed INTEGER NOT NULL CHECK (clawed >= 0),
    granted_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > granted_at),
    PRIMARY KEY (bucket, account_id, lot_id),
    -- One purchase grants its credits once, and its bonus once.
    UNIQUE (bucket, account_id, purchase_id, source),
    CHECK (granted = remaining + consumed + expired + clawed)
) STRICT;

CREATE TABLE entries (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    kind INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    held_change INTEGER NOT NULL,
    balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
    available_after INTEGER NOT NULL CHECK (available_after >= 0),
    -- 24 bytes a lot: its id, then the change as a big-endian signed 64-bit integer.
    lots BLOB NOT NULL,
    purchase_id BLOB,
    reference TEXT,
    description TEXT,
    actor TEXT,
    created_at INTEGER NOT NULL,
    -- SHA-256 over this entry and the hash of the one before it.
    hash BLOB NOT NULL,
    PRIMARY KEY (bucket, account_id, sequence)
) STRICT;
