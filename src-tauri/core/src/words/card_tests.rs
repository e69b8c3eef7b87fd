//! What the cards of the failure classes say, and what they never say.

use super::tests::word_list;
use super::*;
use crate::failure::{Actor, Failure, FailureClass};

#[test]
fn every_failure_class_has_a_card_of_at_most_sixty_words() {
    for class in FailureClass::ALL {
        let plain = Failure::of(*class);
        let mut detailed = plain.clone().with_quotation("AADSTS1: Something that nobody has seen before.");
        detailed.retry_after_seconds = Some(40);
        let codes = [
            "certificate",
            "HTTP 407",
            "damaged",
            "damaged, with too many damaged files kept",
            "recovered 7",
            "another environment",
        ];
        let coded = codes.map(|code| plain.clone().with_code(code));
        let busy = (*class == FailureClass::RetryLater).then(Failure::busy_elsewhere);
        for failure in [plain, detailed].into_iter().chain(coded).chain(busy) {
            let mut count = 0;
            for part in CardPart::ALL {
                let text = Text::failure(&failure, part);
                let (sentence, errors) = Words::plain().try_say(&text).unwrap_or_else(|| panic!("{text:?}"));
                assert_eq!(errors, 0, "{text:?} lacks an argument");
                count += if part == CardPart::Button { 0 } else { word_list(&sentence).len() };
            }
            assert!(count <= 60, "the card of {class} has {count} words");
            let who = Words::plain().say(&Text::failure(&failure, CardPart::Who));
            assert_eq!(who, Words::plain().say(&Text::actor(failure.actor())), "{class} names another actor");
        }
    }
}

#[test]
fn a_card_says_what_is_known_about_this_failure() {
    let words = Words::plain();
    let mut failure = Failure::of(FailureClass::ConsentNeeded);
    failure.refined_actor = Some(Actor::User);
    assert_eq!(words.say(&Text::failure(&failure, CardPart::Who)), "You");

    let mut busy = Failure::of(FailureClass::RetryLater);
    busy.retry_after_seconds = Some(40);
    assert!(words.say(&Text::failure(&busy, CardPart::Do)).contains("40 seconds"));

    let strange = Failure::of(FailureClass::Unknown).with_quotation("Strange things happened.");
    assert!(words.say(&Text::failure(&strange, CardPart::Why)).contains("\"Strange things happened.\""));
    let silent = Failure::of(FailureClass::Unknown).with_quotation("\u{202E}");
    assert!(!words.say(&Text::failure(&silent, CardPart::Why)).contains('"'));
}

#[test]
fn what_this_computer_keeps_waiting_is_not_put_on_microsoft() {
    for part in CardPart::ALL {
        let said = Words::plain().say(&Text::failure(&Failure::busy_elsewhere(), part));
        assert!(!said.contains("Microsoft"), "{said}");
    }
    let elsewhere = Failure::of(FailureClass::KeychainDamaged).with_code("another environment");
    let said = Words::plain().say(&Text::failure(&elsewhere, CardPart::What));
    assert!(said.contains("environment"), "{said}");
}

#[test]
fn a_card_quotes_others_as_what_they_are() {
    use FailureClass::{NetworkBlocked, PolicyBlocked, UnexpectedAnswer, Unknown};
    let quoted = |failure: Failure| Text::quotation(&failure).map(|text| Words::plain().say(&text));
    let distrusted = "certificate of an unknown issuer; issued by Captive Box; issued by Microsoft";
    let certificate = Failure::of(NetworkBlocked).with_code("certificate").with_quotation(distrusted);
    let said = "Certificate issued by \"Captive Box; issued by Microsoft\": certificate of an unknown issuer";
    assert_eq!(quoted(certificate).as_deref(), Some(said));
    let of = |class| quoted(Failure::of(class).with_quotation("Access was denied."));
    assert_eq!(of(PolicyBlocked).as_deref(), Some("Microsoft's own words: \"Access was denied.\""));
    assert_eq!(of(UnexpectedAnswer).as_deref(), Some("The answer said: \"Access was denied.\""));
    assert_eq!(of(Unknown), None, "its card quotes it already");
    assert_eq!(quoted(Failure::of(PolicyBlocked)), None);
    assert_eq!(quoted(Failure::of(PolicyBlocked).with_quotation("\u{202E}")), None);
}

#[test]
fn a_cancelled_sign_in_accuses_nobody_of_what_was_stopped_here() {
    let why = Words::plain().say(&Text::failure(&Failure::of(FailureClass::UserCancelled), CardPart::Why));
    assert!(why.contains("stopped here, or") && why.contains("pressed Cancel"), "{why}");
}

#[test]
fn a_card_fits_what_stands_in_the_way_and_what_became_of_a_damaged_file() {
    let say = |class, code: &str, part| {
        Words::plain().say(&Text::failure(&Failure::of(class).with_code(code), part))
    };
    let blocked = FailureClass::NetworkBlocked;
    assert!(say(blocked, "certificate", CardPart::What).contains("certificate"));
    assert_eq!(say(blocked, "HTTP 407", CardPart::What), "Your proxy wants a user name.");
    assert!(say(blocked, "HTTP 407", CardPart::Why).contains("HTTPS_PROXY"));
    assert!(!say(blocked, "proxy", CardPart::What).contains("user name"));
    let damaged = |code| say(FailureClass::StoreDamaged, code, CardPart::Why);
    assert!(damaged("recovered 0").contains("put aside"));
    assert!(damaged("damaged").contains("Nothing was changed"));
    for code in ["damaged", "damaged, with too many damaged files kept"] {
        assert!(!damaged(code).contains("new history"), "{code}: {}", damaged(code));
    }
}

#[test]
fn classes_that_no_sign_in_mends_offer_none() {
    use FailureClass::{AppMisconfigured, DeviceNotCompliant, MfaNotEnforced, PolicyBlocked, RetryLater};
    for class in [AppMisconfigured, RetryLater, PolicyBlocked, DeviceNotCompliant, MfaNotEnforced] {
        let say = |part| Words::plain().say(&Text::failure(&Failure::of(class), part)).to_lowercase();
        for phrase in ["authorize again", "sign in again"] {
            assert!(
                !say(CardPart::Do).contains(phrase) && !say(CardPart::Button).contains(phrase),
                "{class} loops"
            );
        }
    }
}
