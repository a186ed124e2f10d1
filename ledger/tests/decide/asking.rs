//! What a table can ask: a line's words become a command. It decides nothing.
//!
//! ```text
//! adjust -5 [ends 2026-05-01]
//! promote 5 [ends 2026-05-01] [priority -1]
//! code SPRING 10% [each 1] [total 5] [for first] [of starter,plus] [ends 2026-05-01]
//! code EXTRA +100       set SPRING [active no] [each 2] [total 9] [ends 2026-05-01]
//! open 1 [shop other] [bonus 0] [code SPRING] [of plus]      of custom: no package
//! record 1 [session cs_9]      abandon 1      tell 1 paid
//! tell 1 refund r 500 succeeded      tell 1 dispute d 1000 lost         of 1000 cents
//! debit r1 5 [of backtesting/small]
//! debits r1 5, r2 7 of backtesting
//! refund 3 [credits 2]               the entry with sequence 3
//! hold h1 5 [of backtesting/small] [ttl 3600] [overage cover]
//! capture h1 5 [finality partial] [of backtesting/large]
//! change h1 [ttl 60] [credits 8]
//! release h1
//! book due
//! remind 30,7,1
//! note day:10 until 2026-03-02
//! thresholds 100,10 [mail +7,-6] [feed -6]      kinds by number: with + told there, with - not
//! stop 4                                         mails of this kind
//! endpoint https://one.example
//! configure [overdraft 5] [zone Asia/Kolkata] [anchor 15] [limits day:10,week:backtesting:5]
//! ```
//! Of auto-recharge: `recharge_words`. Any of them may end with `key 7`, or with `key 7/2`: another request under the same key.

use std::collections::BTreeMap;

use ledger::account::{AccountState, Reference, Referent};
use ledger::calendar::{AnchorDay, Zone};
use ledger::command::{
    AccountSettings, Action, Adjustment, Capture, Command, DisabledEndpoint, Finality, HoldChange,
    NewDebit, NewHold, NewRuling, NewSession, Preferences, PromotionalGrant, PurchaseEvidence,
    Refund,
};
use ledger::credits::Credits;
use ledger::hold::Overage;
use ledger::ids::{EndpointId, HoldId};
use ledger::limit::{Limit, LimitWindow, Standing};
use ledger::notice::{Choices, Kind};
use ledger::purchase::{Evidence, Ruling};
use ledger::rating::Quantities;
use ledger::usage::{UNNAMED_OPERATION, Usage};
use uuid::Uuid;

use super::codes;
use super::recharge_words;
use super::words::{self, account_id, credits, instant};

/// Words as pairs: `held 4 ends 2026-04-01`.
pub type Options<'a> = BTreeMap<&'a str, &'a str>;

pub fn options<'a>(words: &[&'a str]) -> Options<'a> {
    assert_eq!(words.len() % 2, 0, "options come in pairs: {words:?}");
    let pairs = words.chunks_exact(2);
    pairs.map(|pair| (pair[0], pair[1])).collect()
}

pub fn command(words: &[&str], account: &AccountState) -> Command {
    let (action, options) = match words {
        [verb, ..] if recharge_words::VERBS.contains(verb) => {
            (recharge_words::action(words, account), Options::new())
        }
        ["debits", rest @ ..] => (debits(rest), Options::new()),
        ["resume", rest @ ..] => (Action::ResumePurchase, options(rest)),
        [verb, object, rest @ ..] => about(verb, object, rest, account),
        _ => panic!("no command: {words:?}"),
    };
    Command {
        account_id: account_id(),
        key: options.get("key").map(|key| words::key(key)),
        action,
    }
}

fn about<'a>(
    verb: &str,
    object: &'a str,
    rest: &[&'a str],
    account: &AccountState,
) -> (Action, Options<'a>) {
    match (verb, rest) {
        ("configure", _) => {
            let words: Vec<&str> = [object].into_iter().chain(rest.iter().copied()).collect();
            let options = options(&words);
            (Action::Configure(settings(&options)), options)
        }
        ("code", [effect, rest @ ..]) => {
            let options = options(rest);
            let new = codes::new(object, effect, &options);
            (Action::CreatePromotion(new), options)
        }
        ("debit", [amount, rest @ ..]) => {
            let options = options(rest);
            let new = debit(object, amount, options.get("of").copied());
            (Action::Debit(new), options)
        }
        ("hold", [amount, rest @ ..]) => {
            let options = options(rest);
            (Action::PlaceHold(hold(object, amount, &options)), options)
        }
        ("capture", [amount, rest @ ..]) => {
            let options = options(rest);
            let id = hold_id(object, account);
            (Action::CaptureHold(capture(id, amount, &options)), options)
        }
        ("tell", [what @ ("refund" | "dispute"), id, amount, state, rest @ ..]) => {
            let evidence = words::reversal(object, what, id, amount, state);
            (tell(object, evidence), options(rest))
        }
        ("tell", ["payment", state, detail, rest @ ..]) => {
            let evidence = recharge_words::payment(object, state, detail);
            (tell(object, evidence), options(rest))
        }
        ("tell", [state, rest @ ..]) => {
            let session = Evidence::Session(words::session(object, state));
            (tell(object, session), options(rest))
        }
        _ => {
            let options = options(rest);
            (plain(verb, object, &options, account), options)
        }
    }
}

/// Commands of one object and options.
fn plain(verb: &str, object: &str, options: &Options, account: &AccountState) -> Action {
    let option = |word: &str| options.get(word).copied();
    match verb {
        "note" => Action::NoteLimit(Standing {
            limit: limit(object),
            used: Credits::ZERO,
            room: Credits::ZERO,
            resets_at: instant(option("until").unwrap()),
        }),
        "remind" => Action::Remind(
            object
                .split(',')
                .map(|days| days.parse().unwrap())
                .collect(),
        ),
        "thresholds" => Action::SetPreferences(preferences(object, options)),
        "stop" => Action::StopMail(kind(object)),
        "endpoint" => Action::NoteEndpointDisabled(DisabledEndpoint {
            endpoint_id: EndpointId::from_uuid(Uuid::from_u128(1)),
            url: object.to_owned(),
        }),
        "adjust" => Action::Adjust(Adjustment {
            credits: credits(object),
            reason: "goodwill".to_owned(),
            actor: "admin-1".to_owned(),
            expires_at: option("ends").map(instant),
        }),
        "open" => {
            let shop = option("shop").unwrap_or("shop");
            let bonus = option("bonus").unwrap_or("50");
            let mut new = words::new_purchase(object, shop, bonus);
            new.terms.promotion = option("code").map(|code| codes::redemption(code, &new.terms));
            new.request.package_id = option("of").or(Some("starter")).map(str::to_owned);
            new.request.package_id = new.request.package_id.filter(|it| it != "custom");
            Action::OpenPurchase(new)
        }
        "promote" => Action::GrantPromotion(PromotionalGrant {
            credits: credits(object),
            reason: "spring".to_owned(),
            actor: "admin-1".to_owned(),
            expires_at: option("ends").map(instant),
            priority: option("priority").map_or(0, |it| it.parse().unwrap()),
        }),
        "set" => Action::ChangePromotion(codes::change(object, options)),
        "record" => Action::RecordSession(NewSession {
            purchase_id: words::purchase_id(object),
            session_id: option("session").map_or(format!("cs_{object}"), str::to_owned),
            url: Some("https://pay.test/".to_owned()),
        }),
        "accept" | "reject" => Action::RuleOnReview(NewRuling {
            purchase_id: words::purchase_id(object),
            ruling: if verb == "accept" {
                Ruling::Accepted
            } else {
                Ruling::Rejected
            },
            actor: "admin-1".to_owned(),
            reason: "looked into".to_owned(),
        }),
        "abandon" => Action::AbandonPurchase(words::purchase_id(object)),
        "refund" => Action::RefundDebit(Refund {
            sequence: object.parse().unwrap(),
            credits: option("credits").map(credits),
            reason: "the job failed".to_owned(),
        }),
        "change" => Action::ChangeHold(HoldChange {
            hold_id: hold_id(object, account),
            ttl_seconds: option("ttl").map(|ttl| ttl.parse().unwrap()),
            credits: option("credits").map(credits),
        }),
        "release" => Action::ReleaseHold(hold_id(object, account)),
        "book" => Action::BookDue,
        _ => panic!("no command: {verb} {object}"),
    }
}

fn preferences(thresholds: &str, options: &Options) -> Preferences {
    let mut choices = Choices::default();
    for channel in ["mail", "feed"] {
        let chosen = options.get(channel).into_iter();
        for word in chosen.flat_map(|words| words.split(',')) {
            let kind = kind(&word[1..]);
            let mut audience = choices.audience(kind);
            let wants = word.starts_with('+');
            match channel {
                "mail" => audience.mail = wants,
                _ => audience.feed = wants,
            }
            choices.choose(kind, audience);
        }
    }
    let thresholds = thresholds.split(',').filter(|it| *it != "none");
    Preferences {
        low_balance: thresholds.map(credits).collect(),
        choices,
    }
}

fn kind(number: &str) -> Kind {
    Kind::from_number(number.parse().unwrap()).unwrap()
}

fn tell(number: &str, evidence: Evidence) -> Action {
    Action::ApplyEvidence(PurchaseEvidence {
        purchase_id: words::purchase_id(number),
        evidence: vec![evidence],
        next_check_at: instant("2026-03-01T13:00:00Z"),
    })
}

/// `r1 5, r2 7 of backtesting`
fn debits(words: &[&str]) -> Action {
    let text = words.join(" ");
    let each = text.split(", ").map(|words| {
        let words: Vec<&str> = words.split(' ').collect();
        let new = debit(words[0], words[1], words.get(3).copied());
        (account_id(), new)
    });
    Action::DebitMany(each.collect())
}

pub fn debit(reference: &str, amount: &str, work: Option<&str>) -> NewDebit {
    NewDebit {
        credits: credits(amount),
        usage: usage(work.unwrap_or(UNNAMED_OPERATION)),
        reference: reference.to_owned(),
        description: None,
        metadata: None,
    }
}

fn hold(reference: &str, amount: &str, options: &Options) -> NewHold {
    let ttl = options.get("ttl").copied().unwrap_or("3600");
    let overage = options.get("overage").copied().unwrap_or("cover");
    NewHold {
        credits: credits(amount),
        usage: options.get("of").map(|work| usage(work)),
        reference: reference.to_owned(),
        description: None,
        metadata: None,
        ttl_seconds: ttl.parse().unwrap(),
        overage: match overage {
            "reject" => Overage::Reject,
            "cap" => Overage::Cap,
            "cover" => Overage::Cover,
            _ => panic!("no overage: {overage}"),
        },
    }
}

fn capture(hold_id: HoldId, amount: &str, options: &Options) -> Capture {
    Capture {
        hold_id,
        credits: credits(amount),
        usage: options.get("of").map(|work| usage(work)),
        finality: match options.get("finality") {
            None | Some(&"final") => Finality::Final,
            Some(&"partial") => Finality::Partial,
            Some(other) => panic!("no finality: {other}"),
        },
    }
}

fn settings(options: &Options) -> AccountSettings {
    let option = |word: &str| options.get(word).copied();
    let limits = option("limits").into_iter().flat_map(|it| it.split(','));
    AccountSettings {
        zone: Zone::parse(option("zone").unwrap_or("UTC")).unwrap(),
        anchor_day: AnchorDay::new(option("anchor").map_or(1, |day| day.parse().unwrap())).unwrap(),
        overdraft_limit: option("overdraft").map_or(Credits::ZERO, credits),
        limits: limits.map(limit).collect(),
    }
}

/// `day:10` of everything, or `week:backtesting:5`.
fn limit(text: &str) -> Limit {
    let parts: Vec<&str> = text.split(':').collect();
    let (window, operation, amount) = match parts.as_slice() {
        [window, amount] => (window, None, amount),
        [window, operation, amount] => (window, Some((*operation).to_owned()), amount),
        _ => panic!("no limit: {text}"),
    };
    Limit {
        operation,
        window: match *window {
            "day" => LimitWindow::Day,
            "week" => LimitWindow::Week,
            "cycle" => LimitWindow::Cycle,
            _ => panic!("no window: {text}"),
        },
        credits: credits(amount),
    }
}

/// `backtesting` or `backtesting/small`.
pub fn usage(work: &str) -> Usage {
    let (operation, variant) = match work.split_once('/') {
        Some((operation, variant)) => (operation, Some(variant.to_owned())),
        None => (work, None),
    };
    Usage {
        operation: operation.to_owned(),
        variant,
        quantities: Quantities::default(),
        rate_version: None,
    }
}

/// The hold with that reference; if there is none, one that nobody has.
pub fn hold_id(reference: &str, account: &AccountState) -> HoldId {
    let known = account
        .references
        .get(&Reference::Hold(reference.to_owned()));
    match known {
        Some(Referent::Hold(id)) => *id,
        _ => HoldId::from_uuid(Uuid::nil()),
    }
}
