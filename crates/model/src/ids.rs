//! Names of things: short, stable, printable.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The id as printed in packs and records.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(it: &str) -> $name {
                $name(it.into())
            }
        }

        impl From<String> for $name {
            fn from(it: String) -> $name {
                $name(it.into())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    )*};
}

ids! {
    /// An article: derived from the SHA-256 of its bytes, so the same bytes are the same article.
    ArticleId;
    /// Anyone who can speak or be accused. See [`ActorId::outlet`] for the article's own voice.
    ActorId;
    /// A place of the pack or of the gazetteer.
    PlaceId;
    /// An obligation of the agreement, without the agreement's id: `6e`.
    ProvisionId;
    /// A statement: derived from its content.
    StatementId;
    /// A claim: derived from its content, so stable between runs.
    ClaimId;
    /// All text that descends from one origin.
    LineageId;
    /// Claims about the same conduct.
    IncidentId;
}

impl ActorId {
    /// The article's own voice.
    pub fn outlet() -> ActorId {
        ActorId::from("outlet")
    }

    /// Whether this is the article's own voice.
    pub fn is_outlet(&self) -> bool {
        self.as_str() == "outlet"
    }
}
