-- Fills a migrated, empty PostgreSQL database with accounts that have a past, as fast as the server can, so that
-- the bench can measure what that past costs. Everything adds up but the hashes, which are made up: the chain cannot
-- be made in SQL, nothing that serves requests reads it, and the database is thrown away after the bench.
--
-- psql variables: accounts, entries (of each account) and lots (of each account, at most as many as entries). The
-- accounts are grown-1, grown-2, …. The first entries grant the lots; the others are debits, all from the first lot,
-- spread evenly over the cycle until now. Credits are micro-credits, instants microseconds, as in the migrations.
\set ON_ERROR_STOP on
\set granted '5000000::bigint * 1000000'
\set debit 360000
\set calendar_since '(-62167219200000000)'

BEGIN;

CREATE TEMP TABLE seeded AS
SELECT
    -- The first two bytes of SHA-256, modulo 1 024: see api/store/bucket.rs.
    ((get_byte(digest, 0) * 256 + get_byte(digest, 1)) % 1024)::smallint AS bucket,
    account_id
FROM (SELECT 'grown-' || number AS account_id, sha256(('grown-' || number)::bytea) AS digest
      FROM generate_series(1, :accounts) AS number) AS named;

-- When this runs, and when the default cycle (the calendar month, UTC) and the oldest grant began.
CREATE TEMP TABLE times AS
SELECT
    floor(extract(epoch FROM now()) * 1000000)::bigint AS now,
    floor(extract(epoch FROM date_trunc('month', now(), 'UTC')) * 1000000)::bigint AS cycle_start;

-- Every lot by its number within the account: the first ends first.
CREATE TEMP TABLE seeded_lots AS
SELECT bucket, account_id, number, md5(account_id || '/' || number)::uuid AS lot_id
FROM seeded, generate_series(1, :lots) AS number;

INSERT INTO accounts (bucket, account_id, balance, held, frozen, debt, sequence, last_hash, version, holds_due_at,
    overdraft_limit, zone, anchor_day, calendar_since, cycle_start, limits, created_at)
SELECT bucket, account_id, :lots * :granted - (:entries - :lots)::bigint * :debit, 0, 0, 0, :entries,
    sha256('last'), 1, NULL, 0, 'UTC', 1, :calendar_since, :calendar_since, '[]', times.cycle_start
FROM seeded, times;

-- Source 4 is an adjustment.
INSERT INTO lots (bucket, account_id, lot_id, source, priority, granted, remaining, held, frozen, consumed, expired, clawed,
    granted_at, expires_at)
SELECT bucket, account_id, lot_id, 4, 0, :granted, :granted - used, 0, 0, used, 0, 0,
    times.cycle_start, times.now + 300::bigint * 86400000000 + number
FROM times, seeded_lots, LATERAL
    (SELECT CASE WHEN number = 1 THEN (:entries - :lots)::bigint * :debit ELSE 0 END AS used) AS consumption;

-- Kind 3 is an adjustment, with which lots are granted.
INSERT INTO entries (bucket, account_id, sequence, kind, amount, held_change, debt_change, balance_after,
    available_after, lots, description, actor, created_at, hash)
SELECT bucket, account_id, number, 3, :granted, 0, 0, number * :granted, number * :granted,
    uuid_send(lot_id) || int8send(:granted) || int8send(0), 'Seeded', 'seed', times.cycle_start, sha256('seed')
FROM seeded_lots, times;

-- Kind 4 is a debit.
INSERT INTO entries (bucket, account_id, sequence, kind, amount, held_change, debt_change, balance_after,
    available_after, lots, operation, variant, quantities, rate_version, reference, created_at, hash)
SELECT lot.bucket, lot.account_id, sequence, 4, -:debit, 0, 0, balance_after, balance_after,
    uuid_send(lot.lot_id) || int8send(-:debit) || int8send(0),
    'model_inference', 'medium', '{"input_tokens":1200,"output_tokens":300}', 1, 'seed-' || sequence,
    times.cycle_start + ((times.now - times.cycle_start)::numeric * sequence / :entries)::bigint,
    sha256(int8send(sequence))
FROM times, seeded_lots AS lot, generate_series(:lots + 1, :entries) AS sequence, LATERAL
    (SELECT :lots * :granted - (sequence - :lots)::bigint * :debit AS balance_after) AS sums
WHERE lot.number = 1;

-- What was used on each day, as the service would have summed it up.
INSERT INTO usage_days (bucket, account_id, day_start, operation, variant, date, consumed, refunded, held, count)
SELECT bucket, account_id, date::bigint * 86400000000, operation, variant, date, sum(-amount), 0, 0, count(*)
FROM entries, LATERAL (SELECT (created_at / 86400000000)::integer AS date) AS day
WHERE kind = 4
GROUP BY bucket, account_id, operation, variant, date;

COMMIT;

VACUUM (FREEZE, ANALYZE);
CHECKPOINT;
