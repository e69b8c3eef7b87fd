//! This computer: every adapter of one environment, behind the core's ports.

use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::Failure;
use mpc_connect_core::ports::Ports;
use mpc_connect_core::words::Words;

use crate::browser::SystemBrowser;
use crate::clock::SystemClock;
use crate::entra::{BrowserPages, Entra};
use crate::keychain::Keychain;
use crate::place::DataFolder;
use crate::store::Store;
use crate::vault::KeychainVault;
use crate::{http, partner_center, platform};

/// The adapters at work.
pub struct Machine {
    authority: Entra,
    partner_center: partner_center::Client,
    vault: KeychainVault,
    store: Store,
    browser: SystemBrowser,
    clock: SystemClock,
}

impl Machine {
    /// Opens the store and puts the rest together. Touches neither network nor keychain.
    ///
    /// # Errors
    /// When the store can be opened in no way at all.
    pub fn open(environment: &Environment, folder: &DataFolder) -> Result<Self, Failure> {
        let http = http::Client::for_environment(environment, None);
        let pages = BrowserPages::from_words(&Words::plain(), "en");
        let keychain = Keychain::new(&folder.keychain_service(&environment.name));
        Ok(Self {
            authority: Entra::new(environment.clone(), http.clone(), pages, jiff::Timestamp::now),
            partner_center: partner_center::Client::new(http, environment),
            vault: KeychainVault::new(keychain, folder.credential_lock(&environment.name)),
            store: Store::open(&folder.path, &environment.name)?,
            browser: SystemBrowser,
            clock: SystemClock,
        })
    }

    /// The store, for reading history and for closing it.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}

impl Ports for Machine {
    type Authority = Entra;
    type PartnerCenter = partner_center::Client;
    type Vault = KeychainVault;
    type Journal = Store;
    type Browser = SystemBrowser;
    type Clock = SystemClock;

    fn authority(&self) -> &Entra {
        &self.authority
    }

    fn partner_center(&self) -> &partner_center::Client {
        &self.partner_center
    }

    fn vault(&self) -> &KeychainVault {
        &self.vault
    }

    fn journal(&self) -> &Store {
        &self.store
    }

    fn browser(&self) -> &SystemBrowser {
        &self.browser
    }

    fn clock(&self) -> &SystemClock {
        &self.clock
    }
}

/// What this computer calls itself, to prefill its label.
#[must_use]
pub fn computer_name() -> Option<String> {
    platform::computer_name().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}
