//! Bills of materials and descriptions of data sets that others wrote; see
//! [`readers_shared`](crate::readers_shared).

use crate::readers_shared::{fact, one, outcome, refused, sample, value, warned};
use countersign_core::reading::{Completeness, Outcome, Place, Unit};

#[test]
fn a_bill_that_satisfies_its_schema_and_says_nothing_fails_every_check_of_content() {
    for version in ["1.6", "1.7"] {
        let Some(read) = sample(&format!("cyclonedx/ml-{version}.json")) else { return };
        assert_eq!(fact(&read, "specVersion"), [version]);
        assert_eq!(fact(&read, "model"), ["CompVis/stable-diffusion 1.4"]);
        assert_eq!(read.claimed_subject.as_deref(), Some("CompVis/stable-diffusion 1.4"));
        for key in [
            "ethicalConsiderations",
            "fairnessAssessments",
            "performanceTradeoffs",
            "technicalLimitations",
            "useCases",
            "users",
        ] {
            assert!(!fact(&read, key).is_empty(), "{key}");
        }
        let [metric] = read.measurements.as_slice() else { panic!("{:?}", read.measurements) };
        assert_eq!(
            (metric.metric.as_str(), metric.value),
            ("The type of performance metric", None)
        );
        for check in ["performance", "license", "hashes", "no_placeholders"] {
            assert_eq!(outcome(&read, &format!("ml_bom.{check}")), Outcome::Fail, "{check}");
        }
        assert!(warned(&read, "`task goes here`"));
        let shown = serde_json::to_string(&read).unwrap();
        assert!(shown.len() < 20_000, "the picture inside is carried along");
    }
}

#[test]
fn energy_and_carbon_are_measured_by_activity() {
    let Some(read) = sample("cyclonedx/mlenv-1.7.json") else { return };
    let model = "meta-llama/Llama-2-7b";
    assert_eq!(value(&read, model, "training_energy_kwh"), "0.4");
    assert_eq!(value(&read, model, "training_co2_tco2eq"), "31.22");
    assert_eq!(value(&read, model, "training_co2_offset_tco2eq"), "31.22");
    assert_eq!(
        fact(&read, "reference distribution"),
        ["https://huggingface.co/meta-llama/Llama-2-7b"]
    );
}

#[test]
fn an_attestation_gives_scores_by_requirement_and_its_counter_claims_are_seen() {
    let Some(read) = sample("cyclonedx/att-1.7.json") else { return };
    let conformance = one(&read, "requirement-1", "conformance");
    assert_eq!(conformance.value.unwrap().to_string(), "0.8");
    assert_eq!(conformance.unit, Unit::Fraction);
    assert_eq!(value(&read, "requirement-1", "confidence"), "1");
    assert_eq!(fact(&read, "assessor"), ["Assessors Inc (third party)"]);
    assert_eq!(fact(&read, "requirement-1 claims"), ["claim-1"]);
    assert_eq!(fact(&read, "requirement-1 counterClaims"), ["counterClaim-1"]);
    assert_eq!(fact(&read, "signatory"), ["Tom, CEO", "Jerry, COO"]);
    assert!(warned(&read, "claims speak against `requirement-1`"));
    assert!(warned(&read, "not checked"));
}

#[test]
fn a_component_without_a_type_is_refused_with_its_place() {
    let Some(fault) = refused("cyclonedx/invalid-missing-component-type-1.7.json") else { return };
    assert_eq!(fault.place, Place::Pointer("/components/0/type".into()));
}

#[test]
fn numbers_of_spdx_are_strings_and_a_string_may_hold_a_list() {
    let Some(htr) = sample("spdx3/ai-example01-simplehtr.spdx3.json") else { return };
    assert_eq!(fact(&htr, "model"), ["word-model", "line-model"]);
    assert_eq!(fact(&htr, "word-model autonomyType"), ["no"]);
    assert_eq!(fact(&htr, "word-model safetyRiskAssessment"), ["low"]);
    assert_eq!(fact(&htr, "word-model license"), ["MIT"]);
    assert_eq!(fact(&htr, "word-model datasets"), ["IAMdataset"]);
    assert_eq!(fact(&htr, "dataset"), ["IAMdataset"]);
    assert_eq!(fact(&htr, "IAMdataset datasetAvailability"), ["registration"]);
    assert_eq!(one(&htr, "word-model", "charErrorRates").value, None);
    assert!(warned(&htr, "its value is a list"));
    assert_eq!(htr.generated_at.as_deref(), Some("2024-05-09T13:50:30Z"));
    assert_eq!(fact(&htr, "context"), ["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"]);

    let sentiment = sample("spdx3/ai-example02-sentiment.spdx3.json").unwrap();
    let model = "Sentiment Demo: A Simple AI Application and its AI BOM Example";
    for (metric, wanted) in [
        ("precision", "0.4625"),
        ("recall", "0.475"),
        ("f1", "0.4669192"),
        ("training_energy_kwh", "0.0048269"),
    ] {
        assert_eq!(value(&sentiment, model, metric), wanted);
    }
    assert_eq!(fact(&sentiment, "autonomyType"), ["yes"]);
    assert_eq!(fact(&sentiment, "useSensitivePersonalInformation"), ["no"]);
    assert_eq!(fact(&sentiment, "license"), ["CC0-1.0"]);
    assert_eq!(outcome(&sentiment, "spdx_ai.license"), Outcome::Pass);
    assert_eq!(outcome(&sentiment, "spdx_ai.hashes"), Outcome::Fail);
}

#[test]
fn descriptions_of_data_sets_are_read_with_what_they_leave_out() {
    let Some(dices) = sample("croissant/1.0_dices-350.json") else { return };
    assert_eq!(dices.claimed_subject.as_deref(), Some("DICES-350_dataset"));
    assert_eq!(
        (fact(&dices, "conformsTo"), fact(&dices, "license")),
        (vec!["1.0"], vec!["cc-by-sa-4.0"])
    );
    assert_eq!((fact(&dices, "distribution"), fact(&dices, "recordSet")), (vec!["2"], vec!["1"]));
    for key in [
        "dataBiases",
        "dataCollection",
        "dataCollectionType",
        "dataCollectionRawData",
        "annotatorDemographics",
        "dataAnnotationProtocol",
        "dataAnnotationPlatform",
        "dataAnnotationAnalysis",
    ] {
        assert_eq!(fact(&dices, &format!("rai:{key}")).len(), 1, "{key}");
    }
    let titanic = sample("croissant/1.0_titanic.json").unwrap();
    assert_eq!(fact(&titanic, "license"), ["afl-3.0"]);
    assert_eq!(
        (fact(&titanic, "distribution"), fact(&titanic, "recordSet")),
        (vec!["3"], vec!["3"])
    );
    assert!(warned(&titanic, "`creator` is recommended"));
    assert!(warned(&titanic, "`datePublished` is recommended"));
    let squad = sample("croissant/1.1_huggingface-squad_v2.json").unwrap();
    assert_eq!(fact(&squad, "conformsTo"), ["1.1"]);
    assert!(fact(&squad, "license")[0].contains("cc-by-sa-4.0"));
    assert!(warned(&squad, "`version` is recommended"));
    assert_eq!(fact(&squad, "split"), ["train", "validation"]);
    assert_eq!(outcome(&squad, "croissant.hashes"), Outcome::Fail, "an address is no digest");
    let head = sample("croissant/1.1_zenodo-head-mri.json").unwrap();
    assert!(fact(&head, "license")[0].contains("mit"));
    assert_eq!((fact(&head, "distribution"), fact(&head, "recordSet")), (vec!["3"], vec!["1"]));
    assert!(warned(&head, "no `rai:personalSensitiveInformation`"));
    for read in [dices, titanic, squad, head] {
        assert_eq!(read.completeness, Completeness::Whole);
        assert_eq!(outcome(&read, "croissant.valid"), Outcome::Pass, "{:?}", read.warnings);
        assert_eq!(outcome(&read, "croissant.license"), Outcome::Pass);
    }
}

#[test]
fn a_description_that_its_validator_refuses_fails_its_check() {
    let Some(read) = sample("croissant/invalid_missing_contentUrl.json") else { return };
    let valid = read.checks.iter().find(|it| it.name == "croissant.valid").unwrap();
    assert_eq!(valid.outcome, Outcome::Fail);
    assert_eq!(valid.detail, "the file `a-csv-table` has no `contentUrl`");
    assert_eq!(valid.place, Place::Pointer("/distribution/0/contentUrl".into()));
}
