//! What can be done now. Presses obey it, and pages offer nothing else.

use super::navigation::sign_in;
use crate::flow::{Activity, State};

/// Whether the browser has a sign-in.
pub(super) fn is_waiting(state: &State) -> bool {
    matches!(state.activity, Activity::Waiting(_))
}

/// A sign-in that the browser has is replaced by the person's press; one that is being finished is not.
pub(super) fn may_authorize(state: &State) -> bool {
    let settings = &state.record.settings;
    let is_finishing = sign_in(&state.activity).is_some() && !is_waiting(state);
    let known = settings.username.is_some() && settings.flow.is_some();
    known && !is_finishing && state.activity != Activity::Disconnecting
}

/// Checks and lists need a sign-in, and wait for nothing else.
pub(super) fn may_check(state: &State) -> bool {
    state.activity == Activity::Idle && state.record.credential.is_some()
}

/// What is being put away or removed ends by itself.
pub(super) fn may_disconnect(state: &State) -> bool {
    let ends_by_itself = matches!(state.activity, Activity::Disconnecting | Activity::Keeping { .. });
    state.record.credential.is_some() && !ends_by_itself
}

/// Whether there is something that Stop ends.
pub(super) fn may_stop(state: &State) -> bool {
    !matches!(state.activity, Activity::Idle | Activity::Disconnecting | Activity::Keeping { .. })
}
