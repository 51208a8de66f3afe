//! The rows of the rule table: every kind of change, what it does, its mirror image and its words.
//!
//! Where a verdict does not follow from the effect alone, the reason is:
//! - a removed property or header breaks both directions, optional or not: what a caller wished is silently ignored,
//!   what a reader showed or stored never comes again;
//! - a new optional property breaks neither: callers need not send it, and readers of JSON ignore what they do not know;
//! - a default that changes or vanishes breaks requests: a caller who left the value out gets, and pays for, another;
//! - a status or media type that an answer gains is an offer; one that a success loses is the end of a way to read it;
//! - a price breaks nobody's program; what else a vendor states of a request, such as how large a picture may be, limits it;
//! - what nobody can judge counts as breaking: a glance costs less than a job that was paid and lost.

use super::rule::{Effect, Law, Row, Scope, Verdict};

macro_rules! rules {
    ($($name:ident $stem:literal $scope:ident $law:expr, $mirror:ident, $says:literal;)*) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $says] $name,)*
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub(super) const fn row(self) -> Row {
                match self {
                    $(Self::$name => Row {
                        stem: $stem,
                        scope: Scope::$scope,
                        law: $law,
                        mirror: Self::$mirror,
                        says: $says,
                    },)*
                }
            }
        }
    };
}

rules! {
    // Operations.
    OperationAdded "operation-added" Api Law::NOTHING, OperationRemoved, "a new operation";
    OperationRemoved "operation-removed" Api Law::BREAKS, OperationAdded, "the operation is gone";
    OperationPathChanged "operation-path-changed" Api Law::BREAKS, OperationPathChanged, "moved from path {before} to {after}";
    OperationMethodChanged "operation-method-changed" Api Law::BREAKS, OperationMethodChanged, "called with {after}, {before} before";
    OperationIdChanged "operation-id-changed" Api Law::NOTHING, OperationIdChanged, "operationId {before} → {after}";
    OperationDeprecated "operation-deprecated" Api Law::NOTHING, OperationUndeprecated, "the operation is deprecated now";
    OperationUndeprecated "operation-undeprecated" Api Law::NOTHING, OperationDeprecated, "the operation is deprecated no longer";
    RoleAdded "role-added" Api Law::NOTHING, RoleRemoved, "has the role {after} now";
    RoleRemoved "role-removed" Api Law::NOTHING, RoleAdded, "has the role {before} no longer";
    RoleChanged "role-changed" Api Law::NOTHING, RoleChanged, "role {before} → {after}";
    PathParameterRenamed "path-parameter-renamed" Api Law::NOTHING, PathParameterRenamed, "path parameter {before} is called {after} now; the URL is the same";
    CallbackAdded "callback-added" Api Law::NOTHING, CallbackRemoved, "the vendor may call back: {name}";
    CallbackRemoved "callback-removed" Api Law::BREAKS, CallbackAdded, "the vendor calls back no longer: {name}";
    CallbackChanged "callback-changed" Api Law::BREAKS, CallbackChanged, "what the vendor sends to {name} changed";

    PriceStated "price-stated" Api Law::NOTHING, PriceUnstated, "{name}: {after}, stated now";
    PriceUnstated "price-unstated" Api Law::NOTHING, PriceStated, "{name}: {before} before, stated no longer";
    PriceChanged "price-changed" Api Law::NOTHING, PriceChanged, "{name}: {before} → {after}";

    // Servers and security.
    ServerAdded "server-added" Api Law::NOTHING, ServerRemoved, "a further server, {after}";
    ServerRemoved "server-removed" Api Law::BREAKS, ServerAdded, "server {before} is gone";
    ServerChanged "server-changed" Api Law::BREAKS, ServerChanged, "server {before} → {after}";
    SecurityRequired "security-required" Api Law::BREAKS, SecurityLifted, "needs a key now: {after}";
    SecurityLifted "security-lifted" Api Law::NOTHING, SecurityRequired, "needs no key any more";
    SecurityBecameOptional "security-became-optional" Api Law::NOTHING, SecurityBecameRequired, "the key may be left out now";
    SecurityBecameRequired "security-became-required" Api Law::BREAKS, SecurityBecameOptional, "the key may not be left out any more";
    SecurityAlternativeAdded "security-alternative-added" Api Law::NOTHING, SecurityAlternativeRemoved, "{name} opens it too";
    SecurityAlternativeRemoved "security-alternative-removed" Api Law::BREAKS, SecurityAlternativeAdded, "{name} opens it no longer";
    SecurityScopeAdded "security-scope-added" Api Law::BREAKS, SecurityScopeRemoved, "needs the scope {name} too";
    SecurityScopeRemoved "security-scope-removed" Api Law::NOTHING, SecurityScopeAdded, "needs the scope {name} no longer";
    SecuritySchemeAdded "security-scheme-added" Api Law::NOTHING, SecuritySchemeRemoved, "a further security scheme, {name}";
    SecuritySchemeRemoved "security-scheme-removed" Api Law::BREAKS, SecuritySchemeAdded, "the security scheme {name} is gone";
    SecuritySchemeChanged "security-scheme-changed" Api Law::BREAKS, SecuritySchemeChanged, "{name} of the security scheme: {before} → {after}";
    KeyStated "key-stated" Api Law::NOTHING, KeyUnstated, "where the key goes is stated now: {after}";
    KeyUnstated "key-unstated" Api Law::BREAKS, KeyStated, "where the key goes is stated no longer: {before}";
    KeyPlaceChanged "key-place-changed" Api Law::BREAKS, KeyPlaceChanged, "the key goes into {after}, into {before} before";
    KeyNameChanged "key-name-changed" Api Law::BREAKS, KeyNameChanged, "the key is called {after}, {before} before";
    KeyPrefixChanged "key-prefix-changed" Api Law::BREAKS, KeyPrefixChanged, "the key's prefix {before} → {after}";

    // Names of schemas, and the rest of a document.
    SchemaRenamed "schema-renamed" Api Law::NOTHING, SchemaRenamed, "schema {before} is called {after} now";
    ReferenceChanged "reference-changed" Schema Law::NOTHING, ReferenceChanged, "refers to {after}, to {before} before";
    ReferenceReplaced "reference-replaced" Schema Law::DIFFERS, ReferenceReplaced, "refers to {after}, to {before} before; not compared";
    SchemaNamed "schema-named" Schema Law::NOTHING, SchemaInlined, "the schema stands under a name now: {after}";
    SchemaInlined "schema-inlined" Schema Law::NOTHING, SchemaNamed, "the schema {before} stands in place now";
    UnreachedAdded "unreached-component-added" Api Law::NOTHING, UnreachedRemoved, "a component that no operation reaches: {name}";
    UnreachedRemoved "unreached-component-removed" Api Law::NOTHING, UnreachedAdded, "a component that no operation reached is gone: {name}";
    UnreachedChanged "unreached-component-changed" Api Law::NOTHING, UnreachedChanged, "a component that no operation reaches changed: {name}";
    UnknownKeyAdded "unknown-key-added" Api Law::BREAKS, UnknownKeyRemoved, "{name}, of unknown meaning, appeared";
    UnknownKeyRemoved "unknown-key-removed" Api Law::BREAKS, UnknownKeyAdded, "{name}, of unknown meaning, disappeared";
    UnknownKeyChanged "unknown-key-changed" Api Law::BREAKS, UnknownKeyChanged, "{name}, of unknown meaning: {before} → {after}";
    MalformedChanged "malformed-part-changed" Api Law::BREAKS, MalformedChanged, "{name} is not of the form that OpenAPI gives it, and changed";

    // Parameters and request bodies.
    RequiredParameterAdded "required-parameter-added" Request Law::BREAKS, RequiredParameterRemoved, "a new required parameter";
    RequiredParameterRemoved "required-parameter-removed" Request Law::BREAKS, RequiredParameterAdded, "the required parameter is gone";
    OptionalParameterAdded "optional-parameter-added" Request Law::NOTHING, OptionalParameterRemoved, "a new optional parameter";
    OptionalParameterRemoved "optional-parameter-removed" Request Law::BREAKS, OptionalParameterAdded, "the optional parameter is gone";
    ParameterMoved "parameter-moved" Request Law::BREAKS, ParameterMoved, "goes into {after}, into {before} before";
    ParameterBecameRequired "parameter-became-required" Request Law::BREAKS, ParameterBecameOptional, "required now";
    ParameterBecameOptional "parameter-became-optional" Request Law::NOTHING, ParameterBecameRequired, "optional now";
    ParameterDeprecated "parameter-deprecated" Request Law::NOTHING, ParameterUndeprecated, "deprecated now";
    ParameterUndeprecated "parameter-undeprecated" Request Law::NOTHING, ParameterDeprecated, "deprecated no longer";
    ParameterStyleChanged "parameter-style-changed" Request Law::BREAKS, ParameterStyleChanged, "written in the style {after}, {before} before";
    ParameterExplodeChanged "parameter-explode-changed" Request Law::BREAKS, ParameterExplodeChanged, "explode {before} → {after}";
    ParameterReservedChanged "parameter-allow-reserved-changed" Request Law::BREAKS, ParameterReservedChanged, "allowReserved {before} → {after}";
    ParameterEmptyAllowed "parameter-empty-value-allowed" Request Law::NOTHING, ParameterEmptyForbidden, "may be empty now";
    ParameterEmptyForbidden "parameter-empty-value-forbidden" Request Law::BREAKS, ParameterEmptyAllowed, "may be empty no longer";
    ParameterSerializationChanged "parameter-serialization-changed" Request Law::BREAKS, ParameterSerializationChanged, "written as {after}, as {before} before";
    RequiredBodyAdded "required-body-added" Request Law::BREAKS, RequiredBodyRemoved, "a body is required now";
    RequiredBodyRemoved "required-body-removed" Request Law::BREAKS, RequiredBodyAdded, "the required body is gone";
    OptionalBodyAdded "optional-body-added" Request Law::NOTHING, OptionalBodyRemoved, "takes a body now";
    OptionalBodyRemoved "optional-body-removed" Request Law::BREAKS, OptionalBodyAdded, "takes no body any more";
    BodyBecameRequired "body-became-required" Request Law::BREAKS, BodyBecameOptional, "the body is required now";
    BodyBecameOptional "body-became-optional" Request Law::NOTHING, BodyBecameRequired, "the body is optional now";

    // Media types, in both directions.
    MediaTypeAdded "media-type-added" Schema Law::NOTHING, MediaTypeRemoved, "also as {name}";
    MediaTypeRemoved "media-type-removed" Schema Law::BREAKS, MediaTypeAdded, "no longer as {name}";
    EncodingChanged "encoding-changed" Schema Law::BREAKS, EncodingChanged, "the encoding of the parts changed";
    SchemaSet "schema-set" Schema Law::TIGHTENS, SchemaUnset, "has a schema now, took anything before";
    SchemaUnset "schema-unset" Schema Law::LOOSENS, SchemaSet, "has no schema any more";

    // Answers.
    SuccessStatusAdded "success-status-added" Response Law::NOTHING, SuccessStatusRemoved, "may answer {name}";
    SuccessStatusRemoved "success-status-removed" Response Law::BREAKS, SuccessStatusAdded, "answers {name} no longer";
    ErrorStatusAdded "error-status-added" Response Law::NOTHING, ErrorStatusRemoved, "may answer {name}";
    ErrorStatusRemoved "error-status-removed" Response Law::NOTHING, ErrorStatusAdded, "answers {name} no longer";
    RequiredHeaderAdded "required-header-added" Response Law::NOTHING, RequiredHeaderRemoved, "always brings the header {name} now";
    RequiredHeaderRemoved "required-header-removed" Response Law::BREAKS, RequiredHeaderAdded, "brings the header {name} no longer";
    OptionalHeaderAdded "optional-header-added" Response Law::NOTHING, OptionalHeaderRemoved, "may bring the header {name}";
    OptionalHeaderRemoved "optional-header-removed" Response Law::BREAKS, OptionalHeaderAdded, "brings the header {name} no longer";
    HeaderBecameRequired "header-became-required" Response Law::NOTHING, HeaderBecameOptional, "always there now";
    HeaderBecameOptional "header-became-optional" Response Law::BREAKS, HeaderBecameRequired, "may be missing now";
    HeaderDeprecated "header-deprecated" Response Law::NOTHING, HeaderUndeprecated, "deprecated now";
    HeaderUndeprecated "header-undeprecated" Response Law::NOTHING, HeaderDeprecated, "deprecated no longer";
    HeaderSerializationChanged "header-serialization-changed" Response Law::BREAKS, HeaderSerializationChanged, "written as {after}, as {before} before";
    LinkAdded "link-added" Response Law::NOTHING, LinkRemoved, "links to a further operation: {name}";
    LinkRemoved "link-removed" Response Law::NOTHING, LinkAdded, "the link {name} is gone";
    LinkChanged "link-changed" Response Law::NOTHING, LinkChanged, "the link {name} changed";

    // Types and values.
    TypeGeneralized "type-generalized" Schema Law::LOOSENS, TypeSpecialized, "type widened, {before} → {after}";
    TypeSpecialized "type-specialized" Schema Law::TIGHTENS, TypeGeneralized, "type narrowed, {before} → {after}";
    TypeChanged "type-changed" Schema Law::DIFFERS, TypeChanged, "type {before} → {after}";
    BecameNullable "became-nullable" Schema Law::LOOSENS, BecameNotNullable, "may be null now";
    BecameNotNullable "became-not-nullable" Schema Law::TIGHTENS, BecameNullable, "may be null no longer";
    FormatSet "format-set" Schema Law::TIGHTENS, FormatUnset, "has the format {after} now";
    FormatUnset "format-unset" Schema Law::LOOSENS, FormatSet, "has the format {before} no longer";
    FormatChanged "format-changed" Schema Law::DIFFERS, FormatChanged, "format {before} → {after}";
    FormatGeneralized "format-generalized" Schema Law::LOOSENS, FormatSpecialized, "format widened, {before} → {after}";
    FormatSpecialized "format-specialized" Schema Law::TIGHTENS, FormatGeneralized, "format narrowed, {before} → {after}";
    EnumSet "enum-set" Schema Law::TIGHTENS, EnumUnset, "only these words now: {after}";
    EnumUnset "enum-unset" Schema Law::LOOSENS, EnumSet, "any value now, only {before} before";
    EnumValueAdded "enum-value-added" Schema Law::LOOSENS, EnumValueRemoved, "a new word, {after}";
    EnumValueRemoved "enum-value-removed" Schema Law::TIGHTENS, EnumValueAdded, "the word {before} is gone";
    ConstSet "const-set" Schema Law::TIGHTENS, ConstUnset, "always {after} now";
    ConstUnset "const-unset" Schema Law::LOOSENS, ConstSet, "no longer always {before}";
    ConstChanged "const-changed" Schema Law::DIFFERS, ConstChanged, "always {after}, {before} before";
    DefaultSet "default-set" Schema Law::NOTHING, DefaultUnset, "defaults to {after} now";
    DefaultUnset "default-unset" Schema Law(Effect::Nothing, Verdict::Breaking, Verdict::Compatible), DefaultSet, "defaults to {before} no longer";
    DefaultChanged "default-changed" Schema Law(Effect::Nothing, Verdict::Breaking, Verdict::Compatible), DefaultChanged, "defaults to {after}, to {before} before";

    // Limits.
    MaxLengthSet "max-length-set" Schema Law::TIGHTENS, MaxLengthUnset, "longest text limited to {after} characters";
    MaxLengthUnset "max-length-unset" Schema Law::LOOSENS, MaxLengthSet, "longest text no longer limited, {before} characters before";
    MaxLengthDecreased "max-length-decreased" Schema Law::TIGHTENS, MaxLengthIncreased, "longest text {before} → {after} characters";
    MaxLengthIncreased "max-length-increased" Schema Law::LOOSENS, MaxLengthDecreased, "longest text {before} → {after} characters";
    MinLengthSet "min-length-set" Schema Law::TIGHTENS, MinLengthUnset, "shortest text limited to {after} characters";
    MinLengthUnset "min-length-unset" Schema Law::LOOSENS, MinLengthSet, "shortest text no longer limited, {before} characters before";
    MinLengthDecreased "min-length-decreased" Schema Law::LOOSENS, MinLengthIncreased, "shortest text {before} → {after} characters";
    MinLengthIncreased "min-length-increased" Schema Law::TIGHTENS, MinLengthDecreased, "shortest text {before} → {after} characters";
    MaxItemsSet "max-items-set" Schema Law::TIGHTENS, MaxItemsUnset, "most items limited to {after}";
    MaxItemsUnset "max-items-unset" Schema Law::LOOSENS, MaxItemsSet, "most items no longer limited, {before} before";
    MaxItemsDecreased "max-items-decreased" Schema Law::TIGHTENS, MaxItemsIncreased, "most items {before} → {after}";
    MaxItemsIncreased "max-items-increased" Schema Law::LOOSENS, MaxItemsDecreased, "most items {before} → {after}";
    MinItemsSet "min-items-set" Schema Law::TIGHTENS, MinItemsUnset, "fewest items limited to {after}";
    MinItemsUnset "min-items-unset" Schema Law::LOOSENS, MinItemsSet, "fewest items no longer limited, {before} before";
    MinItemsDecreased "min-items-decreased" Schema Law::LOOSENS, MinItemsIncreased, "fewest items {before} → {after}";
    MinItemsIncreased "min-items-increased" Schema Law::TIGHTENS, MinItemsDecreased, "fewest items {before} → {after}";
    MaxPropertiesSet "max-properties-set" Schema Law::TIGHTENS, MaxPropertiesUnset, "most properties limited to {after}";
    MaxPropertiesUnset "max-properties-unset" Schema Law::LOOSENS, MaxPropertiesSet, "most properties no longer limited, {before} before";
    MaxPropertiesDecreased "max-properties-decreased" Schema Law::TIGHTENS, MaxPropertiesIncreased, "most properties {before} → {after}";
    MaxPropertiesIncreased "max-properties-increased" Schema Law::LOOSENS, MaxPropertiesDecreased, "most properties {before} → {after}";
    MinPropertiesSet "min-properties-set" Schema Law::TIGHTENS, MinPropertiesUnset, "fewest properties limited to {after}";
    MinPropertiesUnset "min-properties-unset" Schema Law::LOOSENS, MinPropertiesSet, "fewest properties no longer limited, {before} before";
    MinPropertiesDecreased "min-properties-decreased" Schema Law::LOOSENS, MinPropertiesIncreased, "fewest properties {before} → {after}";
    MinPropertiesIncreased "min-properties-increased" Schema Law::TIGHTENS, MinPropertiesDecreased, "fewest properties {before} → {after}";
    MaximumSet "maximum-set" Schema Law::TIGHTENS, MaximumUnset, "largest number limited to {after}";
    MaximumUnset "maximum-unset" Schema Law::LOOSENS, MaximumSet, "largest number no longer limited, {before} before";
    MaximumDecreased "maximum-decreased" Schema Law::TIGHTENS, MaximumIncreased, "largest number {before} → {after}";
    MaximumIncreased "maximum-increased" Schema Law::LOOSENS, MaximumDecreased, "largest number {before} → {after}";
    MinimumSet "minimum-set" Schema Law::TIGHTENS, MinimumUnset, "smallest number limited to {after}";
    MinimumUnset "minimum-unset" Schema Law::LOOSENS, MinimumSet, "smallest number no longer limited, {before} before";
    MinimumDecreased "minimum-decreased" Schema Law::LOOSENS, MinimumIncreased, "smallest number {before} → {after}";
    MinimumIncreased "minimum-increased" Schema Law::TIGHTENS, MinimumDecreased, "smallest number {before} → {after}";
    ExclusiveMaximumSet "exclusive-maximum-set" Schema Law::TIGHTENS, ExclusiveMaximumUnset, "bound from above, itself excluded limited to {after}";
    ExclusiveMaximumUnset "exclusive-maximum-unset" Schema Law::LOOSENS, ExclusiveMaximumSet, "bound from above, itself excluded no longer limited, {before} before";
    ExclusiveMaximumDecreased "exclusive-maximum-decreased" Schema Law::TIGHTENS, ExclusiveMaximumIncreased, "bound from above, itself excluded {before} → {after}";
    ExclusiveMaximumIncreased "exclusive-maximum-increased" Schema Law::LOOSENS, ExclusiveMaximumDecreased, "bound from above, itself excluded {before} → {after}";
    ExclusiveMinimumSet "exclusive-minimum-set" Schema Law::TIGHTENS, ExclusiveMinimumUnset, "bound from below, itself excluded limited to {after}";
    ExclusiveMinimumUnset "exclusive-minimum-unset" Schema Law::LOOSENS, ExclusiveMinimumSet, "bound from below, itself excluded no longer limited, {before} before";
    ExclusiveMinimumDecreased "exclusive-minimum-decreased" Schema Law::LOOSENS, ExclusiveMinimumIncreased, "bound from below, itself excluded {before} → {after}";
    ExclusiveMinimumIncreased "exclusive-minimum-increased" Schema Law::TIGHTENS, ExclusiveMinimumDecreased, "bound from below, itself excluded {before} → {after}";
    MaxContainsSet "max-contains-set" Schema Law::TIGHTENS, MaxContainsUnset, "most matching items limited to {after}";
    MaxContainsUnset "max-contains-unset" Schema Law::LOOSENS, MaxContainsSet, "most matching items no longer limited, {before} before";
    MaxContainsDecreased "max-contains-decreased" Schema Law::TIGHTENS, MaxContainsIncreased, "most matching items {before} → {after}";
    MaxContainsIncreased "max-contains-increased" Schema Law::LOOSENS, MaxContainsDecreased, "most matching items {before} → {after}";
    MinContainsSet "min-contains-set" Schema Law::TIGHTENS, MinContainsUnset, "fewest matching items limited to {after}";
    MinContainsUnset "min-contains-unset" Schema Law::LOOSENS, MinContainsSet, "fewest matching items no longer limited, {before} before";
    MinContainsDecreased "min-contains-decreased" Schema Law::LOOSENS, MinContainsIncreased, "fewest matching items {before} → {after}";
    MinContainsIncreased "min-contains-increased" Schema Law::TIGHTENS, MinContainsDecreased, "fewest matching items {before} → {after}";
    MultipleOfSet "multiple-of-set" Schema Law::TIGHTENS, MultipleOfUnset, "only multiples of {after} now";
    MultipleOfUnset "multiple-of-unset" Schema Law::LOOSENS, MultipleOfSet, "any number, only multiples of {before} before";
    MultipleOfTightened "multiple-of-tightened" Schema Law::TIGHTENS, MultipleOfLoosened, "multiples of {after}, of {before} before";
    MultipleOfLoosened "multiple-of-loosened" Schema Law::LOOSENS, MultipleOfTightened, "multiples of {after}, of {before} before";
    MultipleOfChanged "multiple-of-changed" Schema Law::DIFFERS, MultipleOfChanged, "multiples of {after}, of {before} before";
    PatternSet "pattern-set" Schema Law::TIGHTENS, PatternUnset, "has to match {after} now";
    PatternUnset "pattern-unset" Schema Law::LOOSENS, PatternSet, "has to match {before} no longer";
    PatternChanged "pattern-changed" Schema Law::DIFFERS, PatternChanged, "has to match {after}, {before} before";
    UniqueItemsSet "unique-items-set" Schema Law::TIGHTENS, UniqueItemsUnset, "items are all different now";
    UniqueItemsUnset "unique-items-unset" Schema Law::LOOSENS, UniqueItemsSet, "items may repeat now";
    ContentMediaTypeSet "content-media-type-set" Schema Law::TIGHTENS, ContentMediaTypeUnset, "holds {after} now";
    ContentMediaTypeUnset "content-media-type-unset" Schema Law::LOOSENS, ContentMediaTypeSet, "holds {before} no longer";
    ContentMediaTypeChanged "content-media-type-changed" Schema Law::DIFFERS, ContentMediaTypeChanged, "holds {after}, {before} before";
    ContentEncodingSet "content-encoding-set" Schema Law::TIGHTENS, ContentEncodingUnset, "encoded as {after} now";
    ContentEncodingUnset "content-encoding-unset" Schema Law::LOOSENS, ContentEncodingSet, "encoded as {before} no longer";
    ContentEncodingChanged "content-encoding-changed" Schema Law::DIFFERS, ContentEncodingChanged, "encoded as {after}, as {before} before";
    ContentSchemaSet "content-schema-set" Schema Law::TIGHTENS, ContentSchemaUnset, "what it holds has a schema now";
    ContentSchemaUnset "content-schema-unset" Schema Law::LOOSENS, ContentSchemaSet, "what it holds has no schema any more";

    // Objects.
    RequiredPropertyAdded "required-property-added" Schema Law::TIGHTENS, RequiredPropertyRemoved, "a new required property";
    RequiredPropertyRemoved "required-property-removed" Schema Law::GONE, RequiredPropertyAdded, "the required property is gone";
    OptionalPropertyAdded "optional-property-added" Schema Law::NEW, OptionalPropertyRemoved, "a new optional property";
    OptionalPropertyRemoved "optional-property-removed" Schema Law::GONE, OptionalPropertyAdded, "the optional property is gone";
    PropertyBecameRequired "property-became-required" Schema Law::TIGHTENS, PropertyBecameOptional, "required now";
    PropertyBecameOptional "property-became-optional" Schema Law::LOOSENS, PropertyBecameRequired, "optional now";
    PropertyDeprecated "property-deprecated" Schema Law::NOTHING, PropertyUndeprecated, "deprecated now";
    PropertyUndeprecated "property-undeprecated" Schema Law::NOTHING, PropertyDeprecated, "deprecated no longer";
    ReadOnlySet "read-only-set" Schema Law(Effect::Nothing, Verdict::Breaking, Verdict::Compatible), ReadOnlyUnset, "stands in answers only now";
    ReadOnlyUnset "read-only-unset" Schema Law::NOTHING, ReadOnlySet, "stands in answers only no longer";
    WriteOnlySet "write-only-set" Schema Law(Effect::Nothing, Verdict::Compatible, Verdict::Breaking), WriteOnlyUnset, "stands in requests only now";
    WriteOnlyUnset "write-only-unset" Schema Law::NOTHING, WriteOnlySet, "stands in requests only no longer";
    Wrapped "wrapped" Schema Law::DIFFERS, Unwrapped, "stands in {name} now, by itself before";
    Unwrapped "unwrapped" Schema Law::DIFFERS, Wrapped, "stands by itself now, in {name} before";
    AdditionalForbidden "additional-properties-forbidden" Schema Law::TIGHTENS, AdditionalAllowed, "no other properties any more";
    AdditionalAllowed "additional-properties-allowed" Schema Law(Effect::Loosens, Verdict::Compatible, Verdict::Compatible), AdditionalForbidden, "other properties are allowed now";
    AdditionalRestricted "additional-properties-restricted" Schema Law::TIGHTENS, AdditionalUnrestricted, "other properties have a schema now";
    AdditionalUnrestricted "additional-properties-unrestricted" Schema Law::LOOSENS, AdditionalRestricted, "other properties may be anything now";
    PatternPropertyAdded "pattern-property-added" Schema Law::TIGHTENS, PatternPropertyRemoved, "properties called like {name} have a schema now";
    PatternPropertyRemoved "pattern-property-removed" Schema Law::LOOSENS, PatternPropertyAdded, "properties called like {name} have no schema any more";
    PropertyNamesSet "property-names-set" Schema Law::TIGHTENS, PropertyNamesUnset, "names of properties have a schema now";
    PropertyNamesUnset "property-names-unset" Schema Law::LOOSENS, PropertyNamesSet, "names of properties have no schema any more";
    DependentRequiredAdded "dependent-required-added" Schema Law::TIGHTENS, DependentRequiredRemoved, "{after} is required beside {name} now";
    DependentRequiredRemoved "dependent-required-removed" Schema Law::LOOSENS, DependentRequiredAdded, "{before} is required beside {name} no longer";
    DependentSchemaAdded "dependent-schema-added" Schema Law::TIGHTENS, DependentSchemaRemoved, "a further schema holds beside {name} now";
    DependentSchemaRemoved "dependent-schema-removed" Schema Law::LOOSENS, DependentSchemaAdded, "a further schema holds beside {name} no longer";

    // Lists.
    ItemsSet "items-set" Schema Law::TIGHTENS, ItemsUnset, "items have a schema now";
    ItemsUnset "items-unset" Schema Law::LOOSENS, ItemsSet, "items may be anything now";
    PrefixItemAdded "prefix-item-added" Schema Law::TIGHTENS, PrefixItemRemoved, "item {name} has a schema of its own now";
    PrefixItemRemoved "prefix-item-removed" Schema Law::LOOSENS, PrefixItemAdded, "item {name} has a schema of its own no longer";
    ContainsSet "contains-set" Schema Law::TIGHTENS, ContainsUnset, "has to contain a matching item now";
    ContainsUnset "contains-unset" Schema Law::LOOSENS, ContainsSet, "has to contain a matching item no longer";

    // Unions, conjunctions and clauses across properties.
    UnionMemberAdded "union-member-added" Schema Law::LOOSENS, UnionMemberRemoved, "a further alternative, {after}";
    UnionMemberRemoved "union-member-removed" Schema Law::TIGHTENS, UnionMemberAdded, "the alternative {before} is gone";
    UnionBecameOneOf "union-became-one-of" Schema Law::TIGHTENS, UnionBecameAnyOf, "exactly one of the alternatives now, any of them before";
    UnionBecameAnyOf "union-became-any-of" Schema Law::LOOSENS, UnionBecameOneOf, "any of the alternatives now, exactly one before";
    UnionSet "union-set" Schema Law::TIGHTENS, UnionUnset, "has to be one of some alternatives now";
    UnionUnset "union-unset" Schema Law::LOOSENS, UnionSet, "has to be one of some alternatives no longer";
    AllOfAdded "all-of-added" Schema Law::TIGHTENS, AllOfRemoved, "has to satisfy {after} too";
    AllOfRemoved "all-of-removed" Schema Law::LOOSENS, AllOfAdded, "has to satisfy {before} no longer";
    DiscriminatorSet "discriminator-set" Schema Law::TIGHTENS, DiscriminatorUnset, "told apart by {after} now";
    DiscriminatorUnset "discriminator-unset" Schema Law::LOOSENS, DiscriminatorSet, "told apart by {before} no longer";
    DiscriminatorChanged "discriminator-changed" Schema Law::DIFFERS, DiscriminatorChanged, "told apart by {after}, by {before} before";
    DiscriminatorValueAdded "discriminator-value-added" Schema Law::LOOSENS, DiscriminatorValueRemoved, "a further kind, {name}";
    DiscriminatorValueRemoved "discriminator-value-removed" Schema Law::TIGHTENS, DiscriminatorValueAdded, "the kind {name} is gone";
    DiscriminatorValueChanged "discriminator-value-changed" Schema Law::DIFFERS, DiscriminatorValueChanged, "the kind {name} is {after}, {before} before";
    ForbiddenAdded "forbidden-combination-added" Schema Law::TIGHTENS, ForbiddenRemoved, "no longer allowed together: {after}";
    ForbiddenRemoved "forbidden-combination-removed" Schema Law::LOOSENS, ForbiddenAdded, "allowed together now: {before}";
    ForbiddenWidened "forbidden-combination-widened" Schema Law::TIGHTENS, ForbiddenNarrowed, "more is forbidden than before";
    ForbiddenNarrowed "forbidden-combination-narrowed" Schema Law::LOOSENS, ForbiddenWidened, "less is forbidden than before";
    ForbiddenChanged "forbidden-combination-changed" Schema Law::DIFFERS, ForbiddenChanged, "something else is forbidden than before";
    ConditionAdded "condition-added" Schema Law::TIGHTENS, ConditionRemoved, "a condition ({name}) holds now";
    ConditionRemoved "condition-removed" Schema Law::LOOSENS, ConditionAdded, "a condition ({name}) holds no longer";
    ConditionChanged "condition-changed" Schema Law::DIFFERS, ConditionChanged, "a condition depends on something else now";
    ValueForbidden "value-forbidden" Schema Law::TIGHTENS, ValueAllowed, "may not be there any more";
    ValueAllowed "value-allowed" Schema Law::LOOSENS, ValueForbidden, "may be there now";

    // What is stated in other words than OpenAPI's.
    FactStated "fact-stated" Schema Law::TIGHTENS, FactUnstated, "{name}: {after}, stated now";
    FactUnstated "fact-unstated" Schema Law::LOOSENS, FactStated, "{name}: {before} before, stated no longer";
    FactChanged "fact-changed" Schema Law::DIFFERS, FactChanged, "{name}: {before} → {after}";
    FactWordAdded "fact-word-added" Schema Law::LOOSENS, FactWordRemoved, "{name}: {after} as well now";
    FactWordRemoved "fact-word-removed" Schema Law::TIGHTENS, FactWordAdded, "{name}: {before} no longer";

    // What this table has no other name for.
    UnknownKeywordAdded "unknown-keyword-added" Schema Law::DIFFERS, UnknownKeywordRemoved, "{name}, of unknown meaning, appeared: {after}";
    UnknownKeywordRemoved "unknown-keyword-removed" Schema Law::DIFFERS, UnknownKeywordAdded, "{name}, of unknown meaning, disappeared: {before}";
    UnknownKeywordChanged "unknown-keyword-changed" Schema Law::DIFFERS, UnknownKeywordChanged, "{name}, of unknown meaning: {before} → {after}";
    MalformedKeywordChanged "malformed-keyword-changed" Schema Law::DIFFERS, MalformedKeywordChanged, "{name} is not of the form that JSON Schema gives it, and changed";
    TooDeepChanged "nested-too-deep-changed" Schema Law::DIFFERS, TooDeepChanged, "something changed deeper than schemas are followed";
}
