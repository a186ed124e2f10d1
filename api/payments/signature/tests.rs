//! Every way a signature can be wrong, held against the one way it can be right (W-01 to W-04).

use super::*;

const NOW: i64 = 1_790_000_000;
const BODY: &[u8] = br#"{"id":"evt_1","type":"checkout.session.completed"}"#;

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn ours() -> SecretString {
    secret("whsec_test_the_endpoint_secret_of_these_tests")
}

/// The bare hex, without `t=` and `v1=`.
fn hex(body: &[u8], key: &SecretString, timestamp: i64) -> String {
    let header = sign(body, key, timestamp);
    header.split_once("v1=").unwrap().1.to_owned()
}

fn judge(header: &str) -> Result<(), SignatureError> {
    verify(BODY, Some(header.as_bytes()), &[ours()], NOW)
}

/// Computed by `printf '1790000000.{}' | openssl dgst -sha256 -hmac whsec_known`.
#[test]
fn the_signature_is_the_one_openssl_computes() {
    let known = "t=1790000000,v1=9293e8ae4baf550e4c59c98a94293019930f7d4a22bfbcc88e781f16ba796088";
    assert_eq!(sign(b"{}", &secret("whsec_known"), NOW), known);
    assert_eq!(
        verify(b"{}", Some(known.as_bytes()), &[secret("whsec_known")], NOW),
        Ok(())
    );
}

#[test]
fn only_a_right_signature_in_a_right_header_is_taken() {
    use SignatureError::*;
    let good = hex(BODY, &ours(), NOW);
    let stranger = hex(BODY, &secret("whsec_somebody_else"), NOW);
    let respaced = hex(
        br#"{"id": "evt_1", "type": "checkout.session.completed"}"#,
        &ours(),
        NOW,
    );
    let upper = good.to_uppercase();
    let truncated = &good[..63];
    let many = |count: usize| vec![format!("v1={stranger}"); count].join(",");
    let table = [
        (format!("t={NOW},v1={good}"), Ok(())),
        (format!("v1={good},t={NOW}"), Ok(())),
        (format!("t={NOW},v1={stranger},v1={good}"), Ok(())),
        (format!("t={NOW},v1={good},v1={stranger}"), Ok(())),
        (format!("t={NOW},v0=abc,v1={good},v2=x"), Ok(())),
        (format!("t={NOW},{},v1={good}", many(99)), Ok(())),
        (
            format!("t={NOW},{},v1={good}", many(100)),
            Err(TooManySignatures),
        ),
        (
            format!("t={NOW},{}", vec!["v1=0"; 1_000].join(",")),
            Err(TooManySignatures),
        ),
        (
            format!("t={NOW},{},v1={good}", many(1_000)),
            Err(HeaderTooLong),
        ),
        (String::new(), Err(HeaderMissing)),
        (" ".into(), Err(HeaderMalformed)),
        (good.clone(), Err(HeaderMalformed)),
        (format!("t={NOW}"), Err(NoSignature)),
        (format!("t={NOW},v0={good}"), Err(NoSignature)),
        (format!("t={NOW},V1={good}"), Err(NoSignature)),
        (format!("t={NOW},v1={stranger}"), Err(NoSignatureMatches)),
        (format!("t={NOW},v1={respaced}"), Err(NoSignatureMatches)),
        (format!("t={NOW},v1={upper}"), Err(NoSignatureMatches)),
        (format!("t={NOW},v1={truncated}"), Err(NoSignatureMatches)),
        (format!("t={NOW},v1={good}00"), Err(NoSignatureMatches)),
        (format!("t={NOW},v1="), Err(NoSignatureMatches)),
        (format!("t={NOW}, v1={good}"), Err(NoSignature)),
        (format!("t={NOW},v1={good},"), Err(HeaderMalformed)),
        (format!("v1={good}"), Err(HeaderMalformed)),
        (format!("t={NOW},t={NOW},v1={good}"), Err(HeaderMalformed)),
        (format!("t=,v1={good}"), Err(HeaderMalformed)),
        (format!("t=now,v1={good}"), Err(HeaderMalformed)),
        (format!("t=+{NOW},v1={good}"), Err(HeaderMalformed)),
        (format!("t={NOW}.0,v1={good}"), Err(HeaderMalformed)),
        (
            format!("t=-1,v1={}", hex(BODY, &ours(), -1)),
            Err(HeaderMalformed),
        ),
        (
            format!("t=9223372036854775808,v1={good}"),
            Err(HeaderMalformed),
        ),
        (
            format!("t=9223372036854775807,v1={}", hex(BODY, &ours(), i64::MAX)),
            Err(ClockSkew),
        ),
        // The characters are signed, not the number they spell.
        (format!("t=0{NOW},v1={good}"), Err(NoSignatureMatches)),
    ];
    for (header, expected) in table {
        assert_eq!(judge(&header), expected, "{header}");
    }
    assert_eq!(verify(BODY, None, &[ours()], NOW), Err(HeaderMissing));
    assert_eq!(
        verify(BODY, Some(b"t=\xff,v1=0"), &[ours()], NOW),
        Err(HeaderMalformed)
    );
}

#[test]
fn a_clock_may_be_five_minutes_off_and_no_more() {
    use SignatureError::ClockSkew;
    let table = [
        (-301, Err(ClockSkew)),
        (-300, Ok(())),
        (-299, Ok(())),
        (0, Ok(())),
        (299, Ok(())),
        (300, Ok(())),
        (301, Err(ClockSkew)),
    ];
    for (offset, expected) in table {
        assert_eq!(
            judge(&sign(BODY, &ours(), NOW + offset)),
            expected,
            "{offset} s"
        );
    }
}

#[test]
fn a_forged_signature_with_an_old_timestamp_is_not_called_clock_skew() {
    let forged = format!("t={},v1={}", NOW - 4_000, "0".repeat(64));
    let refusal = judge(&forged).unwrap_err();
    assert_eq!(refusal.reason(), "bad_signature");
    let late = judge(&sign(BODY, &ours(), NOW - 4_000)).unwrap_err();
    assert_eq!(late.reason(), "clock_skew");
}

#[test]
fn a_secret_can_be_rolled_without_losing_an_event() {
    let (old, new, third) = (
        secret("whsec_old"),
        secret("whsec_new"),
        secret("whsec_third"),
    );
    let of = |key: &SecretString| format!("v1={}", hex(BODY, key, NOW));
    let old_then_new = format!("t={NOW},{},{}", of(&old), of(&new));
    let new_then_old = format!("t={NOW},{},{}", of(&new), of(&old));
    let only_third = format!("t={NOW},{}", of(&third));
    let configured = [
        vec![old.clone()],
        vec![new.clone()],
        vec![old.clone(), new.clone()],
    ];
    for secrets in &configured {
        for header in [&old_then_new, &new_then_old] {
            assert_eq!(verify(BODY, Some(header.as_bytes()), secrets, NOW), Ok(()));
        }
        assert_eq!(
            verify(BODY, Some(only_third.as_bytes()), secrets, NOW),
            Err(SignatureError::NoSignatureMatches)
        );
    }
    assert_eq!(
        verify(BODY, Some(old_then_new.as_bytes()), &[new, third], NOW),
        Ok(())
    );
}

#[test]
fn no_single_bit_of_the_body_can_change() {
    let header = sign(BODY, &ours(), NOW);
    for index in 0..BODY.len() {
        for bit in 0..8 {
            let mut changed = BODY.to_vec();
            changed[index] ^= 1 << bit;
            assert_eq!(
                verify(&changed, Some(header.as_bytes()), &[ours()], NOW),
                Err(SignatureError::NoSignatureMatches)
            );
        }
    }
}

#[test]
fn a_body_that_is_no_json_and_no_text_is_judged_all_the_same() {
    let bodies: [&[u8]; 4] = [b"", b"not json", b"\x1f\x8b\x08\x00\xff", &[0; 262_144]];
    for body in bodies {
        let header = sign(body, &ours(), NOW);
        assert_eq!(
            verify(body, Some(header.as_bytes()), &[ours()], NOW),
            Ok(())
        );
    }
}

#[test]
fn without_a_secret_nothing_is_right() {
    let header = sign(BODY, &secret(""), NOW);
    for secrets in [vec![], vec![secret("")]] {
        assert_eq!(
            verify(BODY, Some(header.as_bytes()), &secrets, NOW),
            Err(SignatureError::NoSignatureMatches)
        );
    }
}
