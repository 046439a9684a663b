//! Rows of GDELT's event table.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    plover,
    table::{Row, Table},
};
use crate::{SourceError, date::digits};

#[rustfmt::skip]
pub(super) const COLUMNS_2: &[&str] = &[
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode",
    "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode",
    "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code", "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
    "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL",
];

#[rustfmt::skip]
pub(super) const COLUMNS_1: &[&str] = &[
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode",
    "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode",
    "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code",
    "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code",
    "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code",
    "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL",
];

/// An event as another program coded it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForeignEvent {
    /// Whose event it is: "gdelt-2.0" or "gdelt-1.0".
    pub dataset: &'static str,
    /// The file that it was read from, as the user named it.
    pub source: String,
    /// The line of the file, from 1.
    pub line: u64,
    /// The row as it stands in the file.
    pub row: String,
    /// The data set's own number (GLOBALEVENTID).
    pub id: u64,
    /// The day on which it is said to have happened.
    pub day: Date,
    /// When the data set took it up: the day alone for version 1.0.
    pub added: Option<String>,
    /// When the data set took it up, where the time is known.
    pub added_at: Option<Timestamp>,
    /// Who did it.
    pub actor: Option<ForeignActor>,
    /// To whom.
    pub recipient: Option<ForeignActor>,
    /// CAMEO code, at its most exact.
    pub code: String,
    /// The code that it is a kind of, as the data set says.
    pub base_code: Option<String>,
    /// The root of the code: "01" to "20".
    pub root_code: String,
    /// PLOVER type; null for what PLOVER drops.
    pub plover_type: Option<&'static str>,
    /// PLOVER mode.
    pub plover_mode: Option<&'static str>,
    /// Verbal or material, cooperation or conflict: 1 to 4.
    pub quad: Option<u8>,
    /// −10 to 10.
    pub goldstein: Option<f64>,
    /// Whether it stands in the lead of its article.
    pub is_root_event: Option<bool>,
    /// How often it was mentioned in the first quarter of an hour.
    pub mentions: Option<u32>,
    /// In how many sources.
    pub sources: Option<u32>,
    /// In how many articles.
    pub articles: Option<u32>,
    /// Average tone of these articles, −100 to 100.
    pub tone: Option<f64>,
    /// Where the actor is placed.
    pub actor_place: Option<ForeignPlace>,
    /// Where the recipient is placed.
    pub recipient_place: Option<ForeignPlace>,
    /// Where it happened.
    pub place: Option<ForeignPlace>,
    /// The first article that told it: an address, or a citation.
    pub article: Option<String>,
    /// Cells that hold what they cannot.
    pub doubts: Vec<String>,
}

/// An actor as GDELT codes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForeignActor {
    /// The whole CAMEO code: "USAGOV".
    pub code: Option<String>,
    /// The name that was found.
    pub name: Option<String>,
    /// CAMEO country code, three letters.
    pub country: Option<String>,
    /// CAMEO code of a known group: "UNO".
    pub group: Option<String>,
    /// CAMEO code of the ethnic group.
    pub ethnic: Option<String>,
    /// CAMEO codes of religions.
    pub religions: Vec<String>,
    /// CAMEO codes of roles, the first first: "GOV".
    pub roles: Vec<String>,
}

/// A place as GDELT gives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForeignPlace {
    /// 1 country, 2 state of the USA, 3 city of the USA, 4 city of the world, 5 province of the world.
    pub kind: u8,
    /// Its name, up to the country.
    pub name: Option<String>,
    /// FIPS 10-4 country code, two letters; not ISO.
    pub country_fips: Option<String>,
    /// FIPS 10-4 code of the province.
    pub province: Option<String>,
    /// Latitude.
    pub latitude: Option<f64>,
    /// Longitude.
    pub longitude: Option<f64>,
    /// GNS or GNIS number, or the country code.
    pub feature: Option<String>,
}

/// The rows of an event table.
pub struct Events(pub(super) Table);

impl Iterator for Events {
    type Item = Result<ForeignEvent, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let dataset = if self.0.columns.len() == COLUMNS_2.len() { "gdelt-2.0" } else { "gdelt-1.0" };
        Some(self.0.next()?.and_then(|row| event(row, dataset)))
    }
}

fn event(mut row: Row, dataset: &'static str) -> Result<ForeignEvent, SourceError> {
    let id = row.cell("GLOBALEVENTID").parse().map_err(|_| row.error("GLOBALEVENTID", "no number"))?;
    let day = day(row.cell("SQLDATE")).ok_or_else(|| row.error("SQLDATE", "no day of the form YYYYMMDD"))?;
    let code = row.cell("EventCode").to_owned();
    let root = code.get(..2).filter(|root| root.parse().is_ok_and(|number: u8| (1..=20).contains(&number)));
    let is_code = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    let Some(root) = root.filter(|_| is_code) else {
        return Err(row.error("EventCode", "no CAMEO code of two to four digits"));
    };
    let root_code = root.to_owned();
    if row.cell("EventRootCode") != root_code {
        let doubt =
            format!("EventRootCode is “{}”, but the code is {code}", row.cell("EventRootCode").chars().take(10).collect::<String>());
        row.doubts.push(doubt);
    }
    let added = row.text("DATEADDED");
    let added_at = added.as_deref().and_then(digits);
    if added.as_deref().is_some_and(|added| added_at.is_none() && self::day(added).is_none()) {
        row.doubts.push("DATEADDED is no date".into());
    }
    let mapped = plover(&code);
    let any = |_: &u32| true;
    Ok(ForeignEvent {
        dataset,
        id,
        day,
        added,
        added_at,
        actor: actor(&row, "Actor1"),
        recipient: actor(&row, "Actor2"),
        base_code: row.text("EventBaseCode"),
        root_code,
        plover_type: mapped.map(|(kind, _)| kind),
        plover_mode: mapped.and_then(|(_, mode)| mode),
        quad: row.value("QuadClass", |quad| (1..=4).contains(quad)),
        goldstein: row.value("GoldsteinScale", |value: &f64| value.abs() <= 10.0),
        is_root_event: row.value("IsRootEvent", |value: &u8| *value <= 1).map(|value| value == 1),
        mentions: row.value("NumMentions", any),
        sources: row.value("NumSources", any),
        articles: row.value("NumArticles", any),
        tone: row.value("AvgTone", |value: &f64| value.abs() <= 100.0),
        actor_place: place(&mut row, "Actor1Geo"),
        recipient_place: place(&mut row, "Actor2Geo"),
        place: place(&mut row, "ActionGeo"),
        article: row.text("SOURCEURL"),
        code,
        doubts: row.doubts,
        source: row.source,
        line: row.line,
        row: row.text,
    })
}

fn actor(row: &Row, which: &str) -> Option<ForeignActor> {
    let text = |name: &str| row.text(&format!("{which}{name}"));
    let all = |names: &[&str]| names.iter().filter_map(|name| text(name)).collect::<Vec<_>>();
    let (code, name) = (text("Code"), text("Name"));
    (code.is_some() || name.is_some()).then(|| ForeignActor {
        code,
        name,
        country: text("CountryCode"),
        group: text("KnownGroupCode"),
        ethnic: text("EthnicCode"),
        religions: all(&["Religion1Code", "Religion2Code"]),
        roles: all(&["Type1Code", "Type2Code", "Type3Code"]),
    })
}

fn place(row: &mut Row, which: &str) -> Option<ForeignPlace> {
    let kind = row.value(&format!("{which}_Type"), |kind: &u8| *kind <= 5).filter(|kind| *kind > 0)?;
    let column = |name: &str| format!("{which}_{name}");
    Some(ForeignPlace {
        kind,
        name: row.text(&column("FullName")),
        country_fips: row.text(&column("CountryCode")),
        province: row.text(&column("ADM1Code")),
        latitude: row.value(&column("Lat"), |value: &f64| value.abs() <= 90.0),
        longitude: row.value(&column("Long"), |value: &f64| value.abs() <= 180.0),
        feature: row.text(&column("FeatureID")),
    })
}

/// "20260113".
pub(super) fn day(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}
