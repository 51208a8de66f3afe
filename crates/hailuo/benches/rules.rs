//! Validating a prompt of 2000 characters with camera commands, as a multiple of counting its characters.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{hint::black_box, time::Instant};

use hailuo::{Camera, ImageToVideo};

/// The limit of the ratio.
const LIMIT: f64 = 5.0;

fn main() {
    let mut worst = 0.0_f64;
    for (name, text) in [("ascii", "The fox turns its head and runs. "), ("chinese", "一只狐狸在雪地里慢慢转过头来。")]
    {
        let mut prompt = String::new();
        let mut cameras = Camera::ALL.iter().cycle();
        while prompt.chars().count() < 1990 {
            prompt.push_str(&text.repeat(4));
            if let Some(camera) = cameras.next() {
                prompt.push_str(&camera.to_string());
            }
        }
        let prompt: String = prompt.chars().take(2000).collect();
        let request = ImageToVideo::builder().image("https://example.com/fox.jpg");
        let counting = fastest(|| {
            black_box(black_box(prompt.as_str()).chars().count());
        });
        let whole = fastest(|| {
            drop(black_box(request.clone().prompt(black_box(prompt.as_str())).build()));
        });
        // What a request costs without a prompt, copying included, is not the validation of a prompt.
        let rest = fastest(|| {
            drop(black_box(request.clone().prompt("x").build()));
            black_box(black_box(prompt.as_str()).to_owned());
        });
        let ratio = (whole - rest) / counting;
        println!("{name}: counting {counting:.0} ns, validating {:.0} ns, ratio {ratio:.2}", whole - rest);
        worst = worst.max(ratio);
    }
    assert!(worst <= LIMIT, "validating takes {worst:.2} times as long as counting, more than {LIMIT}");
}

/// Nanoseconds of the fastest of many batches.
fn fastest(mut work: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..400 {
        let start = Instant::now();
        for _ in 0..50 {
            work();
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e9 / 50.0);
    }
    best
}
