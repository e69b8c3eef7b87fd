//! This computer: every adapter of one environment, behind the core's ports.

use mpc_connect_core::environment::Environment;
use mpc_connect_core::failure::{Failure, FailureClass};
use mpc_connect_core::ports::{DeepLink, Ports};
use mpc_connect_core::words::Words;

use crate::browser::SystemBrowser;
use crate::clock::SystemClock;
use crate::entra::{BrowserPages, Entra};
use crate::keychain::Keychain;
use crate::place::DataFolder;
use crate::store::Store;
use crate::vault::KeychainVault;
use crate::{http, partner_center, platform};

/// The adapters at work; `D` is the deep link, which only a program that the system hands addresses to can have.
pub struct Machine<D = NoDeepLink> {
    authority: Entra,
    partner_center: partner_center::Client,
    vault: KeychainVault,
    store: Store,
    browser: SystemBrowser,
    deep_link: D,
    clock: SystemClock,
}

/// The deep link of a program that has none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDeepLink;

impl DeepLink for NoDeepLink {
    fn is_available(&self) -> bool {
        false
    }

    async fn prove(&self) -> Result<(), Failure> {
        Err(Failure::of(FailureClass::ReturnBlocked).with_code("no deep link"))
    }
}

impl Machine {
    /// Opens the store and puts the rest together, for a program that answers reach by the loopback alone. Touches
    /// neither network nor keychain.
    ///
    /// # Errors
    /// When the store can be opened in no way at all.
    pub fn open(environment: &Environment, folder: &DataFolder) -> Result<Self, Failure> {
        Self::with_deep_link(environment, folder, NoDeepLink)
    }
}

impl<D> Machine<D> {
    /// As [`Machine::open`], for a program that the system hands addresses to. What arrives goes to
    /// [`Entra::deliver_deep_link`] of [`Machine::entra`].
    ///
    /// # Errors
    /// When the store can be opened in no way at all.
    pub fn with_deep_link(
        environment: &Environment,
        folder: &DataFolder,
        deep_link: D,
    ) -> Result<Self, Failure> {
        let http = http::Client::for_environment(environment, None);
        let pages = BrowserPages::from_words(&Words::plain(), "en");
        let keychain = Keychain::new(&folder.keychain_service(&environment.name));
        Ok(Self {
            authority: Entra::new(environment.clone(), http.clone(), pages, jiff::Timestamp::now),
            partner_center: partner_center::Client::new(http, environment),
            vault: KeychainVault::new(keychain, folder.credential_lock(&environment.name)),
            store: Store::open(&folder.path, &environment.name)?,
            browser: SystemBrowser,
            deep_link,
            clock: SystemClock,
        })
    }

    /// The store, for reading history and for closing it.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The authority, for handing deep links over.
    #[must_use]
    pub fn entra(&self) -> &Entra {
        &self.authority
    }
}

impl<D: DeepLink + 'static> Ports for Machine<D> {
    type Authority = Entra;
    type PartnerCenter = partner_center::Client;
    type Vault = KeychainVault;
    type Journal = Store;
    type Browser = SystemBrowser;
    type DeepLink = D;
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

    fn deep_link(&self) -> &D {
        &self.deep_link
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
