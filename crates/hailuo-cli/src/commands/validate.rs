//! `validate`: everything that is wrong with a request, here and at each vendor. Nothing is sent, no key is needed.

use hailuo::{Fit, Vendor, Violation, Warning};

use crate::{
    args::{self, VendorChoice},
    exit::Exit,
    request::Wanted,
    ui::{
        Ui,
        record::{Fitted, Record},
        violation,
    },
};

pub(super) fn run(ui: &Ui, args: &args::Validate) -> anyhow::Result<Exit> {
    let mut wanted = Wanted::new(ui, &args.request, false)?;
    let choice = args.request.vendor.as_ref();
    let vendors = VendorChoice::vendors(choice);
    let mut said = Vec::new();
    let mut standing = Standing::Sound;
    let (request, exit) = match wanted.build(&[]) {
        Ok(request) => {
            violation::warnings(ui, None, request.warnings(), &wanted.input);
            (Some(request), Exit::Done)
        }
        Err(violations) => {
            violation::violations(ui, None, &violations, &wanted.input);
            // The vendors are asked all the same, so that everything is known at once.
            let lenient = wanted.lenient();
            let others = lenient.iter().flat_map(hailuo::ImageToVideo::warnings).filter(|w| w.broken().is_none());
            violation::warnings(ui, None, others, &wanted.input);
            said.extend(violations);
            standing = if wanted.passes_without_rules() { Standing::AgainstRules } else { Standing::Impossible };
            (lenient, Exit::Invalid)
        }
    };
    let Some(request) = request else {
        return Ok(exit);
    };
    let is_every_one_meant = matches!(choice, Some(VendorChoice::Order(_)));
    let known = if exit == Exit::Done { request.warnings().to_vec() } else { Vec::new() };
    let mut fitting = 0;
    for vendor in &vendors {
        let fit = Fit::new(*vendor, &request);
        let as_it_is = fit.as_ref().ok().filter(|_| standing == Standing::Sound);
        ui.record(&Record::Fit(Fitted::new(*vendor, as_it_is)));
        match fit {
            // The lenient request let pass what this vendor would refuse under the rules that were asked for.
            Ok(fit) if standing != Standing::Sound && beyond(&fit, &said).next().is_some() => {
                let reasons: Vec<_> =
                    beyond(&fit, &said).map(|warning| format!("{} {}", warning.field(), warning.problem())).collect();
                no(ui, *vendor, &reasons);
            }
            Ok(fit) => {
                fitting += 1;
                if exit == Exit::Done {
                    let news: Vec<_> = fit.warnings.iter().filter(|warning| !known.contains(warning)).collect();
                    violation::warnings(ui, Some(*vendor), news, &wanted.input);
                }
                ui.say(&told(ui, &fit, standing));
            }
            Err(violations) => {
                // People are told once; of vendors that nobody named, the line below is enough for them.
                let is_news = |violation: &Violation| ui.is_json() || (is_every_one_meant && !said.contains(violation));
                let news = violations.iter().filter(|violation| is_news(violation));
                violation::violations(ui, Some(*vendor), news, &wanted.input);
                let reasons: Vec<_> = violations
                    .iter()
                    .map(|violation| format!("{} {}", violation.field(), violation.problem()))
                    .collect();
                no(ui, *vendor, &reasons);
            }
        }
    }
    let is_refused = fitting == 0 || (is_every_one_meant && fitting < vendors.len());
    Ok(if is_refused { exit.worse(Exit::Invalid) } else { exit })
}

/// What a vendor cannot express, beyond the rules whose violation was told already.
fn beyond<'a>(fit: &'a Fit, said: &'a [Violation]) -> impl Iterator<Item = &'a Warning> {
    fit.warnings
        .iter()
        .filter(|warning| warning.broken().is_some_and(|code| said.iter().all(|violation| violation.code() != code)))
}

fn no(ui: &Ui, vendor: Vendor, reasons: &[String]) {
    let line = format!("{vendor}: {}: {}", ui.style().yellow("no"), reasons.join("; "));
    ui.say(&line);
}

/// What the shared rules make of a request, before any vendor is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It breaks none.
    Sound,
    /// It breaks some, and could be sent for all that.
    AgainstRules,
    /// There is no picture, or none that can be read: nothing could be sent.
    Impossible,
}

/// `fal: yes, $0.28; sends tier standard, which was not set`.
fn told(ui: &Ui, fit: &Fit, standing: Standing) -> String {
    let paint = ui.style();
    let verdict = match standing {
        Standing::Sound => paint.green("yes"),
        Standing::AgainstRules => format!("{} with --rules off", paint.yellow("only")),
        Standing::Impossible => format!("{} what is wrong above is mended", paint.yellow("once")),
    };
    let price = fit.cost.as_ref().map_or_else(|| "price unknown".to_owned(), ToString::to_string);
    let head = format!("{}: {verdict}, {price}", fit.vendor);
    let sent = fit.defaults.iter().map(|sent| format!("sends {} {}, which was not set", sent.field, sent.value));
    let implied = fit.implied.iter().map(|field| format!("does not send {field}, it is so anyway"));
    [head].into_iter().chain(sent).chain(implied).collect::<Vec<_>>().join("; ")
}
