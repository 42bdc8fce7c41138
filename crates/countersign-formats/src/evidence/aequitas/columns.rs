//! The columns of Aequitas tables, as version 1.1 writes them.

/// What stands behind a rate's name where it is measured by the reference group's.
pub const DISPARITY: &str = "_disparity";
/// What stands behind a rate's name where the reference group is named.
pub const REFERENCE: &str = "_ref_group_value";

/// A rate, and the counts it is made of.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Its column.
    pub column: &'static str,
    /// The counts that are added up above the line.
    pub hits: &'static [&'static str],
    /// The count it is a share of.
    pub of: &'static str,
}

const fn rate(column: &'static str, hits: &'static [&'static str], of: &'static str) -> Rate {
    Rate { column, hits, of }
}

/// Every rate.
pub const RATES: &[Rate] = &[
    rate("accuracy", &["tp", "tn"], "group_size"),
    rate("tpr", &["tp"], "group_label_pos"),
    rate("tnr", &["tn"], "group_label_neg"),
    rate("for", &["fn"], "pn"),
    rate("fdr", &["fp"], "pp"),
    rate("fpr", &["fp"], "group_label_neg"),
    rate("fnr", &["fn"], "group_label_pos"),
    rate("npv", &["tn"], "pn"),
    rate("precision", &["tp"], "pp"),
    rate("ppr", &["pp"], "k"),
    rate("pprev", &["pp"], "group_size"),
    rate("prev", &["group_label_pos"], "group_size"),
];

/// Sums the counts of a row have to give: the parts, and the whole.
pub const SUMS: &[(&[&str], &str)] = &[
    (&["tp", "fp"], "pp"),
    (&["tn", "fn"], "pn"),
    (&["tp", "fn"], "group_label_pos"),
    (&["tn", "fp"], "group_label_neg"),
    (&["tp", "fp", "tn", "fn"], "group_size"),
];

/// The tool's own verdicts.
pub const PARITIES: &[&str] = &[
    "Statistical Parity",
    "Impact Parity",
    "FDR Parity",
    "FPR Parity",
    "FOR Parity",
    "FNR Parity",
    "TPR Parity",
    "TNR Parity",
    "NPV Parity",
    "Precision Parity",
    "TypeI Parity",
    "TypeII Parity",
    "Equalized Odds",
    "Unsupervised Fairness",
    "Supervised Fairness",
];

const NAMES: &[&str] =
    &["", "model_id", "score_threshold", "attribute_name", "attribute_value", "k", "pp", "pn"];
const COUNTS: &[&str] =
    &["fp", "fn", "tn", "tp", "group_label_pos", "group_label_neg", "group_size", "total_entities"];

/// Whether a column is read.
pub fn known(column: &str) -> bool {
    let is_rate = |name: &str| RATES.iter().any(|rate| rate.column == name);
    NAMES.contains(&column)
        || COUNTS.contains(&column)
        || PARITIES.contains(&column)
        || is_rate(column)
        || column.strip_suffix(DISPARITY).is_some_and(is_rate)
        || column.strip_suffix(REFERENCE).is_some_and(is_rate)
}
