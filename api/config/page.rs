//! The page that lists every variable, made from the command line's own definitions so that it
//! cannot say anything else than they do.

use std::fmt::Write;

use clap::{Arg, Args, Command};

use super::Config;

const HEAD: &str = "\
# Configuration

<!-- Made from api/config/mod.rs by `make generate`; a test holds it to that. -->

Each variable is also a flag of every command that reads it, and the flag wins. A variable that is
set to nothing counts as unset. Secrets belong in the environment: flags can be read by everyone on
the machine. A value that is missing, malformed or (in production) weak keeps the service from
starting; the message names the variable and never repeats its value.

| variable | flag | unit | default | meaning |
|---|---|---|---|---|
";

const TAIL: &str = "
## Sandbox and production

Without a Stripe key the service runs in **sandbox mode**: it makes a token secret, a Stripe key and
a webhook secret once, keeps them in `sandbox-secrets.json` in the data directory (mode 0600), and
`credits token` mints tokens with them. Sandbox mode takes test keys only.

With a Stripe key, or `CREDITS_MODE=production`, it refuses to start unless all of these hold:

- `CREDITS_STRIPE_SECRET_KEY` is a live key, and no placeholder;
- `CREDITS_STRIPE_WEBHOOK_SECRETS` holds at least one `whsec_…`, none made by the sandbox;
- `CREDITS_JWT_SECRET` is 32 bytes or more and no default, example or repeated text; or
  `CREDITS_JWKS_URL` is https (plain http to this machine only). One of the two, never both;
- `CREDITS_JWT_ISSUER` and `CREDITS_JWT_AUDIENCE` are set;
- `CREDITS_STRIPE_URL`, if set, is https, and not the place of a sandbox: this machine, or a host with
  `sandbox` in its name.

No webhook secret of Stripe's says whether it is of a live or of a test endpoint. What can be told is
refused: the secrets that a sandbox makes (`whsec_test_…`), placeholders, and whatever is shorter than
Stripe makes them. A test endpoint's secret beside a live key lets no test event through either: an
event says whether it is live, and those that are not are stored and ignored.

## Tokens

A caller sends one `Authorization: Bearer` header with a JWT of at most 8 KiB; no other place is
looked at. Anything below that does not hold is a 401 with the same neutral answer.

- **Header**: `alg` is HS256 with `CREDITS_JWT_SECRET`, or RS256, ES256 or EdDSA (Ed25519) with
  `CREDITS_JWKS_URL`, and the one algorithm of the key. `typ` is absent, `JWT` or `at+jwt`. `kid`
  is at most 128 visible ASCII characters; without it, the set must leave no choice. Any `crit` is
  refused; `jku`, `x5u`, `jwk` and `x5c` are not looked at.
- **Claims**: `exp`, `iss`, `aud` and `sub` must be there, `nbf` and `iat` are checked if they are.
  Times are whole seconds. Clocks may differ by 60 seconds: a token works until 59 seconds past
  `exp`. `aud` is ours or an array of strings that contains ours. The account claim is a string of
  1 to 255 visible ASCII characters; if it is not `sub`, `sub` does not stand in for it.
- **Rights**: `scope`, or `scp` only when there is no `scope`; a string of words with single spaces
  between them, or an array of words. Known are `credits:read`, `credits:purchase`,
  `credits:consume` and `credits:admin`; none includes another, others are passed over.
- **Published keys**: fetched when needed, in 3 seconds and 256 KiB, without redirects, over TLS
  with Mozilla's roots. Asked for again after 10 minutes, and on an unknown `kid`, at most once a
  minute; used for an hour while no new ones can be had. Without keys the service is not ready and
  lets nobody in.
";

/// `docs/CONFIGURATION.md`, in full.
pub fn configuration_page() -> String {
    let command = Config::augment_args(Command::new("credits"));
    let rows: String = command.get_arguments().map(row).collect();
    format!("{HEAD}{rows}{TAIL}")
}

fn row(argument: &Arg) -> String {
    let text = |text: Option<&std::ffi::OsStr>| {
        let text = text.unwrap_or_default();
        text.to_string_lossy().into_owned()
    };
    let variable = text(argument.get_env());
    let flag = argument.get_long().unwrap_or_default();
    let unit = match argument.get_value_names() {
        Some([unit, ..]) => unit.to_lowercase(),
        _ => String::new(),
    };
    let default = match argument.get_default_values() {
        [value, ..] => format!("`{}`", text(Some(value))),
        [] => computed_default(&variable).to_owned(),
    };
    let meaning = argument.get_help().map(ToString::to_string);
    let meaning = meaning.unwrap_or_default().replace('|', "\\|");
    let mut row = String::new();
    // Writing into a String cannot fail.
    _ = writeln!(
        row,
        "| `{variable}` | `--{flag}` | {unit} | {default} | {meaning} |"
    );
    row
}

/// The defaults that depend on something else.
fn computed_default(variable: &str) -> &'static str {
    match variable {
        "CREDITS_MODE" => "`sandbox` without a Stripe key, else `production`",
        "CREDITS_DATABASE_URL" => "`credits.db` in the data directory",
        "CREDITS_PUBLIC_URL" => "the listen address",
        "CREDITS_STRIPE_SECRET_KEY" | "CREDITS_STRIPE_WEBHOOK_SECRETS" => {
            "sandbox: made once; production: required"
        }
        "CREDITS_STRIPE_URL" => "the embedded sandbox without a key, else Stripe",
        "CREDITS_JWT_SECRET" => "sandbox: made once; production: required, or the next",
        "CREDITS_JWKS_URL" => "none",
        "CREDITS_JWT_ISSUER" => "sandbox: `credits-sandbox`; production: required",
        "CREDITS_JWT_AUDIENCE" => "sandbox: `credits`; production: required",
        "CREDITS_CORS_ORIGINS" => "none: no other origin may",
        "CREDITS_SIGNING_KEY" => "sandbox: made once; production: none",
        "CREDITS_WEBHOOK_NETWORKS" => "sandbox: this machine; production: none",
        "CREDITS_SMTP_URL" => "none",
        "CREDITS_MAIL_FROM" => "none; required with the one before",
        "CREDITS_PAGE_URL" => "the public URL",
        "CREDITS_PAGE_TOKEN_URL" => "sandbox: the sandbox's own; production: none",
        "CREDITS_PAGE_SIGN_IN_URL" => "none",
        _ => "",
    }
}
