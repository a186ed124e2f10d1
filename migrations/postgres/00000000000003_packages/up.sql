-- What can be bought: presets, and the volume slabs that price a custom amount. The presets lie
-- on the slabs, so that no amount is cheaper bought another way.

CREATE TABLE packages (
    package_id text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    credits bigint NOT NULL CHECK (credits > 0),
    bonus_credits bigint NOT NULL CHECK (bonus_credits >= 0),
    -- In minor units of the currency.
    price bigint NOT NULL CHECK (price >= 0),
    currency text NOT NULL CHECK (length(currency) = 3),
    position smallint NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE price_lists (
    currency text NOT NULL PRIMARY KEY CHECK (length(currency) = 3),
    -- Whole credits.
    min_credits bigint NOT NULL CHECK (min_credits > 0),
    max_credits bigint NOT NULL CHECK (max_credits >= min_credits)
);

CREATE TABLE price_slabs (
    currency text NOT NULL REFERENCES price_lists (currency),
    -- The first whole credit that this slab prices.
    from_credits bigint NOT NULL CHECK (from_credits > 0),
    -- Minor units for each credit in the slab, as an exact decimal.
    price_per_credit text NOT NULL,
    PRIMARY KEY (currency, from_credits)
);

INSERT INTO packages (package_id, name, credits, bonus_credits, price, currency, position, active) VALUES
    ('starter', 'Starter', 1000000000, 0, 1000, 'usd', 1, true),
    ('plus', 'Plus', 5000000000, 0, 4600, 'usd', 2, true),
    ('pro', 'Pro', 20000000000, 0, 16600, 'usd', 3, true),
    ('scale', 'Scale', 100000000000, 0, 72600, 'usd', 4, true);

INSERT INTO price_lists (currency, min_credits, max_credits) VALUES ('usd', 100, 1000000);

INSERT INTO price_slabs (currency, from_credits, price_per_credit) VALUES
    ('usd', 1, '1'),
    ('usd', 1001, '0.9'),
    ('usd', 5001, '0.8'),
    ('usd', 20001, '0.7');
