//! Secrets that sandbox mode makes for itself, once, so that nobody has to configure any.
//!
//! Their prefixes mark them, and production refuses them by these.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::{DataDirError, DataDirectory, failed};

/// The sandbox's own secrets begin with these, so that production can tell them.
pub(crate) const SANDBOX_JWT_PREFIX: &str = "sandbox-jwt-";
pub(crate) const SANDBOX_STRIPE_PREFIX: &str = "sk_test_";
pub(crate) const SANDBOX_WEBHOOK_PREFIX: &str = "whsec_test_";

const FILE: &str = "sandbox-secrets.json";

/// 192 bits, as 48 characters of hex: enough for each of the three.
const RANDOM_BYTES: usize = 24;

/// What stands in for the configuration of a real deployment.
#[derive(Debug, Clone)]
pub struct SandboxSecrets {
    pub jwt_secret: SecretString,
    pub stripe_secret_key: SecretString,
    pub webhook_secret: SecretString,
}

impl SandboxSecrets {
    /// Reads the secrets, or makes them if there are none yet. They never change after that.
    pub fn keep(directory: &DataDirectory) -> Result<SandboxSecrets, DataDirError> {
        let path = directory.path().join(FILE);
        if let Some(kept) = read(&path)? {
            return Ok(kept);
        }
        let made = SandboxSecrets::make()?;
        directory.create(FILE, made.to_json().as_bytes())?;
        // Another process may have been first; what counts is what is in the file.
        read(&path)?.ok_or_else(|| unreadable(&path))
    }

    fn make() -> Result<SandboxSecrets, DataDirError> {
        Ok(SandboxSecrets {
            jwt_secret: random(SANDBOX_JWT_PREFIX)?,
            stripe_secret_key: random(SANDBOX_STRIPE_PREFIX)?,
            webhook_secret: random(SANDBOX_WEBHOOK_PREFIX)?,
        })
    }

    fn to_json(&self) -> String {
        let json = serde_json::json!({
            "jwt_secret": self.jwt_secret.expose_secret(),
            "stripe_secret_key": self.stripe_secret_key.expose_secret(),
            "webhook_secret": self.webhook_secret.expose_secret(),
        });
        format!("{json:#}\n")
    }

    fn from_json(text: &str) -> Option<SandboxSecrets> {
        let json: serde_json::Value = serde_json::from_str(text).ok()?;
        let secret = |name: &str, prefix: &str| {
            let text = json.get(name)?.as_str()?;
            let body = text.strip_prefix(prefix)?;
            (body.len() >= RANDOM_BYTES).then(|| SecretString::from(text))
        };
        Some(SandboxSecrets {
            jwt_secret: secret("jwt_secret", SANDBOX_JWT_PREFIX)?,
            stripe_secret_key: secret("stripe_secret_key", SANDBOX_STRIPE_PREFIX)?,
            webhook_secret: secret("webhook_secret", SANDBOX_WEBHOOK_PREFIX)?,
        })
    }
}

fn read(path: &Path) -> Result<Option<SandboxSecrets>, DataDirError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(failed("read", path, source)),
    };
    // A copy or a restore may have opened the file to others.
    let owner_only = fs::Permissions::from_mode(0o600);
    fs::set_permissions(path, owner_only).map_err(|source| failed("protect", path, source))?;
    match SandboxSecrets::from_json(&text) {
        Some(kept) => Ok(Some(kept)),
        None => Err(unreadable(path)),
    }
}

fn unreadable(path: &Path) -> DataDirError {
    let path = path.display().to_string();
    DataDirError::SecretsUnreadable { path }
}

fn random(prefix: &str) -> Result<SecretString, DataDirError> {
    let mut bytes = [0; RANDOM_BYTES];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| DataDirError::NoRandomness)?;
    let body: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(SecretString::from(format!("{prefix}{body}")))
}
