// Made by `cargo xtask regen modelslab` from specs/modelslab; do not edit. @generated
// Contract sha256 f9b89de6a8ae35e3aa88789967777d27d4c46e5e1cf8898580647a34c3b10218, progenitor 0.15.1.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A refusal.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Error {
        ///What is wrong. A refused field is reported as an object: field name to list of complaints.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::serde_json::Value>,
        ///`message`, misspelled. A refused field is reported as an object: field name to list of complaints.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub messege: ::std::option::Option<::serde_json::Value>,
        ///Seconds to wait before the next request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub retry_after: ::std::option::Option<::serde_json::Value>,
        ///`error`, or `failed` from a fetch.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<ErrorStatus>>,
    }
    impl Error {
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    ///`error`, or `failed` from a fetch.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ErrorStatus {
        #[serde(rename = "error")]
        Error,
        #[serde(rename = "failed")]
        Failed,
    }
    impl ::std::fmt::Display for ErrorStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Error => f.write_str("error"),
                Self::Failed => f.write_str("failed"),
            }
        }
    }
    impl ::std::str::FromStr for ErrorStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "error" => Ok(Self::Error),
                "failed" => Ok(Self::Failed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ErrorStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ErrorStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A video to make from a picture.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
    pub struct ImageToVideoRequest {
        ///Length in seconds, as text without a unit.
        pub duration: ImageToVideoRequestDuration,
        ///The picture the video starts from: an http or https URL; a base64 data URL is believed to be taken as well.
        pub init_image: ::hailuo_runtime::Media,
        ///Which model runs.
        pub model_id: ImageToVideoRequestModelId,
        ///What happens in the video.
        pub prompt: ::std::string::String,
        ///Passed through to the webhook.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub track_id: ::std::option::Option<::std::string::String>,
        ///Where ModelsLab posts the finished generation, unsigned.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub webhook: ::std::option::Option<::std::string::String>,
    }
    impl ImageToVideoRequest {
        pub fn builder() -> builder::ImageToVideoRequest {
            Default::default()
        }
    }
    ///Length in seconds, as text without a unit.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ImageToVideoRequestDuration {
        #[serde(rename = "10")]
        X10,
        #[serde(rename = "6")]
        X6,
    }
    impl ::std::fmt::Display for ImageToVideoRequestDuration {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::X10 => f.write_str("10"),
                Self::X6 => f.write_str("6"),
            }
        }
    }
    impl ::std::str::FromStr for ImageToVideoRequestDuration {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "10" => Ok(Self::X10),
                "6" => Ok(Self::X6),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ImageToVideoRequestDuration {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ImageToVideoRequestDuration {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Which model runs.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ImageToVideoRequestModelId {
        #[serde(rename = "Hailuo-2.3-i2v")]
        Hailuo2_3I2v,
    }
    impl ::std::fmt::Display for ImageToVideoRequestModelId {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Hailuo2_3I2v => f.write_str("Hailuo-2.3-i2v"),
            }
        }
    }
    impl ::std::str::FromStr for ImageToVideoRequestModelId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "Hailuo-2.3-i2v" => Ok(Self::Hailuo2_3I2v),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ImageToVideoRequestModelId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ImageToVideoRequestModelId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A generation in any state, or a refusal with HTTP 200.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Task {
        ///Seconds until it should be done.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub eta: ::std::option::Option<::serde_json::Value>,
        ///URL to ask for the state of the generation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fetch_result: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the video will be; nothing is there yet.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub future_links: ::std::option::Option<::serde_json::Value>,
        ///Seconds the generation took.
        #[serde(
            rename = "generationTime",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub generation_time: ::std::option::Option<::serde_json::Value>,
        ///The generation; sometimes missing, and then only the last segment of `fetch_result` has it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::serde_json::Value>,
        ///A note, or why the generation was refused or failed. A refused field is reported as an object: field name to list of complaints.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::serde_json::Value>,
        ///`message`, misspelled. A refused field is reported as an object: field name to list of complaints.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub messege: ::std::option::Option<::serde_json::Value>,
        ///The parameters of the generation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub meta: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///URLs of the video once it is done; empty before.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub output: ::std::option::Option<::serde_json::Value>,
        ///The same video through a proxy.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub proxy_links: ::std::option::Option<::serde_json::Value>,
        ///Seconds to wait after a refusal for too many requests.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub retry_after: ::std::option::Option<::serde_json::Value>,
        ///`processing` while it runs, `success` when done; `error` from a submit and `failed` from a fetch or webhook when not.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<TaskStatus>>,
        ///A hint for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tip: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///The `track_id` of the request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub track_id: ::std::option::Option<::serde_json::Value>,
    }
    impl Task {
        pub fn builder() -> builder::Task {
            Default::default()
        }
    }
    ///`processing` while it runs, `success` when done; `error` from a submit and `failed` from a fetch or webhook when not.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum TaskStatus {
        #[serde(rename = "error")]
        Error,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "processing")]
        Processing,
        #[serde(rename = "success")]
        Success,
    }
    impl ::std::fmt::Display for TaskStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Error => f.write_str("error"),
                Self::Failed => f.write_str("failed"),
                Self::Processing => f.write_str("processing"),
                Self::Success => f.write_str("success"),
            }
        }
    }
    impl ::std::str::FromStr for TaskStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "error" => Ok(Self::Error),
                "failed" => Ok(Self::Failed),
                "processing" => Ok(Self::Processing),
                "success" => Ok(Self::Success),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TaskStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TaskStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone)]
        pub struct Error {
            message: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            messege: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            retry_after: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::ErrorStatus>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Error {
            fn default() -> Self {
                Self {
                    message: Ok(Default::default()),
                    messege: Ok(Default::default()),
                    retry_after: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl Error {
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn messege<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.messege = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for messege: {e}")
                    });
                self
            }
            pub fn retry_after<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.retry_after = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for retry_after: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::ErrorStatus>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Error> for super::Error {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Error,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    message: value.message?,
                    messege: value.messege?,
                    retry_after: value.retry_after?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self {
                    message: Ok(value.message),
                    messege: Ok(value.messege),
                    retry_after: Ok(value.retry_after),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone)]
        pub struct ImageToVideoRequest {
            duration: ::std::result::Result<
                super::ImageToVideoRequestDuration,
                ::std::string::String,
            >,
            init_image: ::std::result::Result<
                ::hailuo_runtime::Media,
                ::std::string::String,
            >,
            model_id: ::std::result::Result<
                super::ImageToVideoRequestModelId,
                ::std::string::String,
            >,
            prompt: ::std::result::Result<::std::string::String, ::std::string::String>,
            track_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            webhook: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ImageToVideoRequest {
            fn default() -> Self {
                Self {
                    duration: Err("no value supplied for duration".to_string()),
                    init_image: Err("no value supplied for init_image".to_string()),
                    model_id: Ok(super::defaults::image_to_video_request_model_id()),
                    prompt: Err("no value supplied for prompt".to_string()),
                    track_id: Ok(Default::default()),
                    webhook: Ok(Default::default()),
                }
            }
        }
        impl ImageToVideoRequest {
            pub fn duration<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ImageToVideoRequestDuration>,
                T::Error: ::std::fmt::Display,
            {
                self.duration = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for duration: {e}")
                    });
                self
            }
            pub fn init_image<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::hailuo_runtime::Media>,
                T::Error: ::std::fmt::Display,
            {
                self.init_image = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for init_image: {e}")
                    });
                self
            }
            pub fn model_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ImageToVideoRequestModelId>,
                T::Error: ::std::fmt::Display,
            {
                self.model_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for model_id: {e}")
                    });
                self
            }
            pub fn prompt<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.prompt = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for prompt: {e}")
                    });
                self
            }
            pub fn track_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.track_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for track_id: {e}")
                    });
                self
            }
            pub fn webhook<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.webhook = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for webhook: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ImageToVideoRequest>
        for super::ImageToVideoRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ImageToVideoRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    duration: value.duration?,
                    init_image: value.init_image?,
                    model_id: value.model_id?,
                    prompt: value.prompt?,
                    track_id: value.track_id?,
                    webhook: value.webhook?,
                })
            }
        }
        impl ::std::convert::From<super::ImageToVideoRequest> for ImageToVideoRequest {
            fn from(value: super::ImageToVideoRequest) -> Self {
                Self {
                    duration: Ok(value.duration),
                    init_image: Ok(value.init_image),
                    model_id: Ok(value.model_id),
                    prompt: Ok(value.prompt),
                    track_id: Ok(value.track_id),
                    webhook: Ok(value.webhook),
                }
            }
        }
        #[derive(Clone)]
        pub struct Task {
            eta: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            fetch_result: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            future_links: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            generation_time: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            messege: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            meta: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                ::std::string::String,
            >,
            output: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            proxy_links: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            retry_after: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::TaskStatus>>,
                ::std::string::String,
            >,
            tip: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            track_id: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Task {
            fn default() -> Self {
                Self {
                    eta: Ok(Default::default()),
                    fetch_result: Ok(Default::default()),
                    future_links: Ok(Default::default()),
                    generation_time: Ok(Default::default()),
                    id: Ok(Default::default()),
                    message: Ok(Default::default()),
                    messege: Ok(Default::default()),
                    meta: Ok(Default::default()),
                    output: Ok(Default::default()),
                    proxy_links: Ok(Default::default()),
                    retry_after: Ok(Default::default()),
                    status: Ok(Default::default()),
                    tip: Ok(Default::default()),
                    track_id: Ok(Default::default()),
                }
            }
        }
        impl Task {
            pub fn eta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.eta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for eta: {e}")
                    });
                self
            }
            pub fn fetch_result<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.fetch_result = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for fetch_result: {e}")
                    });
                self
            }
            pub fn future_links<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.future_links = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for future_links: {e}")
                    });
                self
            }
            pub fn generation_time<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.generation_time = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for generation_time: {e}"
                        )
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn messege<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.messege = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for messege: {e}")
                    });
                self
            }
            pub fn meta<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.meta = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for meta: {e}")
                    });
                self
            }
            pub fn output<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.output = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for output: {e}")
                    });
                self
            }
            pub fn proxy_links<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.proxy_links = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for proxy_links: {e}")
                    });
                self
            }
            pub fn retry_after<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.retry_after = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for retry_after: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::TaskStatus>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn tip<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.tip = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tip: {e}")
                    });
                self
            }
            pub fn track_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.track_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for track_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Task> for super::Task {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Task,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    eta: value.eta?,
                    fetch_result: value.fetch_result?,
                    future_links: value.future_links?,
                    generation_time: value.generation_time?,
                    id: value.id?,
                    message: value.message?,
                    messege: value.messege?,
                    meta: value.meta?,
                    output: value.output?,
                    proxy_links: value.proxy_links?,
                    retry_after: value.retry_after?,
                    status: value.status?,
                    tip: value.tip?,
                    track_id: value.track_id?,
                })
            }
        }
        impl ::std::convert::From<super::Task> for Task {
            fn from(value: super::Task) -> Self {
                Self {
                    eta: Ok(value.eta),
                    fetch_result: Ok(value.fetch_result),
                    future_links: Ok(value.future_links),
                    generation_time: Ok(value.generation_time),
                    id: Ok(value.id),
                    message: Ok(value.message),
                    messege: Ok(value.messege),
                    meta: Ok(value.meta),
                    output: Ok(value.output),
                    proxy_links: Ok(value.proxy_links),
                    retry_after: Ok(value.retry_after),
                    status: Ok(value.status),
                    tip: Ok(value.tip),
                    track_id: Ok(value.track_id),
                }
            }
        }
        impl ::std::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Error").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for ImageToVideoRequest {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("ImageToVideoRequest").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Task {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Task").finish_non_exhaustive()
            }
        }
    }
    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn image_to_video_request_model_id() -> super::ImageToVideoRequestModelId {
            super::ImageToVideoRequestModelId::Hailuo2_3I2v
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    impl ::std::fmt::Debug for Error {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Error")
                .field("message", &::std::format_args!(".."))
                .field("messege", &::std::format_args!(".."))
                .field("retry_after", &::std::format_args!(".."))
                .field("status", &self.status)
                .finish()
        }
    }
    impl ::std::fmt::Debug for ImageToVideoRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ImageToVideoRequest")
                .field("duration", &self.duration)
                .field("init_image", &self.init_image)
                .field("model_id", &self.model_id)
                .field("prompt", &::std::format_args!(".."))
                .field("track_id", &::std::format_args!(".."))
                .field("webhook", &::std::format_args!(".."))
                .finish()
        }
    }
    impl ::std::fmt::Debug for Task {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Task")
                .field("eta", &::std::format_args!(".."))
                .field("fetch_result", &self.fetch_result)
                .field("future_links", &::std::format_args!(".."))
                .field("generation_time", &::std::format_args!(".."))
                .field("id", &::std::format_args!(".."))
                .field("message", &::std::format_args!(".."))
                .field("messege", &::std::format_args!(".."))
                .field("meta", &self.meta)
                .field("output", &::std::format_args!(".."))
                .field("proxy_links", &::std::format_args!(".."))
                .field("retry_after", &::std::format_args!(".."))
                .field("status", &self.status)
                .field("tip", &self.tip)
                .field("track_id", &::std::format_args!(".."))
                .finish()
        }
    }
}
#[derive(Clone, Debug)]
/**Client for ModelsLab

Version: 1.0.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: ::hailuo_runtime::Session,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub(crate) fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: ::hailuo_runtime::Session,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<::hailuo_runtime::Session> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &::hailuo_runtime::Session {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<::hailuo_runtime::Session>,
    {}
};
impl Client {
    /**Ask how a video is doing

Tells the state of a generation, and where the video is once it is done.

Sends a `POST` request to `/video-fusion/fetch/{id}`

Arguments:
- `id`: The `id` of the submit's answer.
```ignore
let response = client.status()
    .id(id)
    .send()
    .await;
```*/
    pub fn status(&self) -> builder::Status<'_> {
        builder::Status::new(self)
    }
    /**Start a video

Creates a generation and charges for it. The answer may already hold the video, but usually names the id to ask for.

Sends a `POST` request to `/video-fusion/image-to-video`

```ignore
let response = client.submit()
    .body(body)
    .send()
    .await;
```*/
    pub fn submit(&self) -> builder::Submit<'_> {
        builder::Submit::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    #[allow(unused_imports)]
    use super::{
        encode_path, types, ClientHooks as _, ClientInfo as _, RequestBuilderExt as _,
    };
    /**Builder for [`Client::status`]

[`Client::status`]: super::Client::status*/
    #[derive(Clone)]
    pub struct Status<'a> {
        client: &'a super::Client,
        id: ::std::result::Result<::hailuo_runtime::PathSegment, ::std::string::String>,
    }
    impl<'a> Status<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/video-fusion/fetch/{id}`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Task>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, id } = self;
            let id = id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(&format!("/video-fusion/fetch/{}", encode_path(& id.to_string())))
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .build()?;
            let info = super::OperationInfo {
                operation_id: "status",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200..=299 => ::hailuo_runtime::decode(response).await,
                _ => {
                    Err(
                        super::Error::ErrorResponse(
                            super::ResponseValue::stream(
                                ::hailuo_runtime::whole(response),
                            ),
                        ),
                    )
                }
            }
        }
    }
    /**Builder for [`Client::submit`]

[`Client::submit`]: super::Client::submit*/
    #[derive(Clone)]
    pub struct Submit<'a> {
        client: &'a super::Client,
        body: ::std::result::Result<
            types::builder::ImageToVideoRequest,
            ::std::string::String,
        >,
    }
    impl<'a> Submit<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ImageToVideoRequest>,
            <V as std::convert::TryInto<
                types::ImageToVideoRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ImageToVideoRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ImageToVideoRequest,
            ) -> types::builder::ImageToVideoRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/video-fusion/image-to-video`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Task>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::ImageToVideoRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url("/video-fusion/image-to-video")
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .body(
                    ::hailuo_runtime::json_body(&body)
                        .map_err(super::Error::InvalidRequest)?,
                )
                .build()?;
            let info = super::OperationInfo {
                operation_id: "submit",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200..=299 => ::hailuo_runtime::decode(response).await,
                _ => {
                    Err(
                        super::Error::ErrorResponse(
                            super::ResponseValue::stream(
                                ::hailuo_runtime::whole(response),
                            ),
                        ),
                    )
                }
            }
        }
    }
    impl<'a> ::std::fmt::Debug for Status<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Status").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for Submit<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Submit").finish_non_exhaustive()
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
