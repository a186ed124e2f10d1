//! Which commands may wait at once. The writer decides what stands in one queue in its order, and
//! promises no order between queues. A model that foretells each answer has to know the order of any
//! two commands that share an account or a key.

use std::collections::BTreeMap;

use credits::writer::wanted_by;
use ledger::command::{Action, Command};
use ledger::ids::AccountId;
use ledger::replay::KeyId;

/// What is known to keep to one queue: an account's own commands, and debits of many accounts.
#[derive(PartialEq, Eq)]
enum Line<'a> {
    Of(&'a AccountId),
    OfMany,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Account(AccountId),
    Key(KeyId),
}

/// The commands in stretches, within each of which whoever shares anything keeps to one line.
pub fn stretches(commands: &[Command]) -> Vec<&[Command]> {
    let mut stretches = Vec::new();
    let mut lines = BTreeMap::new();
    let mut from = 0;
    for (place, command) in commands.iter().enumerate() {
        let is_in_line = |shared: &Shared| {
            lines
                .get(shared)
                .is_none_or(|known| *known == line(command))
        };
        let shared = shared(command);
        if !shared.iter().all(is_in_line) {
            stretches.push(&commands[from..place]);
            from = place;
            lines.clear();
        }
        lines.extend(shared.into_iter().map(|it| (it, line(command))));
    }
    stretches.push(&commands[from..]);
    stretches
}

const fn line(command: &Command) -> Line<'_> {
    match &command.action {
        Action::DebitMany(_) => Line::OfMany,
        _ => Line::Of(&command.account_id),
    }
}

fn shared(command: &Command) -> Vec<Shared> {
    let wanted = wanted_by([command]);
    let accounts = wanted.accounts.into_iter().map(Shared::Account);
    accounts
        .chain(wanted.keys.into_iter().map(Shared::Key))
        .collect()
}
