//! A computer to connect from, and what it connects to.

mod background;
mod desk;
mod kept;
mod outcomes;
mod program;
mod room;

pub(crate) use desk::{Answer, Browser, Desk, authorize_address};
pub(crate) use outcomes::{endings, headline_is_true, walk};
pub(crate) use room::{Provider, Room};

pub(crate) const SERVICE: &str = "svc-cosell@contoso.example";
