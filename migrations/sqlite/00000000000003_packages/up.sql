-- What can be bought: presets with their prices in each currency, and the volume slabs that price a custom amount. The presets lie
-- on the slabs, so that no amount is cheaper bought another way.

CREATE TABLE packages (
    package_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    credits INTEGER NOT NULL CHECK (credits > 0),
    bonus_credits INTEGER NOT NULL CHECK (bonus_credits >= 0),
    position INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE price_lists (
    currency TEXT NOT NULL PRIMARY KEY CHECK (length(currency) = 3),
    -- The least that Stripe charges, in minor units: a promotion code lowers no price below it, but to
    -- nothing.
    least_charge INTEGER NOT NULL CHECK (least_charge > 0),
    -- Whole credits.
    min_credits INTEGER NOT NULL CHECK (min_credits > 0),
    max_credits INTEGER NOT NULL CHECK (max_credits >= min_credits)
) STRICT;

-- A package is for sale in the currencies that it has a price in.
CREATE TABLE package_prices (
    package_id TEXT NOT NULL REFERENCES packages (package_id),
    currency TEXT NOT NULL REFERENCES price_lists (currency),
    -- In minor units of the currency, as Stripe counts them.
    price INTEGER NOT NULL CHECK (price >= 0),
    PRIMARY KEY (package_id, currency)
) STRICT;

CREATE TABLE price_slabs (
    currency TEXT NOT NULL REFERENCES price_lists (currency),
    -- The first whole credit that this slab prices.
    from_credits INTEGER NOT NULL CHECK (from_credits > 0),
    -- Minor units for each credit in the slab, as an exact decimal.
    price_per_credit TEXT NOT NULL,
    PRIMARY KEY (currency, from_credits)
) STRICT;

INSERT INTO packages (package_id, name, credits, bonus_credits, position, active) VALUES
    ('starter', 'Starter', 1000000000, 0, 1, 1),
    ('plus', 'Plus', 5000000000, 0, 2, 1),
    ('pro', 'Pro', 20000000000, 0, 3, 1),
    ('scale', 'Scale', 100000000000, 0, 4, 1);

INSERT INTO price_lists (currency, least_charge, min_credits, max_credits) VALUES
    ('usd', 50, 100, 1000000);

INSERT INTO package_prices (package_id, currency, price) VALUES
    ('starter', 'usd', 1000),
    ('plus', 'usd', 4600),
    ('pro', 'usd', 16600),
    ('scale', 'usd', 72600);

INSERT INTO price_slabs (currency, from_credits, price_per_credit) VALUES
    ('usd', 1, '1'),
    ('usd', 1001, '0.9'),
    ('usd', 5001, '0.8'),
    ('usd', 20001, '0.7');
