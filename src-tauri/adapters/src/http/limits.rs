//! How long and how large an exchange may become.

use std::time::Duration;

/// The time to reach a host: name, TCP and TLS.
pub const CONNECT: Duration = Duration::from_secs(10);

/// The time for one operation with all its attempts, where the caller names no earlier end.
pub const OPERATION: Duration = Duration::from_secs(30);

/// The bounds of one exchange. The time to connect is [`CONNECT`] for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest silence: before the head of the answer (after connecting) and between two parts of its body.
    pub read: Duration,
    /// The longest exchange from the first to the last byte.
    pub total: Duration,
    /// The largest body in bytes, counted after decompression.
    pub largest_body: usize,
}

impl Limits {
    /// For OpenID metadata and signing keys.
    pub const DISCOVERY: Self =
        Self { read: Duration::from_secs(15), total: Duration::from_secs(20), largest_body: 1024 * 1024 };
    /// For the token endpoint.
    pub const TOKEN: Self =
        Self { read: Duration::from_secs(20), total: Duration::from_secs(30), largest_body: 256 * 1024 };
    /// For reading from Partner Center.
    pub const API: Self =
        Self { read: Duration::from_secs(20), total: Duration::from_secs(30), largest_body: 8 * 1024 * 1024 };
}
