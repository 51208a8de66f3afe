//! Path templates of OpenAPI: `/tasks/{task_id}`, matched segment by segment, each parameter within one segment.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

/// A path template.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    text: Arc<str>,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug)]
enum Segment {
    Literal(String),
    Parameter { before: String, name: Arc<str>, after: String },
}

impl Template {
    pub(crate) fn new(text: &str) -> Self {
        let segments = text
            .split('/')
            .map(|segment| {
                let parts = segment.split_once('{').and_then(|(before, rest)| {
                    let (name, after) = rest.split_once('}')?;
                    Some((before, name, after))
                });
                match parts {
                    Some((before, name, after)) => {
                        Segment::Parameter { before: before.to_owned(), name: name.into(), after: after.to_owned() }
                    }
                    None => Segment::Literal(segment.to_owned()),
                }
            })
            .collect();
        Self { text: text.into(), segments }
    }

    /// The template as the contract writes it.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The path with this value for every parameter; the value is one of ours and needs no encoding.
    pub(crate) fn fill(&self, value: &str) -> String {
        let segments: Vec<_> = self
            .segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(literal) => literal.clone(),
                Segment::Parameter { before, after, .. } => format!("{before}{value}{after}"),
            })
            .collect();
        segments.join("/")
    }

    /// How many segments there are.
    pub(crate) fn segments(&self) -> usize {
        self.segments.len()
    }

    /// How many segments are literal.
    pub(crate) fn literals(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Literal(_))).count()
    }

    /// The decoded parameters, if the path has this form.
    pub(crate) fn capture(&self, path: &str) -> Option<Vec<(Arc<str>, String)>> {
        // Most paths are not of this form: nothing is kept before the last segment fits.
        let mut parts = path.split('/');
        for segment in &self.segments {
            if !segment.fits(parts.next()?) {
                return None;
            }
        }
        if parts.next().is_some() {
            return None;
        }
        let mut parameters = Vec::new();
        for (segment, part) in self.segments.iter().zip(path.split('/')) {
            if let Segment::Parameter { before, name, after } = segment {
                let value = part.strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
                parameters.push((Arc::clone(name), decoded(value)?));
            }
        }
        Some(parameters)
    }
}

impl Segment {
    fn fits(&self, part: &str) -> bool {
        match self {
            Self::Literal(literal) => {
                part == literal || (part.contains('%') && decoded(part).is_some_and(|part| part == *literal))
            }
            Self::Parameter { before, after, .. } => part
                .strip_prefix(before.as_str())
                .and_then(|part| part.strip_suffix(after.as_str()))
                .is_some_and(|value| !value.is_empty()),
        }
    }
}

fn decoded(part: &str) -> Option<String> {
    if !part.contains('%') {
        return Some(part.to_owned());
    }
    Some(percent_decode_str(part).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn captured(template: &str, path: &str) -> Option<Vec<String>> {
        let parameters = Template::new(template).capture(path)?;
        Some(parameters.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    #[test]
    fn a_parameter_takes_one_whole_segment_decoded() {
        let template = "/tasks/{id}/status";
        assert_eq!(captured(template, "/tasks/a%20b/status"), Some(vec!["id=a b".to_owned()]));
        for wrong in ["/tasks/status", "/tasks//status", "/tasks/a/b/status", "/tasks/a/status/", "/tasks/%ff/status"] {
            assert_eq!(captured(template, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_filled_template_is_a_path_of_its_form() {
        let template = Template::new("/v1/{a}/job-{id}.json");
        assert_eq!(template.fill("7"), "/v1/7/job-7.json");
        assert!(template.capture(&template.fill("7")).is_some());
    }

    #[test]
    fn text_around_a_parameter_is_literal() {
        assert_eq!(captured("/v1/job-{id}.json", "/v1/job-7.json"), Some(vec!["id=7".to_owned()]));
        assert_eq!(captured("/v1/job-{id}.json", "/v1/7.json"), None);
    }
}
