// Made by `cargo xtask regen seaart` from specs/seaart; do not edit. @generated
// Contract sha256 b23fdfab0b020122cd1263f8ad548a6ef31b4d722efe1bbc3f262f8438f11fe8, progenitor 0.15.1.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A task that will be stopped.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Cancellation {
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The state after the request to stop.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl Cancellation {
        pub fn builder() -> builder::Cancellation {
            Default::default()
        }
    }
    ///A refusal.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Error {
        ///Nothing, in a refusal.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<ErrorStatus>>,
    }
    impl Error {
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    ///What is wrong.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct ErrorStatus {
        ///The vendor's number of the refusal.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::serde_json::Value>,
        ///What is wrong, for programs; 40201 to 40208 mean the balance.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<::serde_json::Value>,
        ///What is wrong, for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl ErrorStatus {
        pub fn builder() -> builder::ErrorStatus {
            Default::default()
        }
    }
    ///A video to make from a picture. Ten seconds at 1080P are refused.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
    pub struct ImageToVideoRequest {
        ///Puts a watermark into the video.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub aigc_watermark: ::std::option::Option<bool>,
        ///Length in seconds. Ten only at 768P.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<ImageToVideoRequestDuration>,
        ///Shortens the time that rewriting takes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fast_pretreatment: ::std::option::Option<bool>,
        ///The first frame: an http or https URL, or a base64 data URL. JPG, JPEG, PNG or WebP under 20 MB, short side over 300 pixels, aspect ratio from 2:5 to 5:2.
        pub first_frame_image: ::hailuo_runtime::Media,
        ///What happens in the video; camera commands stand in square brackets.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub prompt: ::std::option::Option<::std::string::String>,
        ///Lets the model rewrite the prompt.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub prompt_optimizer: ::std::option::Option<bool>,
        ///Height of the picture. 1080P only with six seconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub resolution: ::std::option::Option<ImageToVideoRequestResolution>,
    }
    impl ImageToVideoRequest {
        pub fn builder() -> builder::ImageToVideoRequest {
            Default::default()
        }
    }
    ///Length in seconds. Ten only at 768P.
    #[derive(::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct ImageToVideoRequestDuration(i64);
    impl ::std::ops::Deref for ImageToVideoRequestDuration {
        type Target = i64;
        fn deref(&self) -> &i64 {
            &self.0
        }
    }
    impl ::std::convert::From<ImageToVideoRequestDuration> for i64 {
        fn from(value: ImageToVideoRequestDuration) -> Self {
            value.0
        }
    }
    impl ::std::convert::TryFrom<i64> for ImageToVideoRequestDuration {
        type Error = self::error::ConversionError;
        fn try_from(
            value: i64,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if ![6_i64, 10_i64].contains(&value) {
                Err("invalid value".into())
            } else {
                Ok(Self(value))
            }
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ImageToVideoRequestDuration {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            Self::try_from(<i64>::deserialize(deserializer)?)
                .map_err(|e| { <D::Error as ::serde::de::Error>::custom(e.to_string()) })
        }
    }
    ///Height of the picture. 1080P only with six seconds.
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
    pub enum ImageToVideoRequestResolution {
        #[serde(rename = "1080P")]
        X1080p,
        #[serde(rename = "768P")]
        X768p,
    }
    impl ::std::fmt::Display for ImageToVideoRequestResolution {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::X1080p => f.write_str("1080P"),
                Self::X768p => f.write_str("768P"),
            }
        }
    }
    impl ::std::str::FromStr for ImageToVideoRequestResolution {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "1080P" => Ok(Self::X1080p),
                "768P" => Ok(Self::X768p),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ImageToVideoRequestResolution {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for ImageToVideoRequestResolution {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A file that a task made.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Output {
        ///Its media type.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub content_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Its length in seconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<::hailuo_runtime::Lenient<f64>>,
        ///Its name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub file_name: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Its size in bytes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub file_size: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
        ///Its height in pixels.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub height: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
        ///What the file is.
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the file is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///Its width in pixels.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub width: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
    }
    impl Output {
        pub fn builder() -> builder::Output {
            Default::default()
        }
    }
    ///The files of a task, once it is finished.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Result {
        ///What the vendor adds about the run.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///The files; the video is the first.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub outputs: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::vec::Vec<::hailuo_runtime::Lenient<Output>>>,
        >,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The state, while there are no files.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl Result {
        pub fn builder() -> builder::Result {
            Default::default()
        }
    }
    ///A task that was queued.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Submitted {
        ///Where to stop the task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cancel_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Tasks before this one; so far always 0.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub queue_position: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the files will be.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The state, where it is given.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where to ask for the state.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl Submitted {
        pub fn builder() -> builder::Submitted {
            Default::default()
        }
    }
    ///The state of a task.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct TaskStatus {
        ///Why the task failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::serde_json::Value>,
        ///The kind of failure.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<TaskStatusErrorType>,
        >,
        ///Times of the run.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metrics: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///Tasks before this one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub queue_position: ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the files are.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///`COMPLETED` is also the end of a task that failed; then `error` is there. The words are seen in small letters too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<TaskStatusStatus>>,
    }
    impl TaskStatus {
        pub fn builder() -> builder::TaskStatus {
            Default::default()
        }
    }
    ///The kind of failure.
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
    pub enum TaskStatusErrorType {
        #[serde(rename = "CANCELED")]
        Canceled,
        #[serde(rename = "CONTENT_BLOCKED")]
        ContentBlocked,
        #[serde(rename = "INFERENCE_FAILURE")]
        InferenceFailure,
        #[serde(rename = "INFERENCE_TIMEOUT")]
        InferenceTimeout,
        #[serde(rename = "INTERNAL_SERVER_ERROR")]
        InternalServerError,
        #[serde(rename = "REQUEST_INVALID")]
        RequestInvalid,
    }
    impl ::std::fmt::Display for TaskStatusErrorType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Canceled => f.write_str("CANCELED"),
                Self::ContentBlocked => f.write_str("CONTENT_BLOCKED"),
                Self::InferenceFailure => f.write_str("INFERENCE_FAILURE"),
                Self::InferenceTimeout => f.write_str("INFERENCE_TIMEOUT"),
                Self::InternalServerError => f.write_str("INTERNAL_SERVER_ERROR"),
                Self::RequestInvalid => f.write_str("REQUEST_INVALID"),
            }
        }
    }
    impl ::std::str::FromStr for TaskStatusErrorType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "CANCELED" => Ok(Self::Canceled),
                "CONTENT_BLOCKED" => Ok(Self::ContentBlocked),
                "INFERENCE_FAILURE" => Ok(Self::InferenceFailure),
                "INFERENCE_TIMEOUT" => Ok(Self::InferenceTimeout),
                "INTERNAL_SERVER_ERROR" => Ok(Self::InternalServerError),
                "REQUEST_INVALID" => Ok(Self::RequestInvalid),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TaskStatusErrorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TaskStatusErrorType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`COMPLETED` is also the end of a task that failed; then `error` is there. The words are seen in small letters too.
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
    pub enum TaskStatusStatus {
        #[serde(rename = "COMPLETED")]
        Completed,
        #[serde(rename = "IN_PROGRESS")]
        InProgress,
        #[serde(rename = "IN_QUEUE")]
        InQueue,
    }
    impl ::std::fmt::Display for TaskStatusStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Completed => f.write_str("COMPLETED"),
                Self::InProgress => f.write_str("IN_PROGRESS"),
                Self::InQueue => f.write_str("IN_QUEUE"),
            }
        }
    }
    impl ::std::str::FromStr for TaskStatusStatus {
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
    impl ::std::convert::TryFrom<&str> for TaskStatusStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TaskStatusStatus {
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
            request_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Cancellation {
            fn default() -> Self {
                Self {
                    request_id: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl Cancellation {
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
        impl ::std::convert::TryFrom<Cancellation> for super::Cancellation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Cancellation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    request_id: value.request_id?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Cancellation> for Cancellation {
            fn from(value: super::Cancellation) -> Self {
                Self {
                    request_id: Ok(value.request_id),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone)]
        pub struct Error {
            data: ::std::result::Result<
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
                    data: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl Error {
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
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
                    data: value.data?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self {
                    data: Ok(value.data),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone)]
        pub struct ErrorStatus {
            code: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            error_code: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ErrorStatus {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    error_code: Ok(Default::default()),
                    message: Ok(Default::default()),
                }
            }
        }
        impl ErrorStatus {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn error_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.error_code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error_code: {e}")
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
        }
        impl ::std::convert::TryFrom<ErrorStatus> for super::ErrorStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ErrorStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    error_code: value.error_code?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::ErrorStatus> for ErrorStatus {
            fn from(value: super::ErrorStatus) -> Self {
                Self {
                    code: Ok(value.code),
                    error_code: Ok(value.error_code),
                    message: Ok(value.message),
                }
            }
        }
        #[derive(Clone)]
        pub struct ImageToVideoRequest {
            aigc_watermark: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            duration: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestDuration>,
                ::std::string::String,
            >,
            fast_pretreatment: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            first_frame_image: ::std::result::Result<
                ::hailuo_runtime::Media,
                ::std::string::String,
            >,
            prompt: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            prompt_optimizer: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            resolution: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestResolution>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ImageToVideoRequest {
            fn default() -> Self {
                Self {
                    aigc_watermark: Ok(Default::default()),
                    duration: Ok(Default::default()),
                    fast_pretreatment: Ok(Default::default()),
                    first_frame_image: Err(
                        "no value supplied for first_frame_image".to_string(),
                    ),
                    prompt: Ok(Default::default()),
                    prompt_optimizer: Ok(Default::default()),
                    resolution: Ok(Default::default()),
                }
            }
        }
        impl ImageToVideoRequest {
            pub fn aigc_watermark<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.aigc_watermark = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for aigc_watermark: {e}"
                        )
                    });
                self
            }
            pub fn duration<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ImageToVideoRequestDuration>,
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
            pub fn fast_pretreatment<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.fast_pretreatment = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for fast_pretreatment: {e}"
                        )
                    });
                self
            }
            pub fn first_frame_image<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::hailuo_runtime::Media>,
                T::Error: ::std::fmt::Display,
            {
                self.first_frame_image = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for first_frame_image: {e}"
                        )
                    });
                self
            }
            pub fn prompt<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
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
            pub fn resolution<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ImageToVideoRequestResolution>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.resolution = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for resolution: {e}")
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
                    aigc_watermark: value.aigc_watermark?,
                    duration: value.duration?,
                    fast_pretreatment: value.fast_pretreatment?,
                    first_frame_image: value.first_frame_image?,
                    prompt: value.prompt?,
                    prompt_optimizer: value.prompt_optimizer?,
                    resolution: value.resolution?,
                })
            }
        }
        impl ::std::convert::From<super::ImageToVideoRequest> for ImageToVideoRequest {
            fn from(value: super::ImageToVideoRequest) -> Self {
                Self {
                    aigc_watermark: Ok(value.aigc_watermark),
                    duration: Ok(value.duration),
                    fast_pretreatment: Ok(value.fast_pretreatment),
                    first_frame_image: Ok(value.first_frame_image),
                    prompt: Ok(value.prompt),
                    prompt_optimizer: Ok(value.prompt_optimizer),
                    resolution: Ok(value.resolution),
                }
            }
        }
        #[derive(Clone)]
        pub struct Output {
            content_type: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            duration: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<f64>>,
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
            height: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
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
            width: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Output {
            fn default() -> Self {
                Self {
                    content_type: Ok(Default::default()),
                    duration: Ok(Default::default()),
                    file_name: Ok(Default::default()),
                    file_size: Ok(Default::default()),
                    height: Ok(Default::default()),
                    type_: Ok(Default::default()),
                    url: Ok(Default::default()),
                    width: Ok(Default::default()),
                }
            }
        }
        impl Output {
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
            pub fn duration<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<f64>>,
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
            pub fn height<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.height = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for height: {e}")
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
            pub fn width<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<i64>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.width = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for width: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Output> for super::Output {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Output,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    content_type: value.content_type?,
                    duration: value.duration?,
                    file_name: value.file_name?,
                    file_size: value.file_size?,
                    height: value.height?,
                    type_: value.type_?,
                    url: value.url?,
                    width: value.width?,
                })
            }
        }
        impl ::std::convert::From<super::Output> for Output {
            fn from(value: super::Output) -> Self {
                Self {
                    content_type: Ok(value.content_type),
                    duration: Ok(value.duration),
                    file_name: Ok(value.file_name),
                    file_size: Ok(value.file_size),
                    height: Ok(value.height),
                    type_: Ok(value.type_),
                    url: Ok(value.url),
                    width: Ok(value.width),
                }
            }
        }
        #[derive(Clone)]
        pub struct Result {
            metadata: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                ::std::string::String,
            >,
            outputs: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::std::vec::Vec<::hailuo_runtime::Lenient<super::Output>>,
                    >,
                >,
                ::std::string::String,
            >,
            request_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Result {
            fn default() -> Self {
                Self {
                    metadata: Ok(Default::default()),
                    outputs: Ok(Default::default()),
                    request_id: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl Result {
            pub fn metadata<T>(mut self, value: T) -> Self
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
                self.metadata = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for metadata: {e}")
                    });
                self
            }
            pub fn outputs<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::std::vec::Vec<::hailuo_runtime::Lenient<super::Output>>,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.outputs = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for outputs: {e}")
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
        impl ::std::convert::TryFrom<Result> for super::Result {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Result,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    metadata: value.metadata?,
                    outputs: value.outputs?,
                    request_id: value.request_id?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Result> for Result {
            fn from(value: super::Result) -> Self {
                Self {
                    metadata: Ok(value.metadata),
                    outputs: Ok(value.outputs),
                    request_id: Ok(value.request_id),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone)]
        pub struct Submitted {
            cancel_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
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
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Submitted {
            fn default() -> Self {
                Self {
                    cancel_url: Ok(Default::default()),
                    queue_position: Ok(Default::default()),
                    request_id: Ok(Default::default()),
                    response_url: Ok(Default::default()),
                    status: Ok(Default::default()),
                    status_url: Ok(Default::default()),
                }
            }
        }
        impl Submitted {
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
        impl ::std::convert::TryFrom<Submitted> for super::Submitted {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Submitted,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    cancel_url: value.cancel_url?,
                    queue_position: value.queue_position?,
                    request_id: value.request_id?,
                    response_url: value.response_url?,
                    status: value.status?,
                    status_url: value.status_url?,
                })
            }
        }
        impl ::std::convert::From<super::Submitted> for Submitted {
            fn from(value: super::Submitted) -> Self {
                Self {
                    cancel_url: Ok(value.cancel_url),
                    queue_position: Ok(value.queue_position),
                    request_id: Ok(value.request_id),
                    response_url: Ok(value.response_url),
                    status: Ok(value.status),
                    status_url: Ok(value.status_url),
                }
            }
        }
        #[derive(Clone)]
        pub struct TaskStatus {
            error: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            error_type: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<super::TaskStatusErrorType>,
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
                    ::hailuo_runtime::Lenient<super::TaskStatusStatus>,
                >,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TaskStatus {
            fn default() -> Self {
                Self {
                    error: Ok(Default::default()),
                    error_type: Ok(Default::default()),
                    metrics: Ok(Default::default()),
                    queue_position: Ok(Default::default()),
                    request_id: Ok(Default::default()),
                    response_url: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl TaskStatus {
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
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
                        ::hailuo_runtime::Lenient<super::TaskStatusErrorType>,
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
                        ::hailuo_runtime::Lenient<super::TaskStatusStatus>,
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
        impl ::std::convert::TryFrom<TaskStatus> for super::TaskStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TaskStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    error: value.error?,
                    error_type: value.error_type?,
                    metrics: value.metrics?,
                    queue_position: value.queue_position?,
                    request_id: value.request_id?,
                    response_url: value.response_url?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::TaskStatus> for TaskStatus {
            fn from(value: super::TaskStatus) -> Self {
                Self {
                    error: Ok(value.error),
                    error_type: Ok(value.error_type),
                    metrics: Ok(value.metrics),
                    queue_position: Ok(value.queue_position),
                    request_id: Ok(value.request_id),
                    response_url: Ok(value.response_url),
                    status: Ok(value.status),
                }
            }
        }
        impl ::std::fmt::Debug for Cancellation {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Cancellation").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Error").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for ErrorStatus {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("ErrorStatus").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for ImageToVideoRequest {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("ImageToVideoRequest").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Output {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Output").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Result {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Result").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Submitted {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Submitted").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for TaskStatus {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("TaskStatus").finish_non_exhaustive()
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
    impl ::std::fmt::Debug for Error {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Error")
                .field("data", &::std::format_args!(".."))
                .field("status", &self.status)
                .finish()
        }
    }
    impl ::std::fmt::Debug for ErrorStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ErrorStatus")
                .field("code", &::std::format_args!(".."))
                .field("error_code", &::std::format_args!(".."))
                .field("message", &self.message)
                .finish()
        }
    }
    impl ::std::fmt::Debug for ImageToVideoRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ImageToVideoRequest")
                .field("aigc_watermark", &self.aigc_watermark)
                .field("duration", &self.duration)
                .field("fast_pretreatment", &self.fast_pretreatment)
                .field("first_frame_image", &self.first_frame_image)
                .field("prompt", &::std::format_args!(".."))
                .field("prompt_optimizer", &self.prompt_optimizer)
                .field("resolution", &self.resolution)
                .finish()
        }
    }
    impl ::std::fmt::Debug for TaskStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("TaskStatus")
                .field("error", &::std::format_args!(".."))
                .field("error_type", &self.error_type)
                .field("metrics", &self.metrics)
                .field("queue_position", &self.queue_position)
                .field("request_id", &self.request_id)
                .field("response_url", &self.response_url)
                .field("status", &self.status)
                .finish()
        }
    }
}
#[derive(Clone, Debug)]
/**Client for SeaArt

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
    /**Start a video

Queues a task and charges for it.

Sends a `POST` request to `/v1/queue/minimax_hailuo_23_i2v`

```ignore
let response = client.submit()
    .body(body)
    .send()
    .await;
```*/
    pub fn submit(&self) -> builder::Submit<'_> {
        builder::Submit::new(self)
    }
    /**Stop a task

Asks for a task to be stopped.

Sends a `PUT` request to `/v1/queue/minimax_hailuo_23_i2v/requests/{request_id}/cancel`

Arguments:
- `request_id`: The `request_id` of the submit's answer.
```ignore
let response = client.cancel()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn cancel(&self) -> builder::Cancel<'_> {
        builder::Cancel::new(self)
    }
    /**Fetch the video

Gives the files of a finished task.

Sends a `GET` request to `/v1/queue/minimax_hailuo_23_i2v/requests/{request_id}/response`

Arguments:
- `request_id`: The `request_id` of the submit's answer.
```ignore
let response = client.result()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn result(&self) -> builder::Result<'_> {
        builder::Result::new(self)
    }
    /**Ask how a task is doing

Tells the state of a task. There is no word for failure: a failed task is completed and has an `error`.

Sends a `GET` request to `/v1/queue/minimax_hailuo_23_i2v/requests/{request_id}/status`

Arguments:
- `request_id`: The `request_id` of the submit's answer.
```ignore
let response = client.status()
    .request_id(request_id)
    .send()
    .await;
```*/
    pub fn status(&self) -> builder::Status<'_> {
        builder::Status::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    #[allow(unused_imports)]
    use super::{
        encode_path, types, ClientHooks as _, ClientInfo as _, RequestBuilderExt as _,
    };
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
        ///Sends a `POST` request to `/v1/queue/minimax_hailuo_23_i2v`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Submitted>,
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
                .url("/v1/queue/minimax_hailuo_23_i2v")
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
    /**Builder for [`Client::cancel`]

[`Client::cancel`]: super::Client::cancel*/
    #[derive(Clone)]
    pub struct Cancel<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> Cancel<'a> {
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
        ///Sends a `PUT` request to `/v1/queue/minimax_hailuo_23_i2v/requests/{request_id}/cancel`
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
                        "/v1/queue/minimax_hailuo_23_i2v/requests/{}/cancel",
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
                operation_id: "cancel",
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
    /**Builder for [`Client::result`]

[`Client::result`]: super::Client::result*/
    #[derive(Clone)]
    pub struct Result<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> Result<'a> {
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
        ///Sends a `GET` request to `/v1/queue/minimax_hailuo_23_i2v/requests/{request_id}/response`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Result>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/v1/queue/minimax_hailuo_23_i2v/requests/{}/response",
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
                operation_id: "result",
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
    /**Builder for [`Client::status`]

[`Client::status`]: super::Client::status*/
    #[derive(Clone)]
    pub struct Status<'a> {
        client: &'a super::Client,
        request_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
    }
    impl<'a> Status<'a> {
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
        ///Sends a `GET` request to `/v1/queue/minimax_hailuo_23_i2v/requests/{request_id}/status`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::TaskStatus>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, request_id } = self;
            let request_id = request_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url(
                    &format!(
                        "/v1/queue/minimax_hailuo_23_i2v/requests/{}/status",
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
    impl<'a> ::std::fmt::Debug for Submit<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Submit").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for Cancel<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Cancel").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for Result<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Result").finish_non_exhaustive()
        }
    }
    impl<'a> ::std::fmt::Debug for Status<'a> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Status").finish_non_exhaustive()
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
