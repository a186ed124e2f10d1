-- What the owners of accounts were told, and have read.
CREATE TABLE notices (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    kind smallint NOT NULL,
    -- The entry that it is about.
    sequence bigint,
    -- What is told beyond its kind: a JSON object.
    body text NOT NULL,
    -- Where its owner hears of it.
    in_feed boolean NOT NULL,
    by_mail boolean NOT NULL,
    -- Whether its deliveries have been made, to all who are to be sent it.
    is_routed boolean NOT NULL,
    created_at bigint NOT NULL,
    read_at bigint,
    PRIMARY KEY (bucket, account_id, number),
    -- An entry is told of once.
    UNIQUE (bucket, account_id, sequence)
);

-- What has to be routed yet; mostly nothing.
CREATE INDEX notices_unrouted ON notices (created_at) WHERE NOT is_routed;
