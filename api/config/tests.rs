//! What starts, what refuses to start, and that no refusal gives a value away (S-02, S-05).

use clap::Parser;
use secrecy::ExposeSecret;

use super::*;

#[derive(Debug, Parser)]
struct CommandLine {
    #[command(flatten)]
    config: Config,
}

const LIVE_KEY: &str = "sk_live_9fKq2Zr7TbWx4LmN8VhC3pYd";
const LIVE_WEBHOOK: &str = "whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0";
const JWT_SECRET: &str = "hQ7v0ZrK2xWm9LcT5nBy8JdF3sGp6RaE4uVt1";

fn typed(flags: &[(&str, &str)]) -> Config {
    let words = flags
        .iter()
        .map(|(flag, value)| format!("--{flag}={value}"));
    let line = CommandLine::try_parse_from(std::iter::once("credits".into()).chain(words));
    line.unwrap().config
}

fn settle(flags: &[(&str, &str)]) -> Result<Settings, ConfigError> {
    typed(flags).settle()
}

/// A production configuration that starts, with some flags changed.
fn production(changes: &[(&'static str, &'static str)]) -> Result<Settings, ConfigError> {
    let mut flags = vec![
        ("stripe-secret-key", LIVE_KEY),
        ("stripe-webhook-secrets", LIVE_WEBHOOK),
        ("jwt-secret", JWT_SECRET),
        ("jwt-issuer", "https://id.example.com"),
        ("jwt-audience", "credits"),
    ];
    for (flag, value) in changes {
        flags.retain(|(kept, _)| kept != flag);
        flags.push((flag, value));
    }
    settle(&flags)
}

fn made() -> crate::data_dir::SandboxSecrets {
    crate::data_dir::SandboxSecrets {
        jwt_secret: "sandbox-jwt-0".into(),
        stripe_secret_key: "sk_test_0".into(),
        webhook_secret: "whsec_test_0".into(),
    }
}

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
fn a_stripe_key_makes_it_production() {
    let settings = production(&[]).unwrap();
    assert_eq!(settings.mode, Mode::Production);
    assert_eq!(settings.stripe.endpoint, StripeEndpoint::Stripe);
    // And a test key does not bring the sandbox back by itself: the operator must say so.
    let refusal = settle(&[("stripe-secret-key", "sk_test_9fKq2Zr7TbWx4LmN8VhC3pYd")]);
    assert_eq!(refusal.unwrap_err().variable, "CREDITS_STRIPE_SECRET_KEY");
}

#[test]
fn production_refuses_missing_short_and_test_secrets_by_name_and_without_the_value() {
    let table = [
        ("stripe-secret-key", "sk_test_9fKq2Zr7TbWx4LmN8VhC3pYd"),
        ("stripe-secret-key", "rk_test_9fKq2Zr7TbWx4LmN8VhC3pYd"),
        ("stripe-secret-key", "pk_live_9fKq2Zr7TbWx4LmN8VhC3pYd"),
        ("stripe-secret-key", "9fKq2Zr7TbWx4LmN8VhC3pYd9fKq2Zr7"),
        ("stripe-secret-key", "sk_live_short"),
        ("stripe-secret-key", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"),
        ("stripe-secret-key", "sk_live_changeme9fKq2Zr7TbWx4LmN"),
        ("stripe-secret-key", "sk_live_9fKq2Zr7TbWx 4LmN8VhC3pYd"),
        ("stripe-webhook-secrets", ""),
        ("stripe-webhook-secrets", " "),
        ("stripe-webhook-secrets", "whsec_short"),
        (
            "stripe-webhook-secrets",
            "whsec_test_9fKq2Zr7TbWx4LmN8VhC3pYd",
        ),
        ("stripe-webhook-secrets", "Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0"),
        (
            "stripe-webhook-secrets",
            "whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0,whsec_test_1",
        ),
        (
            "stripe-webhook-secrets",
            "whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0,",
        ),
        ("jwt-secret", ""),
        ("jwt-secret", "short-Z7qK"),
        ("jwt-secret", "hQ7v0ZrK2xWm9LcT5nBy8JdF3sGp6Ra"),
        ("jwt-secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("jwt-secret", "q7Rz2Xw9q7Rz2Xw9q7Rz2Xw9q7Rz2Xw9q7Rz"),
        ("jwt-secret", "0123456789abcdefghijklmnopqrstuvwxyz"),
        ("jwt-secret", "change-me-hQ7v0ZrK2xWm9LcT5nBy8JdF3s"),
        ("jwt-secret", "CHANGE_ME_hQ7v0ZrK2xWm9LcT5nBy8JdF3s"),
        ("jwt-secret", "a-string-secret-at-least-256-bits-long"),
        ("jwt-secret", "test-hQ7v0ZrK2xWm9LcT5nBy8JdF3sGp6RaE"),
        ("jwt-secret", "sandbox-jwt-9f86d081884c7d659a2feaa0c55ad015"),
        ("jwt-issuer", ""),
        ("jwt-audience", ""),
        ("jwks-url", "http://id.example.com/jwks.json"),
        ("stripe-url", "http://127.0.0.1:8081"),
    ];
    for (flag, value) in table {
        let changes = match flag {
            "jwks-url" => vec![(flag, value), ("jwt-secret", "")],
            _ => vec![(flag, value)],
        };
        let refusal = production(&changes).expect_err(value);
        let variable = format!("CREDITS_{}", flag.replace('-', "_").to_uppercase());
        assert_eq!(refusal.variable, variable, "{value}");
        let message = refusal.to_string();
        assert!(message.starts_with(&variable), "{message}");
        assert!(
            value.trim().is_empty() || !message.contains(value),
            "{message}"
        );
    }
}

#[test]
fn production_starts_with_good_secrets() {
    let good: [&[(&str, &str)]; 6] = [
        &[],
        &[("stripe-secret-key", "rk_live_51NqX9fKq2Zr7TbWx4LmN8VhC3pYd")],
        &[(
            "stripe-webhook-secrets",
            "whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0, whsec_Zc7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs9",
        )],
        &[("jwt-secret", "8f1d0c7be2a94635d07b1c9e4f6a2d83b5e7091c")],
        &[
            ("jwt-secret", ""),
            ("jwks-url", "https://id.example.com/jwks.json?v=1"),
        ],
        &[
            ("jwt-secret", ""),
            ("jwks-url", "http://127.0.0.1:9000/jwks.json"),
        ],
    ];
    for changes in good {
        production(changes).unwrap();
    }
}

#[test]
fn a_sandbox_takes_no_live_key_and_no_short_token_secret() {
    let sandbox = |flag, value| settle(&[("mode", "sandbox"), (flag, value)]);
    let refusal = sandbox("stripe-secret-key", LIVE_KEY).unwrap_err();
    assert_eq!(refusal.variable, "CREDITS_STRIPE_SECRET_KEY");
    let refusal = sandbox("jwt-secret", "31-bytes-31-bytes-31-bytes-31-b").unwrap_err();
    assert_eq!(refusal.variable, "CREDITS_JWT_SECRET");
    let settings = sandbox("stripe-secret-key", "sk_test_1").unwrap();
    assert_eq!(settings.stripe.endpoint, StripeEndpoint::Stripe);
    let settings = sandbox("stripe-url", "http://127.0.0.1:8081").unwrap();
    assert!(matches!(settings.stripe.endpoint, StripeEndpoint::At(_)));
}

#[test]
fn a_shared_secret_and_published_keys_exclude_each_other() {
    let refusal = production(&[("jwks-url", "https://id.example.com/jwks.json")]).unwrap_err();
    assert_eq!(refusal.variable, "CREDITS_JWT_SECRET");
    assert!(refusal.problem.contains("CREDITS_JWKS_URL"));
    let both = [
        ("jwt-secret", JWT_SECRET),
        ("jwks-url", "https://id.example.com/"),
    ];
    assert_eq!(settle(&both).unwrap_err().variable, "CREDITS_JWT_SECRET");
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
fn no_secret_shows_in_debug_or_in_help() {
    let flags = [
        ("stripe-secret-key", LIVE_KEY),
        ("stripe-webhook-secrets", LIVE_WEBHOOK),
        ("jwt-secret", JWT_SECRET),
        ("jwt-issuer", "i"),
        ("jwt-audience", "a"),
        (
            "database-url",
            "postgres://u:canary-password@localhost/credits",
        ),
    ];
    let config = typed(&flags);
    let shown = format!("{config:?} {:?}", config.clone().settle().unwrap());
    for secret in [LIVE_KEY, LIVE_WEBHOOK, JWT_SECRET, "canary-password"] {
        assert!(!shown.contains(secret));
    }
    let command = <Config as clap::Args>::augment_args(clap::Command::new("credits"));
    for argument in command.get_arguments() {
        let name = argument.get_long().unwrap();
        let secret = name.contains("secret") || name == "database-url";
        assert_eq!(argument.is_hide_env_values_set(), secret, "{name}");
    }
}

#[test]
fn every_flag_has_its_variable_a_unit_a_default_and_a_meaning() {
    let command = <Config as clap::Args>::augment_args(clap::Command::new("credits"));
    let mut variables = Vec::new();
    for argument in command.get_arguments() {
        let flag = argument.get_long().unwrap();
        let variable = argument.get_env().unwrap().to_str().unwrap();
        assert_eq!(
            variable,
            format!("CREDITS_{}", flag.replace('-', "_").to_uppercase())
        );
        assert!(
            argument.get_help().is_some() && argument.get_value_names().is_some(),
            "{flag}"
        );
        variables.push(variable.to_owned());
    }
    let page = configuration_page();
    for variable in variables {
        assert!(page.contains(&format!("| `{variable}` |")), "{variable}");
    }
    assert!(!page.contains("|  |"), "a cell of the table is empty");
}

#[test]
fn configuration_page_is_the_one_that_is_checked_in() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/CONFIGURATION.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(file, configuration_page()).unwrap();
    }
    let checked_in = std::fs::read_to_string(file).unwrap();
    assert_eq!(checked_in, configuration_page(), "renew it with UPDATE=1");
}
