-- Prices kept for work that is about to run.

CREATE TABLE quotes (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    quote_id uuid NOT NULL,
    operation text NOT NULL,
    variant text,
    quantities text NOT NULL,
    rate_version integer NOT NULL,
    credits bigint NOT NULL CHECK (credits >= 0),
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (bucket, account_id, quote_id)
);

-- Lapsed ones are cleared away.
CREATE INDEX quotes_by_end ON quotes (expires_at);
