//! Every rate there is and was: which one is in effect at an instant, and which one an old debit
//! was priced by.

use std::collections::{BTreeMap, BTreeSet};

use crate::instant::Instant;

use super::error::{RateBookError, RatingError};
use super::name::{is_variant, is_word};
use super::rate::Rate;

/// What an operator says of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationTerms {
    /// `[a-z][a-z0-9_]{0,62}`, such as `model_inference`.
    pub operation: String,
    pub name: String,
    pub description: String,
}

/// Something that costs credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    terms: OperationTerms,
    /// By name. One without a name, and no other, where the operation has no variants.
    variants: Vec<Variant>,
}

/// What has a price of its own: a variant of an operation, or one that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    name: Option<String>,
    /// By version, and so by the instant of their effect.
    rates: Vec<Rate>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateBook {
    operations: Vec<Operation>,
}

impl RateBook {
    /// Operations in the order in which they are shown; rates in any.
    pub fn new(
        operations: Vec<OperationTerms>,
        rates: Vec<Rate>,
    ) -> Result<RateBook, RateBookError> {
        check_operations(&operations, &rates)?;
        let mut of_operations: BTreeMap<String, Vec<Rate>> = BTreeMap::new();
        for rate in rates {
            let operation = rate.operation().to_owned();
            of_operations.entry(operation).or_default().push(rate);
        }
        let operations = operations.into_iter().map(|terms| {
            let rates = of_operations.remove(&terms.operation).unwrap_or_default();
            Ok(Operation {
                variants: variants(&terms.operation, rates)?,
                terms,
            })
        });
        Ok(RateBook {
            operations: operations.collect::<Result<_, _>>()?,
        })
    }

    /// In the order in which they are shown.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The rate in effect: the highest version whose instant has come. It takes effect *at* that
    /// instant.
    pub fn rate_at(
        &self,
        operation: &str,
        variant: Option<&str>,
        now: Instant,
    ) -> Result<&Rate, RatingError> {
        let found = self.variant(operation, variant)?;
        found
            .current(now)
            .ok_or_else(|| RatingError::NoRateIsInEffect {
                operation: operation.to_owned(),
                variant: found.name.clone(),
                first_effective_at: found.rates.first().map(Rate::effective_at),
            })
    }

    /// A rate of old, to explain what was priced by it.
    pub fn rate(
        &self,
        operation: &str,
        variant: Option<&str>,
        version: i32,
    ) -> Result<&Rate, RatingError> {
        let found = self.variant(operation, variant)?;
        let rate = found.rates.iter().find(|rate| rate.version() == version);
        rate.ok_or_else(|| RatingError::VersionDoesNotExist {
            operation: operation.to_owned(),
            variant: found.name.clone(),
            version,
        })
    }

    fn variant(&self, operation: &str, variant: Option<&str>) -> Result<&Variant, RatingError> {
        let mut operations = self.operations.iter();
        operations
            .find(|it| it.terms.operation == operation)
            .ok_or_else(|| RatingError::OperationDoesNotExist {
                operation: operation.to_owned(),
            })?
            .variant(variant)
    }
}

impl Operation {
    pub fn operation(&self) -> &str {
        &self.terms.operation
    }

    pub fn name(&self) -> &str {
        &self.terms.name
    }

    pub fn description(&self) -> &str {
        &self.terms.description
    }

    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    fn variant(&self, name: Option<&str>) -> Result<&Variant, RatingError> {
        if let Some(found) = self.variants.iter().find(|it| it.name() == name) {
            return Ok(found);
        }
        let operation = self.terms.operation.clone();
        let variants: Vec<String> = self
            .variants
            .iter()
            .filter_map(|it| it.name.clone())
            .collect();
        Err(match name {
            None if variants.is_empty() => RatingError::NoRateIsInEffect {
                operation,
                variant: None,
                first_effective_at: None,
            },
            None => RatingError::VariantIsMissing {
                operation,
                variants,
            },
            Some(name) if variants.is_empty() => RatingError::OperationHasNoVariants {
                operation,
                variant: name.to_owned(),
            },
            Some(name) => RatingError::VariantDoesNotExist {
                operation,
                variant: name.to_owned(),
                variants,
            },
        })
    }
}

impl Variant {
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The rate in effect, if one is.
    pub fn current(&self, now: Instant) -> Option<&Rate> {
        self.rates.iter().rfind(|rate| rate.effective_at() <= now)
    }

    /// The next one to take effect, if one is announced.
    pub fn upcoming(&self, now: Instant) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.effective_at() > now)
    }
}

fn check_operations(operations: &[OperationTerms], rates: &[Rate]) -> Result<(), RateBookError> {
    let mut names = BTreeSet::new();
    for operation in operations.iter().map(|terms| &terms.operation) {
        let operation = operation.clone();
        if !is_word(&operation) {
            return Err(RateBookError::OperationNameIsNotOne { operation });
        }
        if !names.insert(operation.clone()) {
            return Err(RateBookError::OperationIsThereTwice { operation });
        }
    }
    match rates.iter().find(|rate| !names.contains(rate.operation())) {
        None => Ok(()),
        Some(stray) => Err(RateBookError::RateIsOfNoOperation {
            operation: stray.operation().to_owned(),
        }),
    }
}

fn variants(operation: &str, rates: Vec<Rate>) -> Result<Vec<Variant>, RateBookError> {
    let mut of_variants: BTreeMap<Option<String>, Vec<Rate>> = BTreeMap::new();
    for rate in rates {
        let name = rate.variant().map(ToOwned::to_owned);
        if let Some(variant) = name.clone().filter(|name| !is_variant(name)) {
            return Err(RateBookError::VariantNameIsNotOne {
                operation: operation.to_owned(),
                variant,
            });
        }
        of_variants.entry(name).or_default().push(rate);
    }
    if of_variants.len() > 1 && of_variants.contains_key(&None) {
        return Err(RateBookError::OnlySomeRatesHaveAVariant {
            operation: operation.to_owned(),
        });
    }
    let variants = of_variants.into_iter();
    variants
        .map(|(name, rates)| variant(operation, name, rates))
        .collect()
}

fn variant(
    operation: &str,
    name: Option<String>,
    mut rates: Vec<Rate>,
) -> Result<Variant, RateBookError> {
    rates.sort_by_key(Rate::version);
    for (one, next) in rates.iter().zip(rates.iter().skip(1)) {
        let (operation, variant, version) = (operation.to_owned(), name.clone(), next.version());
        if one.version() == version {
            return Err(RateBookError::VersionIsThereTwice {
                operation,
                variant,
                version,
            });
        }
        if one.effective_at() >= next.effective_at() {
            return Err(RateBookError::VersionTakesEffectTooEarly {
                operation,
                variant,
                version,
            });
        }
    }
    Ok(Variant { name, rates })
}
