//! How the view Clients shows them: in one list or by kind, or the firm they make together.

/// How the view Clients shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClientsPlace {
    /// Whether the rows stand in groups by kind.
    pub grouped: bool,
    /// Whether the firm's figures stand in the place of the table.
    pub firm: bool,
}
