//! What each vendor would be sent, and what each cannot express.

use hailuo::{
    Capabilities, Duration, Field, Fit, ImageToVideo, ImageToVideoBuilder, Resolution, RuleMode, Tier, Vendor,
};

use crate::{pictures::png, stage::plain};

/// One line of what is sent, or of what is refused.
fn fitted(vendor: Vendor, builder: ImageToVideoBuilder) -> String {
    match Fit::new(vendor, &builder.build().unwrap()) {
        Ok(fit) => {
            let mut words = Vec::new();
            words.extend(fit.tier.map(|tier| tier.to_string()));
            words.extend(fit.duration.map(|duration| format!("{duration}s")));
            words.extend(fit.resolution.map(|resolution| resolution.to_string()));
            words.extend(fit.defaults.iter().map(|default| format!("default:{}", default.field)));
            words.extend(fit.implied.iter().map(|field| format!("implied:{field}")));
            words.join(" ")
        }
        Err(violations) => {
            let codes: Vec<_> = violations.iter().map(|v| format!("!{}", v.code())).collect();
            codes.join(" ")
        }
    }
}

#[test]
fn only_what_was_set_or_is_required_is_sent() {
    use Vendor::{ApiInOne, Fal, HighwayApi, ModelsLab, SeaArt};
    let d = |duration| plain().duration(duration);
    let r = |resolution| plain().resolution(resolution);
    let t = |tier| plain().tier(tier);
    let (six, ten, low, high) = (Duration::Six, Duration::Ten, Resolution::P768, Resolution::P1080);
    for (vendor, builder, expected) in [
        (ModelsLab, plain(), "6s default:duration"),
        (ModelsLab, d(ten), "10s"),
        (ModelsLab, r(low), "6s default:duration implied:resolution"),
        (ModelsLab, r(high), "!resolution_unsupported"),
        (ModelsLab, t(Tier::Standard), "!tier_unsupported"),
        (ModelsLab, plain().watermark(true), "!watermark_unsupported"),
        (
            ModelsLab,
            r(high).tier(Tier::Pro).prompt_optimizer(true).fast_pretreatment(false).watermark(false),
            "!resolution_unsupported !tier_unsupported !prompt_optimizer_unsupported \
             !fast_pretreatment_unsupported !watermark_unsupported",
        ),
        (Fal, plain(), "standard default:tier"),
        (Fal, d(ten), "standard 10s default:tier"),
        (Fal, d(six), "standard 6s default:tier"),
        (Fal, r(low), "standard"),
        (Fal, r(high), "pro"),
        (Fal, r(high).duration(six), "pro implied:duration"),
        (Fal, t(Tier::Pro), "pro"),
        (Fal, t(Tier::Pro).duration(six), "pro implied:duration"),
        (Fal, t(Tier::Pro).duration(ten), "!duration_not_at_resolution"),
        (Fal, t(Tier::Pro).resolution(low), "!tier_contradicts_resolution"),
        (Fal, t(Tier::Pro).resolution(low).duration(ten), "!tier_contradicts_resolution"),
        (Fal, t(Tier::Standard).resolution(high), "!tier_contradicts_resolution"),
        (Fal, t(Tier::Pro).resolution(high), "pro"),
        (Fal, plain().fast_pretreatment(true), "!fast_pretreatment_unsupported"),
        (Fal, plain().prompt_optimizer(false), "standard default:tier"),
        (SeaArt, plain(), ""),
        (SeaArt, d(ten).resolution(low), "10s 768P"),
        (SeaArt, plain().watermark(true), ""),
        (SeaArt, t(Tier::Pro), "!tier_unsupported"),
        (HighwayApi, r(high), "1080P"),
        (HighwayApi, plain().watermark(false), "!watermark_unsupported"),
        (ApiInOne, plain(), "standard default:tier"),
        (ApiInOne, t(Tier::Pro).resolution(low), "pro 768P"),
        (ApiInOne, t(Tier::Standard).resolution(high), "standard 1080P"),
        (ApiInOne, plain().prompt_optimizer(true), "!prompt_optimizer_unsupported"),
    ] {
        assert_eq!(fitted(vendor, builder.clone()), expected, "{vendor} {builder:?}");
    }
}

#[test]
fn a_prompt_is_required_where_the_vendor_requires_it() {
    for vendor in Vendor::ALL {
        let fit = fitted(vendor, ImageToVideo::builder().image("https://example.com/a.png"));
        assert_eq!(fit.contains("prompt_required"), vendor != Vendor::SeaArt, "{vendor}");
    }
}

#[test]
fn bytes_go_only_where_they_are_known_to_be_taken_unless_the_rules_are_off() {
    let pictured = |mode| plain().image(png(1024, 768)).rules(mode).build().unwrap();
    for vendor in Vendor::ALL {
        let fits = Fit::new(vendor, &pictured(RuleMode::Strict)).is_ok();
        assert_eq!(fits, Capabilities::of(vendor).data_urls, "{vendor}");
        assert!(Fit::new(vendor, &pictured(RuleMode::Off)).is_ok(), "{vendor}");
        let warned = Fit::new(vendor, &pictured(RuleMode::Warn)).unwrap();
        assert_eq!(warned.warnings.is_empty(), fits, "{vendor}");
    }
}

#[test]
fn no_mode_drops_what_a_vendor_has_no_field_for() {
    for mode in [RuleMode::Strict, RuleMode::Warn, RuleMode::Off] {
        assert_eq!(fitted(Vendor::ModelsLab, plain().watermark(true).rules(mode)), "!watermark_unsupported");
        let ten_on_pro = plain().tier(Tier::Pro).duration(Duration::Ten).rules(mode);
        assert_eq!(fitted(Vendor::Fal, ten_on_pro), "!duration_not_at_resolution");
    }
}

#[test]
fn with_the_rules_off_the_forbidden_pair_is_sent_where_it_can_be_said() {
    let pair = plain().duration(Duration::Ten).resolution(Resolution::P1080).rules(RuleMode::Off);
    assert_eq!(fitted(Vendor::SeaArt, pair.clone()), "10s 1080P");
    assert_eq!(fitted(Vendor::Fal, pair), "!duration_not_at_resolution");
}

#[test]
fn the_fit_tells_the_cost() {
    for (builder, expected) in [
        (plain(), "$0.28"),
        (plain().duration(Duration::Ten), "$0.56"),
        (plain().resolution(Resolution::P1080), "$0.49"),
    ] {
        let fit = Fit::new(Vendor::Fal, &builder.build().unwrap()).unwrap();
        assert_eq!(fit.cost.map(|cost| cost.to_string()).as_deref(), Some(expected));
    }
}

#[test]
fn every_field_of_the_request_has_its_name() {
    let schema = ImageToVideo::schema();
    for field in Field::ALL.iter().filter(|field| **field != Field::Webhook) {
        assert!(schema["properties"].get(field.as_str()).is_some(), "{field}");
    }
}
