-- Attempts to buy credits: our own snapshot of what was agreed, and what Stripe is known to have
-- done about it. Credits are granted from the snapshot, once the facts say that it was paid.

CREATE TABLE purchases (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    purchase_id uuid NOT NULL,
    credits bigint NOT NULL CHECK (credits > 0),
    bonus bigint NOT NULL CHECK (bonus >= 0),
    price bigint NOT NULL CHECK (price >= 0),
    currency text NOT NULL CHECK (length(currency) = 3),
    -- 0: none, 1: on top of the price, 2: in it. Computed by Stripe.
    tax smallint NOT NULL CHECK (tax BETWEEN 0 AND 2),
    -- The code it was opened with, the price without it, and the part of the bonus that is its doing.
    promotion_code text,
    list_price bigint,
    promotion_bonus bigint CHECK (promotion_bonus BETWEEN 0 AND bonus),
    livemode boolean NOT NULL,
    -- Of an auto-recharge: the customer and the card that is charged. All others are paid on Stripe's page.
    customer_id text,
    payment_method_id text CHECK ((payment_method_id IS NULL) = (customer_id IS NULL)),
    package_id text,
    title text NOT NULL,
    success_url text NOT NULL,
    cancel_url text NOT NULL,
    with_invoice boolean NOT NULL,
    session_expires_at bigint NOT NULL,
    session_id text,
    session_url text,
    status smallint NOT NULL,
    review text,
    -- Credits granted so far, the bonus included.
    posted bigint NOT NULL CHECK (posted BETWEEN 0 AND credits + bonus),
    -- What was taken back of them because money went back: out of lots, what had been forfeited before,
    -- and what is owed for credits that were used.
    clawed_from_lots bigint NOT NULL CHECK (clawed_from_lots >= 0),
    clawed_forfeited bigint NOT NULL CHECK (clawed_forfeited >= 0),
    clawed_as_debt bigint NOT NULL CHECK (clawed_as_debt >= 0),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    paid_at bigint,
    next_check_at bigint,
    PRIMARY KEY (bucket, account_id, purchase_id),
    UNIQUE (bucket, account_id, session_id),
    CHECK ((promotion_code IS NULL) = (list_price IS NULL)),
    CHECK ((promotion_code IS NULL) = (promotion_bonus IS NULL)),
    CHECK (clawed_from_lots + clawed_forfeited + clawed_as_debt <= posted)
);

-- The sweep looks for purchases that are due; most are not.
CREATE INDEX purchases_due ON purchases (next_check_at) WHERE next_check_at IS NOT NULL;

-- Administrators list them over all accounts, and find one by its id alone.
CREATE INDEX purchases_by_id ON purchases (purchase_id);
CREATE INDEX purchases_by_status ON purchases (status, purchase_id);

CREATE TABLE purchase_facts (
    bucket smallint NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    purchase_id uuid NOT NULL,
    -- A session, a payment intent, a refund, a dispute, or a person's ruling on a session.
    kind smallint NOT NULL,
    -- Stripe's id of the object that this is a snapshot of.
    object_id text NOT NULL,
    state smallint NOT NULL,
    amount_total bigint,
    amount_tax bigint,
    currency text,
    livemode boolean,
    client_reference_id text,
    metadata_purchase_id text,
    metadata_account_id text,
    payment_intent_id text,
    receipt_url text,
    observed_at bigint,
    -- Why a payment failed, and what Stripe advises.
    decline_code text,
    decline_advice text,
    -- Of a ruling: who made it, and why.
    actor text,
    reason text,
    PRIMARY KEY (bucket, account_id, purchase_id, kind, object_id)
);
