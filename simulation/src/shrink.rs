//! Makes a story that fails as short as it goes: batches are left out, then requests, as long as it
//! still fails in some way. A story is told anew each time, by whoever told it first.

use crate::check::Checked;
use crate::story::{Ask, Batch, Fate};

/// The shortest story found, and how it fails, when `tell` tells it.
pub fn shrink(
    story: Vec<Batch>,
    what: String,
    tell: &mut dyn FnMut(&[Batch]) -> Checked,
) -> (Vec<Batch>, String) {
    let mut shortest = Shortest { story, what, tell };
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    shortest.leave_out_batches();
    shortest.leave_out_requests();
    shortest.leave_out_batches();
    shortest.make_plain();
    std::panic::set_hook(hook);
    (shortest.story, shortest.what)
}

struct Shortest<'a> {
    story: Vec<Batch>,
    what: String,
    tell: &'a mut dyn FnMut(&[Batch]) -> Checked,
}

impl Shortest<'_> {
    /// Takes the shorter story, if it fails too.
    fn offer(&mut self, story: Vec<Batch>) -> bool {
        match (self.tell)(&story) {
            Ok(()) => false,
            Err(what) => {
                self.story = story;
                self.what = what;
                true
            }
        }
    }

    /// Long stretches first, then shorter ones, down to single batches.
    fn leave_out_batches(&mut self) {
        let mut stretch = self.story.len().div_ceil(2);
        while stretch > 0 {
            let mut from = self.story.len();
            let mut has_shrunk = false;
            while from > 0 {
                let to = from;
                from = from.saturating_sub(stretch);
                let mut story = self.story.clone();
                if to <= story.len() {
                    story.drain(from..to);
                    has_shrunk |= self.offer(story);
                }
            }
            if !(has_shrunk && stretch == 1) {
                stretch /= 2;
            }
        }
    }

    fn leave_out_requests(&mut self) {
        for batch in (0..self.story.len()).rev() {
            for request in (0..self.story[batch].requests.len()).rev() {
                let mut story = self.story.clone();
                story[batch].requests.remove(request);
                self.offer(story);
                self.leave_out_parts(batch, request);
            }
        }
    }

    fn leave_out_parts(&mut self, batch: usize, request: usize) {
        for part in (0..16).rev() {
            let mut story = self.story.clone();
            let Some(request) = story[batch].requests.get_mut(request) else {
                return;
            };
            let has_part = match &mut request.ask {
                Ask::DebitMany(items) => remove(&mut items.0, part),
                Ask::Tell { said, .. } => remove(&mut said.0, part),
                Ask::Configure { limits, .. } => remove(&mut limits.0, part),
                _ => return,
            };
            if has_part {
                self.offer(story);
            }
        }
    }

    /// Without crashes, keys and waiting, where they don't matter.
    fn make_plain(&mut self) {
        for batch in 0..self.story.len() {
            let mut story = self.story.clone();
            story[batch].fate = Fate::Stored;
            self.offer(story);
            for request in 0..self.story[batch].requests.len() {
                let mut story = self.story.clone();
                story[batch].requests[request].key = None;
                self.offer(story);
            }
            if batch > 0 {
                let mut story = self.story.clone();
                story[batch].at = story[batch - 1].at;
                self.offer(story);
            }
        }
    }
}

fn remove<T>(items: &mut Vec<T>, place: usize) -> bool {
    let is_there = place < items.len();
    if is_there {
        items.remove(place);
    }
    is_there
}
