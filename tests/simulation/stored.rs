//! What the database has, in the types that the model is held against: all of an account, and all
//! keys.

use std::collections::BTreeMap;

use credits::store::{Dossier, Store, StoredKey, Visitor};
use ledger::entry::Entry;
use ledger::ids::{AccountId, PurchaseId};
use ledger::notice::Notice;
use ledger::replay::{KeyId, UsedKey, UsedKeys};
use simulation::Rows;

/// All of its rows, in one snapshot.
pub async fn rows(store: &Store, id: &AccountId) -> Result<Rows, String> {
    let mut reading = Reading::default();
    let shown = store.show(id, &mut reading).await;
    shown.map_err(|error| format!("account {id}: {error}"))?;
    Ok(reading.rows.unwrap())
}

#[derive(Default)]
struct Reading {
    rows: Option<Rows>,
}

impl Visitor for Reading {
    fn rows(&mut self, dossier: Dossier) {
        let lots = dossier.lots.into_iter();
        let holds = dossier.holds.into_iter();
        let purchases = dossier.purchases.into_iter();
        self.rows = Some(Rows {
            account: dossier.account,
            lots: lots.map(|lot| (lot.id, lot)).collect(),
            holds: holds.map(|hold| (hold.id, hold)).collect(),
            purchases: purchases.map(|it| (it.terms.purchase_id, it)).collect(),
            entries: Vec::new(),
            notices: Vec::new(),
            refunds: dossier.refunds,
            used: dossier.used,
        });
    }

    fn entry(&mut self, entry: &Entry) {
        self.rows.as_mut().unwrap().entries.push(entry.clone());
    }

    fn notice(&mut self, notice: &Notice) {
        self.rows.as_mut().unwrap().notices.push(notice.clone());
    }
}

/// Owner and digest of a key, and how it stands.
pub type Keys = BTreeMap<(String, Vec<u8>), Standing>;

/// What an answered key has opened nobody asks any more.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    Answered,
    Opened(Option<PurchaseId>),
}

pub async fn keys(store: &Store) -> Keys {
    let mut keys = Keys::new();
    let mut last: Option<StoredKey> = None;
    loop {
        let page = store.keys_after(last.as_ref(), 1_000).await.unwrap();
        last = page.last().cloned();
        if last.is_none() {
            return keys;
        }
        keys.extend(page.into_iter().map(|key| {
            let standing = match key.status {
                Some(_) => Standing::Answered,
                None => Standing::Opened(key.purchase_id),
            };
            ((key.owner, key.digest), standing)
        }));
    }
}

/// The same of what a model remembers.
pub fn keys_of(used: &UsedKeys) -> Keys {
    let named = |(id, used): (&KeyId, &UsedKey)| {
        let standing = match used.answered {
            true => Standing::Answered,
            false => Standing::Opened(used.purchase_id),
        };
        ((id.owner.to_string(), id.digest.to_vec()), standing)
    };
    used.iter().map(named).collect()
}
