//! What each variable may be, and what it means when it is not set (S-02).

use secrecy::ExposeSecret;

use super::*;

#[test]
fn nothing_at_all_is_a_sandbox_that_starts() {
    let mut settings = settle(&[]).unwrap();
    assert_eq!(settings.mode, Mode::Sandbox);
    assert_eq!(settings.stripe.endpoint, StripeEndpoint::Embedded);
    assert!(matches!(settings.identity.keys, TokenKeys::MadeOnce));
    assert!(
        matches!(&settings.store.database, Database::Sqlite(path) if path.ends_with("data/credits.db"))
    );
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(
        settings.sandbox_listen.unwrap().to_string(),
        "127.0.0.1:8081"
    );
    assert_eq!(
        settings.metrics_listen.unwrap().to_string(),
        "127.0.0.1:9464"
    );
    assert_eq!(settings.identity.account_claim, "sub");

    settings.adopt(&made());
    assert!(
        matches!(&settings.identity.keys, TokenKeys::Secret(secret) if secret.expose_secret() == "sandbox-jwt-0")
    );
    assert_eq!(
        settings.stripe.secret_key.unwrap().expose_secret(),
        "sk_test_0"
    );
    assert_eq!(
        settings.stripe.webhook_secrets[0].expose_secret(),
        "whsec_test_0"
    );
}

#[test]
fn a_variable_set_to_nothing_counts_as_unset() {
    let command = <Config as clap::Args>::augment_args(clap::Command::new("credits"));
    let flags: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_long().unwrap().to_owned())
        .collect();
    for nothing in ["", "  "] {
        let empty: Vec<(&str, &str)> = flags.iter().map(|flag| (flag.as_str(), nothing)).collect();
        let empty = format!("{:?}", settle(&empty).unwrap());
        assert_eq!(empty, format!("{:?}", settle(&[]).unwrap()));
    }
}

#[test]
fn what_was_configured_is_not_replaced_by_the_sandboxs_own() {
    let mut settings = settle(&[("jwt-secret", JWT_SECRET)]).unwrap();
    settings.adopt(&made());
    assert!(
        matches!(&settings.identity.keys, TokenKeys::Secret(secret) if secret.expose_secret() == JWT_SECRET)
    );
    let mut settings = production(&[]).unwrap();
    settings.adopt(&made());
    assert_eq!(
        settings.stripe.secret_key.unwrap().expose_secret(),
        LIVE_KEY
    );
    assert_eq!(settings.stripe.webhook_secrets.len(), 1);
}

#[test]
fn malformed_values_refuse_to_start() {
    let table = [
        ("mode", "Production"),
        ("mode", "dev"),
        (
            "database-url",
            "mysql://root:hunter2hunter2@localhost/credits",
        ),
        ("database-url", "credits.db"),
        ("database-url", "sqlite::memory:"),
        ("database-url", "sqlite://:memory:"),
        ("database-url", "sqlite://credits.db?mode=memory"),
        ("database-url", "postgres://localhost:notaport/credits"),
        ("database-pool-size", "0"),
        ("database-pool-size", "many"),
        ("database-pool-size", "1001"),
        ("writer-queue", "0"),
        ("writer-queue", "-1"),
        ("listen", "8080"),
        ("listen", "off"),
        ("listen", "127.0.0.1"),
        ("sandbox-listen", "none"),
        ("metrics-listen", "127.0.0.1:65536"),
        ("public-url", "credits.example.com"),
        ("public-url", "ftp://credits.example.com"),
        (
            "public-url",
            "https://user:hunter2hunter2@credits.example.com",
        ),
        ("public-url", "https://credits.example.com/?a=b"),
        ("public-url", "https://credits.example.com/#a"),
        ("stripe-url", "sandbox:8081"),
        ("jwks-url", "file:///etc/passwd"),
        ("jwks-url", "id.example.com/jwks.json"),
        ("account-claim", "org id"),
        ("log", "credits=loudest"),
        ("cors-origins", "*"),
        ("cors-origins", "null"),
        ("cors-origins", "app.example.com"),
        ("cors-origins", "https://app.example.com/"),
        ("cors-origins", "https://app.example.com/path"),
        ("cors-origins", "https://App.example.com"),
        ("cors-origins", "https://app.example.com:443"),
        ("cors-origins", "https://*.example.com"),
        (
            "cors-origins",
            "https://a.example.com,,https://b.example.com",
        ),
        (
            "cors-origins",
            "https://a.example.com https://b.example.com",
        ),
    ];
    for (flag, value) in table {
        let refusal = settle(&[(flag, value)]).expect_err(value);
        let variable = format!("CREDITS_{}", flag.replace('-', "_").to_uppercase());
        assert_eq!(refusal.variable, variable, "{value}");
        assert!(!refusal.to_string().contains("hunter2"), "{refusal}");
    }
}

#[test]
fn well_formed_values_are_understood() {
    let settings = settle(&[
        ("database-url", "postgres://u:p@localhost/credits"),
        ("listen", "0.0.0.0:0"),
        ("sandbox-listen", "off"),
        ("metrics-listen", "off"),
        ("public-url", "https://credits.example.com/"),
        (
            "cors-origins",
            "https://a.example.com, http://localhost:5173",
        ),
        ("log", "info,credits=debug"),
    ])
    .unwrap();
    assert!(!settings.store.database.is_embedded());
    assert_eq!(
        (settings.sandbox_listen, settings.metrics_listen),
        (None, None)
    );
    assert_eq!(
        settings.cors_origins,
        ["https://a.example.com", "http://localhost:5173"]
    );
    let bound = "0.0.0.0:4711".parse().unwrap();
    assert_eq!(settings.public_url(bound), "https://credits.example.com");
    let unsaid = settle(&[]).unwrap();
    assert_eq!(unsaid.public_url(bound), "http://127.0.0.1:4711");
    assert_eq!(
        unsaid.public_url("[::1]:80".parse().unwrap()),
        "http://[::1]:80"
    );
    let elsewhere = settle(&[("database-url", "sqlite:///srv/c.db")]).unwrap();
    assert!(
        matches!(elsewhere.store.database, Database::Sqlite(path) if path.ends_with("/srv/c.db"))
    );
}

#[test]
fn a_command_for_the_database_alone_needs_no_secrets() {
    let config = typed(&[("mode", "production"), ("data-dir", "/srv/credits")]);
    assert!(config.settle_store().unwrap().database.is_embedded());
    assert!(config.settle().is_err());
}

#[test]
fn tax_is_off_on_or_included() {
    use ledger::purchase::Tax;
    let tax = |text| settle(&[("stripe-tax", text)]).map(|it| it.stripe.tax);
    assert_eq!(tax("").unwrap(), Tax::Off);
    assert_eq!(tax("off").unwrap(), Tax::Off);
    assert_eq!(tax("on").unwrap(), Tax::OnTop);
    assert_eq!(tax("included").unwrap(), Tax::Included);
    for text in ["yes", "ON", "1", "exclusive"] {
        assert_eq!(tax(text).unwrap_err().variable, "CREDITS_STRIPE_TAX");
    }
}

#[test]
fn a_currency_is_three_letters() {
    let currency = |text| settle(&[("currency", text)]).map(|it| it.currency.to_string());
    assert_eq!(currency("").unwrap(), "usd");
    assert_eq!(currency("EUR").unwrap(), "eur");
    for text in ["euro", "e1r", "$"] {
        assert_eq!(currency(text).unwrap_err().variable, "CREDITS_CURRENCY");
    }
}

#[test]
fn days_are_numbers_up_to_a_year_each_once() {
    let days = |text| settle(&[("reminder-days", text)]).map(|it| it.reminder_days);
    assert_eq!(days("").unwrap(), [30, 7, 1]);
    assert_eq!(days("1, 14,14,90").unwrap(), [90, 14, 1]);
    for text in ["0", "366", "-1", "7,", "a week", "1.5"] {
        assert_eq!(days(text).unwrap_err().variable, "CREDITS_REMINDER_DAYS");
    }
}
