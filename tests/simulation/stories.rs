//! Story after story on one database, each with accounts of its own, until so many commands were
//! decided or one story has failed. One that failed is told again and again, ever shorter.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use simulation::{Batch, Checked, Failure, Fate, Generator, Told, shrink, words_of};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::stored;
use super::telling::{ACCOUNTS, Telling};
use crate::support::databases::TestDatabase;

const MOST_IN_A_BATCH: usize = 96;

/// So that an account's rows stay few enough to be read back after each batch.
const BATCHES_PER_STORY: usize = 40;

/// Stories told again are numbered from here.
const FIRST_TOLD_AGAIN: u64 = 1_000_000;

/// How often a story that failed is told again at most.
const MOST_TOLD_AGAIN: u64 = 500;

pub async fn simulate(db: &TestDatabase, seed: u64, steps: u64) -> Result<Told, Box<Failure>> {
    let mut told = Told::default();
    let mut keys = BTreeMap::new();
    while told.steps < steps {
        let coverage = std::mem::take(&mut told.coverage);
        let mut telling = Telling::new(&db.store, told.stories).with_coverage(coverage);
        let mut batches = Vec::with_capacity(BATCHES_PER_STORY);
        let generator = Generator::new(seed, told.stories, ACCOUNTS);
        let story = one_story(generator, &mut telling, &mut batches);
        if let Err(what) = calmly(story).await {
            let step = told.steps + steps_of(&batches);
            let (shortest, what) = block_in_place(|| shorten(db, batches, what));
            return Err(Box::new(Failure {
                seed,
                story: told.stories,
                step,
                what,
                shortest,
            }));
        }
        told.steps += steps_of(&batches);
        told.stories += 1;
        told.coverage = telling.coverage;
        keys.extend(telling.script.keys().clone());
    }
    let (stored, foretold) = (stored::keys(&db.store).await, stored::keys_of(&keys));
    let differing = foretold
        .iter()
        .find(|(id, key)| stored.get(id) != Some(key));
    assert_eq!(differing, None, "seed {seed}: a key that is not so stored");
    assert_eq!(
        stored.len(),
        foretold.len(),
        "seed {seed}: how many keys there are"
    );
    Ok(told)
}

async fn one_story(
    generator: Generator,
    telling: &mut Telling,
    batches: &mut Vec<Batch>,
) -> Checked {
    let mut generator = generator.for_a_database(MOST_IN_A_BATCH);
    for _ in 0..BATCHES_PER_STORY {
        let batch = telling.script.invent(&mut generator);
        batches.push(batch.clone());
        telling.tell(&batch).await?;
    }
    telling.finish().await
}

fn steps_of(batches: &[Batch]) -> u64 {
    let carried_out = batches.iter().filter(|batch| batch.fate != Fate::Lost);
    let steps = carried_out.map(|batch| batch.requests.len()).sum::<usize>();
    u64::try_from(steps).unwrap()
}

fn shorten(db: &TestDatabase, story: Vec<Batch>, what: String) -> (Vec<Batch>, String) {
    let mut numbers = FIRST_TOLD_AGAIN..FIRST_TOLD_AGAIN + MOST_TOLD_AGAIN;
    shrink(story, what, &mut |batches| match numbers.next() {
        Some(number) => Handle::current().block_on(calmly(tell(db, number, batches))),
        None => Ok(()),
    })
}

async fn tell(db: &TestDatabase, number: u64, batches: &[Batch]) -> Checked {
    let mut telling = Telling::new(&db.store, number);
    for batch in batches {
        telling.tell(batch).await?;
    }
    telling.finish().await
}

/// A panic is one more way to go otherwise than foretold.
async fn calmly(story: impl Future<Output = Checked>) -> Checked {
    let told = AssertUnwindSafe(story).catch_unwind().await;
    told.unwrap_or_else(|panic| Err(words_of(panic.as_ref())))
}
