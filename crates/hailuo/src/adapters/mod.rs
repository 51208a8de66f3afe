//! One module per vendor: its facts (capabilities, prices) always, the mapping onto its generated client behind the
//! feature of its name.
//!
//! An adapter turns a request into calls of the generated client and answers into [`exchange`](crate::exchange)'s
//! words. It sends only through that client, holds no path, and decides nothing about retrying or waiting.

pub(crate) mod apiinone;
pub(crate) mod fal;
pub(crate) mod highwayapi;
pub(crate) mod modelslab;
pub(crate) mod seaart;

#[cfg(feature = "_client")]
pub(crate) use connect::connect;

#[cfg(feature = "_client")]
mod connect {
    //! From a vendor's name to its adapter.

    use std::sync::Arc;

    use hailuo_runtime::{Config, SecretString};

    use crate::{error::SetupError, exchange::Adapter, vendor::Vendor};

    macro_rules! connect {
        ($($feature:literal $vendor:ident $module:ident $krate:ident;)+) => {
            pub(crate) fn connect(
                vendor: Vendor,
                config: Config,
                key: SecretString,
            ) -> Result<Arc<dyn Adapter>, SetupError> {
                match vendor {
                    $(
                        #[cfg(feature = $feature)]
                        Vendor::$vendor => match $krate::Client::connect_with(config, key) {
                            Ok(client) => Ok(Arc::new(super::$module::Mapping { client })),
                            Err(source) => Err(SetupError::Client { vendor, source: source.into() }),
                        },
                    )+
                    #[allow(unreachable_patterns, reason = "every vendor is covered when every feature is on")]
                    other => Err(SetupError::NotEnabled(other)),
                }
            }
        };
    }

    connect! {
        "modelslab" ModelsLab modelslab hailuo_modelslab;
        "fal" Fal fal hailuo_fal;
        "seaart" SeaArt seaart hailuo_seaart;
        "highwayapi" HighwayApi highwayapi hailuo_highwayapi;
        "apiinone" ApiInOne apiinone hailuo_apiinone;
    }
}
