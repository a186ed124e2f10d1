-- Prices kept for work that is about to run.

CREATE TABLE quotes (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    quote_id BLOB NOT NULL,
    operation TEXT NOT NULL,
    variant TEXT,
    quantities TEXT NOT NULL,
    rate_version INTEGER NOT NULL,
    credits INTEGER NOT NULL CHECK (credits >= 0),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (bucket, account_id, quote_id)
) STRICT;

-- Lapsed ones are cleared away.
CREATE INDEX quotes_by_end ON quotes (expires_at);
