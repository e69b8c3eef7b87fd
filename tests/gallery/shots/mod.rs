//! Every shot: its place in the gallery, its name, and the page that is on it.

mod after;
mod browser;
mod checks;
mod popups;
mod setting_up;

use mpc_connect_core::wizard::Page;

use crate::bench::Bench;

/// Everything that is folded on a screen.
const FOLDED: &str = "main .disclosure > [aria-expanded=false]";

/// One state of one screen.
pub(crate) struct Shot {
    /// The heading under which it stands in the index.
    pub(crate) group: &'static str,
    /// Begins the name of its pictures.
    pub(crate) name: &'static str,
    /// What the program's core shows there.
    pub(crate) page: Page,
    /// What is pressed in the page before the picture is taken, as CSS.
    pub(crate) unfolded: Option<&'static str>,
}

impl Shot {
    fn of(group: &'static str, name: &'static str, bench: &Bench) -> Self {
        Self { group, name, page: bench.page(), unfolded: None }
    }

    fn unfolding(self, selector: &'static str) -> Self {
        Self { unfolded: Some(selector), ..self }
    }
}

/// All of them, in the order of the index.
pub(crate) fn all() -> Vec<Shot> {
    [setting_up::shots(), browser::shots(), checks::shots(), after::shots(), popups::shots()]
        .into_iter()
        .flatten()
        .collect()
}
