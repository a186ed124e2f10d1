//! Uses of a code over several accounts: whatever is opened, expires, fails and is paid, in batches of
//! any size, the number that is stored is the number of purchases that use it, and no opening passes a
//! limit.

use std::collections::BTreeMap;

use ledger::account::{Account, AccountState, State};
use ledger::command::{Action, Command, NewPurchase, Outcome, PurchaseEvidence};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::promotion::{
    Audience, Effect, Goods, Promotion, PromotionCode, PromotionSettings, Redemption, Standing,
};
use ledger::purchase::{
    CheckoutRequest, Evidence, Lane, Purchase, PurchaseStatus, SessionSnapshot, SessionState, Tax,
    Terms,
};
use ledger::rejection::Rejection;
use proptest::prelude::*;
use uuid::Uuid;

const MOST_IN_TOTAL: i64 = 3;
const MOST_PER_ACCOUNT: i64 = 2;
const ACCOUNTS: u8 = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    Open(u8),
    /// Of the purchases opened so far, which; and what is heard of it.
    Hear(usize, SessionState),
    Abandon(usize),
    /// What was decided so far is stored.
    Commit,
}

fn step() -> impl Strategy<Value = Step> {
    let heard = prop::sample::select(vec![
        SessionState::Open,
        SessionState::Expired,
        SessionState::Expired,
        SessionState::CompleteUnpaid,
        SessionState::CompletePaymentFailed,
        SessionState::CompletePaid,
    ]);
    prop_oneof![
        4 => (0..ACCOUNTS).prop_map(Step::Open),
        4 => (0..64_usize, heard).prop_map(|(which, state)| Step::Hear(which, state)),
        1 => (0..64_usize).prop_map(Step::Abandon),
        2 => Just(Step::Commit),
    ]
}

fn now() -> Instant {
    Instant::from_unix_seconds(1_800_000_000).unwrap()
}

fn code() -> PromotionCode {
    PromotionCode::parse("SPRING").unwrap()
}

fn account_id(number: u8) -> AccountId {
    AccountId::parse(&format!("acct-{number}")).unwrap()
}

/// What is stored, and the batch under way.
struct Service {
    stored: BTreeMap<AccountId, BTreeMap<PurchaseId, Purchase>>,
    used: i64,
    opened: Vec<(AccountId, PurchaseId)>,
    batch: State,
}

impl Service {
    fn start() -> Service {
        let accounts = (0..ACCOUNTS).map(|it| (account_id(it), BTreeMap::new()));
        let mut service = Service {
            stored: accounts.collect(),
            used: 0,
            opened: Vec::new(),
            batch: State::default(),
        };
        service.load();
        service
    }

    fn load(&mut self) {
        self.batch = State::default();
        self.batch.promotions.know(Promotion {
            code: code(),
            effect: Effect::ExtraCredits(Credits::from_whole(5).unwrap()),
            goods: Goods::EveryPackage,
            audience: Audience::Everyone,
            settings: PromotionSettings {
                is_active: true,
                most_per_account: Some(MOST_PER_ACCOUNT),
                most_in_total: Some(MOST_IN_TOTAL),
                ends_at: None,
            },
            used: self.used,
            version: 0,
            created_by: "admin".to_owned(),
            created_at: now(),
            changed_by: "admin".to_owned(),
            changed_at: now(),
        });
        for (id, purchases) in &self.stored {
            let mut standing = Standing::default();
            purchases.values().for_each(|it| standing.follow(None, it));
            let account = AccountState {
                purchases: purchases.clone(),
                standing: Some(standing),
                ..AccountState::new(Account::new(id.clone(), now()))
            };
            self.batch.accounts.insert(id.clone(), account);
        }
    }

    fn commit(&mut self) {
        self.used = self.batch.promotion_uses(&code());
        for (id, account) in &self.batch.accounts {
            self.stored.insert(id.clone(), account.purchases.clone());
        }
        let using = self.stored.values().flat_map(BTreeMap::values);
        let using = using.filter(|it| uses_a_code(it)).count();
        assert_eq!(self.used, i64::try_from(using).unwrap());
        self.load();
    }

    fn decide(&mut self, account_id: AccountId, action: Action) -> Result<Outcome, Rejection> {
        let command = Command {
            account_id,
            key: None,
            action,
        };
        decide(&mut self.batch, &command, now())
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Open(number) => self.open(account_id(number)),
            Step::Hear(which, state) => {
                if let Some((account, purchase)) = self.chosen(which) {
                    let news = evidence(&account, purchase, state);
                    self.decide(account, Action::ApplyEvidence(news)).unwrap();
                }
            }
            Step::Abandon(which) => {
                if let Some((account, purchase)) = self.chosen(which) {
                    // One that Stripe knows stays as it is.
                    let _ = self.decide(account, Action::AbandonPurchase(purchase));
                }
            }
            Step::Commit => self.commit(),
        }
    }

    fn chosen(&self, which: usize) -> Option<(AccountId, PurchaseId)> {
        let place = which.checked_rem(self.opened.len())?;
        Some(self.opened[place].clone())
    }

    fn open(&mut self, account: AccountId) {
        let number = u128::try_from(self.opened.len()).unwrap() + 1;
        let id = PurchaseId::from_uuid(Uuid::from_u128(number));
        let in_total = self.using(|_| true);
        let by_account = self.using(|it| it.terms.account_id == account);
        let decision = self.decide(account.clone(), Action::OpenPurchase(new(&account, id)));
        let has_room = in_total < MOST_IN_TOTAL && by_account < MOST_PER_ACCOUNT;
        assert_eq!(
            decision.is_ok(),
            has_room,
            "{in_total} {by_account} {decision:?}"
        );
        if decision.is_ok() {
            self.opened.push((account, id));
        }
    }

    fn using(&self, of: impl Fn(&Purchase) -> bool) -> i64 {
        let accounts = self.batch.accounts.values();
        let all = accounts.flat_map(|it| it.purchases.values());
        let using = all.filter(|it| of(it) && uses_a_code(it)).count();
        i64::try_from(using).unwrap()
    }
}

/// By the book: reserved, or paid.
fn uses_a_code(purchase: &Purchase) -> bool {
    use PurchaseStatus as S;
    purchase.terms.promotion.is_some() && !matches!(purchase.status, S::Expired | S::Failed)
}

fn new(account: &AccountId, id: PurchaseId) -> NewPurchase {
    let price = Money {
        amount_minor: 1_000,
        currency: Currency::USD,
    };
    NewPurchase {
        terms: Terms {
            purchase_id: id,
            account_id: account.clone(),
            credits: Credits::from_whole(100).unwrap(),
            bonus: Credits::from_whole(5).unwrap(),
            price,
            tax: Tax::Off,
            promotion: Some(Redemption {
                code: code(),
                list_price: price,
                extra: Credits::from_whole(5).unwrap(),
            }),
            livemode: true,
            lane: Lane::Checkout,
            session_id: None,
        },
        request: CheckoutRequest {
            package_id: Some("plus".to_owned()),
            title: "100 credits".to_owned(),
            // Each its own, so that no two are one request.
            success_url: format!("https://platform.test/{id}"),
            cancel_url: "https://platform.test/".to_owned(),
            with_invoice: false,
            expires_at: now().plus_days(1).unwrap(),
        },
    }
}

fn evidence(account: &AccountId, id: PurchaseId, state: SessionState) -> PurchaseEvidence {
    PurchaseEvidence {
        purchase_id: id,
        evidence: vec![Evidence::Session(SessionSnapshot {
            id: format!("cs_{id}"),
            state,
            amount_total_minor: Some(1_000),
            amount_tax_minor: None,
            currency: Some("usd".to_owned()),
            livemode: true,
            client_reference_id: Some(id.to_string()),
            metadata_purchase_id: Some(id.to_string()),
            metadata_account_id: Some(account.to_string()),
            payment_intent_id: Some(format!("pi_{id}")),
        })],
        next_check_at: now().plus_days(1).unwrap(),
    }
}

proptest! {
    #[test]
    fn uses_are_the_purchases_that_use_the_code_and_no_opening_passes_a_limit(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut service = Service::start();
        for step in steps {
            service.take(step);
        }
        service.commit();
    }
}
