//! Statements over whole sets of rows, which the query builder has no words for: their parameters
//! are arrays, one for each column, that PostgreSQL unnests. The text of a statement is the same
//! whatever the number of rows, so it is prepared once for each connection.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text};

use crate::store::sql_types::{Id, StoredId};

/// A parameter: a column of the set, or one number. A set begins with its buckets.
pub enum Parameter<'a> {
    SmallInts(Vec<i16>),
    Integers(Vec<i32>),
    OptionalIntegers(Vec<Option<i32>>),
    BigInts(Vec<i64>),
    OptionalBigInts(Vec<Option<i64>>),
    Texts(Vec<&'a str>),
    OptionalTexts(Vec<Option<&'a str>>),
    Bytes(Vec<&'a [u8]>),
    OptionalBytes(Vec<Option<&'a [u8]>>),
    Bools(Vec<bool>),
    Ids(Vec<StoredId>),
    OptionalIds(Vec<Option<StoredId>>),
    OptionalSmallInts(Vec<Option<i16>>),
    BigInt(i64),
}

impl Parameter<'_> {
    fn bind<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            Parameter::SmallInts(it) => out.push_bind_param::<Array<SmallInt>, _>(it),
            Parameter::Integers(it) => out.push_bind_param::<Array<Integer>, _>(it),
            Parameter::OptionalIntegers(it) => {
                out.push_bind_param::<Array<Nullable<Integer>>, _>(it)
            }
            Parameter::BigInts(it) => out.push_bind_param::<Array<BigInt>, _>(it),
            Parameter::OptionalBigInts(it) => out.push_bind_param::<Array<Nullable<BigInt>>, _>(it),
            Parameter::Texts(it) => out.push_bind_param::<Array<Text>, _>(it),
            Parameter::OptionalTexts(it) => out.push_bind_param::<Array<Nullable<Text>>, _>(it),
            Parameter::Bytes(it) => out.push_bind_param::<Array<Binary>, _>(it),
            Parameter::OptionalBytes(it) => out.push_bind_param::<Array<Nullable<Binary>>, _>(it),
            Parameter::Bools(it) => out.push_bind_param::<Array<Bool>, _>(it),
            Parameter::Ids(it) => out.push_bind_param::<Array<Id>, _>(it),
            Parameter::OptionalIds(it) => out.push_bind_param::<Array<Nullable<Id>>, _>(it),
            Parameter::OptionalSmallInts(it) => {
                out.push_bind_param::<Array<Nullable<SmallInt>>, _>(it)
            }
            Parameter::BigInt(it) => out.push_bind_param::<BigInt, _>(it),
        }
    }
}

/// How many rows a set has.
pub fn rows_in(parameters: &[Parameter<'_>]) -> usize {
    match parameters {
        [Parameter::SmallInts(buckets), ..] => buckets.len(),
        _ => 0,
    }
}

/// Pushes a text in which each `?` stands for the next parameter.
fn push<'b>(
    text: &'static str,
    parameters: &'b [Parameter<'_>],
    out: &mut AstPass<'_, 'b, Pg>,
) -> QueryResult<()> {
    let mut parameters = parameters.iter();
    for (index, piece) in text.split('?').enumerate() {
        if index > 0
            && let Some(parameter) = parameters.next()
        {
            parameter.bind(out)?;
        }
        out.push_sql(piece);
    }
    Ok(())
}

/// A statement that changes rows, and says how many.
pub struct Change<'a> {
    pub text: &'static str,
    pub parameters: Vec<Parameter<'a>>,
}

impl QueryFragment<Pg> for Change<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        push(self.text, &self.parameters, &mut out)
    }
}

// Statements are told apart by their text.
impl QueryId for Change<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Conn> diesel::RunQueryDsl<Conn> for Change<'_> {}

/// A statement that finds rows: `SELECT`, then the columns of `R`, then the text.
pub struct Find<'a, R: diesel::Selectable<Pg>> {
    columns: R::SelectExpression,
    text: &'static str,
    parameters: Vec<Parameter<'a>>,
}

impl<'a, R: diesel::Selectable<Pg>> Find<'a, R> {
    pub fn new(text: &'static str, parameters: Vec<Parameter<'a>>) -> Find<'a, R> {
        Find {
            columns: R::construct_selection(),
            text,
            parameters,
        }
    }
}

impl<R: diesel::Selectable<Pg>> QueryFragment<Pg> for Find<'_, R>
where
    R::SelectExpression: QueryFragment<Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        self.columns.walk_ast(out.reborrow())?;
        out.push_sql(" ");
        push(self.text, &self.parameters, &mut out)
    }
}

impl<R: diesel::Selectable<Pg>> QueryId for Find<'_, R> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<R: diesel::Selectable<Pg>> Query for Find<'_, R>
where
    R::SelectExpression: Expression,
{
    type SqlType = <R::SelectExpression as Expression>::SqlType;
}

impl<R: diesel::Selectable<Pg>, Conn> diesel::RunQueryDsl<Conn> for Find<'_, R> {}
