-- Who owns credits, and what: totals, lots, and the append-only entries that explain them.
-- Amounts are micro-credits, instants are microseconds since 1970 UTC.

CREATE TABLE accounts (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    balance bigint NOT NULL CHECK (balance BETWEEN 0 AND 9000000000000000),
    held bigint NOT NULL CHECK (held BETWEEN 0 AND balance),
    frozen bigint NOT NULL CHECK (frozen BETWEEN 0 AND balance),
    debt bigint NOT NULL CHECK (debt >= 0),
    -- The number of entries so far, and the hash of the last one.
    sequence bigint NOT NULL CHECK (sequence >= 0),
    last_hash bytea NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (bucket, account_id)
) WITH (fillfactor = 50);

CREATE TABLE lots (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    lot_id uuid NOT NULL,
    source smallint NOT NULL,
    purchase_id uuid,
    priority smallint NOT NULL,
    granted bigint NOT NULL CHECK (granted > 0),
    remaining bigint NOT NULL,
    held bigint NOT NULL CHECK (held BETWEEN 0 AND remaining),
    consumed bigint NOT NULL CHECK (consumed >= 0),
    expired bigint NOT NULL CHECK (expired >= 0),
    clawed bigint NOT NULL CHECK (clawed >= 0),
    granted_at bigint NOT NULL,
    expires_at bigint NOT NULL CHECK (expires_at > granted_at),
    PRIMARY KEY (bucket, account_id, lot_id),
    -- One purchase grants its credits once, and its bonus once.
    UNIQUE (bucket, account_id, purchase_id, source),
    CHECK (granted = remaining + consumed + expired + clawed)
) WITH (fillfactor = 50);

CREATE TABLE entries (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    kind smallint NOT NULL,
    amount bigint NOT NULL,
    held_change bigint NOT NULL,
    balance_after bigint NOT NULL CHECK (balance_after >= 0),
    available_after bigint NOT NULL CHECK (available_after >= 0),
    -- 24 bytes a lot: its id, then the change as a big-endian signed 64-bit integer.
    lots bytea NOT NULL,
    purchase_id uuid,
    reference text,
    description text,
    actor text,
    created_at bigint NOT NULL,
    -- SHA-256 over this entry and the hash of the one before it.
    hash bytea NOT NULL,
    PRIMARY KEY (bucket, account_id, sequence)
);
