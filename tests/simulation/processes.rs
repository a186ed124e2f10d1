//! The processes of the service, as far as a story needs them: a writer each, which hears commands,
//! remembers accounts, and is lost in a crash with all that it remembers.

use std::pin::Pin;

use credits::clock::Clock;
use credits::live::Watchers;
use credits::store::Store;
use credits::writer::{Writer, WriterError, WriterTask, Written};
use futures_util::future::{MaybeDone, maybe_done};
use futures_util::poll;
use ledger::command::Command;

use super::answers;

const QUEUE: usize = 1_000;

/// For so many batches commands go to one process. Then they go to another, which must find out that
/// what it remembers is no longer so.
const BATCHES_IN_A_TURN: usize = 5;

pub struct Processes {
    store: Store,
    clock: Clock,
    running: Vec<(Writer, WriterTask)>,
    batches: usize,
}

impl Processes {
    /// As many as an engine may have, where that is more than one.
    pub fn start(store: &Store, clock: &Clock) -> Processes {
        let count = match store {
            Store::Sqlite(_) => 1,
            Store::Postgres(_) => 2,
        };
        let running = (0..count).map(|_| Writer::start(store, clock, &Watchers::default(), QUEUE));
        Processes {
            running: running.collect(),
            store: store.clone(),
            clock: clock.clone(),
            batches: 0,
        }
    }

    pub fn take_turns(&mut self) {
        self.batches += 1;
    }

    fn turn(&self) -> usize {
        self.batches / BATCHES_IN_A_TURN % self.running.len()
    }

    /// What is waiting is written; what is remembered is lost.
    pub async fn restart(&mut self) {
        let turn = self.turn();
        let next = Writer::start(&self.store, &self.clock, &Watchers::default(), QUEUE);
        let (_, task) = std::mem::replace(&mut self.running[turn], next);
        task.finish().await;
    }

    /// Hands over all of them, and then waits for their answers.
    pub async fn submit(&self, commands: &[Command]) -> Vec<Result<Written, WriterError>> {
        let mut answers = Vec::with_capacity(commands.len());
        for mut waiting in self.hand_over(commands).await {
            waiting.as_mut().await;
            answers.extend(waiting.as_mut().take_output());
        }
        answers
    }

    pub async fn submit_and_hang_up(&self, commands: &[Command]) {
        drop(self.hand_over(commands).await);
    }

    /// One after the other, so that their order in a queue is theirs.
    async fn hand_over(
        &self,
        commands: &[Command],
    ) -> Vec<Pin<Box<MaybeDone<impl Future<Output = Result<Written, WriterError>>>>>> {
        let (writer, _) = &self.running[self.turn()];
        let mut waiting = Vec::with_capacity(commands.len());
        for command in commands {
            let render = answers::render(command);
            let mut answer = Box::pin(maybe_done(writer.submit(command.clone(), render)));
            // The first thing it does is to queue up.
            let _ = poll!(answer.as_mut());
            waiting.push(answer);
        }
        waiting
    }
}
