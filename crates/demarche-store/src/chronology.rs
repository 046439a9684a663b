//! The encounters of a view, as reports for [`Timeline::of`](demarche::timeline::Timeline::of).

use demarche::{mention::Code, timeline::Report};
use rusqlite::types::Value;

use crate::{
    error::{Error, Result},
    list::cited_columns,
    query::{Filter, View, sql::Sql},
    store::Store,
    write::time,
};

impl Store {
    /// What the documents of a view report of encounters, in an order that does not depend on when they were learnt; with
    /// `pair`, only of encounters that both took part in. Of the filter, days are those of publication.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reports(&self, view: &View, filter: &Filter, pair: Option<(Code, Code)>) -> Result<Vec<Report>> {
        let mut sql = Sql::default();
        let known = sql.bind(view.known_at.map_or(Value::Null, |moment| Value::Text(time(moment))));
        sql.text = format!("SELECT r.id, {} FROM reading r CROSS JOIN document d ON d.id = r.document WHERE 1", cited_columns(&known));
        if let Some((a, b)) = pair {
            let (a, b) = (sql.bind(format!("% {} %", a.as_str())), sql.bind(format!("% {} %", b.as_str())));
            let parties = "' ' || n.parties || ' '";
            sql.and(&format!("EXISTS (SELECT 1 FROM encounter n WHERE n.reading = r.id AND {parties} LIKE {a} AND {parties} LIKE {b})"));
        } else {
            sql.and("EXISTS (SELECT 1 FROM encounter n WHERE n.reading = r.id)");
        }
        sql.publisher(filter, "r");
        sql.days(filter, "r.published");
        sql.in_view(view, "r");
        sql.text.push_str(" ORDER BY d.hash");
        let mut query = self.sql.prepare_cached(&sql.text).map_err(|error| self.fail(error))?;
        let mut rows = query.query(rusqlite::params_from_iter(&sql.values)).map_err(|error| self.fail(error))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            let reading = row.get(0).map_err(|error| self.fail(error))?;
            let (_, cited) = crate::list::cited(row, 1).map_err(|error| self.fail(error))?;
            let reports: std::result::Result<Vec<Report>, _> = serde_json::from_str(&self.kept_json("reports", reading)?);
            let reports =
                reports.map_err(|error| Error::data(self.path(), format!("the encounters of {} cannot be read: {error}", cited.id)))?;
            for mut report in reports {
                // A reading knows its document by its hash; people know it by where it was met.
                report.document.source.clone_from(&cited.source);
                for quote in report.agreed.iter_mut().chain(&mut report.urged) {
                    quote.source.clone_from(&cited.source);
                }
                all.push(report);
            }
        }
        Ok(all)
    }
}
