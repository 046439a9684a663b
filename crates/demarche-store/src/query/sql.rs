//! Views and filters → SQL with bound values.
//!
//! The planner is not asked which index to use: it knows nothing of how many events a state has, and takes a day of
//! publication for rare. `INDEXED BY` names the index, `CROSS JOIN` fixes the order of tables, and [`events`] chooses the table to begin with, always one that is sorted by day.

use rusqlite::types::Value;

use super::{Filter, View, Who};
use crate::{words::folded, write::time};

/// A statement in the making.
#[derive(Default)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// Binds a value and gives its name in the statement.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    pub(crate) fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }

    /// Only readings `r` that belong to the view: current then, published by then, and not of an older version of a page
    /// whose newer version is in the view, too.
    pub(crate) fn in_view(&mut self, view: &View, r: &str) {
        self.readings(view, r);
        self.text.push_str(&format!(
            " AND ({r}.address IS NULL OR NOT EXISTS (SELECT 1 FROM reading newer INDEXED BY reading_at_address WHERE newer.address = {r}.address AND newer.document > {r}.document"
        ));
        self.readings(view, "newer");
        self.text.push_str("))");
    }

    /// Only readings `r` that were current in the view, whether or not a newer version of their page is.
    pub(crate) fn readings(&mut self, view: &View, r: &str) {
        match view.known_at {
            None => self.and(&format!("{r}.superseded IS NULL")),
            Some(moment) => {
                let moment = self.bind(time(moment));
                self.and(&format!("{r}.made <= {moment} AND ({r}.superseded IS NULL OR {r}.superseded > {moment})"));
            }
        }
        if let Some(day) = view.published_by {
            let day = self.bind(day.to_string());
            self.and(&format!("{r}.published <= {day}"));
        }
    }

    /// Only readings `r` of that publisher.
    pub(crate) fn publisher(&mut self, filter: &Filter, r: &str) {
        if let Some(words) = &filter.publisher {
            let pattern = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let pattern = self.bind(format!("%{pattern}%"));
            self.and(&format!("{r}.publisher LIKE {pattern} ESCAPE '\\'"));
        }
    }

    /// Only days in the filter's range.
    pub(crate) fn days(&mut self, filter: &Filter, column: &str) {
        if let Some(since) = filter.since {
            let since = self.bind(since.to_string());
            self.and(&format!("{column} >= {since}"));
        }
        if let Some(until) = filter.until {
            let until = self.bind(until.to_string());
            // What has no day was at no time.
            self.and(&format!("{column} <= {until} AND {column} > ''"));
        }
    }

    /// Only events `e` of the filter's acts and statuses. What a person rejected is shown to those only who ask for it.
    pub(crate) fn kinds(&mut self, filter: &Filter) {
        self.one_of("e.act", &filter.acts);
        match filter.statuses.is_empty() {
            true => self.and("e.status <> 'rejected'"),
            false => self.one_of("e.status", &filter.statuses),
        }
    }

    fn one_of(&mut self, column: &str, names: &[&'static str]) {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| self.bind((*name).to_owned())).collect();
            self.and(&format!("{column} IN ({})", names.join(", ")));
        }
    }

    /// Only events `e` in which somebody has a part.
    pub(crate) fn who(&mut self, who: &Who) {
        match who {
            Who::Code(code) => {
                let code = self.bind(code.clone());
                self.and(&format!(
                    "EXISTS (SELECT 1 FROM dyad z WHERE z.a = {code} AND z.b = '' AND z.sorted = e.sorted AND z.event = e.id)"
                ));
            }
            Who::Name(name) => {
                let like = self.name(name);
                self.and(&format!("EXISTS (SELECT 1 FROM party p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND {like})"));
            }
        }
    }

    /// That actor `a`'s name has all words of `name`.
    fn name(&mut self, name: &str) -> String {
        let words: Vec<String> = folded(name).split_whitespace().map(|word| format!("% {word} %")).collect();
        let words: Vec<String> = words.into_iter().map(|word| format!("a.folded LIKE {}", self.bind(word))).collect();
        if words.is_empty() { "0".to_owned() } else { words.join(" AND ") }
    }
}

/// Which events to look through.
enum Base<'f> {
    /// Those of two codes, written out in pairs; or those with too many codes for that.
    Pair(&'f str, &'f str, &'static str),
    Code(&'f str),
    Name(&'f str),
    Act,
    Status,
    Day,
}

/// `SELECT columns` of the events of a view that fit a filter, the newest first. Joined are: event `e`, reading `r`,
/// document `d`; `?1` is the view's second clock. Where a pair is asked for there are two statements, of which the second is of events with many codes.
pub(crate) fn events(columns: &str, view: &View, filter: &Filter) -> Vec<Sql> {
    let mut codes: Vec<&str> =
        filter.who.iter().filter_map(|who| if let Who::Code(code) = who { Some(code.as_str()) } else { None }).collect();
    codes.sort_unstable();
    codes.dedup();
    let name = filter.who.iter().find_map(|who| if let Who::Name(name) = who { Some(name.as_str()) } else { None });
    match (codes.as_slice(), name) {
        ([a, b, ..], _) => ["pair", "*"].map(|kind| statement(Base::Pair(a, b, kind), columns, view, filter)).into(),
        (_, Some(name)) => vec![statement(Base::Name(name), columns, view, filter)],
        ([code], None) => vec![statement(Base::Code(code), columns, view, filter)],
        ([], None) if filter.acts.len() == 1 => vec![statement(Base::Act, columns, view, filter)],
        ([], None) if filter.statuses.len() == 1 => vec![statement(Base::Status, columns, view, filter)],
        ([], None) => vec![statement(Base::Day, columns, view, filter)],
    }
}

fn statement(base: Base<'_>, columns: &str, view: &View, filter: &Filter) -> Sql {
    const REST: &str = "CROSS JOIN reading r ON r.id = e.reading CROSS JOIN document d ON d.id = r.document WHERE 1";
    let known = view.known_at.map_or(Value::Null, |moment| Value::Text(time(moment)));
    let mut sql = Sql { text: format!("SELECT {columns} FROM "), values: vec![known] };
    let mut sorted = "e.sorted";
    // Conditions that the base meets by itself.
    let mut met: Vec<Who> = Vec::new();
    match base {
        Base::Pair(a, b, kind) => {
            let (first, second) = (sql.bind(a.to_owned()), sql.bind(b.to_owned()));
            sql.text.push_str(&format!("dyad y CROSS JOIN event e ON e.id = y.event {REST} AND y.a = {first} "));
            match kind {
                "*" => sql.and(&format!(
                    "y.b = '*' AND EXISTS (SELECT 1 FROM dyad z WHERE z.a = {second} AND z.b = '*' AND z.sorted = y.sorted AND z.event = y.event)"
                )),
                _ => sql.and(&format!("y.b = {second}")),
            }
            sorted = "y.sorted";
            met = vec![Who::Code(a.to_owned()), Who::Code(b.to_owned())];
        }
        Base::Code(code) => {
            let bound = sql.bind(code.to_owned());
            sql.text.push_str(&format!("dyad y CROSS JOIN event e ON e.id = y.event {REST} AND y.a = {bound} AND y.b = ''"));
            sorted = "y.sorted";
            met = vec![Who::Code(code.to_owned())];
        }
        Base::Name(name) => {
            let like = sql.name(name);
            sql.text.push_str(&format!(
                "(SELECT DISTINCT p.event FROM actor a CROSS JOIN party p ON p.actor = a.id WHERE {like}) named
                 CROSS JOIN event e ON e.id = named.event {REST}"
            ));
            met = vec![Who::Name(name.to_owned())];
        }
        Base::Act => sql.text.push_str(&format!("event e INDEXED BY event_by_act {REST}")),
        Base::Status => sql.text.push_str(&format!("event e INDEXED BY event_by_status {REST}")),
        Base::Day => sql.text.push_str(&format!("event e INDEXED BY event_by_day {REST}")),
    }
    for who in filter.who.iter().filter(|who| !met.contains(who)) {
        sql.who(who);
    }
    sql.days(filter, sorted);
    sql.kinds(filter);
    sql.publisher(filter, "r");
    sql.in_view(view, "r");
    sql.text.push_str(&format!(" ORDER BY {sorted} DESC, d.hash, e.n"));
    if let Some(limit) = filter.limit {
        let limit = sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        sql.text.push_str(&format!(" LIMIT {limit}"));
    }
    sql
}
