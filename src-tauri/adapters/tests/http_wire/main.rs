//! The HTTP layer and Partner Center over real connections on loopback.

#[cfg(test)]
mod attempts;
#[cfg(test)]
mod faults;
#[cfg(test)]
#[path = "../support/http_fault_server.rs"]
mod http_fault_server;
#[cfg(test)]
mod partner_center;
#[cfg(test)]
mod proxy;
#[cfg(test)]
mod tls;
