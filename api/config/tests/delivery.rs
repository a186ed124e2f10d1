//! How people and the platform's own systems are told: what starts, and what refuses to (S-05).

use super::*;

const FROM: (&str, &str) = ("mail-from", "Acme <credits@acme.example>");
const SERVER: (&str, &str) = ("smtp-url", "smtps://u:p@mail.example.com");
const KEY: (&str, &str) = ("signing-key", SIGNING_KEY);

#[test]
fn nothing_has_to_be_set() {
    let sandbox = settle(&[]).unwrap();
    assert!(sandbox.delivery.mail.is_none() && sandbox.delivery.signing_key.is_none());
    let mut sandbox = sandbox;
    sandbox.adopt(&made());
    assert!(sandbox.delivery.signing_key.is_some(), "it is made once");
    assert!(
        !sandbox.delivery.webhook_networks.is_empty(),
        "whoever tries it out listens here"
    );
    let production = production(&[]).unwrap();
    assert!(production.delivery.signing_key.is_none());
    assert!(production.delivery.webhook_networks.is_empty());
    assert_eq!(production.delivery.product_name, "Credits");
    assert_eq!(
        production.page_url("https://credits.acme.example"),
        "https://credits.acme.example"
    );
}

#[test]
fn mail_needs_a_server_a_sender_and_a_key() {
    let settings = production(&[SERVER, FROM, KEY]).unwrap();
    let mail = settings.delivery.mail.unwrap();
    assert_eq!(mail.from.email.to_string(), "credits@acme.example");
    for (flags, variable) in [
        (vec![SERVER, KEY], "CREDITS_MAIL_FROM"),
        (vec![SERVER, FROM], "CREDITS_SIGNING_KEY"),
        (
            vec![SERVER, KEY, ("mail-from", "nobody")],
            "CREDITS_MAIL_FROM",
        ),
        (
            vec![FROM, KEY, ("smtp-url", "mail.example.com")],
            "CREDITS_SMTP_URL",
        ),
        (
            vec![FROM, KEY, ("smtp-url", "https://mail.example.com")],
            "CREDITS_SMTP_URL",
        ),
        // The password would travel in the clear.
        (
            vec![FROM, KEY, ("smtp-url", "smtp://u:p@mail.example.com")],
            "CREDITS_SMTP_URL",
        ),
        (
            vec![SERVER, FROM, ("signing-key", "short")],
            "CREDITS_SIGNING_KEY",
        ),
        (
            vec![
                SERVER,
                FROM,
                ("signing-key", "changeme-changeme-changeme-changeme"),
            ],
            "CREDITS_SIGNING_KEY",
        ),
    ] {
        assert_eq!(
            production(&flags).unwrap_err().variable,
            variable,
            "{flags:?}"
        );
    }
    for server in [
        "smtp://mail.example.com?tls=required",
        "smtp://127.0.0.1:2525",
        "smtp://[::1]:2525",
    ] {
        assert!(
            production(&[FROM, KEY, ("smtp-url", server)]).is_ok(),
            "{server}"
        );
    }
    assert!(
        settle(&[FROM, ("smtp-url", "smtp://mail.example.com")]).is_ok(),
        "a sandbox has one made"
    );
}

#[test]
fn networks_are_networks() {
    let settings = production(&[("webhook-networks", "10.0.0.0/8, fd00::/8")]).unwrap();
    assert_eq!(settings.delivery.webhook_networks.len(), 2);
    for wrong in ["10.0.0.1", "10.0.0.0/33", "internal", "10.0.0.0/8,"] {
        let refused = production(&[("webhook-networks", wrong)]).unwrap_err();
        assert_eq!(refused.variable, "CREDITS_WEBHOOK_NETWORKS", "{wrong}");
    }
}

#[test]
fn the_page_gets_tokens_from_a_path_of_its_own_or_from_a_safe_place() {
    for sound in ["/session/token", "https://acme.example/token?for=credits"] {
        let settings = production(&[("page-token-url", sound)]).unwrap();
        assert_eq!(settings.page.token_url.as_deref(), Some(sound));
    }
    for wrong in [
        "token",
        "//acme.example/token",
        "/a b",
        "http://acme.example/token",
        "javascript:0",
    ] {
        for (flag, variable) in [
            ("page-token-url", "CREDITS_PAGE_TOKEN_URL"),
            ("page-sign-in-url", "CREDITS_PAGE_SIGN_IN_URL"),
        ] {
            let refused = production(&[(flag, wrong)]).unwrap_err();
            assert_eq!(refused.variable, variable, "{wrong}");
        }
    }
}

#[test]
fn a_name_is_short_and_a_page_is_a_url() {
    let long = "x".repeat(65);
    for name in [long.as_str(), "Acme\nBcc: eve"] {
        let refused = settle(&[("product-name", name)]).unwrap_err();
        assert_eq!(refused.variable, "CREDITS_PRODUCT_NAME");
    }
    let refused = settle(&[("page-url", "acme.example/credits")]).unwrap_err();
    assert_eq!(refused.variable, "CREDITS_PAGE_URL");
}
