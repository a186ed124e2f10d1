//! A minted token works here, and is not to be had in production.

use clap::{CommandFactory, Parser};
use secrecy::ExposeSecret;

use super::super::token::{TokenRefusal, TokenRequest, mint};
use super::*;
use crate::config::{Config, Settings};
use crate::data_dir::SandboxSecrets;

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    token: TokenRequest,
}

fn typed(words: &[&str]) -> (Settings, TokenRequest) {
    let words = ["token", "--account=acme"].iter().chain(words);
    let line = CommandLine::try_parse_from(words).unwrap();
    let mut settings = line.config.settle().unwrap();
    settings.adopt(&SandboxSecrets {
        jwt_secret: SECRET.into(),
        stripe_secret_key: "sk_test_1".into(),
        webhook_secret: "whsec_test_1".into(),
    });
    (settings, line.token)
}

#[tokio::test]
async fn a_minted_token_is_taken_until_its_time_is_up() {
    let (settings, request) =
        typed(&["--account-claim=org", "--scope=credits:admin  credits:read"]);
    let token = mint(&settings, &request, NOW).unwrap();
    let authenticator = Authenticator::new(&settings.identity).unwrap();
    let caller = judge(&authenticator, token.expose_secret()).await.unwrap();
    assert_eq!(
        (caller.subject.as_str(), caller.account_id.as_str()),
        ("acme", "acme")
    );
    assert_eq!(
        caller.scopes.iter().collect::<Vec<_>>(),
        [Scope::Read, Scope::Admin]
    );
    let late = judge_at(&authenticator, token.expose_secret(), NOW + 3_660).await;
    assert_eq!(late, Err(AuthError::Expired));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let table: [(&[&str], Result<(), TokenRefusal>); 9] = [
        (&[], Ok(())),
        (&["--ttl=7days", "--scope="], Ok(())),
        (&["--ttl=0s"], Err(TokenRefusal::TtlMalformed)),
        (&["--ttl=3600"], Err(TokenRefusal::TtlMalformed)),
        (&["--ttl=2years"], Err(TokenRefusal::TtlMalformed)),
        (&["--scope=credits:all"], Err(TokenRefusal::ScopeUnknown)),
        (
            &["--scope=credits:read,credits:admin"],
            Err(TokenRefusal::ScopeUnknown),
        ),
        (
            &["--jwks-url=https://id.example.com/jwks.json"],
            Err(TokenRefusal::NoSecret),
        ),
        (
            &[
                "--mode=production",
                "--stripe-secret-key=sk_live_9fKq2Zr7TbWx4LmN8VhC3pYd",
                "--stripe-webhook-secrets=whsec_Jq7Rz2Xw9Kc4Lm8Tn5Vb3Hd6Gf1PyAs0",
                "--jwt-secret=hQ7v0ZrK2xWm9LcT5nBy8JdF3sGp6RaE4uVt1",
                "--jwt-issuer=i",
                "--jwt-audience=a",
            ],
            Err(TokenRefusal::OutsideSandboxMode),
        ),
    ];
    for (words, expected) in table {
        let (settings, request) = typed(words);
        assert_eq!(
            mint(&settings, &request, NOW).map(|_| ()),
            expected,
            "{words:?}"
        );
    }
    let (settings, mut request) = typed(&[]);
    request.account = "two words".to_owned();
    let refusal = mint(&settings, &request, NOW).unwrap_err();
    assert_eq!(refusal, TokenRefusal::AccountMalformed);
}

#[test]
fn the_command_line_is_sound() {
    CommandLine::command().debug_assert();
}

#[test]
fn there_is_no_authenticator_before_the_secret_is_made() {
    let refused = Authenticator::new(&identity(TokenKeys::MadeOnce)).unwrap_err();
    assert!(matches!(refused, AuthSetupError::SecretNotMade));
}
