-- Attempts to buy credits: our own snapshot of what was agreed, and what Stripe is known to have
-- done about it. Credits are granted from the snapshot, once the facts say that it was paid.

CREATE TABLE purchases (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    purchase_id BLOB NOT NULL,
    credits INTEGER NOT NULL CHECK (credits > 0),
    bonus INTEGER NOT NULL CHECK (bonus >= 0),
    price INTEGER NOT NULL CHECK (price >= 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    -- 0: none, 1: on top of the price, 2: in it. Computed by Stripe.
    tax INTEGER NOT NULL CHECK (tax BETWEEN 0 AND 2),
    -- The code it was opened with, the price without it, and the part of the bonus that is its doing.
    promotion_code TEXT,
    list_price INTEGER,
    promotion_bonus INTEGER CHECK (promotion_bonus BETWEEN 0 AND bonus),
    livemode INTEGER NOT NULL,
    -- Of an auto-recharge: the customer and the card that is charged. All others are paid on Stripe's page.
    customer_id TEXT,
    payment_method_id TEXT CHECK ((payment_method_id IS NULL) = (customer_id IS NULL)),
    package_id TEXT,
    title TEXT NOT NULL,
    success_url TEXT NOT NULL,
    cancel_url TEXT NOT NULL,
    with_invoice INTEGER NOT NULL,
    session_expires_at INTEGER NOT NULL,
    session_id TEXT,
    session_url TEXT,
    status INTEGER NOT NULL,
    review TEXT,
    -- Credits granted so far, the bonus included.
    posted INTEGER NOT NULL CHECK (posted BETWEEN 0 AND credits + bonus),
    -- What was taken back of them because money went back: out of lots, what had been forfeited before,
    -- and what is owed for credits that were used.
    clawed_from_lots INTEGER NOT NULL CHECK (clawed_from_lots >= 0),
    clawed_forfeited INTEGER NOT NULL CHECK (clawed_forfeited >= 0),
    clawed_as_debt INTEGER NOT NULL CHECK (clawed_as_debt >= 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    paid_at INTEGER,
    next_check_at INTEGER,
    PRIMARY KEY (bucket, account_id, purchase_id),
    UNIQUE (bucket, account_id, session_id),
    CHECK ((promotion_code IS NULL) = (list_price IS NULL)),
    CHECK ((promotion_code IS NULL) = (promotion_bonus IS NULL)),
    CHECK (clawed_from_lots + clawed_forfeited + clawed_as_debt <= posted)
) STRICT;

-- The sweep looks for purchases that are due; most are not.
CREATE INDEX purchases_due ON purchases (next_check_at) WHERE next_check_at IS NOT NULL;

-- Administrators list them over all accounts, and find one by its id alone.
CREATE INDEX purchases_by_id ON purchases (purchase_id);
CREATE INDEX purchases_by_status ON purchases (status, purchase_id);

CREATE TABLE purchase_facts (
    bucket INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    purchase_id BLOB NOT NULL,
    -- A session, a payment intent, a refund, a dispute, or a person's ruling on a session.
    kind INTEGER NOT NULL,
    -- Stripe's id of the object that this is a snapshot of.
    object_id TEXT NOT NULL,
    state INTEGER NOT NULL,
    amount_total INTEGER,
    amount_tax INTEGER,
    currency TEXT,
    livemode INTEGER,
    client_reference_id TEXT,
    metadata_purchase_id TEXT,
    metadata_account_id TEXT,
    payment_intent_id TEXT,
    receipt_url TEXT,
    observed_at INTEGER,
    -- Why a payment failed, and what Stripe advises.
    decline_code TEXT,
    decline_advice TEXT,
    -- Of a ruling: who made it, and why.
    actor TEXT,
    reason TEXT,
    PRIMARY KEY (bucket, account_id, purchase_id, kind, object_id)
) STRICT;
