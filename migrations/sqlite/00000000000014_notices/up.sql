-- What the owners of accounts were told, and have read.
CREATE TABLE notices (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    kind INTEGER NOT NULL,
    -- The entry that it is about.
    sequence INTEGER,
    -- What is told beyond its kind: a JSON object.
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (bucket, account_id, number),
    -- An entry is told of once.
    UNIQUE (bucket, account_id, sequence)
) STRICT;
