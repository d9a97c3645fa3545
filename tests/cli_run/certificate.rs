//! Fusion certificates: their schema, that true ones hold, and that a tampered one fails with the law named.

use crate::support::Place;
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");
const SCHEMA: &str = include_str!("../../docs/certificate.schema.json");

/// A folder with a program and its certificate.
fn certified(text: &str) -> (Place, Value) {
    let place = Place::new();
    place.file("in.mlir", text);
    let ran = place.run(PROGRAM, "explain in.mlir --format json");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let certificate = serde_json::from_str(&ran.stdout).expect("json");
    (place, certificate)
}

fn causal() -> (Place, Value) {
    certified(include_str!("programs/causal.mlir"))
}

/// Checks a certificate; returns the exit code and what was printed.
fn check(place: &Place, certificate: &Value) -> (Option<i32>, String) {
    place.file("cert.json", certificate.to_string());
    let ran = place.run(PROGRAM, "check cert.json in.mlir");
    (ran.code, ran.stdout + &ran.stderr)
}

/// What is wrong with a value by a schema; nothing when it fits.
fn against(schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let root: Value = serde_json::from_str(SCHEMA).expect("the schema is json");
    let schema = match schema["$ref"].as_str() {
        Some(name) => root["$defs"][name.trim_start_matches("#/$defs/")].clone(),
        None => schema.clone(),
    };
    let mut wrong = vec![];
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("the schema has a type '{other}'"),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind)) {
        wrong.push(format!("{path} is no {kinds:?}"));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        wrong.push(format!("{path} is {value}"));
    }
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                wrong.push(format!("{path} has no {name}"));
            }
        }
        for (name, inner) in object {
            match schema["properties"].get(name) {
                Some(own) => wrong.extend(against(own, inner, &format!("{path}.{name}"))),
                None if schema["additionalProperties"] == false => wrong.push(format!("{path} has a {name}")),
                None => {}
            }
        }
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        wrong.extend(against(&schema["items"], inner, &format!("{path}[{at}]")));
    }
    wrong
}

#[test]
fn certificates_follow_their_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is json");
    for text in [include_str!("programs/causal.mlir"), include_str!("../programs/with_lse_bf16.mlir")] {
        let (_, mut certificate) = certified(text);
        assert_eq!(against(&schema, &certificate, "$"), [""; 0]);
        certificate["functions"][0]["fusions"][0]["states"][0]["combine"] = "product".into();
        assert_eq!(against(&schema, &certificate, "$").len(), 1);
    }
}

#[test]
fn a_true_certificate_holds() {
    let (place, certificate) = causal();
    let (code, text) = check(&place, &certificate);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("results are the source's"), "{text}");
}

#[test]
fn certificates_of_other_kinds_of_programs_hold() {
    let programs = [
        include_str!("../programs/with_lse_bf16.mlir"),
        include_str!("../programs/softmax_one_bf16.mlir"),
        include_str!("../programs/masked_zero_bf16.mlir"),
        include_str!("../programs/sigmoid_attention_bf16.mlir"),
    ];
    for text in programs {
        let (place, certificate) = certified(text);
        let (code, text) = check(&place, &certificate);
        assert_eq!(code, Some(0), "{text}");
        assert!(text.contains(": holds ("), "{text}");
    }
}

/// Changes the certificate of the causal program and expects these words in the failure.
fn tampered(change: impl Fn(&mut Value), law: &str) {
    let (place, mut certificate) = causal();
    let before = certificate.clone();
    change(&mut certificate["functions"][0]["fusions"][0]);
    assert_ne!(before, certificate, "nothing was changed");
    let (code, text) = check(&place, &certificate);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("BROKEN") && text.contains(law), "{text}");
}

#[test]
fn a_changed_factor_is_found() {
    tampered(|fusion| fusion["states"][1]["rescale"] = "1.0".into(), "BROKEN rescale: ");
    tampered(|fusion| fusion["states"][2]["rescale"] = "exp2((x0' - x0) * 0.5)".into(), "BROKEN rescale: ");
}

#[test]
fn a_wrong_identity_is_found() {
    tampered(|fusion| fusion["states"][0]["init"] = "0.0".into(), "max(e, max(x)) starts the running maximum at e");
    tampered(|fusion| fusion["states"][1]["init"] = "1.0".into(), "BROKEN ");
}

#[test]
fn a_missing_law_or_side_condition_is_found() {
    let law = "w(new)/w(old) = exp2(g(new) - g(old)) for w = exp2(x + g)";
    let laws = |fusion: &mut Value| fusion["derivation"]["laws"].as_array_mut().expect("laws").clone();
    tampered(
        |fusion| {
            let kept = laws(fusion).into_iter().filter(|own| own["law"] != law).collect();
            fusion["derivation"]["laws"] = Value::Array(kept);
        },
        law,
    );
    tampered(
        |fusion| {
            let own = fusion["derivation"]["laws"].as_array_mut().expect("laws");
            own.iter_mut().for_each(|own| own["condition"] = "".into());
        },
        law,
    );
}

#[test]
fn an_invented_law_is_found() {
    let law = serde_json::json!({"law": "sum(x*y) = sum(x)*sum(y)", "condition": "always", "at": ""});
    tampered(
        |fusion| fusion["derivation"]["laws"].as_array_mut().expect("laws").push(law.clone()),
        "sum(x*y) = sum(x)*sum(y): no law that is known",
    );
}

#[test]
fn formulas_that_mean_something_else_are_found() {
    let law = "BROKEN the formulas mean what the source computes";
    tampered(|fusion| fusion["results"][0]["formula"] = "x2 / (x1 + x1)".into(), law);
    tampered(
        |fusion| {
            let score = fusion["scores"][0].as_str().expect("a score").replace('>', ">=");
            fusion["scores"][0] = score.into();
        },
        law,
    );
}

#[test]
fn a_combine_that_is_another_is_found() {
    tampered(|fusion| fusion["states"][0]["combine"] = "min".into(), "BROKEN ");
    tampered(|fusion| fusion["states"][0]["combine"] = "mean".into(), "BROKEN monoid");
}

#[test]
fn consumed_operations_must_be_in_the_source() {
    tampered(
        |fusion| fusion["derivation"]["consumed"][0] = "linalg.generic at in.mlir:999:9".into(),
        "consumed operations are the source's",
    );
}

#[test]
fn a_file_that_is_no_certificate_is_an_error() {
    let (place, _) = causal();
    for text in ["", "{}", "[1]", "{\"functions\": [{\"name\": \"other\", \"fusions\": [], \"unfused_ops\": 0}]}"] {
        place.file("cert.json", text);
        let ran = place.run(PROGRAM, "check cert.json in.mlir");
        assert_eq!(ran.code, Some(1), "{text}");
        assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    }
}
