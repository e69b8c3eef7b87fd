//! The published codes as data, each with its public source and the date on which it was read.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::failure::{Actor, FailureClass};

const COLUMNS: usize = 7;

static ENTRA: LazyLock<Vec<Entry>> = LazyLock::new(|| read(include_str!("aadsts.csv")));
static PARTNER_CENTER: LazyLock<Vec<Entry>> = LazyLock::new(|| read(include_str!("partner_center.csv")));

/// One code that Microsoft publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code as it stands in an answer: `50173` (without `AADSTS`), `900421`, `accessDenied`.
    pub code: &'static str,
    /// The HTTP status with which alone the entry holds, where a code means several things.
    pub status: Option<u16>,
    /// What it means for the person.
    pub class: FailureClass,
    /// Who mends it, where that is not the actor of the class.
    pub actor: Option<Actor>,
    /// Whether the code says little, so that anything more specific beside it decides.
    pub generic: bool,
    /// The public page that describes the code.
    pub source: &'static str,
    /// The day on which the source was read, `YYYY-MM-DD`.
    pub checked: &'static str,
}

/// All AADSTS numbers, ascending.
#[must_use]
pub fn entra() -> &'static [Entry] {
    &ENTRA
}

/// All Partner Center codes.
#[must_use]
pub fn partner_center() -> &'static [Entry] {
    &PARTNER_CENTER
}

/// The entry of an AADSTS number.
pub(super) fn aadsts(number: u64) -> Option<&'static Entry> {
    let code = number.to_string();
    entra().iter().find(|entry| entry.code == code)
}

/// The entry of a Partner Center code, in any letter case; one bound to the status goes before one for all.
pub(super) fn partner_code(code: &str, status: u16) -> Option<&'static Entry> {
    let named = |entry: &&Entry| entry.code.eq_ignore_ascii_case(code);
    let bound = partner_center().iter().filter(named).find(|entry| entry.status == Some(status));
    bound.or_else(|| partner_center().iter().filter(named).find(|entry| entry.status.is_none()))
}

fn read(table: &'static str) -> Vec<Entry> {
    table.lines().skip(1).filter_map(entry).collect()
}

fn entry(line: &'static str) -> Option<Entry> {
    let columns: Vec<&'static str> = line.split(',').collect();
    let [code, status, class, actor, rank, source, checked] = <[&str; COLUMNS]>::try_from(columns).ok()?;
    Some(Entry {
        code,
        status: if status.is_empty() { None } else { Some(status.parse().ok()?) },
        class: word(class)?,
        actor: if actor.is_empty() { None } else { Some(word(actor)?) },
        generic: match rank {
            "" => false,
            "generic" => true,
            _ => return None,
        },
        source,
        checked,
    })
}

/// The value that has this name in the JSON contract.
fn word<T: Deserialize<'static>>(name: &'static str) -> Option<T> {
    let name: StrDeserializer<'static, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_of_both_tables_is_an_entry() {
        assert_eq!(entra().len(), include_str!("aadsts.csv").lines().count() - 1);
        assert_eq!(partner_center().len(), include_str!("partner_center.csv").lines().count() - 1);
    }

    #[test]
    fn no_entry_stands_twice_and_each_names_a_public_source_and_its_date() {
        for table in [entra(), partner_center()] {
            let keys: BTreeSet<_> =
                table.iter().map(|entry| (entry.code.to_ascii_lowercase(), entry.status)).collect();
            assert_eq!(keys.len(), table.len());
            for entry in table {
                assert!(entry.source.starts_with("https://"), "{} has no source", entry.code);
                assert!(entry.checked.parse::<jiff::civil::Date>().is_ok(), "{} has no date", entry.code);
            }
        }
    }

    #[test]
    fn the_catalogue_never_guesses_unknown() {
        let all = entra().iter().chain(partner_center());
        let unknown: Vec<_> = all.filter(|entry| entry.class == FailureClass::Unknown).collect();
        assert_eq!(unknown, Vec::<&Entry>::new());
    }

    #[test]
    fn numbers_that_the_product_names_have_the_class_it_gives_them() {
        use FailureClass as C;
        let named: &[(FailureClass, &[u64])] = &[
            (C::SignInWithMfa, &[50074, 50076, 50078, 50158]),
            (C::RegisterMfa, &[50072, 50079]),
            (C::ConsentNeeded, &[65001, 90094, 90095]),
            (C::ConsentDeclined, &[65004]),
            (C::WrongAccount, &[50020, 500_208, 16003, 50177, 90072]),
            (C::AccountDisabled, &[50057, 50034, 50053, 50055, 50126, 50014]),
            (C::NotAssigned, &[50105]),
            (C::PolicyBlocked, &[53003, 500_021, 500_022]),
            (C::DeviceNotCompliant, &[53000, 53001, 530_003, 530_033, 50097, 50129, 50155]),
            (C::TenantNotFound, &[90002, 900_023, 5_000_224, 90038]),
            (C::AppNotInTenant, &[700_016, 7_000_112, 7_000_229]),
            (C::ServiceNotEnabled, &[500_011, 650_052]),
            (C::AppMisconfigured, &[50011, 7_000_218, 28000, 9_002_327, 700_084]),
            (C::RestartSignIn, &[54005, 501_481, 50148]),
            (C::SignInAgain, &[700_082, 50173, 50133, 70043]),
            (C::RetryLater, &[50033, 50196, 90033]),
            (C::KeepWaiting, &[70016]),
        ];
        for (class, numbers) in named {
            for number in *numbers {
                assert_eq!(aadsts(*number).map(|entry| entry.class), Some(*class), "AADSTS{number}");
            }
        }
        assert_eq!(partner_code("900420", 401).map(|entry| entry.class), Some(C::AppMisconfigured));
    }

    #[test]
    fn a_code_bound_to_a_status_holds_with_that_status_only() {
        assert_eq!(partner_code("400", 401).map(|entry| entry.class), Some(FailureClass::SignInAgain));
        assert_eq!(partner_code("400", 400), None);
        let word = |status| partner_code("unauthorized", status).map(|entry| entry.class);
        assert_eq!(
            (word(401), word(403)),
            (Some(FailureClass::SignInAgain), Some(FailureClass::RoleMissing))
        );
    }
}
