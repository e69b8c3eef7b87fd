//! Signing in against a provider on this computer: conformance, the return of the answer, and the standards' musts.

#[cfg(test)]
mod loopback;
#[cfg(test)]
mod oidf_flow;
#[cfg(test)]
mod oidf_id_token;
#[cfg(test)]
mod standards;
#[cfg(test)]
mod support {
    #[path = "../../support/entra_keys.rs"]
    pub(crate) mod entra_keys;
    #[path = "../../support/entra_provider.rs"]
    pub(crate) mod entra_provider;
    #[path = "../../support/entra_setup.rs"]
    pub(crate) mod entra_setup;
}
