//! Production takes no weak secret and shows none (S-05).

use secrecy::ExposeSecret;

use super::*;

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
        ("stripe-url", "http://api.stripe.com"),
        ("stripe-url", "https://127.0.0.1:8081"),
        ("stripe-url", "https://[::1]:8081"),
        ("stripe-url", "https://0.0.0.0:8081"),
        ("stripe-url", "https://localhost:8081"),
        ("stripe-url", "https://stripe.localhost"),
        ("stripe-url", "https://stripe-sandbox.example.com"),
        (
            "stripe-webhook-secrets",
            "whsec_test_1,whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0",
        ),
        (
            "stripe-webhook-secrets",
            "whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ),
        (
            "stripe-webhook-secrets",
            "whsec_changeme9fKq2Zr7TbWx4LmN8VhC3pYd",
        ),
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
    let good: [&[(&str, &str)]; 7] = [
        &[],
        &[("stripe-url", "https://egress.example.com/stripe")],
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
fn what_the_sandbox_makes_for_itself_is_refused_in_production() {
    let home = tempfile::TempDir::new().unwrap();
    let directory = crate::data_dir::DataDirectory::open(home.path()).unwrap();
    let made = crate::data_dir::SandboxSecrets::keep(&directory).unwrap();
    let table = [
        ("stripe-secret-key", &made.stripe_secret_key),
        ("stripe-webhook-secrets", &made.webhook_secret),
        ("jwt-secret", &made.jwt_secret),
    ];
    for (flag, secret) in table {
        let secret: &str = secret.expose_secret().to_owned().leak();
        let message = production(&[(flag, secret)]).unwrap_err().to_string();
        assert!(!message.contains(secret), "{message}");
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
fn no_secret_shows_in_debug_or_in_help() {
    let flags = [
        ("stripe-secret-key", LIVE_KEY),
        ("stripe-webhook-secrets", LIVE_WEBHOOK),
        ("jwt-secret", JWT_SECRET),
        ("signing-key", SIGNING_KEY),
        ("smtp-url", "smtps://u:canary-mail@mail.example.com"),
        ("mail-from", "credits@acme.example"),
        ("jwt-issuer", "i"),
        ("jwt-audience", "a"),
        (
            "database-url",
            "postgres://u:canary-password@localhost/credits",
        ),
    ];
    let config = typed(&flags);
    let shown = format!("{config:?} {:?}", config.clone().settle().unwrap());
    let secrets = [LIVE_KEY, LIVE_WEBHOOK, JWT_SECRET, SIGNING_KEY];
    for secret in secrets
        .into_iter()
        .chain(["canary-password", "canary-mail"])
    {
        assert!(!shown.contains(secret));
    }
    let command = <Config as clap::Args>::augment_args(clap::Command::new("credits"));
    for argument in command.get_arguments() {
        let name = argument.get_long().unwrap();
        let others = ["database-url", "signing-key", "smtp-url"];
        let secret = name.contains("secret") || others.contains(&name);
        assert_eq!(argument.is_hide_env_values_set(), secret, "{name}");
    }
}
