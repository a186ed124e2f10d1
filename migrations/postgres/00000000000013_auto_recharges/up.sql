-- Auto-recharge: what an account has set, the card that is charged, and what became of it so far.

CREATE TABLE auto_recharges (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    -- Null until somebody has set it: all of these together, and of the amounts one.
    enabled boolean,
    threshold bigint CHECK (threshold > 0),
    fixed_credits bigint CHECK (fixed_credits > 0),
    target bigint CHECK (target > threshold),
    cap_amount bigint CHECK (cap_amount > 0),
    cap_currency text CHECK (length(cap_currency) = 3),
    -- At Stripe.
    customer_id text,
    payment_method_id text,
    card_brand text,
    card_last4 text,
    card_exp_month smallint,
    card_exp_year smallint,
    card_added_at bigint,
    card_removed_at bigint,
    -- 1 too many failures, 2 the card was refused, 3 it was removed.
    suspension smallint,
    -- The last purchase it opened: 1 under way, 2 needs authentication, 3 over.
    attempt_purchase_id uuid,
    attempt_made_at bigint,
    attempt_state smallint,
    attempts bigint NOT NULL CHECK (attempts >= 0),
    -- In a row.
    failures smallint NOT NULL CHECK (failures >= 0),
    failure_code text,
    failure_advice text,
    failed_at bigint,
    not_before bigint,
    -- What was spent in the cycle that began then, in minor units of the cap's currency, and the
    -- furthest notice given: 80, 90 or 100 per cent.
    spent_cycle_start bigint,
    spent bigint NOT NULL CHECK (spent >= 0),
    notice smallint,
    updated_at bigint NOT NULL,
    PRIMARY KEY (bucket, account_id)
);

-- Stripe names the card that is gone, and not whose it was.
CREATE INDEX auto_recharges_by_card ON auto_recharges (payment_method_id)
    WHERE payment_method_id IS NOT NULL;

-- Those that have to be looked at; most have not.
CREATE INDEX accounts_recharge_due ON accounts (recharge_due_at)
    WHERE recharge_due_at IS NOT NULL;
