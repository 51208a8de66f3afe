// Made by `cargo xtask regen apiinone` from specs/apiinone; do not edit. @generated
// Contract sha256 0db05971578351ea703de9a3a1a9a7ac8c5e38e8a4c25a37bbeee55ab26f0ea3, progenitor 0.15.1.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A refusal.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Error {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::hailuo_runtime::Lenient<ErrorDetail>>,
    }
    impl Error {
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    ///What is wrong.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct ErrorDetail {
        ///The HTTP status, again.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::serde_json::Value>,
        ///What is wrong, for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///What is wrong, for programs.
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl ErrorDetail {
        pub fn builder() -> builder::ErrorDetail {
            Default::default()
        }
    }
    ///A video to make from a picture.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
    pub struct ImageToVideoRequest {
        ///Where the vendor posts the finished task; its body is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_url: ::std::option::Option<::std::string::String>,
        ///Length in seconds, as text without a unit.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<ImageToVideoRequestDuration>,
        ///The picture the video starts from: an http or https URL. Whether a data URL is taken is not known.
        pub image: ::hailuo_runtime::Media,
        ///The sub-model: standard or pro. The bare identifier names the model without choosing one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<ImageToVideoRequestModel>,
        ///What happens in the video.
        pub prompt: ::std::string::String,
        ///Height of the picture.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub resolution: ::std::option::Option<ImageToVideoRequestResolution>,
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
    ///The sub-model: standard or pro. The bare identifier names the model without choosing one.
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
    pub enum ImageToVideoRequestModel {
        #[serde(rename = "hailuo-2-3")]
        Hailuo2_3,
        #[serde(rename = "hailuo/2-3-image-to-video-pro")]
        Hailuo2_3ImageToVideoPro,
        #[serde(rename = "hailuo/2-3-image-to-video-standard")]
        Hailuo2_3ImageToVideoStandard,
    }
    impl ::std::fmt::Display for ImageToVideoRequestModel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Hailuo2_3 => f.write_str("hailuo-2-3"),
                Self::Hailuo2_3ImageToVideoPro => {
                    f.write_str("hailuo/2-3-image-to-video-pro")
                }
                Self::Hailuo2_3ImageToVideoStandard => {
                    f.write_str("hailuo/2-3-image-to-video-standard")
                }
            }
        }
    }
    impl ::std::str::FromStr for ImageToVideoRequestModel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "hailuo-2-3" => Ok(Self::Hailuo2_3),
                "hailuo/2-3-image-to-video-pro" => Ok(Self::Hailuo2_3ImageToVideoPro),
                "hailuo/2-3-image-to-video-standard" => {
                    Ok(Self::Hailuo2_3ImageToVideoStandard)
                }
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ImageToVideoRequestModel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ImageToVideoRequestModel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Height of the picture.
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
    ///A task that was created. The older shape has the task's fields at the top.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Submitted {
        ///200 when the task was created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::serde_json::Value>,
        ///When the task was created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<::hailuo_runtime::Lenient<SubmittedTask>>,
        ///Why the task failed or the request was refused: text, or an object as in `ErrorDetail`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::serde_json::Value>,
        ///The task, where the answer calls it so.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///A note for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The sub-model that runs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///How far it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<SubmittedStatus>>,
    }
    impl Submitted {
        pub fn builder() -> builder::Submitted {
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
    pub enum SubmittedStatus {
        #[serde(rename = "IN_PROGRESS")]
        InProgress,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "pending")]
        Pending,
    }
    impl ::std::fmt::Display for SubmittedStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InProgress => f.write_str("IN_PROGRESS"),
                Self::Completed => f.write_str("completed"),
                Self::Failed => f.write_str("failed"),
                Self::Pending => f.write_str("pending"),
            }
        }
    }
    impl ::std::str::FromStr for SubmittedStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "IN_PROGRESS" => Ok(Self::InProgress),
                "completed" => Ok(Self::Completed),
                "failed" => Ok(Self::Failed),
                "pending" => Ok(Self::Pending),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SubmittedStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SubmittedStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The task.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct SubmittedTask {
        ///How far it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<
            ::hailuo_runtime::Lenient<SubmittedTaskStatus>,
        >,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
    }
    impl SubmittedTask {
        pub fn builder() -> builder::SubmittedTask {
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
    pub enum SubmittedTaskStatus {
        #[serde(rename = "IN_PROGRESS")]
        InProgress,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "pending")]
        Pending,
    }
    impl ::std::fmt::Display for SubmittedTaskStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InProgress => f.write_str("IN_PROGRESS"),
                Self::Completed => f.write_str("completed"),
                Self::Failed => f.write_str("failed"),
                Self::Pending => f.write_str("pending"),
            }
        }
    }
    impl ::std::str::FromStr for SubmittedTaskStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "IN_PROGRESS" => Ok(Self::InProgress),
                "completed" => Ok(Self::Completed),
                "failed" => Ok(Self::Failed),
                "pending" => Ok(Self::Pending),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SubmittedTaskStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SubmittedTaskStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The state of a task. Only its words are documented, so the fields are looked for at the top and in `data`.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct Task {
        ///200 when the task is known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::serde_json::Value>,
        ///When the task was created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<::hailuo_runtime::Lenient<TaskState>>,
        ///Why the task failed or the request was refused: text, or an object as in `ErrorDetail`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::serde_json::Value>,
        ///The task, where the answer calls it so.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///A note for people, or why the task failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The sub-model that runs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The video, or the videos: URLs, or objects with `url` or `video_url`. The body of a finished task is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub output: ::std::option::Option<::serde_json::Value>,
        ///How much of it is done.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub progress: ::std::option::Option<::serde_json::Value>,
        ///How far it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<TaskStatus>>,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the video is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///Where the video is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The video, or the videos: URLs, or objects with `url` or `video_url`. The body of a finished task is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub videos: ::std::option::Option<::serde_json::Value>,
    }
    impl Task {
        pub fn builder() -> builder::Task {
            Default::default()
        }
    }
    ///The state of a task, where the answer wraps it.
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default)]
    pub struct TaskState {
        ///When the task was created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::serde_json::Value>,
        ///Why the task failed or the request was refused: text, or an object as in `ErrorDetail`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::serde_json::Value>,
        ///The task, where the answer calls it so.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///A note for people, or why the task failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The sub-model that runs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The video, or the videos: URLs, or objects with `url` or `video_url`. The body of a finished task is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub output: ::std::option::Option<::serde_json::Value>,
        ///How much of it is done.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub progress: ::std::option::Option<::serde_json::Value>,
        ///How far it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::hailuo_runtime::Lenient<TaskStateStatus>>,
        ///The task.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub task_id: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///Where the video is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
        ///Where the video is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video_url: ::std::option::Option<
            ::hailuo_runtime::Lenient<::std::string::String>,
        >,
        ///The video, or the videos: URLs, or objects with `url` or `video_url`. The body of a finished task is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub videos: ::std::option::Option<::serde_json::Value>,
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
        #[serde(rename = "IN_PROGRESS")]
        InProgress,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "pending")]
        Pending,
    }
    impl ::std::fmt::Display for TaskStateStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InProgress => f.write_str("IN_PROGRESS"),
                Self::Completed => f.write_str("completed"),
                Self::Failed => f.write_str("failed"),
                Self::Pending => f.write_str("pending"),
            }
        }
    }
    impl ::std::str::FromStr for TaskStateStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "IN_PROGRESS" => Ok(Self::InProgress),
                "completed" => Ok(Self::Completed),
                "failed" => Ok(Self::Failed),
                "pending" => Ok(Self::Pending),
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
    pub enum TaskStatus {
        #[serde(rename = "IN_PROGRESS")]
        InProgress,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "pending")]
        Pending,
    }
    impl ::std::fmt::Display for TaskStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InProgress => f.write_str("IN_PROGRESS"),
                Self::Completed => f.write_str("completed"),
                Self::Failed => f.write_str("failed"),
                Self::Pending => f.write_str("pending"),
            }
        }
    }
    impl ::std::str::FromStr for TaskStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "IN_PROGRESS" => Ok(Self::InProgress),
                "completed" => Ok(Self::Completed),
                "failed" => Ok(Self::Failed),
                "pending" => Ok(Self::Pending),
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
            error: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::ErrorDetail>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Error {
            fn default() -> Self {
                Self {
                    error: Ok(Default::default()),
                }
            }
        }
        impl Error {
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::ErrorDetail>>,
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
        }
        impl ::std::convert::TryFrom<Error> for super::Error {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Error,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { error: value.error? })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self { error: Ok(value.error) }
            }
        }
        #[derive(Clone)]
        pub struct ErrorDetail {
            code: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            type_: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ErrorDetail {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    message: Ok(Default::default()),
                    type_: Ok(Default::default()),
                }
            }
        }
        impl ErrorDetail {
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
        }
        impl ::std::convert::TryFrom<ErrorDetail> for super::ErrorDetail {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ErrorDetail,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    message: value.message?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::ErrorDetail> for ErrorDetail {
            fn from(value: super::ErrorDetail) -> Self {
                Self {
                    code: Ok(value.code),
                    message: Ok(value.message),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone)]
        pub struct ImageToVideoRequest {
            callback_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            duration: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestDuration>,
                ::std::string::String,
            >,
            image: ::std::result::Result<::hailuo_runtime::Media, ::std::string::String>,
            model: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestModel>,
                ::std::string::String,
            >,
            prompt: ::std::result::Result<::std::string::String, ::std::string::String>,
            resolution: ::std::result::Result<
                ::std::option::Option<super::ImageToVideoRequestResolution>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ImageToVideoRequest {
            fn default() -> Self {
                Self {
                    callback_url: Ok(Default::default()),
                    duration: Ok(Default::default()),
                    image: Err("no value supplied for image".to_string()),
                    model: Ok(Default::default()),
                    prompt: Err("no value supplied for prompt".to_string()),
                    resolution: Ok(Default::default()),
                }
            }
        }
        impl ImageToVideoRequest {
            pub fn callback_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.callback_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for callback_url: {e}")
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
            pub fn model<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ImageToVideoRequestModel>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.model = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for model: {e}")
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
                    callback_url: value.callback_url?,
                    duration: value.duration?,
                    image: value.image?,
                    model: value.model?,
                    prompt: value.prompt?,
                    resolution: value.resolution?,
                })
            }
        }
        impl ::std::convert::From<super::ImageToVideoRequest> for ImageToVideoRequest {
            fn from(value: super::ImageToVideoRequest) -> Self {
                Self {
                    callback_url: Ok(value.callback_url),
                    duration: Ok(value.duration),
                    image: Ok(value.image),
                    model: Ok(value.model),
                    prompt: Ok(value.prompt),
                    resolution: Ok(value.resolution),
                }
            }
        }
        #[derive(Clone)]
        pub struct Submitted {
            code: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            data: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::SubmittedTask>>,
                ::std::string::String,
            >,
            error: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            model: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::SubmittedStatus>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Submitted {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    created_at: Ok(Default::default()),
                    data: Ok(Default::default()),
                    error: Ok(Default::default()),
                    id: Ok(Default::default()),
                    message: Ok(Default::default()),
                    model: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl Submitted {
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
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<super::SubmittedTask>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
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
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
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
            pub fn model<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.model = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for model: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<super::SubmittedStatus>,
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
        impl ::std::convert::TryFrom<Submitted> for super::Submitted {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Submitted,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    created_at: value.created_at?,
                    data: value.data?,
                    error: value.error?,
                    id: value.id?,
                    message: value.message?,
                    model: value.model?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Submitted> for Submitted {
            fn from(value: super::Submitted) -> Self {
                Self {
                    code: Ok(value.code),
                    created_at: Ok(value.created_at),
                    data: Ok(value.data),
                    error: Ok(value.error),
                    id: Ok(value.id),
                    message: Ok(value.message),
                    model: Ok(value.model),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone)]
        pub struct SubmittedTask {
            status: ::std::result::Result<
                ::std::option::Option<
                    ::hailuo_runtime::Lenient<super::SubmittedTaskStatus>,
                >,
                ::std::string::String,
            >,
            task_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SubmittedTask {
            fn default() -> Self {
                Self {
                    status: Ok(Default::default()),
                    task_id: Ok(Default::default()),
                }
            }
        }
        impl SubmittedTask {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<super::SubmittedTaskStatus>,
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
        }
        impl ::std::convert::TryFrom<SubmittedTask> for super::SubmittedTask {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SubmittedTask,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    status: value.status?,
                    task_id: value.task_id?,
                })
            }
        }
        impl ::std::convert::From<super::SubmittedTask> for SubmittedTask {
            fn from(value: super::SubmittedTask) -> Self {
                Self {
                    status: Ok(value.status),
                    task_id: Ok(value.task_id),
                }
            }
        }
        #[derive(Clone)]
        pub struct Task {
            code: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            data: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::TaskState>>,
                ::std::string::String,
            >,
            error: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            model: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            output: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            progress: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<super::TaskStatus>>,
                ::std::string::String,
            >,
            task_id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            video_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            videos: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Task {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    created_at: Ok(Default::default()),
                    data: Ok(Default::default()),
                    error: Ok(Default::default()),
                    id: Ok(Default::default()),
                    message: Ok(Default::default()),
                    model: Ok(Default::default()),
                    output: Ok(Default::default()),
                    progress: Ok(Default::default()),
                    status: Ok(Default::default()),
                    task_id: Ok(Default::default()),
                    url: Ok(Default::default()),
                    video_url: Ok(Default::default()),
                    videos: Ok(Default::default()),
                }
            }
        }
        impl Task {
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
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::hailuo_runtime::Lenient<super::TaskState>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for data: {e}")
                    });
                self
            }
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
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
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
            pub fn model<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.model = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for model: {e}")
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
            pub fn progress<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.progress = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for progress: {e}")
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
            pub fn videos<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
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
                    code: value.code?,
                    created_at: value.created_at?,
                    data: value.data?,
                    error: value.error?,
                    id: value.id?,
                    message: value.message?,
                    model: value.model?,
                    output: value.output?,
                    progress: value.progress?,
                    status: value.status?,
                    task_id: value.task_id?,
                    url: value.url?,
                    video_url: value.video_url?,
                    videos: value.videos?,
                })
            }
        }
        impl ::std::convert::From<super::Task> for Task {
            fn from(value: super::Task) -> Self {
                Self {
                    code: Ok(value.code),
                    created_at: Ok(value.created_at),
                    data: Ok(value.data),
                    error: Ok(value.error),
                    id: Ok(value.id),
                    message: Ok(value.message),
                    model: Ok(value.model),
                    output: Ok(value.output),
                    progress: Ok(value.progress),
                    status: Ok(value.status),
                    task_id: Ok(value.task_id),
                    url: Ok(value.url),
                    video_url: Ok(value.video_url),
                    videos: Ok(value.videos),
                }
            }
        }
        #[derive(Clone)]
        pub struct TaskState {
            created_at: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            error: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            model: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            output: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
            progress: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
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
            url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            video_url: ::std::result::Result<
                ::std::option::Option<::hailuo_runtime::Lenient<::std::string::String>>,
                ::std::string::String,
            >,
            videos: ::std::result::Result<
                ::std::option::Option<::serde_json::Value>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TaskState {
            fn default() -> Self {
                Self {
                    created_at: Ok(Default::default()),
                    error: Ok(Default::default()),
                    id: Ok(Default::default()),
                    message: Ok(Default::default()),
                    model: Ok(Default::default()),
                    output: Ok(Default::default()),
                    progress: Ok(Default::default()),
                    status: Ok(Default::default()),
                    task_id: Ok(Default::default()),
                    url: Ok(Default::default()),
                    video_url: Ok(Default::default()),
                    videos: Ok(Default::default()),
                }
            }
        }
        impl TaskState {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
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
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
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
            pub fn model<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::hailuo_runtime::Lenient<::std::string::String>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.model = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for model: {e}")
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
            pub fn progress<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
                T::Error: ::std::fmt::Display,
            {
                self.progress = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for progress: {e}")
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
            pub fn videos<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
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
        impl ::std::convert::TryFrom<TaskState> for super::TaskState {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TaskState,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    error: value.error?,
                    id: value.id?,
                    message: value.message?,
                    model: value.model?,
                    output: value.output?,
                    progress: value.progress?,
                    status: value.status?,
                    task_id: value.task_id?,
                    url: value.url?,
                    video_url: value.video_url?,
                    videos: value.videos?,
                })
            }
        }
        impl ::std::convert::From<super::TaskState> for TaskState {
            fn from(value: super::TaskState) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    error: Ok(value.error),
                    id: Ok(value.id),
                    message: Ok(value.message),
                    model: Ok(value.model),
                    output: Ok(value.output),
                    progress: Ok(value.progress),
                    status: Ok(value.status),
                    task_id: Ok(value.task_id),
                    url: Ok(value.url),
                    video_url: Ok(value.video_url),
                    videos: Ok(value.videos),
                }
            }
        }
        impl ::std::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Error").finish_non_exhaustive()
            }
        }
        impl ::std::fmt::Debug for ErrorDetail {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("ErrorDetail").finish_non_exhaustive()
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
        impl ::std::fmt::Debug for SubmittedTask {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("SubmittedTask").finish_non_exhaustive()
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
    impl ::std::fmt::Debug for ErrorDetail {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ErrorDetail")
                .field("code", &::std::format_args!(".."))
                .field("message", &self.message)
                .field("type_", &self.type_)
                .finish()
        }
    }
    impl ::std::fmt::Debug for ImageToVideoRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ImageToVideoRequest")
                .field("callback_url", &::std::format_args!(".."))
                .field("duration", &self.duration)
                .field("image", &self.image)
                .field("model", &self.model)
                .field("prompt", &::std::format_args!(".."))
                .field("resolution", &self.resolution)
                .finish()
        }
    }
    impl ::std::fmt::Debug for Submitted {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Submitted")
                .field("code", &::std::format_args!(".."))
                .field("created_at", &::std::format_args!(".."))
                .field("data", &self.data)
                .field("error", &::std::format_args!(".."))
                .field("id", &self.id)
                .field("message", &self.message)
                .field("model", &self.model)
                .field("status", &self.status)
                .finish()
        }
    }
    impl ::std::fmt::Debug for Task {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Task")
                .field("code", &::std::format_args!(".."))
                .field("created_at", &::std::format_args!(".."))
                .field("data", &self.data)
                .field("error", &::std::format_args!(".."))
                .field("id", &self.id)
                .field("message", &self.message)
                .field("model", &self.model)
                .field("output", &::std::format_args!(".."))
                .field("progress", &::std::format_args!(".."))
                .field("status", &self.status)
                .field("task_id", &self.task_id)
                .field("url", &self.url)
                .field("video_url", &self.video_url)
                .field("videos", &::std::format_args!(".."))
                .finish()
        }
    }
    impl ::std::fmt::Debug for TaskState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("TaskState")
                .field("created_at", &::std::format_args!(".."))
                .field("error", &::std::format_args!(".."))
                .field("id", &self.id)
                .field("message", &self.message)
                .field("model", &self.model)
                .field("output", &::std::format_args!(".."))
                .field("progress", &::std::format_args!(".."))
                .field("status", &self.status)
                .field("task_id", &self.task_id)
                .field("url", &self.url)
                .field("video_url", &self.video_url)
                .field("videos", &::std::format_args!(".."))
                .finish()
        }
    }
}
#[derive(Clone, Debug)]
/**Client for API in One

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
    /**Ask how a task is doing

Tells the state of a task, and where the video is once it is done.

Sends a `GET` request to `/tasks/{task_id}`

Arguments:
- `task_id`: The `task_id` of the submit's answer, or its `id`.
```ignore
let response = client.status()
    .task_id(task_id)
    .send()
    .await;
```*/
    pub fn status(&self) -> builder::Status<'_> {
        builder::Status::new(self)
    }
    /**Start a video

Creates a task and charges credits for it.

Sends a `POST` request to `/videos/generations`

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
        task_id: ::std::result::Result<
            ::hailuo_runtime::PathSegment,
            ::std::string::String,
        >,
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
            V: std::convert::TryInto<::hailuo_runtime::PathSegment>,
        {
            self.task_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: hailuo_runtime :: PathSegment` for task_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/tasks/{task_id}`
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
                .url(&format!("/tasks/{}", encode_path(& task_id.to_string())))
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
        ///Sends a `POST` request to `/videos/generations`
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
                .url("/videos/generations")
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
