-- Promotion codes: what each does, who may use it and how often all accounts have. A small table that
-- every process reads; a use changes its row in the transaction that opens the purchase.

CREATE TABLE promotion_codes (
    -- In upper case.
    code text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 3 AND 32),
    -- 1: percent off the price; 2: micro-credits more.
    effect smallint NOT NULL CHECK (effect IN (1, 2)),
    amount bigint NOT NULL CHECK (amount > 0),
    -- The ids of its packages as a JSON array; null: every package.
    packages text,
    -- 1: everyone; 2: accounts that buy for the first time.
    audience smallint NOT NULL CHECK (audience IN (1, 2)),
    active boolean NOT NULL,
    most_per_account bigint CHECK (most_per_account > 0),
    most_in_total bigint CHECK (most_in_total > 0),
    ends_at bigint,
    -- The purchases opened with it that have neither expired nor failed.
    used bigint NOT NULL CHECK (used >= 0),
    -- How often an administrator has changed it.
    version bigint NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    changed_by text NOT NULL,
    changed_at bigint NOT NULL
);
