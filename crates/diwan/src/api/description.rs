//! The description of the API as JSON (OpenAPI 3.1), with the bodies of every kind in it.

use diwan_record::Kind;
use serde_json::{Map, Value, json};

/// Schemas of bodies are named apart from those of answers.
const PREFIX: &str = "Body";
const SCHEMAS: &str = "#/components/schemas/";

/// Adds to what the answers describe: one name per operation, and what `body` may be.
pub(super) fn complete(description: &utoipa::openapi::OpenApi) -> Option<String> {
    let mut whole = serde_json::to_value(description).ok()?;
    name_operations(whole.get_mut("paths")?.as_object_mut()?);
    let schemas = whole.pointer_mut("/components/schemas")?.as_object_mut()?;
    let kinds = add_kinds(schemas)?;
    schemas.insert(
        PREFIX.to_owned(),
        json!({ "description": "The body of a record, by its kind.", "anyOf": kinds }),
    );
    let any = json!({ "$ref": format!("{SCHEMAS}{PREFIX}") });
    for (shape, may_lack) in [("Write", false), ("Held", true), ("Given", true)] {
        let property = schemas.get_mut(shape)?.pointer_mut("/properties/body")?;
        let told = property.get("description").cloned();
        *property =
            if may_lack { json!({ "oneOf": [any, { "type": "null" }] }) } else { any.clone() };
        if let (Some(told), Some(property)) = (told, property.as_object_mut()) {
            property.insert("description".to_owned(), told);
        }
    }
    Some(serde_json::to_string_pretty(&whole).ok()? + "\n")
}

/// Functions of different resources share names; operations may not.
fn name_operations(paths: &mut Map<String, Value>) {
    for operation in paths.values_mut().filter_map(Value::as_object_mut) {
        for operation in operation.values_mut().filter_map(Value::as_object_mut) {
            let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
            let tag = text(operation.get("tags").and_then(|tags| tags.get(0)));
            let name = text(operation.get("operationId"));
            if let (Some(tag), Some(name)) = (tag, name) {
                operation.insert("operationId".to_owned(), json!(format!("{tag}_{name}")));
            }
        }
    }
}

/// The schema of each kind's body and of what it is made of; answers with references to them.
fn add_kinds(schemas: &mut Map<String, Value>) -> Option<Vec<Value>> {
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let mut schema = serde_json::to_value(kind.schema()?).ok()?;
        let fields = schema.as_object_mut()?;
        fields.remove("$schema");
        let title = fields.remove("title")?.as_str()?.to_owned();
        let parts = fields.remove("$defs").unwrap_or_default();
        for (name, mut part) in parts.as_object().cloned().unwrap_or_default() {
            point_here(&mut part);
            schemas.insert(format!("{PREFIX}{name}"), part);
        }
        point_here(&mut schema);
        schemas.insert(format!("{PREFIX}{title}"), schema);
        kinds.push(json!({ "$ref": format!("{SCHEMAS}{PREFIX}{title}") }));
    }
    Some(kinds)
}

/// References inside a kind's own schema point to the same parts in this description.
fn point_here(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("$ref")
                && let Some(name) = reference.strip_prefix("#/$defs/")
            {
                *reference = format!("{SCHEMAS}{PREFIX}{name}");
            }
            fields.values_mut().for_each(point_here);
        }
        Value::Array(values) => values.iter_mut().for_each(point_here),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            found.push(reference);
        }
        match value {
            Value::Object(fields) => fields.values().for_each(|value| references(value, found)),
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_is_there_and_every_operation_has_its_own_name() {
        let whole: Value = serde_json::from_str(&super::super::openapi()).unwrap();
        let mut found = Vec::new();
        references(&whole, &mut found);
        assert!(found.len() > 100);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(whole.pointer(pointer).is_some(), "{reference}");
        }
        let paths = whole["paths"].as_object().unwrap().values();
        let names = paths.flat_map(|path| path.as_object().unwrap().values());
        let names: Vec<_> = names.map(|one| one["operationId"].as_str().unwrap()).collect();
        let distinct: BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        let tlp = &whole["components"]["schemas"]["Tlp"]["enum"];
        assert_eq!(tlp[3], "AMBER+STRICT");
    }
}
