//! Who can be reached, where, and with which key: the vendors, a sandbox in this process, or other addresses.

use std::{collections::HashMap, sync::Arc, time::Duration};

use anyhow::Context;
use hailuo::{Client, JobHandle, SecretString, Vendor, WaitOptions, reqwest::Url};
use hailuo_sandbox::Sandbox;
use secrecy::ExposeSecret;

use crate::{
    args::{Connect, Span, check_address},
    keys::Keys,
    store::{self, Store, ledger::Ledger},
    ui::{Ui, text},
};

/// What an address on this machine gets where there is no key: the sandbox takes any.
const SANDBOX_KEY: &str = "sandbox";

/// How long a job is waited for if nothing else is said.
const PATIENCE: Duration = Duration::from_mins(30);

/// The vendors as this run reaches them.
pub(crate) struct Hub {
    keys: Keys,
    addresses: HashMap<Vendor, String>,
    /// Serves until this is dropped.
    sandbox: Option<Sandbox>,
    store: Option<Arc<Store>>,
}

impl Hub {
    /// The vendors, at their own addresses or others.
    pub(crate) fn open(ui: &Ui, connect: &Connect, store: Option<Arc<Store>>) -> anyhow::Result<Self> {
        let mut addresses = HashMap::new();
        for vendor in Vendor::ALL {
            let name = address_variable(vendor);
            match std::env::var(&name) {
                Ok(url) if !url.is_empty() => {
                    check_address(&url).map_err(|error| anyhow::anyhow!("the environment variable {name}: {error}"))?;
                    addresses.insert(vendor, url);
                }
                Ok(_) | Err(std::env::VarError::NotPresent) => {}
                Err(std::env::VarError::NotUnicode(_)) => anyhow::bail!("the environment variable {name} is not text"),
            }
        }
        for base_url in &connect.base_url {
            addresses.insert(base_url.vendor, base_url.url.clone());
        }
        Ok(Self { keys: Keys::load(ui, connect.key_file.as_deref())?, addresses, sandbox: None, store })
    }

    /// Built-in vendors, started here.
    pub(crate) async fn sandboxed(store: Option<Arc<Store>>) -> anyhow::Result<Self> {
        let sandbox = Sandbox::start().await.context("the sandbox did not start")?;
        let urls = Vendor::ALL.into_iter().map(|vendor| Ok((vendor, sandbox.url(in_sandbox(vendor)?))));
        let addresses = urls.collect::<anyhow::Result<_>>()?;
        Ok(Self { keys: Keys::default(), addresses, sandbox: Some(sandbox), store })
    }

    /// Whether the vendors are built in: nothing is charged, and nothing stays.
    pub(crate) fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }

    pub(crate) fn store(&self) -> Option<&Arc<Store>> {
        self.store.as_ref()
    }

    /// Whether a vendor can be asked.
    pub(crate) fn has(&self, vendor: Vendor) -> bool {
        self.key(vendor, self.addresses.get(&vendor).map(String::as_str)).is_some()
    }

    /// A client for these vendors, in this order.
    pub(crate) fn client(&self, order: &[Vendor]) -> Result<Client, hailuo::Error> {
        let addresses: HashMap<_, _> =
            order.iter().filter_map(|vendor| Some((*vendor, self.addresses.get(vendor)?.clone()))).collect();
        self.build(order, addresses)
    }

    /// A client for a job: at the address that was given now, else where it was submitted, else the vendor's own.
    pub(crate) fn client_for(&self, handle: &JobHandle) -> anyhow::Result<Client> {
        let vendor = handle.vendor();
        let given = self.addresses.get(&vendor).cloned();
        let recorded = match &self.store {
            Some(store) => store.address_of(handle)?,
            None => None,
        };
        let address = match (given, recorded) {
            (_, Some(address)) if store::is_sandbox(&address) => anyhow::bail!(
                "this job was in a sandbox that ended with its command; for one that stays, run: hailuo sandbox"
            ),
            (Some(address), _) => Some(address),
            (None, recorded) => recorded.filter(|address| !address.is_empty()),
        };
        Ok(self.build(&[vendor], address.map(|address| (vendor, address)).into_iter().collect())?)
    }

    fn build(&self, order: &[Vendor], addresses: HashMap<Vendor, String>) -> Result<Client, hailuo::Error> {
        let mut builder = Client::builder().order(order.iter().copied());
        for vendor in order {
            let address = addresses.get(vendor).map(String::as_str);
            if let Some(key) = self.key(*vendor, address) {
                builder = builder.key(*vendor, key);
            }
            if let Some(address) = address {
                builder = builder.base_url(*vendor, address);
            }
        }
        if let Some(store) = &self.store {
            let recorded = match self.sandbox {
                Some(_) => order.iter().map(|vendor| (*vendor, store.sandbox())).collect(),
                None => addresses,
            };
            builder = builder.journal(Ledger::new(Arc::clone(store), recorded));
        }
        builder.build()
    }

    fn key(&self, vendor: Vendor, address: Option<&str>) -> Option<SecretString> {
        let stand_in = || address.is_some_and(is_loopback).then(|| SANDBOX_KEY.to_owned().into());
        self.keys.get(vendor).cloned().or_else(stand_in)
    }

    /// How to wait: what is on this machine may be asked more often.
    pub(crate) fn wait_options(&self, handle: &JobHandle, timeout: Option<Span>) -> WaitOptions {
        let options = WaitOptions::new().timeout(timeout.map_or(PATIENCE, |span| span.0));
        let given = self.addresses.get(&handle.vendor()).cloned();
        // Without the record it is only asked less often.
        let recorded = || self.store.as_ref().and_then(|store| store.address_of(handle).ok().flatten());
        match given.or_else(recorded) {
            Some(address) if is_loopback(&address) => {
                options.first_interval(Duration::from_millis(100)).longest_interval(Duration::from_secs(1))
            }
            _ => options,
        }
    }

    /// The vendor's own address, if another one was given for it.
    pub(crate) fn replaced(&self, vendor: Vendor) -> Option<&'static str> {
        vendor.base_url().filter(|_| self.addresses.contains_key(&vendor))
    }

    /// Words of others, fit for a terminal, without any key of this user that they may quote.
    pub(crate) fn tame(&self, words: &str) -> String {
        let mut words = words.to_owned();
        for vendor in Vendor::ALL {
            if let Some(key) = self.keys.get(vendor) {
                words = words.replace(key.expose_secret(), "[key]");
            }
        }
        text::tame(&words, 300)
    }
}

/// The variable that holds another address of a vendor.
pub(crate) fn address_variable(vendor: Vendor) -> String {
    format!("HAILUO_{}_URL", vendor.slug().to_uppercase())
}

/// The sandbox's name for a vendor.
pub(crate) fn in_sandbox(vendor: Vendor) -> anyhow::Result<hailuo_sandbox::Vendor> {
    vendor.slug().parse().context("the sandbox does not play this vendor")
}

fn is_loopback(address: &str) -> bool {
    use std::net::{Ipv4Addr, Ipv6Addr};
    // The host of an http URL is a name or an address in brackets or dots.
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || host.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_this_machine() {
        for (address, is) in [
            ("http://127.0.0.1:4001", true),
            ("http://localhost:4001/x", true),
            ("http://[::1]:4001", true),
            ("https://queue.fal.run", false),
            ("http://localhost.example", false),
            ("http://127.0.0.1.example", false),
            ("localhost", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(address), is, "{address}");
        }
    }
}
