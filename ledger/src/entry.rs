//! An entry: one line of an account's append-only ledger, chained by hash to the one before it.
//! An entry is never changed once made; a mistake is mended by another entry.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::credits::Credits;
use crate::ids::{AccountId, EntryId, HoldId, LotId, NoticeId, PurchaseId, mark_bucket};
use crate::instant::Instant;
use crate::usage::Usage;

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
    /// Credits consumed in one step.
    Debit,
    /// Credits set aside for work under way, or fewer or more of them than before.
    Hold,
    /// A hold charged for what its work cost.
    Capture,
    /// What a hold set aside, available again.
    Release,
    /// Credits of a debit or a capture given back.
    Refund,
    /// A grant pays what is owed.
    DebtPayment,
    /// Bought credits taken back because their money went back, or returned because it came again.
    Clawback,
    /// Bought credits kept from use while their payment is disputed.
    Freeze,
    /// Frozen credits, usable again.
    Thaw,
}

impl EntryKind {
    /// A stable number: it is stored, and hashed.
    pub const fn code(self) -> i16 {
        match self {
            EntryKind::Grant => 1,
            EntryKind::Expiry => 2,
            EntryKind::Adjustment => 3,
            EntryKind::Debit => 4,
            EntryKind::Hold => 5,
            EntryKind::Capture => 6,
            EntryKind::Release => 7,
            EntryKind::Refund => 8,
            EntryKind::DebtPayment => 9,
            EntryKind::Clawback => 10,
            EntryKind::Freeze => 11,
            EntryKind::Thaw => 12,
        }
    }

    pub const fn from_code(code: i16) -> Option<EntryKind> {
        match code {
            1 => Some(EntryKind::Grant),
            2 => Some(EntryKind::Expiry),
            3 => Some(EntryKind::Adjustment),
            4 => Some(EntryKind::Debit),
            5 => Some(EntryKind::Hold),
            6 => Some(EntryKind::Capture),
            7 => Some(EntryKind::Release),
            8 => Some(EntryKind::Refund),
            9 => Some(EntryKind::DebtPayment),
            10 => Some(EntryKind::Clawback),
            11 => Some(EntryKind::Freeze),
            12 => Some(EntryKind::Thaw),
            _ => None,
        }
    }

    /// Whether work was charged by it.
    pub const fn consumes(self) -> bool {
        matches!(self, EntryKind::Debit | EntryKind::Capture)
    }
}

/// How much an entry put into a lot (positive) or took from it (negative).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotChange {
    pub lot_id: LotId,
    /// The change of what remains.
    pub credits: Credits,
    /// The change of the held part of it.
    pub held: Credits,
    /// The change of the frozen part of it.
    pub frozen: Credits,
}

impl LotChange {
    /// Credits put in or taken out that nobody held.
    pub const fn free(lot_id: LotId, credits: Credits) -> LotChange {
        LotChange {
            lot_id,
            credits,
            held: Credits::ZERO,
            frozen: Credits::ZERO,
        }
    }

    /// Credits that only come under a hold, or out of one.
    pub const fn held(lot_id: LotId, held: Credits) -> LotChange {
        LotChange {
            lot_id,
            credits: Credits::ZERO,
            held,
            frozen: Credits::ZERO,
        }
    }

    /// Credits that only freeze, or thaw.
    pub const fn frozen(lot_id: LotId, frozen: Credits) -> LotChange {
        LotChange {
            lot_id,
            credits: Credits::ZERO,
            held: Credits::ZERO,
            frozen,
        }
    }
}

/// Everything an entry says but its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBody {
    pub kind: EntryKind,
    /// The change of what is owned; the sum over `lots`.
    pub amount: Credits,
    /// The change of what is held; the sum over `lots`.
    pub held_change: Credits,
    /// The change of what is frozen; the sum over `lots`.
    pub frozen_change: Credits,
    /// The change of what is owed.
    pub debt_change: Credits,
    pub lots: Vec<LotChange>,
    /// The work that it was about.
    pub usage: Option<Usage>,
    pub purchase_id: Option<PurchaseId>,
    pub hold_id: Option<HoldId>,
    /// Of a refund: the entry that it gives back.
    pub refunds: Option<i64>,
    /// The platform's own name for what this was about.
    pub reference: Option<String>,
    /// Why, in words.
    pub description: Option<String>,
    /// Who did it, where a person did.
    pub actor: Option<String>,
    /// The platform's own notes, a JSON object.
    pub metadata: Option<String>,
}

impl EntryBody {
    /// An entry that changes nothing yet, and says nothing but what it is.
    pub const fn of(kind: EntryKind) -> EntryBody {
        EntryBody {
            kind,
            amount: Credits::ZERO,
            held_change: Credits::ZERO,
            frozen_change: Credits::ZERO,
            debt_change: Credits::ZERO,
            lots: Vec::new(),
            usage: None,
            purchase_id: None,
            hold_id: None,
            refunds: None,
            reference: None,
            description: None,
            actor: None,
            metadata: None,
        }
    }

    /// What the work cost: what was taken, and what is owed for it.
    pub fn cost(&self) -> Option<Credits> {
        self.debt_change.checked_sub(self.amount)
    }
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
    pub fn id(&self, account_id: &AccountId) -> EntryId {
        EntryId::from_uuid(uuid_at(self.created_at, &self.hash, account_id))
    }

    /// What `hash` must be, given the hash of the entry before.
    pub fn expected_hash(&self, account_id: &AccountId, previous: &Hash) -> Hash {
        let mut hasher = FieldHasher::new(previous);
        hasher.bytes(account_id.as_str().as_bytes());
        hasher.number(self.sequence);
        hasher.number(i64::from(self.body.kind.code()));
        hasher.number(self.body.amount.micro());
        hasher.number(self.body.held_change.micro());
        hasher.number(self.body.frozen_change.micro());
        hasher.number(self.body.debt_change.micro());
        hasher.number(self.balance_after.micro());
        hasher.number(self.available_after.micro());
        hasher.number(self.created_at.micros());
        hasher.count(self.body.lots.len());
        for change in &self.body.lots {
            hasher.bytes(change.lot_id.uuid().as_bytes());
            hasher.number(change.credits.micro());
            hasher.number(change.held.micro());
            hasher.number(change.frozen.micro());
        }
        hasher.usage(self.body.usage.as_ref());
        let purchase = self.body.purchase_id.map(PurchaseId::uuid);
        let hold = self.body.hold_id.map(HoldId::uuid);
        for id in [purchase, hold] {
            hasher.optional(id.as_ref().map(|id| id.as_bytes().as_slice()));
        }
        // Sequences begin at 1.
        hasher.number(self.body.refunds.unwrap_or(0));
        for text in [
            &self.body.reference,
            &self.body.description,
            &self.body.actor,
            &self.body.metadata,
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
    LotId::from_uuid(uuid_at(granted_at, &hasher.finish(), account_id))
}

/// The id of the hold that the entry after `previous` makes.
pub fn new_hold_id(account_id: &AccountId, previous: &Hash, created_at: Instant) -> HoldId {
    let mut hasher = FieldHasher::new(previous);
    hasher.bytes(b"hold");
    hasher.bytes(account_id.as_str().as_bytes());
    HoldId::from_uuid(uuid_at(created_at, &hasher.finish(), account_id))
}

/// The id of an account's `number`-th notice.
pub fn notice_id(account_id: &AccountId, number: i64, at: Instant) -> NoticeId {
    let mut hasher = FieldHasher::new(&GENESIS);
    hasher.bytes(b"notice");
    hasher.bytes(account_id.as_str().as_bytes());
    hasher.number(number);
    NoticeId::from_uuid(uuid_at(at, &hasher.finish(), account_id))
}

/// A UUIDv7 whose random part is the beginning of a hash, but for the mark of the bucket.
fn uuid_at(instant: Instant, hash: &Hash, account_id: &AccountId) -> Uuid {
    let millis = u64::try_from(instant.micros().div_euclid(1000)).unwrap_or(0);
    let mut random = [0; 10];
    for (target, source) in random.iter_mut().zip(hash) {
        *target = *source;
    }
    mark_bucket(&mut random, account_id);
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

    fn usage(&mut self, usage: Option<&Usage>) {
        let Some(usage) = usage else {
            self.number(-1);
            return;
        };
        self.bytes(usage.operation.as_bytes());
        self.optional(usage.variant.as_deref().map(str::as_bytes));
        self.bytes(usage.quantities.to_json().as_bytes());
        self.number(usage.rate_version.map_or(-1, i64::from));
    }

    fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}
