//! The frameworks shipped with the program, and what releases hold for them.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::framework::{ClauseReport, Framework, report};
use countersign_core::name::ReleaseId;
use countersign_store::ReleaseQuery;
use jiff::civil::Date;
use std::sync::LazyLock;

const SHIPPED: [&str; 3] = [
    include_str!("../../../../catalog/frameworks/eu-ai-act.yaml"),
    include_str!("../../../../catalog/frameworks/iso-42001.yaml"),
    include_str!("../../../../catalog/frameworks/nist-ai-rmf.yaml"),
];

/// The states whose releases run, or may run, in an environment.
const RUNNING: [&str; 3] = ["approved", "deployed", "confirmed"];

/// The most releases one report is made over.
pub const MOST: u32 = 500;

/// The frameworks shipped with the program.
pub fn frameworks() -> &'static [Framework] {
    static FRAMEWORKS: LazyLock<Vec<Framework>> = LazyLock::new(|| {
        let parsed = SHIPPED.iter().map(|text| countersign_formats::framework::parse(text));
        parsed.filter_map(Result::ok).collect()
    });
    &FRAMEWORKS
}

/// The framework with this name.
pub fn framework(name: &str) -> Result<&'static Framework, Failure> {
    let mut all = frameworks().iter();
    all.find(|one| one.name == name).ok_or_else(|| Failure::not_found("framework", name))
}

/// What one release holds.
pub struct Holding {
    /// The release.
    pub release: ReleaseId,
    /// Its title.
    pub title: String,
    /// Clause by clause.
    pub clauses: Vec<ClauseReport<'static>>,
}

impl App {
    /// What this release holds for the framework.
    pub async fn holding(
        &self,
        framework: &'static Framework,
        release: &ReleaseId,
    ) -> Result<Holding, Failure> {
        let (view, today) = (self.view(release).await?, self.today().await?);
        let state = &view.release.state;
        let gate = view.plan.as_ref().zip(view.report.as_ref());
        let title = state.request.as_ref().map(|it| it.title.clone()).unwrap_or_default();
        let clauses = report(framework, state, gate, today);
        Ok(Holding { release: release.clone(), title, clauses })
    }

    /// What each release that runs, or may run, holds: the newest requests first, and whether
    /// there are more than [`MOST`].
    pub async fn holdings(
        &self,
        framework: &'static Framework,
    ) -> Result<(Vec<Holding>, bool), Failure> {
        let (mut all, mut more) = (Vec::new(), false);
        for state in RUNNING {
            let state = Some(state.to_owned());
            let query = ReleaseQuery { state, limit: MOST, ..ReleaseQuery::default() };
            let page = self.store.releases(&query).await.doing("list releases")?;
            more |= page.next.is_some();
            for row in page.items {
                all.push(self.holding(framework, &row.release).await?);
            }
        }
        Ok((all, more))
    }

    /// Today on the organisation's calendar.
    pub async fn today(&self) -> Result<Date, Failure> {
        Ok(self.today_for(&self.register().await?.state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_core::framework::Record;

    ///
    #[test]
    fn every_shipped_framework_is_read_and_names_items_of_the_default_policy() {
        assert_eq!(frameworks().len(), SHIPPED.len());
        let policy = include_str!("../../../../catalog/policies/model-release.policy");
        let policy = countersign_formats::policy::parse(policy).policy.unwrap();
        for framework in frameworks() {
            for record in framework.clauses.iter().flat_map(|clause| &clause.records) {
                let Record::Item(item) = record else { continue };
                assert!(policy.items.iter().any(|one| one.name == *item), "{item}");
            }
        }
    }

    ///
    #[test]
    fn what_the_policy_cites_stands_beside_the_published_number() {
        let cited = |name: &str, words: &str| {
            let clauses = framework(name).unwrap().clauses.iter();
            let mut found = clauses
                .filter(|clause| clause.cited.as_ref().is_some_and(|cited| cited.contains(words)));
            found.next().map(|clause| clause.id.as_str())
        };
        for (article, id) in [("Article 9", "Article 9"), ("Article 43", "Article 43")] {
            assert_eq!(cited("eu-ai-act", article), Some(id));
        }
        assert_eq!(cited("iso-42001", "8.2"), Some("A.6.2.2"));
        assert_eq!(cited("iso-42001", "8.4"), Some("A.6.2.4"));
        assert_eq!(cited("nist-ai-rmf", "MG-2"), Some("MANAGE 1.1"));
        assert_eq!(cited("nist-ai-rmf", "MG-3"), Some("MANAGE 4.1"));
    }
}
