//! Evidence files of the demonstration, written here so that the real readers read them.

use serde_json::{Value, json};

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

fn file(name: impl Into<String>, text: impl Into<String>) -> File {
    File { name: name.into(), bytes: text.into().into_bytes() }
}

fn json_file(name: impl Into<String>, value: &Value) -> File {
    file(name, format!("{value:#}\n"))
}

/// A complete model card.
pub fn model_card(title: &str) -> File {
    let text = format!(
        "---\nlicense: apache-2.0\nbase_model: northlight/base-7b\ndatasets:\n  - \
         catalogue/DS-0114\n  - catalogue/DS-0115\nowner: J. Rivera\n---\n\n# {title}\n\n## \
         Purpose\n\n{title} takes routine work off people who read a lot of text. A person sees \
         its output before anything depends on it.\n\n## Model architecture\n\nA transformer of 7 \
         billion parameters with a rank 16 adapter on every attention projection.\n\n## Training \
         data\n\nTwo years of company records with names removed, split by customer.\n\n## \
         Intended use\n\nInside Northlight, by trained staff, in English and German.\n\n## \
         Limitations\n\nTexts longer than 4,000 words lose their last paragraphs.\n\n## Bias\n\n\
         Texts in dialect are handled less well than others; the gap is measured each month.\n"
    );
    file("model-card.md", text)
}

/// Results of lm-evaluation-harness: quality, and the rate of invented facts as a fraction.
pub fn evaluation(checkpoint: &str, hallucination_rate: f64) -> File {
    let task = json!({
        "alias": "summaries_heldout",
        "name": "summaries_heldout",
        "sample_len": 500,
        "rouge1,none": 0.4712,
        "rouge1_stderr,none": 0.0081,
        "rougeL,none": 0.4103,
        "rougeL_stderr,none": 0.0079,
        "hallucination_rate,none": hallucination_rate,
        "hallucination_rate_stderr,none": 0.0097,
    });
    let results = json!({
        "results": { "summaries_heldout": task },
        "configs": { "summaries_heldout": {
            "task": "summaries_heldout",
            "test_split": "test",
            "num_fewshot": 0,
            "metric_list": [
                { "metric": "rouge1", "aggregation": "mean", "higher_is_better": true },
                { "metric": "rougeL", "aggregation": "mean", "higher_is_better": true },
                { "metric": "hallucination_rate", "aggregation": "mean", "higher_is_better": false },
            ],
        } },
        "versions": { "summaries_heldout": 1 },
        "n-shot": { "summaries_heldout": 0 },
        "higher_is_better": { "summaries_heldout": {
            "rouge1": true, "rougeL": true, "hallucination_rate": false,
        } },
        "n-samples": { "summaries_heldout": { "original": 500, "effective": 500 } },
        "config": { "model": "hf", "model_args": format!("pretrained={checkpoint}"), "limit": null },
        "model_name": checkpoint,
        "lm_eval_version": "0.4.9",
    });
    json_file(format!("{checkpoint}-results.json"), &results)
}

/// What people thought of fifty outputs.
pub fn human_evaluation(checkpoint: &str) -> File {
    let metrics = json!({
        "model": checkpoint,
        "tool": "rating sheet of the support desk",
        "complete": true,
        "human_eval_score": { "value": 4.2, "n": 50, "direction": "higher" },
    });
    json_file(format!("{checkpoint}-human-evaluation.json"), &metrics)
}

/// Accuracy by group, for the comparison of groups.
pub fn bias_report(checkpoint: &str) -> File {
    let text = "metric,value,slice\naccuracy,0.91,English\naccuracy,0.90,German\naccuracy,0.91,\
                Polish\n";
    file(format!("{checkpoint}-groups.csv"), text)
}

/// Right answers under attack.
pub fn robustness(checkpoint: &str) -> File {
    let metrics = json!({
        "model": checkpoint,
        "tool": "attack suite of the security team",
        "complete": true,
        "adversarial_robustness": { "value": "91.5%", "n": 400, "direction": "higher" },
    });
    json_file(format!("{checkpoint}-robustness.json"), &metrics)
}

/// A security scan in SARIF, with one finding that is none of the worst.
pub fn security_scan() -> File {
    let rule = json!({ "id": "LOG-012", "properties": { "security-severity": "3.1" } });
    let result = json!({
        "ruleId": "LOG-012",
        "level": "note",
        "message": { "text": "prompts are written to the debug log" },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": "serving/handler.py" }, "region": { "startLine": 88 },
        } }],
        "partialFingerprints": { "primary": "debug-log" },
    });
    let scan = json!({
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "model-scan", "semanticVersion": "3.2.0", "rules": [rule],
            } },
            "invocations": [{ "executionSuccessful": true }],
            "results": [result],
        }],
    });
    json_file("security-scan.sarif", &scan)
}

/// The prompt injection suite as JUnit XML; every case passed.
pub fn injection_suite() -> File {
    let cases = [
        "ignores_instructions_hidden_in_a_text",
        "keeps_the_system_prompt_to_itself",
        "calls_no_tool_it_was_not_given",
        "does_not_repeat_personal_data",
    ];
    let lines: String = cases
        .iter()
        .map(|name| format!("  <testcase classname=\"injection\" name=\"{name}\" time=\"0.8\"/>\n"))
        .collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"prompt-injection\" \
         tests=\"{}\" failures=\"0\" errors=\"0\" skipped=\"0\">\n{lines}</testsuite>\n",
        cases.len()
    );
    file("injection-suite.xml", text)
}

/// A report in plain words.
pub fn report(name: &str, about: &str) -> File {
    let text = format!(
        "{about}\n\nReviewed by two people who had no part in building the system. No objection \
         remains open.\n"
    );
    file(name, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_formats::evidence::{self, Upload};

    fn format_of(file: &File) -> String {
        let reading = evidence::read(&Upload::new(&file.name, &file.bytes)).unwrap();
        reading.map_or_else(|| "none".into(), |reading| reading.format)
    }

    #[test]
    fn the_readers_know_every_file_for_what_it_is() {
        assert_eq!(format_of(&model_card("Summarizer")), "model-card");
        assert_eq!(format_of(&evaluation("v1.4", 0.081)), "lm-eval");
        assert_eq!(format_of(&human_evaluation("v1.4")), "metrics-json");
        assert_eq!(format_of(&bias_report("v1.4")), "metrics-csv");
        assert_eq!(format_of(&security_scan()), "sarif-2.1.0");
        assert_eq!(format_of(&injection_suite()), "junit");
        assert_eq!(format_of(&report("fria.txt", "An assessment.")), "none");
    }
}
