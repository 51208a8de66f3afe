// Made by `cargo xtask regen highwayapi` from specs/highwayapi; do not edit. @generated
// Contract sha256 fe8080ac5de5af3ea17604cafdb9ee7e94bc8a26043d4ce44262205216713e4f, progenitor 0.15.1.

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
        ///The HTTP status, again.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::serde_json::Value>,
        ///What is wrong, for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///What belongs to the refusal.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///What is wrong, for programs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl Error {
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    ///Settings apart from the model's own.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Extra {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub webhook: ::std::option::Option<Webhook>,
    }
    impl Extra {
        pub fn builder() -> builder::Extra {
            Default::default()
        }
    }
    ///A video to make from a picture. Ten seconds at 1080P are refused.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
    pub struct ImageToVideoRequest {
        ///Length in seconds. Ten only at 768P.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<ImageToVideoRequestDuration>,
        ///Lets the model rewrite the prompt.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enable_prompt_expansion: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub extra: ::std::option::Option<Extra>,
        ///Shortens the time that rewriting takes.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fast_pretreatment: ::std::option::Option<bool>,
        ///The picture the video starts from: an http or https URL, or a base64 data URL. Base64 without the data URL's head is refused.
        pub image: ::hailuo_runtime::Media,
        ///What happens in the video; camera commands stand in square brackets.
        pub prompt: ::std::string::String,
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
    ///A task that was created.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Submitted {
        ///The task, to ask for its state with.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl Submitted {
        pub fn builder() -> builder::Submitted {
            Default::default()
        }
    }
    ///The state of a task, and its files once it is done.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Task {
        ///Sounds; none for a video.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audios: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::std::vec::Vec<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
            >,
        >,
        ///What the vendor adds about the run.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub extra: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        ///Pictures; none for a video.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub images: ::std::option::Option<
            ::hailuo_runtime::Lenient<
                ::std::vec::Vec<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
            >,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task: ::std::option::Option<::hailuo_runtime::Lenient<TaskState>>,
        ///The videos, once the task is done.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub videos: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::vec::Vec<::hailuo_runtime::Lenient<Video>>>,
        >,
    }
    impl Task {
        pub fn builder() -> builder::Task {
            Default::default()
        }
    }
    ///How far a task is.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct TaskState {
        ///Seconds until it should be done.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub eta: ::std::option::Option<::serde_json::Value>,
        ///How much of it is done; can be 0 at the end.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub progress_percent: ::std::option::Option<::serde_json::Value>,
        ///Why it failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///How far it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<TaskStateStatus>>,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///What kind of task it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl TaskState {
        pub fn builder() -> builder::TaskState {
            Default::default()
        }
    }
    ///How far it is.
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
    pub enum TaskStateStatus {
        #[serde(rename = "TASK_STATUS_FAILED")]
        TaskStatusFailed,
        #[serde(rename = "TASK_STATUS_PROCESSING")]
        TaskStatusProcessing,
        #[serde(rename = "TASK_STATUS_QUEUED")]
        TaskStatusQueued,
        #[serde(rename = "TASK_STATUS_SUCCEED")]
        TaskStatusSucceed,
        #[serde(rename = "TASK_STATUS_SUCCEEDED")]
        TaskStatusSucceeded,
    }
    impl ::std::fmt::Display for TaskStateStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TaskStatusFailed => f.write_str("TASK_STATUS_FAILED"),
                Self::TaskStatusProcessing => f.write_str("TASK_STATUS_PROCESSING"),
                Self::TaskStatusQueued => f.write_str("TASK_STATUS_QUEUED"),
                Self::TaskStatusSucceed => f.write_str("TASK_STATUS_SUCCEED"),
                Self::TaskStatusSucceeded => f.write_str("TASK_STATUS_SUCCEEDED"),
            }
        }
    }
    impl ::std::str::FromStr for TaskStateStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "TASK_STATUS_FAILED" => Ok(Self::TaskStatusFailed),
                "TASK_STATUS_PROCESSING" => Ok(Self::TaskStatusProcessing),
                "TASK_STATUS_QUEUED" => Ok(Self::TaskStatusQueued),
                "TASK_STATUS_SUCCEED" => Ok(Self::TaskStatusSucceed),
                "TASK_STATUS_SUCCEEDED" => Ok(Self::TaskStatusSucceeded),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TaskStateStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TaskStateStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A video.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Video {
        ///The format of the video.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video_type: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the video is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Seconds that the URL lives, as text.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video_url_ttl: ::std::option::Option<::serde_json::Value>,
    }
    impl Video {
        pub fn builder() -> builder::Video {
            Default::default()
        }
    }
    ///Where the vendor posts the finished task.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Webhook {
        ///The URL that is posted to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    impl Webhook {
        pub fn builder() -> builder::Webhook {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone)]
        pub struct Error {
            code: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            metadata: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                ::std::string::String,
            >,
            reason: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Error {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    message: Ok(Default::default()),
                    metadata: Ok(Default::default()),
                    reason: Ok(Default::default()),
                }
            }
        }
        impl Error {
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
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
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
                    code: value.code?,
                    message: value.message?,
                    metadata: value.metadata?,
                    reason: value.reason?,
                })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self {
                    code: Ok(value.code),
                    message: Ok(value.message),
                    metadata: Ok(value.metadata),
                    reason: Ok(value.reason),
                }
            }
        }
        #[derive(Clone)]
        pub struct Extra {
            webhook: ::std::result::Result<
                ::std::option::Option<super::Webhook>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Extra {
            fn default() -> Self {
                Self {
                    webhook: Ok(Default::default()),
                }
            }
        }
        impl Extra {
            pub fn webhook<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Webhook>>,
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
        impl ::std::convert::TryFrom<Extra> for super::Extra {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Extra,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { webhook: value.webhook? })
            }
        }
        impl ::std::convert::From<super::Extra> for Extra {
            fn from(value: super::Extra) -> Self {
                Self { webhook: Ok(value.webhook) }
            }
        }
        #[derive(Clone)]
        pub struct ImageToVideoRequest {
            duration: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestDuration>,
                ::std::string::String,
            >,
            enable_prompt_expansion: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            extra: ::std::result::Result<
                ::std::option::Option<super::Extra>,
                ::std::string::String,
            >,
            fast_pretreatment: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            image: ::std::result::Result<::hailuo_runtime::Media, ::std::string::String>,
            prompt: ::std::result::Result<::std::string::String, ::std::string::String>,
            resolution: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestResolution>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ImageToVideoRequest {
            fn default() -> Self {
                Self {
                    duration: Ok(Default::default()),
                    enable_prompt_expansion: Ok(Default::default()),
                    extra: Ok(Default::default()),
                    fast_pretreatment: Ok(Default::default()),
                    image: Err("no value supplied for image".to_string()),
                    prompt: Err("no value supplied for prompt".to_string()),
                    resolution: Ok(Default::default()),
                }
            }
        }
        impl ImageToVideoRequest {
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
            pub fn enable_prompt_expansion<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.enable_prompt_expansion = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for enable_prompt_expansion: {e}"
                        )
                    });
                self
            }
            pub fn extra<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Extra>>,
                T::Error: ::std::fmt::Display,
            {
                self.extra = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for extra: {e}")
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
            pub fn image<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::hailuo_runtime::Media>,
                T::Error: ::std::fmt::Display,
            {
                self.image = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for image: {e}")
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
                    duration: value.duration?,
                    enable_prompt_expansion: value.enable_prompt_expansion?,
                    extra: value.extra?,
                    fast_pretreatment: value.fast_pretreatment?,
                    image: value.image?,
                    prompt: value.prompt?,
                    resolution: value.resolution?,
                })
            }
        }
        impl ::std::convert::From<super::ImageToVideoRequest> for ImageToVideoRequest {
            fn from(value: super::ImageToVideoRequest) -> Self {
                Self {
                    duration: Ok(value.duration),
                    enable_prompt_expansion: Ok(value.enable_prompt_expansion),
                    extra: Ok(value.extra),
                    fast_pretreatment: Ok(value.fast_pretreatment),
                    image: Ok(value.image),
                    prompt: Ok(value.prompt),
                    resolution: Ok(value.resolution),
                }
            }
        }
        #[derive(Clone)]
        pub struct Submitted {
            task_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Submitted {
            fn default() -> Self {
                Self {
                    task_id: Ok(Default::default()),
                }
            }
        }
        impl Submitted {
            pub fn task_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.task_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for task_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Submitted> for super::Submitted {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Submitted,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { task_id: value.task_id? })
            }
        }
        impl ::std::convert::From<super::Submitted> for Submitted {
            fn from(value: super::Submitted) -> Self {
                Self { task_id: Ok(value.task_id) }
            }
        }
        #[derive(Clone)]
        pub struct Task {
            audios: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::std::vec::Vec<
                            ::hailuo_runtime::Lenient<
                                ::serde_json::Map<
                                    ::std::string::String,
                                    ::serde_json::Value,
                                >,
                            >,
                        >,
                    >,
                >,
                ::std::string::String,
            >,
            extra: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                    >,
                >,
                ::std::string::String,
            >,
            images: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::std::vec::Vec<
                            ::hailuo_runtime::Lenient<
                                ::serde_json::Map<
                                    ::std::string::String,
                                    ::serde_json::Value,
                                >,
                            >,
                        >,
                    >,
                >,
                ::std::string::String,
            >,
            task: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::TaskState>>,
                ::std::string::String,
            >,
            videos: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<
                        ::std::vec::Vec<::hailuo_runtime::Lenient<super::Video>>,
                    >,
                >,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Task {
            fn default() -> Self {
                Self {
                    audios: Ok(Default::default()),
                    extra: Ok(Default::default()),
                    images: Ok(Default::default()),
                    task: Ok(Default::default()),
                    videos: Ok(Default::default()),
                }
            }
        }
        impl Task {
            pub fn audios<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::std::vec::Vec<
                                ::hailuo_runtime::Lenient<
                                    ::serde_json::Map<
                                        ::std::string::String,
                                        ::serde_json::Value,
                                    >,
                                >,
                            >,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.audios = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for audios: {e}")
                    });
                self
            }
            pub fn extra<T>(mut self, value: T) -> Self
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
                self.extra = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for extra: {e}")
                    });
                self
            }
            pub fn images<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::std::vec::Vec<
                                ::hailuo_runtime::Lenient<
                                    ::serde_json::Map<
                                        ::std::string::String,
                                        ::serde_json::Value,
                                    >,
                                >,
                            >,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.images = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for images: {e}")
                    });
                self
            }
            pub fn task<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::TaskState>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.task = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for task: {e}")
                    });
                self
            }
            pub fn videos<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<
                            ::std::vec::Vec<::hailuo_runtime::Lenient<super::Video>>,
                        >,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.videos = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for videos: {e}")
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
                    audios: value.audios?,
                    extra: value.extra?,
                    images: value.images?,
                    task: value.task?,
                    videos: value.videos?,
                })
            }
        }
        impl ::std::convert::From<super::Task> for Task {
            fn from(value: super::Task) -> Self {
                Self {
                    audios: Ok(value.audios),
                    extra: Ok(value.extra),
                    images: Ok(value.images),
                    task: Ok(value.task),
                    videos: Ok(value.videos),
                }
            }
        }
        #[derive(Clone)]
        pub struct TaskState {
            eta: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            progress_percent: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            reason: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::TaskStateStatus>>,
                ::std::string::String,
            >,
            task_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            task_type: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TaskState {
            fn default() -> Self {
                Self {
                    eta: Ok(Default::default()),
                    progress_percent: Ok(Default::default()),
                    reason: Ok(Default::default()),
                    status: Ok(Default::default()),
                    task_id: Ok(Default::default()),
                    task_type: Ok(Default::default()),
                }
            }
        }
        impl TaskState {
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
            pub fn progress_percent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.progress_percent = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for progress_percent: {e}"
                        )
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<super::TaskStateStatus>,
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
            pub fn task_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.task_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for task_id: {e}")
                    });
                self
            }
            pub fn task_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.task_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for task_type: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TaskState> for super::TaskState {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TaskState,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    eta: value.eta?,
                    progress_percent: value.progress_percent?,
                    reason: value.reason?,
                    status: value.status?,
                    task_id: value.task_id?,
                    task_type: value.task_type?,
                })
            }
        }
        impl ::std::convert::From<super::TaskState> for TaskState {
            fn from(value: super::TaskState) -> Self {
                Self {
                    eta: Ok(value.eta),
                    progress_percent: Ok(value.progress_percent),
                    reason: Ok(value.reason),
                    status: Ok(value.status),
                    task_id: Ok(value.task_id),
                    task_type: Ok(value.task_type),
                }
            }
        }
        #[derive(Clone)]
        pub struct Video {
            video_type: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            video_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            video_url_ttl: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Video {
            fn default() -> Self {
                Self {
                    video_type: Ok(Default::default()),
                    video_url: Ok(Default::default()),
                    video_url_ttl: Ok(Default::default()),
                }
            }
        }
        impl Video {
            pub fn video_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.video_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for video_type: {e}")
                    });
                self
            }
            pub fn video_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.video_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for video_url: {e}")
                    });
                self
            }
            pub fn video_url_ttl<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.video_url_ttl = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for video_url_ttl: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Video> for super::Video {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Video,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    video_type: value.video_type?,
                    video_url: value.video_url?,
                    video_url_ttl: value.video_url_ttl?,
                })
            }
        }
        impl ::std::convert::From<super::Video> for Video {
            fn from(value: super::Video) -> Self {
                Self {
                    video_type: Ok(value.video_type),
                    video_url: Ok(value.video_url),
                    video_url_ttl: Ok(value.video_url_ttl),
                }
            }
        }
        #[derive(Clone)]
        pub struct Webhook {
            url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Webhook {
            fn default() -> Self {
                Self {
                    url: Ok(Default::default()),
                }
            }
        }
        impl Webhook {
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
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
        impl ::std::convert::TryFrom<Webhook> for super::Webhook {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Webhook,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { url: value.url? })
            }
        }
        impl ::std::convert::From<super::Webhook> for Webhook {
            fn from(value: super::Webhook) -> Self {
                Self { url: Ok(value.url) }
            }
        }
        impl ::std::convert::TryFrom<Extra> for ::std::option::Option<super::Extra> {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Extra,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                super::Extra::try_from(value).map(::std::option::Option::Some)
            }
        }
        impl ::std::convert::TryFrom<Webhook> for ::std::option::Option<super::Webhook> {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Webhook,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                super::Webhook::try_from(value).map(::std::option::Option::Some)
            }
        }
        impl ::std::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Error").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Extra {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Extra").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for ImageToVideoRequest {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("ImageToVideoRequest").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Submitted {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Submitted").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Task {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Task").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for TaskState {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("TaskState").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Video {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Video").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for Webhook {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Webhook").finish_non_exhaustive()
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
                .field("code", &::std::format_args!(".."))
                .field("message", &self.message)
                .field("metadata", &self.metadata)
                .field("reason", &self.reason)
                .finish()
        }
    }
    impl ::std::fmt::Debug for ImageToVideoRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ImageToVideoRequest")
                .field("duration", &self.duration)
                .field("enable_prompt_expansion", &self.enable_prompt_expansion)
                .field("extra", &self.extra)
                .field("fast_pretreatment", &self.fast_pretreatment)
                .field("image", &self.image)
                .field("prompt", &::std::format_args!(".."))
                .field("resolution", &self.resolution)
                .finish()
        }
    }
    impl ::std::fmt::Debug for TaskState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("TaskState")
                .field("eta", &::std::format_args!(".."))
                .field("progress_percent", &::std::format_args!(".."))
                .field("reason", &self.reason)
                .field("status", &self.status)
                .field("task_id", &self.task_id)
                .field("task_type", &self.task_type)
                .finish()
        }
    }
    impl ::std::fmt::Debug for Video {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Video")
                .field("video_type", &self.video_type)
                .field("video_url", &self.video_url)
                .field("video_url_ttl", &::std::format_args!(".."))
                .finish()
        }
    }
    impl ::std::fmt::Debug for Webhook {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Webhook").field("url", &::std::format_args!("..")).finish()
        }
    }
}
#[derive(Clone, Debug)]
/**Client for HighwayAPI

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

Creates a task and charges for it.

Sends a `POST` request to `/v3/async/minimax-hailuo-2.3-i2v`

```ignore
let response = client.submit()
    .body(body)
    .send()
    .await;
```*/
    pub fn submit(&self) -> builder::Submit<'_> {
        builder::Submit::new(self)
    }
    /**Ask how a task is doing

Tells the state of a task, and where its files are once it is done.

Sends a `GET` request to `/v3/async/task-result`

Arguments:
- `task_id`: The `task_id` of the submit's answer.
```ignore
let response = client.status()
    .task_id(task_id)
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
        ///Sends a `POST` request to `/v3/async/minimax-hailuo-2.3-i2v`
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
                .url("/v3/async/minimax-hailuo-2.3-i2v")
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
    /**Builder for [`Client::status`]

[`Client::status`]: super::Client::status*/
    #[derive(Clone)]
    pub struct Status<'a> {
        client: &'a super::Client,
        task_id: ::std::result::Result<::std::string::String, ::std::string::String>,
    }
    impl<'a> Status<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                task_id: Err("task_id was not initialized".to_string()),
            }
        }
        pub fn task_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.task_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for task_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v3/async/task-result`
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            super::ResponseValue<types::Task>,
            super::Error<super::ByteStream>,
        > {
            let Self { client, task_id } = self;
            let task_id = task_id.map_err(super::Error::InvalidRequest)?;
            let url = client
                .inner
                .url("/v3/async/task-result")
                .map_err(super::Error::InvalidRequest)?;
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("task_id", &task_id))
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
