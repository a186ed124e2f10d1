//! Many stories, one after the other, until so many commands were decided or one story has failed.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::Checked;
use crate::coverage::Coverage;
use crate::generator::Generator;
use crate::shown::lines;
use crate::shrink::shrink;
use crate::story::{Batch, Fate};
use crate::telling::{ACCOUNTS, Telling, tell, words_of};

/// Stories that stayed true to the model throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub steps: u64,
    pub stories: u64,
    pub coverage: Coverage,
}

/// Where a story left the model, and the shortest way found to get there.
pub struct Failure {
    pub seed: u64,
    pub story: u64,
    pub step: u64,
    pub what: String,
    pub shortest: Vec<Batch>,
}

const BATCHES_PER_STORY: usize = 400;

/// Runs stories until `steps` commands were decided.
///
/// # Errors
/// The first that went otherwise than the model foretold.
pub fn simulate(seed: u64, steps: u64) -> Result<Told, Box<Failure>> {
    let mut told = Told::default();
    while told.steps < steps {
        let mut batches = Vec::with_capacity(BATCHES_PER_STORY);
        let story = told.stories;
        let result = catch_unwind(AssertUnwindSafe(|| {
            one_story(seed, &mut told, &mut batches)
        }));
        let result = result.unwrap_or_else(|panic| Err(words_of(panic.as_ref())));
        if let Err(what) = result {
            let (shortest, shown) = shrink(batches, what, &mut tell);
            return Err(Box::new(Failure {
                seed,
                story,
                step: told.steps,
                what: shown,
                shortest,
            }));
        }
        told.stories += 1;
    }
    Ok(told)
}

fn one_story(seed: u64, told: &mut Told, batches: &mut Vec<Batch>) -> Checked {
    let coverage = std::mem::take(&mut told.coverage);
    let mut telling = Telling::new().with_coverage(coverage);
    let mut generator = Generator::new(seed, told.stories, ACCOUNTS);
    for _ in 0..BATCHES_PER_STORY {
        let batch = telling.script.invent(&mut generator);
        if batch.fate != Fate::Lost {
            told.steps += u64::try_from(batch.requests.len()).unwrap();
        }
        batches.push(batch);
        telling.tell(batches.last().unwrap())?;
    }
    telling.finish()?;
    told.coverage = telling.coverage;
    Ok(())
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            seed, story, step, ..
        } = self;
        writeln!(
            formatter,
            "seed {seed}, story {story}, step {step}: {}",
            self.what
        )?;
        writeln!(formatter, "the shortest story that shows it:")?;
        formatter.write_str(&lines(&self.shortest))
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
