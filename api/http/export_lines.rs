//! Entries as lines of a file: CSV for spreadsheets, JSON Lines for programs. It knows no account
//! but by the entries it is given, and keeps none of them.

use actix_web::web::Bytes;
use ledger::entry::Entry;
use ledger::ids::AccountId;

use super::entries::EntryView;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    JsonLines,
}

impl Format {
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::JsonLines => "jsonl",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8; header=present",
            Format::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum LineError {
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("the lines could not be put together: {0}")]
    Buffer(String),
}

const COLUMNS: [&str; 21] = [
    "id",
    "sequence",
    "created_at",
    "kind",
    "amount",
    "held_change",
    "frozen_change",
    "debt_change",
    "balance_after",
    "available_after",
    "operation",
    "variant",
    "quantities",
    "rate_version",
    "reference",
    "description",
    "purchase_id",
    "hold_id",
    "refunds_sequence",
    "metadata",
    "lots",
];

pub struct Lines {
    format: Format,
    /// Whether the line of names is still to come.
    awaits_heading: bool,
}

impl Lines {
    pub const fn new(format: Format) -> Lines {
        Lines {
            format,
            awaits_heading: matches!(format, Format::Csv),
        }
    }

    /// The line of names, once.
    pub fn heading(&mut self) -> Result<Option<Bytes>, LineError> {
        if !std::mem::take(&mut self.awaits_heading) {
            return Ok(None);
        }
        csv_lines([COLUMNS.map(ToOwned::to_owned)]).map(Some)
    }

    pub fn page(&self, account_id: &AccountId, entries: &[Entry]) -> Result<Bytes, LineError> {
        match self.format {
            Format::JsonLines => {
                let mut lines = Vec::new();
                for entry in entries {
                    serde_json::to_writer(&mut lines, &EntryView::of(account_id, entry))?;
                    lines.push(b'\n');
                }
                Ok(lines.into())
            }
            Format::Csv => {
                let records = entries.iter().map(|entry| record(account_id, entry));
                csv_lines(records.collect::<Result<Vec<_>, _>>()?)
            }
        }
    }
}

/// Lines end in CR LF, and what needs quotes has them (RFC 4180).
fn csv_lines(
    records: impl IntoIterator<Item = [String; COLUMNS.len()]>,
) -> Result<Bytes, LineError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for record in records {
        writer.write_record(record)?;
    }
    let lines = writer.into_inner();
    let lines = lines.map_err(|error| LineError::Buffer(error.to_string()))?;
    Ok(lines.into())
}

/// What is empty is absent. Numbers, ids, instants and names are ours and stay as they are.
fn record(account_id: &AccountId, entry: &Entry) -> Result<[String; COLUMNS.len()], LineError> {
    let body = &entry.body;
    let usage = body.usage.as_ref();
    let view = EntryView::of(account_id, entry);
    let text = |text: Option<&str>| text.map(defused).unwrap_or_default();
    let kind = serde_json::to_value(view.kind)?;
    let quantities = view.quantities.as_ref().map(serde_json::to_string);
    let number = |number: Option<String>| number.unwrap_or_default();
    Ok([
        view.id.to_string(),
        entry.sequence.to_string(),
        entry.created_at.to_string(),
        kind.as_str().unwrap_or_default().to_owned(),
        body.amount.to_string(),
        body.held_change.to_string(),
        body.frozen_change.to_string(),
        body.debt_change.to_string(),
        entry.balance_after.to_string(),
        entry.available_after.to_string(),
        text(usage.map(|usage| usage.operation.as_str())),
        text(usage.and_then(|usage| usage.variant.as_deref())),
        quantities.transpose()?.unwrap_or_default(),
        number(view.rate_version.map(|version| version.to_string())),
        text(body.reference.as_deref()),
        text(body.description.as_deref()),
        number(view.purchase_id.map(|id| id.to_string())),
        number(view.hold_id.map(|id| id.to_string())),
        number(body.refunds.map(|sequence| sequence.to_string())),
        text(body.metadata.as_deref()),
        serde_json::to_string(&view.lots)?,
    ])
}

/// A spreadsheet takes a cell that begins so for a formula, and may run it. An apostrophe in front
/// makes it a text.
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests;
