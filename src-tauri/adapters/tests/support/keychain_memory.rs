#![expect(dead_code, reason = "each test binary uses a part of it")]
//! A keychain in memory with the narrowest limits of the real ones, that can be cut off, lie, lock and hang.

use std::{
    collections::BTreeMap,
    sync::{Arc, Condvar, Mutex, MutexGuard},
};

use mpc_connect_adapters::keychain::{Entry, FailureKind, SecretStore, StoreError};

pub(crate) const SERVICE: &str = "com.mpc-connect.test.public";
pub(crate) const CUT_OFF: StoreError = StoreError::Failed(FailureKind::Platform);

/// What every call does instead of, or before, its work.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mood {
    #[default]
    Works,
    /// Every call fails like this.
    Fails(StoreError),
    /// KDE after a dismissed question: reading finds nothing, writing is locked.
    Hides,
    /// Keeps only the first 2,000 bytes of an entry.
    Truncates,
    /// Accepts everything and keeps nothing.
    Forgets,
    Panics,
    /// Does not answer until the mood changes.
    Hangs,
}

/// When the process dies relative to the fatal call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Death {
    BeforeTheCall,
    AfterTheCall,
}

type Hook = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct State {
    entries: BTreeMap<String, Vec<u8>>,
    mood: Mood,
    calls: usize,
    sets: usize,
    fatal: Option<(usize, Death)>,
    after_next_get: Option<Hook>,
}

#[derive(Clone, Default)]
pub(crate) struct MemoryStore(Arc<(Mutex<State>, Condvar)>);

impl MemoryStore {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.state().mood = mood;
        self.0.1.notify_all();
    }

    /// The `number`-th call from now on (from 0) and all later ones fail.
    pub(crate) fn die_at(&self, number: usize, death: Death) {
        let mut state = self.state();
        state.fatal = Some((state.calls + number, death));
    }

    /// A new process on the same keychain.
    pub(crate) fn restart(&self) {
        self.state().fatal = None;
    }

    pub(crate) fn after_next_get(&self, hook: impl FnOnce() + Send + 'static) {
        self.state().after_next_get = Some(Box::new(hook));
    }

    pub(crate) fn calls(&self) -> usize {
        self.state().calls
    }

    pub(crate) fn sets(&self) -> usize {
        self.state().sets
    }

    pub(crate) fn entries(&self) -> BTreeMap<String, Vec<u8>> {
        self.state().entries.clone()
    }

    pub(crate) fn replace_entries(&self, entries: BTreeMap<String, Vec<u8>>) {
        self.state().entries = entries;
    }

    pub(crate) fn put(&self, account: &str, entry: &[u8]) {
        self.state().entries.insert(account.to_owned(), entry.to_vec());
    }

    pub(crate) fn remove(&self, account: &str) {
        self.state().entries.remove(account);
    }

    fn call<T>(
        &self,
        service: &str,
        hidden: StoreError,
        work: impl FnOnce(&mut State) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        assert_eq!(service, SERVICE, "another application's entries");
        let mut state = self.state();
        state.calls += 1;
        while state.mood == Mood::Hangs {
            state = self.0.1.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        let number = state.calls - 1;
        match state.mood {
            Mood::Fails(error) => return Err(error),
            Mood::Hides => return Err(hidden),
            Mood::Panics => panic!("the store panics, as the test wants"),
            Mood::Works | Mood::Truncates | Mood::Forgets | Mood::Hangs => {}
        }
        match state.fatal {
            Some((fatal, Death::BeforeTheCall)) if number >= fatal => Err(CUT_OFF),
            Some((fatal, Death::AfterTheCall)) if number > fatal => Err(CUT_OFF),
            Some((fatal, Death::AfterTheCall)) if number == fatal => work(&mut state).and(Err(CUT_OFF)),
            _ => work(&mut state),
        }
    }
}

impl SecretStore for MemoryStore {
    fn set(&self, service: &str, account: &str, entry: &[u8]) -> Result<(), StoreError> {
        self.call(service, StoreError::Locked, |state| {
            state.sets += 1;
            assert!(entry.is_ascii() && !entry.is_empty(), "KDE keeps text only");
            if entry.len() > 2_560 {
                return Err(StoreError::TooBig);
            }
            let kept = if state.mood == Mood::Truncates { &entry[..entry.len().min(2_000)] } else { entry };
            if state.mood != Mood::Forgets {
                state.entries.insert(account.to_owned(), kept.to_vec());
            }
            Ok(())
        })
    }

    fn get(&self, service: &str, account: &str) -> Result<Entry, StoreError> {
        let got = self.call(service, StoreError::NotThere, |state| {
            state.entries.get(account).cloned().map(Entry::new).ok_or(StoreError::NotThere)
        });
        let hook = self.state().after_next_get.take();
        if let Some(hook) = hook {
            hook();
        }
        got
    }

    fn delete(&self, service: &str, account: &str) -> Result<(), StoreError> {
        self.call(service, StoreError::NotThere, |state| {
            state.entries.remove(account).map(drop).ok_or(StoreError::NotThere)
        })
    }
}
