//! The codes that a batch of commands is about, and which of them it made or changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Promotion, PromotionCode};

#[derive(Clone, Debug, Default)]
pub struct Promotions {
    known: BTreeMap<PromotionCode, Promotion>,
    pub new: BTreeSet<PromotionCode>,
    pub changed: BTreeSet<PromotionCode>,
}

impl Promotions {
    pub fn get(&self, code: &PromotionCode) -> Option<&Promotion> {
        self.known.get(code)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Promotion> {
        self.known.values()
    }

    /// As it is stored.
    pub fn load(&mut self, promotion: Promotion) {
        self.known.insert(promotion.code.clone(), promotion);
    }

    pub fn add(&mut self, promotion: Promotion) {
        self.new.insert(promotion.code.clone());
        self.load(promotion);
    }

    pub fn change(&mut self, promotion: Promotion) {
        if !self.new.contains(&promotion.code) {
            self.changed.insert(promotion.code.clone());
        }
        self.load(promotion);
    }
}
