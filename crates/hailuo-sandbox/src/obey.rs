//! A running sandbox told what to do in lines of text, by whoever cannot call it: a client in another language.

use crate::{InvalidFault, InvalidPace, Sandbox, StartError, UnknownVendor, Vendor};

/// The line is none that a sandbox obeys.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidLine {
    /// It is not a fault either.
    #[error("{0}; or `finish`, `pace=PACE` or `clear`")]
    Fault(#[from] InvalidFault),
    /// The pace cannot be read.
    #[error(transparent)]
    Pace(#[from] InvalidPace),
    /// There is no such vendor.
    #[error(transparent)]
    Vendor(#[from] UnknownVendor),
    /// The fault could never strike.
    #[error(transparent)]
    Unfit(#[from] StartError),
}

impl Sandbox {
    /// Does what a line says: `[VENDOR/]FAULT` adds a [`Fault`](crate::Fault), `[VENDOR/]finish` ends the jobs that are
    /// under way ([`finish`](Self::finish)), `[VENDOR/]pace=PACE` sets how fast the next ones move ([`Pace`](crate::Pace)),
    /// and `[VENDOR/]clear` takes back the faults. Without a vendor it is for all.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use hailuo_sandbox::{Sandbox, Vendor};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// for line in ["pace=2 polls", "fal/poll:http=503*2", "fal/finish"] {
    ///     sandbox.obey(line)?;
    /// }
    /// assert_eq!(sandbox.pending_faults(Vendor::Fal).len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If it is none of these, or the fault could strike none of those whom it is for.
    pub fn obey(&self, line: &str) -> Result<(), InvalidLine> {
        let line = line.trim();
        let (vendor, order) = line.split_once('/').map_or((None, line), |(slug, order)| (Some(slug), order));
        let act: &dyn Fn(Vendor) = match order.split_once('=') {
            None if order == "clear" => &|vendor| self.clear_faults(vendor),
            None if order == "finish" => &|vendor| self.finish(vendor),
            Some(("pace", pace)) => {
                let pace = pace.parse()?;
                &move |vendor| self.set_pace(vendor, pace)
            }
            _ => {
                let scripted = line.parse::<crate::Scripted>()?;
                return Ok(self.script(scripted.vendor, &scripted.fault)?);
            }
        };
        match vendor {
            Some(slug) => act(slug.parse()?),
            None => self.vendors().for_each(act),
        }
        Ok(())
    }
}
