//! The tables, once for both engines. A test holds this and both migrated schemas together.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, SmallInt, Text};

    accounts (bucket, account_id) {
        bucket -> SmallInt,
        account_id -> Text,
        balance -> BigInt,
        held -> BigInt,
        frozen -> BigInt,
        debt -> BigInt,
        sequence -> BigInt,
        last_hash -> Binary,
        version -> BigInt,
        holds_due_at -> Nullable<BigInt>,
        overdraft_limit -> BigInt,
        zone -> Text,
        anchor_day -> SmallInt,
        calendar_since -> BigInt,
        cycle_start -> BigInt,
        recharge_below -> Nullable<BigInt>,
        recharge_due_at -> Nullable<BigInt>,
        limits -> Text,
        limits_told -> Text,
        low_thresholds -> Text,
        low_below -> Nullable<BigInt>,
        feed_choices -> BigInt,
        mail_choices -> BigInt,
        notices -> BigInt,
        created_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    lots (bucket, account_id, lot_id) {
        bucket -> SmallInt,
        account_id -> Text,
        lot_id -> Id,
        source -> SmallInt,
        purchase_id -> Nullable<Id>,
        priority -> SmallInt,
        granted -> BigInt,
        remaining -> BigInt,
        held -> BigInt,
        frozen -> BigInt,
        consumed -> BigInt,
        expired -> BigInt,
        clawed -> BigInt,
        granted_at -> BigInt,
        expires_at -> BigInt,
        reminded_days -> Nullable<SmallInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text};

    notices (bucket, account_id, number) {
        bucket -> SmallInt,
        account_id -> Text,
        number -> BigInt,
        kind -> SmallInt,
        sequence -> Nullable<BigInt>,
        body -> Text,
        in_feed -> Bool,
        by_mail -> Bool,
        is_routed -> Bool,
        created_at -> BigInt,
        read_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    entries (bucket, account_id, sequence) {
        bucket -> SmallInt,
        account_id -> Text,
        sequence -> BigInt,
        kind -> SmallInt,
        amount -> BigInt,
        held_change -> BigInt,
        debt_change -> BigInt,
        balance_after -> BigInt,
        available_after -> BigInt,
        lots -> Binary,
        operation -> Nullable<Text>,
        variant -> Nullable<Text>,
        quantities -> Nullable<Text>,
        rate_version -> Nullable<Integer>,
        purchase_id -> Nullable<Id>,
        hold_id -> Nullable<Id>,
        refunds -> Nullable<BigInt>,
        reference -> Nullable<Text>,
        description -> Nullable<Text>,
        actor -> Nullable<Text>,
        metadata -> Nullable<Text>,
        created_at -> BigInt,
        hash -> Binary,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    idempotency_keys (bucket, account_id, digest) {
        bucket -> SmallInt,
        account_id -> Text,
        digest -> Binary,
        fingerprint -> Binary,
        purchase_id -> Nullable<Id>,
        status -> Nullable<SmallInt>,
        body -> Nullable<Binary>,
        created_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, SmallInt, Text};

    packages (package_id) {
        package_id -> Text,
        name -> Text,
        credits -> BigInt,
        bonus_credits -> BigInt,
        position -> SmallInt,
        active -> Bool,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    price_lists (currency) {
        currency -> Text,
        least_charge -> BigInt,
        min_credits -> BigInt,
        max_credits -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    package_prices (package_id, currency) {
        package_id -> Text,
        currency -> Text,
        price -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    price_slabs (currency, from_credits) {
        currency -> Text,
        from_credits -> BigInt,
        price_per_credit -> Text,
    }
}

table! {
    use diesel::sql_types::{SmallInt, Text};

    operations (operation) {
        operation -> Text,
        name -> Text,
        description -> Text,
        position -> SmallInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Text};

    rates (operation, variant, version) {
        operation -> Text,
        variant -> Text,
        version -> Integer,
        effective_at -> BigInt,
        base -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, SmallInt, Text};

    rate_components (operation, variant, version, quantity) {
        operation -> Text,
        variant -> Text,
        version -> Integer,
        quantity -> Text,
        position -> SmallInt,
        unit -> Text,
        per -> BigInt,
        price -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    purchases (bucket, account_id, purchase_id) {
        bucket -> SmallInt,
        account_id -> Text,
        purchase_id -> Id,
        credits -> BigInt,
        bonus -> BigInt,
        price -> BigInt,
        currency -> Text,
        tax -> SmallInt,
        promotion_code -> Nullable<Text>,
        list_price -> Nullable<BigInt>,
        promotion_bonus -> Nullable<BigInt>,
        livemode -> Bool,
        customer_id -> Nullable<Text>,
        payment_method_id -> Nullable<Text>,
        package_id -> Nullable<Text>,
        title -> Text,
        success_url -> Text,
        cancel_url -> Text,
        with_invoice -> Bool,
        session_expires_at -> BigInt,
        session_id -> Nullable<Text>,
        session_url -> Nullable<Text>,
        status -> SmallInt,
        review -> Nullable<Text>,
        posted -> BigInt,
        clawed_from_lots -> BigInt,
        clawed_forfeited -> BigInt,
        clawed_as_debt -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        paid_at -> Nullable<BigInt>,
        next_check_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    purchase_facts (bucket, account_id, purchase_id, kind, object_id) {
        bucket -> SmallInt,
        account_id -> Text,
        purchase_id -> Id,
        kind -> SmallInt,
        object_id -> Text,
        state -> SmallInt,
        amount_total -> Nullable<BigInt>,
        amount_tax -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        livemode -> Nullable<Bool>,
        client_reference_id -> Nullable<Text>,
        metadata_purchase_id -> Nullable<Text>,
        metadata_account_id -> Nullable<Text>,
        payment_intent_id -> Nullable<Text>,
        receipt_url -> Nullable<Text>,
        observed_at -> Nullable<BigInt>,
        decline_code -> Nullable<Text>,
        decline_advice -> Nullable<Text>,
        actor -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    stripe_inbox (event_id) {
        event_id -> Text,
        kind -> Text,
        livemode -> Bool,
        payload -> Text,
        received_at -> BigInt,
        status -> SmallInt,
        attempts -> Integer,
        next_attempt_at -> Nullable<BigInt>,
        account_id -> Nullable<Text>,
        purchase_id -> Nullable<Id>,
        note -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    cursors (name) {
        name -> Text,
        done_until -> BigInt,
        next_run_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    holds (bucket, hold_id) {
        bucket -> SmallInt,
        account_id -> Text,
        hold_id -> Id,
        reference -> Text,
        description -> Nullable<Text>,
        operation -> Nullable<Text>,
        variant -> Nullable<Text>,
        quantities -> Nullable<Text>,
        rate_version -> Nullable<Integer>,
        overage -> SmallInt,
        status -> SmallInt,
        credits -> BigInt,
        captured -> BigInt,
        parts -> Binary,
        created_at -> BigInt,
        expires_at -> BigInt,
        day_start -> BigInt,
        date -> Integer,
    }
}

table! {
    use diesel::sql_types::{BigInt, SmallInt, Text};

    refunds (bucket, account_id, debit_sequence) {
        bucket -> SmallInt,
        account_id -> Text,
        debit_sequence -> BigInt,
        refund_sequence -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, SmallInt, Text};

    usage_days (bucket, account_id, day_start, operation, variant) {
        bucket -> SmallInt,
        account_id -> Text,
        day_start -> BigInt,
        operation -> Text,
        variant -> Text,
        date -> Integer,
        consumed -> BigInt,
        refunded -> BigInt,
        held -> BigInt,
        count -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    quotes (bucket, account_id, quote_id) {
        bucket -> SmallInt,
        account_id -> Text,
        quote_id -> Id,
        operation -> Text,
        variant -> Nullable<Text>,
        quantities -> Text,
        rate_version -> Integer,
        credits -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    auto_recharges (bucket, account_id) {
        bucket -> SmallInt,
        account_id -> Text,
        enabled -> Nullable<Bool>,
        threshold -> Nullable<BigInt>,
        fixed_credits -> Nullable<BigInt>,
        target -> Nullable<BigInt>,
        cap_amount -> Nullable<BigInt>,
        cap_currency -> Nullable<Text>,
        customer_id -> Nullable<Text>,
        payment_method_id -> Nullable<Text>,
        card_brand -> Nullable<Text>,
        card_last4 -> Nullable<Text>,
        card_exp_month -> Nullable<SmallInt>,
        card_exp_year -> Nullable<SmallInt>,
        card_added_at -> Nullable<BigInt>,
        card_removed_at -> Nullable<BigInt>,
        suspension -> Nullable<SmallInt>,
        attempt_purchase_id -> Nullable<Id>,
        attempt_made_at -> Nullable<BigInt>,
        attempt_state -> Nullable<SmallInt>,
        attempts -> BigInt,
        failures -> SmallInt,
        failure_code -> Nullable<Text>,
        failure_advice -> Nullable<Text>,
        failed_at -> Nullable<BigInt>,
        not_before -> Nullable<BigInt>,
        spent_cycle_start -> Nullable<BigInt>,
        spent -> BigInt,
        notice -> Nullable<SmallInt>,
        updated_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text};

    promotion_codes (code) {
        code -> Text,
        effect -> SmallInt,
        amount -> BigInt,
        packages -> Nullable<Text>,
        audience -> SmallInt,
        active -> Bool,
        most_per_account -> Nullable<BigInt>,
        most_in_total -> Nullable<BigInt>,
        ends_at -> Nullable<BigInt>,
        used -> BigInt,
        version -> BigInt,
        created_by -> Text,
        created_at -> BigInt,
        changed_by -> Text,
        changed_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    deliveries (bucket, account_id, number, target) {
        bucket -> SmallInt,
        account_id -> Text,
        number -> BigInt,
        target -> Id,
        delivery_id -> Id,
        kind -> SmallInt,
        status -> SmallInt,
        attempts -> Integer,
        next_attempt_at -> Nullable<BigInt>,
        created_at -> BigInt,
        attempted_at -> Nullable<BigInt>,
        answer_status -> Nullable<SmallInt>,
        answer -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, SmallInt, Text};
    use crate::store::sql_types::Id;

    webhook_endpoints (endpoint_id) {
        endpoint_id -> Id,
        url -> Text,
        kinds -> Nullable<BigInt>,
        description -> Nullable<Text>,
        disabled_because -> Nullable<SmallInt>,
        failing_since -> Nullable<BigInt>,
        is_untold -> Bool,
        secret_generation -> Integer,
        previous_until -> Nullable<BigInt>,
        owner -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, SmallInt, Text};

    contacts (bucket, account_id) {
        bucket -> SmallInt,
        account_id -> Text,
        email -> Nullable<Text>,
        locale -> Text,
        updated_at -> BigInt,
    }
}

allow_tables_to_appear_in_same_query!(
    accounts,
    auto_recharges,
    deliveries,
    lots,
    entries,
    notices,
    holds,
    refunds,
    usage_days,
    purchases,
    purchase_facts,
    promotion_codes
);
allow_tables_to_appear_in_same_query!(packages, package_prices);
allow_tables_to_appear_in_same_query!(rates, rate_components);
