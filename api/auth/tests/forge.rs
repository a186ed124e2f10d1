//! Makes tokens by hand, good and bad: nothing here checks anything. The keys are made anew by
//! every run.

use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(super) enum TestKey {
    Hmac(Box<hmac::Key>),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    /// Signs everything with nothing.
    Empty,
}

impl TestKey {
    pub(super) fn hmac(secret: &[u8]) -> TestKey {
        TestKey::Hmac(Box::new(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// RSA keys take a while to make; one is enough for all tests that need no second.
    pub(super) fn rsa() -> &'static TestKey {
        static KEY: OnceLock<TestKey> = OnceLock::new();
        KEY.get_or_init(|| {
            TestKey::Rsa(
                RsaKeyPair::generate(KeySize::Rsa2048).unwrap(),
                &RSA_PKCS1_SHA256,
            )
        })
    }

    /// The same padding as PS256 has, under a key that is for RS256.
    pub(super) fn with_pss_padding(&self) -> TestKey {
        let TestKey::Rsa(key, _) = self else {
            panic!("not an RSA key")
        };
        let der = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der>::as_der(key).unwrap();
        TestKey::Rsa(
            RsaKeyPair::from_pkcs8(der.as_ref()).unwrap(),
            &RSA_PSS_SHA256,
        )
    }

    pub(super) fn p256() -> TestKey {
        TestKey::P256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    pub(super) fn ed25519() -> TestKey {
        TestKey::Ed25519(Ed25519KeyPair::generate().unwrap())
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            TestKey::Hmac(key) => hmac::sign(key, message).as_ref().to_vec(),
            TestKey::Rsa(key, padding) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(*padding, &random, message, &mut signature)
                    .unwrap();
                signature
            }
            TestKey::P256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            TestKey::Ed25519(key) => key.sign(message).as_ref().to_vec(),
            TestKey::Empty => Vec::new(),
        }
    }

    /// The key as an identity provider would publish it.
    pub(super) fn jwk(&self, id: &str) -> Value {
        let mut jwk = match self {
            TestKey::Rsa(key, _) => {
                let key = key.public_key();
                json!({
                    "kty": "RSA",
                    "n": base64url(key.modulus().big_endian_without_leading_zero()),
                    "e": base64url(key.exponent().big_endian_without_leading_zero()),
                })
            }
            TestKey::P256(key) => {
                let point = key.public_key().as_ref();
                json!({
                    "kty": "EC", "crv": "P-256",
                    "x": base64url(&point[1..33]), "y": base64url(&point[33..]),
                })
            }
            TestKey::Ed25519(key) => json!({
                "kty": "OKP", "crv": "Ed25519", "x": base64url(key.public_key().as_ref()),
            }),
            TestKey::Hmac(_) | TestKey::Empty => panic!("nobody publishes this key"),
        };
        jwk["kid"] = json!(id);
        jwk["use"] = json!("sig");
        jwk
    }

    /// Every form in which the public key could be taken for an HMAC secret.
    pub(super) fn public_forms(&self) -> Vec<Vec<u8>> {
        let TestKey::Rsa(key, _) = self else {
            panic!("not an RSA key")
        };
        let key = key.public_key();
        let spki = key.as_der().unwrap().as_ref().to_vec();
        let base64 = base64::engine::general_purpose::STANDARD.encode(&spki);
        let lines: Vec<&str> = base64
            .as_bytes()
            .chunks(64)
            .map(|line| str::from_utf8(line).unwrap())
            .collect();
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
            lines.join("\n")
        );
        let jwk = self.jwk("k1");
        let modulus = key.modulus().big_endian_without_leading_zero().to_vec();
        vec![
            spki,
            key.as_ref().to_vec(),
            format!("{pem}\n").into_bytes(),
            pem.into_bytes(),
            modulus,
            jwk["n"].as_str().unwrap().as_bytes().to_vec(),
            jwk.to_string().into_bytes(),
            Vec::new(),
        ]
    }
}

pub(super) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token of exactly these two texts, signed over exactly their bytes.
pub(super) fn forge(header: &str, claims: &str, key: &TestKey) -> String {
    let signed = format!("{}.{}", base64url(header), base64url(claims));
    let signature = base64url(key.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}
