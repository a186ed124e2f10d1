-- Work under way, and what was used: holds, debits given back, and the sums of each day.

CREATE TABLE holds (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    hold_id uuid NOT NULL,
    reference text NOT NULL,
    description text,
    operation text,
    variant text,
    quantities text,
    rate_version integer,
    -- 1 reject, 2 cap, 3 cover.
    overage smallint NOT NULL,
    -- 1 active, 2 captured, 3 released, 4 expired.
    status smallint NOT NULL,
    credits bigint NOT NULL CHECK (credits >= 0),
    captured bigint NOT NULL CHECK (captured >= 0),
    -- What is still set aside, 24 bytes a lot: its id and the credits as a big-endian signed
    -- 64-bit integer.
    parts bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    -- The account's day on which it was made.
    day_start bigint NOT NULL,
    date integer NOT NULL,
    -- A hold's id says its bucket, and leads here without its account.
    PRIMARY KEY (bucket, hold_id),
    UNIQUE (bucket, account_id, reference)
);

-- Those that may be due: of one account, and of all.
CREATE INDEX holds_active ON holds (bucket, account_id, expires_at) WHERE status = 1;
CREATE INDEX holds_due ON holds (expires_at) WHERE status = 1;

CREATE TABLE refunds (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    -- The entry that was given back, once, and the entry that did.
    debit_sequence bigint NOT NULL,
    refund_sequence bigint NOT NULL,
    PRIMARY KEY (bucket, account_id, debit_sequence)
);

CREATE TABLE usage_days (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    -- When the account's day began, and its date there in days since 1970.
    day_start bigint NOT NULL,
    operation text NOT NULL,
    -- Empty where the operation has none.
    variant text NOT NULL,
    date integer NOT NULL,
    consumed bigint NOT NULL CHECK (consumed >= 0),
    refunded bigint NOT NULL CHECK (refunded >= 0),
    -- What holds made on that day still set aside. Nothing checks it here: a change is proposed as a
    -- row of its own, and one that gives back is negative.
    held bigint NOT NULL,
    -- Debits and captures.
    count bigint NOT NULL CHECK (count >= 0),
    PRIMARY KEY (bucket, account_id, day_start, operation, variant)
) WITH (fillfactor = 50);
