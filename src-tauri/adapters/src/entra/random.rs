//! Values that nobody can guess.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mpc_connect_core::failure::{Failure, FailureClass};
use secrecy::SecretString;

/// 256 bits of the operating system's generator as 43 characters of `[A-Za-z0-9-_]`; enough for `state` and `nonce`,
/// and the shortest verifier that RFC 7636 (section 4.1) allows.
///
/// # Errors
/// `UNKNOWN` when the system gives no randomness; then no sign-in may start.
pub(super) fn unguessable() -> Result<SecretString, Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::of(FailureClass::Unknown).with_code("no random numbers"))?;
    Ok(SecretString::from(URL_SAFE_NO_PAD.encode(bytes)))
}
