//! Tables for people: columns as wide as they need to be, words to the left, figures to the right.

use std::fmt::{Display, Formatter, Result};

pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heads: &[&str]) -> Table {
        Table {
            rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()],
        }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        (0..columns).map(width).collect()
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let widths = self.widths();
        for (number, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).enumerate();
            let cells = cells.map(|(column, (cell, &width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            let line = cells.collect::<Vec<String>>().join("  ");
            writeln!(f, "{}", line.trim_end())?;
            if number == 0 {
                let rules = widths.iter().map(|&width| "-".repeat(width));
                writeln!(f, "{}", rules.collect::<Vec<String>>().join("  "))?;
            }
        }
        Ok(())
    }
}

/// A figure with about three digits that mean something, and spaces between thousands.
pub fn figure(value: f64) -> String {
    match value.abs() {
        _ if !value.is_finite() => "-".to_owned(),
        size if size >= 100.0 => spaced(&format!("{value:.0}")),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

fn spaced(digits: &str) -> String {
    let mut text = String::new();
    let count = digits.chars().count();
    for (place, digit) in digits.chars().enumerate() {
        let left = count.saturating_sub(place);
        if place > 0 && left.is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["workload", "op/s", "errors"]);
        table.row(vec!["hot".into(), "21 503".into(), String::new()]);
        table.row(vec!["batches".into(), "7".into(), "402: 3".into()]);
        let expected = "\
workload    op/s  errors
--------  ------  ------
hot       21 503
batches        7  402: 3
";
        assert_eq!(table.to_string(), expected);
    }

    #[test]
    fn figures_have_the_digits_that_mean_something() {
        for (value, text) in [
            (1_234_567.8, "1 234 568"),
            (21_503.2, "21 503"),
            (999.4, "999"),
            (15.507, "15.5"),
            (2.5, "2.50"),
            (0.3517, "0.352"),
            (0.0, "0.000"),
            (f64::NAN, "-"),
        ] {
            assert_eq!(figure(value), text);
        }
    }
}
