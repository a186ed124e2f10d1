-- The requests that moved money or credits, with the answers they were given: written in the
-- transaction of their effect, under the account of whoever sent them.

CREATE TABLE idempotency_keys (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    -- Caller, method, route and key, digested to 16 bytes.
    digest BLOB NOT NULL,
    -- Path, query and body, digested to 16 bytes.
    fingerprint BLOB NOT NULL,
    -- The purchase a checkout request opened; its answer is null until Stripe has made the session.
    purchase_id BLOB,
    status INTEGER,
    body BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (bucket, account_id, digest),
    CHECK ((status IS NULL) = (body IS NULL)),
    CHECK (status IS NOT NULL OR purchase_id IS NOT NULL)
) STRICT;
