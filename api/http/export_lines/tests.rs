//! Whatever a platform calls its work, a spreadsheet reads the line as it was meant and runs
//! nothing of it.

use ledger::account::{Account, AccountState};
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryBody, EntryKind};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use proptest::prelude::*;

use super::{COLUMNS, Format, Lines};

fn entry(reference: &str) -> (AccountId, Entry) {
    let id = AccountId::parse("user-1").unwrap();
    let now = Instant::from_micros(0);
    let mut account = AccountState::new(Account::new(id.clone(), now));
    let body = EntryBody {
        reference: Some(reference.to_owned()),
        debt_change: Credits::from_micro(0),
        ..EntryBody::of(EntryKind::Debit)
    };
    (id, account.append(body, now).unwrap())
}

/// The cell that a reader of CSV finds in the one line.
fn reference_cell(reference: &str) -> String {
    let (id, entry) = entry(reference);
    let lines = Lines::new(Format::Csv).page(&id, &[entry]).unwrap();
    assert!(lines.ends_with(b"\r\n"));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&lines[..]);
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 1, "one entry is one line");
    assert_eq!(records[0].len(), COLUMNS.len());
    let place = COLUMNS.iter().position(|it| *it == "reference").unwrap();
    records[0][place].to_owned()
}

#[test]
fn a_formula_is_a_text() {
    for formula in [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
    ] {
        assert_eq!(reference_cell(formula), format!("'{formula}"));
    }
    for harmless in ["job-1", "a=b", "", "'=1", "1-2"] {
        assert_eq!(reference_cell(harmless), harmless);
    }
}

#[test]
fn the_names_come_first_and_once() {
    let mut lines = Lines::new(Format::Csv);
    let heading = lines.heading().unwrap().unwrap();
    assert!(heading.starts_with(b"id,sequence,created_at,kind,amount,"));
    assert_eq!(lines.heading().unwrap(), None);
    assert_eq!(Lines::new(Format::JsonLines).heading().unwrap(), None);
}

proptest! {
    #[test]
    fn what_is_read_is_what_was_written(reference in "[ -~\\r\\n\",;=+@\u{e9}-]{0,40}") {
        let cell = reference_cell(&reference);
        let defused = format!("'{reference}");
        prop_assert!(cell == reference || cell == defused);
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
    }

    #[test]
    fn an_entry_is_one_line_of_json(reference in any::<String>()) {
        let (id, entry) = entry(&reference);
        let lines = Lines::new(Format::JsonLines).page(&id, &[entry]).unwrap();
        let text = std::str::from_utf8(&lines).unwrap();
        prop_assert_eq!(text.matches('\n').count(), 1);
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        prop_assert_eq!(value["reference"].as_str(), Some(reference.as_str()));
    }
}
