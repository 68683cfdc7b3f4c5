package pipeline

// Exit codes of the command, an interface: schedulers branch on them. DESIGN section 7.
const (
	ExitPublished   = 0
	ExitFailed      = 1   // nothing published, the previous run is still current
	ExitUsage       = 2   // usage or config, or a question about what is not there
	ExitShort       = 3   // published, but an expected extract did not come, or one was refused or is beyond its reject limit
	ExitLocked      = 11  // another run holds the lock
	ExitInterrupted = 130 // interrupted; nothing published
)
