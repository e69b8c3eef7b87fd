//! What a process sent, received and wrote, as `strace` saw it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Calls that carry bytes in or out.
const CALLS: &str = "trace=read,recvfrom,recvmsg,pread64,write,writev,sendto,sendmsg,pwrite64";

/// Everything that one run of a program moved.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// What went over TCP, in both directions, in pieces as they were sent: where the secrets belong.
    pub(crate) network: Vec<Vec<u8>>,
    /// What was written elsewhere, by the name of the place: files, pipes, other sockets.
    pub(crate) written: BTreeMap<String, Vec<u8>>,
}

/// The words that run a program under `strace`; its threads write files that begin with `prefix`.
pub(crate) fn wrapper(prefix: &str) -> [&str; 11] {
    ["strace", "-ff", "-qq", "-yy", "-xx", "-s", "1048576", "-e", CALLS, "-o", prefix]
}

/// The files of a run, one for each thread.
fn files(prefix: &Path) -> Vec<PathBuf> {
    let name = prefix.file_name().and_then(|name| name.to_str()).expect("a name").to_owned() + ".";
    let entries = fs::read_dir(prefix.parent().expect("a folder")).expect("readable").map(Result::unwrap);
    let of_the_run =
        entries.filter(|entry| entry.file_name().to_str().is_some_and(|file| file.starts_with(&name)));
    of_the_run.map(|entry| entry.path()).collect()
}

/// Reads what a run left.
pub(crate) fn read(prefix: &Path) -> Trace {
    let mut trace = Trace::default();
    let files = files(prefix);
    assert!(!files.is_empty(), "strace wrote nothing: is it there and allowed?");
    for file in files {
        fs::read_to_string(file).expect("text").lines().for_each(|line| trace.add(line));
    }
    trace
}

/// Removes what a run left: it is full of secrets.
pub(crate) fn remove(prefix: &Path) {
    files(prefix).iter().for_each(|file| fs::remove_file(file).expect("removed"));
}

impl Trace {
    /// A line such as `write(5</tmp/x>, "\x41\x42", 2) = 2`.
    fn add(&mut self, line: &str) {
        let Some((call, rest)) = line.split_once('(') else { return };
        let Some((place, arguments)) = rest.split_once(">, ") else { return };
        let place = place.split_once('<').map_or(place, |(_, place)| place);
        let bytes = strings(arguments);
        let incoming = call.starts_with("re") || call.starts_with("pread");
        if place.starts_with("TCP") {
            self.network.push(bytes);
        } else if !incoming {
            self.written.entry(name(place)).or_default().extend(bytes);
        }
    }
}

/// A place's name, which `strace` spells as it spells bytes.
fn name(place: &str) -> String {
    if !place.starts_with("\\x") {
        return place.to_owned();
    }
    String::from_utf8_lossy(&strings(&format!("\"{place}\""))).into_owned()
}

/// The bytes of every `"\x41\x42"` in a line, in order.
fn strings(line: &str) -> Vec<u8> {
    let quoted = line.split('"').skip(1).step_by(2);
    let digits = quoted.flat_map(|text| text.split("\\x")).filter(|digits| !digits.is_empty());
    digits.map(|digits| u8::from_str_radix(digits, 16).expect("two digits")).collect()
}
