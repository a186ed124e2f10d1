-- Auto-recharge: what an account has set, the card that is charged, and what became of it so far.

CREATE TABLE auto_recharges (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    -- Null until somebody has set it: all of these together, and of the amounts one.
    enabled INTEGER,
    threshold INTEGER CHECK (threshold > 0),
    fixed_credits INTEGER CHECK (fixed_credits > 0),
    target INTEGER CHECK (target > threshold),
    cap_amount INTEGER CHECK (cap_amount > 0),
    cap_currency TEXT CHECK (length(cap_currency) = 3),
    -- At Stripe.
    customer_id TEXT,
    payment_method_id TEXT,
    card_brand TEXT,
    card_last4 TEXT,
    card_exp_month INTEGER,
    card_exp_year INTEGER,
    card_added_at INTEGER,
    card_removed_at INTEGER,
    -- 1 too many failures, 2 the card was refused, 3 it was removed.
    suspension INTEGER,
    -- The last purchase it opened: 1 under way, 2 needs authentication, 3 over.
    attempt_purchase_id BLOB,
    attempt_made_at INTEGER,
    attempt_state INTEGER,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    -- In a row.
    failures INTEGER NOT NULL CHECK (failures >= 0),
    failure_code TEXT,
    failure_advice TEXT,
    failed_at INTEGER,
    not_before INTEGER,
    -- What was spent in the cycle that began then, in minor units of the cap's currency, and the
    -- furthest notice given: 80, 90 or 100 per cent.
    spent_cycle_start INTEGER,
    spent INTEGER NOT NULL CHECK (spent >= 0),
    notice INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (bucket, account_id)
) STRICT;

-- Stripe names the card that is gone, and not whose it was.
CREATE INDEX auto_recharges_by_card ON auto_recharges (payment_method_id)
    WHERE payment_method_id IS NOT NULL;

-- Those that have to be looked at; most have not.
CREATE INDEX accounts_recharge_due ON accounts (recharge_due_at)
    WHERE recharge_due_at IS NOT NULL;
