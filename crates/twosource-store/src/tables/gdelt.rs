//! The events in the columns of the GDELT 2.0 event table, in their order (GDELT 2.0 Event Database Codebook, version
//! 2.0 of 19 February 2015). What we do not know stays empty: no tone, no Goldstein scale, no ethnic or religious codes.

use super::events::{Side, Told};
use super::sheet::{Cell, Column, Row};
use crate::{Store, StoreError};

pub const GDELT: &[Column] = &[
    Column::integer("GlobalEventID"),
    Column::integer("Day"),
    Column::integer("MonthYear"),
    Column::integer("Year"),
    Column::real("FractionDate"),
    Column::text("Actor1Code"),
    Column::text("Actor1Name"),
    Column::text("Actor1CountryCode"),
    Column::text("Actor1KnownGroupCode"),
    Column::text("Actor1EthnicCode"),
    Column::text("Actor1Religion1Code"),
    Column::text("Actor1Religion2Code"),
    Column::text("Actor1Type1Code"),
    Column::text("Actor1Type2Code"),
    Column::text("Actor1Type3Code"),
    Column::text("Actor2Code"),
    Column::text("Actor2Name"),
    Column::text("Actor2CountryCode"),
    Column::text("Actor2KnownGroupCode"),
    Column::text("Actor2EthnicCode"),
    Column::text("Actor2Religion1Code"),
    Column::text("Actor2Religion2Code"),
    Column::text("Actor2Type1Code"),
    Column::text("Actor2Type2Code"),
    Column::text("Actor2Type3Code"),
    Column::integer("IsRootEvent"),
    Column::text("EventCode"),
    Column::text("EventBaseCode"),
    Column::text("EventRootCode"),
    Column::integer("QuadClass"),
    Column::real("GoldsteinScale"),
    Column::integer("NumMentions"),
    Column::integer("NumSources"),
    Column::integer("NumArticles"),
    Column::real("AvgTone"),
    Column::integer("Actor1Geo_Type"),
    Column::text("Actor1Geo_Fullname"),
    Column::text("Actor1Geo_CountryCode"),
    Column::text("Actor1Geo_ADM1Code"),
    Column::text("Actor1Geo_ADM2Code"),
    Column::real("Actor1Geo_Lat"),
    Column::real("Actor1Geo_Long"),
    Column::text("Actor1Geo_FeatureID"),
    Column::integer("Actor2Geo_Type"),
    Column::text("Actor2Geo_Fullname"),
    Column::text("Actor2Geo_CountryCode"),
    Column::text("Actor2Geo_ADM1Code"),
    Column::text("Actor2Geo_ADM2Code"),
    Column::real("Actor2Geo_Lat"),
    Column::real("Actor2Geo_Long"),
    Column::text("Actor2Geo_FeatureID"),
    Column::integer("ActionGeo_Type"),
    Column::text("ActionGeo_Fullname"),
    Column::text("ActionGeo_CountryCode"),
    Column::text("ActionGeo_ADM1Code"),
    Column::text("ActionGeo_ADM2Code"),
    Column::real("ActionGeo_Lat"),
    Column::real("ActionGeo_Long"),
    Column::text("ActionGeo_FeatureID"),
    Column::integer("DATEADDED"),
    Column::text("SOURCEURL"),
];

impl Store {
    pub(super) fn gdelt_rows(&self, row: Row<'_>) -> Result<(), StoreError> {
        let mut number = 0;
        self.each_event(&mut |told| {
            // GDELT holds what happened: what did not is left out
            if told.negative {
                return Ok(());
            }
            number += 1;
            row(cells(told, number))
        })
    }
}

fn cells(told: &Told, number: i64) -> Vec<Cell> {
    let mut cells = vec![Cell::Integer(number)];
    let day = told.day;
    let part = |of: &dyn Fn(jiff::civil::Date) -> i64| Cell::integer(day.map(of));
    let compact =
        |d: jiff::civil::Date| i64::from(d.year()) * 10_000 + i64::from(d.month()) * 100 + i64::from(d.day());
    cells.push(part(&compact));
    cells.push(part(&|d| compact(d) / 100));
    cells.push(part(&|d| i64::from(d.year())));
    cells.push(day.map_or(Cell::Empty, |d| {
        let share = f64::from(d.day_of_year() - 1) / f64::from(d.days_in_year());
        Cell::Real(((f64::from(d.year()) + share) * 10_000.0).round() / 10_000.0)
    }));
    cells.extend(actor(&told.actor));
    cells.extend(actor(&told.recipient));
    cells.push(Cell::Integer(told.is_first_sentence.into()));
    let code = told.cameo.clone().unwrap_or_default();
    let of_length = |length: usize| Cell::text(code.get(..length.min(code.len())).filter(|c| !c.is_empty()));
    cells.push(Cell::text((!code.is_empty()).then(|| code.clone())));
    cells.push(of_length(3));
    cells.push(of_length(2));
    cells.push(Cell::integer(quad_class(&code)));
    cells.push(Cell::Empty);
    cells.push(Cell::Integer(told.mentions));
    cells.push(Cell::Integer(told.outlets.len() as i64));
    cells.push(Cell::Integer(told.reports.len() as i64));
    cells.push(Cell::Empty);
    cells.extend(std::iter::repeat_n(Cell::Empty, 16));
    match &told.place {
        Some(place) => {
            let country = place.country.is_some();
            cells.push(Cell::Integer(if country { 1 } else { 4 }));
            cells.push(Cell::Text(place.name.clone()));
            cells.push(Cell::text(place.country.clone()));
            cells.push(Cell::Empty);
            cells.push(Cell::Empty);
            cells.push(
                place
                    .coordinates
                    .map_or(Cell::Empty, |c| Cell::Real(f64::from(c.0))),
            );
            cells.push(
                place
                    .coordinates
                    .map_or(Cell::Empty, |c| Cell::Real(f64::from(c.1))),
            );
            cells.push(Cell::Empty);
        }
        None => {
            cells.push(Cell::Integer(0));
            cells.extend(std::iter::repeat_n(Cell::Empty, 7));
        }
    }
    // when the earliest of its reports appeared: there is no clock here
    cells.push(Cell::integer(
        told.published
            .and_then(crate::articles::date_of)
            .map(|d| compact(d) * 1_000_000),
    ));
    cells.push(Cell::Text(
        told.url.clone().unwrap_or_else(|| told.article.clone()),
    ));
    cells
}

/// Code, name, country, and the sector as first type.
fn actor(side: &Side) -> Vec<Cell> {
    let country = side.code.as_ref().filter(|code| code.len() == 3);
    let code: String = [side.code.as_deref(), side.sector.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let mut cells = vec![
        Cell::text((!code.is_empty()).then_some(code)),
        Cell::text(side.name.as_ref().map(|name| name.to_uppercase())),
        Cell::text(country.cloned()),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::text(side.sector.clone()),
    ];
    cells.extend(std::iter::repeat_n(Cell::Empty, 2));
    cells
}

/// Verbal or material, cooperation or conflict, by the root of the CAMEO code.
fn quad_class(code: &str) -> Option<i64> {
    match code.get(..2)?.parse::<u8>().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_one_columns_and_every_row_has_them() {
        assert_eq!(GDELT.len(), 61);
        assert_eq!(actor(&Side::default()).len(), 10);
        assert_eq!(quad_class("190"), Some(4));
        assert_eq!(quad_class("042"), Some(1));
        assert_eq!(quad_class(""), None);
    }
}
