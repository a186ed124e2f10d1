//! A memory of bounded size, for what can be had again when it is gone. Two generations: when the
//! younger is full it becomes the elder, and what was the elder is forgotten.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

#[derive(Debug)]
pub struct Generations<K, V> {
    younger: HashMap<K, Weighed<V>>,
    elder: HashMap<K, Weighed<V>>,
    /// Of the younger.
    weight: usize,
    most: usize,
}

#[derive(Debug)]
struct Weighed<V> {
    value: V,
    weight: usize,
}

impl<K: Hash + Eq, V> Generations<K, V> {
    /// What is remembered weighs at most twice as much as `most`, and one thing more.
    pub fn new(most: usize) -> Generations<K, V> {
        Generations {
            younger: HashMap::new(),
            elder: HashMap::new(),
            weight: 0,
            most,
        }
    }

    pub fn keep(&mut self, key: K, value: V, weight: usize) {
        let before = self.younger.insert(key, Weighed { value, weight });
        let before = before.map_or(0, |before| before.weight);
        self.weight = self.weight.saturating_sub(before).saturating_add(weight);
        if self.weight >= self.most {
            self.elder = std::mem::take(&mut self.younger);
            self.weight = 0;
        }
    }

    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let found = self.younger.get(key).or_else(|| self.elder.get(key));
        found.map(|found| &found.value)
    }

    /// Takes it out of both, so that no older value comes to light again.
    pub fn take<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let elder = self.elder.remove(key);
        let younger = self.younger.remove(key);
        let weight = younger.as_ref().map_or(0, |younger| younger.weight);
        self.weight = self.weight.saturating_sub(weight);
        younger.or(elder).map(|found| found.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_there_until_two_generations_have_filled() {
        let mut memory = Generations::new(2);
        memory.keep("a", 1, 1);
        memory.keep("b", 2, 1);
        memory.keep("c", 3, 1);
        assert_eq!([memory.get("a"), memory.get("c")], [Some(&1), Some(&3)]);
        memory.keep("d", 4, 1);
        assert_eq!([memory.get("a"), memory.get("d")], [None, Some(&4)]);
    }

    #[test]
    fn what_is_kept_again_hides_the_older_and_taking_takes_both() {
        let mut memory = Generations::new(2);
        memory.keep("a", 1, 2);
        memory.keep("a", 2, 1);
        assert_eq!(memory.get("a"), Some(&2));
        assert_eq!(memory.take("a"), Some(2));
        assert_eq!(memory.get("a"), None);
    }

    #[test]
    fn what_is_heavy_fills_a_generation_alone() {
        let mut memory = Generations::new(10);
        memory.keep("heavy", 1, 10);
        memory.keep("light", 2, 1);
        assert_eq!(
            [memory.get("heavy"), memory.get("light")],
            [Some(&1), Some(&2)]
        );
        memory.keep("another", 3, 10);
        assert_eq!([memory.get("heavy"), memory.get("light")], [None, Some(&2)]);
    }
}
