//! The OpenID Foundation's relying-party cases about the ID token, under their own names
//! (<https://gitlab.com/openid/conformance-suite>).

use mpc_connect_core::failure::FailureClass;
use serde_json::{Value, json};

use crate::support::entra_keys::Signing;
use crate::support::entra_provider::{CLIENT, Deviation, SUBJECT};
use crate::support::entra_setup::Setup;

const NONE: Deviation = Deviation::NONE;

fn remove(value: &mut Value, key: &str) {
    value.as_object_mut().unwrap().remove(key);
}

async fn accepted(deviation: Deviation) {
    let setup = Setup::new(deviation).await;
    let grant = setup.sign_in(1).await.expect("a sign-in that passes");
    let signed_in = grant.signed_in.expect("an account");
    assert_eq!(signed_in.identity.object, SUBJECT);
    assert_eq!(signed_in.username.as_deref(), Some("svc-cosell@contoso.example"));
}

/// Refused for this reason, after one token request and with nothing asked for afterwards.
async fn refused(deviation: Deviation, code: &str) {
    let setup = Setup::new(deviation).await;
    let failure = setup.sign_in(1).await.expect_err("a sign-in that is refused");
    assert_eq!((failure.class, failure.code.as_deref()), (FailureClass::UnexpectedAnswer, Some(code)));
    assert!(failure.correlation_id.is_some());
    assert_eq!(setup.provider.asked("/token"), 1);
    assert_eq!(setup.provider.asked("/userinfo"), 0);
}

macro_rules! cases {
    ($($name:ident: $outcome:ident($deviation:expr $(, $code:literal)?);)*) => {
        $(#[tokio::test]
        async fn $name() {
            $outcome($deviation $(, $code)?).await;
        })*
    };
}

cases! {
    oidcc_client_test_idtoken_sig_rs256: accepted(NONE);
    oidcc_client_test_invalid_iss:
        refused(Deviation { claims: |claims| claims["iss"] = "https://evil.example".into(), ..NONE }, "ID token: iss");
    oidcc_client_test_missing_iss:
        refused(Deviation { claims: |claims| remove(claims, "iss"), ..NONE }, "ID token: claims");
    oidcc_client_test_missing_sub:
        refused(Deviation { claims: |claims| remove(claims, "sub"), ..NONE }, "ID token: claims");
    oidcc_client_test_invalid_aud:
        refused(Deviation { claims: |claims| claims["aud"] = "another".into(), ..NONE }, "ID token: aud");
    oidcc_client_test_missing_aud:
        refused(Deviation { claims: |claims| remove(claims, "aud"), ..NONE }, "ID token: claims");
    fapi2_client_test_invalid_secondary_aud:
        refused(Deviation { claims: |claims| claims["aud"] = json!([CLIENT, "another"]), ..NONE }, "ID token: aud");
    fapi2_client_test_valid_aud_as_array:
        accepted(Deviation { claims: |claims| claims["aud"] = json!([CLIENT]), ..NONE });
    empty_aud_array_is_refused:
        refused(Deviation { claims: |claims| claims["aud"] = json!([]), ..NONE }, "ID token: aud");
    other_azp_is_refused:
        refused(Deviation { claims: |claims| claims["azp"] = "another".into(), ..NONE }, "ID token: aud");
    oidcc_client_test_missing_iat:
        refused(Deviation { claims: |claims| remove(claims, "iat"), ..NONE }, "ID token: claims");
    fapi2_client_test_invalid_missing_exp:
        refused(Deviation { claims: |claims| remove(claims, "exp"), ..NONE }, "ID token: claims");
    fapi2_client_test_invalid_expired_exp:
        refused(
            Deviation {
                claims: |claims| claims["exp"] = (claims["iat"].as_i64().unwrap() - 301).into(),
                ..NONE
            },
            "ID token: time"
        );
    exp_within_the_leeway_is_accepted:
        accepted(Deviation {
            claims: |claims| claims["exp"] = (claims["iat"].as_i64().unwrap() - 200).into(),
            ..NONE
        });
    token_from_the_future_is_refused:
        refused(
            Deviation {
                claims: |claims| claims["nbf"] = (claims["iat"].as_i64().unwrap() + 600).into(),
                ..NONE
            },
            "ID token: time"
        );
    oidcc_client_test_nonce_invalid:
        refused(Deviation { claims: |claims| claims["nonce"] = "another".into(), ..NONE }, "ID token: nonce");
    fapi2_client_test_missing_nonce:
        refused(Deviation { claims: |claims| remove(claims, "nonce"), ..NONE }, "ID token: nonce");
    oidcc_client_test_invalid_athash:
        refused(Deviation { claims: |claims| claims["at_hash"] = "AAAA".into(), ..NONE }, "ID token: at_hash");
    missing_at_hash_is_accepted:
        accepted(Deviation { claims: |claims| remove(claims, "at_hash"), ..NONE });
    oidcc_client_test_idtoken_sig_none:
        refused(Deviation { signing: Signing::Nothing, ..NONE }, "ID token: header");
    fapi2_client_test_invalid_null_alg:
        refused(Deviation { header: |header| header["alg"] = Value::Null, ..NONE }, "ID token: header");
    fapi2_client_test_invalid_alternate_alg:
        refused(Deviation { header: |header| header["alg"] = "RS384".into(), ..NONE }, "ID token: algorithm");
    oidcc_client_test_invalid_sig_rs256:
        refused(Deviation { signing: Signing::Rs256Broken, ..NONE }, "ID token: signature");
    oidcc_client_test_invalid_sig_hs256:
        refused(Deviation { signing: Signing::Hs256, ..NONE }, "ID token: algorithm");
    oidcc_client_test_invalid_sig_es256:
        refused(Deviation { signing: Signing::Es256, ..NONE }, "ID token: algorithm");
    keys_named_in_the_header_are_never_used:
        refused(
            Deviation {
                header: |header| {
                    header["kid"] = "another".into();
                    header["jku"] = "http://127.0.0.1:9/keys".into();
                },
                ..NONE
            },
            "ID token: unknown key"
        );
    unknown_critical_headers_are_refused:
        refused(Deviation { header: |header| header["crit"] = json!(["x"]), ..NONE }, "ID token: algorithm");
    oidcc_client_test_kid_absent_single_jwks:
        accepted(Deviation { header: |header| remove(header, "kid"), ..NONE });
    key_of_another_issuer_is_refused:
        refused(
            Deviation { jwks: |set| set["keys"][0]["issuer"] = "https://evil.example".into(), ..NONE },
            "ID token: iss"
        );
    missing_id_token_is_refused:
        refused(Deviation { answer: |answer| remove(answer, "id_token"), ..NONE }, "no ID token");
    garbage_id_token_is_refused:
        refused(Deviation { answer: |answer| answer["id_token"] = "a.b.c".into(), ..NONE }, "ID token: header");
}

#[tokio::test]
async fn oidcc_client_test_kid_absent_multiple_jwks() {
    let setup = Setup::new(Deviation { header: |header| remove(header, "kid"), ..NONE }).await;
    setup.provider.new_key(false);
    setup.provider.new_key(false);
    setup.sign_in(1).await.expect("each key is tried");
}
