// Made by `cargo xtask regen fal` from specs/fal; do not edit. @generated
// Contract sha256 504545c5bfbdcd3aab5bc1c609bfec42ed4acfdb04ed3470546915c9dd5bec80, progenitor 0.15.1.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///What became of the wish to stop a request.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Cancellation {
        ///Whether the request will be stopped, or was over already.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<CancellationStatus>>,
    }
    impl Cancellation {
        pub fn builder() -> builder::Cancellation {
            Default::default()
        }
    }
    ///Whether the request will be stopped, or was over already.
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
    pub enum CancellationStatus {
        #[serde(rename = "ALREADY_COMPLETED")]
        AlreadyCompleted,
        #[serde(rename = "CANCELLATION_REQUESTED")]
        CancellationRequested,
    }
    impl ::std::fmt::Display for CancellationStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::AlreadyCompleted => f.write_str("ALREADY_COMPLETED"),
                Self::CancellationRequested => f.write_str("CANCELLATION_REQUESTED"),
            }
        }
    }
    impl ::std::str::FromStr for CancellationStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ALREADY_COMPLETED" => Ok(Self::AlreadyCompleted),
                "CANCELLATION_REQUESTED" => Ok(Self::CancellationRequested),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for CancellationStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CancellationStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///One complaint about an input.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Complaint {
        ///What belongs to the complaint.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ctx: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///The refused value, which may be the user's prompt.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub input: ::std::option::Option<::serde_json::Value>,
        ///The place in the request: names and indexes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub loc: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::vec::Vec<::serde_json::Value>>,
        >,
        ///What is wrong, for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msg: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///What is wrong, for programs: `content_policy_violation`, `image_too_small`, `image_too_large`, `no_media_generated` and others.
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the type is explained.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
    }
    impl Complaint {
        pub fn builder() -> builder::Complaint {
            Default::default()
        }
    }
    ///A refusal or a failure. Of a request that fal does not know there is a `status` only.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Error {
        ///What is wrong: a sentence, or complaints as in `InputError`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::serde_json::Value>,
        ///What is wrong, for programs: `request_timeout`, `startup_timeout`, `runner_scheduling_failure`, `runner_disconnected`, `runner_server_error`, `bad_request`, `internal_error` and others.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///`NOT_FOUND`: there is no such request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl Error {
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    ///`File`
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct File {
        ///Its media type.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub content_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Its bytes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub file_data: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Its name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub file_name: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Its size in bytes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub file_size: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
        ///Where the file is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
    }
    impl File {
        pub fn builder() -> builder::File {
            Default::default()
        }
    }
    ///An input that the model refused.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct InputError {
        ///The complaints.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::std::vec::Vec<::hailuo_runtime::Lenient<Complaint>>,
            >,
        >,
    }
    impl InputError {
        pub fn builder() -> builder::InputError {
            Default::default()
        }
    }
    ///A line of the run's log.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct LogLine {
        ///How grave it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub level: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The text.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where it comes from.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub source: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///When it was written.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timestamp: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl LogLine {
        pub fn builder() -> builder::LogLine {
            Default::default()
        }
    }
    ///`MinimaxHailuo23ProImageToVideoInput`
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
    pub struct MinimaxHailuo23ProImageToVideoInput {
        ///The first frame of the video: an http or https URL, or a base64 data URL.
        pub image_url: ::hailuo_runtime::Media,
        ///What happens in the video.
        pub prompt: ::std::string::String,
        ///Lets the model rewrite the prompt.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub prompt_optimizer: ::std::option::Option<bool>,
    }
    impl MinimaxHailuo23ProImageToVideoInput {
        pub fn builder() -> builder::MinimaxHailuo23ProImageToVideoInput {
            Default::default()
        }
    }
    ///`MinimaxHailuo23ProImageToVideoOutput`
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct MinimaxHailuo23ProImageToVideoOutput {
        ///The video that was made.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video: ::std::option::Option<::hailuo_runtime::Lenient<File>>,
    }
    impl MinimaxHailuo23ProImageToVideoOutput {
        pub fn builder() -> builder::MinimaxHailuo23ProImageToVideoOutput {
            Default::default()
        }
    }
    ///`MinimaxHailuo23StandardImageToVideoInput`
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
    pub struct MinimaxHailuo23StandardImageToVideoInput {
        ///Length in seconds, as text without a unit.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<
            MinimaxHailuo23StandardImageToVideoInputDuration,
        >,
        ///The first frame of the video: an http or https URL, or a base64 data URL.
        pub image_url: ::hailuo_runtime::Media,
        ///What happens in the video.
        pub prompt: ::std::string::String,
        ///Lets the model rewrite the prompt.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub prompt_optimizer: ::std::option::Option<bool>,
    }
    impl MinimaxHailuo23StandardImageToVideoInput {
        pub fn builder() -> builder::MinimaxHailuo23StandardImageToVideoInput {
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
    pub enum MinimaxHailuo23StandardImageToVideoInputDuration {
        #[serde(rename = "10")]
        X10,
        #[serde(rename = "6")]
        X6,
    }
    impl ::std::fmt::Display for MinimaxHailuo23StandardImageToVideoInputDuration {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::X10 => f.write_str("10"),
                Self::X6 => f.write_str("6"),
            }
        }
    }
    impl ::std::str::FromStr for MinimaxHailuo23StandardImageToVideoInputDuration {
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
    impl ::std::convert::TryFrom<&str>
    for MinimaxHailuo23StandardImageToVideoInputDuration {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for MinimaxHailuo23StandardImageToVideoInputDuration {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`MinimaxHailuo23StandardImageToVideoOutput`
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct MinimaxHailuo23StandardImageToVideoOutput {
        ///The video that was made.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video: ::std::option::Option<::hailuo_runtime::Lenient<File>>,
    }
    impl MinimaxHailuo23StandardImageToVideoOutput {
        pub fn builder() -> builder::MinimaxHailuo23StandardImageToVideoOutput {
            Default::default()
        }
    }
    ///`QueueStatus`
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct QueueStatus {
        ///Where to stop the request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cancel_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Why the request failed, although its status is `COMPLETED`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The kind of failure, for programs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Lines of the run's log; null where they were not asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub logs: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::std::vec::Vec<::hailuo_runtime::Lenient<LogLine>>,
            >,
        >,
        ///Times of the run.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metrics: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///Requests before this one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub queue_position: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
        ///The request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the result will be.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<QueueStatusStatus>>,
        ///Where to ask for the state.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl QueueStatus {
        pub fn builder() -> builder::QueueStatus {
            Default::default()
        }
    }
    ///`QueueStatusStatus`
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
    pub enum QueueStatusStatus {
        #[serde(rename = "COMPLETED")]
        Completed,
        #[serde(rename = "IN_PROGRESS")]
        InProgress,
        #[serde(rename = "IN_QUEUE")]
        InQueue,
    }
    impl ::std::fmt::Display for QueueStatusStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Completed => f.write_str("COMPLETED"),
                Self::InProgress => f.write_str("IN_PROGRESS"),
                Self::InQueue => f.write_str("IN_QUEUE"),
            }
        }
    }
    impl ::std::str::FromStr for QueueStatusStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "COMPLETED" => Ok(Self::Completed),
                "IN_PROGRESS" => Ok(Self::InProgress),
                "IN_QUEUE" => Ok(Self::InQueue),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for QueueStatusStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for QueueStatusStatus {
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
        pub struct Cancellation {
            status: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<super::CancellationStatus>,
                >,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Cancellation {
            fn default() -> Self {
                Self {
                    status: Ok(Default::default()),
                }
            }
        }
        impl Cancellation {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<super::CancellationStatus>,
                    >,
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
        impl ::std::convert::TryFrom<Cancellation> for super::Cancellation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Cancellation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { status: value.status? })
            }
        }
        impl ::std::convert::From<super::Cancellation> for Cancellation {
            fn from(value: super::Cancellation) -> Self {
                Self { status: Ok(value.status) }
            }
        }
        #[derive(Clone)]
        pub struct Complaint {
            ctx: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                ::std::string::String,
            >,
            input: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            loc: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<::std::vec::Vec<::serde_json::Value>>,
                >,
                ::std::string::String,
            >,
            msg: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Complaint {
            fn default() -> Self {
                Self {
                    ctx: Ok(Default::default()),
                    input: Ok(Default::default()),
                    loc: Ok(Default::default()),
                    msg: Ok(Default::default()),
                    type_: Ok(Default::default()),
                    url: Ok(Default::default()),
                }
            }
        }
        impl Complaint {
            pub fn ctx<T>(mut self, value: T) -> Self
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
                self.ctx = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ctx: {e}")
                    });
                self
            }
            pub fn input<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.input = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for input: {e}")
                    });
                self
            }
            pub fn loc<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::vec::Vec<::serde_json::Value>>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.loc = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for loc: {e}")
                    });
                self
            }
            pub fn msg<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.msg = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for msg: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Complaint> for super::Complaint {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Complaint,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    ctx: value.ctx?,
                    input: value.input?,
                    loc: value.loc?,
                    msg: value.msg?,
                    type_: value.type_?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::Complaint> for Complaint {
            fn from(value: super::Complaint) -> Self {
                Self {
                    ctx: Ok(value.ctx),
                    input: Ok(value.input),
                    loc: Ok(value.loc),
                    msg: Ok(value.msg),
                    type_: Ok(value.type_),
                    url: Ok(value.url),
                }
            }
        }
        #[derive(Clone)]
        pub struct Error {
            detail: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            error_type: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Error {
            fn default() -> Self {
                Self {
                    detail: Ok(Default::default()),
                    error_type: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl Error {
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn error_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.error_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error_type: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
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
                    detail: value.detail?,
                    error_type: value.error_type?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self {
                    detail: Ok(value.detail),
                    error_type: Ok(value.error_type),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone)]
        pub struct File {
            content_type: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            file_data: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            file_name: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            file_size: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                ::std::string::String,
            >,
            url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for File {
            fn default() -> Self {
                Self {
                    content_type: Ok(Default::default()),
                    file_data: Ok(Default::default()),
                    file_name: Ok(Default::default()),
                    file_size: Ok(Default::default()),
                    url: Ok(Default::default()),
                }
            }
        }
        impl File {
            pub fn content_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.content_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for content_type: {e}")
                    });
                self
            }
            pub fn file_data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.file_data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for file_data: {e}")
                    });
                self
            }
            pub fn file_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.file_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for file_name: {e}")
                    });
                self
            }
            pub fn file_size<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.file_size = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for file_size: {e}")
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<File> for super::File {
            type Error = super::error::ConversionError;
            fn try_from(
                value: File,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    content_type: value.content_type?,
                    file_data: value.file_data?,
                    file_name: value.file_name?,
                    file_size: value.file_size?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::File> for File {
            fn from(value: super::File) -> Self {
                Self {
                    content_type: Ok(value.content_type),
                    file_data: Ok(value.file_data),
                    file_name: Ok(value.file_name),
                    file_size: Ok(value.file_size),
                    url: Ok(value.url),
                }
            }
        }
        #[derive(Clone)]
        pub struct InputError {
            detail: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::std::vec::Vec<::hailuo_runtime::Lenient<super::Complaint>>,
                    >,
                >,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for InputError {
            fn default() -> Self {
                Self {
                    detail: Ok(Default::default()),
                }
            }
        }
        impl InputError {
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::std::vec::Vec<::hailuo_runtime::Lenient<super::Complaint>>,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<InputError> for super::InputError {
            type Error = super::error::ConversionError;
            fn try_from(
                value: InputError,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { detail: value.detail? })
            }
        }
        impl ::std::convert::From<super::InputError> for InputError {
            fn from(value: super::InputError) -> Self {
                Self { detail: Ok(value.detail) }
            }
        }
        #[derive(Clone)]
        pub struct LogLine {
            level: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            source: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            timestamp: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for LogLine {
            fn default() -> Self {
                Self {
                    level: Ok(Default::default()),
                    message: Ok(Default::default()),
                    source: Ok(Default::default()),
                    timestamp: Ok(Default::default()),
                }
            }
        }
        impl LogLine {
            pub fn level<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.level = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for level: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn source<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.source = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for source: {e}")
                    });
                self
            }
            pub fn timestamp<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.timestamp = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timestamp: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<LogLine> for super::LogLine {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LogLine,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    level: value.level?,
                    message: value.message?,
                    source: value.source?,
                    timestamp: value.timestamp?,
                })
            }
        }
        impl ::std::convert::From<super::LogLine> for LogLine {
            fn from(value: super::LogLine) -> Self {
                Self {
                    level: Ok(value.level),
                    message: Ok(value.message),
                    source: Ok(value.source),
                    timestamp: Ok(value.timestamp),
                }
            }
        }
        #[derive(Clone)]
        pub struct MinimaxHailuo23ProImageToVideoInput {
            image_url: ::std::result::Result<
                ::hailuo_runtime::Media,
                ::std::string::String,
            >,
            prompt: ::std::result::Result<::std::string::String, ::std::string::String>,
            prompt_optimizer: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MinimaxHailuo23ProImageToVideoInput {
            fn default() -> Self {
                Self {
                    image_url: Err("no value supplied for image_url".to_string()),
                    prompt: Err("no value supplied for prompt".to_string()),
                    prompt_optimizer: Ok(Default::default()),
                }
            }
        }
        impl MinimaxHailuo23ProImageToVideoInput {
            pub fn image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::hailuo_runtime::Media>,
                T::Error: ::std::fmt::Display,
            {
                self.image_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for image_url: {e}")
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
            pub fn prompt_optimizer<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.prompt_optimizer = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for prompt_optimizer: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MinimaxHailuo23ProImageToVideoInput>
        for super::MinimaxHailuo23ProImageToVideoInput {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MinimaxHailuo23ProImageToVideoInput,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    image_url: value.image_url?,
                    prompt: value.prompt?,
                    prompt_optimizer: value.prompt_optimizer?,
                })
            }
        }
        impl ::std::convert::From<super::MinimaxHailuo23ProImageToVideoInput>
        for MinimaxHailuo23ProImageToVideoInput {
            fn from(value: super::MinimaxHailuo23ProImageToVideoInput) -> Self {
                Self {
                    image_url: Ok(value.image_url),
                    prompt: Ok(value.prompt),
                    prompt_optimizer: Ok(value.prompt_optimizer),
                }
            }
        }
        #[derive(Clone)]
        pub struct MinimaxHailuo23ProImageToVideoOutput {
            video: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::File>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MinimaxHailuo23ProImageToVideoOutput {
            fn default() -> Self {
                Self {
                    video: Ok(Default::default()),
                }
            }
        }
        impl MinimaxHailuo23ProImageToVideoOutput {
            pub fn video<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::File>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.video = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for video: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MinimaxHailuo23ProImageToVideoOutput>
        for super::MinimaxHailuo23ProImageToVideoOutput {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MinimaxHailuo23ProImageToVideoOutput,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { video: value.video? })
            }
        }
        impl ::std::convert::From<super::MinimaxHailuo23ProImageToVideoOutput>
        for MinimaxHailuo23ProImageToVideoOutput {
            fn from(value: super::MinimaxHailuo23ProImageToVideoOutput) -> Self {
                Self { video: Ok(value.video) }
            }
        }
        #[derive(Clone)]
        pub struct MinimaxHailuo23StandardImageToVideoInput {
            duration: ::std::result::Result<
                ::std::option::Option<
                    super::MinimaxHailuo23StandardImageToVideoInputDuration,
                >,
                ::std::string::String,
            >,
            image_url: ::std::result::Result<
                ::hailuo_runtime::Media,
                ::std::string::String,
            >,
            prompt: ::std::result::Result<::std::string::String, ::std::string::String>,
            prompt_optimizer: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MinimaxHailuo23StandardImageToVideoInput {
            fn default() -> Self {
                Self {
                    duration: Ok(Default::default()),
                    image_url: Err("no value supplied for image_url".to_string()),
                    prompt: Err("no value supplied for prompt".to_string()),
                    prompt_optimizer: Ok(Default::default()),
                }
            }
        }
        impl MinimaxHailuo23StandardImageToVideoInput {
            pub fn duration<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        super::MinimaxHailuo23StandardImageToVideoInputDuration,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.duration = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for duration: {e}")
                    });
                self
            }
            pub fn image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::hailuo_runtime::Media>,
                T::Error: ::std::fmt::Display,
            {
                self.image_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for image_url: {e}")
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
            pub fn prompt_optimizer<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.prompt_optimizer = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for prompt_optimizer: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MinimaxHailuo23StandardImageToVideoInput>
        for super::MinimaxHailuo23StandardImageToVideoInput {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MinimaxHailuo23StandardImageToVideoInput,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    duration: value.duration?,
                    image_url: value.image_url?,
                    prompt: value.prompt?,
                    prompt_optimizer: value.prompt_optimizer?,
                })
            }
        }
        impl ::std::convert::From<super::MinimaxHailuo23StandardImageToVideoInput>
        for MinimaxHailuo23StandardImageToVideoInput {
            fn from(value: super::MinimaxHailuo23StandardImageToVideoInput) -> Self {
                Self {
                    duration: Ok(value.duration),
                    image_url: Ok(value.image_url),
                    prompt: Ok(value.prompt),
                    prompt_optimizer: Ok(value.prompt_optimizer),
                }
            }
        }
        #[derive(Clone)]
        pub struct MinimaxHailuo23StandardImageToVideoOutput {
            video: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::File>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MinimaxHailuo23StandardImageToVideoOutput {
            fn default() -> Self {
                Self {
                    video: Ok(Default::default()),
                }
            }
        }
        impl MinimaxHailuo23StandardImageToVideoOutput {
            pub fn video<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::File>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.video = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for video: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MinimaxHailuo23StandardImageToVideoOutput>
        for super::MinimaxHailuo23StandardImageToVideoOutput {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MinimaxHailuo23StandardImageToVideoOutput,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { video: value.video? })
            }
        }
        impl ::std::convert::From<super::MinimaxHailuo23StandardImageToVideoOutput>
        for MinimaxHailuo23StandardImageToVideoOutput {
            fn from(value: super::MinimaxHailuo23StandardImageToVideoOutput) -> Self {
                Self { video: Ok(value.video) }
            }
        }
        #[derive(Clone)]
        pub struct QueueStatus {
            cancel_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            error: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            error_type: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            logs: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::std::vec::Vec<::hailuo_runtime::Lenient<super::LogLine>>,
                    >,
                >,
                ::std::string::String,
            >,
            metrics: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                ::std::string::String,
            >,
            queue_position: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                ::std::string::String,
            >,
            request_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            response_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<super::QueueStatusStatus>,
                >,
                ::std::string::String,
            >,
            status_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for QueueStatus {
            fn default() -> Self {
                Self {
                    cancel_url: Ok(Default::default()),
                    error: Ok(Default::default()),
                    error_type: Ok(Default::default()),
                    logs: Ok(Default::default()),
                    metrics: Ok(Default::default()),
                    queue_position: Ok(Default::default()),
                    request_id: Ok(Default::default()),
                    response_url: Ok(Default::default()),
                    status: Ok(Default::default()),
                    status_url: Ok(Default::default()),
                }
            }
        }
        impl QueueStatus {
            pub fn cancel_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.cancel_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for cancel_url: {e}")
                    });
                self
            }
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error: {e}")
                    });
                self
            }
            pub fn error_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.error_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error_type: {e}")
                    });
                self
            }
            pub fn logs<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::std::vec::Vec<::hailuo_runtime::Lenient<super::LogLine>>,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.logs = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for logs: {e}")
                    });
                self
            }
            pub fn metrics<T>(mut self, value: T) -> Self
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
                self.metrics = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for metrics: {e}")
                    });
                self
            }
            pub fn queue_position<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.queue_position = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for queue_position: {e}"
                        )
                    });
                self
            }
            pub fn request_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.request_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for request_id: {e}")
                    });
                self
            }
            pub fn response_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.response_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for response_url: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<super::QueueStatusStatus>,
                    >,
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
            pub fn status_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.status_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status_url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<QueueStatus> for super::QueueStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: QueueStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    cancel_url: value.cancel_url?,
                    error: value.error?,
                    error_type: value.error_type?,
                    logs: value.logs?,
                    metrics: value.metrics?,
                    queue_position: value.queue_position?,
                    request_id: value.request_id?,
                    response_url: value.response_url?,
                    status: value.status?,
                    status_url: value.status_url?,
                })
            }
        }
        impl ::std::convert::From<super::QueueStatus> for QueueStatus {
            fn from(value: super::QueueStatus) -> Self {
                Self {
                    cancel_url: Ok(value.cancel_url),
                    error: Ok(value.error),
                    error_type: Ok(value.error_type),
                    logs: Ok(value.logs),
                    metrics: Ok(value.metrics),
                    queue_position: Ok(value.queue_position),
                    request_id: Ok(value.request_id),
                    response_url: Ok(value.response_url),
                    status: Ok(value.status),
                    status_url: Ok(value.status_url),
                }
            }
        }
        impl ::std::fmt::Debug for Cancellation {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Cancellation").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Complaint {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Complaint").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Error").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for File {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("File").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for InputError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("InputError").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for LogLine {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("LogLine").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for MinimaxHailuo23ProImageToVideoInput {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("MinimaxHailuo23ProImageToVideoInput")
                    .finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for MinimaxHailuo23ProImageToVideoOutput {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("MinimaxHailuo23ProImageToVideoOutput")
                    .finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for MinimaxHailuo23StandardImageToVideoInput {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("MinimaxHailuo23StandardImageToVideoInput")
                    .finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for MinimaxHailuo23StandardImageToVideoOutput {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("MinimaxHailuo23StandardImageToVideoOutput")
                    .finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for QueueStatus {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("QueueStatus").finish_non_exhaustive()
            }
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
    impl ::std::fmt::Debug for Complaint {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Complaint")
                .field("ctx", &self.ctx)
                .field("input", &::std::format_args!(".."))
                .field("loc", &self.loc)
                .field("msg", &self.msg)
                .field("type_", &self.type_)
                .field("url", &self.url)
                .finish()
        }
    }
    impl ::std::fmt::Debug for Error {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Error")
                .field("detail", &::std::format_args!(".."))
                .field("error_type", &self.error_type)
                .field("status", &self.status)
                .finish()
        }
    }
    impl ::std::fmt::Debug for MinimaxHailuo23ProImageToVideoInput {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("MinimaxHailuo23ProImageToVideoInput")
                .field("image_url", &self.image_url)
                .field("prompt", &::std::format_args!(".."))
                .field("prompt_optimizer", &self.prompt_optimizer)
                .finish()
        }
    }
    impl ::std::fmt::Debug for MinimaxHailuo23StandardImageToVideoInput {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("MinimaxHailuo23StandardImageToVideoInput")
                .field("duration", &self.duration)
                .field("image_url", &self.image_url)
                .field("prompt", &::std::format_args!(".."))
                .field("prompt_optimizer", &self.prompt_optimizer)
                .finish()
        }
    }
}
#[derive(Clone, Debug)]
/**Client for fal

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
    /**Sends a `POST` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video`

```ignore
let response = client.submit_pro()
    .fal_webhook(fal_webhook)
    .body(body)
    .send()
    .await;
```*/
    pub fn submit_pro(&self) -> builder::SubmitPro<'_> {
        builder::SubmitPro::new(self)
    }
    /**Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{request_id}`

```ignore
let response = client.result_pro()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn result_pro(&self) -> builder::ResultPro<'_> {
        builder::ResultPro::new(self)
    }
    /**Sends a `PUT` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{request_id}/cancel`

```ignore
let response = client.cancel_pro()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn cancel_pro(&self) -> builder::CancelPro<'_> {
        builder::CancelPro::new(self)
    }
    /**Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{request_id}/status`

```ignore
let response = client.status_pro()
    .request_id(request_id)
    .logs(logs)
    .send()
    .await;
```*/
    pub fn status_pro(&self) -> builder::StatusPro<'_> {
        builder::StatusPro::new(self)
    }
    /**Sends a `POST` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video`

```ignore
let response = client.submit_standard()
    .fal_webhook(fal_webhook)
    .body(body)
    .send()
    .await;
```*/
    pub fn submit_standard(&self) -> builder::SubmitStandard<'_> {
        builder::SubmitStandard::new(self)
    }
    /**Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{request_id}`

```ignore
let response = client.result_standard()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn result_standard(&self) -> builder::ResultStandard<'_> {
        builder::ResultStandard::new(self)
    }
    /**Sends a `PUT` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{request_id}/cancel`

```ignore
let response = client.cancel_standard()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn cancel_standard(&self) -> builder::CancelStandard<'_> {
        builder::CancelStandard::new(self)
    }
    /**Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{request_id}/status`

```ignore
let response = client.status_standard()
    .request_id(request_id)
    .logs(logs)
    .send()
    .await;
```*/
    pub fn status_standard(&self) -> builder::StatusStandard<'_> {
        builder::StatusStandard::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    #[allow(unused_imports)]
    use super::{
        encode_path, types, ClientHooks as _, ClientInfo as _, RequestBuilderExt as _,
    };
    /**Builder for [`Client::submit_pro`]

[`Client::submit_pro`]: super::Client::submit_pro*/
    #[derive(Clone)]
    pub struct SubmitPro<'a> {
        client: &'a super::Client,
        fal_webhook: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        body: ::std::result::Result<
            types::builder::MinimaxHailuo23ProImageToVideoInput,
            ::std::string::String,
        >,
    }
    impl<'a> SubmitPro<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                fal_webhook: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn fal_webhook<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.fal_webhook = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for fal_webhook failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::MinimaxHailuo23ProImageToVideoInput>,
            <V as std::convert::TryInto<
                types::MinimaxHailuo23ProImageToVideoInput,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `MinimaxHailuo23ProImageToVideoInput` for body failed: {}",
                        s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::MinimaxHailuo23ProImageToVideoInput,
            ) -> types::builder::MinimaxHailuo23ProImageToVideoInput,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::QueueStatus>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, fal_webhook, body } = self;
            let fal_webhook = fal_webhook.map_err(super::Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::MinimaxHailuo23ProImageToVideoInput::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url("/fal-ai/minimax/hailuo-2.3/pro/image-to-video")
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
                .query(&progenitor_client::QueryParam::new("fal_webhook", &fal_webhook))
                .build()?;
            let info = super::OperationInfo {
                operation_id: "submit_pro",
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
    /**Builder for [`Client::result_pro`]

[`Client::result_pro`]: super::Client::result_pro*/
    #[derive(Clone)]
    pub struct ResultPro<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> ResultPro<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                request_id: Err("request_id was not initialized".to_string()),
            }
        }
        pub fn request_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.request_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for request_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{request_id}`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::MinimaxHailuo23ProImageToVideoOutput>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{}",
                        encode_path(& request_id.to_string())
                    ),
                )
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .build()?;
            let info = super::OperationInfo {
                operation_id: "result_pro",
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
    /**Builder for [`Client::cancel_pro`]

[`Client::cancel_pro`]: super::Client::cancel_pro*/
    #[derive(Clone)]
    pub struct CancelPro<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> CancelPro<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                request_id: Err("request_id was not initialized".to_string()),
            }
        }
        pub fn request_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.request_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for request_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `PUT` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{request_id}/cancel`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Cancellation>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{}/cancel",
                        encode_path(& request_id.to_string())
                    ),
                )
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .build()?;
            let info = super::OperationInfo {
                operation_id: "cancel_pro",
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
    /**Builder for [`Client::status_pro`]

[`Client::status_pro`]: super::Client::status_pro*/
    #[derive(Clone)]
    pub struct StatusPro<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
        logs: ::std::result::Result<::std::option::Option<i64>, ::std::string::String>,
    }
    impl<'a> StatusPro<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                request_id: Err("request_id was not initialized".to_string()),
                logs: Ok(None),
            }
        }
        pub fn request_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.request_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for request_id failed"
                        .to_string()
                });
            self
        }
        pub fn logs<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.logs = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i64` for logs failed".to_string());
            self
        }
        ///Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{request_id}/status`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::QueueStatus>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id, logs } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let logs = logs.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/fal-ai/minimax/hailuo-2.3/pro/image-to-video/requests/{}/status",
                        encode_path(& request_id.to_string())
                    ),
                )
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("logs", &logs))
                .build()?;
            let info = super::OperationInfo {
                operation_id: "status_pro",
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
    /**Builder for [`Client::submit_standard`]

[`Client::submit_standard`]: super::Client::submit_standard*/
    #[derive(Clone)]
    pub struct SubmitStandard<'a> {
        client: &'a super::Client,
        fal_webhook: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        body: ::std::result::Result<
            types::builder::MinimaxHailuo23StandardImageToVideoInput,
            ::std::string::String,
        >,
    }
    impl<'a> SubmitStandard<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                fal_webhook: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn fal_webhook<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.fal_webhook = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for fal_webhook failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::MinimaxHailuo23StandardImageToVideoInput>,
            <V as std::convert::TryInto<
                types::MinimaxHailuo23StandardImageToVideoInput,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `MinimaxHailuo23StandardImageToVideoInput` for body failed: {}",
                        s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::MinimaxHailuo23StandardImageToVideoInput,
            ) -> types::builder::MinimaxHailuo23StandardImageToVideoInput,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::QueueStatus>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, fal_webhook, body } = self;
            let fal_webhook = fal_webhook.map_err(super::Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::MinimaxHailuo23StandardImageToVideoInput::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url("/fal-ai/minimax/hailuo-2.3/standard/image-to-video")
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
                .query(&progenitor_client::QueryParam::new("fal_webhook", &fal_webhook))
                .build()?;
            let info = super::OperationInfo {
                operation_id: "submit_standard",
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
    /**Builder for [`Client::result_standard`]

[`Client::result_standard`]: super::Client::result_standard*/
    #[derive(Clone)]
    pub struct ResultStandard<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> ResultStandard<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                request_id: Err("request_id was not initialized".to_string()),
            }
        }
        pub fn request_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.request_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for request_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{request_id}`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::MinimaxHailuo23StandardImageToVideoOutput>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{}",
                        encode_path(& request_id.to_string())
                    ),
                )
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .build()?;
            let info = super::OperationInfo {
                operation_id: "result_standard",
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
    /**Builder for [`Client::cancel_standard`]

[`Client::cancel_standard`]: super::Client::cancel_standard*/
    #[derive(Clone)]
    pub struct CancelStandard<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> CancelStandard<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                request_id: Err("request_id was not initialized".to_string()),
            }
        }
        pub fn request_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.request_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for request_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `PUT` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{request_id}/cancel`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Cancellation>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{}/cancel",
                        encode_path(& request_id.to_string())
                    ),
                )
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .build()?;
            let info = super::OperationInfo {
                operation_id: "cancel_standard",
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
    /**Builder for [`Client::status_standard`]

[`Client::status_standard`]: super::Client::status_standard*/
    #[derive(Clone)]
    pub struct StatusStandard<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
        logs: ::std::result::Result<::std::option::Option<i64>, ::std::string::String>,
    }
    impl<'a> StatusStandard<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                request_id: Err("request_id was not initialized".to_string()),
                logs: Ok(None),
            }
        }
        pub fn request_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.request_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for request_id failed"
                        .to_string()
                });
            self
        }
        pub fn logs<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i64>,
        {
            self.logs = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i64` for logs failed".to_string());
            self
        }
        ///Sends a `GET` request to `/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{request_id}/status`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::QueueStatus>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id, logs } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let logs = logs.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/fal-ai/minimax/hailuo-2.3/standard/image-to-video/requests/{}/status",
                        encode_path(& request_id.to_string())
                    ),
                )
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("logs", &logs))
                .build()?;
            let info = super::OperationInfo {
                operation_id: "status_standard",
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
    impl<'a> ::std::fmt::Debug for SubmitPro<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("SubmitPro").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for ResultPro<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ResultPro").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for CancelPro<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CancelPro").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for StatusPro<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("StatusPro").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for SubmitStandard<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("SubmitStandard").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for ResultStandard<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ResultStandard").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for CancelStandard<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CancelStandard").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for StatusStandard<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("StatusStandard").finish_non_exhaustive()
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
