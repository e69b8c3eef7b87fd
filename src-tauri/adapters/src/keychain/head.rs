//! The head entry: whose credential this is, how much of it there is, and where.
//!
//! Nine lines of ASCII, the last one empty where the payload lies in chunks:
//!
//! ```text
//! mpc-connect/1
//! <tenant>
//! <object id>
//! <generation>
//! ascii | base64
//! <payload length in bytes>
//! <first 16 hexadecimal digits of the digest>
//! <number of chunks, 0 when the payload is on the last line>
//! <encoded payload>
//! ```

use std::{fmt::Write as _, str::Lines};

use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use secrecy::zeroize::Zeroizing;

use super::{
    KeychainError,
    layout::{CHUNK_SIZE, ENTRY_LIMIT, PAYLOAD_LIMIT},
    secret::{Entry, Identity, Payload},
};

const FORMAT: &str = "mpc-connect/";
const VERSION: u32 = 1;

/// How the payload became text: KDE's wallets keep nothing but UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Ascii,
    Base64,
}

impl Encoding {
    /// A token is visible ASCII and stays as it is; anything else becomes Base64.
    pub(super) fn of(payload: &[u8]) -> Self {
        if payload.iter().all(u8::is_ascii_graphic) { Self::Ascii } else { Self::Base64 }
    }

    pub(super) fn encode(self, payload: &[u8]) -> Entry {
        Zeroizing::new(match self {
            Self::Ascii => payload.to_vec(),
            Self::Base64 => BASE64.encode(payload).into_bytes(),
        })
    }

    fn decode(self, text: &[u8]) -> Option<Payload> {
        match self {
            Self::Ascii => text.iter().all(u8::is_ascii_graphic).then(|| Payload::new(text.to_vec())),
            Self::Base64 => BASE64.decode(text).ok().map(Payload::new),
        }
    }

    fn encoded_length(self, length: usize) -> usize {
        match self {
            Self::Ascii => length,
            Self::Base64 => length.div_ceil(3) * 4,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Base64 => "base64",
        }
    }
}

/// Where the encoded payload is.
pub(super) enum Place {
    Inline(Entry),
    Chunks(usize),
}

/// A head entry, parsed and consistent in itself.
pub(super) struct Head {
    pub(super) identity: Identity,
    pub(super) generation: u64,
    pub(super) encoding: Encoding,
    pub(super) length: usize,
    pub(super) digest: String,
    pub(super) place: Place,
}

impl Head {
    /// Reads an entry written by anyone.
    ///
    /// # Errors
    /// `NewerVersion` by the first line alone, else `Broken`.
    pub(super) fn parse(entry: &[u8]) -> Result<Self, KeychainError> {
        refuse_newer(entry)?;
        Self::parse_current(entry).ok_or(KeychainError::Broken)
    }

    fn parse_current(entry: &[u8]) -> Option<Self> {
        if entry.len() > ENTRY_LIMIT || !entry.is_ascii() {
            return None;
        }
        let mut lines = std::str::from_utf8(entry).ok()?.lines();
        (lines.next()? == format!("{FORMAT}{VERSION}")).then_some(())?;
        let identity = Identity::new(lines.next()?, lines.next()?).ok()?;
        let generation = lines.next()?.parse().ok()?;
        let encoding = match lines.next()? {
            "ascii" => Encoding::Ascii,
            "base64" => Encoding::Base64,
            _ => return None,
        };
        let length = lines.next()?.parse().ok().filter(|length| (1..=PAYLOAD_LIMIT).contains(length))?;
        let digest = lines.next()?.to_owned();
        let place = parse_place(&mut lines, encoding.encoded_length(length))?;
        let head = Self { identity, generation, encoding, length, digest, place };
        // One text per head: whatever else was read leniently or not at all is damage.
        (head.render().as_slice() == entry).then_some(head)
    }

    /// The entry's text.
    pub(super) fn render(&self) -> Entry {
        let (chunks, inline): (usize, &[u8]) = match &self.place {
            Place::Inline(text) => (0, text),
            Place::Chunks(count) => (*count, &[]),
        };
        let lines = format!(
            "{FORMAT}{VERSION}\n{}\n{}\n{}\n{}\n{}\n{}\n{chunks}\n",
            self.identity.tenant(),
            self.identity.object_id(),
            self.generation,
            self.encoding.name(),
            self.length,
            self.digest,
        );
        // Sized at once, because a vector that grows leaves copies behind.
        let mut entry = Zeroizing::new(Vec::with_capacity(lines.len() + inline.len()));
        entry.extend_from_slice(lines.as_bytes());
        entry.extend_from_slice(inline);
        entry
    }

    /// The payload whose encoded text is given, if it is the one this head was written for.
    pub(super) fn open(&self, text: &[u8]) -> Option<Payload> {
        let payload = self.encoding.decode(text)?;
        let same = payload.expose().len() == self.length
            && digest(&self.identity, self.generation, payload.expose()) == self.digest;
        same.then_some(payload)
    }

    pub(super) fn chunks(&self) -> usize {
        match self.place {
            Place::Inline(_) => 0,
            Place::Chunks(count) => count,
        }
    }
}

/// The number of chunks and the inline text have to agree with the length.
fn parse_place(lines: &mut Lines<'_>, encoded_length: usize) -> Option<Place> {
    let chunks: usize = lines.next()?.parse().ok()?;
    let inline = lines.next().unwrap_or_default();
    if chunks == 0 {
        let text = Zeroizing::new(inline.as_bytes().to_vec());
        return (text.len() == encoded_length).then_some(Place::Inline(text));
    }
    (inline.is_empty() && chunks == encoded_length.div_ceil(CHUNK_SIZE)).then_some(Place::Chunks(chunks))
}

fn refuse_newer(entry: &[u8]) -> Result<(), KeychainError> {
    let first = entry.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let version = std::str::from_utf8(first)
        .ok()
        .and_then(|line| line.strip_prefix(FORMAT))
        .and_then(|number| number.parse::<u32>().ok());
    match version {
        Some(version) if version > VERSION => Err(KeychainError::NewerVersion),
        Some(_) | None => Ok(()),
    }
}

/// SHA-256 over identity, generation and payload, its first 8 bytes in hexadecimal: it finds damage and mixed
/// pieces. It does not prove who wrote the entry; the keychain is what keeps others out.
pub(super) fn digest(identity: &Identity, generation: u64, payload: &[u8]) -> String {
    let mut context = Context::new(&SHA256);
    for part in [identity.tenant(), identity.object_id(), &generation.to_string()] {
        context.update(part.as_bytes());
        context.update(b"\n");
    }
    context.update(payload);
    context.finish().as_ref().iter().take(8).fold(String::with_capacity(16), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
