//! A small checker for the part of JSON Schema that the published schema uses; it fails on any keyword it does not know.

use serde_json::Value;

/// The places of `value` that `schema` does not allow.
pub fn faults(root: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(root, root, value, "", &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
    let Value::Object(keywords) = schema else {
        return if *schema == Value::Bool(false) {
            faults.push(format!("{place}: nothing is allowed here"))
        };
    };
    for (keyword, rule) in keywords {
        let fits = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
            "$ref" => {
                let name = rule
                    .as_str()
                    .and_then(|r| r.strip_prefix("#/$defs/"))
                    .expect("a local reference");
                check(root, &root["$defs"][name], value, place, faults);
                true
            }
            "type" => types(rule).iter().any(|name| is_type(name, value)),
            "enum" => rule.as_array().expect("a list").contains(value),
            "const" => rule == value,
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= rule.as_f64().expect("a number")),
            "maximum" => value
                .as_f64()
                .is_none_or(|number| number <= rule.as_f64().expect("a number")),
            "minItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 >= rule.as_u64().expect("a number")),
            "maxItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 <= rule.as_u64().expect("a number")),
            "required" => rule.as_array().expect("a list").iter().all(|key| {
                value
                    .as_object()
                    .is_none_or(|object| object.contains_key(key.as_str().expect("a key")))
            }),
            "properties" => {
                for (key, schema) in rule.as_object().expect("an object") {
                    if let Some(inner) = value.get(key) {
                        check(root, schema, inner, &format!("{place}/{key}"), faults);
                    }
                }
                // a field that the schema does not name is a field that it forgot
                let named = |key: &String| rule.get(key).is_some();
                value.as_object().is_none_or(|object| object.keys().all(named))
            }
            "prefixItems" => {
                for (at, schema) in rule.as_array().expect("a list").iter().enumerate() {
                    if let Some(inner) = value.get(at) {
                        check(root, schema, inner, &format!("{place}/{at}"), faults);
                    }
                }
                true
            }
            "items" => {
                for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, inner, &format!("{place}/{at}"), faults);
                }
                true
            }
            "anyOf" | "oneOf" => rule.as_array().expect("a list").iter().any(|choice| {
                let mut inner = Vec::new();
                check(root, choice, value, place, &mut inner);
                inner.is_empty()
            }),
            other => panic!("the checker does not know the keyword {other:?} at {place:?}"),
        };
        if !fits {
            faults.push(format!("{place}: {keyword}"));
        }
    }
}

fn types(rule: &Value) -> Vec<&str> {
    match rule {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

fn is_type(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type {other:?}"),
    }
}
