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
mod tenants;
#[cfg(test)]
#[path = "../support"]
mod support {
    pub(crate) mod entra_keys;
    pub(crate) mod entra_provider;
    pub(crate) mod entra_setup;
}
