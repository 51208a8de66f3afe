//! From a contract's text to [`Contract`]. What cannot be understood is an error that says where; nothing is skipped
//! silently, for a judge that overlooks a rule is worse than none.

use http::Method;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

use super::{AnswerRule, Auth, AuthPlace, Body, Contract, Operation, Parameter, Role, template::Template, token};
use crate::Vendor;

/// A contract that the sandbox cannot judge by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the contract of {vendor} cannot be used: at {pointer:?}: {what}")]
pub struct ContractError {
    vendor: Vendor,
    pointer: String,
    what: String,
}

type Result<T, E = ContractError> = std::result::Result<T, E>;

impl Contract {
    /// Reads an OpenAPI 3.1 document in the canonical form that `regen` writes.
    pub(crate) fn read(vendor: Vendor, text: &str) -> Result<Self> {
        let document: Value = serde_json::from_str(text).map_err(|error| ContractError {
            vendor,
            pointer: String::new(),
            what: format!("it is not JSON: {error}"),
        })?;
        Reader { vendor, document: &document }.contract()
    }
}

struct Reader<'a> {
    vendor: Vendor,
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn error(&self, pointer: &str, what: impl Into<String>) -> ContractError {
        ContractError { vendor: self.vendor, pointer: pointer.to_owned(), what: what.into() }
    }

    fn contract(&self) -> Result<Contract> {
        let mut operations = Vec::new();
        for (path, pointer, item) in self.members("/paths")? {
            let shared = item.get("parameters").map(|_| format!("{pointer}/parameters"));
            for method in
                [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH, Method::HEAD, Method::OPTIONS]
            {
                let key = method.as_str().to_ascii_lowercase();
                // What has no role has nothing to do with jobs, and is not played: an upload, a list of models.
                if item.get(&key).is_some_and(|operation| operation.get("x-role").is_some()) {
                    let pointer = format!("{pointer}/{key}");
                    operations.push(self.operation(path, method, &pointer, shared.as_deref())?);
                }
            }
        }
        for role in [Role::Submit, Role::Poll] {
            if !operations.iter().any(|operation| operation.role == role) {
                return Err(self.error("/paths", format!("no operation has the role of {role:?}")));
            }
        }
        Ok(Contract { base_path: self.base_path()?, auth: self.auth()?, operations })
    }

    fn base_path(&self) -> Result<String> {
        let pointer = "/servers/0/url";
        let url = self.text(pointer)?;
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
            None => url,
        };
        let path = path.trim_end_matches('/');
        if path.is_empty() || path.starts_with('/') {
            Ok(path.to_owned())
        } else {
            Err(self.error(pointer, format!("{url:?} is neither a URL nor a path")))
        }
    }

    fn auth(&self) -> Result<Auth> {
        let pointer = "/components/securitySchemes/key/x-auth";
        let place = match self.text(&format!("{pointer}/in"))? {
            "header" => AuthPlace::Header,
            "query" => AuthPlace::Query,
            "body" => AuthPlace::Body,
            odd => {
                return Err(self.error(&format!("{pointer}/in"), format!("{odd:?} is no place")));
            }
        };
        let name = self.text(&format!("{pointer}/name"))?.to_owned();
        if name.is_empty() {
            return Err(self.error(&format!("{pointer}/name"), "the key has no name"));
        }
        let prefix = self.document.pointer(&format!("{pointer}/prefix")).and_then(Value::as_str).unwrap_or_default();
        Ok(Auth { place, name, prefix: prefix.trim_end().to_owned() })
    }

    fn operation(&self, path: &str, method: Method, pointer: &str, shared: Option<&str>) -> Result<Operation> {
        let role = match self.text(&format!("{pointer}/x-role"))? {
            "submit" => Role::Submit,
            "poll" => Role::Poll,
            "fetch" => Role::Fetch,
            "cancel" => Role::Cancel,
            odd => {
                return Err(self.error(&format!("{pointer}/x-role"), format!("{odd:?} is no role")));
            }
        };
        let mut operation = Operation {
            name: self.text(&format!("{pointer}/operationId"))?.into(),
            role,
            method,
            template: Template::new(path),
            limits_prompt: false,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            answers: Vec::new(),
        };
        let own = format!("{pointer}/parameters");
        for list in shared.into_iter().chain([own.as_str()]) {
            self.parameters(list, &mut operation)?;
        }
        let body = format!("{pointer}/requestBody");
        if self.document.pointer(&body).is_some() {
            let body = self.resolve(&body)?;
            operation.limits_prompt = self.limits_prompt(&body);
            operation.body = Some(self.body(&body)?);
        }
        let answers = format!("{pointer}/responses");
        for (status, at, _) in self.members(&answers)? {
            let at = self.resolve(&at)?;
            operation.answers.push(AnswerRule {
                status: status.to_owned(),
                schema: self
                    .media(&at)?
                    .into_iter()
                    .find(|(media, _)| media == "application/json")
                    .map(|(_, schema)| schema),
            });
        }
        Ok(operation)
    }

    fn parameters(&self, list: &str, operation: &mut Operation) -> Result<()> {
        let Some(Value::Array(items)) = self.document.pointer(list) else {
            return Ok(());
        };
        for index in 0..items.len() {
            let at = self.resolve(&format!("{list}/{index}"))?;
            let name = self.text(&format!("{at}/name"))?.to_owned();
            let place = self.text(&format!("{at}/in"))?;
            let target = match place {
                "path" => &mut operation.path,
                "query" => &mut operation.query,
                "header" => &mut operation.headers,
                odd => {
                    return Err(self.error(&format!("{at}/in"), format!("the sandbox has no parameters in {odd:?}")));
                }
            };
            target.retain(|known| known.name != name);
            target.push(Parameter {
                name,
                required: self.flag(&format!("{at}/required")),
                schema: self.validator(&format!("{at}/schema"))?,
            });
        }
        Ok(())
    }

    fn body(&self, pointer: &str) -> Result<Body> {
        Ok(Body { required: self.flag(&format!("{pointer}/required")), media: self.media(pointer)? })
    }

    /// The media types of a body or answer, each with its validator.
    fn media(&self, pointer: &str) -> Result<Vec<(String, Validator)>> {
        let content = format!("{pointer}/content");
        if self.document.pointer(&content).is_none() {
            return Ok(Vec::new());
        }
        self.members(&content)?
            .into_iter()
            .filter(|(_, _, media)| media.get("schema").is_some())
            .map(|(media, at, _)| Ok((media.to_ascii_lowercase(), self.validator(&format!("{at}/schema"))?)))
            .collect()
    }

    fn limits_prompt(&self, body: &str) -> bool {
        let schema = format!("{body}/content/application~1json/schema");
        self.resolve(&schema)
            .and_then(|schema| self.resolve(&format!("{schema}/properties/prompt")))
            .is_ok_and(|prompt| self.document.pointer(&format!("{prompt}/maxLength")).is_some())
    }

    /// A validator for the schema at a pointer: the whole document as root, so that every `$ref` in it resolves.
    fn validator(&self, pointer: &str) -> Result<Validator> {
        if self.document.pointer(pointer).is_none() {
            return Err(self.error(pointer, "there is no schema"));
        }
        let Value::Object(document) = self.document else {
            return Err(self.error("", "it is not an object"));
        };
        let mut root: Map<String, Value> = document.clone();
        root.insert("$ref".to_owned(), Value::from(format!("#{}", escaped(pointer))));
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .offline()
            .build(&Value::Object(root))
            .map_err(|error| self.error(pointer, error.masked().to_string()))
    }

    /// Follows `$ref`s of this document.
    fn resolve(&self, pointer: &str) -> Result<String> {
        let mut pointer = pointer.to_owned();
        for _ in 0..32 {
            let target = self.document.pointer(&pointer).ok_or_else(|| self.error(&pointer, "there is nothing"))?;
            match target.get("$ref").and_then(Value::as_str) {
                None => return Ok(pointer),
                Some(reference) => match reference.strip_prefix('#') {
                    Some(next) => next.clone_into(&mut pointer),
                    None => {
                        return Err(self.error(&pointer, "the $ref leaves the document"));
                    }
                },
            }
        }
        Err(self.error(&pointer, "the $ref leads in a circle"))
    }

    fn members(&self, pointer: &str) -> Result<Vec<(&'a str, String, &'a Value)>> {
        match self.document.pointer(pointer) {
            Some(Value::Object(members)) => Ok(members
                .iter()
                .map(|(name, value)| (name.as_str(), format!("{pointer}/{}", token(name)), value))
                .collect()),
            _ => Err(self.error(pointer, "there is no object")),
        }
    }

    fn text(&self, pointer: &str) -> Result<&'a str> {
        self.document.pointer(pointer).and_then(Value::as_str).ok_or_else(|| self.error(pointer, "there is no text"))
    }

    fn flag(&self, pointer: &str) -> bool {
        self.document.pointer(pointer).and_then(Value::as_bool).unwrap_or(false)
    }
}

/// A JSON pointer as a URI fragment.
fn escaped(pointer: &str) -> String {
    const SET: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'~').remove(b'-').remove(b'_').remove(b'.');
    percent_encoding::utf8_percent_encode(pointer, SET).to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use serde_json::json;

    use super::*;

    #[test]
    fn an_operation_without_a_role_is_no_part_of_the_play() {
        let mut document: Value = serde_json::from_str(Vendor::HighwayApi.contract()).unwrap();
        let before = Contract::read(Vendor::HighwayApi, &document.to_string()).unwrap();
        document["paths"]["/uploads"] = json!({"post": {"operationId": "upload", "responses": {}}});
        let after = Contract::read(Vendor::HighwayApi, &document.to_string()).unwrap();
        assert_eq!(after.operations.len(), before.operations.len());
        assert!(after.route(&Method::POST, "/uploads").is_err());
        document["paths"]["/uploads"]["post"]["x-role"] = json!("upload");
        assert!(Contract::read(Vendor::HighwayApi, &document.to_string()).is_err(), "there is no such role");
    }

    #[test]
    fn a_key_without_a_name_is_refused() {
        let mut document: Value = serde_json::from_str(Vendor::ModelsLab.contract()).unwrap();
        document["components"]["securitySchemes"]["key"]["x-auth"]["name"] = json!("");
        let refused = Contract::read(Vendor::ModelsLab, &document.to_string()).err().map(|error| error.what);
        assert_eq!(refused.as_deref(), Some("the key has no name"));
    }
}
