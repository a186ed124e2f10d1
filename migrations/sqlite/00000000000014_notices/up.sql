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
    -- Where its owner hears of it.
    in_feed INTEGER NOT NULL,
    by_mail INTEGER NOT NULL,
    -- Whether its deliveries have been made, to all who are to be sent it.
    is_routed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (bucket, account_id, number),
    -- An entry is told of once.
    UNIQUE (bucket, account_id, sequence)
) STRICT;

-- What has to be routed yet; mostly nothing.
CREATE INDEX notices_unrouted ON notices (created_at) WHERE NOT is_routed;
