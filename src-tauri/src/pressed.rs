//! A press as it comes from the page, which may be anything.

use mpc_connect_core::wizard::Press;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use specta::Type;

/// All texts of a press together are no longer, in bytes: more than a pasted error page needs.
const LONGEST: usize = 64 * 1024;

/// A press whose JSON says nothing but that press.
#[derive(Type)]
#[specta(inline)]
pub(crate) struct Pressed(pub(crate) Press);

impl<'de> Deserialize<'de> for Pressed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        // The error is read by the page, so it repeats nothing of what was sent.
        read(&value).map(Self).ok_or_else(|| de::Error::custom("not a press"))
    }
}

/// Reads a press, and nothing that says more than one: it has to be written again as it came.
fn read(value: &Value) -> Option<Press> {
    if length(value) > LONGEST {
        return None;
    }
    let press = Press::deserialize(value).ok()?;
    let again = serde_json::to_value(&press).ok()?;
    (again == *value).then_some(press)
}

/// The length of all texts and names in a value.
fn length(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(length).sum(),
        Value::Object(map) => map.iter().map(|(name, value)| name.len() + length(value)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_press_is_read_as_it_was_written() {
        let go_to = json!({ "press": "goTo", "screen": "verify" });
        assert!(matches!(read(&go_to), Some(Press::GoTo { .. })));
        assert_eq!(read(&json!({ "press": "authorize" })), Some(Press::Authorize));
    }

    #[test]
    fn a_press_with_anything_more_or_less_is_none() {
        for hostile in [
            json!(null),
            json!("authorize"),
            json!(["authorize"]),
            json!({ "press": "no-such-press" }),
            json!({ "press": "authorize", "secondCheck": true }),
            json!({ "press": "goTo" }),
            json!({ "press": "goTo", "screen": "verify", "screen2": "verify" }),
            json!({ "press": "goTo", "screen": 3 }),
            json!({ "press": "disconnect", "wipe": "true" }),
            json!({ "press": "selectOrganization", "id": "x".repeat(LONGEST + 1) }),
        ] {
            assert_eq!(read(&hostile), None, "{}", hostile.to_string().chars().take(80).collect::<String>());
        }
    }
}
