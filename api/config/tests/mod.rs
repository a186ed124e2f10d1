//! What starts, what refuses to start, and that no refusal gives a value away (S-02, S-05).

mod delivery;
mod page;
mod secrets;
mod values;

use super::*;
use clap::Parser;

#[derive(Debug, Parser)]
struct CommandLine {
    #[command(flatten)]
    config: Config,
}

const LIVE_KEY: &str = "sk_live_9fKq2Zr7TbWx4LmN8VhC3pYd";
const LIVE_WEBHOOK: &str = "whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0";
const SIGNING_KEY: &str = "uT4vR1eW8qZ3xN6mB9kL2jH5gF7dS0aPcYiO";
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
