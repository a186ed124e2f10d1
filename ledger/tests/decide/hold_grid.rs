//! Every command in every state that a hold can be in: what comes of it stands here, cell by cell,
//! and no cell is left out.

use super::table::check;

const ACTIVE: &str = "
    hold h 40 overage OVERAGE => active, 40 held, 60 available
      entry hold 0 held +40 balance 100 available 60 lots a(+40)
    ";

/// How a hold gets into each state.
const STATES: [(&str, &str); 7] = [
    ("none", ""),
    ("active", "ACTIVE"),
    (
        "partly captured",
        "ACTIVE
         capture h 10 finality partial => charged 10, active, 30 held, 60 available
           entry capture -10 held -10 balance 90 available 60 lots a-10(-10)",
    ),
    ("due", "ACTIVE now 2026-03-01T13:00:00Z"),
    (
        "expired",
        "ACTIVE now 2026-03-01T13:00:00Z
         book due => booked
           entry release 0 held -40 balance 100 available 100 lots a(-40)",
    ),
    (
        "captured",
        "ACTIVE
         capture h 30 => charged 30, captured, 0 held, 70 available
           entry capture -30 held -40 balance 70 available 70 lots a-30(-40)",
    ),
    (
        "released",
        "ACTIVE
         release h => released, 0 held, 100 available
           entry release 0 held -40 balance 100 available 100 lots a(-40)",
    ),
];

/// What is asked, under which policy.
const COMMANDS: [(&str, &str, &str); 11] = [
    ("place", "cover", "hold h 5"),
    ("capture a part", "cover", "capture h 15 finality partial"),
    ("capture", "cover", "capture h 15"),
    ("capture too much, reject", "reject", "capture h 50"),
    ("capture too much, cap", "cap", "capture h 50"),
    ("capture too much, cover", "cover", "capture h 50"),
    ("extend", "cover", "change h ttl 7200"),
    ("grow", "cover", "change h credits 60"),
    ("shrink", "cover", "change h credits 20"),
    ("release", "cover", "release h"),
    ("book due", "cover", "book due"),
];

const CELLS: &str = "
none: place => active, 5 held, 95 available
  entry hold 0 held +5 balance 100 available 95 lots a(+5)
  holds h active credits 5 captured 0 in a 5 ends 2026-03-01T13:00:00Z
none: capture a part => ! no such hold
none: capture => ! no such hold
none: capture too much, reject => ! no such hold
none: capture too much, cap => ! no such hold
none: capture too much, cover => ! no such hold
none: extend => ! no such hold
none: grow => ! no such hold
none: shrink => ! no such hold
none: release => ! no such hold
none: book due => booked

active: place => ! the reference was used before
active: capture a part => charged 15, active, 25 held, 60 available
  entry capture -15 held -15 balance 85 available 60 lots a-15(-15)
  holds h active credits 40 captured 15 in a 25 ends 2026-03-01T13:00:00Z
active: capture => charged 15, captured, 0 held, 85 available
  entry capture -15 held -40 balance 85 available 85 lots a-15(-40)
  holds h captured credits 40 captured 15 in none ends 2026-03-01T13:00:00Z
active: capture too much, reject => ! the work cost 50 credits and 40 are held
active: capture too much, cap => charged 40, 10 uncovered, captured, 0 held, 60 available
  entry capture -40 held -40 balance 60 available 60 lots a-40(-40)
  holds h captured credits 40 captured 40 in none ends 2026-03-01T13:00:00Z
active: capture too much, cover => charged 50, captured, 0 held, 50 available
  entry capture -50 held -40 balance 50 available 50 lots a-50(-40)
  holds h captured credits 40 captured 50 in none ends 2026-03-01T13:00:00Z
active: extend => active, 40 held, 60 available
  holds h active credits 40 captured 0 in a 40 ends 2026-03-01T14:00:00Z
active: grow => active, 60 held, 40 available
  entry hold 0 held +20 balance 100 available 40 lots a(+20)
  holds h active credits 60 captured 0 in a 60 ends 2026-03-01T13:00:00Z
active: shrink => active, 20 held, 80 available
  entry hold 0 held -20 balance 100 available 80 lots a(-20)
  holds h active credits 20 captured 0 in a 20 ends 2026-03-01T13:00:00Z
active: release => released, 0 held, 100 available
  entry release 0 held -40 balance 100 available 100 lots a(-40)
  holds h released credits 40 captured 0 in none ends 2026-03-01T13:00:00Z
active: book due => booked
  holds h active credits 40 captured 0 in a 40 ends 2026-03-01T13:00:00Z

partly captured: place => ! the reference was used before
partly captured: capture a part => charged 15, active, 15 held, 60 available
  entry capture -15 held -15 balance 75 available 60 lots a-15(-15)
  holds h active credits 40 captured 25 in a 15 ends 2026-03-01T13:00:00Z
partly captured: capture => charged 15, captured, 0 held, 75 available
  entry capture -15 held -30 balance 75 available 75 lots a-15(-30)
  holds h captured credits 40 captured 25 in none ends 2026-03-01T13:00:00Z
partly captured: capture too much, reject => ! the work cost 50 credits and 30 are held
partly captured: capture too much, cap => charged 30, 20 uncovered, captured, 0 held, 60 available
  entry capture -30 held -30 balance 60 available 60 lots a-30(-30)
  holds h captured credits 40 captured 40 in none ends 2026-03-01T13:00:00Z
partly captured: capture too much, cover => charged 50, captured, 0 held, 40 available
  entry capture -50 held -30 balance 40 available 40 lots a-50(-30)
  holds h captured credits 40 captured 60 in none ends 2026-03-01T13:00:00Z
partly captured: extend => active, 30 held, 60 available
  holds h active credits 40 captured 10 in a 30 ends 2026-03-01T14:00:00Z
partly captured: grow => active, 60 held, 30 available
  entry hold 0 held +30 balance 90 available 30 lots a(+30)
  holds h active credits 70 captured 10 in a 60 ends 2026-03-01T13:00:00Z
partly captured: shrink => active, 20 held, 70 available
  entry hold 0 held -10 balance 90 available 70 lots a(-10)
  holds h active credits 30 captured 10 in a 20 ends 2026-03-01T13:00:00Z
partly captured: release => released, 0 held, 90 available
  entry release 0 held -30 balance 90 available 90 lots a(-30)
  holds h released credits 40 captured 10 in none ends 2026-03-01T13:00:00Z
partly captured: book due => booked
  holds h active credits 40 captured 10 in a 30 ends 2026-03-01T13:00:00Z

due: place => ! the reference was used before
due: capture a part => ! the hold has ended: expired, captured 0 of 40
due: capture => ! the hold has ended: expired, captured 0 of 40
due: capture too much, reject => ! the hold has ended: expired, captured 0 of 40
due: capture too much, cap => ! the hold has ended: expired, captured 0 of 40
due: capture too much, cover => ! the hold has ended: expired, captured 0 of 40
due: extend => ! the hold has ended: expired, captured 0 of 40
due: grow => ! the hold has ended: expired, captured 0 of 40
due: shrink => ! the hold has ended: expired, captured 0 of 40
due: release => ! the hold has ended: expired, captured 0 of 40
due: book due => booked
  entry release 0 held -40 balance 100 available 100 lots a(-40)
  holds h expired credits 40 captured 0 in none ends 2026-03-01T13:00:00Z

expired: place => ! the reference was used before
expired: capture a part => ! the hold has ended: expired, captured 0 of 40
expired: capture => ! the hold has ended: expired, captured 0 of 40
expired: capture too much, reject => ! the hold has ended: expired, captured 0 of 40
expired: capture too much, cap => ! the hold has ended: expired, captured 0 of 40
expired: capture too much, cover => ! the hold has ended: expired, captured 0 of 40
expired: extend => ! the hold has ended: expired, captured 0 of 40
expired: grow => ! the hold has ended: expired, captured 0 of 40
expired: shrink => ! the hold has ended: expired, captured 0 of 40
expired: release => ! the hold has ended: expired, captured 0 of 40
expired: book due => booked

captured: place => ! the reference was used before
captured: capture a part => ! the hold has ended: captured, captured 30 of 40
captured: capture => ! the hold has ended: captured, captured 30 of 40
captured: capture too much, reject => ! the hold has ended: captured, captured 30 of 40
captured: capture too much, cap => ! the hold has ended: captured, captured 30 of 40
captured: capture too much, cover => ! the hold has ended: captured, captured 30 of 40
captured: extend => ! the hold has ended: captured, captured 30 of 40
captured: grow => ! the hold has ended: captured, captured 30 of 40
captured: shrink => ! the hold has ended: captured, captured 30 of 40
captured: release => ! the hold has ended: captured, captured 30 of 40
captured: book due => booked

released: place => ! the reference was used before
released: capture a part => ! the hold has ended: released, captured 0 of 40
released: capture => ! the hold has ended: released, captured 0 of 40
released: capture too much, reject => ! the hold has ended: released, captured 0 of 40
released: capture too much, cap => ! the hold has ended: released, captured 0 of 40
released: capture too much, cover => ! the hold has ended: released, captured 0 of 40
released: extend => ! the hold has ended: released, captured 0 of 40
released: grow => ! the hold has ended: released, captured 0 of 40
released: shrink => ! the hold has ended: released, captured 0 of 40
released: release => ! the hold has ended: released, captured 0 of 40
released: book due => booked
";

/// State, command, what comes of it, and what is booked.
fn cells() -> Vec<(&'static str, &'static str, &'static str, String)> {
    let mut cells: Vec<(_, _, _, String)> = Vec::new();
    for line in CELLS.lines().filter(|line| !line.is_empty()) {
        if line.starts_with(' ') {
            let (_, _, _, booked) = cells.last_mut().unwrap();
            *booked += &format!("{line}\n");
        } else {
            let (cell, answer) = line.split_once(" => ").unwrap();
            let (state, command) = cell.split_once(": ").unwrap();
            cells.push((state, command, answer, String::new()));
        }
    }
    cells
}

#[test]
fn every_cell_is_stated_once() {
    let states = STATES.iter().map(|(state, _)| *state);
    let expected: Vec<_> = states
        .flat_map(|state| {
            COMMANDS
                .iter()
                .map(move |(command, _, _)| (state, *command))
        })
        .collect();
    let stated: Vec<_> = cells()
        .into_iter()
        .map(|(state, command, _, _)| (state, command))
        .collect();
    assert_eq!(stated, expected);
}

#[test]
fn every_cell_is_true() {
    for (state, command, answer, booked) in cells() {
        let (_, way) = STATES.iter().find(|(name, _)| *name == state).unwrap();
        let asked = COMMANDS.iter().find(|(name, _, _)| *name == command);
        let (_, overage, words) = asked.unwrap();
        let way = way.replace("ACTIVE", ACTIVE).replace("OVERAGE", overage);
        check(&format!(
            "lot a purchase 100 ends 2026-04-01
             {way}
             {words} => {answer}   # {state}: {command}
             {booked}"
        ));
    }
}
