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
    -- How often the row has changed.
    version bigint NOT NULL,
    -- No active hold ends before this; null when there is none.
    holds_due_at bigint,
    -- How much may be owed for admitted work.
    overdraft_limit bigint NOT NULL CHECK (overdraft_limit >= 0),
    -- The calendar of cycles and days: a zone by its IANA name, the day of the month on which a
    -- cycle begins, since when both are in force, and when the cycle had begun that ran then.
    zone text NOT NULL,
    anchor_day smallint NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    calendar_since bigint NOT NULL,
    cycle_start bigint NOT NULL,
    -- When its auto-recharge is to be looked at: as soon as less than this is available, and at this
    -- instant. Both null where none waits.
    recharge_below bigint,
    recharge_due_at bigint,
    -- A JSON array of the limits on use; most accounts have none.
    limits text NOT NULL,
    -- Of which of them the owner was told that they leave too little, and until when.
    limits_told text NOT NULL,
    -- Low balance: a JSON array of thresholds in micro-credits, and the lowest of them that was fallen
    -- below and has not recovered.
    low_thresholds text NOT NULL,
    low_below bigint,
    -- Where its owner hears of what, as far as it is not the usual: a bit for each kind of notice.
    feed_choices bigint NOT NULL,
    mail_choices bigint NOT NULL,
    -- The number of notices so far.
    notices bigint NOT NULL CHECK (notices >= 0),
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
    held bigint NOT NULL CHECK (held >= 0),
    -- Kept from use while its payment is disputed.
    frozen bigint NOT NULL CHECK (frozen >= 0),
    consumed bigint NOT NULL CHECK (consumed >= 0),
    expired bigint NOT NULL CHECK (expired >= 0),
    clawed bigint NOT NULL CHECK (clawed >= 0),
    granted_at bigint NOT NULL,
    expires_at bigint NOT NULL CHECK (expires_at > granted_at),
    -- How many days before its end its owner was told of it last.
    reminded_days smallint,
    PRIMARY KEY (bucket, account_id, lot_id),
    -- One purchase grants its credits once, and its bonus once.
    UNIQUE (bucket, account_id, purchase_id, source),
    CHECK (granted = remaining + consumed + expired + clawed),
    CHECK (held + frozen <= remaining)
) WITH (fillfactor = 50);

-- Whose lots end next. It names no column that changes.
CREATE INDEX lots_by_end ON lots (expires_at, lot_id);

CREATE TABLE entries (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    kind smallint NOT NULL,
    amount bigint NOT NULL,
    held_change bigint NOT NULL,
    debt_change bigint NOT NULL,
    balance_after bigint NOT NULL CHECK (balance_after >= 0),
    available_after bigint NOT NULL CHECK (available_after >= 0),
    -- 32 bytes a lot: its id, then two changes as big-endian signed 64-bit integers: of what remains,
    -- and of what is held (of a freeze or a thaw: of what is frozen).
    lots bytea NOT NULL,
    -- The work it was about: what, how much of it (a JSON object), and by which rate.
    operation text,
    variant text,
    quantities text,
    rate_version integer,
    purchase_id uuid,
    hold_id uuid,
    -- Of a refund, the sequence of what it gives back.
    refunds bigint,
    reference text,
    description text,
    actor text,
    -- The platform's own notes, a JSON object.
    metadata text,
    created_at bigint NOT NULL,
    -- SHA-256 over this entry and the hash of the one before it.
    hash bytea NOT NULL,
    PRIMARY KEY (bucket, account_id, sequence)
);

-- An entry's id says its bucket and its instant, and leads to it through this. Entries are only ever
-- appended, so that they lie in the order of their instants: the bounds of a few pages at a time say
-- enough, and cost next to nothing to keep.
CREATE INDEX entries_by_instant ON entries USING brin (created_at)
    WITH (pages_per_range = 16, autosummarize = on);

-- A debit's reference (kind 4) is used once for ever; the same index finds all entries about it.
CREATE UNIQUE INDEX entries_by_reference ON entries
    (bucket, account_id, reference, (CASE WHEN kind = 4 THEN 4 END));

-- What was granted for a purchase and what became of that: few entries have one, so no debit pays for it.
CREATE INDEX entries_of_purchase ON entries (purchase_id) WHERE purchase_id IS NOT NULL;
