-- Promotion codes: what each does, who may use it and how often all accounts have. A small table that
-- every process reads; a use changes its row in the transaction that opens the purchase.

CREATE TABLE promotion_codes (
    -- In upper case.
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 3 AND 32),
    -- 1: percent off the price; 2: micro-credits more.
    effect INTEGER NOT NULL CHECK (effect IN (1, 2)),
    amount INTEGER NOT NULL CHECK (amount > 0),
    -- The ids of its packages as a JSON array; null: every package.
    packages TEXT,
    -- 1: everyone; 2: accounts that buy for the first time.
    audience INTEGER NOT NULL CHECK (audience IN (1, 2)),
    active INTEGER NOT NULL,
    most_per_account INTEGER CHECK (most_per_account > 0),
    most_in_total INTEGER CHECK (most_in_total > 0),
    ends_at INTEGER,
    -- The purchases opened with it that have neither expired nor failed.
    used INTEGER NOT NULL CHECK (used >= 0),
    -- How often an administrator has changed it.
    version INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
