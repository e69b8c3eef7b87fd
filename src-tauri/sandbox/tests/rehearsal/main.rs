//! The real program, driven from outside.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod partner_center;
#[cfg(test)]
mod process;
#[cfg(test)]
#[path = "../support/scripted_browser.rs"]
mod scripted_browser;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tokens;
