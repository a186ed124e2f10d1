//! An entry: one line of an account's append-only ledger, chained by hash to the one before it.
//! An entry is never changed once made; a mistake is mended by another entry.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::credits::Credits;
use crate::ids::{AccountId, EntryId, LotId, PurchaseId};
use crate::instant::Instant;

/// SHA-256 over the entry and the hash of the entry before it.
pub type Hash = [u8; 32];

/// What stands before an account's first entry.
pub const GENESIS: Hash = [0; 32];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Credits bought, with their bonus.
    Grant,
    /// What was left of a lot at its end, forfeited.
    Expiry,
    /// Credits given or taken by an administrator.
    Adjustment,
}

impl EntryKind {
    /// A stable number: it is stored, and hashed.
    pub const fn code(self) -> i16 {
        match self {
            EntryKind::Grant => 1,
            EntryKind::Expiry => 2,
            EntryKind::Adjustment => 3,
        }
    }

    pub const fn from_code(code: i16) -> Option<EntryKind> {
        match code {
            1 => Some(EntryKind::Grant),
            2 => Some(EntryKind::Expiry),
            3 => Some(EntryKind::Adjustment),
            _ => None,
        }
    }
}

/// How much an entry put into a lot (positive) or took from it (negative).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotChange {
    pub lot_id: LotId,
    pub credits: Credits,
}

/// Everything an entry says but its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBody {
    pub kind: EntryKind,
    /// The change of what is owned; the sum over `lots`.
    pub amount: Credits,
    /// The change of what is held.
    pub held_change: Credits,
    pub lots: Vec<LotChange>,
    pub purchase_id: Option<PurchaseId>,
    /// The platform's own name for what this was about.
    pub reference: Option<String>,
    /// Why, in words.
    pub description: Option<String>,
    /// Who did it, where a person did.
    pub actor: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3, … within the account, without gaps.
    pub sequence: i64,
    pub body: EntryBody,
    /// What is owned after this entry: the sum of all amounts so far.
    pub balance_after: Credits,
    /// What could be spent right after this entry.
    pub available_after: Credits,
    pub created_at: Instant,
    pub hash: Hash,
}

impl Entry {
    /// The entry's public id follows from its place in the chain, so that nothing has to be
    /// invented or stored for it.
    pub fn id(&self) -> EntryId {
        EntryId::from_uuid(uuid_at(self.created_at, &self.hash))
    }

    /// What `hash` must be, given the hash of the entry before.
    pub fn expected_hash(&self, account_id: &AccountId, previous: &Hash) -> Hash {
        let mut hasher = FieldHasher::new(previous);
        hasher.bytes(account_id.as_str().as_bytes());
        hasher.number(self.sequence);
        hasher.number(i64::from(self.body.kind.code()));
        hasher.number(self.body.amount.micro());
        hasher.number(self.body.held_change.micro());
        hasher.number(self.balance_after.micro());
        hasher.number(self.available_after.micro());
        hasher.number(self.created_at.micros());
        hasher.count(self.body.lots.len());
        for change in &self.body.lots {
            hasher.bytes(change.lot_id.uuid().as_bytes());
            hasher.number(change.credits.micro());
        }
        let purchase = self.body.purchase_id.map(PurchaseId::uuid);
        hasher.optional(purchase.as_ref().map(|id| id.as_bytes().as_slice()));
        for text in [
            &self.body.reference,
            &self.body.description,
            &self.body.actor,
        ] {
            hasher.optional(text.as_deref().map(str::as_bytes));
        }
        hasher.finish()
    }
}

/// The id of the `index`-th lot that the entry after `previous` grants.
pub fn new_lot_id(
    account_id: &AccountId,
    previous: &Hash,
    index: i64,
    granted_at: Instant,
) -> LotId {
    let mut hasher = FieldHasher::new(previous);
    hasher.bytes(b"lot");
    hasher.bytes(account_id.as_str().as_bytes());
    hasher.number(index);
    LotId::from_uuid(uuid_at(granted_at, &hasher.finish()))
}

/// A UUIDv7 whose random part is the beginning of a hash.
fn uuid_at(instant: Instant, hash: &Hash) -> Uuid {
    let millis = u64::try_from(instant.micros().div_euclid(1000)).unwrap_or(0);
    let mut random = [0; 10];
    for (target, source) in random.iter_mut().zip(hash) {
        *target = *source;
    }
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Hashes fields so that no two different sequences of fields give the same bytes.
struct FieldHasher(Sha256);

impl FieldHasher {
    fn new(previous: &Hash) -> FieldHasher {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        FieldHasher(hasher)
    }

    fn number(&mut self, number: i64) {
        self.0.update(number.to_be_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.update(bytes);
    }

    fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            None => self.number(-1),
            Some(bytes) => self.bytes(bytes),
        }
    }

    fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}
