//! What leaves the computer: the truth first, nothing secret, nothing foreign that does anything.

mod hostile;
mod letters;
mod mail;
mod page;
mod samples;
