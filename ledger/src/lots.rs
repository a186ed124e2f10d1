//! The lots of an account that can still change, always in the order in which they are used.

use crate::ids::LotId;
use crate::lot::Lot;

/// Kept sorted by `Lot::burn_order`: drawing credits is a walk from the front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lots {
    in_burn_order: Vec<Lot>,
}

impl Lots {
    pub fn iter(&self) -> std::slice::Iter<'_, Lot> {
        self.in_burn_order.iter()
    }

    /// Whoever changes a lot here must not change what its place follows from.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Lot> {
        self.in_burn_order.iter_mut()
    }

    pub fn get(&self, id: LotId) -> Option<&Lot> {
        self.iter().find(|lot| lot.id == id)
    }

    pub fn get_mut(&mut self, id: LotId) -> Option<&mut Lot> {
        self.iter_mut().find(|lot| lot.id == id)
    }

    /// A lot with the id of one that is there takes its place.
    pub fn insert(&mut self, lot: Lot) {
        self.in_burn_order.retain(|other| other.id != lot.id);
        let place = self
            .in_burn_order
            .partition_point(|other| other.burn_order() < lot.burn_order());
        self.in_burn_order.insert(place, lot);
    }

    pub fn retain(&mut self, keep: impl FnMut(&Lot) -> bool) {
        self.in_burn_order.retain(keep);
    }

    pub const fn len(&self) -> usize {
        self.in_burn_order.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.in_burn_order.is_empty()
    }
}

impl<'a> IntoIterator for &'a Lots {
    type Item = &'a Lot;
    type IntoIter = std::slice::Iter<'a, Lot>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Lot> for Lots {
    fn from_iter<I: IntoIterator<Item = Lot>>(lots: I) -> Lots {
        let mut in_burn_order: Vec<Lot> = lots.into_iter().collect();
        in_burn_order.sort_by_key(Lot::burn_order);
        Lots { in_burn_order }
    }
}
