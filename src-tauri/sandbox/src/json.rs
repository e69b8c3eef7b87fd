//! One thing that `serde_json` offers only as an index that panics.

use serde_json::Value;

/// Sets a field of an object; anything but an object stays as it is.
pub(crate) fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Value::Object(fields) = object {
        fields.insert(name.to_owned(), value.into());
    }
}
