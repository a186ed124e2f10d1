//! Why a caller was not let in. For the log and the metrics: the caller hears one neutral
//! sentence, whatever it was, and nothing here ever carries a part of the token.

/// Every one of these is a 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AuthError {
    #[error("the request carries no Authorization header")]
    CredentialsMissing,
    #[error("the request carries more than one Authorization header")]
    SeveralCredentials,
    #[error("the Authorization header is not a bearer token")]
    NotABearerToken,
    #[error("the token is longer than any identity provider's")]
    TokenTooLong,
    #[error("the token is not three parts of base64url")]
    TokenMalformed,
    #[error("the token's header is not a JSON object of the expected types, each key once")]
    HeaderMalformed,
    #[error("the token's header demands extensions that we do not know")]
    ExtensionDemanded,
    #[error("the token is not an access token, by its type")]
    NotAnAccessToken,
    #[error("the token is signed by an algorithm that we do not take")]
    AlgorithmRefused,
    #[error("the token's key id is not short and printable")]
    KeyIdMalformed,
    #[error("the token is signed with a key that the identity provider does not publish")]
    KeyUnknown,
    #[error("no keys of the identity provider could be had for too long")]
    KeysUnavailable,
    #[error("the token's signature is wrong")]
    SignatureWrong,
    #[error("the token's claims are not a JSON object of the expected types, each key once")]
    ClaimsMalformed,
    #[error("the token lacks a claim that it must have")]
    ClaimMissing,
    #[error("the token has expired")]
    Expired,
    #[error("the token is not valid yet")]
    NotYetValid,
    #[error("the token was issued by somebody else")]
    IssuerWrong,
    #[error("the token was issued for somebody else")]
    AudienceWrong,
    #[error("the token names no account in the claim that should")]
    AccountMalformed,
}

impl AuthError {
    /// What the caller is told, for all of them.
    pub const DETAIL: &'static str =
        "The request needs a valid access token in one Authorization: Bearer header.";

    /// A stable label for metrics and logs.
    pub fn reason(self) -> &'static str {
        match self {
            AuthError::CredentialsMissing => "credentials_missing",
            AuthError::SeveralCredentials => "several_credentials",
            AuthError::NotABearerToken => "not_a_bearer_token",
            AuthError::TokenTooLong => "token_too_long",
            AuthError::TokenMalformed => "token_malformed",
            AuthError::HeaderMalformed => "header_malformed",
            AuthError::ExtensionDemanded => "extension_demanded",
            AuthError::NotAnAccessToken => "not_an_access_token",
            AuthError::AlgorithmRefused => "algorithm_refused",
            AuthError::KeyIdMalformed => "key_id_malformed",
            AuthError::KeyUnknown => "key_unknown",
            AuthError::KeysUnavailable => "keys_unavailable",
            AuthError::SignatureWrong => "signature_wrong",
            AuthError::ClaimsMalformed => "claims_malformed",
            AuthError::ClaimMissing => "claim_missing",
            AuthError::Expired => "expired",
            AuthError::NotYetValid => "not_yet_valid",
            AuthError::IssuerWrong => "issuer_wrong",
            AuthError::AudienceWrong => "audience_wrong",
            AuthError::AccountMalformed => "account_malformed",
        }
    }

    /// The value of `WWW-Authenticate`. Who sent nothing is told the scheme and no error
    /// (RFC 6750 §3.1).
    pub fn challenge(self) -> &'static str {
        match self {
            AuthError::CredentialsMissing => "Bearer",
            _ => r#"Bearer error="invalid_token""#,
        }
    }
}
