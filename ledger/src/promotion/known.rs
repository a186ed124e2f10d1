//! The codes that a batch of commands is about, and which of them it made or changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Promotion, PromotionCode};

#[derive(Clone, Debug, Default)]
pub struct Promotions {
    known: BTreeMap<PromotionCode, Promotion>,
    pub new: BTreeSet<PromotionCode>,
    /// With the version that is stored.
    pub changed: BTreeMap<PromotionCode, i64>,
}

impl Promotions {
    pub fn get(&self, code: &PromotionCode) -> Option<&Promotion> {
        self.known.get(code)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Promotion> {
        self.known.values()
    }

    /// As it is stored.
    pub fn know(&mut self, promotion: Promotion) {
        self.known.insert(promotion.code.clone(), promotion);
    }

    pub fn add(&mut self, promotion: Promotion) {
        self.new.insert(promotion.code.clone());
        self.know(promotion);
    }

    pub fn change(&mut self, promotion: Promotion) {
        let is_stored = !self.new.contains(&promotion.code);
        if let Some(known) = self.known.get(&promotion.code).filter(|_| is_stored) {
            let code = promotion.code.clone();
            self.changed.entry(code).or_insert(known.version);
        }
        self.know(promotion);
    }
}
